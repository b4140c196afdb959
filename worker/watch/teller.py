"""Having someone told of alarms, once each way, beside the visits."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from worker.store import ArchiveError
from worker.store import alarms as stored
from worker.store.transaction import transaction

if TYPE_CHECKING:
    from worker.store import Archive
    from worker.store.alarms import Alarm

Tell = Callable[[str, str], Awaitable[bool]]
"""Tells someone (title, text); False: nobody could be reached, try again later."""

AGAIN = timedelta(minutes=10)
"""After nobody could be told."""

log = structlog.get_logger()


class Teller:
    """Tells of every alarm that began or ended; what could not be told is tried again. Without `tell` the log does."""

    def __init__(self, archive: Archive, tell: Tell | None) -> None:
        self._archive = archive
        self._tell = tell
        self._next = datetime.min.replace(tzinfo=UTC)
        self._unkept = False
        self.tasks: set[asyncio.Task[None]] = set()

    def look(self, now: datetime) -> None:
        """Begin to tell what is untold, unless somebody is being told already, or nobody could be a moment ago."""
        if not self.tasks and now >= self._next and stored.untold(self._archive.connection):
            self._begin(self.tell_all(now))

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
            if self._tell is None or await self._tell(*_words(alarm)):
                with transaction(self._archive.connection):
                    stored.mark_told(self._archive.connection, alarm)
            else:
                self._next = now + AGAIN

    async def _tell_unkept(self, full: str | None) -> None:
        title = "Broken: the archive (full)" if full else "Recovered: the archive (full)"
        if self._tell is not None:
            await self._tell(title, full or "it can be written again")

    def _begin(self, telling: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(telling)
        self.tasks.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("it could not be kept that somebody was told", error=str(error))


def _words(alarm: Alarm) -> tuple[str, str]:
    what = alarm.source or "the archive"
    if alarm.ended:
        return (
            f"Recovered: {what} ({alarm.kind})",
            f"Since {alarm.ended:%Y-%m-%d %H:%M} UTC well again: {alarm.message}",
        )
    return f"Broken: {what} ({alarm.kind})", alarm.message
