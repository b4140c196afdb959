"""Which numbers were gathered over several years: "trong nhiệm kỳ 2016 - 2021 đã giúp 1.200 hộ", "5 năm qua".

Beside the figures of single years they say something else, so a fact carries the first of its years (`since`). A period
holds for the numbers of its sentence, and behind it for those of its paragraph; in the report of a congress, which sums
up a term, for the paragraphs that follow, too. A single year that stands nearer, a yearly number ("mỗi năm") and what
is there at one time ("hiện có", a balance) end it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from worker.facts.scope.indicators import stocks
from worker.facts.span import Context, Span

TERM = 5
"""Years of a term of the unions' congresses."""
LONGEST = 20
_SO_MANY = {"hai": 2, "ba": 3, "bốn": 4, "mười": 10, "hai mươi": 20}
_NUMBER = rf"(?:0?(?P<%s>[2-9]|1[0-9]|20)|(?P<%s>{'|'.join(sorted(_SO_MANY, key=len, reverse=True))}))"
_PAST = re.compile(
    rf"(?<!\w)(?:(?:trong|qua|sau) (?:suốt )?{_NUMBER % ('behind', 'behind_word')} năm"
    r"(?! tuổi|\w| [12][0-9]{3}| liền)"
    rf"|{_NUMBER % ('before', 'before_word')} năm (?:vừa |đã )?(?:qua|gần đây|trở lại đây)"
    r"|(?P<term>nhiệm kỳ (?:vừa )?qua|trong nhiệm kỳ(?! (?:tới|mới|này|[12][0-9]{3}))))(?!\w)"
)
_HINT = re.compile(r"năm|nhiệm kỳ")
AROUND = 20
"""Characters around one of these in which such a period stands: to look there costs a tenth of looking everywhere."""
_KEPT = re.compile(r"(?:kỷ niệm|lần thứ|nhân|mừng)[^,.;\n]{0,20}$")
_TO_NOW = re.compile(r"[^.;\n]{0,12}? (?:cho )?(?:đến|tới) (?:nay|thời điểm)")
_NO_TERM = re.compile(
    r"(?<!\w)(?:mỗi năm|hằng năm|hàng năm|bình quân|hiện(?: có| nay| đang)?|đến nay|tính đến|trong năm|năm nay"
    r"|(?:nhân )?dịp này|tại (?:buổi|đại hội|hội nghị)|phát động)(?!\w)"
)
_CONGRESS = re.compile(r"(?<!\w)đại hội(?!\w)")
_FIRST = 24  # characters of a paragraph within which a period holds for those that follow
OPENING = 600
"""Characters in which a report says that it is a congress's."""
REACH = 12
"""Paragraphs of a congress's report for which a period holds."""


class _Mark(NamedTuple):
    start: int
    end: int
    since: int | None  # None: a single year


class Terms:
    """Reads one part of an article, given where its single years stand and the year that it is of."""

    def __init__(self, context: Context, years: Sequence[int], year: int | None) -> None:
        self._context = context
        self._marks: list[_Mark] = []
        if year is not None:
            found = [*self._dated(year), *self._told(year)]
            if found:
                self._marks = sorted([*found, *(_Mark(start, start, None) for start in years)])
        said = f"{context.page.article.title.lower()}\n{context.key[:OPENING]}" if self._marks else ""
        self._congress = _CONGRESS.search(said) is not None

    def since(self, span: Span, indicator: str | None) -> int | None:
        """The first of the years over which a counted number was gathered; None where that is one year or none."""
        if not self._marks or indicator is None or indicator in stocks() or span.kind == "ratio":
            return None
        context, marks = self._context, self._marks
        (first, last), paragraph = context.sentence(span.start), context.paragraph(span.start)[0]
        at = bisect_left(marks, (span.start,))
        before = marks[at - 1] if at else None
        if before is not None and before.start >= first:
            return None if self._is_of_a_time(before.end, span.start) else before.since
        after = marks[at] if at < len(marks) else None
        if after is not None and after.start < last and self._joins(span.end, after.start):
            return after.since
        if before is None or self._is_of_a_time(first, span.start):
            return None
        return before.since if before.start >= paragraph or self._goes_on(before.start, paragraph) else None

    def _is_of_a_time(self, start: int, end: int) -> bool:
        return _NO_TERM.search(self._context.key, start, end) is not None

    def _joins(self, end: int, start: int) -> bool:
        """Is a period behind a number in its clause: "giúp 1.200 hộ trong 5 năm qua"?"""
        return not any(mark in self._context.key[end:start] for mark in ",;:") and start - end < REACH * 4

    def _goes_on(self, start: int, paragraph: int) -> bool:
        """Does a period hold for a later paragraph of a congress's report?"""
        own = self._context.paragraph(start)[0]
        near = self._context.key.count("\n", start, paragraph) <= REACH
        return self._congress and near and start - own <= _FIRST

    def _dated(self, year: int) -> list[_Mark]:
        """The periods that are told by their years, and are over: "giai đoạn 2017 - 2021", "từ năm 2017 đến nay"."""
        context, found = self._context, []
        for span in context.found:
            if span.kind != "date" or not span.date_start or context.taken(span.start, span.end, "document"):
                continue
            first, last = int(span.date_start[:4]), int((span.date_end or span.date_start)[:4])
            to_now = _TO_NOW.match(context.key, span.end) if first == last < year else None
            if (first < last <= year or to_now) and year - first <= LONGEST and context.quote(span.start) is None:
                found.append(_Mark(span.start, to_now.end() if to_now else span.end, first))
        return found

    def _told(self, year: int) -> list[_Mark]:
        """The periods that are told by how many years they are: "trong 5 năm qua", "nhiệm kỳ qua"."""
        key, found = self._context.key, list[_Mark]()
        for hint in _HINT.finditer(key):
            match = _PAST.search(key, max(0, hint.start() - AROUND), hint.end() + AROUND)
            if match is None or (found and found[-1].start == match.start()):
                continue
            if _KEPT.search(key, max(0, match.start() - 40), match.start()) or self._context.quote(match.start()):
                continue
            digits = match["behind"] or match["before"]
            word = match["behind_word"] or match["before_word"]
            found.append(
                _Mark(match.start(), match.end(), year - (int(digits) if digits else _SO_MANY.get(word or "", TERM)))
            )
        return found
