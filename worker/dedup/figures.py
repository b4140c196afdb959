"""Figures: the numbers, dates, years, ordinals and places of a text with the words they stand between.

Every year's congress report is last year's with new figures. Its words make it a copy; its figures say that it is not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from worker.dedup import ordinals
from worker.dedup.places import places
from worker.vietnamese import expand, nfc, tone_key

_WRITTEN = re.compile(r"\d+(?:[.,/-]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")
_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?|(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YEARS = re.compile(r"((?:19|20)\d\d)(?:-((?:19|20)\d\d))?")
_MONTH = re.compile(r"(0?[1-9]|1[0-2])[/.-]((?:19|20)\d\d)")
_SPELLED = (
    # (as it is written, in figures): "ngày 20 tháng 11 năm 2023", "20 tháng 11", "tháng 9 năm 2023", "ngày 20.11"
    (re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+((?:19|20)\d\d)(?!\d)"), r"\1/\2/\3"),
    (re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?![\d.,/-]*\d)"), r"\1/\2"),
    (re.compile(r"(?<=tháng )(\d{1,2})\s+năm\s+((?:19|20)\d\d)(?!\d)"), r"\1/\2"),
    (re.compile(r"(?<=ngày )(\d{1,2})\.(\d{1,2})(?![.,]?\d)"), r"\1/\2"),
)
_NO_DIGIT = re.compile(r"\D+")

Context = tuple[str, str, str, str]
"""Kind of a figure (date, year, number; of an ordinal the word that says so), two words before it, one after it.

Of a place its level (xã, phường, huyện) and the word before that."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands in each context, and how often; all dates; and the first one, which is the day of what is told."""

    at: Mapping[Context, Counter[str]] = field(default_factory=dict)
    dates: tuple[str, ...] = ()

    @property
    def years(self) -> frozenset[str]:
        """All years."""
        return frozenset(year for context, values in self.at.items() if context[0] == "year" for year in values)


NEAR = 40
"""Characters before a figure in which the two words before it are looked for: no two syllables are as long."""

_COUNTED = {"year", "date", "number"}

LEAST_NUMBERS = 2
"""Numbers that must differ before numbers alone tell a twin from a corrected copy."""


def figures(title: str, body: str) -> Figures:
    """The figures of an article, by context."""
    written_out = tone_key(expand(nfc(f"{title}\n{body}")))
    text = ordinals.in_figures(written_out).casefold()
    for written, in_figures in _SPELLED:
        text = written.sub(in_figures, text)
    found: defaultdict[Context, Counter[str]] = defaultdict(Counter)
    before, last = "", ""
    end = 0
    waiting: list[tuple[str, str, str, str]] = []
    for match in _WRITTEN.finditer(text):
        if after := _WORD.search(text, end, match.start()):
            _put(found, waiting, after[0])
            *_, before, last = (
                before,
                last,
                *_WORD.findall(text, max(after.start(), match.start() - NEAR), match.start()),
            )
        waiting += [(kind, value, before, last) for kind, value in _read(match[0])]
        end = match.end()
    after = _WORD.search(text, end)
    _put(found, waiting, after[0] if after else "")
    for level, word, name in places(written_out):
        found[level, word, "", ""][name] += 1
    dates = (value for context, values in found.items() if context[0] == "date" for value in values)
    return Figures(found, tuple(dict.fromkeys(dates)))


def _put(found: Mapping[Context, Counter[str]], waiting: list[tuple[str, str, str, str]], after: str) -> None:
    """Count the figures that have waited for the word after them."""
    for kind, value, one, two in waiting:
        counts_nothing = kind == "number" and two in ordinals.BEFORE
        found[two if counts_nothing else kind, one, two, after][value] += 1
    waiting.clear()


def _read(written: str) -> list[tuple[str, str]]:
    """Kind and value of what is written.

    21/11/2023 is a date and a year, 2022-2027 two years, 9/2023 a number and a year, 1.200 a number, 05 the number 5.
    """
    if date := _DATE.fullmatch(written):
        day, month, year = (date[1], date[2], date[3]) if date[1] else (date[4], date[5], date[6])
        if 1 <= int(day) <= 31 and 1 <= int(month) <= 12:
            return [("date", f"{int(day)}/{int(month)}"), *([("year", year)] if year else [])]
    if years := _YEARS.fullmatch(written):
        return [("year", year) for year in years.groups() if year]
    if month := _MONTH.fullmatch(written):
        return [("number", month[1].lstrip("0")), ("year", month[2])]
    return [("number", (written.lstrip("0") or "0") if written.isdigit() else _NO_DIGIT.sub("", written))]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of one kind that differ in the same contexts, and how many agree."""

    kind: str
    agree: int
    differ: int

    def __str__(self) -> str:
        return f"{self.differ} {self.kind}s differ, {self.agree} agree"


def conflict(a: Figures, b: Figures, *, is_excerpt: bool = False) -> Conflict | None:
    """Whether two texts with the same words tell of different things; the kind of figure that says so.

    The day of the event conflicts where neither text has the other's anywhere, unless one `is_excerpt` of the other: it
    need not have the passage with the day, and its introduction may have one; dates, years, ordinals of
    one sort and places of one level where more of them differ than agree; numbers where at least `LEAST_NUMBERS` differ
    and no more agree. A copy with a corrected number does not conflict, and neither does an excerpt, whose figures
    agree as far as it goes, nor a copy whose introduction has a date of its own.
    """
    if not is_excerpt and a.dates and b.dates and a.dates[0] not in b.dates and b.dates[0] not in a.dates:
        return Conflict("date", 0, 1)
    agree: Counter[str] = Counter()
    differ: Counter[str] = Counter()
    for context, here in a.at.items():
        there = b.at.get(context)
        if there is None:
            continue
        if context[0] == "date" and (set(here) & set(b.dates) or set(there) & set(a.dates)):
            agree["date"] += 1  # if not here, then elsewhere
            continue
        both = sum((here & there).values())
        agree[context[0]] += both
        differ[context[0]] += min(sum(here.values()), sum(there.values())) - both
    for kind in ("year", "date"):
        if differ[kind] > agree[kind]:
            return Conflict(kind, agree[kind], differ[kind])
    if differ["number"] >= LEAST_NUMBERS and differ["number"] >= agree["number"]:
        return Conflict("number", agree["number"], differ["number"])
    for kind in sorted(differ.keys() - _COUNTED):
        if differ[kind] > agree[kind]:
            return Conflict("ordinal" if kind in ordinals.BEFORE else "place", agree[kind], differ[kind])
    return None
