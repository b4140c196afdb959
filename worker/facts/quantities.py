"""What is counted: "hơn 200 người", "600 nghìn cây xanh", 2 "Mái ấm tình thương", "DTTS: 579", "hai mươi lăm chị".

A number counts something where a unit of data/units.csv follows it, or a common noun that is no time, no rank and no
part of a plan. What names something (quận 7, Dự án 8, lần thứ 3, 5 không 3 sạch) is no quantity, nor is a number in the
quoted name of a campaign. Value: {"value", "value_max" (of a range), "unit"}.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from worker.facts import cues, units
from worker.facts.numbers import SCALES, Number, Numeral, plain
from worker.facts.span import QUALIFIER, Context, Span


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The quantities of a part."""
    yield from _magnitudes(context)
    last: Span | None = None
    for index, numeral in context.unread():
        span = (
            _range(context, index)
            or _quantity(context, numeral)
            or _stated(context, numeral)
            or _labelled(context, numeral, last)
        )
        if span:
            last = span
            context.spend(span.start, span.end)
            yield span


_MAGNITUDE = re.compile(r"hàng (chục|trăm|nghìn|ngàn|vạn|triệu)(?: (nghìn|ngàn|vạn|triệu))?(?= )")


def _magnitudes(context: Context) -> Iterator[Span]:
    """ "hàng nghìn lượt hội viên": so many that nobody counted. No number, but the `least` that there may be."""
    for match in _MAGNITUDE.finditer(context.key):
        if match.start() and context.key[match.start() - 1].isalnum():
            continue
        unit = units.match_list(context.key, match.end())
        if unit is None or unit.kind in (units.NONE, "measure") or _in_a_name(context, match.start()):
            continue
        least = SCALES[match[1]] * SCALES.get(match[2], 1)
        value = {"value": None, "least": least, "unit": _plain(context.text[unit.start : unit.end])}
        yield Span(
            kind="quantity", start=match.start(), end=unit.end, value=value, rule="quantity: magnitude",
            confidence=0.6, qualifier="hàng",
        )  # fmt: skip


class _Counted(NamedTuple):
    """What is counted: where it stands, its words, whether the list of units knows it."""

    end: int
    unit: str
    kind: str | None


# --- what makes no quantity of a number

# A word before a number that makes a name or a rank of it. After the first kind always; after the second (which are
# units or verbs too: "cấp 200 suất", "tổ 5") only where no known unit follows.
_NAMED = cues.before("named", gap=" ?[:.]? ?")
_RANKED = cues.before("ranked", gap=" ?")
_SETTLED = cues.before("settlements", gap=" ?")
_NUMBERS = re.compile(r"(?<!\w)[0-9]{1,3}(?:, ?[0-9]{1,3})*(?:,| và) ?$")
"""Numbers before another in a list."""
_LAST_WORD = re.compile(r"[^\W\d_] ([^\W\d_])\w* $")
"""The word before a number, and that it opens no sentence."""
_NUMBER_OF = cues.Before(r"(?<!tổng )(?<!trong )(?<!thiểu )(?<!đa )(?<!dân )(?<!\w)số:? ?$", ["số"])
_TIME_AFTER = re.compile(r" ?(?:giờ|h|phút|'|\")(?!\w)|[°º]")
_SIZE = re.compile(rf"(?<!\w){cues.any_of('vessels')}(?: [^\W\d]+){{0,2}} $")
"""A measure after one of these says how large a thing is: "bồn nước 1.000 lít" is one tank."""
_PRIZES_TO_COME = re.compile(rf"(?<!\w){cues.any_of('prizes_to_come')}(?!\w)")
_YEARS = re.compile(r"(?<![0-9.,])20[0-3][0-9] ?(?:,|và|-|–) ?20[0-3][0-9]$")
UNGROUPED = 1_000_000
"""Nobody writes a count of so many without dots: it is a number to call, or a key."""
_SAYING = re.compile(rf"(?<!\w){cues.any_of('saying')}(?: \w+){{0,2}}: ?[“\"«]$")
_SAID_BY = re.compile(rf"[”\"»][.,]? ?[-–—] ?{cues.any_of('sayers')} \w")
_SAYS = re.compile(
    rf"(?:(?<=,)[”\"»]|[”\"»],) {cues.any_of('sayers')} [^.;:\n“”\"«»]{{2,90}}? {cues.any_of('saying')}(?!\w)"
)
_OPENS = re.compile(r"(?:^|\n|[.!?:…] )[“\"«]$")
"""Where somebody's speech begins of whom a comma tells behind it: no name within a sentence does."""
_LONG_QUOTE = 120
"""A quotation longer than this is somebody's speech and not the name of a campaign."""


def _is_named(context: Context, start: int, counted: _Counted | None) -> bool:
    key = context.key
    first = max(0, start - 24)
    if _NAMED.search(key, first, start) or _NUMBER_OF.search(key, first, start):
        return True
    if key.endswith("/", 0, start) and key[max(0, start - 2) : start - 1].isdigit():
        return True
    if counted and counted.unit.lower() in ("tổ chức", "tổ chức hội") and _RANKED.search(key, first, start):
        return True  # "Lữ đoàn 75 tổ chức hội thi": a verb
    if counted and counted.kind:
        return _names_a_settlement(context, start, counted) or _before_a_name(context, first, start, counted)
    last = _LAST_WORD.search(context.text, first, start)
    own = last is not None and last[1].isupper()  # "xã Bàu Hàm 2 đoạt …"
    return own or _RANKED.search(key, first, start) is not None


def _names_a_settlement(context: Context, start: int, counted: _Counted) -> bool:
    """Is it the name of a settlement, or the second of several, where the commune follows that they are in?

    "tổ dân phố | 9 phường Xuân Đỉnh", "chi hội 1, | 2 thôn Hồng Hà".
    """
    named = context.text[counted.end + 1 : counted.end + 2]
    if counted.kind != "place" or not (named.isupper() or named.isdigit()):
        return False
    if _SETTLED.search(context.key, max(0, start - 24), start):
        return True
    listed = _NUMBERS.search(context.key, max(0, start - 16), start) if named.isupper() else None
    return listed is not None and _RANKED.search(context.key, max(0, listed.start() - 24), listed.start()) is not None


def _before_a_name(context: Context, first: int, start: int, counted: _Counted) -> bool:
    """Does a name follow, and no unit, what the number is the name of: "lớp 4 | Trường Tiểu học A"?"""
    at = counted.end - len(counted.unit)
    named = context.text[at : at + 2].istitle()
    return named and _RANKED.search(context.key, first, start) is not None


def _in_a_name(context: Context, start: int) -> bool:
    """Does the number stand in a quoted name ("Gia đình 5 có, 3 sạch")?"""
    quote = context.quote(start)
    return quote is not None and quote[1] - quote[0] <= _LONG_QUOTE and not _spoken(context, *quote)


def _spoken(context: Context, start: int, end: int) -> bool:
    """Does someone say what stands in these quotation marks: "bà X cho biết: “Xã có 300 hội viên”", "“…”, bà X kể"?"""
    said = _SAYING.search(context.key, max(0, start - 40), start)
    if said or _SAID_BY.match(context.key, end):
        return True
    return (
        _SAYS.match(context.key, end) is not None and _OPENS.search(context.key, max(0, start - 3), start) is not None
    )


# --- a number and what it counts


def _quantity(context: Context, numeral: Numeral) -> Span | None:
    counted = _counted(context, numeral)
    if counted is None or _is_named(context, numeral.start, counted) or _in_a_name(context, numeral.start):
        return None
    if _is_rank(context, numeral.start, counted):
        return None
    if counted.unit in _OFFSPRING and _is_of_a_family(context, numeral, counted):
        return None
    if counted.unit.startswith("giải") and _PRIZES_TO_COME.search(context.key, *context.sentence(numeral.start)):
        return None
    if counted.kind == "measure" and _SIZE.search(context.key, max(0, numeral.start - 40), numeral.start):
        return None
    return _span(context, numeral.start, counted, _reading(numeral, counted), None)


_AMONG = cues.before("among", gap=" (?:(?:hơn|trên|gần|khoảng) )?", also=["hơn", "trên", "gần", "khoảng"])
_BEST = re.compile(rf"(?: [^\W\d_]+){{0,6}}? {cues.any_of('best')}(?!\w)")


def _is_rank(context: Context, start: int, counted: _Counted) -> bool:
    """Does it say how far ahead somebody is, and count nothing: "1 trong 10 điểm sáng", "thuộc 5 tỉnh dẫn đầu"?

    "1 trong 3 đơn vị được tặng Cờ" counts those who were given it.
    """
    key = context.key
    if _AMONG.search(key, max(0, start - 32), start) is None:
        return False
    return _BEST.match(key, counted.end - len(counted.unit) - 1) is not None


_OFFSPRING = ("con", "con nhỏ", "con thơ", "người con", "đứa con", "con gái", "con trai")
_RAISES = re.compile(r"(?<!\w)(?:nuôi|nuôi dạy|sinh|sinh được|có|với|mẹ|mẹ của) $")
_GROWS = re.compile(
    r" (?:ăn học|nhỏ|thơ|dại|khôn lớn|trưởng thành|tốt nghiệp|đang|còn|đều|đi học|học|là liệt|trai|gái)(?!\w)"
)
FAMILY = 15
"""No family has more children; so many are animals, or many families'."""


def _is_of_a_family(context: Context, numeral: Numeral, counted: _Counted) -> bool:
    """Is it how many children somebody has, which no statistics hold: "một mình nuôi 3 con ăn học"?

    "đàn bò có 7 con" counts, and so does what is given.
    """
    key = context.key
    raised = numeral.value <= FAMILY and _RAISES.search(key, max(0, numeral.start - 16), numeral.start)
    return bool(raised) and (counted.unit != "con" or _GROWS.match(key, counted.end) is not None)


def _reading(numeral: Numeral, counted: _Counted) -> Number:
    """People and things are whole: "1,250 hội viên" is written the English way."""
    if numeral.form == "comma3" and numeral.scale == 1 and counted.kind not in (None, "measure"):
        return int(numeral.value * 1000)
    return numeral.value


def _range(context: Context, index: int) -> Span | None:
    """từ 20 đến 30 hội viên; 10-15 hộ; 2 – 3 mô hình."""
    if index + 1 >= len(context.numerals):
        return None
    low, high = context.numerals[index : index + 2]
    if high.start - low.end > 6 or high.form == "code" or high.start in context.spent:
        return None
    if not _TO.fullmatch(context.key, low.end, high.start):
        return None
    counted = _counted(context, high)
    least = low.value * high.scale if low.scale == 1 and low.value * high.scale < high.value else low.value
    if counted is None or not least < high.value or _is_named(context, low.start, counted):
        return None
    if _in_a_name(context, low.start):
        return None
    return _span(context, low.start, counted, least, high.value)


_TO = re.compile(r" ?(?:-|–|—|đến|tới) ?")
_QUOTED = re.compile(r" ?[“\"«](?=[^\W\d_])")
_NOUN = re.compile(r" ([^\W\d_]+)(?: ([^\W\d_]+))?")
_CAPITALS = re.compile(r" ([A-ZĐ]{2,6})(?!\w)")


def _counted(context: Context, numeral: Numeral) -> _Counted | None:
    """What follows a number and is counted by it."""
    key, end = context.key, numeral.end
    if _TIME_AFTER.match(key, end) or (numeral.form == "int" and numeral.scale == 1 and numeral.value >= UNGROUPED):
        return None
    if _YEARS.search(key, max(0, numeral.start - 8), end):
        return None  # "năm 2023 và 2024 xã …"
    if unit := units.match_list(key, end):
        counts = (
            unit.kind != units.NONE and _is_countable(numeral, unit.kind) and not _in_passing(context, numeral, unit)
        )
        return _Counted(unit.end, _plain(context.text[unit.start : unit.end]), unit.kind) if counts else None
    if numeral.form == "words":
        return None
    if (quoted := _QUOTED.match(key, end)) and (quote := context.quote(quoted.end())):
        short = quote[1] - quote[0] <= _LONG_QUOTE
        return _Counted(quote[1] + 1, _plain(context.text[quote[0] : quote[1]]), "quoted") if short else None
    return _noun(context, numeral)


def _plain(unit: str) -> str:
    """A unit without odd spaces, and not in capitals, which only a title is in."""
    unit = " ".join(unit.split())
    return unit.lower() if unit.isupper() and " " in unit else unit


_VAGUE = cues.words("vague")
_TITLES = frozenset(("bà", "ông"))  # streets are named after who bore them


def _in_passing(context: Context, numeral: Numeral, unit: units.Unit) -> bool:
    """A number in words that parts rather than counts ("ba phần của cuốn sách"), or of a name: Ba Mẹ, 111 Bà Triệu."""
    if context.key[unit.start : unit.end] in _TITLES and context.text[unit.start].isupper():
        return True
    if numeral.form != "words":
        return False
    vague = numeral.value <= 10 and context.key[unit.start : unit.end] in _VAGUE
    return vague or context.text[unit.start].isupper()


def _is_countable(numeral: Numeral, kind: str) -> bool:
    """Half a person is none; a year-like or a padded number is fine, a decimal only measures."""
    if numeral.form in ("decimal", "dotted") and numeral.scale == 1:
        return kind == "measure"
    return numeral.whole or numeral.form == "comma3"


def _noun(context: Context, numeral: Numeral) -> _Counted | None:
    """A noun that the list of units does not know: in lower case, or an abbreviation in capitals."""
    text, end = context.text, numeral.end
    score = _SCORE.search(text, max(0, numeral.start - 4), numeral.start)  # "thắng 15-9 nghiêng ngả"
    if score or (numeral.form in ("decimal", "dotted", "comma3") and numeral.scale == 1):
        return None
    if capitals := _CAPITALS.match(text, end):
        return _Counted(capitals.end(), capitals[1], None) if capitals[1] not in _NO_NOUNS else None
    match = _NOUN.match(text, end)
    if match is None or not match[1].islower() or len(match[1]) < 2:
        return None
    if numeral.form == "int" and 1900 <= numeral.value <= 2100:
        return None  # more likely a year than so many of something unknown
    second = match[2]
    if second and second.islower() and not units.is_none(second):
        return _Counted(match.end(2), text[match.start(1) : match.end(2)], None)
    return _Counted(match.end(1), match[1], None)


_SCORE = re.compile(r"[0-9][-–]$")
_NO_NOUNS = frozenset({"SA", "CH", "AM", "PM", "VNĐ", "VND", "USD", "NĂM", "THÁNG", "NGÀY", "LẦN", "TW", "TƯ"})


# --- "tổng số hội viên là 12.345": the unit goes before

_STATED = re.compile(
    r"(?<!một )(?<!\w)số (?=[^\W\d])(?:lượng )?(?P<unit>[^,.;:()\n\d]{2,40}?)"
    r"(?: (?:toàn|cả|trong) (?:tỉnh|huyện|xã|hội|thành phố))?"
    r"(?: ?:| (?:là|đạt|lên|lên đến|lên tới|hiện có|hiện là|còn)) ?(?:(?:hơn|trên|gần|khoảng) )?\Z"
)
_STOPS = re.compile(r" ?(?:[,;)\n]|\.(?!\d)|$)")


def _stated(context: Context, numeral: Numeral) -> Span | None:
    """The number that says how many there are of what stands before it."""
    if numeral.form == "words" or not numeral.whole or not _STOPS.match(context.key, numeral.end):
        return None
    match = _STATED.search(context.key, max(0, numeral.start - 64), numeral.start)
    unit = units.match(context.key, match.start("unit")) if match else None
    if match is None or unit is None or unit.kind in (units.NONE, "measure") or unit.end > match.end("unit"):
        return None
    counted = _Counted(numeral.end, _plain(context.text[unit.start : unit.end]), unit.kind)
    return replace(_span(context, numeral.start, counted, numeral.value, None), start=unit.start)


# --- a label and its number: "trong đó: DTTS: 579, phụ nữ làm chủ hộ: 498 hộ"

_LABEL = re.compile(r"[(,;:]\s*((?:[^\W\d_]+[ ]?){1,6}): ?$")
_PHONE = re.compile(rf"(?<!\w){cues.any_of('phones')}(?!\w)")


def _labelled(context: Context, numeral: Numeral, last: Span | None) -> Span | None:
    """A part of the quantity before it, in brackets, whose unit it shares."""
    if last is None or not 0 <= numeral.start - last.end < 160 or numeral.scale != 1 or not numeral.whole:
        return None
    key = context.key
    between = key[last.end : numeral.start]
    if "\n" in between or ")" in between or ("(" not in between and "label" not in last.rule):
        return None
    match = _LABEL.search(key, max(last.end, numeral.start - 48), numeral.start)
    if match is None or _PHONE.search(match[1]) or not re.match(r"[,;)\n.]| và |$", key[numeral.end : numeral.end + 4]):
        return None
    label = context.text[match.start(1) : match.end(1)].strip()
    unit = f"{str(last.value['unit']).split(' ', maxsplit=1)[0]} {label}"
    return Span(
        kind="quantity",
        start=match.start(1),
        end=numeral.end,
        value={"value": plain(numeral.value), "unit": unit},
        rule="quantity: label",
        confidence=0.8,
        number=plain(numeral.value),
    )


def _span(context: Context, start: int, counted: _Counted, least: Number, most: Number | None) -> Span:
    qualifier = QUALIFIER.search(context.key, max(0, start - 24), start)
    value: dict[str, Any] = {"value": plain(least), "unit": counted.unit}
    if most is not None:
        value["value_max"] = plain(most)
    return Span(
        kind="quantity",
        start=qualifier.start(1) if qualifier else start,
        end=counted.end,
        value=value,
        rule=f"quantity: {counted.kind or 'noun'}",
        confidence=0.95 if counted.kind else 0.7,
        qualifier=qualifier[1] if qualifier else None,
        number=plain(least),
    )
