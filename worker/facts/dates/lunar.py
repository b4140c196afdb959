"""Days of the lunar calendar: marked as such and left unresolved, for the solar day differs every year."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from worker.facts.span import Context, Span

log = logging.getLogger(__name__)

_STEM = "giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý"
_BRANCH = "tý|tí|sửu|dần|mão|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi"
_NUMBER = r"[0-3]?[0-9]|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
_MONTH = r"1[0-2]|0?[1-9]|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười"
_YEAR = rf"(?: (?:tết )?(?:nguyên đán )?(?:năm )?(?:{_STEM}) (?:{_BRANCH})(?!\w))?"
_LUNAR_MONTH = r"tháng (?:giêng|chạp)"

# mùng 3 Tết Giáp Thìn; mùng Mười tháng Giêng; 23 tháng Chạp; rằm tháng Bảy; 29 Tết. Each begins with a word that is
# rare, so the text is walked once for it.
_LUNAR_DAY = re.compile(
    rf"(?:mùng|mồng) (?:{_NUMBER}) (?:tết|{_LUNAR_MONTH})(?!\w){_YEAR}"
    rf"|rằm tháng (?:giêng|chạp|{_MONTH})(?!\w){_YEAR}"
    rf"|(?:{_LUNAR_MONTH})(?!\w){_YEAR}"
    rf"|tết(?! (?:nguyên|cổ|trung|vì|quân|sum|đoàn|yêu|cho|tại|ở))(?!\w){_YEAR}"
)
_BEFORE = re.compile(r"(?<!\w)(?:(?:sáng|chiều|tối|đêm|ngày) )*(?:2[0-9]|30|[0-3]?[0-9]) $")
_SAID = re.compile(r",? \(?(?:âm lịch|al|lịch (?:âm|chăm|khmer|hồi giáo|mông|thái)|(?:chăm|khmer) lịch)(?!\w)")
_OF_YEAR = re.compile(rf"\)?,? (?:năm )?(?:[12][0-9]{{3}}|(?:{_STEM}) (?:{_BRANCH}))(?!\w)")
_NAMED_YEAR = re.compile(rf",? năm (?:{_STEM}) (?:{_BRANCH})(?!\w)")
"""The year of the lunar calendar behind a day of it: "(tức ngày 28 tháng 9 năm Canh Tý)"."""


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The lunar days of a part."""
    if not any(word in context.lower for word in ("mùng ", "mồng ", "rằm ", "giêng", "chạp", "tết")):
        return
    for match in _LUNAR_DAY.finditer(context.key):
        start = match.start()
        if start and context.key[start - 1].isalnum():
            continue
        if match[0].startswith(("t",)):  # tháng Chạp, Tết: a day only with its number before it
            before = _BEFORE.search(context.key, max(0, start - 24), start)
            if before is None or not _is_day(match[0], before[0]):
                continue
            start = before.start()
        yield span(context, start, match.end())


def _is_day(what: str, before: str) -> bool:
    """29 Tết and 30 Tết are days (23 to 30 of the twelfth month); "5 Tết" is nothing."""
    number = int(before.rsplit(maxsplit=1)[-1])
    return 23 <= number <= 30 if what.startswith("tết") else 1 <= number <= 30


def said(key: str, position: int) -> int:
    """Where "âm lịch", or a year of that calendar, ends that follows the date ending here; 0 where none does."""
    match = _SAID.match(key, position) or _NAMED_YEAR.match(key, position)
    return match.end() if match else 0


def days(context: Context, start: int, end: int) -> list[Span]:
    """The days that are said to be lunar. "15/7 âm lịch" without its year is a feast of every year, and no day."""
    if _OF_YEAR.match(context.key, end) or _OF_YEAR.search(context.key, start, end):
        return [span(context, start, end)]
    context.spend(start, end)
    log.debug("dropped %r: a lunar day without its year", context.text[start:end])
    return []


def span(context: Context, start: int, end: int) -> Span:
    """A lunar day: its words are its value."""
    context.spend(start, end)
    return Span(
        kind="date",
        start=start,
        end=end,
        value={"iso": None, "lunar": context.text[start:end], "precision": "lunar"},
        rule="date: lunar",
        confidence=0.9,
    )
