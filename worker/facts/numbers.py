"""Vietnamese numerals, in digits and in words: one scan of a text that all number modules share.

In running text a dot groups thousands and a comma is the decimal point: 7.644 = 7644; 16,5 tỷ; 4,850 tỷ = 4.85 tỷ;
1.293 tỷ = 1293 tỷ. Where a text plainly writes the English way (1,257,142), it is read so.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

log = logging.getLogger(__name__)

LONGEST = 15
"""Digits of the longest numeral that is read; what is longer is an account, a key or an attack."""

ROW = 100  # numbers in one row, which no sentence has
GAP = 4  # characters between two numbers of a row

Number = int | Decimal


class Numeral(NamedTuple):
    """A number as it stands in a text; offsets are code points.

    `form` says how it is written: int, padded (03), grouped (1.500), decimal (2,5), comma3 (4,850), dotted (7.3),
    english (1,257,142), words (hai mươi), or code, whose `value` is 0: a phone number, 12.5.2023, Covid-19, an address.
    `scale` is what a following multiplier multiplied by (5 triệu: 1000000), else 1; `digits` is where it begins.
    """

    start: int
    end: int
    value: Number
    form: str
    scale: int
    digits: int

    @property
    def whole(self) -> bool:
        """Is it a whole number?"""
        return isinstance(self.value, int)


SCALES = {
    "chục": 10,
    "trăm": 100,
    "nghìn": 1_000,
    "ngàn": 1_000,
    "vạn": 10_000,
    "triệu": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
}
_SCALE_WORD = "chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ"
_BIG_WORD = "nghìn|ngàn|triệu|tỷ|tỉ"
# "tỷ lệ" is a ratio; "5 triệuđồng" is met, other glued letters make another word.
_SCALE = re.compile(rf"\s{{0,2}}({_SCALE_WORD})(?:\s({_BIG_WORD}))?(?:(?!\w)|(?=đồng))(?!\slệ)")
_PART = re.compile(rf"\s([0-9][0-9.,]{{0,14}})\s?(trăm\s)?({_BIG_WORD})(?!\w)(?!\slệ)")
_HALF = re.compile(r"\srưỡi(?!\w)")
_TENTHS = re.compile(r"\s([1-9])(?=\s?(?:$|[\n;)/]|[,.](?!\s?\d)|(?:đồng|cho|mỗi|một|rồi|và|để)(?!\w)))")
"""How people say 1,2 tỷ: "1 tỷ 2", if nothing is counted behind it."""
_TOLD_IN_TENTHS = 100  # of the unit, at most: nobody says "150 triệu 5"

_DIGITS = re.compile(r"[0-9][0-9.,]*")
_WRITTEN: tuple[tuple[str, re.Pattern[str], dict[int, Any]], ...] = (
    ("grouped", re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?"), str.maketrans(",", ".", ".")),
    (
        "english",
        re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}|(?:,[0-9]{3})+(?=\.))(?:\.[0-9]+)?"),
        str.maketrans("", "", ","),
    ),
    ("comma3", re.compile(r"[1-9][0-9]{0,2},[0-9]{3}"), str.maketrans(",", ".")),
    ("decimal", re.compile(r"[0-9]+,[0-9]+"), str.maketrans(",", ".")),
    ("dotted", re.compile(r"[0-9]+\.[0-9]{1,2}"), {}),
)
"""The forms with dots and commas, the first that fits: its name, what it looks like, how it becomes a Decimal."""


def parse(digits: str) -> tuple[Number, str]:
    """The value and form of a numeral in digits; 0 and "code" where it is none.

    >>> parse("7.644"), parse("16,5"), parse("1,257,142")
    ((7644, 'grouped'), (Decimal('16.5'), 'decimal'), (1257142, 'english'))
    >>> parse("0982.095.095")
    (0, 'code')
    """
    if len(digits) <= LONGEST and digits.isdigit():
        if digits[0] != "0" or len(digits) == 1:
            return int(digits), "int"
        return (int(digits), "padded") if len(digits) <= 4 else (0, "code")
    if len(digits) <= LONGEST + LONGEST // 3:
        for form, pattern, change in _WRITTEN:
            if pattern.fullmatch(digits):
                return _number(digits.translate(change)), form
    return 0, "code"


def _number(text: str) -> Number:
    """A Decimal, or an int where nothing stands after the point."""
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else value


def plain(value: Number) -> int | float:
    """The number as JSON and SQL hold it."""
    return int(value) if value == int(value) else float(value)


def scan(text: str, lower: str) -> list[Numeral]:
    """All numerals of a text, in order. `lower` is the text in lower case, of the same length."""
    return sorted([*map(_possible, _in_digits(text, lower)), *map(_possible, _in_words(text, lower))])


LARGEST = 10**17
"""Ten times what Vietnam earns in a year, in đồng: who writes more has written zeros and "tỷ" for the same."""


def _possible(numeral: Numeral) -> Numeral:
    """The numeral, or a code in its place where nothing that is counted or paid is as large."""
    if numeral.form == "code" or numeral.value <= LARGEST:
        return numeral
    log.debug("dropped %s: nothing that is counted or paid is as large", numeral.value)
    return numeral._replace(value=0, form="code", scale=1)


def without_rows(numerals: list[Numeral], text: str) -> list[Numeral]:
    """The numerals, but for rows of `ROW` and more with nothing but marks between them: a table, a key or an attack."""
    kept: list[Numeral] = []
    row: list[Numeral] = []
    for numeral in numerals:
        if row and (numeral.start - row[-1].end > GAP or any(map(str.isalpha, text[row[-1].end : numeral.start]))):
            kept += row if len(row) < ROW else ()
            row = []
        row.append(numeral)
    return kept + (row if len(row) < ROW else [])


# --- in digits


# Words that a missing space glues to a number ("năm2023", "gần50 triệu"). Any other letter before a digit makes a name
# of it: Covid19, K22, bdv001.
_GLUED = frozenset((
    "năm", "ngày", "tháng", "quý", "hơn", "gần", "trên", "khoảng", "được", "cho", "có", "với", "và", "là", "gồm", "từ",
    "đến", "đạt", "tặng", "vay", "trao", "tổng", "của", "thu", "chi",
))  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+$")
_DISEASE = ("covid - ", "covid – ", "covid- ", "covid– ")
"""What Covid-19 begins with where blanks stand about its dash."""
_ADDRESS = re.compile(r"(?:://|www\.|@|\.(?:vn|com|net|org)/)\S*$")


_BLANKS = (" ", "\xa0")
_NO_BLANKS = str.maketrans("", "", " \xa0")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?:[ \xa0][0-9]{3}){1,4}(?![0-9]|[.,/-][0-9])")
"""A number whose thousands blanks group: "19 136 hộ"."""
_COUNTS = re.compile(
    r"(?<!\w)(?:có|với|cho|hơn|trên|gần|khoảng|đạt|là|được|còn|lên|tặng|trao|thu|giúp|tiền|nợ|giá|phí|vốn|tổng|nạp|động|cộng)"
    r":?[ \xa0]$"
)
"""What stands before one, and before no name that a number ends: "thôn 1 250 hộ" are 250."""


def _in_digits(text: str, lower: str) -> Iterator[Numeral]:
    past = 0
    for match in _DIGITS.finditer(lower):
        start = match.start()
        if start < past:
            continue
        digits = match[0].rstrip(".,") if match[0][-1] in ".," else match[0]
        end = start + len(digits)
        value, form = parse(digits)
        spaced = _SPACED.match(lower, start) if form == "int" and lower[end : end + 1] in _BLANKS else None
        if spaced and _COUNTS.search(lower, max(0, start - 8), start):
            end, value, form = spaced.end(), int(spaced[0].translate(_NO_BLANKS)), "grouped"
        if len(digits) > LONGEST + LONGEST // 3:
            log.debug("dropped a number of %d digits: nothing that is counted or paid is as long", len(digits))
        if form != "code" and start and _is_name(lower, start):
            value, form = 0, "code"
        numeral = Numeral(start, end, value, form, 1, end)
        if form != "code":
            numeral = _scaled(numeral, text, lower)
        past = numeral.end
        yield numeral


def _is_name(lower: str, start: int) -> bool:
    """Does what stands before the digits make a name or an address of them?"""
    before = lower[start - 1]
    if before in " \xa0\n(":
        return lower.endswith(_DISEASE, 0, start)
    if before.isalpha():
        word = _LETTERS.search(lower, max(0, start - 8), start)
        return word is None or word[0] not in _GLUED
    if before in "_#@=&~\\" or (before == "+" and lower[max(0, start - 2)].isdigit()):  # km 45+200
        return True
    if before in "-–/." and start > 1 and lower[start - 2].isalpha():
        if before in "-–":  # Covid-19, but not "quý I-2023" or "tháng Giêng-2024", which the dates read by themselves
            return True
        return _ADDRESS.search(lower, max(0, start - 80), start) is not None
    return False


def _scaled(numeral: Numeral, text: str, lower: str) -> Numeral:
    """The numeral with the multipliers that follow it: 2 tỷ 300 triệu; 5 nghìn tỷ; 1 triệu rưỡi."""
    match = _SCALE.match(lower, numeral.end)
    if match is None or _is_proper(text, match.start(1)):
        return numeral
    scale = SCALES[match[1]] * (SCALES[match[2]] if match[2] else 1)
    value = _times(numeral.value, scale)
    end, least = match.end(), scale
    while part := _PART.match(lower, end):
        number, form = parse(part[1])
        unit = SCALES[part[3]] * (SCALES["trăm"] if part[2] else 1)
        if form == "code" or unit >= least:
            break
        least = unit
        value, end = value + _times(number, least), part.end()
    if least == scale and (half := _HALF.match(lower, end)):
        value, end = value + scale // 2, half.end()
    in_tenths = least == scale >= SCALES["triệu"] and numeral.whole and numeral.value < _TOLD_IN_TENTHS
    if in_tenths and (tenths := _TENTHS.match(lower, end)):
        value, end = value + int(tenths[1]) * scale // 10, tenths.end()
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    return Numeral(numeral.start, end, value, numeral.form, scale, numeral.digits)


def _times(number: Number, scale: int) -> Number:
    product = number * scale
    return int(product) if product == int(product) else product


def _is_proper(text: str, at: int) -> bool:
    """Is the word a name in mixed case ("Triệu Thị Lan"), rather than a word in capitals ("5 TRIỆU ĐỒNG")?"""
    return text[at].isupper() and not text[at + 1 : at + 2].isupper()


# --- in words

_ONES = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_AFTER_TENS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_WORDS = re.compile(
    # năm is "year" and một is "a": only with what makes a number of them
    r"(?:nửa(?=\s(?:triệu|tỷ|tỉ)\b)|hai|ba|bốn|sáu|bảy|bẩy|tám|chín|mười|một(?=\s(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|chục)\b)"
    r"|tư(?<=\bphần\stư)|năm(?=\s(?:mươi|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|chục)\b))"
    r"(?:\s(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|nghìn|ngàn|vạn|triệu|tỷ(?!\slệ)|tỉ(?!\slệ)|chục"
    r"|tư|mốt|lăm|nhăm|linh|lẻ|không(?=\străm)|rưỡi)\b){0,24}(?!\w)"
)


_SOME = ("dăm ", "đôi ", "vài ", "băm ", "hăm ")
"""Before a number in words these make none of both: "dăm ba chị", "vài ba trăm nghìn"."""
_SOME_ONES = {"bảy": ("năm ",), "hai": ("một ",), "mười": ("mươi ",)}
"""And these before these: "năm bảy người", "một hai buổi"."""


def _in_words(text: str, lower: str) -> Iterator[Numeral]:
    for match in _WORDS.finditer(lower):
        start = match.start()
        if start and (lower[start - 1].isalnum() or lower[start - 1] == "-"):
            continue
        if lower.endswith((*_SOME, *_SOME_ONES.get(match[0], ())), 0, start):
            continue
        words, end = match[0].split(), match.end()
        if text[start].isupper() and _in_a_name(text, start, end):
            continue
        if words[-1] == "năm" and len(words) > 1 and words[-2] not in ("linh", "lẻ"):
            # hai năm, mười năm, hai trăm năm: years; after tens and hundreds 5 is said lăm and linh năm
            words.pop()
            end = start + len(lower[start : end - len("năm")].rstrip())
        value = of_words(words)
        if value is not None:
            scale = max((SCALES.get(word, 1) for word in words), default=1)
            yield Numeral(start, end, value, "words", scale if scale >= 1000 else 1, end)


def _in_a_name(text: str, start: int, end: int) -> bool:
    """Is a capitalised number word part of a name (Ba Vì, Hai Bà Trưng, chị Bảy), not the first of a sentence?"""
    if text[start : start + 2].isupper():
        return False
    first = not start or text[max(0, start - 2) : start].rstrip()[-1:] in ("", *'.!?…:;-–"“(')
    return not first or text[end : end + 2].lstrip()[:1].isupper()


_ONE = "|".join(_ONES)
_SECTION = re.compile(  # what stands before a thousand, a million …: 0 to 999
    rf"(?:(?P<hundreds>{_ONE}|không) trăm(?= |$) ?)?"
    rf"(?:(?:linh|lẻ) (?P<odd>{_ONE})"
    rf"|(?:(?P<tens>{_ONE}) (?:mươi|chục)|(?P<ten>mười))(?: (?P<ones>{_ONE}|{'|'.join(_AFTER_TENS)}))?"
    rf"|(?P<digit>{_ONE}))?"
)


def of_words(words: list[str]) -> int | None:
    """The number that these syllables say, None where they say none.

    >>> of_words("hai nghìn không trăm hai mươi bốn".split()), of_words("ba mươi ba".split())
    (2024, 33)
    >>> of_words("ba bốn".split()) is None  # "three or four"
    True
    """
    if words[0] == "nửa":
        return SCALES[words[1]] // 2 if len(words) == 2 else None
    total, scale, section = 0, 10**13, list[str]()
    for word in words:
        if word == "rưỡi" and total and not section:
            total += scale // 2
        elif word == "rưỡi" and section[-1:] == ["trăm"]:
            section += ["năm", "mươi"]
        elif (times := SCALES.get(word, 1)) >= 1000:
            value = _of_section(section) if section else 0
            if value is None or not (value or total):
                return None
            total = (total + value) * times if times >= scale else total + value * times  # nghìn tỷ multiplies again
            scale, section = times, []
        else:
            section.append(word)
    last = _of_section(section) if section else 0
    return None if last is None else total + last


def _of_section(words: list[str]) -> int | None:
    match = _SECTION.fullmatch(" ".join(words))
    if match is None or (match["hundreds"] and match["digit"]) or (match["odd"] and not match["hundreds"]):
        return None  # "một trăm hai": 120 to a speaker, 102 to a reader
    tens = 10 if match["ten"] else 10 * _ONES.get(match["tens"] or "", 0)
    ones = match["ones"] or match["odd"] or match["digit"] or ""
    return 100 * _ONES.get(match["hundreds"] or "", 0) + tens + (_ONES | _AFTER_TENS).get(ones, 0)
