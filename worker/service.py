"""The background service: one job a source by its schedule, until it is told to stop.

Due times live in the archive (`sources.next_run`), so a restart neither forgets a run nor starts them all at once: what
was missed is made up once, the longest overdue first, spread out.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from worker.config import Source, seconds
from worker.crawl import Crawl, Page
from worker.notify import notify, watchdog_interval

if TYPE_CHECKING:
    from worker.fetch import Transport
    from worker.store import Archive

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_JITTER = 0.1  # of an interval: enough that sources with one schedule drift apart
_CRON_JITTER = 60  # seconds; a cron line names a minute, and keeps within one of it
_CATCH_UP = timedelta(seconds=5)  # between two runs that are made up after a pause
_AUTO = "every 2h"  # the rhythm of `schedule: auto` until the source's own is known

log = structlog.get_logger()


def trigger(schedule: str) -> BaseTrigger:
    """The APScheduler trigger of a `schedule` as config.py accepts it; cron lines are read in Vietnam's time."""
    schedule = _AUTO if schedule == "auto" else schedule
    if schedule.startswith("every "):
        interval = seconds(schedule.removeprefix("every ").strip())
        return IntervalTrigger(seconds=int(interval), jitter=int(interval * _JITTER), timezone=UTC)
    cron = CronTrigger.from_crontab(schedule, timezone=VIETNAM)
    cron.jitter = _CRON_JITTER
    return cron


def first_runs(due: dict[str, datetime | None], now: datetime) -> dict[str, datetime]:
    """When each source runs first after a start: at its due time, or, where that is past, soon and one by one.

    A source that never ran counts as the longest overdue.
    """
    epoch = datetime.min.replace(tzinfo=UTC)
    late = sorted((when or epoch, source) for source, when in due.items() if when is None or when <= now)
    runs = {source: when for source, when in due.items() if when is not None and when > now}
    return runs | {source: now + _CATCH_UP * place for place, (_, source) in enumerate(late)}


class Service:
    """The scheduler and its jobs. `run` returns when it was told to stop and the pages in hand are filed."""

    def __init__(self, sources: Sequence[Source], archive: Archive, transport: Transport) -> None:
        self._sources = {source.id: source for source in sources if source.enabled}
        self._archive = archive
        self._transport = transport
        self._stop = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    async def run(self) -> None:
        """Serve until SIGTERM, SIGINT or `stop`."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop, number.name)
        due = {source_id: self._archive.next_run(source_id) for source_id in self._sources}
        for source_id, when in first_runs(due, datetime.now(UTC)).items():
            source = self._sources[source_id]
            self._scheduler.add_job(
                self._visit, trigger(source.schedule), args=[source], id=source_id, next_run_time=when
            )
        self._scheduler.start()
        log.info("service ready", sources=len(self._sources))
        notify("READY=1")
        await self._until_told()
        notify("STOPPING=1")
        self._scheduler.shutdown(wait=False)
        await asyncio.gather(*self._running, return_exceptions=True)
        log.info("service stopped")

    async def _until_told(self) -> None:
        """Wait for the word to stop; meanwhile the watchdog hears that the loop turns."""
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), watchdog_interval())
            notify("WATCHDOG=1")

    def stop(self, why: str) -> None:
        """Take no new page; what is in hand is finished."""
        log.info("service stopping", why=why, in_hand=len(self._running))
        self._stop.set()

    async def _visit(self, source: Source) -> None:
        task = asyncio.ensure_future(self._crawl(source))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        # The scheduler cancels its jobs when it shuts down; the page in hand must be finished all the same.
        await asyncio.shield(task)

    async def _crawl(self, source: Source) -> None:
        crawl = Crawl(
            source=source,
            archive=self._archive,
            transport=self._transport,
            report=_log_page,
            stopping=self._stop.is_set,
        )
        try:
            counts = await crawl.run("schedule")
            log.info("source visited", source=source.id, **counts)
        except Exception:
            # One source's trouble must not stop the others; the job runs again at its next time.
            log.exception("visit failed", source=source.id)
        finally:
            job = self._scheduler.get_job(source.id) if self._scheduler.running else None
            if job is not None:
                self._archive.set_next_run(source.id, job.next_run_time)


def _log_page(page: Page) -> None:
    level = log.warning if page.outcome == "failed" else log.info
    level("page", url=page.url, outcome=page.outcome, title=page.title, note=page.note)
