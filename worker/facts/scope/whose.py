"""Whose a number is: the organisation that is the subject of its clause (`subjects`), or what the words beside it say.

What no rule decides is nobody's: a number under the wrong name is worse than one under none.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from worker.facts.scope.own_union import Own, own, owner_of
from worker.facts.scope.phrases import Phrases, any_of
from worker.facts.scope.subjects import BACK, GOES_ON, SOMEBODY, Subjects
from worker.facts.span import Context, Span

NEAR = 200
"""Characters behind a number within which "của X" says whose it is."""
_PROVINCES = ("tỉnh", "thành phố")
_GIVES = Phrases("gives")
_GAVE = re.compile(rf" {any_of('gave')}(?: \w+){{0,3}}? $")
_EARNED = re.compile(any_of("earned") + r"[^,;.:\n0-9]{0,30}$")
_APART = re.compile(r"(?<!\w)(?:riêng|còn lại) [^,;.:0-9]{2,30} $")
_ASKED = re.compile(rf"(?<!\w){any_of('asked')}")
_SOMEBODYS = re.compile(rf"của {any_of('persons')}[^,;.\n0-9]{{0,30}}$")
_GIVEN_BY = re.compile(r"[^,;.:\n()0-9]{0,40}?,? do ")
_GIVES_SO_MUCH = re.compile(rf" (?:đã )?{any_of('gives')}(?: (?:hơn|trên|gần|khoảng|số tiền|kinh phí))* [0-9]")
_MADE_BY = re.compile(r"[^,;.:\n()“”\"]{0,40}(?:[“\"][^“”\"\n]{0,160}[”\"])? của (?:nhóm tác giả |hội viên |tập thể )?")
_MAKERS = ("của ", "của nhóm tác giả ", "của hội viên ", "của tập thể ")
_NOT_MADE = re.compile(r"(?<!\w)(?:cho|tại|từ|được|khen|cờ|theo|tặng|bằng|giấy)(?!\w)")
_EQUALS = re.compile(r" (?:(?:là|đạt|được|lên|có|gồm) )?(?:(?:hơn|trên|gần|khoảng) )?$")


class Whose:
    """Finds the owners of one article's numbers."""

    def __init__(self, contexts: list[Context]) -> None:
        self._contexts = contexts
        self._own: Own | None = None
        self._read: dict[tuple[str, int], Subjects] = {}

    def of(self, span: Span, context: Context) -> str | None:
        """The name of the organisation that a counted span belongs to."""
        if self._own is None:
            self._own = own(self._contexts)
        around = context.paragraph(span.start)
        subjects = self._read.get((context.part, around[0]))
        if subjects is None:
            subjects = self._read[context.part, around[0]] = Subjects(context, around, self._own)
        if subjects.silent:
            return None
        stated = _stated(span, context.key, self._own, subjects.names)
        if stated is not None:
            return stated or None
        since, owner = subjects.at(span.start)
        return owner if owner and not _others(context.key, since, span.start, subjects.names) else None


def _stated(span: Span, key: str, own: Own, names: list[Span]) -> str | None:
    """What the words right around the number say themselves: a name, "" for nobody; None where they say nothing."""
    index = bisect_right(names, span.start, key=lambda name: name.start)
    last = names[index - 1] if index else None
    if last and last.end >= span.end:
        return owner_of(last)
    if own.of_cluster and own.cluster and str(span.value.get("unit")).lower() in _PROVINCES:
        return own.cluster
    behind = _behind(span, key, names[index] if index < len(names) else None)
    if behind is not None:
        return behind
    if "của " in key[max(0, span.start - 60) : span.start]:
        if _SOMEBODYS.search(key, max(0, span.start - 60), span.start):
            return ""
        if last and key.endswith("của ", 0, last.start) and _EQUALS.fullmatch(key, last.end, span.start):
            return owner_of(last)
    return None


def _behind(span: Span, key: str, name: Span | None) -> str | None:
    """ "100 triệu đồng do X tài trợ", "1 giải nhì của hội viên X"."""
    end = span.end
    if key.find(" do ", end, end + 45) >= 0 and (given := _GIVEN_BY.match(key, end)):
        if name and name.start == given.end():
            if _GIVES_SO_MUCH.match(key, name.end):
                return ""  # "tổng trị giá 90 triệu đồng, do X tài trợ 50 triệu": that is X's, and not the whole
            return owner_of(name) if _GIVES.at(key, name.end + 1) else None
        return "" if SOMEBODY.at(key, given.end()) else None
    if name and name.start <= end + NEAR and key.endswith(_MAKERS, end, name.start):
        made = _MADE_BY.match(key, end)
        if made and made.end() == name.start and not key.endswith("vay ", 0, span.start):
            return None if _NOT_MADE.search(key, end, name.start) else owner_of(name)
    return None


def _others(key: str, since: int, at: int, names: list[Span]) -> bool:
    """Is it of others: ", cán bộ Đồn Biên phòng góp 145 ngày công", "riêng Bình Định 705 em", "đề nghị X tặng 5"?"""
    since = max(since, at - BACK)
    if _APART.search(key, max(since, at - 40), at) or _ASKED.search(key, max(since, key.rfind(". ", since, at)), at):
        return True
    clause = max(key.rfind(", ", since, at), key.rfind("; ", since, at))
    if clause < 0:
        return False
    after = clause + 2
    if not (_GAVE.search(key, after, at) or _EARNED.search(key, after, at)):
        return False
    if GOES_ON.at(key, after) or key[after].isdigit():
        return False
    return not any(name.start == after for name in names)  # a partner: "phối hợp với Sở Nội vụ, Hội LHPN huyện trao"
