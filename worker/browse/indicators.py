"""The indicators page: the Union's own figures by province and year, each leading to its sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from worker.browse.charts import Bar, bars
from worker.browse.figures import COLUMNS, Figure, figure
from worker.browse.kept import kept
from worker.browse.language import Language
from worker.browse.map import Map
from worker.browse.pages import address
from worker.browse.provinces import load as load_map
from worker.browse.values import in_words, province

MOST_ROWS = 100
MOST_BARS = 20


@dataclass(frozen=True, slots=True)
class IndicatorsPage:
    """What the template shows. `known` are the indicators of the archive with how often each is stated."""

    known: tuple[tuple[str, int], ...]
    indicator: str
    province: str
    year: str
    provinces: tuple[str, ...]
    years: tuple[int, ...]
    figures: tuple[Figure, ...]
    chart: tuple[Bar, ...]
    more: bool
    map: Map


def load(connection: sqlite3.Connection, arguments: Mapping[str, Any], language: Language) -> IndicatorsPage:
    """The page of one indicator: the one asked for, else the one that is stated most often."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    known = known_indicators(connection)
    indicator = chosen(known, arguments)
    where = {
        "indicator": indicator,
        "province": str(arguments.get("province") or ""),
        "year": str(arguments.get("year") or ""),
    }
    provinces, years = kept(
        ("choices", path, indicator),
        lambda: tuple([row[0] for row in connection.execute(sql, where) if row[0]] for sql in (_PROVINCES, _YEARS)),
    )
    rows, largest = kept(
        ("figures", path, *where.values()),
        lambda: (
            connection.execute(_FIGURES, {**where, "limit": MOST_ROWS + 1}).fetchall(),
            connection.execute(_LARGEST, {**where, "limit": MOST_BARS}).fetchall(),
        ),
    )
    return IndicatorsPage(
        known=known,
        **where,
        provinces=tuple(provinces),
        years=tuple(years),
        figures=tuple(figure(row, language) for row in rows[:MOST_ROWS]),
        chart=_chart(largest, language),
        more=len(rows) > MOST_ROWS,
        map=load_map(connection, indicator, where["year"], str(arguments.get("map") or ""), language),
    )


def known_indicators(connection: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    """The indicators of the archive with how often each is stated, the most first."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    return kept(("indicators", path), lambda: tuple((row[0], row[1]) for row in connection.execute(_KNOWN)))


def chosen(known: tuple[tuple[str, int], ...], arguments: Mapping[str, Any]) -> str:
    """The indicator that is asked for, else the one that is stated most often; empty where there is none."""
    names = [name for name, _ in known]
    asked = str(arguments.get("indicator") or "")
    return asked if asked in names else (names[0] if names else "")


def address_of(page: IndicatorsPage, **changes: str) -> str:
    """The address of this page, or of one that differs in this."""
    asked = {
        "indicator": page.indicator,
        "province": page.province,
        "year": page.year,
        "map": page.map.scheme,
    } | changes
    return address("/indicators", **asked)


def _words(row: sqlite3.Row, language: Language) -> str:
    return in_words(row["kind"], row["value"], row["qualifier"], language)


def _chart(rows: list[sqlite3.Row], language: Language) -> tuple[Bar, ...]:
    """The largest figure of each province and year, the largest first: several may speak of parts of one whole."""
    return bars(
        [
            (
                ", ".join(part for part in (province(row["province"]), str(row["year"] or "")) if part) or "–",
                float(row["number"]),
                _words(row, language),
                f"/news/article/{row['article']}#f{row['id']}",
            )
            for row in rows
        ]
    )


_KNOWN = "SELECT indicator, count(*) FROM facts WHERE indicator IS NOT NULL GROUP BY indicator ORDER BY 2 DESC, 1"

_PROVINCES = "SELECT DISTINCT province FROM facts WHERE indicator = :indicator ORDER BY province"
_YEARS = "SELECT DISTINCT year FROM facts WHERE indicator = :indicator ORDER BY year DESC"

_CHOSEN = """
FROM facts f
JOIN articles a ON a.id = f.article
LEFT JOIN groups g ON g.id = a.group_id AND g.kind IN ('same', 'near')
WHERE f.indicator = :indicator AND coalesce(g.canonical, a.id) = a.id
  AND (:province = '' OR f.province = :province) AND (:year = '' OR f.year = cast(:year AS INTEGER))"""
"""The figures asked for, those of copies left out."""

# Which figures is settled before any long text is read.
_FIGURES = f"""
WITH chosen AS MATERIALIZED (
  SELECT f.id {_CHOSEN} ORDER BY f.year DESC, f.province, f.number DESC LIMIT :limit)
SELECT {COLUMNS}
FROM chosen JOIN facts f ON f.id = chosen.id
JOIN articles a ON a.id = f.article
JOIN sources s ON s.id = a.source
ORDER BY f.year DESC, f.province, f.number DESC"""  # noqa: S608 - made of constants

_LARGEST = f"""
SELECT f.id, f.article, f.kind, f.value, f.qualifier, f.province, f.year, max(f.number) AS number {_CHOSEN}
  AND f.number IS NOT NULL
GROUP BY f.province, f.year ORDER BY max(f.number) DESC LIMIT :limit"""
