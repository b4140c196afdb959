"""A map of the provinces, drawn by the server: the 63 as they were to June 2025, or the 34 that they became."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SCHEMES = ("34", "63")
"""The provinces of today, and those before 1 July 2025; the first is shown where nobody asks."""

STEPS = 5
"""How many shades there are: each holds as many of the provinces as the next."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a province: a number, the same in words, and where it leads."""

    number: float
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Area:
    """A province as it is drawn: its shade from 0 (nothing is told) to `STEPS`, and what is told of it.

    `part` is the province of before July 2025 that it is told of, where that has another name.
    """

    name: str
    path: str
    shade: int
    told: Told | None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """What the template draws; `areas` in the order of their names' codes, `rows` the most first."""

    scheme: str
    view_box: str
    areas: tuple[Area, ...]
    credit: Mapping[str, str]

    @property
    def rows(self) -> list[Area]:
        """The provinces of which something is told, the largest number first."""
        return sorted(
            (area for area in self.areas if area.told), key=lambda area: -(area.told.number if area.told else 0)
        )


def draw(told: Mapping[str, Told], scheme: str) -> Map:
    """A map of what is told of the 63 provinces (by their GSO codes).

    On the map of the 34 a province shows the largest of what is told of those it was made of: numbers of different
    years, and of parts of a province, cannot be added.
    """
    shapes = _shapes()
    chosen = scheme if scheme in SCHEMES else SCHEMES[0]
    names, becomes = _provinces(chosen)
    best: dict[str, str] = {}  # code in the scheme -> code of the 63 of which the most is told
    for code, one in told.items():
        at = becomes.get(code)
        if at is not None and (at not in best or told[best[at]].number < one.number):
            best[at] = code
    ranks = {number: rank for rank, number in enumerate(sorted({told[code].number for code in best.values()}))}
    former = _provinces("63")[0]

    def area(code: str, path: str) -> Area:
        if code not in best:
            return Area(names[code], path, 0, None)
        one, of = told[best[code]], former[best[code]]
        return Area(names[code], path, _shade(ranks[one.number], len(ranks)), one, of if of != names[code] else None)

    areas = tuple(area(code, path) for code, path in shapes[chosen].items())
    return Map(chosen, shapes["view_box"], areas, shapes["credit"])


def _shade(rank: int, count: int) -> int:
    """1 to STEPS by the place among the numbers; the largest is always the darkest."""
    return STEPS - (count - 1 - rank) * STEPS // count


@cache
def _shapes() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("worker.browse.map").joinpath("shapes.json").read_text("utf-8"))
    return loaded


@cache
def _provinces(scheme: str) -> tuple[dict[str, str], dict[str, str]]:
    """Code -> name in the scheme, and code of the 63 -> code in the scheme."""
    rows = json.loads(files("worker.facts").joinpath("gazetteer/provinces.json").read_text("utf-8"))["provinces"]
    which = "old" if scheme == "63" else "new"
    names = {row[f"{which}_code"]: row[f"{which}_name"] for row in rows}
    return names, {row["old_code"]: row[f"{which}_code"] for row in rows}
