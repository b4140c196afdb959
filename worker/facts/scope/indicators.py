"""Which of the unions' own indicators a quantity, a sum or a share is: data/indicators.yaml says.

A quantity is the first one that fits. A sum has no unit to tell it by: what it is for says it, else the words that
stand nearest before it, be they of an indicator or of what is none (data/other_sums.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    after: re.Pattern[str] | None
    outcome: re.Pattern[str] | None
    purpose: re.Pattern[str] | None
    stock: bool


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
            after=_pattern(row.get("after")),
            outcome=_pattern(row.get("outcome")),
            purpose=_pattern(row.get("for")),
            stock=row.get("stock", False),
        )
        for row in rows
    )


@cache
def stocks() -> frozenset[str]:
    """The indicators of what is there at one time, and not of what was done in a year."""
    return frozenset(indicator.id for indicator in indicators() if indicator.stock)


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
_OF_EACH = re.compile(r"(?<!\w)mỗi (?!năm|quý|tháng|tuần)[^,;:()“”0-9]{1,60}$")
"""So many of each are no total: "mỗi cơ sở Hội giúp 5 hộ"."""


_GREW = re.compile(r"(?<!\w)(?:tăng|giảm)(?: thêm)?(?: (?:hơn|trên|gần|khoảng))? $")
_THAN = re.compile(r"[^,;.\n0-9]{0,20}so (?:với|cùng)(?!\w)")
"""How a number is no count but what one has grown by: "tăng 31 căn so với cùng kỳ"."""
_NO_MORE = re.compile(r"\s*(?:(?:trong đó|và|đã) )*(?:có )?")
_ADMITTED = re.compile(r" (?:đã )?được kết nạp")


def of(span: Span, context: Context) -> str | None:
    """The indicator that a span measures, None where it measures none of them."""
    if span.kind == "money":
        return _of_sum(span, context)
    unit = span.value.get("unit") if span.kind == "quantity" else None
    some = _counting(unit) if unit else ()
    if not some:
        return None
    before = _whole(context, span)
    if _OF_EACH.search(before) or (_GREW.search(before) and _THAN.match(context.key, span.end)):
        return None
    behind = _from(context, span)
    return next((indicator.id for indicator in some if _fits(indicator, before, behind)), None)


def _before(context: Context, end: int) -> str:
    """What stands in the clause before a place."""
    key, start = context.key, max(0, end - REACH)
    cut = [match.end() for match in _CLAUSE.finditer(key, start, end)]
    return key[cut[-1] if cut else start : end]


def _whole(context: Context, span: Span) -> str:
    """The same, with the clause before it where this one only says what became of that: "…; có 12 chị được kết nạp"."""
    before = _before(context, span.start)
    first = span.start - len(before)
    if _NO_MORE.fullmatch(before) and context.key[first - 1 : first] == ";" and _ADMITTED.match(context.key, span.end):
        return f"{_before(context, first - 1)};{before}"
    return before


def _from(context: Context, span: Span) -> str:
    """The number and what stands behind it, up to where another is told of."""
    key = context.key
    closing = _CLAUSE.search(key, span.end, min(len(key), span.end + AFTER))
    last = closing.start() if closing else span.end + AFTER
    another = _ANOTHER.search(key, span.end, last)
    return key[span.start : another.start() if another else last]


@cache
def outcomes() -> dict[str, re.Pattern[str]]:
    """Indicator -> what says that a number is what came of the one before it."""
    return {one.id: one.outcome for one in indicators() if one.outcome}


@lru_cache(maxsize=4096)
def _counting(unit: str) -> tuple[Indicator, ...]:
    """The indicators that may count what is called so."""
    unit = tone_key(unit.lower())
    first = unit.split()[0] if unit.strip() else ""
    some = (one for one in _by_word().get(first, ()) if unit.startswith(one.units))
    return tuple(one for one in some if not unit.startswith(one.excepted))


def _fits(indicator: Indicator, before: str, behind: str) -> bool:
    near = before + behind
    if indicator.before and not indicator.before.search(before):
        return indicator.after is not None and indicator.after.search(behind) is not None
    if indicator.near and not indicator.near.search(near):
        return False
    return indicator.unlike is None or indicator.unlike.search(near) is None


# --- sums

_ALL = re.compile(
    r"^[\s,]*(?:với |có |ước )?(?:(?:tổng|toàn bộ|nguồn)(?: cộng)? )?(?:số tiền|trị giá|giá trị|kinh phí|vốn|nguồn lực)"
    r"(?: (?:các|đợt|chương trình|phần|suất|số|quà|hỗ trợ|tặng|trao|thực hiện|giải ngân|trên|này|là|đạt|ước|lên đến|"
    r"khoảng|hơn|gần|dịp))*\s*$"
)
"""A clause that says no more than that this is the worth of all: of what, the clause before it tells."""


@cache
def _other_sums() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, read_yaml("worker.facts", "data/other_sums.yaml").values()))


def _of_sum(span: Span, context: Context) -> str | None:
    value = span.value
    if "vnd" not in value or not value.keys().isdisjoint(("per", "change")):
        return None
    some = _counting("money")
    before = _before(context, span.start)
    near = before + _from(context, span)
    some = tuple(one for one in some if one.unlike is None or one.unlike.search(near) is None)
    told = tone_key(str(value.get("for", "")).lower())
    if (meant := _meant(told, some)) and not _nearest(before, ()):
        return meant
    found = _nearest(before, some)
    if found:
        return found[1]
    if _ALL.match(before):
        end = span.start - len(before)
        found = _nearest(context.key[max(context.paragraph(span.start)[0], end - REACH) : end], some, others=())
        return found[1] if found else None
    behind = context.key[span.end : span.end + AFTER]
    return next((one.id for one in some if one.after and one.after.search(behind)), None)


def _meant(purpose: str, some: Iterable[Indicator]) -> str | None:
    """The indicator that a purpose names first: "tặng cây giống, xe đạp, mái ấm" are gifts."""
    found = ((match.start(), one.id) for one in some if one.purpose and (match := one.purpose.search(purpose)))
    return min(found, default=(0, None))[1] if purpose else None


def _nearest(
    before: str, some: Iterable[Indicator], others: Iterable[re.Pattern[str]] | None = None
) -> tuple[int, str | None] | None:
    """Where the words stand that are nearest to the end, and the indicator they say; None where there are none."""
    patterns: list[tuple[re.Pattern[str], str | None]] = [(one.before, one.id) for one in some if one.before]
    patterns += [(pattern, None) for pattern in (_other_sums() if others is None else others)]
    found = [(match.end(), -index) for index, (pattern, _) in enumerate(patterns) for match in pattern.finditer(before)]
    if not found:
        return None
    end, index = max(found)
    return end, patterns[-index][1]
