"""The indicators page: the Union's own figures by province and year, each leading to its sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from worker.browse.charts import Bar, bars
from worker.browse.kept import kept
from worker.browse.language import Language
from worker.browse.marks import plain
from worker.browse.pages import address
from worker.browse.values import in_words, province

MOST_ROWS = 100
MOST_BARS = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a row of the page: its value in words, and the passage around it."""

    row: sqlite3.Row
    value: str
    province: str
    before: str
    text: str
    after: str


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


def load(connection: sqlite3.Connection, arguments: Mapping[str, Any], language: Language) -> IndicatorsPage:
    """The page of one indicator: the one asked for, else the one that is stated most often."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    known = kept(("indicators", path), lambda: tuple((row[0], row[1]) for row in connection.execute(_KNOWN)))
    names = [name for name, _ in known]
    asked = str(arguments.get("indicator") or "")
    indicator = asked if asked in names else (names[0] if names else "")
    where = {
        "indicator": indicator,
        "province": str(arguments.get("province") or ""),
        "year": str(arguments.get("year") or ""),
    }
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
        provinces=tuple(row[0] for row in connection.execute(_PROVINCES, where) if row[0]),
        years=tuple(row[0] for row in connection.execute(_YEARS, where) if row[0] is not None),
        figures=tuple(_figure(row, language) for row in rows[:MOST_ROWS]),
        chart=_chart(largest, language),
        more=len(rows) > MOST_ROWS,
    )


def address_of(page: IndicatorsPage, **changes: str) -> str:
    """The address of this page, or of one that differs in this."""
    asked = {"indicator": page.indicator, "province": page.province, "year": page.year} | changes
    return address("/indicators", **asked)


def _figure(row: sqlite3.Row, language: Language) -> Figure:
    words = _words(row, language)
    around = row["around"] or ""
    at = row["at"]
    end = at + row["end"] - row["start"]
    before, after = around[:at].rsplit("\n", 1)[-1], around[end:].split("\n", 1)[0]
    return Figure(row, words, province(row["province"]), plain(before), plain(around[at:end]), plain(after))


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
SELECT f.id, f.article, f.kind, f.number, f.value, f.qualifier, f.text, f.province, f.year, f.start, f."end",
  a.published, s.name AS source_name, min(f.start, 90) AS at,
  CASE f.part WHEN 'body' THEN substr(a.body, max(f.start - 90, 0) + 1, min(f.start, 90) + f."end" - f.start + 110)
    ELSE '' END AS around
FROM chosen JOIN facts f ON f.id = chosen.id
JOIN articles a ON a.id = f.article
JOIN sources s ON s.id = a.source
ORDER BY f.year DESC, f.province, f.number DESC"""  # noqa: S608 - made of constants

_LARGEST = f"""
SELECT f.id, f.article, f.kind, f.value, f.qualifier, f.province, f.year, max(f.number) AS number {_CHOSEN}
  AND f.number IS NOT NULL
GROUP BY f.province, f.year ORDER BY max(f.number) DESC LIMIT :limit"""
