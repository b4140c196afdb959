"""Who is named behind an office that is taken, or beside it in a list of those elected.

"ghế Chủ tịch trao cho bà X", "2 Phó Chủ tịch là A và B", "Bầu Ban Thường vụ: bà A - Chủ tịch, bà B - Phó Chủ tịch".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from worker.facts.awards.award import Winner
from worker.facts.awards.recipients import Recipients
from worker.facts.awards.verbs import GIVES
from worker.facts.elections.choosing import says
from worker.facts.elections.setting import Setting
from worker.facts.people import people_of
from worker.facts.people.beside import roles_after
from worker.facts.people.names import names_of
from worker.facts.people.office_tails import NEWLY
from worker.facts.people.person import Person, Roles
from worker.facts.span import Context
from worker.facts.words import Hit, Words, at, sentence_of, within, words_of

HOLDERS = 40  # words back to the first of those who take an office
REACH = 8  # words between an office and who it is given to
LATER = 24  # words on to an office that is taken, as the one beside a name is not
MOST = 20  # offices with their holders in one list
FEW = 3  # words between two names in one list
MANY = ("hai", "ba", "các", "những", "2", "02", "3", "03")
PRESENT = frozenset(("dự",))
_POSTS = frozenset(("ghế", "chức", "danh", "vụ"))
_SEAT = ("ủy viên", "uv")
_TERMS = ("khóa", "khoá", "nhiệm")
_SINCE = frozenset(("từ", "kể", "hiện", "nay"))
"""Behind a post and a comma, before who holds it: "chức danh Chủ tịch Hội, từ 1/7 do chị X đảm nhiệm"."""
_GOES_ON = frozenset(("mới", "này", "tiếp", "tục", "vẫn", "lần"))
_HANDED = (["giao", "cho"], ["giao", "lại"], ["trao", "cho"], ["thuộc", "về"])
_GIVEN = (["giao", "cho"], ["giao", "lại"], ["đối", "với"], ["thuộc", "về"])


class Behind:
    """Reads who is named behind offices or beside them, in one part."""

    def __init__(self, context: Context, setting: Setting) -> None:
        self.context = context
        self.words = words_of(context)
        self.names = names_of(context)
        self.people = people_of(context)
        self.setting = setting
        self.recipients = Recipients(context)

    def handed(self, office: Hit, index: int, lead: list[str]) -> tuple[Winner, ...]:
        """To whom a post goes that is named first: "ghế Chủ tịch trao cho bà X", "kế nhiệm … ở cương vị … là bà Y"."""
        words = self.words
        held = self._past_term(index) if lead and words.key(index) in _TERMS else index
        while words.key(held) in _GOES_ON and words.gap(held - 1) == " ":
            held += 1  # "Giữ trọng trách Chủ tịch nhiệm kỳ mới tiếp tục là chị X"
        named = lead and words.key(held) == "là" and words.at(held + 1, "honorific")
        if named and says("takes", [*self.setting.said(office.first), *lead]):
            return self._list(held + 1)[:1]
        if words.key(office.first - 1) not in _POSTS:
            return ()
        plain = len(lead) < 2 or _POSTS.issuperset(lead)
        found = self._to(index, _HANDED, "do") if plain else ()
        told = "được" in lead  # "chị X được bầu giữ chức Chủ tịch, Hội LHPN xã B: chị Y …"
        return found or (() if told else self._behind_colon(office, index))

    def _behind_colon(self, office: Hit, index: int) -> tuple[Winner, ...]:
        """Who is named behind a post and a colon: "bầu bổ sung chức danh Ủy viên UBND xã, nhiệm kỳ …: ông A"."""
        start = self._past_term(index)
        led = ":" in self.words.gap(start - 1) and says("votes", self.setting.said(office.first))
        return self._list(start)[:1] if led else ()

    def given(self, index: int) -> tuple[Winner, ...]:
        """To whom an office is given, right behind it: "giao cho chị X", "đối với bà X", "cho bà X"."""
        return self._to(index, _GIVEN, "cho")

    def _to(self, index: int, pairs: Sequence[list[str]], word: str) -> tuple[Winner, ...]:
        """Who is named behind one of these pairs of words, or behind this word and a title, a few words on."""
        words, index = self.words, self._past_term(index)
        for after in range(index, min(len(words) - 1, index + REACH)):
            if words.keys[after] in GIVES and words.keys[after - 1] != "được":  # "Chủ tịch UBND tỉnh tặng hoa cho bà A"
                break
            if words.keys[after : after + 2] in pairs:
                return self._list(after + 2)[:1]
            if words.keys[after] == word and words.at(after + 1, "honorific"):
                return self._list(after + 1)[:1]
            if words.gap(after) not in (" ", "/") and not (words.gap(after) == "," and words.key(after + 1) in _SINCE):
                break
        return ()

    def _past_term(self, index: int) -> int:
        """The word behind a term of office: ", khóa XI, nhiệm kỳ 2016 - 2021, | đối với bà X"."""
        words = self.words
        while words.gap(index - 1) in (" ", ",") and words.key(index) in _TERMS:
            index += 2  # "khóa XI", "nhiệm kỳ"
            while words.key(index).isdigit():
                index += 1
        return index

    def named(self, office: Hit, index: int) -> tuple[Winner, ...]:
        """Who is named behind an office: "Chủ nhiệm - chị X", "2 Phó Chủ tịch là A và B", "với Trưởng ban X"."""
        index += 2 * (self.words.keys[index : index + 2] in NEWLY)
        given = self.given(index)
        if given and "giao" in self.words.keys[index : given[0].first]:
            return given
        if not given and not self._may_tell(office, index):
            return ()
        said = self.setting.said(office.first)
        elects = says("elects", said) or self.setting.settled(office.first)
        if says("proposes", said) or not PRESENT.isdisjoint(said[-REACH:]) or not (elects or says("launches", said)):
            return ()
        return given or self._told_behind(office, index, elects)

    def _may_tell(self, office: Hit, index: int) -> bool:
        """Can somebody follow who holds the office: is there "là", "gồm" or a dash behind it, "với" or "có" before?"""
        words = self.words
        return self._led(office.first) or words.key(index) in ("là", "gồm") or words.gap(index - 1) == "-"

    def _told_behind(self, office: Hit, index: int, elects: bool) -> tuple[Winner, ...]:
        """The same, where the sentence tells of choosing; `elects`: and not merely of what begins."""
        words = self.words
        before = words.keys[office.first - 1] if office.first else ""
        if words.key(index) in ("là", "gồm") and (before in MANY or (elects and words.at(index + 1, "honorific"))):
            found = self._list(index + 1)
            several = before in MANY or words.key(index) == "gồm" or words.key(index + 1) in MANY
            return found if several else found[:1]
        if words.gap(index - 1) == "-" and words.gap(office.first - 1)[-1:] in (":", ",", ";"):
            return self._list(index)[:1] if words.at(index, "honorific") else ()
        person = at(self.people, office.end) if self._led(office.first) else None
        return (Winner(person.first, person.end, person.name),) if person else ()

    def _led(self, index: int) -> bool:
        """Does an office begin a list of such, or stand in it: "với Chủ tịch A, Phó Chủ tịch B và | Thư ký C"?"""
        words = self.words
        for _ in range(MOST):
            if words.gap(index - 1) == " " and words.keys[index - 1] in ("với", "có"):
                return True
            end = index - (words.key(index - 1) == "và")
            named = next((one for one in within(self.people, end - REACH, end) if one.end == end), None)
            listed = named and (end < index or words.gap(end - 1) == ",")
            office = words.ending(named.first, "office") if named and listed else None
            if office is None:
                return False
            index = office.first
        return False

    def beside(self, office: Hit, roles: Roles) -> tuple[Winner, ...]:
        """Who has the office behind a dash, a bracket or a colon, in a list of those elected: "bà X - Chủ tịch"."""
        words, index = self.words, office.first
        listed = words.gap(index - 1) == "," and self._ends_item(roles) and self._in_list(index)
        listed = listed and not self._under_post(index)
        mark = words.gap(index - 1)
        if not (listed or mark in ("-", "(", ":", "|", "):")) or words.key(index) == "đại":  # "đại biểu xã A"
            return ()
        if (mark == "(" and self._before_post(index)) or (mark in ("-", ",") and self._before_last(index)):
            return ()
        person = next((one for one in within(self.people, index - REACH, index) if one.end == index), None)
        if person is None and mark == "-":
            person = self._of_item(index)
        if person is None and mark in (":", "):"):
            person = self._alone_in_item(index)
        if person is None or (listed and person.rule == "held"):  # "Chủ tịch: bà A, Trưởng khoa Nhi"
            return ()
        said, heading = self.setting.said(person.first), self.setting.heading(person.first)
        founded = person.end < index and says("founds", heading)
        elected = (founded or says("votes", said) or says("elects", heading)) and not says("proposes", heading)
        _, end = sentence_of(self.context, index)
        if not elected or not PRESENT.isdisjoint(said) or self._later(index, end, words.gap(index - 1) == "("):
            return ()
        near = within(self.people, index - HOLDERS, index) if person.end == index else (person,)
        taking = self._row(index) if mark == ":" else joined_to(words, list(near))
        return tuple(Winner(one.first, one.end, one.name) for one in taking or joined_to(words, list(near)))

    def _in_list(self, index: int) -> bool:
        """Does the word stand in a list: below a line that heads it, or behind the colon of a sentence?"""
        start, _ = sentence_of(self.context, index)
        colon = (at_ for at_ in range(max(start, index - HOLDERS), index) if ":" in self.words.gap(at_))
        return bool(self.setting.heading(index)) or next(colon, None) is not None

    def _under_post(self, index: int) -> bool:
        """Is the post told before the colon for which those behind were chosen: "chức danh Ủy viên UBND xã: ông A"?"""
        start, _ = sentence_of(self.context, index)
        colon = next((at_ for at_ in range(index - 1, start, -1) if ":" in self.words.gap(at_)), start)
        offices = (at_ for at_ in range(max(start, colon - HOLDERS // 2), colon) if self.words.at(at_, "office"))
        return any(self.words.keys[at_ - 1] in _POSTS for at_ in offices)

    def _ends_item(self, roles: Roles) -> bool:
        """Is it one office, and all that an item of a list says of somebody: "Xã A: bà B, Chủ tịch."?"""
        return len(roles.offices) == 1 and self.words.gap(roles.end - 1)[:1] in ("", ".", ";", "\n")

    def _of_item(self, index: int) -> Person | None:
        """Whom an item of a list is about, whose other office stands before: "Bà A, Giám đốc … - | Ủy viên"."""
        named = self._named_in_item(index)
        roles = roles_after(self.words, self.names, named[0].end) if len(named) == 1 else None
        last = roles.offices[-1].first if roles and len(roles.offices) > 1 else None
        return named[0] if last == index else None

    def _named_in_item(self, index: int) -> Sequence[Person]:
        """Who is named in the item of a list, up to this word; none if it stands in no list."""
        start, _ = self.context.paragraph(self.words.starts[index])
        first = bisect_left(self.words.starts, start)
        return within(self.people, first, index) if self.setting.heading(index) else ()

    def _alone_in_item(self, index: int) -> Person | None:
        """Whom an item is about, what they are otherwise told before the colon: "- Bà A (Giám đốc …): | Chủ tịch"."""
        named = self._named_in_item(index)
        if len(named) != 1 or self.words.gap(named[0].end - 1)[:1] not in ("(", ",", "-"):
            return None
        colons = (at_ for at_ in range(named[0].end - 1, index - 1) if ":" in self.words.gap(at_))
        return None if next(colons, None) is not None else named[0]

    def _row(self, index: int) -> list[Person]:
        """Those of an item that names several before its colon: "- Các chị A, B, C: | Ủy viên"."""
        words, named = self.words, list(self._named_in_item(index))
        apart = pairwise(named)
        plain = all(one.end + FEW > other.first and words.gap(one.end - 1) in (",", " ") for one, other in apart)
        return named if plain and named and named[-1].end == index else []

    def _before_post(self, index: int) -> bool:
        """Does the bracket that opens here but tell what somebody is otherwise: "bà A (| Giám đốc …): Chủ tịch"?"""
        words = self.words
        after = next((at_ for at_ in range(index + 1, index + LATER) if ")" in words.gap(at_ - 1)), index)
        return words.gap(after - 1) == "):" and words.at(after, "office") is not None

    def _before_last(self, index: int) -> bool:
        """Does an item of a list end with the office that is taken: "- Bà A - | Tỉnh ủy viên, Phó …: Chủ tịch Hội"?

        The last stands behind a colon, or behind a dash where several others, or a member's seat, are told.
        """
        words, several = self.words, False
        for after in range(index + 1, min(len(words), index + LATER) if self.setting.heading(index) else 0):
            gap = words.gap(after - 1)
            if gap[:1] in ("\n", ";", "."):
                break
            several = several or gap == ","
            office = words.at(after, "office") if gap in ("-", ":", "):") else None
            seat = several or (office is not None and office.entry.name.lower().startswith(_SEAT))
            if office and office.entry.data[0] == "official" and (gap[-1:] == ":" or seat):
                return True
        return False

    def _later(self, index: int, end: int, others: bool) -> bool:
        """Does an office or a committee follow that is taken, as this is not: "bà A - Phó Chủ tịch … giữ chức …"?

        `others`: even behind the name of someone who takes it too: "bầu ông A (Trưởng phòng …) và bà B làm Ủy viên".
        """
        words = self.words
        for after in range(index + 1, min(end, index + LATER)):
            if words.gap(after - 1)[:1] in (";", ":"):
                return False
            if words.keys[after] == "vào" and words.at(after + 1, "body"):
                return True
            joined = words.keys[after - 1] == "và" or words.at(after - 1, "honorific")  # "bầu A - … và đ/c B vào BCH"
            title = words.at(after, "honorific") and after not in self.names.bodies  # but "huyện Bác Ái"
            if title and not others and not joined:
                return False
            office = words.at(after, "office")
            taken = {"làm", "chức", "danh", "là", "vị", "kiêm"} & set(words.keys[after - 2 : after])
            if taken and office and office.entry.data[0] == "official":
                return True
        return False

    def successor(self, index: int) -> tuple[Winner, ...]:
        """Who takes the place of one who leaves: "… thôi giữ chức Phó Chủ tịch; người thay thế là bà X"."""
        for after in range(index + 1, min(len(self.words), index + HOLDERS)):
            if self.words.keys[after - 1 : after + 1] in (["thế", "là"], ["thay", "là"]):
                return self._list(after + 1)[:1]
        return ()

    def _list(self, index: int) -> tuple[Winner, ...]:
        if index >= len(self.words):
            return ()
        line = self.recipients.line_end(sentence_of(self.context, index)[1])
        found, _ = self.recipients.read(index, line, listed=True)
        return tuple(person_of(self.people, one) for one in found if within(self.people, one.first, one.end))


def joined_to(words: Words, near: list[Person]) -> list[Person]:
    """The last of these and whoever "và" joins to them, with nothing but a title between."""
    found = [near[-1]]
    for one in reversed(near[:-1]):
        between = words.keys[one.end : found[0].first]
        gap = words.gap(one.end - 1)
        if not (between[:1] == ["và"] and len(between) <= FEW and gap in (" ", ",")) and not (
            gap == "," and len(found) > 1 and len(between) < FEW
        ):
            break
        found.insert(0, one)
    return found


def person_of(people: Sequence[Person], one: Winner) -> Winner:
    """Who it is whom a list names, without what leads the name."""
    near = within(people, one.first, one.end)
    return Winner(near[0].first, near[0].end, near[0].name) if near else one
