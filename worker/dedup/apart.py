"""One text, published twice: a repost, or next year's announcement in last year's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from worker.dedup.compare import Comparison, Text
from worker.dedup.figures import Conflict

MOST_DAYS = 120
"""Days between two publications up to which a text is a repost, whatever it says. Later ones tell of the same event."""


def unless_apart(
    comparison: Comparison, a: Text, b: Text, published: str | None, other_published: str | None
) -> Comparison:
    """The comparison of two articles, with the days of publication that they state, or None, taken into account.

    Copies that were published months apart are two events, and so no copies, unless their texts have a year in common,
    or a day that is of the same year for both. Raises nothing: what is no day states none.
    """
    if comparison.are_copies:
        one, other = _day(published), _day(other_published)
        if one and other and abs((one - other).days) > MOST_DAYS and not _same_event(a, b, one, other):
            return replace(comparison, verdict=None, conflict=Conflict("publication", 0, 1))
    return comparison


def _same_event(a: Text, b: Text, one: date, other: date) -> bool:
    if a.figures.years & b.figures.years:
        return True
    days = {_nearest(day, one) for day in a.figures.dates} & {_nearest(day, other) for day in b.figures.dates}
    return bool(days - {None})


def _nearest(day: str, published: date) -> date | None:
    """The day (14/9) of the year that is nearest to a publication."""
    number, month = map(int, day.split("/"))
    near = (_made(year, month, number) for year in (published.year - 1, published.year, published.year + 1))
    return min((one for one in near if one), key=lambda one: abs((one - published).days), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
