"""The background service: each source by its schedule, until it is told to stop.

Due times live in the archive (`sources.next_run`), so a restart neither forgets a run nor starts them all at once: what
was missed is made up once, the longest overdue first, spread out. APScheduler's triggers say when a schedule fires; the
loop is our own, as it has to see what a scheduler hides: clocks that are set, runs that are late or fall out, and why.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from worker import planning, rhythm
from worker.config import Source, Sources
from worker.crawl import Crawl, Page
from worker.handover import Inbox, Request
from worker.notify import notify, watchdog_interval
from worker.rest import give_back
from worker.store import ArchiveError, ArchiveFull, ArchiveUnwritable, habits, runs
from worker.store.transaction import transaction
from worker.watch.place import Place
from worker.watch.room import Room
from worker.watch.teller import Tell, Teller
from worker.watch.watch import judge
from worker.watch.witness import Witness
from worker.workshop import Workshop

if TYPE_CHECKING:
    from worker.fetch import Transport
    from worker.store import Archive

AT_ONCE = 16
"""Visits at the same time; each at its site's own pace."""

GRACE = 6.0
"""Seconds that pages in hand have after the word to stop. What is not answered by then, the next service asks for."""

DEATHS = 3
"""Visits in a row that were broken off as this program was killed, and are made up for at once: a machine may lose its
power that often. It is more likely that something about the site kills it."""

SEVERAL = 3
"""Sources that nobody answered for, and half of all, make it likely that the network is at fault, not their sites."""

REST_AFTER = 10.0
"""Seconds without a visit after which what only work needs is given back: visits that follow one another share the
process that reads their pages, which takes some two seconds to start."""

_TICK = 1.0  # seconds between two looks at the clock, the disk and the requests
_LATE = timedelta(minutes=2)  # a run that starts later than this after its time is noted as late
_JUMP = timedelta(minutes=1)  # by which the clock must leave the steady one to be called set

log = structlog.get_logger()


class Clock:
    """What time it is, and waiting. The simulation has one that runs faster."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Seconds that nobody sets."""
        return time.monotonic()

    async def wait(self, stop: asyncio.Event, most: float) -> None:
        """Wait for the word to stop, or for so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), most)


class Service:
    """The loop and its visits. `run` returns when it was told to stop and the pages in hand are filed.

    Each of `tells` is told of alarms, beside the log; `room` says when the disk is full. Pages are refined in the
    `workshop` (None: in this process), which closes after `rest_after` seconds without a visit. `ask_anew` has the
    transport try what it would leave alone of its own accord, before a crawl that somebody asks for.
    """

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        sources: Sequence[Source],
        archive: Archive,
        transport: Transport,
        *,
        tells: Sequence[Tell] = (),
        room: Room | None = None,
        clock: Clock | None = None,
        workshop: Workshop | None = None,
        rest_after: float = REST_AFTER,
        ask_anew: Callable[[], None] = lambda: None,
    ) -> None:
        self._all = Sources(sources=tuple(sources))
        self._sources = {source.id: source for source in sources if source.enabled}
        self._archive = archive
        self._workshop = workshop or Workshop(archive)
        self._witness = Witness(transport)
        self._teller = Teller(archive, tells)
        self._room = room or Room(archive.directory)
        self._place = Place(archive.directory)
        self._was_full = False
        self._clock = clock or Clock()
        self._rest_after = rest_after
        self._ask_anew = ask_anew
        self._worked_at: float | None = None  # on the steady clock; None once all is given back
        self._inbox = Inbox(archive.directory)
        self._stop = asyncio.Event()
        self._due: dict[str, datetime] = {}
        self._late_because: dict[str, str] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._unanswered: set[str] = set()  # whose visits met no answer, since any last did
        self.alive_at = self._clock.steady()

    async def run(self) -> None:
        """Serve until `stop`. Raises ArchiveError where the archive's file is gone, or replaced by another one."""
        now = self._clock.now()
        self._plan({source_id: self._first_due(source_id, now) for source_id in self._sources}, now, "not running")
        self._inbox.open()
        log.info("service ready", sources=len(self._sources))
        notify("READY=1")
        try:
            await self._serve()
        finally:
            self._stop.set()
            notify("STOPPING=1")
            self._inbox.close()
            await self._finish()
        log.info("service stopped")

    async def _finish(self) -> None:
        """Let what is in hand come to its end, and call off what does not in time."""
        tasks = [*self._running.values(), *self._teller.tasks]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        self._workshop.close()

    def stop(self, why: str) -> None:
        """Take no new page; what is in hand is finished, if it is within `GRACE`."""
        log.info("service stopping", why=why, in_hand=len(self._running))
        self._stop.set()

    @property
    def in_hand(self) -> list[str]:
        """The sources that are being visited."""
        return sorted(self._running)

    @property
    def full(self) -> bool:
        """Whether nothing is fetched because the disk is full."""
        return self._room.full

    @property
    def _cut_off(self) -> bool:
        """Whether visits end before their time."""
        return self._stop.is_set() or self._room.full

    def since_alive(self) -> float:
        """Seconds since the loop last turned."""
        return self._clock.steady() - self.alive_at

    # The loop

    async def _serve(self) -> None:
        offset = self._offset()
        tick = min(_TICK, watchdog_interval() or _TICK)
        while not self._stop.is_set():
            now = self._clock.now()
            if abs(self._offset() - offset) > _JUMP:
                offset = self._offset()
                log.warning("the clock was set", now=now.isoformat())
                self._plan(dict(self._due), now, "the clock was set, or the machine slept")
            self._place.check()
            self._look_at_disk(now)
            if not self._room.full:
                self._begin_what_is_due(now)
                self._take_requests()
            self._teller.look(now)
            self.alive_at = self._clock.steady()
            if self._running:
                self._worked_at = self.alive_at
            elif self._worked_at is not None and self.alive_at - self._worked_at >= self._rest_after:
                self._rest()
            notify("WATCHDOG=1")
            await self._clock.wait(self._stop, tick)

    def _offset(self) -> timedelta:
        """How far the clock is from the steady one; it changes when somebody sets the clock."""
        return timedelta(seconds=self._clock.now().timestamp() - self._clock.steady())

    def _plan(self, due: dict[str, datetime | None] | dict[str, datetime], now: datetime, why: str) -> None:
        """Set the due times after a pause of any kind."""
        sensible = {}
        for source_id, when in due.items():
            well = runs.is_well(self._archive.connection, source_id, DEATHS)
            sensible[source_id] = planning.not_too_far(when, self._sources[source_id].schedule, now, well=well)
        self._due = planning.first_runs(sensible, now)
        for source_id, when in sensible.items():
            if when is not None and now - when > _LATE:
                self._late_because[source_id] = f"due {when:%Y-%m-%d %H:%M} UTC: {why}"

    def _first_due(self, source_id: str, now: datetime) -> datetime | None:
        """When a source is due, as it was kept; later where visits of it end with this program, time after time.

        A service that is started anew whenever it dies would else ask sites for the same every half minute.
        """
        due = self._archive.next_run(source_id)
        try:
            deaths, begun = runs.broken_off(self._archive.connection, source_id)
        except sqlite3.Error:  # what is wrong with the table is told at the visit
            return due
        if begun is None or deaths <= DEATHS or begun > now:
            return due
        return max(due or begun, begun + rhythm.back_off(rhythm.SOONEST, deaths - DEATHS))

    def _look_at_disk(self, now: datetime) -> None:
        message = self._room.look(now)
        if self._room.full == self._was_full:
            return
        self._was_full = self._room.full
        if message:
            log.error("disk full", message=message)
        else:
            log.info("disk has room again")
            self._inbox.open()  # at a start on a full disk nothing could say that requests are taken
            self._plan(dict(self._due), now, "the disk was full")
        self._teller.keep_full(message, now)

    def _rest(self) -> None:
        """Give back what only work needs."""
        self._worked_at = None
        self._workshop.close()
        for source in self._all.sources:
            self._archive.forget_memory(source.id)
        self._archive.connection.execute("PRAGMA shrink_memory")
        # Where somebody reads all the while, the log can begin anew only after a moment without a page.
        with suppress(sqlite3.Error):  # a disk that fails is told by the next page
            self._archive.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        self._inbox.tidy()
        give_back()

    # Visits

    def _begin_what_is_due(self, now: datetime) -> None:
        late = sorted((when, source_id) for source_id, when in self._due.items() if when <= now)
        for when, source_id in late:
            if len(self._running) >= AT_ONCE:
                self._late_because.setdefault(source_id, f"{AT_ONCE} other visits were going on")
            elif source_id not in self._running:
                del self._due[source_id]
                self._start(source_id, self._visit(self._sources[source_id], when, now))

    def _start(self, source_id: str, visit: object) -> None:
        task = asyncio.ensure_future(visit)  # type: ignore[call-overload]  # a coroutine
        self._running[source_id] = task
        self._worked_at = self._clock.steady()
        task.add_done_callback(lambda _: self._ended(source_id, task))

    def _ended(self, source_id: str, task: asyncio.Task[None]) -> None:
        """Take a visit off the list. Whatever became of it, its source has a next time, unless it is switched off."""
        self._running.pop(source_id, None)
        if not task.cancelled() and (error := task.exception()):
            log.error("visit failed", source=source_id, exc_info=error)
        if source_id in self._sources:
            self._due.setdefault(source_id, self._clock.now() + rhythm.SOONEST)

    async def _visit(self, source: Source, due: datetime, started: datetime) -> None:
        """Visit a source by its schedule, and say when the next time is."""
        why_late = self._late_because.pop(source.id, None)
        if why_late is None and started - due > _LATE:
            why_late = f"due {due:%Y-%m-%d %H:%M} UTC: the service was busy"
        following = planning.next_fire(source.schedule, started)
        try:
            await self._crawl(source, "schedule", due=due, note=why_late)
        finally:
            if self._cut_off:
                self._due[source.id] = due  # it is made up for, by this service or by the next one
            else:
                self._plan_next(source, following)

    async def _crawl(
        self,
        source: Source,
        trigger: str,
        *,
        due: datetime | None = None,
        note: str | None = None,
        request: Request | None = None,
    ) -> None:
        crawl = Crawl(
            source=source,
            archive=self._archive,
            transport=self._witness,
            report=request.report if request else _log_page,
            stopping=lambda: self._cut_off,
            beside=self._all.beside(source),
            workshop=self._workshop,
        )
        self._witness.begin(source)
        try:
            counts = await crawl.run(trigger, **(request.options if request else {}))
            log.info("source visited", source=source.id, **counts)
        except (ArchiveFull, ArchiveUnwritable) as error:
            self._room.refuse(str(error), self._clock.now())
            log.error("visit failed", source=source.id, error=str(error))
            if request:
                request.fail(str(error))
        except Exception as error:
            # One source's trouble must not stop the others; the source is visited again at its next time.
            log.exception("visit failed", source=source.id)
            if request:
                request.fail(f"the crawl of {source.id} failed: {error}")
        with suppress(ArchiveError):
            self._notice_network(source.id)
            if due is not None:
                with transaction(self._archive.connection):
                    runs.note_run(self._archive.connection, source.id, due, note)
            if source.enabled:
                judge(self._archive, source.id, self._clock.now(), self._witness.visits(source.id))

    def _notice_network(self, source_id: str) -> None:
        """Visit soon all who were left alone because it was our own network that failed, once anybody answers again.

        Each of them would else wait as long as a site that is down, which is a day after some days without a network.
        """
        if not any(visit.answered for visit in self._witness.visits(source_id)[-1:]):
            self._unanswered.add(source_id)
            return
        waiting, self._unanswered = self._unanswered & self._due.keys(), set()
        if len(waiting) < max(SEVERAL, len(self._sources) / 2):
            return
        log.info("the network is back", sources=len(waiting))
        now = self._clock.now()
        for place, one in enumerate(sorted(waiting, key=lambda one: self._due[one]), 1):
            self._due[one] = min(self._due[one], now + planning.CATCH_UP * place)
            self._archive.set_next_run(one, self._due[one])

    def _plan_next(self, source: Source, following: datetime) -> None:
        """The next visit: by the schedule or the source's rhythm, later where it fails."""
        now = self._clock.now()
        connection = self._archive.connection
        try:
            failures = runs.failures(connection, source.id)
            self._due[source.id] = _next_visit(self._archive, source, failures, now)
            self._archive.set_next_run(source.id, self._due[source.id])
            if planning.bounds(source.schedule) is None and following <= now:
                with transaction(connection):
                    runs.skip_run(connection, source.id, following, now, "the visit before was still going on")
        except ArchiveError as error:
            log.error("due time not kept", source=source.id, error=str(error))
            self._due.setdefault(source.id, now + rhythm.SOONEST)

    # One-off crawls that other processes ask for

    def _take_requests(self) -> None:
        for request in self._inbox.waiting():
            source = self._all.get(request.source)  # one that is switched off, too: somebody asks for it by name
            if source is None:
                request.refuse(f"the service does not know {request.source}; restart it after a change of sources.yaml")
            elif source.id not in self._running and len(self._running) < AT_ONCE:
                self._start(source.id, self._serve_request(source, request))

    async def _serve_request(self, source: Source, request: Request) -> None:
        with request:
            self._ask_anew()
            try:
                await self._crawl(source, "manual", request=request)
            finally:
                if self._cut_off:
                    request.put_back()


def _next_visit(archive: Archive, source: Source, failures: int, now: datetime) -> datetime:
    if bounds := planning.bounds(source.schedule):
        appeared = habits.appeared(archive.connection, source.id, now - rhythm.LOOK_BACK)
        regular = planning.spread(rhythm.rhythm(appeared, now, *bounds), now, bounds[1])
    else:
        regular = planning.next_fire(source.schedule, now)
    if not failures:
        return regular
    wait = regular - now if bounds else planning.interval(source.schedule)
    return max(regular, planning.spread(now + rhythm.back_off(wait, failures), now))


def _log_page(page: Page) -> None:
    level = log.warning if page.outcome == "failed" else log.info
    level("page", url=page.url, outcome=page.outcome, title=page.title, note=page.note)
