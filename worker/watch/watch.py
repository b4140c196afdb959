"""The watch over the sources: judges each after its visit, keeps its alarms, and has them told once each way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from worker.store import alarms as stored
from worker.store.transaction import transaction
from worker.watch import normal

if TYPE_CHECKING:
    from worker.store import Archive
    from worker.store.alarms import Alarm
    from worker.watch.witness import Visit

Tell = Callable[[str, str], Awaitable[bool]]
"""Tells someone (title, text); False: nobody could be reached, try again later."""

_HABITS = timedelta(days=180)  # how far back a source's pauses are looked at

log = structlog.get_logger()


def judge(archive: Archive, source: str, now: datetime, visits: Sequence[Visit] = ()) -> None:
    """Look at a source after a visit, and open and end its alarms. `visits`: what the last ones showed of the site."""
    connection = archive.connection
    failures = stored.failures(connection, source)
    if failures:  # nothing was seen, so nothing else can be said to have got better or worse
        message = normal.failing(failures, stored.last_error(connection, source))
        wrong, known = {"failing": message} if message else {}, frozenset({"failing"})
    else:
        standing = stored.standing(connection, source)
        appeared = stored.appeared(connection, source, now - _HABITS)
        wrong = normal.unlike_itself(stored.readings(connection, source))
        wrong |= normal.site(visits, standing, now)
        wrong |= normal.pages(stored.last_captures(connection, source, 2 * normal.RECENT))
        if message := normal.silent(appeared, stored.last_new(connection, source), now):
            wrong["silent"] = message
        known = normal.KINDS - normal.undecided(visits)
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


async def tell_unkept(tell: Tell | None, full: str | None) -> None:
    """Tell that the archive cannot be written, or (None) can be again, where the alarm itself could not be kept."""
    title = "Broken: the archive (full)" if full else "Recovered: the archive (full)"
    if tell is not None:
        await tell(title, full or "It can be written again.")


def _words(alarm: Alarm) -> tuple[str, str]:
    what = alarm.source or "the archive"
    if alarm.ended:
        return (
            f"Recovered: {what} ({alarm.kind})",
            f"Since {alarm.ended:%Y-%m-%d %H:%M} UTC well again: {alarm.message}",
        )
    return f"Broken: {what} ({alarm.kind})", alarm.message
