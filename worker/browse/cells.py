"""What is told of an indicator, by province and year: how often, and the largest figure. Pages and maps use parts.

It is read in one pass of the index of `statements`, 0.2 µs a figure, and kept.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from typing import NamedTuple

from worker.browse.kept import kept
from worker.browse.pages import file_of

LONG = 300.0
"""Seconds that they are kept: a reader of a year's figures can wait for those of the last minutes."""


class Cell(NamedTuple):
    """A province and a year, either of which may not be known; `number` is None where no figure is a number."""

    province: str | None
    year: int | None
    told: int
    fact: int  # that tells the largest figure
    number: float | None


def cells(connection: sqlite3.Connection, indicator: str, seconds: float = LONG) -> tuple[Cell, ...]:
    """All that is told of an indicator, as it was at most so many seconds ago."""
    return kept(
        ("cells", file_of(connection), indicator),
        lambda: tuple(Cell(*row) for row in connection.execute(_CELLS, [indicator])),
        seconds=seconds,
    )


def largest(of: Iterable[Cell], by: Callable[[Cell], object]) -> list[Cell]:
    """The cell with the largest figure of each group, the largest first."""
    found: dict[object, Cell] = {}
    for cell in sorted((cell for cell in of if cell.number is not None), key=lambda cell: -(cell.number or 0)):
        found.setdefault(by(cell), cell)
    return list(found.values())


def facts(connection: sqlite3.Connection, of: list[Cell]) -> list[sqlite3.Row]:
    """The facts that tell their figures, in the same order, each with the cell's number."""
    asked = json.dumps([[cell.fact, cell.number] for cell in of])
    return connection.execute(_FACTS, [asked]).fetchall()


_CELLS = """
SELECT province, year, count(*), fact, max(value) FROM statements
WHERE kind = 'indicator' AND name = ? GROUP BY province, year"""

_FACTS = """
SELECT f.id, f.article, f.kind, f.value, f.qualifier, f.province, f.year, json_extract(asked.value, '$[1]') AS number
FROM json_each(?) AS asked CROSS JOIN facts AS f ON f.id = json_extract(asked.value, '$[0]') ORDER BY asked.key"""
