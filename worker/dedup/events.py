"""The same event told independently: tied by what was held, on which day and where; never by the words around it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from worker.dedup.syllables import syllables
from worker.vietnamese import fold

ALIKE = 0.6
"""Share of the shorter name's syllables that the other name has: sites name one conference with more or fewer words."""

MOST = 200
"""Events of one day that are looked at, the last filed first: on 8 March there are thousands."""

_LEVELS = frozenset(
    ["tỉnh", "thành", "phố", "huyện", "quận", "thị", "xã", "phường", "trấn", "thôn", "bản", "làng", "ấp"]
)
"""Words before a place's name that one site writes and another does not."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event that an article tells of: what, on which day, at which place or places, and by whom."""

    article: int
    name: str
    day: str
    where: frozenset[str]
    host: str


def same_event(connection: sqlite3.Connection, article: int) -> tuple[int, dict[str, object]] | None:
    """The first article that tells of an event that this article tells of too, and what shows it."""
    best: tuple[int, dict[str, object]] | None = None
    for own in _events(connection, "article = ?", article):
        for other in _events(connection, "date_start = ? ORDER BY id DESC", own.day):
            if other.article < article and (best is None or other.article < best[0]) and _is_same(own, other):
                best = other.article, {"event": own.name, "day": own.day, "where": " ".join(sorted(own.where))}
    return best


def _events(connection: sqlite3.Connection, condition: str, value: object) -> list[Event]:
    told = "kind = 'event' AND date_start IS NOT NULL"
    rows = connection.execute(
        f"SELECT article, value, date_start FROM facts WHERE {told} AND {condition} LIMIT ?",  # noqa: S608  # our own
        [value, MOST],
    )
    return [_event(*row) for row in rows]


def _event(article: int, value: str, day: str) -> Event:
    said = json.loads(value)
    where = [syllable for syllable in syllables(said.get("where") or "") if syllable not in _LEVELS]
    host = " ".join(syllables(said.get("host") or ""))
    return Event(article, said.get("name") or "", day, frozenset(map(fold, where)), host)


def _is_same(one: Event, other: Event) -> bool:
    """Same day, a place in common (its host where no place is told), and a name in common (or the same cluster)."""
    if one.day != other.day:
        return False
    held_by_same = bool(one.host) and one.host == other.host
    if one.where and other.where:
        if not (one.where <= other.where or other.where <= one.where):
            return False
    elif not held_by_same:
        return False
    if held_by_same and one.host.startswith("cụm thi đua"):
        return True
    names = set(syllables(one.name)), set(syllables(other.name))
    shorter = min(map(len, names))
    return shorter > 0 and len(names[0] & names[1]) >= ALIKE * shorter
