"""The year that a partial date means: "Ngày 18/11" in an article published on 21/11/2022 is 18/11/2022.

From the whole date, where the page says it elsewhere. Else from the day of publication: the last such day that is not
later, for a report tells what has happened; where its sentence looks ahead ("sẽ", "đến hết ngày"; "chào mừng" a feast),
or the day is but some days ahead, the nearest one. Else from the year that the page speaks of. Else the date stays open
(`--11-18`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from worker.facts import cues
from worker.facts.span import Context, Page, read_once
from worker.models import Article
from worker.own_data import read_yaml

_AHEAD = (
    (re.compile(rf"(?<!\w)(?:{cues.any_of('ahead')}|tháng [0-9]{{1,2}} (?:này|tới))(?!\w)"), timedelta(days=183)),
    (re.compile(rf"(?<!\w){cues.any_of('ahead_of_a_feast')}(?!\w)"), timedelta(days=45)),
)
"""What a sentence says that looks ahead, and how far after publication a date may then lie."""
EARLY, LATE = 3, 11  # months in which a year is summed up: until March of the next, or from November on
_SOON = timedelta(days=14)
"""A day so near after publication is of a notice, unless its sentence tells what was: it is not eleven months old."""
_AMENDED = timedelta(days=5)
_WAS = re.compile(r"(?<!\w)(?:đã|vừa|năm (?:ngoái|trước|qua)|khi đó|lúc đó)(?!\w)")
YEAR = r"(?:(?:19|20)[0-9]{2}(?![0-9]))"
"""A year of four digits, for patterns."""


def of_day(context: Context, day: int, month: int, at: int) -> tuple[int | None, str]:
    """The year of a day and month that stand at this offset, and from where it was read: published, page or open."""
    published = context.page.published
    said = _said(context.page).get((day, month))
    if said and (published is None or abs(said - published.year) <= 1):
        return said, "page"
    if published is None:
        year = _summed_up(context, month, at) or context.page.year
        return year, "page" if year else "open"
    ahead = _ahead(context, at)
    days = [found for year in range(published.year + 1, published.year - 5, -1) if (found := day_of(year, month, day))]
    days = [found for found in days if found <= published + ahead]
    if not days:
        return None, "open"
    return (min(days, key=lambda found: abs(found - published)) if ahead else days[0]).year, "published"


def of_month(context: Context, month: int, at: int) -> tuple[int | None, str]:
    """The year of a month without one: as for its first day."""
    return of_day(context, 0 if (0, month) in _said(context.page) else 1, month, at)


_SUMMING_UP = re.compile(r"(?:tổng kết|sơ kết)[^.;\n]{0,150}? năm (20[0-9]{2})(?![0-9])")


def _summed_up(context: Context, month: int, at: int) -> int | None:
    """The year of a day on which a year was summed up, at its end or soon after: "Ngày 14/1 … tổng kết năm 2020"."""
    start, end = context.sentence(at)
    match = _SUMMING_UP.search(context.key, max(start, at - 200), min(end, at + 300))
    if match is None or EARLY < month < LATE:
        return None
    return int(match[1]) + (month <= EARLY)


_YEAR_OF_DAY = re.compile(r"[/.-](20\d\d)(?![\d/])")
_DAY_OF_YEAR = re.compile(r"(?<![\d/.-])(?:([0-3]?\d)[/.-])?([01]?\d)$")


@read_once
def _said(page: Page) -> dict[tuple[int, int], int]:
    """Day and month (day 0: the month alone) -> the one year that the page says with them anywhere."""
    years: dict[tuple[int, int], int] = {}
    for text in (page.article.title, page.article.body, page.article.captions):
        for match, _ in zip(_YEAR_OF_DAY.finditer(text), range(MANY), strict=False):
            if before := _DAY_OF_YEAR.search(text, max(0, match.start() - 6), match.start()):
                key = int(before[1] or 0), int(before[2])
                years[key] = int(match[1]) if years.get(key, int(match[1])) == int(match[1]) else 0
    return {key: year for key, year in years.items() if year}


def _ahead(context: Context, at: int) -> timedelta:
    """How far ahead the sentence looks."""
    start, end = context.sentence(at)
    start, end = max(start, at - 200), min(end, at + 200)
    if told := next((far for pattern, far in _AHEAD if pattern.search(context.key, start, end)), None):
        return told
    return _AMENDED if _WAS.search(context.key, start, end) else _SOON


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


_YEAR = re.compile(r"(?<![\d.,])(?:[0-3]?\d[/.-][01]?\d[/.-]|[Nn](?:ăm|ĂM)\s)((?:19|20)\d\d)(?!\d)")
_BORN = re.compile(r"(?:sinh|mất|góa chồng|nhập ngũ|kết hôn)(?: vào)? $", re.IGNORECASE)
"""What is said before a year of somebody's life, which is none that a page speaks of: "chị X, sinh năm 1981"."""
_GOAL = re.compile(r"(?:phấn đấu|mục tiêu|tầm nhìn|từ nay)(?: đến)?(?: hết| cuối)? $", re.IGNORECASE)
_CONGRESS = re.compile(rf"đại hội[^.;\n]{{0,150}}?nhiệm kỳ ({YEAR}) ?[-–] ?{YEAR}", re.IGNORECASE)
_OF_CONGRESS = re.compile(r"(?:nghị quyết|mừng|kết quả|thành công|tới|thực hiện|triển khai|sau|về) ?$", re.IGNORECASE)
OPENING = 600  # letters in which a report says what it is about
FIRST, FIRST_YEAR, LAST_YEAR = 60, 1990, 2099  # letters behind "kỷ niệm 93 năm"; years of reports
MANY = 200
"""Mentions that are looked at to tell the year of a page."""


def of_page(article: Article) -> int | None:
    """The year that an article without a date of publication speaks of: of its title, else the one named most.

    Where days are told with their years, the latest of them: "ra đời năm 1924, … mất ngày 13/11/2020". But the year of
    an anniversary that is kept ("kỷ niệm 93 năm Ngày thành lập Hội LHPN Việt Nam"), if it names no later one.
    """
    kept = max((year for text in (article.title, article.body) for year in _anniversaries(text)), default=0)
    told = _told(article)
    return max(kept, told or 0) or None if kept else told


_KEPT = re.compile(r"(?:kỷ niệm|chào mừng|mừng|nhân|lần thứ) (?:lần thứ )?([1-9][0-9]{1,3}) năm ([^.;\n]{5,60})")


def _anniversaries(text: str) -> Iterator[int]:
    """The years in which the anniversaries of a text are kept."""
    for match, _ in zip(_KEPT.finditer(text.lower()), range(MANY), strict=False):
        since = (year for year, words in _founded().items() if any(one in match[2][:FIRST] for one in words))
        yield from (year + int(match[1]) for year in since if FIRST_YEAR <= year + int(match[1]) <= LAST_YEAR)


@cache
def _founded() -> dict[int, list[str]]:
    """Year -> what is counted from it."""
    data: dict[int, list[str]] = read_yaml("worker.facts", "data/anniversaries.yaml")
    return data


def _told(article: Article) -> int | None:
    """The year that the article writes out: of a day, of the congress that opens it, else the one named most."""
    for text in (article.title, article.body):
        years, days = Counter[int](), set[int]()
        for match, _ in zip(_YEAR.finditer(text), range(MANY), strict=False):
            if match[0][0].isdigit():
                days.add(int(match[1]))
            elif not any(kind.search(text, max(0, match.start() - 24), match.start()) for kind in (_GOAL, _BORN)):
                years[int(match[1])] += 1
        if days:
            return max(days)
        if (held := _congress(text)) or years:
            return held or max(years, key=lambda year: years[year])
    return None


def _congress(text: str) -> int | None:
    """The first year of the term whose congress is told of: it is held when the term begins."""
    match = _CONGRESS.search(text, 0, OPENING)
    if match is None or _OF_CONGRESS.search(text, max(0, match.start() - 16), match.start()):
        return None
    return int(match[1])


def of_publication(article: Article) -> date | None:
    """The day of publication, where the page states one that exists."""
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None
