"""What is said before a word that may tell of a choice: its sentence, the line that heads its list, its paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from worker.facts.elections.choosing import says
from worker.facts.organisations import organisations_of
from worker.facts.people import people_of
from worker.facts.people.names import names_of
from worker.facts.span import Context, sibling
from worker.facts.words import within, words_of

BACK = 60  # words back to a word of choosing
ROW = 200  # characters of a line in which a cell ends, or that say whether it heads a list
LINES = 20  # lines of a list of those who were elected
LISTED = 120  # words of a list of who was voted into a committee
COMMITTEES = {"ban thường vụ": "Ban Thường vụ", "btv": "Ban Thường vụ", "ban chấp hành": "Ban Chấp hành",
              "bch": "Ban Chấp hành"}  # fmt: skip
"""What a committee is called -> the committee of the role: "Ủy viên Ban Thường vụ"."""
_ITEM = re.compile(r"[^\S\n]*(?:[-–—•+*]|\d{1,3}(?:[.)](?!\d)|/(?!\d)))")
_IS_LIST = re.compile(r"\W*danh sách\b", re.IGNORECASE)
_CELL = " | "  # between the cells of a row
_ENDS = frozenset("\n.?!…")


class Setting:
    """Reads what is said around the words of one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words = words_of(context)

    @cached_property
    def named(self) -> set[int]:
        """The words of people's names, which are no verbs: "Mai Đức Chọn"."""
        return {index for one in people_of(self.context) for index in range(one.first, one.end)}

    def settled(self, index: int) -> bool:
        """Does the paragraph say before that people are chosen: "Đảng ủy chỉ định … . Hội do chị X làm Chủ tịch"?"""
        start, _ = self.context.paragraph(self.words.starts[index])
        first = max(bisect_left(self.words.starts, start), index - BACK)
        return says("settles", self.words.keys[first:index])

    def announced(self, index: int) -> bool:
        """Does the paragraph above tell of a decision that appoints: "công bố Quyết định … chỉ định các chức danh"?"""
        stop, _ = self.context.paragraph(self.words.starts[index])
        start, _ = self.context.paragraph(max(0, stop - 1))
        first, end = bisect_left(self.words.starts, start), bisect_left(self.words.starts, stop)
        above = self.words.keys[max(first, end - 2 * BACK) : end]
        said = " ".join(above)
        return "công bố" in said and "quyết định" in said and says("appoints", above)

    def said(self, index: int) -> list[str]:
        """What the sentence says before a word, over semicolons, and the line that heads its list."""
        words = self.words
        title = words.ending(index, "honorific")
        first = index = title.first if title else index
        while first > max(0, index - BACK):
            gap = words.gap(first - 1)
            ends = gap != " " and not _ENDS.isdisjoint(gap)  # "… 96%. Đồng chí X"
            if ends and not (gap == "." and words.ending(first, "honorific")):  # "TS. Đào Thị Mai"
                break
            first -= 1
        named = self.named
        return self.heading(index) + [words.keys[at_] for at_ in range(first, index) if at_ not in named]

    def owner(self, index: int) -> str | None:
        """The organisation that the line over the list of this word names last, else the union that was spoken of."""
        line = self._head(index)
        if line is None:
            return None
        return self._named_in(line) or names_of(self.context).union_before(line + 1)

    def owner_above(self, index: int) -> str | None:
        """The organisation that the line above the one over the list names last: "… chỉ định …, như sau:"."""
        line = self._head(index)
        start = self.context.paragraph(self.words.starts[line])[0] if line is not None else 0
        if line is None or self._named_in(line) or not self.context.text.endswith(":\n", 0, start):
            return None
        return self._named_in(bisect_left(self.words.starts, start) - 1)

    def _head(self, index: int) -> int | None:
        """The last word of the line over the list of this word."""
        line = index
        for _ in range(LINES if self.heading(index) else 0):
            if not self.heading(line):
                break
            line = bisect_left(self.words.starts, self.context.paragraph(self.words.starts[line])[0]) - 1
        return None if line in (index, -1) else line

    def _named_in(self, line: int) -> str | None:
        """The organisation that is named last in the line that ends with this word."""
        first = bisect_left(self.words.starts, self.context.paragraph(self.words.starts[line])[0])
        named = [one for one in within(organisations_of(self.context), first, line + 1) if one.rule != "body-alone"]
        return (named[-1].whole or named[-1]).name if named else None

    def heading(self, index: int, colon: bool = True) -> list[str]:
        """The words of the line over the list, or the table, in which this word stands: "Đại hội đã bầu:"; else none.

        `colon`: a list's must end with one.
        """
        words, text = self.words, self.context.text
        start, stop = self.context.paragraph(words.starts[index])
        row = _CELL in text[start : min(stop, start + ROW)]
        if not row and not _ITEM.match(text, start):
            return []
        for _ in range(LINES):
            if not start:
                return self._title()
            end, start = start, text.rfind("\n", 0, start - 1) + 1
            if not (_CELL in text[start : min(end, start + ROW)] if row else _ITEM.match(text, start, end)):
                first, last = bisect_left(words.starts, start), bisect_left(words.starts, end)
                note = text[start:end].strip()
                if not row and note.startswith("(") and note.endswith(")"):  # "(Theo Quyết định số 9 …)"
                    continue
                heads = row or not colon or note.endswith(":") or _IS_LIST.match(note) is not None
                if heads and text.endswith(":\n", 0, start):  # "Đại hội công bố … chỉ định …, như sau:" above it
                    first = bisect_left(words.starts, self.context.paragraph(start - 1)[0])
                return words.keys[max(first, last - BACK) : last] if heads else []
        return []

    def seated(self, index: int, org: str | None) -> bool:
        """Was who is named at this word voted into a committee, and is an office of this organisation held elsewhere?

        "bầu vào Đoàn Chủ tịch, gồm: bà A - …" says so of any office; "đã bầu Ban Thường vụ gồm 9 đồng chí:" over the
        list does of those that are not of the union whose committee it is.
        """
        words, first = self.words, max(1, index - LISTED)
        start = next((at_ for at_ in range(index, first, -1) if words.gap(at_ - 1)[:1] in (".", "\n")), first)
        opens = [at_ for at_ in range(start, index) if words.keys[at_ - 1] == "vào"]
        bodies = (words.at(at_, "body", "alone") for at_ in opens)
        if any(body and "gồm" in words.keys[body.end : index] for body in bodies):
            return True
        said = " ".join(self.heading(index)) if org else ""
        owner = self.owner(index) if any(name in said for name in COMMITTEES) else None
        return owner is not None and owner != org

    def item_above(self, index: int) -> bool:
        """Does another item above tell of choosing: "1. Bà A được điều động giữ chức …; 2. Bà B - …, | giữ chức …"?"""
        start, _ = self.context.paragraph(self.words.starts[index])
        for _ in range(LINES):
            if not start or not _ITEM.match(self.context.text, start):
                return False
            end, start = start, self.context.paragraph(start - 1)[0]
            if _ITEM.match(self.context.text, start, end):
                first, last = (bisect_left(self.words.starts, at) for at in (start, end))
                above = self.words.keys[first:last]
                if says("appoints", above) and "giữ chức" in " ".join(above):
                    return True
        return False

    def _title(self) -> list[str]:
        """The words of a title that heads a list with which the body begins: "… đã bầu:", "Danh sách …"."""
        title = self.context.page.article.title or ""
        heads = self.context.part == "body" and (title.rstrip().endswith(":") or _IS_LIST.match(title) is not None)
        return words_of(sibling(self.context, "title")).keys[-BACK:] if heads else []
