"""The days on which Vietnam rests, and its sites with it (holidays.yaml)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from worker.own_data import read_yaml
from worker.vietnamese.clock import VIETNAM

_DAY = timedelta(days=1)
_SATURDAY = 5


def working(begin: datetime, end: datetime) -> timedelta:
    """The time between two moments without what of it falls on days of rest."""
    left, day = end - begin, begin.astimezone(VIETNAM).date()
    while day <= end.astimezone(VIETNAM).date():
        if any(day in days_of_rest(year) for year in (day.year, day.year + 1)):  # New Year's weekend begins before it
            midnight = datetime.combine(day, time(), VIETNAM)
            left -= min(end, midnight + _DAY) - max(begin, midnight)
        day += _DAY
    return left


@cache
def days_of_rest(year: int) -> frozenset[date]:
    """The public holidays of a year, each with the weekend that it makes longer and the day between the two."""
    named = _named(year)
    return frozenset(named.union(*map(_with_weekend, named)))


def _named(year: int) -> set[date]:
    known = _known()
    days = {date.fromisoformat(f"{year}-{day}") for day in known["fixed"]}
    if lunar := known["lunar"].get(year):
        tet, kings = (date.fromisoformat(f"{year}-{day}") for day in lunar)
        days |= {tet + _DAY * number for number in range(-known["tet"]["before"], known["tet"]["after"] + 1)}
        days.add(kings)
    return days


def _with_weekend(day: date) -> set[date]:
    """A day off and all up to the weekend's other end, where that weekend is at most two days from it.

    One that falls on a weekend is made up for on the Monday after it.
    """
    weekday = day.weekday()
    if weekday >= _SATURDAY:
        first, last = _SATURDAY - weekday, 7 - weekday
    else:
        first = -2 - weekday if weekday <= 1 else 0  # Saturday before a Monday or a Tuesday
        last = 6 - weekday if weekday >= 3 else 0  # Sunday after a Thursday or a Friday
    return {day + _DAY * number for number in range(first, last + 1)}


@cache
def _known() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml("worker.watch", "holidays.yaml")
    return found
