"""Themes: what a year, a month of action or a contest was under: "chủ đề năm 2024 “Tăng cường ứng dụng …”"."""

from __future__ import annotations

from collections.abc import Iterator

from worker.facts.quotes import quotes_of
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
            yield _span(
                words, quote.first, quote.end, _year(words, quote.head, quote.first) or context.page.year, "quoted"
            )
    for hit in words.all("head"):
        if hit.entry.data[0] == "theme" and (first := _after_colon(words, hit)) and first not in quoted:
            yield _span(words, first, _end(words, first), _year(words, hit, first), "colon")


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


def _year(words: Words, head: Hit, first: int) -> int | None:
    """The year that stands between "chủ đề" and the theme, or right before "chủ đề" ("Năm 2023, với chủ đề …")."""
    for index in (*range(head.first, first), *range(max(0, head.first - 6), head.first)):
        if year := year_at(words, index):
            return year
    return None


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
