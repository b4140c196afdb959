"""The front page: what is in the archive, what came in lately, and how its sources are."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from worker.browse.charts import Bar, bars
from worker.browse.indicators import chosen, known_indicators
from worker.browse.kept import kept
from worker.browse.language import Language
from worker.browse.map import Map
from worker.browse.pages import address
from worker.browse.provinces import load as load_map

LATEST = 8
MOST_YEARS = 12


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over the whole archive, as numbers."""

    articles: int
    sources: int
    facts: int
    provinces: int
    first: str | None
    last: str | None
    undated: int
    months: tuple[tuple[str, int], ...]  # "2024-03" -> articles
    money: tuple[tuple[int, float, int], ...]  # year, đồng, amounts
    health: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A row of the calendar: twelve months, each with its articles and how dark it is drawn (0 to 4)."""

    year: str
    total: int
    months: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the template shows."""

    sums: Sums
    latest: tuple[sqlite3.Row, ...]
    calendar: tuple[Year, ...]
    money: tuple[Bar, ...]
    known: tuple[tuple[str, int], ...]  # indicators, to choose the map's from
    indicator: str
    map: Map


def load(connection: sqlite3.Connection, arguments: Mapping[str, Any], language: Language) -> FrontPage:
    """The front page. Its sums are kept for a minute, the latest articles are always new."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    sums = kept(("front", path), lambda: _sums(connection))
    money = [
        (
            str(year),
            total,
            language.money(int(total), 1),
            address("/news/facts", kind="money", year=year, _sort_desc="number"),
        )
        for year, total, _ in sums.money
    ]
    known = known_indicators(connection)
    indicator = chosen(known, arguments)
    return FrontPage(
        sums=sums,
        latest=tuple(connection.execute(_LATEST, [LATEST])),
        calendar=_calendar(sums.months),
        money=bars(money[:MOST_YEARS]),
        known=known,
        indicator=indicator,
        map=load_map(connection, indicator, "", str(arguments.get("map") or ""), language),
    )


def address_of(page: FrontPage, **changes: str) -> str:
    """The address of this page, or of one that differs in this."""
    return address("/", **({"indicator": page.indicator, "map": page.map.scheme} | changes))


def _sums(connection: sqlite3.Connection) -> Sums:
    def rows(sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.execute(sql)]

    first, last, undated = rows(_SPAN)[0]
    return Sums(
        articles=_count(connection, "SELECT count(*) FROM articles"),
        sources=_count(connection, "SELECT count(*) FROM sources"),
        facts=_count(connection, "SELECT count(*) FROM facts"),
        provinces=_count(connection, "SELECT count(DISTINCT province) FROM sources WHERE province IS NOT NULL"),
        first=first,
        last=last,
        undated=undated or 0,
        months=tuple((month, count) for month, count in rows(_MONTHS)),
        money=tuple((year, total, amounts) for year, total, amounts in rows(_MONEY)),
        health=tuple((state, count) for state, count in rows(_HEALTH)),
    )


def _count(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def _calendar(months: tuple[tuple[str, int], ...]) -> tuple[Year, ...]:
    """The latest years, each month darker the more articles it has, in four steps to the busiest month."""
    counts = dict(months)
    busiest = max(counts.values(), default=1)
    years = sorted({month[:4] for month in counts}, reverse=True)[:MOST_YEARS]
    return tuple(
        Year(year, sum(count for count, _ in row), row)
        for year in years
        for row in [
            tuple(
                (count, -(-4 * count // busiest))
                for number in range(1, 13)
                for count in [counts.get(f"{year}-{number:02}", 0)]
            )
        ]
    )


_SPAN = "SELECT min(substr(published, 1, 4)), max(substr(published, 1, 4)), sum(published IS NULL) FROM articles"
_MONTHS = "SELECT substr(published, 1, 7) AS month, count(*) FROM articles WHERE published IS NOT NULL GROUP BY month"
_HEALTH = "SELECT health, count(*) FROM sources GROUP BY health ORDER BY count(*) DESC"

_MONEY = """
SELECT year, sum(number), count(*) FROM (
  SELECT DISTINCT f.article, f.year, f.number FROM facts f
  JOIN articles a ON a.id = f.article
  LEFT JOIN groups g ON g.id = a.group_id AND g.kind IN ('same', 'near')
  WHERE f.kind = 'money' AND f.year IS NOT NULL AND coalesce(g.canonical, a.id) = a.id)
GROUP BY year ORDER BY year DESC"""

_LATEST = """
SELECT a.id, a.title, a.lead, substr(a.body, 1, 400) AS opening, a.published, s.name AS source_name, s.province
FROM articles a JOIN sources s ON s.id = a.source ORDER BY a.first_seen DESC, a.id DESC LIMIT ?"""
