"""Which of the unions' own indicators a quantity, a sum or a share is: data/indicators.yaml says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

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


# It begins with one class of marks, which the matcher looks for faster than for two alternatives.
_CLAUSE = re.compile(r"[;\n(.…!?](?:(?<=[;\n(])|\s)")
_ANOTHER = re.compile(r",[^,0-9]{0,50}[0-9]")
"""What follows a comma tells of another number: "cho 376 chị, hỗ trợ 221 phụ nữ khởi nghiệp"."""


def of(span: Span, context: Context) -> str | None:
    """The indicator that a span measures, None where it measures none of them."""
    unit = _unit(span)
    some = _counting(unit) if unit else ()
    if not some:
        return None
    key = context.key
    start = max(0, span.start - REACH)
    cut = [match.end() for match in _CLAUSE.finditer(key, start, span.start)]
    before = key[cut[-1] if cut else start : span.start]
    closing = _CLAUSE.search(key, span.end, min(len(key), span.end + AFTER))
    last = closing.start() if closing else span.end + AFTER
    another = _ANOTHER.search(key, span.end, last)
    near = before + key[span.start : another.start() if another else last]
    return next((indicator.id for indicator in some if _fits(indicator, before, near)), None)


def _unit(span: Span) -> str | None:
    if span.kind == "money":
        return "money" if "vnd" in span.value and span.value.keys().isdisjoint(("per", "change")) else None
    return span.value.get("unit") if span.kind == "quantity" else None


@lru_cache(maxsize=4096)
def _counting(unit: str) -> tuple[Indicator, ...]:
    """The indicators that may count what is called so."""
    unit = tone_key(unit.lower())
    first = unit.split()[0] if unit.strip() else ""
    some = (one for one in _by_word().get(first, ()) if unit.startswith(one.units))
    return tuple(one for one in some if not unit.startswith(one.excepted))


def _fits(indicator: Indicator, before: str, near: str) -> bool:
    if indicator.before and not indicator.before.search(before):
        return False
    if indicator.near and not indicator.near.search(near):
        return False
    return indicator.unlike is None or indicator.unlike.search(near) is None
