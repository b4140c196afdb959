"""What a sum of money is per: "500.000 đồng/cháu/tháng", "mỗi suất 1 triệu đồng", "3 triệu đồng cho mỗi hộ".

A sum per head under the totals is the worst that a table can say, so "mỗi" is looked for as far as its clause reaches:
"Mỗi chị dự họp mặt được tặng suất quà 300.000 đồng". A total in the same clause ("…, tổng trị giá") is per nothing.
"""

from __future__ import annotations

import re

from worker.facts import cues, units

_BEHIND = re.compile(
    r" ?/ ?(?:0?1 )?(?P<slash>[^\W\d_]+(?: ?/ ?[^\W\d_]+){0,2})"
    r"| (?P<each>mỗi|một|1) (?P<what>[^\W\d_]+)(?=[ ,.;)”\"]|$)"
)
_RIGHT_BEFORE = re.compile(
    r"(?<!\w)(?:mỗi|(?:một|từng|1)(?! giải)) (?P<what>[^\W\d_]+(?: [^\W\d_]+)??) ?"
    r"(?:\(|(?:được |có |là |với |vay |nhận |hỗ trợ |trị giá |giá trị |giá |mức |số tiền |tiền |tặng |trao |thưởng |"
    r"sổ tiết kiệm |gồm (?:[^,.;:()\n]{1,24} và )?){0,4})$"
)
_DOES = re.compile(rf" {cues.any_of('each_does')}$")
_EACH = re.compile(r"(?<!\w)(?:mỗi|từng) (?=[^\W\d_])")
_GIVEN_EACH = re.compile(r"[^.,;:()\n\d]{0,40}? (?:cho|tặng|giúp|hỗ trợ|đến|tới) (?:mỗi|từng) (?=[^\W\d_])")
_IN_A_GIFT = re.compile(
    r"[0-9] (?P<what>suất|phần|túi|giỏ)(?: [^\W\d_]+){0,6},? (?:bao )?gồm:? (?:(?:hơn|trên|gần|khoảng) )?$"
)
"""What a gift consists of is of each: "60 suất quà được trao, gồm: 1 triệu đồng tiền mặt, 10 kg gạo"."""
_ON_AVERAGE = re.compile(r"(?<!\w)(?:bình quân|trung bình)[^.;\n]{0,30}$")
_ENDS = re.compile(r"[;\n“”\"]|[.!?…](?!\d)|(?<!gồm):")
_NO_MORE_EACH = re.compile(rf"(?<!\w){cues.any_of('no_more_each')}(?!\w)")
_SOMEBODY_ELSE = re.compile(rf", [^,]*(?<!\w){cues.any_of('somebody_else')}(?!\w)")
_SUM = re.compile(r"[0-9](?: (?:nghìn|ngàn|triệu|tỷ|tỉ))?(?: ?đồng| ?đ| (?:nghìn|ngàn|triệu|tỷ|tỉ))(?!\w)")
_RATE = re.compile(r"(?:đồng|đ) ?/")
"""What each gets is told in several sums, each per a period: "mỗi học viên … 15.000 đồng/ngày, … 1 triệu đồng/khóa"."""
_WORD = re.compile(r"[^\W\d_]+")
_PERIODS = frozenset({"tháng", "năm", "ngày", "quý", "tuần", "vụ", "lứa", "đợt", "lần", "giờ", "khoá", "buổi"})

REACH = 170
"""Characters before a sum in which "mỗi" is looked for."""
FEW = 18
"""Words that may stand between the two."""
PART = "trong đó"
"""Before a part of what was told of each: "mỗi căn nhà trị giá 95 triệu đồng, trong đó Hội hỗ trợ 50 triệu đồng"."""


def of(key: str, lower: str, start: int, end: int) -> tuple[str | None, int]:
    """What the sum in [start, end) is per ("em/năm", "căn"), and where the sum ends with it.

    `lower` is the text of the key with its tones as they are written, in which it is told.
    """
    per, stop = _of(key, start, end)
    if per is None:
        return None, stop
    first, last = max(0, start - REACH), min(len(key), stop + REACH)
    at = [(key.rfind(one, first, last), len(one)) for one in per.split("/")]
    return "/".join(lower[begin : begin + length] for begin, length in at), stop


def _of(key: str, start: int, end: int) -> tuple[str | None, int]:
    per, stop = _behind(key, start, end)
    if per and per not in _PERIODS:
        return per, stop
    each = _before(key, start, listed=per is not None)
    if per:  # "mỗi em 6 triệu đồng/năm"
        return (f"{each}/{per}" if each and each not in _PERIODS else per), stop
    if each is None and (given := _GIVEN_EACH.match(key, end)):
        each = _unit(key, given.end())
    return each, stop


def _behind(key: str, start: int, end: int) -> tuple[str | None, int]:
    match = _BEHIND.match(key, end)
    if match is None:
        return None, end
    if match["slash"]:
        last = max(match.start("slash"), key.rfind("/", match.start(), match.end()) + 1)
        unit = units.match(key, last)
        stop = max(match.end(), unit.end if unit else 0)  # /học sinh, /tháng/trẻ em
        return re.sub(r" ?/ ?", "/", key[match.start("slash") : stop]), stop
    unit = units.match(key, match.start("what"))
    each = match["each"] == "mỗi" or _ON_AVERAGE.search(key, max(0, start - 44), start)  # "bình quân … một hộ"
    if match["what"] in _PERIODS or (each and unit and unit.kind != units.NONE):
        stop = match.end("what") if match["what"] in _PERIODS or not unit else unit.end
        return key[match.start("what") : stop], stop
    return None, end


def _before(key: str, start: int, *, listed: bool) -> str | None:
    left = key[max(0, start - REACH) : start]
    if any(word in left for word in ("mỗi ", "một ", "từng ", "1 ")):
        near = _RIGHT_BEFORE.search(left, max(0, len(left) - 48))
        if near:
            return _DOES.sub("", near["what"])
        each = [match.end() for match in _EACH.finditer(left)]
        unit = _unit(left, each[-1]) if each else None
        if unit and _reaches(left[each[-1] + len(unit) :], unit, listed=listed):
            return unit
    gift = _IN_A_GIFT.search(left) if "gồm" in left else None
    return gift["what"] if gift else None


def _unit(key: str, at: int) -> str | None:
    """The known unit that stands there, or a period."""
    unit = units.match(key, at)
    if unit and unit.kind != units.NONE:
        return key[unit.start : unit.end]
    word = _WORD.match(key, at)
    return word[0] if word and word[0] in _PERIODS else None


def _reaches(between: str, unit: str, *, listed: bool) -> bool:
    """Does "mỗi …" hold for the sum that follows these words?"""
    if _ENDS.search(between) or _NO_MORE_EACH.search(between):
        return False
    if _SUM.search(between):  # of another sum no more is told, but in the list of what each consists of
        return "gồm" in between or PART in between or (listed and _RATE.search(between) is not None)
    if PART in between or len(between.split()) > FEW:
        return False
    return not (_SOMEBODY_ELSE.search(between) or (unit in _PERIODS and ", " in between[2:]))
