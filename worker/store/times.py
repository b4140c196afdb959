"""How the archive writes times: ISO 8601 in UTC with a trailing Z, so that text order is time order."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(moment: datetime) -> str:
    """The moment as the archive writes it, to the second.

    >>> stamp(datetime(2026, 11, 22, 7, 30, tzinfo=UTC))
    '2026-11-22T07:30:00Z'
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone, so it is no moment")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.fromisoformat(text)


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)
