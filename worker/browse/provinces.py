"""The map of an indicator: the largest figure that stands for each province, in one year or in all."""

from __future__ import annotations

import sqlite3

from worker.browse.cells import cells, facts, largest
from worker.browse.language import Language
from worker.browse.map import Map, Told, draw
from worker.browse.values import in_words


def load(connection: sqlite3.Connection, indicator: str, year: str, scheme: str, language: Language) -> Map:
    """The map of an indicator. `year` is a year or empty; `scheme` "34" or "63"."""
    of_year = (cell for cell in cells(connection, indicator) if cell.province and year in ("", str(cell.year or "")))
    rows = facts(connection, largest(of_year, lambda cell: cell.province))
    told = {
        row["province"]: Told(
            row["number"],
            in_words(row["kind"], row["value"], row["qualifier"], language),
            f"/news/article/{row['article']}#f{row['id']}",
        )
        for row in rows
    }
    return draw(told, scheme)
