"""Who was chosen into a committee or a delegation that a text tells of by its members' names alone.

"bầu Ban Thường vụ gồm 7 đồng chí: A, B, C" (a standing committee of seven), "cử đoàn đại biểu đi dự Đại hội … gồm các
bà A, B" (delegates), "1 đại biểu dự khuyết là bà C" (a substitute). Members who are named with an office of their own
are told by it (choices.py), unless they stand in rows of which some say what one is elsewhere: then all rows say so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from worker.facts.elections.choosing import says
from worker.facts.elections.setting import COMMITTEES, Setting
from worker.facts.organisations import organisations_of
from worker.facts.people.beside import behind_bracket, next_in_list, roles_after
from worker.facts.people.lists import rank_at
from worker.facts.people.names import names_of
from worker.facts.span import Context
from worker.facts.words import sentence_of, within, words_of

MOST = 60  # names in one list
BETWEEN = 30  # words from a delegation to "gồm": "đoàn đại biểu đi dự Đại hội Phụ nữ tỉnh lần thứ XVIII … gồm"
VERB = 8  # words from "bầu" or "cử" to the delegation
_SENT = frozenset(("bầu", "cử", "chọn", "thương"))
_LEADS = frozenset(("gồm", "là"))
_COUNTED = frozenset(("có", "các", "đồng", "chí", "thành", "viên", "ủy", "uỷ", "đại", "biểu", "người", "vị", "nữ"))
"""What may stand between "gồm" and the first name, beside a number and a title."""


class Member(NamedTuple):
    """Somebody in such a list: words [first, end), their name, what they were chosen as, and in which organisation.

    `otherwise`: the office beside the name is what they are otherwise.
    """

    first: int
    end: int
    name: str
    role: str
    org: str | None
    otherwise: bool = False


def members_of(context: Context) -> Iterator[Member]:
    """The members of the committees and delegations that this part says were chosen."""
    reader = _Members(context)
    yield from reader.of_committees()
    if "đại biểu" in context.key:
        yield from reader.of_delegations()


class _Members:
    """Reads lists of members, in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words = words_of(context)
        self.names = names_of(context)
        self.setting = Setting(context)

    def of_committees(self) -> Iterator[Member]:
        """The members of committees: "bầu Ban Thường vụ Hội LHPN xã gồm các đồng chí A, B"."""
        for body in self.words.all("body", "alone"):
            name = COMMITTEES.get(body.entry.name.lower())
            if name and (start := self._list(body.first, body.end)) is not None:
                yield from self._named(start, f"Ủy viên {name}", self._owner(body.first, start))

    def of_delegations(self) -> Iterator[Member]:
        """Delegates, and their substitutes: "đoàn đại biểu … gồm A, B", "đại biểu dự khuyết: C"."""
        keys = self.words.keys
        for index in range(1, len(keys) - 1):
            if keys[index] != "đại" or keys[index + 1] != "biểu":
                continue
            sort = keys[index + 2 : index + 4]
            substitute = sort == ["dự", "khuyết"]
            if not (substitute or sort == ["chính", "thức"] or keys[index - 1] == "đoàn"):
                continue
            if _SENT.isdisjoint(keys[max(0, index - VERB) : index]) and not substitute:
                continue  # "Dự Đại hội có đoàn đại biểu …"
            if (start := self._list(index, index + 2)) is not None:
                yield from self._named(start, "đại biểu dự khuyết" if substitute else "đại biểu", None)

    def _list(self, first: int, end: int) -> int | None:
        """Where the names begin of those whom words [first, end) speak of, if the sentence says they are chosen."""
        words = self.words
        begin, stop = sentence_of(self.context, first)
        more = words.keys[end : end + 2] == ["còn", "có"]  # "Ban Thường vụ còn có các đồng chí A, B"
        elected = says("elects", words.keys[begin:first]) or (more and self.setting.settled(first))
        if not elected or says("proposes", words.keys[begin:first]):
            return None
        for index in range(end, min(stop, end + BETWEEN)):
            if words.key(index).isdigit() and words.keys[index + 1 : index + 3] == ["đại", "biểu"]:
                return None  # "gồm 12 đại biểu chính thức và 1 đại biểu dự khuyết là …"
            if words.key(index) in _LEADS or (more and index == end + 1):
                return self._first_name(index + 1)
            if ":" in words.gap(index - 1):
                return self._first_name(index)
        return None

    def _first_name(self, index: int) -> int | None:
        """Where the first name begins, behind "7 đồng chí:"; None if something else follows."""
        words = self.words
        for _ in range(len(_COUNTED)):
            if self._titled(index) != index or self.names.name(index) > index:
                return index
            if words.key(index) not in _COUNTED and not words.key(index).isdigit():
                return None
            numbered = words.key(index).isdigit() and words.gap(index) in (".", ")")
            goes_on = words.gap(index) in (" ", "\n") or ":" in words.gap(index)
            if not numbered and (self._stops(index) or not goes_on):
                return None
            index += 1
        return None

    def _stops(self, index: int) -> bool:
        """Does a full stop end the line behind this word: "gồm 35 đồng chí.\\nTại Hội nghị …"?"""
        words = self.words
        return index + 1 < len(words) and "." in words.text[words.ends[index] : words.starts[index + 1]]

    def _titled(self, index: int) -> int:
        """The word behind the titles that begin here, if a name follows them; else `index`."""
        words, end = self.words, index
        while title := words.at(end, "honorific") or rank_at(words, end):
            if words.gap(title.end - 1).strip("\n :") or self._stops(title.end - 1):
                break
            end = title.end
        return end if self.names.name(end) > end else index

    def _named(self, index: int, role: str, org: str | None) -> Iterator[Member]:
        """The members whose names begin here, unless one has an office of her own that she may be chosen for."""
        words, names = self.words, self.names
        found: list[Member] = []
        held: list[bool] = []  # is it held elsewhere?
        numbered = index - words.key(index - 1).isdigit()
        in_rows = words.gap(numbered - 1) == "\n"
        for _ in range(MOST):
            while words.key(index).isdigit():  # "1. Bà A"
                index += 1
            index = self._titled(index)
            end = names.name(index)
            if end == index or " " not in (name := names.written(index, end)) or any(one.name == name for one in found):
                break  # "- Bà A được bầu giữ chức Chủ tịch" under the rows
            roles = roles_after(words, names, end)
            found.append(Member(index, end, name, role, org, roles is not None))
            if roles is not None:
                held.append(any(self.setting.seated(index, office.org) for office in roles.offices))
                if not in_rows:
                    return
                index = bisect_left(words.starts, self.context.paragraph(words.starts[index])[1])
                continue
            if words.gap(end - 1) == "(":  # "A (30/30 phiếu), B"
                end = behind_bracket(words, end)
            index = end if in_rows and words.gap(end - 1) == "\n" else next_in_list(words, end)
        if any(held) or not held:
            yield from found

    def _owner(self, first: int, end: int) -> str | None:
        """Whose committee it is: the organisation of its name, or the last one that the sentence named before."""
        begin, _ = sentence_of(self.context, first)
        near = within(organisations_of(self.context), begin, end)
        own = next((one for one in near if one.first == first), None)
        last = own or (near[-1].whole or near[-1] if near else None)  # "Ban Chấp hành Hội LHPN tỉnh bầu Ban Thường vụ"
        return last.name if last else self.names.union_before(first)
