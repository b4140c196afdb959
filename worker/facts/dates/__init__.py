"""Days: "Ngày 18/11", "Sáng 12-7", "9-10/5/2025", "ngày 7 và 8-10", "từ ngày 1/3 đến ngày 8/3/2021", "8 tháng 3".

A day and month are taken for a date where something says so: a year, a word before them (ngày, sáng, thứ Hai, dịp …).
Without such a word 8/8 is a ratio, 12-7 a range and 7.3 a decimal. Months, years and terms are read by `periods`,
quarters and halves of years by `parts`, lunar days by `lunar`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from worker.facts import cues, units
from worker.facts.dates import lunar, parts, periods, years
from worker.facts.dates.years import YEAR
from worker.facts.numbers import Numeral
from worker.facts.span import Context, Span

log = logging.getLogger(__name__)


def find(text: str, context: Context) -> Iterator[Span]:
    """The days and periods of a part. Value: {"iso": "2022-11-18" | "2017/2025" | "--11-18" (open) | None (lunar)}."""
    yield from lunar.find(text, context)
    yield from parts.quarters(context)
    yield from parts.half_years(context)
    for index, numeral in enumerate(context.numerals):
        if numeral.start in context.spent or numeral.scale > 1:
            continue
        spans = parts.halves(context, numeral)
        if spans is None:
            spans = _iso(context, numeral) or _month_first(context, numeral)
        if spans is None and numeral.form != "words":
            spans = _days(context, numeral.start)
            if spans is None and numeral.form == "code":
                spans = periods.short_month(context, numeral)
            elif spans is None:
                spans = periods.years(context, index) or periods.months(context, numeral)
        yield from spans or ()


class _Day(NamedTuple):
    """A day as written; month and year may be said by a later one ("7 và 8-10")."""

    start: int
    end: int
    day: int
    month: int | None = None
    year: int | None = None
    mark: str = ""  # what parts day and month: / - . tháng; "0/" before 08, "yy" with a year of two digits
    after: str = ""  # what joins it to the one before: "-" (a range), "," (a list)


# What a date may begin with; most numerals fail here at once.
_MAYBE = re.compile(r"[0-9]{1,2}(?![0-9])(?: ?[/\-.,–—;&]| (?:tháng|và|đến|tới))")
# And no date is without a month, which may stand behind the last of several days.
_MONTH_AHEAD = re.compile(r"[/\-.–—] ?[0-9]|tháng")
AHEAD = 120
MOST = 12  # days that are written together
FOUNDED = 80  # characters from "thành lập" to the day that is kept
LAST_DAY, DECEMBER = 31, 12
_FULL = re.compile(
    r"([0-9]{1,2})(?: ?/ ?([0-9]{1,2}) ?/ ?|-([0-9]{1,2})(?:-|/(?=[0-9]{4}))"  # 7-9/2023, but 7-9/10 are three days
    r"|\.([0-9]{1,2})\.| - ([0-9]{1,2}) - )([0-9]{4}|[0-9]{2})"
    r"(?![0-9]|/[0-9a-zđ])"
)
_IN_WORDS = re.compile(
    rf"([0-9]{{1,2}})\.? tháng ([0-9]{{1,2}})(?![0-9])(?:(?:,? năm | ?[/\-] ?|,? )({YEAR}))?(?!/[0-9])"
)
_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:( ?/ ?)([0-9]{1,2})|([-.])([0-9]{1,2})(?!-[0-9]))(?![0-9]|[.,][0-9]| ?/ ?[0-9]|/[a-zđ]| ?%)"
)
_DAY = re.compile(r"([0-9]{1,2})(?![0-9]|\.[0-9])")
_JOIN = re.compile(r"( ?(?:-|–|—|, đến| đến| cho đến| tới)(?: hết)?(?: ngày| mùng)? ?)|( ?(?:,|&| và)(?: ngày)? ?)")


def _chain(key: str, position: int, cued: bool) -> list[_Day]:
    """The days that are written here together, in order; two at most where no word before them says that they are.

    ", ngày 20/10" begins anew behind a day with its month, and behind a number of which nothing says that it is a day:
    "Dự án 8, ngày 28/9", "thứ 7, ngày 14/9".
    """
    chain: list[_Day] = []
    after = ""
    while len(chain) < (MOST if cued else 2) and (day := _day(key, position, after)):
        if chain and after == "," and _is_share(key, day):
            break
        chain.append(day)
        joined = _JOIN.match(key, day.end)
        if not joined or (joined[2] and "ngày" in joined[2] and (day.month or not cued)):
            break
        position, after = joined.end(), "-" if joined[1] else ","
    while chain and chain[-1].month is None:  # "ngày 12/7, 15 hội viên": a number that has no month is none of the days
        chain.pop()
    return chain


def _day(key: str, position: int, after: str) -> _Day | None:
    if match := _FULL.match(key, position):
        month = int(match[2] or match[3] or match[4] or match[5])
        year = int(match[6]) if len(match[6]) == 4 else _century(int(match[6]))
        return _Day(position, match.end(), int(match[1]), month, year, "/" if len(match[6]) == 4 else "yy", after)
    if match := _IN_WORDS.match(key, position):
        written = int(match[3]) if match[3] else None
        return _Day(position, match.end(), int(match[1]), int(match[2]), written, "tháng", after)
    if match := _DAY_MONTH.match(key, position):
        mark, digits = (match[2] or match[4]).strip(), match[3] or match[5]
        return _Day(position, match.end(), int(match[1]), int(digits), None, "0/" if digits[0] == "0" else mark, after)
    if match := _DAY.match(key, position):
        return _Day(position, match.end(), int(match[1]), after=after)
    return None


def _is_share(key: str, day: _Day) -> bool:
    """Is it so many out of so many, and no further day: "từ ngày 10/7 đến 5/8, 17/17 xã đã …"?"""
    if day.month is None or day.year is not None or day.mark != "/":
        return False
    return max(day.day - LAST_DAY, day.month - DECEMBER) > 0 or (day.day == day.month and units.counted(key, day.end))


def _century(two: int) -> int:
    return 2000 + two if two < 50 else 1900 + two


_TIMES_OF_DAY = "sáng|trưa|chiều|tối|đêm|hôm|khuya"
_DAYS_OF_WEEK = "hai|ba|tư|năm|sáu|bảy|2|3|4|5|6|7"
_SURE = cues.Before(
    rf"(?<!\w)(?:(?:(?:rạng |vào |cả )?(?:{_TIMES_OF_DAY})(?: nay| qua)?,? ?)?"
    r"\(?(?:các )?(?:ngày|mùng|mồng)(?: mùng| mồng)?"
    rf"|(?:rạng )?(?:{_TIMES_OF_DAY})(?: nay| qua| (?:đầu|cuối|giữa) tuần)?"
    rf"|thứ (?:{_DAYS_OF_WEEK})|chủ nhật)[ ,(:\-–]*$",
    ["ngày", "mùng", "mồng", "nay", "qua", "tuần", "nhật", *_TIMES_OF_DAY.split("|"), *_DAYS_OF_WEEK.split("|")],
)
_NAMED_AFTER = cues.before("named_after_days")
_STANDS_ALONE = re.compile(r"[,;.:)\n]|$")
_FEAST = cues.before("feasts", gap=r"[ ,(:\-–]*")
_OCCASION = cues.before("occasions", gap=r"[ ,(:\-–]*")
_FOUNDED = re.compile(r"(?<!\w)thành lập[^,.;\n]{0,60}[ (]$")
"""Before a day that is kept, too, over the name of what was founded: "Ngày thành lập Hội LHPN Việt Nam (20/10)"."""
_JUST_NOW = re.compile(r"(?:vừa qua|mới đây|hôm qua|hôm nay|sáng nay|chiều nay|tối nay|ngày mai) \($")  # "(05/7)"
_BOUND = cues.before("bounds", gap="[ (]*")
FEASTS = frozenset({
    (8, 3), (20, 10), (1, 6), (27, 7), (2, 9), (30, 4), (1, 5), (19, 5), (3, 2), (22, 12), (26, 3), (20, 11), (28, 6),
    (19, 8), (25, 11), (27, 2), (1, 10), (18, 11), (13, 10), (10, 10), (9, 1), (15, 5), (10, 3),
})  # fmt: skip
"""Days that Vietnamese reports name without further ado: 8/3, 20/10, the days of the family, of children …"""


def _days(context: Context, position: int) -> list[Span] | None:
    """The dates written at this position; None where none is, [] where what is written is a day that does not exist."""
    key = context.key
    if not _MAYBE.match(key, position) or key.endswith(("tháng ", "g", "h"), 0, position):  # "13g30, 04/3"
        return None
    if not _MONTH_AHEAD.search(key, position, position + AHEAD):
        return None
    cue = _SURE.search(key, max(0, position - 32), position)
    chain = _chain(key, position, cued=cue is not None)
    minutes = chain and chain[0].month is None and key.endswith("giờ ", 0, position)  # "7 giờ 30, ngày 14/5/2017"
    if not chain or minutes or not (cue or (_likely(key, chain) and not _of_feast(key, chain))):
        return None
    start = cue.start() if cue else position
    context.spend(start, chain[-1].end)
    chain = _of_spoken_year(context, chain)
    every_year = key.startswith(_EVERY_YEAR, chain[-1].end)
    dated = None if every_year else _resolved(context, chain)
    if dated is None:
        log.debug("dropped %r: there is no such day, or one a year", context.text[start : chain[-1].end])
        return []
    if end := lunar.said(key, chain[-1].end):
        return lunar.days(context, start, end)
    return list(_spans(context, start, chain, *dated))


_EVERY_YEAR = (" hằng năm", " hàng năm", " mỗi năm")
_YEAR_IN_WORDS = re.compile(r" năm (nay|ngoái|trước)(?!\w)")


def _of_spoken_year(context: Context, chain: list[_Day]) -> list[_Day]:
    """The days with the year that is said behind the last: "ngày 10/12 năm ngoái"."""
    said = None if chain[-1].year else _YEAR_IN_WORDS.match(context.key, chain[-1].end)
    year = periods.spoken(context, said[1])[0] if said else None
    if said is None or year is None:
        return chain
    context.spend(chain[-1].end, said.end())
    return [*chain[:-1], chain[-1]._replace(year=year, end=said.end())]


_ISO = re.compile(rf"(?<![/-])({YEAR})([-/])([0-9]{{2}})\2([0-9]{{2}})(?![0-9]|[-/][0-9])")


def _iso(context: Context, numeral: Numeral) -> list[Span] | None:
    """The day that is written as computers do: "2023-11-07", "2023/11/07"."""
    match = _ISO.match(context.key, numeral.start)
    if match is None:
        return None
    context.spend(numeral.start, match.end())
    day = years.day_of(int(match[1]), int(match[3]), int(match[4]))
    if day is None:
        log.debug("dropped %r: there is no such day", match[0])
        return []
    return [_span(numeral.start, match.end(), day, day, "written")]


_MONTH_FIRST = re.compile(rf"([0-9]{{1,2}}) ([0-9]{{1,2}}), ({YEAR})")


def _month_first(context: Context, numeral: Numeral) -> list[Span] | None:
    """The day that is written in the English order: "Tháng 9 16, 2024", as some sites date their pages."""
    match = _MONTH_FIRST.match(context.key, numeral.start)
    if match is None or not context.key.endswith("tháng ", 0, numeral.start):
        return None
    day = years.day_of(int(match[3]), int(match[1]), int(match[2]))
    if day is None:
        return None
    start = numeral.start - len("tháng ")
    context.spend(start, match.end())
    return [_span(start, match.end(), day, day, "written")]


def _of_feast(key: str, chain: list[_Day]) -> bool:
    """Is it the day in the name of what is kept: "Ngày Quốc tế Phụ nữ 8/3"?"""
    first, last = chain[0], chain[-1]
    if last.year is not None or (last.day, last.month) not in FEASTS:
        return False
    kept = _FEAST.search(key, max(0, first.start - 24), first.start)
    return bool(kept or _FOUNDED.search(key, max(0, first.start - FOUNDED), first.start))


_CLAUSE = re.compile(r"[,;)\n]")


def _likely(key: str, chain: list[_Day]) -> bool:
    """Without ngày, sáng …: does anything else say that these are days?"""
    first, last = chain[0], chain[-1]
    if not all(1 <= day.day <= 31 and (day.month is None or 1 <= day.month <= 12) for day in chain):
        return last.year is not None and last.mark == "/" and first.month is not None
    if last.year is not None and last.mark != "yy":
        return True
    before = max(0, first.start - 24)
    feast = _FEAST.search(key, before, first.start) or _OCCASION.search(key, before, first.start)
    named = (last.day, last.month) in FEASTS
    if (
        (named and feast)
        or (_JUST_NOW.search(key, before, first.start) and key.startswith(")", last.end))
        or (_opens_line(key, first, last) or _lasts(key, chain))
        or (last.mark == "-" and _from_to(chain) and _BOUND.search(key, before, first.start))  # "từ 30-9 đến 2-10"
    ):
        return True
    if last.mark == "." and len(chain) == 1 and last.day > 12 and _CLAUSE.match(key, last.end):
        return _BOUND.search(key, before, first.start) is not None  # "Đến 30.11, …", but no "từ 12.5 lên 13.4"
    if last.mark not in ("/", "0/", "tháng") or _is_something_else(key, first, last):
        return False
    return bool(
        feast
        or _from_to(chain)
        or last.mark == "0/"  # nobody writes 08 in a ratio
        or (len(chain) == 1 and last.mark == "/" and last.day > 12 and _STANDS_ALONE.match(key, last.end))  # 22/12,
        or _BOUND.search(key, before, first.start)
        or (named and key[first.start - 1 : first.start] == "(")
    )


def _from_to(chain: list[_Day]) -> bool:
    """Are they the first and the last day of some time, which no shares can be: "15/11 - 15/12"?"""
    if len(chain) != 2 or chain[1].after != "-" or chain[0].month is None or chain[1].month is None:
        return False
    later = (chain[1].month - chain[0].month) % 12 * 31 + chain[1].day - chain[0].day
    return max(day.day for day in chain) > 12 and 0 < later <= CAMPAIGN


CAMPAIGN = 100  # days that one lasts whose ends are told as "15/11 - 15/12"; feasts lie farther apart
_LINE_OPENS = re.compile(r"(?:^|\n)[\s*•+–-]*(?:[0-9]{1,2}[gh][0-9]{0,2}[,:]? ?)?$")
_SOME_DAYS = re.compile(r"(?:hai|ba|bốn|[2-9]) (?:ngày|đêm|buổi)[^().\n]{0,30}\($")
_FROM_DAY = re.compile(
    r"(?:diễn ra|kéo dài|tranh tài) $|(?:diễn ra|kéo dài|tổ chức|khai mạc|tranh tài) từ $|(?:^|[.\n] ?)từ $"
)


def _opens_line(key: str, first: _Day, last: _Day) -> bool:
    """Is it the day of a line of a calendar: "- 13g30, 04/3: Giải bóng chuyền …"?"""
    if last.mark not in ("/", "0/") or not key.startswith(":", last.end):
        return False
    return _LINE_OPENS.search(key, max(0, first.start - 16), first.start) is not None


def _lasts(key: str, chain: list[_Day]) -> bool:
    """Are they the days that something took: "hai đêm tranh tài (16 - 17/10)", "diễn ra từ 15 đến 17-11"?"""
    if len(chain) != 2 or chain[0].month is not None:
        return False
    first = chain[0].start
    if key.startswith(")", chain[1].end) and _SOME_DAYS.search(key, max(0, first - 48), first):
        return True
    return _FROM_DAY.search(key, max(0, first - 24), first) is not None


def _is_something_else(key: str, first: _Day, last: _Day) -> bool:
    """đường 30/4, trực 24/7, 8/8 chỉ tiêu, 12/12 (đạt 100%)."""
    if (last.day, last.month) == (24, 7) or _NAMED_AFTER.search(key, max(0, first.start - 24), first.start):
        return True
    if units.counted(key, last.end):
        return True
    return key[last.end : last.end + 9].lstrip(" (,").startswith("đạt")


def _resolved(context: Context, chain: list[_Day]) -> tuple[list[date | str], str] | None:
    """Each day with its month and year; `--11-18` where the year stays open. None where there is no such day."""
    found: list[date | str] = []
    how = "written"
    month = year = None
    for day in reversed(chain):
        month = day.month or month
        if month is None:
            return None
        if day.year is not None:
            year = day.year
        elif not found:
            year, how = _year_of_last(context, chain, day.day, month)
        elif isinstance(found[-1], date) and (month, day.day) > (found[-1].month, found[-1].day) and day.month:
            year = found[-1].year - 1  # 15/12 - 20/1/2024
        if year is None:
            if years.day_of(2024, month, day.day) is None:
                return None
            found.append(f"--{month:02}-{day.day:02}")
        elif 1800 <= year <= 2100 and (exact := years.day_of(year, month, day.day)):
            found.append(exact)
        else:
            return None
    return found[::-1], how


def _year_of_last(context: Context, chain: list[_Day], day: int, month: int) -> tuple[int | None, str]:
    """The year of the last of the days, and from where it was read.

    Of a time that began before the page was published and goes on, the first day tells it: "từ 16/4 đến 30/6".
    """
    year, how = years.of_day(context, day, month, chain[-1].start)
    first = chain[-2] if len(chain) > 1 and chain[-1].after == "-" else None
    if how == "published" and first is not None and first.month:
        begun, how = years.of_day(context, first.day, first.month, first.start)
        year = begun if begun is None else begun + ((month, day) < (first.month, first.day))
    return year, how


def _spans(context: Context, start: int, chain: list[_Day], dated: list[date | str], how: str) -> Iterator[Span]:
    """A span for each day, one for a range or for days in a row."""
    index = 0
    while index < len(chain):
        last = index
        while last + 1 < len(chain) and (
            (chain[last + 1].after == "-" and last == index) or _in_a_row(chain, dated, last)
        ):
            last += 1
        begin = start if index == 0 else chain[index].start
        if last > index and index == 0 and (cue := _FROM.search(context.key, max(0, begin - 4), begin)):
            begin = cue.start()
        end = chain[last].end
        if "(" in context.text[begin:end] and context.text.startswith(")", end):
            end += 1
        yield _span(begin, end, dated[index], dated[last], how)
        index = last + 1


_FROM = re.compile(r"(?<!\w)từ $")


def _in_a_row(chain: list[_Day], dated: list[date | str], at: int) -> bool:
    """Are this day and the next one said together: "7 và 8-10", "(4,5,6-10)"?"""
    one, two = dated[at], dated[at + 1]
    return (
        chain[at].month is None and isinstance(one, date) and isinstance(two, date) and two - one == timedelta(days=1)
    )


def _span(start: int, end: int, first: date | str, last: date | str, how: str) -> Span:
    one, two = (day.isoformat() if isinstance(day, date) else day for day in (first, last))
    open_year = not isinstance(first, date)
    return Span(
        kind="date",
        start=start,
        end=end,
        value={"iso": one if one == two else f"{one}/{two}", "precision": "day" if one == two else "period"},
        rule=f"date: day, year {how}",
        confidence={"written": 1.0, "published": 0.95, "page": 0.8}.get(how, 0.6),
        date_start=None if open_year else one,
        date_end=None if open_year else two,
        year=first.year if isinstance(first, date) else None,
    )
