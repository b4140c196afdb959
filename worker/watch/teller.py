"""Having someone told of alarms, once each way, beside the visits."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from worker.store import ArchiveError
from worker.store import alarms as stored
from worker.store.transaction import transaction
from worker.vietnamese.clock import VIETNAM

if TYPE_CHECKING:
    from worker.store import Archive
    from worker.store.alarms import Alarm

Tell = Callable[[str, str], Awaitable[bool]]
"""Tells someone (title, text); False: nobody could be reached, try again later."""

AGAIN = timedelta(minutes=10)
"""After somebody could not be told."""

TRIES = 100
"""So often, most of a day long, one address is tried again with what another one took. It is logged then, and left."""

log = structlog.get_logger()

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Address:
    """One way to tell somebody, and what could not be told there while others took it."""

    tell: Tell
    owed: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=TRIES))
    tries: int = 0

    async def catch_up(self) -> None:
        """Tell what is owed, in order, up to the first that is not taken."""
        while self.owed:
            if await self.tell(*self.owed[0]):
                self.owed.popleft()
                self.tries = 0
                continue
            self.tries += 1
            if self.tries >= TRIES:
                log.error("an address of `notify:` takes nothing, and was given up", untold=len(self.owed))
                self.owed.clear()
                self.tries = 0
            return


class Teller:
    """Tells of every alarm that began or ended; what nobody could be told is tried again. The log is told as well.

    Once one of the addresses has taken it, an alarm is told: it is never repeated there because another one is out of
    order. That one is tried again by itself.
    """

    def __init__(self, archive: Archive, tells: Sequence[Tell] = ()) -> None:
        self._archive = archive
        self._addresses = [_Address(tell) for tell in tells]
        self._next = self._catch_up = _LONG_AGO
        self._unkept = False
        self.tasks: set[asyncio.Task[None]] = set()

    def look(self, now: datetime) -> None:
        """Begin to tell what is untold, unless somebody is being told already, or nobody could be a moment ago."""
        if self.tasks:
            return
        if _is_time(self._next, now) and stored.untold(self._archive.connection):
            self._begin(self.tell_all(now))
        elif _is_time(self._catch_up, now) and any(address.owed for address in self._addresses):
            self._catch_up = now + AGAIN
            self._begin(self._tell_owed())

    def keep_full(self, full: str | None, now: datetime) -> None:
        """Open (with what is the matter) or end the archive's own alarm. A disk that takes no page may take no alarm
        either: then it is told without being kept."""
        unkept, self._unkept = self._unkept, False
        try:
            with transaction(self._archive.connection):
                stored.settle(self._archive.connection, None, {"full": full} if full else {}, frozenset({"full"}), now)
        except ArchiveError:
            self._unkept = True
        if self._unkept or (unkept and not full):
            self._begin(self._tell_unkept(full))

    async def tell_all(self, now: datetime) -> None:
        """Tell what is untold. An alarm that began and ended untold is told of once, as ended."""
        for alarm in stored.untold(self._archive.connection):
            level = log.info if alarm.ended else log.warning
            what = "alarm ended" if alarm.ended else "alarm"
            level(what, source=alarm.source, kind=alarm.kind, message=alarm.message)
            if await self._tell(now, *_words(alarm)):
                with transaction(self._archive.connection):
                    stored.mark_told(self._archive.connection, alarm)
            else:
                self._next = now + AGAIN

    async def _tell(self, now: datetime, title: str, text: str) -> bool:
        """Tell all addresses; whether one of them, or where there is none the log, has taken it."""
        missed = [address for address in self._addresses if not await address.tell(title, text)]
        if self._addresses and len(missed) == len(self._addresses):
            return False
        for address in missed:
            address.owed.append((title, text))
            self._catch_up = now + AGAIN
        return True

    async def _tell_owed(self) -> None:
        for address in self._addresses:
            await address.catch_up()

    async def _tell_unkept(self, full: str | None) -> None:
        title = "Broken: the archive (full)" if full else "Recovered: the archive (full)"
        for address in self._addresses:
            await address.tell(title, full or "it can be written again")

    def _begin(self, telling: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(telling)
        self.tasks.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("it could not be kept that somebody was told", error=str(error))


def _is_time(when: datetime, now: datetime) -> bool:
    """Whether it is, also where the clock was set back by more than anybody waits."""
    return now >= when or when - now > AGAIN


def _words(alarm: Alarm) -> tuple[str, str]:
    what = alarm.source or "the archive"
    if alarm.ended:
        return (
            f"Recovered: {what} ({alarm.kind})",
            f"Since {alarm.ended.astimezone(VIETNAM):%d/%m/%Y %H:%M} +07 well again: {alarm.message}",
        )
    return f"Broken: {what} ({alarm.kind})", alarm.message
