"""Due times: when a schedule fires next, what is made up after a pause, and what a clock that was set changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from random import random

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from worker.cron import cron_trigger
from worker.rhythm import LATEST, SOONEST, UNKNOWN
from worker.values import seconds
from worker.vietnamese.clock import VIETNAM

CATCH_UP = timedelta(seconds=5)
"""Between two visits that are made up after a pause."""

_JITTER = 0.1  # of an interval: enough that sources with one schedule drift apart
_CRON_JITTER = 60  # seconds; a cron line names a minute, and keeps within one of it


def trigger(schedule: str) -> BaseTrigger:
    """The APScheduler trigger of a `schedule` as config.py accepts it; cron lines are read in Vietnam's time.

    That of `auto` is for a source whose rhythm is not known yet.
    """
    if schedule.startswith(("every ", "auto")):
        every = int(interval(schedule).total_seconds())
        return IntervalTrigger(seconds=every, jitter=int(every * _JITTER), timezone=UTC)
    return cron_trigger(schedule, VIETNAM, _CRON_JITTER)


def next_fire(schedule: str, now: datetime) -> datetime:
    """When the schedule fires next after `now`, in UTC; a day later where it never does (31 February)."""
    kind = trigger(schedule)
    # An interval counts from the visit before, a cron line from the clock.
    fire = kind.get_next_fire_time(now if isinstance(kind, IntervalTrigger) else None, now + timedelta(seconds=1))
    return (fire or now + LATEST).astimezone(UTC)


def interval(schedule: str) -> timedelta:
    """How far apart a schedule's visits are by rule: what a failing source's back-off begins with."""
    if schedule.startswith("every "):
        return timedelta(seconds=seconds(schedule.removeprefix("every ").strip()))
    if between := bounds(schedule):
        return min(max(UNKNOWN, between[0]), between[1])
    return SOONEST


def bounds(schedule: str) -> tuple[timedelta, timedelta] | None:
    """Between which times a source that is left to its rhythm is visited; None: its schedule is another.

    >>> bounds("auto 1h-7d")
    (datetime.timedelta(seconds=3600), datetime.timedelta(days=7))
    """
    if schedule == "auto":
        return SOONEST, LATEST
    if not schedule.startswith("auto "):
        return None
    soonest, latest = (timedelta(seconds=seconds(part)) for part in schedule.removeprefix("auto").split("-"))
    return soonest, latest


def spread(at: datetime, now: datetime, latest: timedelta = LATEST) -> datetime:
    """A little later than `at`, so that sources with one habit drift apart: up to a tenth of the wait, within `latest`
    from now."""
    return max(at, min(at + (at - now) * _JITTER * random(), now + latest))  # noqa: S311  # no secret


def first_runs(due: Mapping[str, datetime | None], now: datetime) -> dict[str, datetime]:
    """When each source runs first after a start: at its due time, or, where that is past, soon and one by one.

    A source that never ran counts as the longest overdue.
    """
    epoch = datetime.min.replace(tzinfo=UTC)
    late = sorted((when or epoch, source) for source, when in due.items() if when is None or when <= now)
    runs = {source: when for source, when in due.items() if when is not None and when > now}
    return runs | {source: now + CATCH_UP * place for place, (_, source) in enumerate(late)}


def not_too_far(due: datetime | None, schedule: str, now: datetime, *, well: bool = False) -> datetime | None:
    """The due time, unless it lies further ahead than the schedule, or a back-off, could have put it.

    That happens when a clock that went wrong is set back: without this a source would wait until the wrong time comes.
    It happens, too, when the schedule is changed. Of a source that is `well`, waiting for nothing else, hours show.
    """
    fire = next_fire(schedule, now)
    between = bounds(schedule)
    back_off = timedelta() if well else LATEST * 1.2
    latest = max(back_off, between[1] * (1 if well else 1.2) if between else back_off)
    return fire if due is not None and due > max(fire + (fire - now) * 2 * _JITTER, now + latest) else due
