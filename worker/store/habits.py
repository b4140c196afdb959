"""What a source is judged by: when its articles appear, how its pages read, and where its last captures led."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from worker.models import Label, PageKind
from worker.store.times import moment, now, stamp
from worker.vietnamese.clock import VIETNAM

if TYPE_CHECKING:
    from worker.models import Refined

ENOUGH = 1000
"""The latest readings of a source that it is judged by."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a page read when it was captured: words of its text, whether it stated a date, facts, share of text removed.

    A page without any text has 0 words, and nothing else is known of it. `dated` is None for captures of programs that
    did not keep it.
    """

    url: str
    words: int
    dated: bool | None = None
    facts: int | None = None
    removed: float | None = None


def appeared(connection: sqlite3.Connection, source: str, since: datetime) -> list[datetime | date]:
    """When the articles of a source appeared, as far as they say: a moment, or a day where no hour is stated.

    Articles without a date count once for each day on which such were first seen. None appeared later than it was seen:
    there are sites whose clock is ahead, by the seven hours of a wrong zone or by a year.
    """
    rows = connection.execute(
        "SELECT published, published_precision, first_seen FROM articles"
        " WHERE source = :source AND (published >= :since OR (published IS NULL AND first_seen >= :since))"
        " ORDER BY id DESC LIMIT 3000",
        {"source": source, "since": (since - timedelta(days=1)).date().isoformat()},
    ).fetchall()
    stated = [_appeared(published, precision, moment(seen)) for published, precision, seen in rows if published]
    undated = {date.fromisoformat(seen[:10]) for published, _, seen in rows if not published}
    return [*(when for when in stated if when), *sorted(undated)]


def _appeared(published: str, precision: str | None, seen: datetime) -> datetime | date | None:
    when = _when(published, precision)
    if isinstance(when, datetime):
        return min(when, seen)
    return min(when, seen.astimezone(VIETNAM).date()) if when else None


def _when(published: str, precision: str | None) -> datetime | date | None:
    try:
        if precision == "minute":
            when = datetime.fromisoformat(published)
            return when if when.tzinfo else when.date()
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def last_new(connection: sqlite3.Connection, source: str) -> datetime | None:
    """When the last new article of a source was filed."""
    row = connection.execute(
        "SELECT first_seen FROM articles WHERE id = (SELECT max(id) FROM articles WHERE source = ?)", [source]
    ).fetchone()
    return moment(row[0]) if row else None


def reading(refined: Refined) -> dict[str, int | float]:
    """The columns of a capture that say how its page read."""
    if refined.article is None:
        return {"words": 0} if refined.kind is PageKind.EMPTY else {}
    removed = sum(len(block.text) for block in refined.blocks if block.label is Label.CHROME)
    return {
        "words": len(refined.article.body.split()),
        "facts": len(refined.facts),
        "removed": removed / max(removed + len(refined.article.body), 1),
    }


def readings(connection: sqlite3.Connection, source: str) -> list[Reading]:
    """How the pages of a source read that were captured last, newest first. A page that is looked at again and has not
    changed is no new reading, and what a clock that was wrong put into the future is none at all."""
    rows = connection.execute(
        "SELECT url, words, instr(states, 'published') > 0, facts, removed FROM captures"
        " WHERE source = ? AND words IS NOT NULL AND fetched_at <= ? ORDER BY fetched_at DESC LIMIT ?",
        [source, stamp(now()), ENOUGH],
    )
    return [
        Reading(url, words, None if dated is None else bool(dated), facts, removed)
        for url, words, dated, facts, removed in rows
    ]


def last_captures(connection: sqlite3.Connection, source: str, count: int) -> list[tuple[str, str, str | None]]:
    """The last captures of a source, newest first: kind, address, and the addresses that led there (JSON)."""
    return connection.execute(
        "SELECT kind, url, redirected_from FROM captures WHERE source = ? ORDER BY id DESC LIMIT ?", [source, count]
    ).fetchall()
