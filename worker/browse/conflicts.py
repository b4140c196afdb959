"""The conflicts page: what several articles tell differently, each telling with its sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from worker.browse.figures import COLUMNS, Figure, figures
from worker.browse.indicators import chosen, known_indicators
from worker.browse.kept import kept
from worker.browse.language import Language
from worker.browse.pages import address, file_of, page_number
from worker.browse.values import province

MOST = 20
"""Conflicts on one page."""

MOST_TELLINGS = 6
"""Tellings shown of one conflict, from the least to the most."""

LONG = 300.0
"""Seconds that the list is kept: it is read from every indicator and event. `renew` asks for it before."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A thing that is told differently, with its tellings: how many there are, in how many articles, and the first."""

    row: sqlite3.Row
    told: int
    articles: int
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
    known = known_indicators(connection)
    indicator = chosen(known, arguments) if arguments.get("indicator") else ""
    listed = kept(
        ("conflicts", file_of(connection), indicator),
        lambda: _told_differently(connection, indicator),
        seconds=LONG,
    )
    pages = max(-(-len(listed) // MOST), 1)
    page = page_number(arguments, pages)
    shown = listed[(page - 1) * MOST : page * MOST]
    conflicts = tuple(_conflict(connection, row, language) for row in shown)
    return ConflictsPage(conflicts, known, indicator, len(listed), page, pages)


def renew(connection: sqlite3.Connection) -> None:
    """Ask anew for the list of all conflicts."""
    kept(("conflicts", file_of(connection), ""), lambda: _told_differently(connection, ""), seconds=0)


def address_of(page: ConflictsPage, number: int) -> str:
    """The address of another page of the list."""
    return address("/conflicts", indicator=page.indicator, page=number if number > 1 else None)


def _told_differently(connection: sqlite3.Connection, indicator: str) -> list[sqlite3.Row]:
    question = _CONFLICTS.format(chosen=_ONE if indicator else "1")
    return connection.execute(question, [indicator] if indicator else []).fetchall()


def _conflict(connection: sqlite3.Connection, row: sqlite3.Row, language: Language) -> Conflict:
    rows = connection.execute(_TELLINGS, {**dict(row), "limit": MOST_TELLINGS}).fetchall()
    name = language.of("indicator", row["name"]) if row["kind"] == "indicator" else row["name"]
    told, articles = connection.execute(_COUNTS, dict(row)).fetchone()
    return Conflict(row, told, articles, name, province(row["province"]), figures(connection, rows, language))


_ONE = "kind = 'indicator' AND name = ?"

# As the view `conflicts`, which counts what is told of each; here that is done for those that are shown. `whole` is all
# that the article with the largest telling tells of a thing: who tells some of that only contradicts nothing.
_CONFLICTS = """
SELECT kind, name, province, year, scope, unit, per, org FROM (
  SELECT kind, name, province, year, scope, unit, per, org, count(*) AS articles,
    max(iif(kind = 'event', value, printf('%024.4f', value)) || listed) AS whole
  FROM (
    SELECT kind, name, province, year, scope, unit, per, org, article, max(value) AS value,
      ' ' || group_concat(value, ' ') || ' ' AS listed
    FROM statements
    WHERE year IS NOT NULL AND value IS NOT NULL AND (kind = 'event' OR (province IS NOT NULL AND org IS NOT NULL))
      AND {chosen}
    GROUP BY kind, name, province, year, scope, unit, per, org, article)
  GROUP BY kind, name, province, year, scope, unit, per, org
  HAVING min(value) < max(value)) AS differing
WHERE EXISTS (
  SELECT 1 FROM statements AS other
  WHERE other.kind = differing.kind AND other.name = differing.name AND other.province IS differing.province
    AND other.year = differing.year AND other.scope IS differing.scope AND other.unit IS differing.unit
    AND other.per IS differing.per AND other.org IS differing.org
  GROUP BY other.article HAVING instr(whole, ' ' || max(other.value) || ' ') = 0)
ORDER BY articles, year DESC, kind, name, province, org LIMIT 5000"""

# What each article tells of a conflict: of parts and a whole, the whole.
_TOLD = """
SELECT max(value) AS value, article, fact FROM statements
WHERE kind = :kind AND name = :name AND province IS :province AND year = :year
  AND scope IS :scope AND unit IS :unit AND per IS :per AND org IS :org AND value IS NOT NULL
GROUP BY article"""

_COUNTS = f"SELECT count(DISTINCT value) AS tellings, count(*) AS articles FROM ({_TOLD})"  # noqa: S608 - a constant

_TELLINGS = f"""
WITH chosen AS MATERIALIZED (SELECT fact FROM ({_TOLD}) ORDER BY value, article LIMIT :limit)
SELECT {COLUMNS}
FROM chosen JOIN facts f ON f.id = chosen.fact JOIN articles a ON a.id = f.article JOIN sources s ON s.id = a.source
ORDER BY f.number, f.date_start, f.id"""  # noqa: S608 - made of constants
