"""The front page: what is in the archive, what came in lately, and how its sources are."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from worker.browse.charts import Bar, bars
from worker.browse.indicators import chosen, known_indicators, yearly
from worker.browse.kept import kept
from worker.browse.language import Language
from worker.browse.map import Map
from worker.browse.pages import address, file_of
from worker.browse.provinces import load as load_map
from worker.store.masks import Masks

LATEST = 8
MOST_YEARS = 12
MOST_SOURCES = 8


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over the whole archive, as numbers."""

    articles: int
    sources: int
    facts: int  # that everybody may see
    private_facts: int  # and those besides
    provinces: int
    first: str | None
    last: str | None
    undated: int
    months: tuple[tuple[str, int], ...]  # "2024-03" -> articles
    by_source: tuple[tuple[str, int], ...]  # id -> articles, the most first
    money: tuple[tuple[int, int, int], ...]  # year, đồng, amounts
    health: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A row of the calendar: twelve months, each with its articles and how dark it is drawn (0 to 4)."""

    year: str
    total: int
    months: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Latest:
    """An article that came in lately: its row, its title, and how its text begins."""

    row: sqlite3.Row
    title: str
    opening: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the template shows."""

    sums: Sums
    facts: int  # that this reader may see
    latest: tuple[Latest, ...]
    calendar: tuple[Year, ...]
    sources: tuple[Bar, ...]
    money: tuple[Bar, ...]
    known: tuple[tuple[str, int], ...]  # indicators, to choose the map's from
    indicator: str
    yearly: tuple[Bar, ...]  # its largest figure of each year
    map: Map


def load(
    connection: sqlite3.Connection, arguments: Mapping[str, Any], language: Language, *, private: bool = False
) -> FrontPage:
    """The front page; `private` counts the facts on private persons, too.

    Its sums are kept for a minute, the latest articles are always new.
    """
    sums = kept(("front", file_of(connection)), lambda: _sums(connection))
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
        facts=sums.facts + sums.private_facts if private else sums.facts,
        latest=_latest(connection),
        calendar=_calendar(sums.months),
        sources=_sources(connection, sums, language),
        money=bars(money[:MOST_YEARS]),
        known=known,
        indicator=indicator,
        yearly=yearly(connection, indicator, language),
        map=load_map(connection, indicator, "", str(arguments.get("map") or ""), language),
    )


def address_of(page: FrontPage, **changes: str) -> str:
    """The address of this page, or of one that differs in this."""
    return address("/", **({"indicator": page.indicator, "map": page.map.scheme} | changes))


def _sums(connection: sqlite3.Connection) -> Sums:
    months: Counter[str] = Counter()
    by_source: Counter[str] = Counter()
    facts, money = Counter[str](), []
    for what, name, at, count, total in connection.execute(_TALLIES):
        if what == "articles":
            months[at] += count
            by_source[name] += count
        elif what in ("facts", "private"):
            facts[what] += count
        else:
            money.append((int(at), total, count))
    undated = months.pop("", 0)
    sources, provinces = connection.execute(_SOURCES).fetchone()
    return Sums(
        articles=by_source.total(),
        sources=sources,
        facts=facts["facts"] - facts["private"],
        private_facts=facts["private"],
        provinces=provinces,
        first=min(months)[:4] if months else None,
        last=max(months)[:4] if months else None,
        undated=undated,
        months=tuple(sorted(months.items())),
        by_source=tuple(by_source.most_common()),
        money=tuple(sorted(money, reverse=True)),
        health=tuple((state, count) for state, count in connection.execute(_HEALTH)),
    )


def _latest(connection: sqlite3.Connection) -> tuple[Latest, ...]:
    """The articles that came in last, private persons by their initials. A lead is the beginning of its body."""
    rows = connection.execute(_LATEST, [LATEST]).fetchall()
    masks = Masks.of(connection, [row["id"] for row in rows])
    return tuple(
        Latest(
            row,
            masks.masked(row["id"], row["title"], "title"),
            masks.masked(row["id"], row["lead"] or row["opening"]),
        )
        for row in rows
    )


def _sources(connection: sqlite3.Connection, sums: Sums, language: Language) -> tuple[Bar, ...]:
    names = {row[0]: row[1] for row in connection.execute("SELECT id, name FROM sources")}
    return bars(
        [
            (names.get(source, source), count, language.number(count), address("/search", source=source))
            for source, count in sums.by_source[:MOST_SOURCES]
        ]
    )


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


_TALLIES = """
SELECT what, name, at, count, total FROM tallies WHERE what IN ('articles', 'facts', 'private', 'money')"""
_SOURCES = """
SELECT count(*), count(DISTINCT province) FROM sources
WHERE EXISTS (SELECT 1 FROM articles WHERE source = sources.id)"""
_HEALTH = "SELECT health, count(*) FROM sources GROUP BY health ORDER BY count(*) DESC"

_LATEST = """
SELECT a.id, a.title, a.lead, substr(a.body, 1, 400) AS opening, a.published, s.name AS source_name, s.province
FROM articles a JOIN sources s ON s.id = a.source ORDER BY a.first_seen DESC, a.id DESC LIMIT ?"""
