"""The conflicts page: what several articles tell differently, each telling with its sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from worker.browse.figures import COLUMNS, Figure, figure
from worker.browse.indicators import chosen, known_indicators
from worker.browse.kept import kept
from worker.browse.language import Language
from worker.browse.pages import address
from worker.browse.values import province

MOST = 20
"""Conflicts on one page."""

MOST_TELLINGS = 6
"""Tellings shown of one conflict, from the least to the most."""

MOST_AT_ONCE = 20_000
"""Figures that are compared for one page; of an archive with more, an indicator at a time is shown."""

LONG = 300.0
"""Seconds that the list is kept: it is read from every indicator and event."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A thing that is told differently, with its tellings."""

    row: sqlite3.Row
    name: str
    province: str
    tellings: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    """What the template shows."""

    conflicts: tuple[Conflict, ...]
    known: tuple[tuple[str, int], ...]  # indicators, to choose one
    indicator: str  # the one chosen; empty: all, and events
    count: int
    page: int
    pages: int


def load(connection: sqlite3.Connection, arguments: Mapping[str, Any], language: Language) -> ConflictsPage:
    """A page of conflicts, what fewest articles speak of first: there a contradiction is likeliest to be one."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    known = known_indicators(connection)
    few = sum(count for _, count in known) <= MOST_AT_ONCE
    indicator = "" if few and not arguments.get("indicator") else chosen(known, arguments)
    question, values = (_OF_INDICATOR, [indicator]) if indicator else (_CONFLICTS, [])
    listed = kept(("conflicts", path, indicator), lambda: connection.execute(question, values).fetchall(), seconds=LONG)
    pages = max(-(-len(listed) // MOST), 1)
    number = str(arguments.get("page") or "1")
    page = min(int(number), pages) if number.isascii() and number.isdigit() and int(number[:9]) > 0 else 1
    shown = listed[(page - 1) * MOST : page * MOST]
    conflicts = tuple(_conflict(connection, row, language) for row in shown)
    return ConflictsPage(conflicts, known, indicator, len(listed), page, pages)


def address_of(page: ConflictsPage, number: int) -> str:
    """The address of another page of the list."""
    return address("/conflicts", indicator=page.indicator, page=number if number > 1 else None)


def _conflict(connection: sqlite3.Connection, row: sqlite3.Row, language: Language) -> Conflict:
    indicator = row["kind"] == "indicator"
    rows = connection.execute(_FIGURES if indicator else _EVENTS, {**dict(row), "limit": MOST_TELLINGS})
    name = language.of("indicator", row["name"]) if indicator else row["name"]
    return Conflict(row, name, province(row["province"]), tuple(figure(one, language) for one in rows))


_COLUMNS = "SELECT kind, name, province, year, scope, unit, per, tellings, articles FROM conflicts"
_ORDER = "ORDER BY articles, year DESC, kind, name, province LIMIT 5000"
_CONFLICTS = f"{_COLUMNS} {_ORDER}"
_OF_INDICATOR = f"{_COLUMNS} WHERE kind = 'indicator' AND name = ? {_ORDER}"

_FIGURES = f"""
WITH chosen AS MATERIALIZED (
  SELECT min(fact) AS fact FROM indicators
  WHERE indicator = :name AND province = :province AND year = :year
    AND scope IS :scope AND unit IS :unit AND per IS :per AND value IS NOT NULL
  GROUP BY value, article ORDER BY value LIMIT :limit)
SELECT {COLUMNS}
FROM chosen JOIN facts f ON f.id = chosen.fact JOIN articles a ON a.id = f.article JOIN sources s ON s.id = a.source
ORDER BY f.number, f.id"""  # noqa: S608 - made of constants

_EVENTS = f"""
SELECT {COLUMNS}
FROM facts f JOIN articles a ON a.id = f.article JOIN sources s ON s.id = a.source
WHERE f.kind = 'event' AND f.date_start BETWEEN :year || '-01-01' AND :year || '-12-31'
  AND json_extract(f.value, '$.name') = :name AND coalesce(f.province, s.province) IS :province
  AND coalesce(json_extract(f.value, '$.private'), 0) = 0
GROUP BY f.date_start, f.article ORDER BY f.date_start LIMIT :limit"""  # noqa: S608 - made of constants
