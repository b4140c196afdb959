"""Official documents: "Chỉ thị số 23-CT/TW ngày 25/5/2023 của Ban Bí thư", "Đề án 939", "Dự án 8", and those that bear
no number: "Nghị quyết Đại hội đại biểu Phụ nữ toàn quốc lần thứ XIII", "Chương trình công tác Hội … năm 2024", laws.

Value: {"number", "name", "type", "date", "issuer"}, null where not stated. `dates` has run before: the day of a
document is the date that follows its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from worker.facts import cues, units
from worker.facts.numbers import Numeral
from worker.facts.span import Context, Span
from worker.own_data import read_yaml
from worker.vietnamese import tone_key


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml("worker.facts", "data/documents.yaml")
    return data


def _any_of(names: list[str]) -> str:
    return "|".join(re.escape(tone_key(name.lower())) for name in sorted(names, key=len, reverse=True))


@cache
def _before_number() -> cues.Before:
    """A type, perhaps "số", right before a number; "số" alone is enough where the number has letters."""
    return cues.Before(
        rf"(?<!\w)(?:(?P<type>{_any_of(_data()['named'])})(?P<no>(?: hành động)?(?:,? số)?:? ?)|(?P<only>số:? ?))$",
        [*(tone_key(name.lower()) for name in _data()["named"]), "hành động", "số"],
    )


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The documents of a part."""
    yield from _numbered(context)
    yield from _unnumbered(context)
    yield from _laws(context)


# --- by number

# 23-CT/TW; 01/ĐA-BTV; 56/2012/NĐ-CP; 12 - NQ/TW; 1719/QĐ-TTg; 01/NQLT/BCA-HLHPN; 30a; also a bare 939
_CODE = re.compile(
    r"(?P<digits>[0-9]{1,5})(?P<letter>[a-zA-Z](?!\w|/[0-9a-z]))?"
    r"(?P<code>(?:/[0-9]{4})?(?: ?[-–] ?|/ ?| / ?(?=[A-ZĐ]{2,6}[-–])|(?<=[0-9])(?=NQ|CT|QĐ|KH|KL))"
    r"[A-ZĐ][A-Za-zĐđƯưÔôÊê0-9.]{0,11}"
    r"(?:(?: ?[-–/] ?|&)[A-ZĐ][A-Za-zĐđƯưÔôÊê0-9.&]{0,15}){0,3}|/[0-9]{4}/[A-ZĐ]{2,4}[0-9]{0,2}(?:-[A-Z]{2,5})?)?"
)
_LIST = re.compile(r" ?(?:,|và|;) ?(?=[0-9])")


def _numbered(context: Context) -> Iterator[Span]:
    text, key = context.text, context.key
    for index, numeral in enumerate(context.numerals):
        if numeral.start in context.spent or numeral.scale > 1 or numeral.form == "words":
            continue
        match = _CODE.match(text, numeral.start)
        before = _before_number().search(key, max(0, numeral.start - 28), numeral.start) if match else None
        if match is None or before is None or not _is_document(context, numeral, match, before):
            continue
        start = before.start("type") if before["type"] else before.start("only")
        yield _document(context, start, match, before)
        if before["type"] and not match["code"]:
            yield from _listed(context, index, before)


def _is_document(context: Context, numeral: Numeral, match: re.Match[str], before: re.Match[str]) -> bool:
    """Is this number a document's? With letters (23-CT/TW) always; with "số" nearly; bare only after a capital."""
    if match["code"]:
        code = match["code"].strip(" -–/")
        return bool(before["type"]) or any(part in _data()["types"] for part in re.split(r"[-–/ 0-9]+", code.upper()))
    name = before["type"]
    if name is None or not context.text[before.start("type")].isupper():
        return False
    dated = "số" in before["no"] and _ON_DAY.match(context.key, match.end())
    if "số" in before["no"] or not _is_bare(context.key, numeral, match):
        return bool(dated) or _is_bare(context.key, numeral, match)
    short = {tone_key(kind) for kind in _data()["short"]}
    if name not in short or name == "kế hoạch":
        return False
    return (
        name != "chương trình" or int(match["digits"]) >= 30
    )  # Chương trình 135, 30a, 1719; "chương trình 2" is a label


def _is_bare(key: str, numeral: Numeral, match: re.Match[str]) -> bool:
    """Is the number without letters all that is said, not a sum, a share or so many of something?"""
    if numeral.form not in ("int", "padded", "code") or key[match.end() : match.end() + 2].lstrip()[:1] in ("%", "/"):
        return False
    unit = units.match(key, match.end())
    return unit is None or (unit.kind == units.NONE and not key.startswith(_TIMES, unit.start))


_ON_DAY = re.compile(r",? ngày [0-9]{1,2} ?[-/.]")
"""The day of the document, and no count of days: "Quyết định số 939 ngày 30/6/2017"."""
_TIMES = ("năm", "tháng", "ngày", "tuần", "giờ", "nội dung", "nhiệm vụ", "tỷ", "triệu")


def _listed(context: Context, index: int, before: re.Match[str]) -> Iterator[Span]:
    """938 of "Đề án 939, 938": the numbers that go on."""
    last = context.numerals[index].end
    for numeral in context.numerals[index + 1 : index + 6]:
        match = _CODE.match(context.text, numeral.start)
        joined = _LIST.match(context.key, last)
        if not match or match["code"] or not joined or joined.end() != numeral.start or numeral.start in context.spent:
            return
        if len(match["digits"]) < 2 or not _is_bare(context.key, numeral, match):
            return
        yield _document(context, numeral.start, match, before)
        last = match.end()


_DATED = re.compile(r",? ?\(?(?:ký |ban hành )?$")
_ISSUER = re.compile(
    r",? (?:do|của) (?P<issuer>[^,.;:()\d\n“”\"]{3,80}?)"
    rf"(?=,? {cues.any_of('issuer_ends')}(?!\w)| ?[,.;:()\d\n“”\"]|$)"
)
_ABOUT = re.compile(r",? ?(?:về (?:việc )?|phê duyệt (?:Đề án |Chương trình |Dự án )?|ban hành )?(?=[“\"«(])")
_SUBJECT = re.compile(r",? (?:về (?:việc )?)(?P<name>[^,.;:()\n“”\"]{4,140})")


def _document(context: Context, start: int, match: re.Match[str], before: re.Match[str]) -> Span:
    number = match["digits"] + (match["letter"] or "") + re.sub(r" ?([-–/]) ?", r"\1", match["code"] or "").rstrip(".")
    stop = match.end() - (match[0].endswith("."))
    context.spend(match.start(), stop)
    kind = before["type"] or _type_of(number)
    bare = not match["code"] and before["type"] is not None and "số" not in before["no"]
    apart = bare and context.key.startswith(",", stop)  # "Thực hiện Dự án 8, ngày 28/9 Hội …": the deed's day
    end, day = (stop, None) if apart else _day(context, stop)
    issuer, end = _issuer(context, end)
    value = {
        "number": number,
        "type": kind,
        "name": _name(context, end) or _name_before(context, start),
        "date": day,
        "issuer": issuer,
    }
    name = value["name"]
    return Span(
        kind="document",
        start=start,
        end=end,
        value=value,
        rule="document: number",
        name=f"{kind[:1].upper()}{kind[1:]} {number}" if kind else name or number,
        date_start=day,
        date_end=day,
    )


def _type_of(number: str) -> str | None:
    """The type that the letters of a number stand for."""
    types: dict[str, str] = _data()["types"]
    return next((types[part].lower() for part in re.split(r"[-–/0-9]+", number.upper()) if part in types), None)


def _day(context: Context, position: int) -> tuple[int, str | None]:
    """The date that follows a number, and where the document ends with it."""
    for span in context.overlapping(position, position + 24, "date"):
        iso = span.value.get("iso")
        if span.start >= position and _DATED.fullmatch(context.key, position, span.start) and iso and len(iso) == 10:
            return span.end, iso
        if span.start >= position and context.key[position : span.start] in (" ", ", ") and iso and len(iso) == 10:
            return span.end, iso
    return position, None


def _issuer(context: Context, position: int) -> tuple[str | None, int]:
    match = _ISSUER.match(context.key, position + context.text.startswith(")", position))
    if match is None or not context.text[match.start("issuer")].isupper():
        return None, position
    return context.text[slice(*match.span("issuer"))].strip(), match.end("issuer")


def _name(context: Context, position: int) -> str | None:
    """The name of the document where it follows: in quotation marks, or after "về"."""
    about = _ABOUT.match(context.text, position)
    if about and (quote := context.quote(about.end() + 1)) and quote[0] == about.end() + 1:
        return context.text[quote[0] : quote[1]].strip()
    subject = _SUBJECT.match(context.text, position)
    return subject["name"].strip() if subject else None


_BEFORE = re.compile(r"(?<=[”\"]) ?\($")


def _name_before(context: Context, start: int) -> str | None:
    """938 of: Đề án “Tuyên truyền, giáo dục …” (Đề án 938)."""
    match = _BEFORE.search(context.text, max(0, start - 2), start)
    quote = context.quote(match.start() - 2) if match else None
    return context.text[quote[0] : quote[1]].strip() if quote else None


# --- by name

_LEVEL = r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|bộ)"
_NOT_AGAIN = r"(?:(?!nghị quyết|chương trình|[.,;:()\n“”\"]).)"
_TERM = r"(?: ?\(?,? ?nhiệm kỳ [0-9]{4} ?[-–] ?[0-9]{4}\)?)"
_OF_UNION = r"(?:đảng bộ|đảng|phụ nữ|hội lhpn|hội liên hiệp phụ nữ)"
_TIME = (
    r"(?: lần thứ (?:[ivxlc]+|[0-9]{1,2}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?!\w)"
    rf"(?:,? (?:ban chấp hành|bch)(?: (?:trung ương|tw)(?: đảng| hội)?| {_OF_UNION} {_LEVEL})?(?!\w))?"
    r"(?:,? khoá [ivxlc]+(?!\w))?)"
)
_OF_YEAR = r"(?: (?:quý [ivx]+|6 tháng đầu năm|năm) ?(?:năm )?[0-9]{4})"
_OF_MEETING = rf"nghị quyết (?:đại hội|hội nghị){_NOT_AGAIN}{{0,90}}?"
_NAMED = re.compile(
    rf"{_OF_MEETING}(?:{_TIME}(?:,? của {_NOT_AGAIN}{{3,40}})?{_TERM}?|,?{_TERM})"
    r"|nghị quyết (?:hội nghị )?(?:trung ương|tw) [0-9]{1,2},? \(?khoá [ivxlc]+(?:\)|(?!\w))"
    rf"|nghị quyết đại hội (?:đại biểu )?{_OF_UNION} {_LEVEL}(?: [^\W\d_]+)?"
    rf"|chương trình hành động (?:thực hiện|của){_NOT_AGAIN}{{0,24}}{_OF_MEETING}(?:{_TIME}{_TERM}?|,?{_TERM})"
    rf"|chương trình công tác hội(?: và phong trào phụ nữ)?(?:{_OF_YEAR}|{_TERM})?"
    r"|điều lệ hội (?:lhpn|liên hiệp phụ nữ) việt nam(?:,? khoá [ivx]+(?!\w))?"
)


def _unnumbered(context: Context) -> Iterator[Span]:
    if not any(word in context.lower for word in ("nghị quyết", "chương trình", "điều lệ")):
        return
    for match in _NAMED.finditer(context.key):
        start, end = match.start(), match.end()
        if (start and context.key[start - 1].isalnum()) or context.taken(start, end, "document"):
            continue
        end = _trimmed(context, start, end)
        name = context.text[start:end]
        yield Span(
            kind="document",
            start=start,
            end=end,
            value={
                "number": None,
                "type": _type(match[0]),
                "name": _fullest(context, name),
                "date": None,
                "issuer": None,
            },
            rule="document: name",
            confidence=0.85,
            name=_fullest(context, name),
        )


def _type(key: str) -> str:
    return next(
        kind
        for kind in ("nghị quyết", "chương trình hành động", "chương trình công tác", "điều lệ")
        if key.startswith(kind)
    )


_LEVEL_LAST = re.compile(rf" (?P<level>{_LEVEL}) (?P<place>[^\W\d_]+)$")


def _trimmed(context: Context, start: int, end: int) -> int:
    """A level is followed by its place's name, or by nothing: "Đại hội Đảng bộ tỉnh" "và"."""
    last = _LEVEL_LAST.search(context.key, start, end)
    if last and context.text[last.start("place")].islower():
        return last.end("level")
    return end - (context.text[end - 1] == ")" and "(" not in context.text[start:end])


MANY = 200
"""Names that a page's later mentions are compared with."""


def _fullest(context: Context, name: str) -> str:
    """The fullest form in which the page names this document: "Nghị quyết Đại hội Đảng bộ tỉnh" is the one above."""
    notes: dict[str, str] = context.page.notes.setdefault("documents by name", {})
    key = tone_key(name.lower())
    known = next((full for short, full in notes.items() if short.startswith(f"{key} ")), None)
    if known is None and len(notes) < MANY:
        notes[key] = name
    return known or name


@cache
def _law() -> re.Pattern[str]:
    names = _any_of(_data()["laws"]).replace(",\\ ", ",?\\ ")
    return re.compile(
        rf"(?:bộ luật|luật) (?:{names})(?!\w)(?: (?:sửa đổi |số [0-9/a-z]+ )?(?:năm )?(?:19|20)[0-9]{{2}}(?![0-9/])"
        r"| số (?P<number>[0-9]{1,3}/(?:19|20)[0-9]{2}/qh[0-9]{1,2}))?"
    )


def _laws(context: Context) -> Iterator[Span]:
    for match in _law().finditer(context.key) if "luật" in context.lower else ():
        start = match.start()
        if (start and context.key[start - 1].isalnum()) or not context.text[start].isupper():
            continue
        if context.taken(start, match.end(), "document"):
            continue
        name = context.text[start : match.end()]
        number = context.text[slice(*match.span("number"))] if match["number"] else None
        value = {"number": number, "type": "luật", "name": name, "date": None, "issuer": None}
        yield Span(kind="document", start=start, end=match.end(), value=value, rule="document: law", name=name)
