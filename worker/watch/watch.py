"""The watch over the sources: judges each after its visit, keeps its alarms, and has them told once each way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from worker.store import alarms as stored
from worker.store.transaction import transaction
from worker.watch import normal

if TYPE_CHECKING:
    from worker.store import Archive
    from worker.store.alarms import Alarm

Tell = Callable[[str, str], Awaitable[bool]]
"""Tells someone (title, text); False: nobody could be reached, try again later."""

_HABITS = timedelta(days=180)  # how far back a source's pauses are looked at

log = structlog.get_logger()


def judge(archive: Archive, source: str, now: datetime) -> None:
    """Look at a source after a visit, and open and end its alarms."""
    connection = archive.connection
    failures = stored.failures(connection, source)
    wrong: dict[str, str] = {}
    known = normal.KINDS
    if message := normal.failing(failures, stored.last_error(connection, source)):
        wrong["failing"] = message
    if failures:  # nothing was seen, so nothing else can be said to have got better or worse
        known = frozenset({"failing"})
    else:
        latest = stored.figures(connection, source)
        wrong |= normal.unlike_itself(latest)
        wrong |= normal.pages(stored.last_captures(connection, source, 2 * normal.RECENT), len(latest))
        appeared = stored.appeared(connection, source, now - _HABITS)
        if message := normal.silent(appeared, stored.last_new(connection, source), now):
            wrong["silent"] = message
    with transaction(connection):
        stored.settle(connection, source, wrong, known, now)


def judge_archive(archive: Archive, full: str | None, now: datetime) -> None:
    """Open or end the archive's own alarm."""
    with transaction(archive.connection):
        stored.settle(archive.connection, None, {"full": full} if full else {}, frozenset({"full"}), now)


async def tell_all(archive: Archive, tell: Tell | None) -> None:
    """Tell of every alarm that began or ended, once each way; what could not be told is tried again the next time.

    An alarm that began and ended untold is told of once, as ended. Without `tell` the log is where it goes.
    """
    for alarm in stored.untold(archive.connection):
        title, text = _words(alarm)
        level = log.info if alarm.ended else log.warning
        level("alarm ended" if alarm.ended else "alarm", source=alarm.source, kind=alarm.kind, message=alarm.message)
        if tell is None or await tell(title, text):
            with transaction(archive.connection):
                stored.mark_told(archive.connection, alarm)


def _words(alarm: Alarm) -> tuple[str, str]:
    what = alarm.source or "the archive"
    if alarm.ended:
        return (
            f"Recovered: {what} ({alarm.kind})",
            f"Since {alarm.ended:%Y-%m-%d %H:%M} UTC well again: {alarm.message}",
        )
    return f"Broken: {what} ({alarm.kind})", alarm.message
