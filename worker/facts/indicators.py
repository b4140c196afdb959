"""Which of the unions' own indicators a quantity, a sum or a share is: data/indicators.yaml says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from worker.facts.span import Context, Span
from worker.own_data import read_yaml
from worker.vietnamese import tone_key

REACH = 170
"""Characters before a number in which the words stand that say what it measures."""
AFTER = 60
"""And after it."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator, as in the data file."""

    id: str
    vi: str
    en: str
    units: tuple[str, ...]
    excepted: tuple[str, ...]
    before: re.Pattern[str] | None
    near: re.Pattern[str] | None
    unlike: re.Pattern[str] | None


@cache
def indicators() -> tuple[Indicator, ...]:
    """All indicators, in the order in which they are tried."""
    rows = read_yaml("worker.facts", "data/indicators.yaml")
    return tuple(
        Indicator(
            id=row["id"],
            vi=row["vi"],
            en=row["en"],
            units=tuple(tone_key(unit) for unit in row["units"]),
            excepted=tuple(tone_key(unit) for unit in row.get("except", ())),
            before=_pattern(row.get("before")),
            near=_pattern(row.get("near")),
            unlike=_pattern(row.get("not")),
        )
        for row in rows
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None


@cache
def _by_word() -> dict[str, tuple[Indicator, ...]]:
    """First word of a unit -> the indicators that may count it."""
    found: dict[str, list[Indicator]] = {}
    for indicator in indicators():
        for word in {unit.split()[0] for unit in indicator.units}:
            found.setdefault(word, []).append(indicator)
    return {word: tuple(some) for word, some in found.items()}


_CLAUSE = re.compile(r"[;\n]|[.…!?]\s|\(")
_CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm)(?: thêm)? (?:(?:hơn|trên|gần|khoảng) )?$")


def of(span: Span, context: Context) -> str | None:
    """The indicator that a span measures, None where it measures none of them."""
    unit = _unit(span)
    some = [
        indicator
        for indicator in _by_word().get(unit.split()[0] if unit else "", ())
        if unit and unit.startswith(indicator.units) and not unit.startswith(indicator.excepted)
    ]
    if not some:
        return None
    key = context.key
    start = max(0, span.start - REACH)
    cut = [match.end() for match in _CLAUSE.finditer(key, start, span.start)]
    before = key[cut[-1] if cut else start : span.start]
    closing = _CLAUSE.search(key, span.end, min(len(key), span.end + AFTER))
    near = before + key[span.start : closing.start() if closing else span.end + AFTER]
    if span.kind == "money" and _CHANGE.search(before):
        return None  # what a sum has grown by is not the sum
    return next((indicator.id for indicator in some if _fits(indicator, before, near)), None)


def _unit(span: Span) -> str | None:
    if span.kind == "money":
        return "money" if "vnd" in span.value and "per" not in span.value else None
    unit = span.value.get("unit")
    return tone_key(str(unit).lower()) if unit and span.kind == "quantity" else None


def _fits(indicator: Indicator, before: str, near: str) -> bool:
    if indicator.unlike and indicator.unlike.search(near):
        return False
    if indicator.before and not indicator.before.search(before):
        return False
    return indicator.near is None or indicator.near.search(near) is not None
