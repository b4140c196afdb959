"""Which numbers are not done yet: targets, plans, pledges and what somebody is asked for.

A word that looks ahead ("phấn đấu", "sẽ", "đề ra chỉ tiêu") holds for the numbers behind it in its sentence, or in the
list that it opens, up to a word that tells what is done ("đã", "đến nay"). So does a day after that of publication, or,
where the page does not state one, a year after the last of the days that it names. "At least so many" is a norm.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from worker.facts import cues
from worker.facts.span import Context, Span

_SET = ("đề ra", "đặt ra", "thông qua", "xác định", "biểu quyết")
_HEADS = ("phương hướng", "nhiệm vụ", "mục tiêu")
_ASKED = ("đề nghị", "kiến nghị", "yêu cầu", "đề xuất")
_PLEDGED, _SIGNED = "cam kết", "đăng ký"
_AIMS = (
    rf"(?:{cues.any_of('plans')}"
    rf"|(?:{'|'.join(_SET)})"
    r"(?:(?! đạt| vượt)[^.;:\n]){0,60}? (?:chỉ tiêu|mục tiêu|phương hướng)"
    rf"|(?<!thực hiện )(?:{'|'.join(_HEADS)}) (?:[^\W\d_]+ ){{0,2}}"
    r"(?:quý|năm|6 tháng|nhiệm kỳ|thời gian|giai đoạn|đến năm|sắp)[^,.;:\n]{0,30}:"
    r")(?!\w)"
)
_OF_A_CLAUSE = (
    rf"(?:{cues.any_of('plans_of_a_clause')}"
    rf"|(?<!theo )(?<!vượt )(?<!hơn )(?<!đáp ứng )(?:{'|'.join(_ASKED)})"
    rf"|{_PLEDGED} (?:sẽ |tiếp tục )*(?:hỗ trợ|tặng|trao|đỡ đầu|nhận đỡ đầu|tài trợ|ủng hộ|giúp|xây|cho vay|đồng hành)"
    rf"|{_SIGNED} (?:giúp|xây|đỡ đầu|nhận đỡ đầu|hỗ trợ))(?!\w)"
)
_AHEAD = re.compile(rf"(?<!\w)(?:{_AIMS}|(?P<clause>{_OF_A_CLAUSE}))")
_WORDS = (*cues.words("plans"), *cues.words("plans_of_a_clause"), *_SET, *_HEADS, *_ASKED, _PLEDGED, _SIGNED)
"""One of these stands where `_AHEAD` does: whether it does is told ten times as fast."""
_DONE = re.compile(rf"(?<!\w){cues.any_of('done')}(?!\w)")
_OPENS_A_LIST = re.compile(rf"(?<!\w)(?:{_AIMS}|phương hướng|nhiệm vụ trọng tâm)[^\n]{{0,160}}:\s*$")
_ITEM = re.compile(r"\s*[-–*+•]")
_NORMS = frozenset({"ít nhất", "tối thiểu"})
OPENING = 14
"""Characters of a sentence within which a day to come holds for all of it: "Đến cuối năm 2030, …; …"."""
LIST = 16
"""Items of a list that are looked back over for what opens it."""
FEW = 8
"""Words in a sentence that look ahead, or back, of which the last before a number are asked."""
_KINDS = ("money", "ratio", "quantity", "document")


class Plans:
    """Reads one part."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._words = list(filter(context.key.__contains__, _WORDS))
        self._sentence = self._end = -1
        self._marks: list[tuple[int, str]] = []  # of the sentence: where it looks ahead, or back
        self._lists: dict[int, bool] = {}
        self._year = _year_of(context)

    def hold(self, span: Span) -> bool:
        """Is a counted span something that is not done yet?"""
        if span.rule == "quantity: place":
            return False  # "đề nghị Hội LHPN 5 thành phố": who is asked
        first, last = self._context.sentence(span.start)
        if first != self._sentence:
            if first == self._end and self._goes_on(first):
                self._marks = self._marks[-FEW:] + self._read(first, last)
            else:
                self._marks = self._read(self._opening(first), last)
            self._sentence, self._end = first, last
        if span.qualifier in _NORMS:
            return True
        behind = bisect_right(self._marks, span.start, key=lambda mark: mark[0])
        for at, says in reversed(self._marks[max(0, behind - FEW) : behind]):
            if says == "done":
                return False
            if says == "ahead" or self._context.key.find(";", at, span.start) < 0:
                return True
        return self._in_a_list(self._context.paragraph(span.start)[0])

    def _goes_on(self, first: int) -> bool:
        """Does a semicolon join a sentence to the one before it?"""
        return self._context.key[max(0, first - 3) : first].rstrip(" ").endswith(";")

    def _opening(self, first: int) -> int:
        """Where the first of the sentences begins that semicolons join to this one."""
        for _ in range(LIST):
            if not self._goes_on(first):
                break
            first = self._context.sentence(first - 1)[0]
        return first

    def _read(self, first: int, last: int) -> list[tuple[int, str]]:
        context = self._context
        marks: list[tuple[int, str]] = []
        if any(context.key.find(word, first, last) >= 0 for word in self._words):
            marks += [
                (match.end(), "clause" if match["clause"] else "ahead")
                for match in _AHEAD.finditer(context.key, first, last)
                if not self._in_a_name(match.start())
            ]
        for span in context.overlapping(first, last, "date") if self._year else ():
            if (span.date_start or "")[:4] > self._year and not self._in_a_name(span.start):
                marks.append((span.start, "ahead" if span.start <= first + OPENING else "clause"))
        marks += [(match.start(), "done") for match in _DONE.finditer(context.key, first, last)] if marks else []
        return sorted(marks)

    def _in_a_name(self, at: int) -> bool:
        quote = self._context.quote(at)
        named = quote is not None and quote[1] - quote[0] < 160 and not self._context.taken(*quote, *_KINDS)
        return named or self._context.taken(at, at + 1, "document", "programme", "theme")

    def _in_a_list(self, start: int) -> bool:
        """Does the line that begins here stand in a list of what is planned?"""
        if start not in self._lists:
            self._lists[start] = self._opened_by_plans(start)
        return self._lists[start]

    def _opened_by_plans(self, start: int) -> bool:
        key, at = self._context.key, start
        for _ in range(LIST):
            if not _ITEM.match(key, at) or not at:
                return False
            before = key.rfind("\n", 0, at - 1) + 1
            if not _ITEM.match(key, before):
                opened = _OPENS_A_LIST.search(key, max(before, at - 240), at)
                # "Đại hội đã thông qua 9 chỉ tiêu:" is done, and the list is not.
                return opened is not None and _DONE.search(key, opened.start(), at) is None
            at = before
        return False


def _year_of(context: Context) -> str:
    """The year behind which all is to come; empty where nothing tells it."""
    if context.page.published:
        return f"{context.page.published.year:04}"
    days = (span.date_start for span in context.found if span.kind == "date" and span.value.get("precision") == "day")
    return max((day[:4] for day in days if day), default="")
