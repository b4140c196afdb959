"""The indicators page: the Union's own figures by province and year, each leading to its sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from worker.browse.cells import Cell, cells, facts, largest
from worker.browse.charts import Bar, bars
from worker.browse.figures import COLUMNS, Figure, figures
from worker.browse.kept import kept
from worker.browse.language import Language
from worker.browse.map import Map
from worker.browse.pages import address, file_of, page_number
from worker.browse.provinces import load as load_map
from worker.browse.values import in_words, province
from worker.values import as_province

ROWS = 50
"""Figures on one page."""

MOST_BARS = 15


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
    by_year: tuple[Bar, ...]
    by_place: tuple[Bar, ...]
    count: int
    page: int
    pages: int
    map: Map


def load(connection: sqlite3.Connection, arguments: Mapping[str, Any], language: Language) -> IndicatorsPage:
    """The page of one indicator: the one asked for, else the one that is stated most often."""
    known = known_indicators(connection)
    where = conditions(known, arguments)
    told = cells(connection, where["indicator"])
    asked = _chosen(told, where)
    count = sum(cell.told for cell in asked)
    places = largest((cell for cell in asked if cell.province), lambda cell: (cell.province, cell.year))
    # Of all provinces together the largest figure is one year the country's and the next year a province's.
    years = largest((cell for cell in asked if cell.year and where["province"]), lambda cell: cell.year)
    yearly = sorted(years, key=lambda cell: cell.year or 0, reverse=True)
    pages = max(-(-count // ROWS), 1)
    page = page_number(arguments, pages)
    shown = where | {"limit": ROWS, "offset": (page - 1) * ROWS}
    rows = kept(
        ("figures", file_of(connection), *shown.values()), lambda: connection.execute(_FIGURES, shown).fetchall()
    )
    return IndicatorsPage(
        known=known,
        **where,
        provinces=tuple(sorted({cell.province for cell in told if cell.province})),
        years=tuple(sorted({cell.year for cell in told if cell.year}, reverse=True)),
        figures=figures(connection, rows, language),
        by_year=_chart(facts(connection, yearly[:MOST_BARS]), language, lambda row: str(row["year"])),
        by_place=_chart(facts(connection, places[:MOST_BARS]), language, _place_and_year),
        count=count,
        page=page,
        pages=pages,
        map=load_map(connection, where["indicator"], where["year"], str(arguments.get("map") or ""), language),
    )


def conditions(known: tuple[tuple[str, int], ...], arguments: Mapping[str, Any]) -> dict[str, str]:
    """What is asked for: an indicator, and a province and a year or none."""
    return {
        "indicator": chosen(known, arguments),
        "province": as_province(str(arguments.get("province") or "")),
        "year": str(arguments.get("year") or ""),
    }


def _chosen(told: tuple[Cell, ...], where: Mapping[str, str]) -> list[Cell]:
    """What is told of the province and in the year that are asked for."""
    return [
        cell
        for cell in told
        if where["province"] in ("", cell.province) and where["year"] in ("", str(cell.year or ""))
    ]


def known_indicators(connection: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    """The indicators of the archive with how often each is stated, the most first."""
    return kept(("known", file_of(connection)), lambda: tuple(map(tuple, connection.execute(_KNOWN))))


def chosen(known: tuple[tuple[str, int], ...], arguments: Mapping[str, Any]) -> str:
    """The indicator that is asked for, else the one that is stated most often; empty where there is none."""
    names = [name for name, _ in known]
    asked = str(arguments.get("indicator") or "")
    return asked if asked in names else (names[0] if names else "")


def yearly(connection: sqlite3.Connection, indicator: str, language: Language) -> tuple[Bar, ...]:
    """Of each year the largest figure that stands for a province, with the province's name; the latest year first."""
    placed = (cell for cell in cells(connection, indicator) if cell.year and cell.province)
    told = sorted(largest(placed, lambda cell: cell.year), key=lambda cell: cell.year or 0, reverse=True)
    return _chart(facts(connection, told[:MOST_BARS]), language, _place_and_year)


def address_of(page: IndicatorsPage, number: int = 1, **changes: str) -> str:
    """The address of this page, or of one that differs in this."""
    asked = {"indicator": page.indicator, "province": page.province, "year": page.year, "map": page.map.scheme}
    return address("/indicators", **(asked | changes), page=number if number > 1 else None)


HEADER = (
    *("indicator", "province_code", "province", "year", "number", "value", "as_written", "org", "passage"),
    *("title", "source", "published", "sentence"),
)
"""The columns of `table`."""


def table(
    connection: sqlite3.Connection, arguments: Mapping[str, Any], language: Language, limit: int, base: str
) -> list[tuple[object, ...]]:
    """The figures that are asked for as rows of a spreadsheet, each with the address of its sentence below `base`."""
    where = conditions(known_indicators(connection), arguments)
    rows = connection.execute(_FIGURES, where | {"limit": limit, "offset": 0}).fetchall()
    return [_cells(one, base) for one in figures(connection, rows, language)]


def _cells(one: Figure, base: str) -> tuple[object, ...]:
    row = one.row
    passage = f"{one.before}{one.text}{one.after}"
    place = (row["indicator"], row["province"], one.province, row["year"])
    said = (row["number"], one.value, row["text"], row["org"], passage)
    return (
        *place,
        *said,
        one.title,
        row["source_name"],
        row["published"],
        f"{base}/news/article/{row['article']}#f{row['id']}",
    )


def _place_and_year(row: sqlite3.Row) -> str:
    return ", ".join(part for part in (province(row["province"]), str(row["year"] or "")) if part) or "–"


def _chart(rows: list[sqlite3.Row], language: Language, label: Callable[[sqlite3.Row], str]) -> tuple[Bar, ...]:
    """A bar a row: the largest figure that stands for its province; several may be of one whole, so none are added."""
    return bars(
        [
            (
                label(row),
                float(row["number"]),
                in_words(row["kind"], row["value"], row["qualifier"], language),
                f"/news/article/{row['article']}#f{row['id']}",
            )
            for row in rows
        ]
    )


_KNOWN = """
SELECT name, sum(count) AS stated FROM tallies WHERE what = 'indicator' GROUP BY name ORDER BY stated DESC, name"""

# Which figures is settled in the index of `statements`, before any text is read.
_FIGURES = f"""
WITH chosen AS MATERIALIZED (
  SELECT fact FROM statements
  WHERE kind = 'indicator' AND name = :indicator
    AND (:province = '' OR province = :province) AND (:year = '' OR cast(year AS TEXT) = :year)
  ORDER BY year DESC, province IS NULL, province, value DESC LIMIT :limit OFFSET :offset)
SELECT {COLUMNS}
FROM chosen JOIN facts f ON f.id = chosen.fact
JOIN articles a ON a.id = f.article
JOIN sources s ON s.id = a.source
ORDER BY f.year DESC, f.province IS NULL, f.province, f.number DESC"""  # noqa: S608 - a constant
