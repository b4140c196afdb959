"""The same event told independently: tied by what was held, on which day and where; never by the words around it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import lru_cache

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


KEPT = 4_096
"""Events that are kept taken apart: those of one day are looked at for every article on it."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event as an article tells of it: what, at which place or places, and by whom."""

    name: str
    words: frozenset[str]
    where: frozenset[str]
    host: str


def same_event(connection: sqlite3.Connection, article: int) -> tuple[int, dict[str, object]] | None:
    """The first article that tells of an event that this article tells of too, and what shows it."""
    best: tuple[int, dict[str, object]] | None = None
    for value, day in connection.execute(_OWN, [article, MOST]).fetchall():
        own = _event(value)
        for other, said in sorted(connection.execute(_ON_DAY, [day, MOST])):
            if other >= (article if best is None else best[0]):
                break
            if _is_same(own, _event(said)):
                best = other, {"event": own.name, "day": day, "where": " ".join(sorted(own.where))}
    return best


def tellers_after(connection: sqlite3.Connection, article: int) -> list[int]:
    """The articles filed after this one that tell of an event that it tells of too."""
    found: set[int] = set()
    for value, day in connection.execute(_OWN, [article, MOST]).fetchall():
        own = _event(value)
        said = connection.execute(_ON_DAY, [day, MOST])
        found.update(other for other, event in said if other > article and _is_same(own, _event(event)))
    return sorted(found)


_OWN = "SELECT value, date_start FROM facts WHERE article = ? AND kind = 'event' AND date_start IS NOT NULL LIMIT ?"

# By that index: the planner would go through all events from the last on, so as not to sort those of one day.
_ON_DAY = """
SELECT article, value FROM facts INDEXED BY facts_events
WHERE kind = 'event' AND date_start IS NOT NULL AND date_start = ? ORDER BY id DESC LIMIT ?"""


@lru_cache(KEPT)
def _event(value: str) -> Event:
    """An event, of the value of its fact."""
    said = json.loads(value)
    name = said.get("name") or ""
    where = [syllable for syllable in syllables(said.get("where") or "") if syllable not in _LEVELS]
    host = " ".join(syllables(said.get("host") or ""))
    return Event(name, frozenset(syllables(name)), frozenset(map(fold, where)), host)


def _is_same(one: Event, other: Event) -> bool:
    """Of one day: a place in common (its host where no place is told), and a name in common (or the same cluster)."""
    held_by_same = bool(one.host) and one.host == other.host
    if one.where and other.where:
        if not (one.where <= other.where or other.where <= one.where):
            return False
    elif not held_by_same:
        return False
    if held_by_same and one.host.startswith("cụm thi đua"):
        return True
    shorter = min(len(one.words), len(other.words))
    return shorter > 0 and len(one.words & other.words) >= ALIKE * shorter
