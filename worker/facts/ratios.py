"""Shares: "122/281 cơ sở Hội", "đạt 100%", "12/12 (đạt 100%)", "118.000 hội viên/166.000 phụ nữ", "45 trên tổng số 50".

Value: {"num", "den", "pct"}; num and den are null where only a percentage is stated. A date is no ratio: `dates` has
run before, and a bare a/b counts only where something is counted or reached.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from worker.facts import cues, units
from worker.facts.numbers import Number, Numeral, plain
from worker.facts.span import QUALIFIER, Context, Span

log = logging.getLogger(__name__)


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The shares of a part."""
    for index, numeral in context.unread():
        if numeral.form == "words" and not context.key.startswith((" phần trăm", "%"), numeral.end):
            if span := _in_words(context, numeral):
                context.spend(span.start, span.end)
                yield span
            continue
        span = _percentage(context, index, numeral) or _fraction(context, index, numeral)
        if span:
            context.spend(span.start, span.end)
            yield span


# --- một phần ba

_PART_OF = re.compile(r"(?<!\w)(một|hai|ba) phần $")
_PARTS = {"một": 1, "hai": 2, "ba": 3}


def _in_words(context: Context, below: Numeral) -> Span | None:
    """The share of which this word says the parts of the whole: "một phần ba hội viên", "hai phần ba số hộ"."""
    part = _PART_OF.search(context.key, max(0, below.start - 12), below.start)
    if part is None or not below.whole or not _PARTS[part[1]] < below.value <= 10:
        return None
    num, den = _PARTS[part[1]], int(below.value)
    end = unit.end if (unit := units.match(context.key, below.end)) and unit.kind != units.NONE else below.end
    amounts = {"num": num, "den": den, "pct": plain_share(round(100 * num / den, 1))}
    return _span(context, part.start(), end, amounts, "ratio: in words")


# --- percentages

_PERCENT = re.compile(r" {0,2}(?:%|phần trăm(?!\w))")
_TO = re.compile(r" ?%? ?(?:-|–|—|đến|tới) ?")
_ABOUT = ("hơn", "trên", "gần", "khoảng", "dưới", "từ")
_REACHED = cues.Before(
    rf"(?<!\w)((?:{cues.any_of('reached')} ){{1,3}})(?:(?:{'|'.join(_ABOUT)}) )?$", [*cues.words("reached"), *_ABOUT]
)
_SENSES = ("vượt", "tăng", "giảm", "chiếm", "đạt")


def _percentage(context: Context, index: int, numeral: Numeral) -> Span | None:
    key = context.key
    value, start = numeral.value, numeral.start
    most: Number | None = None
    percent = _PERCENT.match(key, numeral.end)
    if (percent is None or _TO.match(key, percent.end())) and index + 1 < len(context.numerals):
        high = context.numerals[index + 1]  # 80 - 90%, 80% đến 90%
        if high.form != "code" and high.start - numeral.end < 8 and _TO.fullmatch(key, numeral.end, high.start):
            to = _PERCENT.match(key, high.end)
            if to and value < high.value:
                percent, most = to, high.value
    if percent is None or numeral.scale > 1:
        return None
    amounts: dict[str, Any] = {"num": None, "den": None, "pct": plain(value)}
    if most is not None:
        amounts["pct_max"] = plain(most)
    return _span(context, start, percent.end(), amounts, "ratio: percentage")


# --- a/b

_SLASH = re.compile(r" ?/ ?(?:tổng số |tổng )?")
_OF_ALL = re.compile(r"(?: [^\W\d_]+){0,4} (?:trên|trong|/)(?: tổng)?(?: số)? $")
_COUNTED_SLASH = re.compile(r"(?: [^\W\d_]+(?:,? [^\W\d_]+){0,5}) ?/ ?(?:tổng số )?")
_RATE = re.compile(r" (?:ca|trường hợp|trẻ|người|bác sĩ|giường(?: bệnh)?|lượt)(?: [^\W\d_]+){0,2}(?: trên | ?/ ?)")
PER = frozenset((1000, 10_000, 100_000, 1_000_000))
"""Of so many a rate is told: ca trên 1.000 dân, bác sĩ/1 vạn dân, trên 100.000 dân."""
_PCT_AFTER = re.compile(
    r"(?:[^.;\d\n()]{0,60}?)[ ,]*\(? ?(?:=|đạt|chiếm)? ?(?:tỷ lệ |tỉ lệ )?(?:là )?([0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%\)?"
)
_LABEL = cues.before("addresses", gap=":? ")
_NOT_AFTER = re.compile(rf" ?/[0-9a-zđ]| ?{cues.any_of('rates')}(?!\w)")
_WARD = re.compile(r" phường (?=\w)")
_NO_PARTS = frozenset({(24, 7), (24, 24)})  # all day long; but "24/24 cơ sở Hội" are all of them
_HOURS = ("giờ", "h", "ngày", "tiếng")
_REACHES = cues.before("reaches", gap="(?: tỷ lệ)? ", also=["tỷ lệ"])


def _fraction(context: Context, index: int, numeral: Numeral) -> Span | None:
    """The a/b that this numeral begins."""
    if index + 1 >= len(context.numerals):
        return None
    key, below = context.key, context.numerals[index + 1]
    gap = below.start - numeral.end
    if gap > 60 or below.form in ("code", "words") or below.start in context.spent or numeral.scale != 1:
        return None
    plain_slash = gap < 16 and _SLASH.fullmatch(key, numeral.end, below.start)
    if plain_slash:
        if below.value == 0:
            log.debug("dropped %r: nothing is a part of 0", context.text[numeral.start : below.end])
        end = _end_of_plain(context, numeral, below)
    elif below.value in PER and numeral.value < below.value and _RATE.fullmatch(key, numeral.end, below.start):
        unit = units.match_list(key, below.end)  # "5,6 ca trên 100.000 dân"
        end = unit.end if unit and unit.kind != units.NONE else None
    elif _OF_ALL.fullmatch(key, numeral.end, below.start) or _COUNTED_SLASH.fullmatch(key, numeral.end, below.start):
        end = _end_of_counted(context, numeral, below)
    else:
        return None
    if end is None:
        return None
    share = round(100 * float(numeral.value) / float(below.value), 1)
    amounts = {"num": plain(numeral.value), "den": plain(below.value), "pct": plain_share(share)}
    stated = _PCT_AFTER.match(key, below.end, below.end + 90)
    if stated and abs(float(stated[1].replace(",", ".")) - share) < 1:
        # "12/12 (đạt 100%)": the same share said twice is one fact
        amounts["pct"] = plain_share(float(stated[1].replace(",", ".")))
        end = stated.end() - (stated[0].endswith(")") and "(" not in stated[0])
    return _span(context, numeral.start, end, amounts, "ratio: a/b" if plain_slash else "ratio: a of b")


def plain_share(share: float) -> int | float:
    """A percentage without a needless .0"""
    return int(share) if share == int(share) else share


def _end_of_plain(context: Context, numeral: Numeral, below: Numeral) -> int | None:
    """Where "122/281 cơ sở Hội" ends; None where the two numbers are a date, an address, a rate or nothing known."""
    key = context.key
    if not (below.value and numeral.whole and below.whole):
        return None
    ward = _WARD.match(key, below.end)
    address = ward and not context.text[ward.end()].islower()  # "12/5 phường Tân Bình", but "10/10 phường đã họp"
    if address or _NOT_AFTER.match(key, below.end) or _LABEL.search(key, max(0, numeral.start - 12), numeral.start):
        return None
    unit = units.match_list(key, below.end)
    if (numeral.value, below.value) in _NO_PARTS and (not unit or key.startswith(_HOURS, unit.start)):
        return None
    if unit and (unit.kind != units.NONE or key[unit.start : unit.end] in cues.words("plan")):
        return unit.end
    stated = _PCT_AFTER.match(key, below.end, below.end + 24)
    if stated or _REACHES.search(key, max(0, numeral.start - 20), numeral.start):
        return below.end
    return _end_of_part(context, numeral, below) if numeral.value <= below.value else None


_WORD = re.compile(r" ([^\W\d_]+)")


def _end_of_part(context: Context, numeral: Numeral, below: Numeral) -> int | None:
    """Where a part of a whole ends that nothing known follows: "2/3 số hội viên", "3/4 diện tích", "18/45"."""
    if context.key.startswith((" số ", " tổng số "), below.end):
        return below.end
    word = _WORD.match(context.text, below.end)
    is_day = 10 < below.value <= 31 and numeral.value != below.value
    if word and word[1].islower() and not units.is_none(word[1]) and not is_day:
        return word.end()
    all_of = 12 < below.value == numeral.value != 24  # 27/27 is no day
    return below.end if below.value > 31 or all_of else None


_AMONG = (" trong ", " trong số ")
_OUT_OF = (10, 100)
"""Of how many shares are told: "9 trên 10 chị"; "tổ 3 trên 50 hội viên" is none."""


def _end_of_counted(context: Context, numeral: Numeral, below: Numeral) -> int | None:
    """Where "118.000 hội viên/166.000 phụ nữ" ends; a rate ("2 buổi/3 tháng", "3 triệu/5 suất") is no share."""
    above_unit, unit = units.match(context.key, numeral.end), units.match_list(context.key, below.end)
    between = context.key[numeral.end : below.start]
    if between in _AMONG and (
        numeral.value == 1 or _LABEL.search(context.key, max(0, numeral.start - 12), numeral.start)
    ):
        return None  # "chị là 1 trong số 15 hội viên được vay", "giải 3 trong 12 đội"
    of_all = "tổng" in between or between in _AMONG or (between == " trên " and below.value in _OUT_OF)
    if unit is None or unit.kind in (units.NONE, "measure") or not (numeral.whole and below.whole and below.value):
        return None
    alike = above_unit is not None and above_unit.kind == unit.kind  # 125 lớp/7.890 người: so many classes and people
    return unit.end if (of_all or alike) and numeral.value <= below.value else None


def _span(context: Context, start: int, end: int, amounts: dict[str, Any], rule: str) -> Span:
    key = context.key
    reached = _REACHED.search(key, max(0, start - 40), start) if amounts["num"] is None else None
    qualifier = QUALIFIER.search(key, max(0, start - 24), start)
    begin = min(found.start(1) for found in (reached, qualifier) if found) if reached or qualifier else start
    value = dict(amounts)
    if reached and (sense := next((word for word in _SENSES if word in reached[1]), None)):
        value["sense"] = sense
    if amounts["num"] is None and (unit := units.match(key, end)) and (unit.kind != units.NONE or _target(key, unit)):
        end = unit.end  # 90% cơ sở Hội; 38% chỉ tiêu
        value["of"] = context.text[unit.start : unit.end]
    return Span(
        kind="ratio",
        start=begin,
        end=end,
        value=value,
        rule=rule,
        qualifier=qualifier[1] if qualifier else None,
        number=amounts["pct"],
    )


def _target(key: str, unit: units.Unit) -> bool:
    return key.startswith("chỉ tiêu", unit.start)
