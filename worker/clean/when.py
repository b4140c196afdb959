"""Dates as text states them, in words or figures: visible datelines, and the many forms that meta elements hold.

A time of day is kept where its zone is known: stated, or that of Vietnam for Vietnamese text. Else only the day is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timezone
from functools import cache

from worker.own_data import read_yaml
from worker.vietnamese.clock import VIETNAM


@dataclass(frozen=True, slots=True)
class When:
    """A date in a text: its day, its minute where text and zone give one, and the span that states it."""

    day: date
    at: datetime | None
    start: int
    end: int

    @property
    def iso(self) -> str:
        """ISO 8601: "2023-11-22", or "2024-03-20T11:23+07:00"."""
        return self.at.isoformat(timespec="minutes") if self.at else self.day.isoformat()

    @property
    def precision(self) -> str:
        """How much is stated: day or minute."""
        return "minute" if self.at else "day"


def stated(
    text: str, *, day_first: bool = True, zone: timezone | None = VIETNAM, short_years: bool = False
) -> Iterator[When]:
    """The dates in a short text, left to right.

    `day_first` decides what 03/04/2024 means where both readings are possible. `zone` is that of times of day; None
    where it is not known, so that only days are given. `short_years` reads 25.04.24 too.
    """
    if not _YEAR.search(text):
        return
    matches = list(_dates(named_first=_NAMED_FIRST.search(text) is not None).finditer(text))
    if not matches:
        return
    times = [(match.start(), match.end(), _minute(match)) for match in _TIME.finditer(text)] if zone else []
    for match in matches:
        if match["y7"] and not short_years:
            continue
        day = _day(match, day_first=day_first)
        if zone is None and day is not None and match["a"] and _is_other_weekday(text, day):
            day = _day(match, day_first=not day_first) or day
        if day is None:
            continue
        start, end, at = match.start(), match.end(), None
        near = min(times, key=lambda time: max(time[0] - end, start - time[1]), default=None)
        if near and near[2] is not None and -1 <= max(near[0] - end, start - near[1]) <= _TIME_WITHIN:
            at = datetime(day.year, day.month, day.day, *near[2], tzinfo=zone)
            start, end = min(start, near[0]), max(end, near[1])
        yield When(day, at, start, end)


_TIME_WITHIN = 20  # characters between a date and its time: " - ", ", lúc ", " (GMT+7) ", " - Thứ bảy, ngày "
_TIME = re.compile(
    r"(?<![\d/.:-])(?P<hour>\d{1,2})\s?(?:(?P<colon>:)|h|g(?!\w)|giờ)\s?(?P<minute>\d{2})(?!\d)(?::\d{2})?"
    r"(?:\s?(?:phút|['’]))?(?:\s?(?P<half>SA|CH|AM|PM|am|pm|a\.m\.|p\.m\.)(?!\w))?"
)


def _minute(match: re.Match[str]) -> tuple[int, int] | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match["half"] or "").upper().replace(".", "")
    if half in ("CH", "PM") and hour < 12:
        hour += 12
    elif half in ("SA", "AM") and hour == 12:
        hour = 0
    return (hour, minute) if hour < 24 and minute < 60 else None


_VIETNAMESE_MONTHS = "mười hai|mười một|mười|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín"
_MONTH = r"(?:tháng\s+|thg\.?\s*|th\s?(?=\d))"
"""Before a month's number or name, as WordPress and others write it, too: "12 Th10, 2024", "Tháng Mười 12, 2024"."""
_VIETNAMESE_NUMBERS = {
    name: number
    for number, names in enumerate(
        ["một", "hai", "ba", "tư|bốn", "năm", "sáu", "bảy|bẩy", "tám", "chín", "mười", "mười một", "mười hai"], start=1
    )
    for name in names.split("|")
}


@cache
def _months() -> dict[str, int]:
    data = read_yaml("worker.clean", "months.yaml")
    return {name: number for number, names in data.items() for name in names}


_YEAR = re.compile(r"(?:19|20)\d\d|25[4-9]\d|\d[./]\d")
"""What no date is without."""

_NAMED_FIRST = re.compile(r"[^\W\d_]\.?\s+\d{1,2}(?:st|nd|rd|th)?\s?,?\s+(?:at\s+)?(?:19|20)\d\d", re.IGNORECASE)
"""What a date that begins with its month's name is not without. To look for 200 names at each word costs much."""


@cache
def _dates(*, named_first: bool) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    begun_by_name = (
        rf"|(?<!\w)(?P<m5>{names})\.?\s+(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s+(?:at\s+)?(?P<y5>(?:19|20)\d\d)(?!\d)"
    )
    return re.compile(
        rf"(?<!\d)(?:"
        rf"(?P<y1>(?:19|20)\d\d)\s?[-/.]\s?(?P<m1>\d{{1,2}})\s?[-/.]\s?(?P<d1>\d{{1,2}})(?!\d)"
        rf"|(?P<a>\d{{1,2}})\s?(?P<sep>[-/.])\s?(?P<b>\d{{1,2}})\s?(?P=sep)\s?(?P<y2>(?:19|20)\d\d)(?!\d)"
        rf"|(?P<a7>\d{{1,2}})(?P<sep7>[./])(?P<b7>\d{{1,2}})(?P=sep7)(?P<y7>\d\d)(?![\d.,/])"
        rf"|(?P<d3>\d{{1,2}})\s+{_MONTH}(?P<m3>\d{{1,2}}|{_VIETNAMESE_MONTHS})\s*,?\s+(?:năm\s+)?(?P<y3>(?:19|20)\d\d)(?!\d)"
        rf"|(?<!\w){_MONTH}(?P<m8>\d{{1,2}}|{_VIETNAMESE_MONTHS})\s+(?P<d8>\d{{1,2}}),\s*(?P<y8>(?:19|20)\d\d)(?!\d)"
        rf"|(?P<d4>\d{{1,2}})(?:\.|º|er|st|nd|rd|th)?\s?[\s-]\s?(?:de\s+|of\s+)?(?P<m4>{names})\.?,?[\s-]\s?(?:de\s+|del\s+)?"
        rf"(?P<y4>(?:19|20)\d\d|25[4-9]\d)(?!\d)"
        rf"|(?P<y6>(?:19|20)\d\d)\s?[年년]\s?(?P<m6>\d{{1,2}})\s?[月월]\s?(?P<d6>\d{{1,2}})\s?[日일]"
        rf"){begun_by_name if named_first else ''}",
        re.IGNORECASE,
    )


def _day(match: re.Match[str], *, day_first: bool) -> date | None:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    if "a" in found or "a7" in found:
        first, second = int(found.get("a") or found["a7"]), int(found.get("b") or found["b7"])
        day, month = (first, second) if (day_first and second <= 12) or first > 12 else (second, first)
        return _valid(int(found["y2"]) if "y2" in found else 2000 + int(found["y7"]), month, day)
    form = next(name[1] for name in found if name[0] == "y")
    month_text = found[f"m{form}"].casefold()
    month = (
        int(month_text) if month_text.isdigit() else _months().get(month_text) or _VIETNAMESE_NUMBERS.get(month_text, 0)
    )
    year = int(found[f"y{form}"])
    return _valid(year - _BUDDHIST if year > _LAST_YEAR else year, month, int(found[f"d{form}"]))


_BUDDHIST = 543
"""Years that Thailand counts more: 2566 is 2023."""
_LAST_YEAR = 2100


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"(?<!\w)(mon|tue|wed|thu|fri|sat|sun)(?:(?:s|nes|rs|ur)?day(?!\w)|\.?,|\.? (?=\d))", re.IGNORECASE
)


def _is_other_weekday(text: str, day: date) -> bool:
    """Whether a text names, in English, another day of the week: then 02/11/2014 is to be read the other way."""
    stated = _WEEKDAY.search(text)
    return stated is not None and _WEEKDAYS.index(stated[1].lower()) != day.weekday()


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
