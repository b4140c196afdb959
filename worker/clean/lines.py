"""What one short line is by its form alone: a dateline, a byline, a stated source. For saved text and DOM blocks alike.

Every function takes a line in NFC with its white space collapsed, costs time linear in it, and answers None for a line
that is something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache

from worker.clean import lexicon
from worker.clean.bylines import Byline, is_pen_name, names_office, read_names, read_signature
from worker.clean.when import When, stated
from worker.values import provinces

_LONGEST = 160  # characters: such lines are short


@dataclass(frozen=True, slots=True)
class Dateline:
    """A line that states when the article was published, and what stood beside the date.

    `weekday` is the stated day of the week (0 is Monday), `updated` says that the date is called one of an update.
    """

    when: When
    updated: bool = False
    weekday: int | None = None
    views: int | None = None
    byline: Byline | None = None

    @property
    def consistent(self) -> bool:
        """Whether the stated day of the week is that of the date; true where none is stated."""
        return self.weekday is None or self.weekday == self.when.day.weekday()


def dateline(text: str) -> Dateline | None:
    """The dateline that a line is: a date, and beside it labels, numbers or an author's name, but no sentence.

    >>> found = dateline("Thứ tư - 20/03/2024 11:23 71 0")
    >>> found.when.iso, found.views, found.consistent
    ('2024-03-20T11:23+07:00', 71, True)
    """
    if len(text) > _LONGEST or not _DIGIT.search(text) or _CLOCK.fullmatch(text):
        return None
    return _dateline(text)


_CLOCK = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
"""So a server writes what time it is."""


@lru_cache(maxsize=256)  # it is asked for to tell the line's label, and again to read it
def _dateline(text: str) -> Dateline | None:
    text = _PLACE.sub("", text)
    dates = list(stated(text))
    if not dates:
        return None
    labels = _date_labels()
    rest, said = text, lexicon.key(text)
    for when in dates:
        rest = rest[: when.start] + "|" * (when.end - when.start) + rest[when.end :]
    bare = lexicon.key(rest)
    rest = " ".join(labels.sub("|", _other_label().sub("|", bare)).split())
    byline = None
    if any(map(str.isalpha, rest)) and not _is_button(rest.strip("| ")):
        byline = _beside(text, dates)
        named = _PAPER_BESIDE.fullmatch(rest) or (dates[0].at and _SECTION_BESIDE.fullmatch(rest))
        if byline is None and not named and not _is_signed(bare):
            apart = _grown_apart(text)
            return _dateline(apart) if apart != text else None
    first, updated = published(text, dates)
    return Dateline(first, updated, _weekday(said), _views_beside(bare, dates), byline)


_PLACE = re.compile(r"^[^\W\d_a-z][^,.:;\d]{2,40}, (?=ngày \d{1,2} tháng )")
"""Where a letter was written, before its day: "Sông Lam, ngày 15 tháng 3 năm 2024"."""


def _grown_apart(text: str) -> str:
    """A line with blanks where elements that only a style sheet parts grew together: "15/3/2024Tác giả: Thu Hà"."""
    following = [*text[1:], ""]
    return "".join(
        f"{char} "
        if (char.islower() and (after.isupper() or after.isdigit())) or (char.isdigit() and after.isupper())
        else char
        for char, after in zip(text, following, strict=True)
    )


def _is_button(text: str) -> bool:
    """Whether beside the date stand but buttons ("[Cỡ chữ: A+ A-]"), and not how often a teaser was read."""
    phrase = lexicon.find(text)
    return phrase is not None and phrase.reason in ("share bar", "reading tool")


_DIGIT = re.compile(r"\d")
_SECTION_BESIDE = re.compile(r"[|\s,-]*\|[^,;.:]{2,40}|[^,;.:|]{2,40}\|[|\s,-]*")
"""A dateline's own bars, and beside them the name of the page's section: "07/03/2026 - 00:01 | Thị trường"."""
_PAPER_BESIDE = re.compile(r"\([^()|:;.]{2,20}\) ?[-|–\s]*")
"""What a paper calls itself before the day: "(LĐ online) - 18/10/2019"."""


def _is_signed(bare: str) -> bool:
    """Whether beside the date stands nothing but a labelled byline or section: "Người đăng: Quản trị"."""
    others = _signed().sub("|", bare, count=1)
    return others != bare and not any(map(str.isalpha, _date_labels().sub("|", others)))


@cache
def _other_label() -> re.Pattern[str]:
    """A label of few words that names a date, with its colon: "Ngày gửi tin:"."""
    named = lexicon.any_of(lexicon.words("dateline", "named"))
    return re.compile(rf"(?<![\w|])(?:\w+ ){{0,2}}(?:{named})(?: \w+){{0,2}} ?:(?= ?\|)")


@cache
def _signed() -> re.Pattern[str]:
    labels = lexicon.words("byline", "labels") | lexicon.words("dateline", "sections")
    offices = lexicon.any_of(lexicon.words("byline", "offices"))
    users = lexicon.any_of(lexicon.words("byline", "users"))
    name = rf" ?: ?[^|:;,.]{{2,30}}| (?:{offices})(?!\w)"
    return re.compile(
        rf"(?<!\w)(?:(?:{lexicon.any_of(labels)})(?:{name})|(?:{users}) [^\s|:;,]{{2,30}}(?: [^\s|:;,]{{2,20}}){{0,3}})"
    )


def is_ago(text: str) -> bool:
    """Whether the line tells an age ("17 giờ trước"): so are dated the headlines of other articles."""
    return len(text) <= 40 and bool(_AGO.match(lexicon.key(text)))


_AGO = re.compile(r"(?:cách đây )?\d{1,3} (?:giây|phút|giờ|ngày|tuần|tháng|năm) trước(?!\w)")


def age(text: str) -> timedelta | None:
    """The age, of a week at most, that a short line of Vietnamese or English tells ("Báo Phụ nữ • 2 giờ trước")."""
    match = _AGE.search(lexicon.key(text))
    return timedelta(minutes=int(match[1]) * _MINUTES[match[2] or match[3]]) if match else None


_MINUTES = {"phút": 1, "giờ": 60, "minute": 1, "min": 1, "hour": 60, "hr": 60} | dict.fromkeys(("ngày", "day"), 24 * 60)
_AGE = re.compile(r"(?<![\d.,/-])([1-9]|[1-5]\d) (?:(phút|giờ|ngày) trước|(minute|min|hour|hr|day)s? ago)(?!\w)")


def views(text: str) -> int | None:
    """The number of views that a line states ("Lượt xem: 1.204", "71 lượt xem"), and nothing more."""
    if len(text) > 40 or not _DIGIT.search(text):
        return None
    match = _view_line().fullmatch(lexicon.key(text).strip(" |-–•()"))
    return _number(match["after"] or match["before"]) if match else None


def byline(text: str) -> Byline | None:
    """The byline that a line is: names, with or without a label ("Tác giả:", "Bài, ảnh:") or an office in brackets."""
    if len(text) > _LONGEST:
        return None
    rest, labelled = _after_label(text, _byline_labels())
    heads = text.endswith(":") and not labelled  # "* Bảng A (phường, thị trấn):"
    return read_names(rest, labelled=labelled) if rest and not heads else None


def signature(text: str) -> Byline | None:
    """The byline that a line is, where it stands as signatures do: initials, one name or an office are one there."""
    return byline(text) or (read_signature(text) if len(text) <= _LONGEST else None)


@dataclass(frozen=True, slots=True)
class Origin:
    """A stated source: where the text was taken from, and who wrote it there, if the line says so."""

    name: str
    byline: Byline | None = None


def origin(text: str) -> Origin | None:
    """The stated source that a line is: "Nguồn tin: …", "Theo …", or a bare address.

    >>> origin("Nguồn tin: KHÁNH LIÊN -BDVTU")
    Origin(name='BDVTU', byline=Byline(text='KHÁNH LIÊN', authors=('Khánh Liên',)))
    """
    if len(text) > _LONGEST:
        return None
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:  # "(Nguồn: Hội LHPN tỉnh)"
        text = text[1:-1].strip()
    if _ADDRESS.fullmatch(text):
        return Origin(text)
    rest, labelled = _after_label(text, _origin_labels())
    if labelled:
        return _names_and_office(rest) if rest else None
    match = _follows().match(text)
    if match and len(text.split()) <= 9 and not _SENTENCE_MARKS.search(text):
        name = text[match.end() :].strip(" ()")
        if name[:1].isupper() or _SITE.fullmatch(name):
            return _names_and_office(name)
    return None


def agency(text: str) -> tuple[str, str] | None:
    """The mark of an agency that opens a text, "(PNTĐ) - …", and the text after it.

    >>> agency("(PNTĐ) - Sáng 8/8, Hội LHPN Hà Nội")
    ('PNTĐ', 'Sáng 8/8, Hội LHPN Hà Nội')
    """
    match = _AGENCY.match(text)
    if match and any(map(str.isupper, match["name"])):
        return match["name"].strip(), text[match.end() :]
    match = _known_agency().match(text[:_LONGEST]) or _CAPITALS.match(text)
    return (match["within"] or match["bare"], text[match.end() :]) if match else None


_ADDRESS = re.compile(r"(?:https?://|www\.)[\w.-]{3,100}(?::\d+)?(?:/\S{0,100})?", re.IGNORECASE)
_CAPITALS = re.compile(r"\((?P<within>[A-ZĐ]{3,8})\) (?=[^\W\d_a-z][^\W\d_]{1,6} )")  # "(PNSL) Hội LHPN tỉnh …"
_SITE = re.compile(r"[\w-]{2,40}(?:\.[\w-]{2,20}){1,3}")
_SENTENCE_MARKS = re.compile(r"[,;:]|\.$")
_AGENCY = re.compile(r"\((?P<name>[\w.&]{2,20}(?: [\w.&]{2,12}){0,4})\)\s*[-–—]\s*")


@cache
def _known_agency() -> re.Pattern[str]:
    """Without brackets or a dash, and behind a province, only names that are known and addresses are a mark."""
    names = lexicon.any_of(lexicon.entries("origin", "agencies"))
    known = rf"(?:{names}|[A-Za-z][\w-]{{1,30}}(?:\.[\w-]{{2,20}}){{0,2}}\.(?i:vn|com|net|org))"
    place = rf"(?:(?:{lexicon.any_of(provinces().values())}),? )?"
    return re.compile(rf"{place}\((?P<within>{known})\)\s*(?:[-–—:]\s*)?(?=\w)|(?P<bare>{known})\s?[-–—]\s(?=\w)")


@cache
def _label(of: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.any_of(lexicon.words(of, 'labels'))})\s*[:.]\s*")


def _byline_labels() -> re.Pattern[str]:
    return _label("byline")


def _origin_labels() -> re.Pattern[str]:
    return _label("origin")


@cache
def _follows() -> re.Pattern[str]:
    return re.compile(rf"\(?(?:{lexicon.any_of(lexicon.entries('origin', 'follows'))})\s+(?=\S)")


@cache
def _date_labels() -> re.Pattern[str]:
    named = lexicon.words("dateline", "labels") | lexicon.words("dateline", "views")
    return re.compile(rf"(?<!\w)(?:{lexicon.any_of(named)})(?!\w)")


@cache
def _view_line() -> re.Pattern[str]:
    named = lexicon.any_of(lexicon.words("dateline", "views"))
    return re.compile(
        rf"(?:(?:{named})\s*[:(]?\s*(?P<after>\d[\d.,]{{0,11}})\)?(?: lần| lượt)?"
        rf"|(?P<before>\d[\d.,]{{0,11}})\s*(?:{named}))"
    )


def _after_label(text: str, labels: re.Pattern[str]) -> tuple[str, bool]:
    """The text after its label, and whether it had one. Keys keep the length of the text, so spans hold."""
    if ":" not in text and "." not in text:
        return text, False
    folded = lexicon.key(text)
    match = labels.match(folded) if len(folded) == len(text) else None
    return (text[match.end() :].strip(), True) if match else (text, False)


def _names_and_office(text: str) -> Origin | None:
    """A source that names its author first: "KHÁNH LIÊN -BDVTU", "Thu Hà (Báo Phụ nữ)"."""
    match = _NAME_THEN_OFFICE.fullmatch(text)
    if match and (names := read_names(match["names"], labelled=False)):
        return Origin((match["dashed"] or match["bracketed"]).strip(), names)
    return Origin(text.strip(" ."))


_NAME_THEN_OFFICE = re.compile(
    r"(?P<names>[^-–(]{3,60}?)(?:(?:\s+[-–]\s*|\s*[-–]\s+)(?P<dashed>[^()]{2,80})|\s*\((?P<bracketed>[^()]{2,80})\))"
)


def _beside(text: str, dates: list[When]) -> Byline | None:
    """The author's name beside a date: "Thanh Thanh - 22/11/2023 08:30"."""
    spans = sorted((when.start, when.end) for when in dates)
    before, after = text[: spans[0][0]], text[spans[-1][1] :]
    for part in (before, after):
        name, other = map(_without_date_labels, (part, after if part is before else before))
        signed = part.strip(_MARKS)
        label = None if any(map(str.isalpha, other)) else _byline_labels().match(lexicon.key(signed))
        if label and (found := byline(signed[label.end() :])):  # "Đăng lúc: … - Người đăng bài viết: Kim Yến"
            return found
        if not any(map(str.isalpha, name)):
            continue
        if any(map(str.isalpha, other)):
            if names_office(name.strip(_MARKS)):  # the section, and behind the date who wrote it
                continue
            if not names_office(other.strip(_MARKS)):
                return None
        name = name.strip(" -–|,:•·0123456789")
        if name.isupper() and not is_pen_name(name):  # a banner
            return None
        label = _bare_label().match(lexicon.key(name))
        return byline(name[label.end() :]) if label else byline(name)
    return None


_MARKS = " -–|,:•·()[]"


def _without_date_labels(text: str) -> str:
    labels = _date_labels().finditer(lexicon.key(text))  # keys of NFC text keep its length
    for span in reversed([match.span() for match in labels]):
        text = text[: span[0]] + text[span[1] :]
    return text


@cache
def _bare_label() -> re.Pattern[str]:
    """A label of bylines without its colon, as it stands beside a date: "Đăng vào 07/01/2019 Tác giả Thu Hà"."""
    return re.compile(rf"(?:{lexicon.any_of(lexicon.words('byline', 'labels'))})\s*:?\s+(?=\S)")


def published(text: str, dates: list[When]) -> tuple[When, bool]:
    """Of several dates the one that no label calls an update, else the first."""
    folded = lexicon.key(text)
    marked = [bool(_updates().search(folded[max(0, when.start - 30) : when.start])) for when in dates]
    for when, updated in zip(dates, marked, strict=True):
        if not updated:
            return when, False
    return dates[0], True


@cache
def _updates() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.any_of(lexicon.words('dateline', 'updates'))})\W{{0,4}}$")


_WEEKDAYS = {
    day: number
    for number, days in enumerate(
        [
            "thứ hai|thứ 2|monday|mon",
            "thứ ba|thứ 3|tuesday|tue",
            "thứ tư|thứ 4|wednesday|wed",
            "thứ năm|thứ 5|thursday",
            "thứ sáu|thứ 6|friday|fri",
            "thứ bảy|thứ bẩy|thứ 7|saturday|sat",
            "chủ nhật|sunday|sun",
        ]
    )
    for day in days.split("|")
}
_WEEKDAY = re.compile(rf"(?<!\w)(?:{'|'.join(_WEEKDAYS)})(?!\w)")


def _weekday(key: str) -> int | None:
    match = _WEEKDAY.search(key)
    return _WEEKDAYS[match[0]] if match else None


_BARE_COUNTS = re.compile(r"\s+(\d{1,7})\s+(\d{1,5})\s*")


def _views_beside(key: str, dates: list[When]) -> int | None:
    """The views that a dateline states by a label, or, as NukeViet writes them, bare before the number of comments."""
    if match := _view_line().search(key):
        return _number(match["after"] or match["before"])
    last = max(when.end for when in dates)
    match = _BARE_COUNTS.fullmatch(key[last:]) if dates[-1].at else None
    return int(match[1]) if match else None


def number_in(text: str) -> int | None:
    """The first whole number in a text ("Đã xem: 1.204"), in which dots and commas group thousands."""
    match = _NUMBER.search(text[:200])
    return _number(match[0]) if match else None


_NUMBER = re.compile(r"\d[\d.,]{0,11}")


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))
