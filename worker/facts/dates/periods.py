"""Months, years and terms: "tháng 10-2021", "giai đoạn 2017 -2025", "nhiệm kỳ 2022 – 2027", "năm học 2023-2024".

A period of years is START/END in years, one of months or quarters in months or days. `dates` calls these readers; each
answers None where what stands there is none of its own.
"""

from __future__ import annotations

import logging
import re
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

from worker.facts import cues, units
from worker.facts.dates import years as resolve
from worker.facts.dates.years import YEAR
from worker.facts.numbers import Numeral
from worker.facts.span import Context, Span

log = logging.getLogger(__name__)

_CONFIDENCE = {"written": 1.0, "published": 0.9, "page": 0.8, "open": 0.6}


def span(start: int, end: int, iso: str, first: str | None, last: str | None, precision: str, how: str) -> Span:
    """The fact [start, end): `iso` as it is told, from the day `first` to `last`; `how` says whose word the year is."""
    return Span(
        kind="date",
        start=start,
        end=end,
        value={"iso": iso, "precision": precision},
        rule=f"date: {precision}, year {how}",
        confidence=_CONFIDENCE[how],
        date_start=first,
        date_end=last,
        year=int(first[:4]) if first else None,
    )


def spoken(context: Context, word: str | None) -> tuple[int | None, str]:
    """The year that "năm nay", "năm ngoái" or nothing at all means on this page."""
    published = context.page.published
    year = published.year if published else context.page.year
    if year is None:
        return None, "open"
    return year - (word in ("ngoái", "trước")), "published" if published else "page"


# --- tháng 10-2021, từ tháng 1 đến tháng 6/2024, tháng 9 và tháng 10 năm 2023


class _Month(NamedTuple):
    start: int
    end: int
    month: int
    year: int | None
    after: str


_EACH = re.compile(rf"(?:[0-9] ?|(?<!\w){cues.any_of('each')} )$")
_MONTH_BEFORE = re.compile(r"(?<!\w)(từ |giữa |cuối |đầu )?(tháng )$")
_MONTH = re.compile(
    rf"([0-9]{{1,2}})(?:(?: ?/ ?|-|\.| - |,? (?:của )?năm )({YEAR})|(?: (?:của )?năm (nay|ngoái)))?"
    r"(?![0-9]|[/.\-,][0-9]|\w|%)"
)
_SHORT_MONTH = re.compile(rf"([0-9]{{1,2}})(?=[-,–][0-9]{{1,2}}[/\-]{YEAR})")  # 5-6/2023
_MONTH_JOIN = re.compile(
    r"( ?(?:-|–|—| đến| đến hết| tới) ?)(?:hết )?(?:tháng )?|( ?(?:,|và) )tháng |, ?(?=[0-9])| và "
)
_MONTH_YEAR = re.compile(rf"([0-9]{{1,2}})[/\-.]({YEAR})(?!/[0-9a-zđ])")


def months(context: Context, numeral: Numeral) -> list[Span] | None:
    """The months written at this numeral."""
    key = context.key
    if not numeral.whole and numeral.form != "dotted":
        return None
    before = None
    if key.endswith("tháng ", 0, numeral.start):
        before = _MONTH_BEFORE.search(key, max(0, numeral.start - 12), numeral.start)
    if before is None:
        return _bare_month(context, numeral)
    if _EACH.search(key, max(0, before.start(2) - 6), before.start(2)):  # "6 tháng 10 hộ", "mỗi tháng 1 lần"
        return None
    found = _months(context, numeral.start)
    if not found:
        return _no_month(context, numeral, before.start(2))
    end = found[-1].end
    counts = units.counted(key, end) and not context.text[end + 1 : end + 3].istitle()  # "Tháng 10 Hội LHPN xã …"
    if found[-1].year is None and (counts or context.quote(numeral.start)):
        return None  # "Tháng 3 biên giới"
    ranged = found[-1].after == "-"
    start = before.start() if (before[1] == "từ ") == ranged and before[1] == "từ " else before.start(2)
    context.spend(start, found[-1].end)
    return list(_month_spans(context, start, found))


def _no_month(context: Context, numeral: Numeral, start: int) -> list[Span] | None:
    """Nothing, and no other reading, where "tháng 13/2023" says a year too and so cannot be anything but a month."""
    match = _MONTH.match(context.key, numeral.start)
    if match is None or not match[2]:
        return None
    return dropped(context, start, match.end(), "there is no such month")


def dropped(context: Context, start: int, end: int, why: str) -> list[Span]:
    """What is written there is no time, and nothing else."""
    context.spend(start, end)
    log.debug("dropped %r: %s", context.text[start:end], why)
    return []


def _year_of(context: Context, groups: tuple[str | None, ...]) -> int | None:
    if groups[1]:
        return int(groups[1])
    return spoken(context, groups[2])[0] if groups[2] else None


def _months(context: Context, position: int) -> list[_Month]:
    key = context.key
    found: list[_Month] = []
    after = ""
    while len(found) < 12 and (match := _MONTH.match(key, position) or _SHORT_MONTH.match(key, position)):
        if not 1 <= int(match[1]) <= 12:
            break
        groups = (*match.groups(), None, None)
        start = position - len("tháng ") if found and key.endswith("tháng ", 0, position) else position
        found.append(_Month(start, match.end(), int(match[1]), _year_of(context, groups), after))
        joined = _MONTH_JOIN.match(key, match.end())
        if not joined or after == "-" or (groups[1] and not joined[1]):
            break
        position, after = joined.end(), "-" if joined[1] else ","
    # After a comma a number is a month only where a year closes the list: "tháng 9, 10/2023", not "tháng 9, 30 chị"
    while len(found) > 1 and found[-1].year is None and not key.startswith("tháng", found[-1].start):
        found.pop()
    return found


def _month_spans(context: Context, start: int, found: list[_Month]) -> Iterator[Span]:
    last = found[-1]
    year, how = (last.year, "written") if last.year else resolve.of_month(context, last.month, start)
    if year is None:
        yield span(start, last.end, f"--{last.month:02}", None, None, "month", "open")
        return
    if last.after == "-":
        first = found[0]
        begin = first.year or (year if first.month <= last.month else year - 1)
        one, two = f"{begin}-{first.month:02}", f"{year}-{last.month:02}"
        end_day = f"{two}-{monthrange(year, last.month)[1]:02}"
        yield span(start, last.end, f"{one}/{two}", f"{one}-01", end_day, "period", how)
        return
    for index, month in enumerate(found):
        own = month.year or last.year or resolve.of_month(context, month.month, start)[0] or year
        iso = f"{own}-{month.month:02}"
        end_day = f"{iso}-{monthrange(own, month.month)[1]:02}"
        yield span(start if index == 0 else month.start, month.end, iso, f"{iso}-01", end_day, "month", how)


def _bare_month(context: Context, numeral: Numeral) -> list[Span] | None:
    """10/2021 without "tháng": the year says enough, but a number of a document (số 10/2021/NĐ-CP) is none."""
    match = _MONTH_YEAR.match(context.key, numeral.start)
    if not match or not 1 <= int(match[1]) <= 12 or units.counted(context.key, match.end()):
        return None  # 1/1920 cơ sở Hội is a share
    if _NUMBERED.search(context.key, max(0, numeral.start - 16), numeral.start):
        return None
    context.spend(numeral.start, match.end())
    iso = f"{match[2]}-{int(match[1]):02}"
    end_day = f"{iso}-{monthrange(int(match[2]), int(match[1]))[1]:02}"
    return [span(numeral.start, match.end(), iso, f"{iso}-01", end_day, "month", "written")]


def short_month(context: Context, numeral: Numeral) -> list[Span] | None:
    """T9/2026, tháng 9.2026: months that look like a code, or a number of four decimals."""
    if context.key.endswith("tháng ", 0, numeral.start):
        return months(context, numeral)
    start = numeral.start - 1
    if start < 0 or context.key[start] != "t" or (start and context.key[start - 1].isalnum()):
        return None
    return _bare_month(context, numeral)


_NUMBERED = cues.before("numbered", gap=":? ")


# --- năm 2023, giai đoạn 2017 -2025, nhiệm kỳ 2022 – 2027, từ năm 2017 đến năm 2023

_YEAR_BEFORE = cues.Before(
    rf"(?<!\w)(?:(?P<period>{cues.any_of('periods')})[ :(]*(?:từ )?(?:năm )?"
    r"|(?P<each>(?:mỗi|hằng|hàng|một|từng) năm )|(?P<year>năm(?: học)? ?)"
    rf"|(?P<bound>{cues.any_of('year_bounds')}(?: đến)?(?: khoảng)? ))$",
    [*cues.words("periods"), *cues.words("year_bounds"), "từ", "năm", "học", "đến", "khoảng"],
)
_TO = re.compile(r" ?(?:-|–|đến|tới) ?[0-9][0-9.,]*")
_MORE = re.compile(r" ?(?:đồng|đ|%|nghìn|ngàn|triệu|tỷ)(?!\w)")
_YEARS = re.compile(
    rf"({YEAR}) ?(?:-|–|—|đến(?: hết)?(?: năm)?|tới(?: năm)?|/|và(?: năm)?) ?({YEAR})(?![/.\-][0-9a-zđ])"
)
_SHORT_YEARS = re.compile(rf"({YEAR})[-–]([0-9]{{2}})(?![0-9/\-]|\.[0-9])")


def years(context: Context, index: int) -> list[Span] | None:
    """The year, or the period of years, that this numeral begins."""
    numeral = context.numerals[index]
    key, start = context.key, numeral.start
    if numeral.form != "int" or numeral.end - start != 4 or not 1800 <= int(numeral.value) <= 2100:
        return None
    before = _YEAR_BEFORE.search(key, max(0, start - 26), start)
    if before and before["each"] and units.counted(key, numeral.end):
        return None  # mỗi năm 2000 suất quà
    period = _period(context, numeral, before)
    if period is not None:
        return period
    if before is None and _BORN_SHORT.search(key, max(0, start - 5), start):
        return dropped(context, start, numeral.end, "a year of birth")
    return _year(context, index, before)


def _year(context: Context, index: int, before: re.Match[str] | None) -> list[Span] | None:
    """The one year at this numeral, if what stands before says that it is one."""
    if before is None:
        return _next_of_list(context, index)
    if before["bound"] and _is_bound_of_numbers(context, index):
        return None
    start = context.numerals[index].start
    if not before["bound"]:
        start = context.key.rindex("năm", 0, start) if "năm" in before[0] else before.start()
    if month := _MONTH_IN_WORDS.search(context.key, max(0, start - 16), start):
        return [_month_in_words(context, month, context.numerals[index])]
    year = _one_year(context, start, context.numerals[index])
    if _BORN.search(context.key, max(0, start - 10), start):
        year.rule = OF_BIRTH
    return [year]


_IN_WORDS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_MONTH_IN_WORDS = re.compile(rf"(?<!\w)tháng ({'|'.join(_IN_WORDS)})(?: của)? $")  # "tháng Ba năm 2020"


def _month_in_words(context: Context, month: re.Match[str], year: Numeral) -> Span:
    context.spend(month.start(), year.end)
    number = _IN_WORDS.index(month[1]) + 1
    iso = f"{year.value}-{number:02}"
    last = f"{iso}-{monthrange(int(year.value), number)[1]:02}"
    return span(month.start(), year.end, iso, f"{iso}-01", last, "month", "written")


_BORN_SHORT = re.compile(r"(?<!\w)(?:sn|s\.n)[:.]? ?$")  # "(SN 1962)" says who, not when
_BORN = re.compile(r"(?<!\w)(?<!hy )sinh (?:vào )?$")  # "hy sinh": fell in a war
OF_BIRTH = "date: year of birth"
"""The rule of a year in which somebody was born."""


def _is_bound_of_numbers(context: Context, index: int) -> bool:
    """từ 2000 hội viên; từ 1000 đến 2000 đồng; từ 2000 đến 2500 người."""
    key, numeral = context.key, context.numerals[index]
    if units.counted(key, numeral.end) or _MORE.match(key, numeral.end):
        return True
    if index and numeral.start - context.numerals[index - 1].end < 7:
        return True
    to = _TO.match(key, numeral.end)
    return to is not None and (units.counted(key, to.end()) or _MORE.match(key, to.end()) is not None)


def _one_year(context: Context, start: int, numeral: Numeral) -> Span:
    context.spend(start, numeral.end)
    year = int(numeral.value)
    return span(start, numeral.end, str(year), f"{year}-01-01", f"{year}-12-31", "year", "written")


def _period(context: Context, numeral: Numeral, before: re.Match[str] | None) -> list[Span] | None:
    key = context.key
    cued = before is not None and bool(before["period"] or before["year"])
    match = _YEARS.match(key, numeral.start) or (_SHORT_YEARS.match(key, numeral.start) if cued else None)
    if match is None:
        return None
    written, first = match[0], int(match[1])
    last = int(match[2]) if len(match[2]) == 4 else int(match[1][:2] + match[2])
    if before is not None and before["period"] and last < first:
        return dropped(context, before.start(), match.end(), "it ends before it begins")
    if not first < last <= first + 100 or ("/" in written and last != first + 1) or " và " in written:
        return None
    if before is None and (" đến" in written or units.counted(key, match.end())):
        return None  # 2000-2050 hội viên, 1990/1991 cơ sở
    start = before.start() if before and not before["each"] else numeral.start
    context.spend(start, match.end())
    precision = "term" if before and (before["period"] or "").startswith("nhiệm") else "period"
    return [span(start, match.end(), f"{first}/{last}", f"{first}-01-01", f"{last}-12-31", precision, "written")]


_LISTED = re.compile(r" ?(?:,|và|,? và) ?$")


def _next_of_list(context: Context, index: int) -> list[Span] | None:
    """2022 of "năm 2021, 2022 và 2023": a year that follows a year that was just read."""
    if index == 0:
        return None
    last, numeral = context.numerals[index - 1], context.numerals[index]
    gap = context.key[last.end : numeral.start]
    if (
        last.start not in context.spent
        or len(gap) > 5
        or not _LISTED.fullmatch(gap)
        or units.counted(context.key, numeral.end)
    ):
        return None
    if last.form != "int" or last.end - last.start != 4 or not 1900 <= int(last.value) <= 2100:
        return None
    return [_one_year(context, numeral.start, numeral)]
