"""When a source is visited next: by its own rhythm, learned from when its articles appeared, and after failures.

Pure functions: times in, a time out. Vietnam has no summer time, so a quarter of an hour of its clock is always the
same quarter of UTC's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from worker.vietnamese.clock import VIETNAM

SOONEST = timedelta(minutes=15)
"""No source that is left to its rhythm is visited more often, unless its schedule says so …"""

LATEST = timedelta(days=1)
"""… or more rarely; and no failing source is left alone for longer."""

_STEP = timedelta(minutes=15)  # within which articles that appear are one occasion

UNKNOWN = timedelta(hours=2)
"""The interval of a source of which nothing is known yet."""

LOOK_BACK = timedelta(weeks=8)
"""Older articles say nothing of today's rhythm; shorter, and a weekly habit would be a matter of chance."""

_WORTH = 0.5
"""A visit is due when so many new articles are to be expected: half of one, so that a daily article at its usual hour
is fetched at that hour, even if some days go without."""

_WORKING = range(7 * 4, 19 * 4)  # the quarters over which an article of a day without an hour is spread


def rhythm(
    appeared: Iterable[datetime | date], now: datetime, soonest: timedelta = SOONEST, latest: timedelta = LATEST
) -> datetime:
    """The next visit to a source whose articles appeared at those times, between `soonest` and `latest` after `now`.

    A date without an hour counts for its whole working day. Articles of one quarter of an hour are one occasion: a
    visit brings all of them. With no article at all the source is visited every two hours, with none in eight weeks
    as rarely as it may be.
    """
    times = list(appeared)
    if not times:
        return now + min(max(UNKNOWN, soonest), latest)
    by_day, by_weekday, days = _occasions(times, now)
    expected = 0.0
    step = _floor(now) + _STEP
    while step + _STEP < now + latest:
        local = step.astimezone(VIETNAM)
        quarter = local.hour * 4 + local.minute // 15
        # The weekday's own habit and that of all days, half and half; of a new source, the second is all there is.
        daily, weekly = by_day[quarter] / days, by_weekday[local.weekday(), quarter] / (days / 7)
        expected += daily if days < 14 else (daily + weekly) / 2
        step += _STEP
        if expected >= _WORTH:
            return max(step, now + soonest)
    return now + latest


def _occasions(
    times: Iterable[datetime | date], now: datetime
) -> tuple[dict[int, float], dict[tuple[int, int], float], float]:
    """How many occasions fell on each quarter of the day, and of each weekday; and the days since the first."""
    by_day: dict[int, float] = defaultdict(float)
    by_weekday: dict[tuple[int, int], float] = defaultdict(float)
    seen: set[datetime] = set()
    first = now
    for moment in times:
        start = moment if isinstance(moment, datetime) else datetime.combine(moment, time(), VIETNAM)
        if not now - LOOK_BACK <= start <= now:
            continue
        first = min(first, start)
        local = start.astimezone(VIETNAM)
        if not isinstance(moment, datetime):
            for quarter in _WORKING:
                by_day[quarter] += 1 / len(_WORKING)
                by_weekday[local.weekday(), quarter] += 1 / len(_WORKING)
        elif (occasion := _floor(start)) not in seen:
            seen.add(occasion)
            by_day[local.hour * 4 + local.minute // 15] += 1
            by_weekday[local.weekday(), local.hour * 4 + local.minute // 15] += 1
    return by_day, by_weekday, max((now - first) / timedelta(days=1), 1.0)


def _floor(moment: datetime) -> datetime:
    moment = moment.astimezone(UTC)
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def back_off(interval: timedelta, failures: int) -> timedelta:
    """How long a source is left alone after so many failed visits in a row: once its interval, then twice, four times …

    never more than a day (or its own interval, where that is longer), and it is never given up.

    >>> back_off(timedelta(hours=2), 3)
    datetime.timedelta(seconds=28800)
    """
    if failures <= 1:
        return interval
    return max(interval, min(interval * (1 << min(failures - 1, 20)), LATEST))
