"""What is told of an indicator, by province and year: how often, and the largest figure. Pages and maps use parts.

The figure is the largest that the province's own union tells, else the largest that nobody is said to own; of others
(a commune, a firm) only where there is no other. It is read in one pass of the index of `statements`, and kept.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from typing import NamedTuple

from worker.browse.kept import kept
from worker.browse.pages import file_of
from worker.store.standing import OTHERS, standing

LONG = 300.0
"""Seconds that they are kept: a reader of a year's figures can wait for those of the last minutes."""


class Cell(NamedTuple):
    """A province and a year, either of which may not be known; `number` is None where no figure is a number.

    `stands` says how far its figure stands for the province (worker/store/standing.py).
    """

    province: str | None
    year: int | None
    told: int
    fact: int  # that tells the largest figure
    number: float | None
    stands: int


def cells(connection: sqlite3.Connection, indicator: str, seconds: float = LONG) -> tuple[Cell, ...]:
    """All that is told of an indicator, as it was at most so many seconds ago."""
    return kept(
        ("cells", file_of(connection), indicator),
        lambda: _merged(connection.execute(_CELLS, [indicator])),
        seconds=seconds,
    )


def _merged(rows: Iterable[tuple[str | None, int | None, str | None, int, int, float | None]]) -> tuple[Cell, ...]:
    """A cell a province and year, of rows that are told apart by who owns their figures."""
    found: dict[tuple[str | None, int | None], Cell] = {}
    for province, year, org, told, fact, number in rows:
        cell = Cell(province, year, told, fact, number, standing(province, org))
        known = found.get((province, year))
        if known:
            better = max(known, cell, key=lambda one: (one.number is not None, one.stands, one.number or 0))
            cell = better._replace(told=known.told + told)
        found[province, year] = cell
    return tuple(found.values())


def largest(of: Iterable[Cell], by: Callable[[Cell], object]) -> list[Cell]:
    """The cell with the largest figure of each group, the largest first; none whose figure is somebody else's."""
    some = (cell for cell in of if cell.number is not None and cell.stands > OTHERS)
    found: dict[object, Cell] = {}
    for cell in sorted(some, key=lambda cell: -(cell.number or 0)):
        found.setdefault(by(cell), cell)
    return list(found.values())


def facts(connection: sqlite3.Connection, of: list[Cell]) -> list[sqlite3.Row]:
    """The facts that tell their figures, in the same order, each with the cell's number."""
    asked = json.dumps([[cell.fact, cell.number] for cell in of])
    return connection.execute(_FACTS, [asked]).fetchall()


_CELLS = """
SELECT province, year, org, count(*), fact, max(value) FROM statements
WHERE kind = 'indicator' AND name = ? GROUP BY province, year, org"""

_FACTS = """
SELECT f.id, f.article, f.kind, f.value, f.qualifier, f.province, f.year, json_extract(asked.value, '$[1]') AS number
FROM json_each(?) AS asked CROSS JOIN facts AS f ON f.id = json_extract(asked.value, '$[0]') ORDER BY asked.key"""
