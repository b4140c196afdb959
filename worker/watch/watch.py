"""The watch over the sources: judges each after its visit, and keeps its alarms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from worker.store import alarms, habits, runs
from worker.store.transaction import transaction
from worker.watch import normal

if TYPE_CHECKING:
    from worker.store import Archive
    from worker.watch.witness import Visit

_HABITS = timedelta(days=180)  # how far back a source's pauses are looked at


def judge(archive: Archive, source: str, now: datetime, visits: Sequence[Visit] = ()) -> None:
    """Look at a source after a visit, and open and end its alarms. `visits`: what the last ones showed of the site."""
    connection = archive.connection
    failures = runs.failures(connection, source)
    if failures:  # nothing was seen, so nothing else can be said to have got better or worse
        message = normal.failing(failures, runs.last_error(connection, source))
        wrong, known = {"failing": message} if message else {}, frozenset({"failing"})
    else:
        standing = alarms.standing(connection, source)
        appeared = habits.appeared(connection, source, now - _HABITS)
        wrong = normal.unlike_itself(habits.readings(connection, source), standing)
        wrong |= normal.site(visits, standing, now)
        wrong |= normal.pages(habits.last_captures(connection, source, 2 * normal.RECENT))
        if message := normal.silent(appeared, habits.last_new(connection, source), now):
            wrong["silent"] = message
        known = normal.KINDS - normal.undecided(visits)
    with transaction(connection):
        alarms.settle(connection, source, wrong, known, now)
