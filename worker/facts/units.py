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
def _by_syllable() -> dict[str, tuple[tuple[str, str], ...]]:
    """First syllable -> the units that begin with it, longest first, each with its kind."""
    lines = files("worker.facts").joinpath("data/units.csv").read_text("utf-8").splitlines()
    found: dict[str, list[tuple[str, str]]] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        name = tone_key(row["unit"])
        first = _SYLLABLE.match(name)
        if first:
            found.setdefault(first[1], []).append((name, row["kind"]))
    return {first: tuple(sorted(units, key=lambda unit: -len(unit[0]))) for first, units in found.items()}


def match(key: str, position: int) -> Unit | None:
    """The longest unit that begins at this position of a text's key, or a few spaces later.

    >>> match("12 hộ nghèo vượt khó", 2)
    Unit(start=3, end=11, kind='household')
    """
    first = _SYLLABLE.match(key, position)
    if first is None:
        return None
    start = first.start(1)
    for name, kind in _by_syllable().get(first[1], ()):
        end = start + len(name)
        if key.startswith(name, start) and not key[end : end + 1].isalnum():
            return Unit(start, end, kind)
    return None


def counted(key: str, position: int) -> bool:
    """Does something that is counted follow here?"""
    unit = match(key, position)
    return unit is not None and unit.kind != NONE


_AND = re.compile(r" ?(?:,|/|và|-) ?(?=[^\W\d_])")


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
        unit = Unit(unit.start, following.end, unit.kind)
    return unit


@cache
def _none_words() -> frozenset[str]:
    return frozenset(
        name for units in _by_syllable().values() for name, kind in units if kind == NONE and " " not in name
    )


def is_none(word: str) -> bool:
    """Is this single word one that is never counted ("và", "năm", "được")?"""
    return tone_key(word.lower()) in _none_words()
