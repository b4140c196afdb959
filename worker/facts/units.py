"""What reports count: the units of data/units.csv, and where one stands in a text."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from worker.vietnamese import tone_key

NONE = "none"
"""The kind of what follows a number without being counted: times, the parts of a plan, little words."""


class Unit(NamedTuple):
    """A unit as it stands in a text."""

    start: int
    end: int
    kind: str


_SYLLABLE = re.compile(r" {0,3}([^\W_]+|%)")


@cache
def _by_syllable() -> dict[str, dict[str, str]]:
    """First syllable -> the units that begin with it, longest first, with their kinds."""
    lines = files("worker.facts").joinpath("data/units.csv").read_text("utf-8").splitlines()
    found: dict[str, dict[str, str]] = {}
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    kinds = ((tone_key(row["unit"]), row["kind"]) for row in rows)
    for name, kind in sorted(kinds, key=lambda unit: -len(unit[0])):
        if first := _SYLLABLE.match(name):
            found.setdefault(first[1], {}).setdefault(name, kind)
    return found


@cache
def _beginning_with(syllable: str) -> re.Pattern[str]:
    """Any unit that begins with this syllable, the longest that fits."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, _by_syllable()[syllable]))})(?![^\W_])")


def match(key: str, position: int) -> Unit | None:
    """The longest unit that begins at this position of a text's key, or a few spaces later.

    >>> match("12 hộ nghèo vượt khó", 2)
    Unit(start=3, end=11, kind='household')
    """
    first = _SYLLABLE.match(key, position)
    units = _by_syllable().get(first[1]) if first else None
    if first is None or units is None:
        return None
    found = _beginning_with(first[1]).match(key, first.start(1))
    return Unit(found.start(), found.end(), units[found[0]]) if found else None


def counted(key: str, position: int) -> bool:
    """Does something that is counted follow here?"""
    unit = match(key, position)
    return unit is not None and unit.kind != NONE


_AND = re.compile(r" ?(?:,|/|và|-) ?(?=[^\W\d_])")
_TITLES = frozenset(("bà", "ông", "chị", "anh", "cô", "em"))
"""Units that, behind another, begin a name instead: "bầu 15 ủy viên, bà Lê Thị Hoa là Chủ tịch"."""


def match_list(key: str, position: int) -> Unit | None:
    """Like `match`, with what is counted together: "32.000 cán bộ, hội viên, phụ nữ".

    Only units of one kind are counted together, and at most five.
    """
    unit = match(key, position)
    if unit is None or unit.kind in (NONE, "measure", "thing"):
        return unit
    for _ in range(4):
        joined = _AND.match(key, unit.end)
        following = match(key, joined.end()) if joined else None
        if following is None or following.kind != unit.kind:
            break
        if key[following.start : following.end] in _TITLES and key[unit.start : unit.end] not in _TITLES:
            break
        unit = Unit(unit.start, following.end, unit.kind)
    return unit


@cache
def _none_words() -> frozenset[str]:
    return frozenset(
        name for units in _by_syllable().values() for name, kind in units.items() if kind == NONE and " " not in name
    )


def is_none(word: str) -> bool:
    """Is this single word one that is never counted ("và", "năm", "được")?"""
    return tone_key(word.lower()) in _none_words()
