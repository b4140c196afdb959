"""Themes: what a year, a month of action or a contest was under: "chủ đề năm 2024 “Tăng cường ứng dụng …”".

Its year stands between the two words, else it is that of the nearest date of its sentence, what "năm nay" means there,
or the year of the sentence before. A theme of which none of them tells is left without: the day of publication of a
report is often of another year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from worker.facts.quotes import Quote, quotes_of
from worker.facts.span import Context, Span
from worker.facts.words import Hit, Words, words_of, year_at

LONGEST = 45  # words in a theme
REACH = 9  # words from "chủ đề" to its year and its colon
_OWN = frozenset(("lễ hội", "festival", "liên hoan"))
"""What a theme is a part of the name of: the event is told with it (events.py)."""


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The themes that this part states."""
    words = words_of(context)
    quoted = {quote.first: quote for quote in quotes_of(context)}
    for quote in quoted.values():
        if quote.kind == "theme" and quote.head and not quote.chained and not _of_event(words, quote.head):
            yield _span(words, quote.first, quote.end, _year(context, words, quote.head, quote), "quoted")
    for hit in words.all("head"):
        if hit.entry.data[0] == "theme" and (first := _after_colon(words, hit)) and first not in quoted:
            end = _end(words, first)
            yield _span(words, first, end, _year(context, words, hit, range(first, end)), "colon")


def _span(words: Words, first: int, end: int, year: int | None, rule: str) -> Span:
    name = " ".join(words.written(first, end).split())
    return Span(
        kind="theme",
        start=words.starts[first],
        end=words.ends[end - 1],
        value={"name": name, "year": year},
        rule=rule,
        name=name,
        year=year,
    )


_NEXT = re.compile(r"(?<!\w)năm (?:mới|tới|sau|kế tiếp)(?!\w)")
_LAST = re.compile(r"(?<!\w)năm (?:trước|ngoái|vừa qua|qua)(?!\w)")
_THIS = re.compile(
    r"(?<!\w)(?:năm nay|(?:[369]|ba|sáu|chín) tháng (?:qua|đầu năm|cuối năm)|từ đầu năm|chủ đề (?:công tác )?năm)(?!\w)"
)
LATE = 7
"""From this month on "năm qua" is the year of publication; "năm mới" is that until February."""


def _year(context: Context, words: Words, head: Hit, theme: Quote | range) -> int | None:
    """The year of a theme that "chủ đề" at `head` leads to."""
    first, end = (theme.first, theme.end) if isinstance(theme, Quote) else (theme.start, theme.stop)
    for index in range(head.first, first):
        if year := year_at(words, index):
            return year
    at, behind = words.starts[head.first], words.ends[end - 1]
    begin, last = context.sentence(at)[0], context.sentence(behind - 1)[1]
    before = [*_years(context, begin, at)]
    if _NEXT.search(context.key, at, words.starts[first]) or not before:
        meant = _meant(context, at if before else begin, last)
        if meant:
            return meant
    if before:
        return before[-1]
    after = next(iter(_years(context, behind, last)), None)
    if after:
        return after
    paragraph = context.paragraph(at)[0]
    told = [*_years(context, context.sentence(begin - 1)[0], begin)] if begin > paragraph else []
    return told[-1] if told else None


def _years(context: Context, start: int, end: int) -> Iterator[int]:
    """The years of dates between two places: not of terms, of several years, of documents, or of times to come."""
    published = context.page.published
    for span in context.overlapping(start, end, "date"):
        if span.year is None or span.value.get("precision") == "term":
            continue
        if span.date_end and int(span.date_end[:4]) > span.year + 1:  # "năm học 2023 - 2024" is one
            continue
        if (published and span.year > published.year + 1) or context.taken(span.start, span.end, "document"):
            continue
        yield span.year


def _meant(context: Context, start: int, end: int) -> int | None:
    """What "năm nay", "năm qua", "năm mới" mean in an article of that day; None where none of them stands there."""
    published, key = context.page.published, context.key
    if published is None:
        return None
    if _NEXT.search(key, start, end):
        return published.year + (published.month > 2)
    if _LAST.search(key, start, end):
        return published.year - (published.month < LATE)
    return published.year if published.month > 2 and _THIS.search(key, start, end) else None


def _after_colon(words: Words, hit: Hit) -> int:
    """Where a theme without quotation marks begins: after "chủ đề … năm 2023 là:"; 0 if there is none."""
    for index in range(hit.end - 1, min(hit.end + REACH, len(words) - 1)):
        gap = words.gap(index)
        if gap == ":":
            stated = any(key.isdigit() and len(key) == 4 for key in words.keys[hit.end : index + 1])
            return index + 1 if stated or index == hit.end - 1 else 0
        if gap != " ":
            return 0
    return 0


def _end(words: Words, first: int) -> int:
    """The end of a theme without quotation marks: the next semicolon or full stop."""
    end = first + 1
    while end < first + LONGEST and not {".", ";", "\n", "…", "!"} & set(words.gap(end - 1)):
        end += 1
    return end


def _of_event(words: Words, head: Hit) -> bool:
    """Is it the theme of a festival, which bears it in its name, or of a national day?"""
    for index in range(head.first - 1, max(0, head.first - 8), -1):
        if words.gap(index) not in (" ", "-"):
            return False
        if (hit := words.at(index, "head")) and hit.entry.name in _OWN:
            return True
        if words.keys[index] == "ngày" and words.capital(index) and words.capital(index + 1):
            return True
    return False
