"""Who is chosen, appointed or entrusted with which office: one reading, whatever the order of the words.

An office is taken by a verb that says so ("được bổ nhiệm", "trúng cử"), or by a link ("làm", "giữ chức", "là", a dash,
a colon) in a sentence or under a heading that tells of choosing. Who takes it stands before the verb, as a list, a name
or a pronoun; behind the office ("… cho bà X", "2 Phó Chủ tịch là …"); or in a list of names with offices.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from worker.facts.awards.award import Winner
from worker.facts.elections.behind import HOLDERS, PRESENT, REACH
from worker.facts.elections.choosing import phrases, says
from worker.facts.elections.deputies import deputies_of
from worker.facts.elections.election import Choice
from worker.facts.elections.holders import NEAR, Holders, in_turn
from worker.facts.elections.joined import joined_of
from worker.facts.elections.members import members_of
from worker.facts.elections.posts import Post, posts_of
from worker.facts.elections.setting import BACK, Setting
from worker.facts.elections.units import in_units
from worker.facts.people import people_of
from worker.facts.people.beside import roles_after
from worker.facts.people.lists import under_offices
from worker.facts.people.names import names_of
from worker.facts.people.office_owners import owned
from worker.facts.people.person import Office, Person, Roles
from worker.facts.span import Context, read_once
from worker.facts.words import Hit, at, first_year, last_year, sentence_of, within, words_of, year_before

SAME = 12  # words between a name and an office that are told as one fact
OPENING = 3  # words of "Vào năm 2011"
AFTER = 36  # words from an office to the year that it is taken in
_WINS = (["đắc", "cử"], ["tái", "cử"], ["trúng", "cử"])
_OF_WINS = ("cử", "phiếu")
"""Words without one of which a text says of nobody that they won."""
_HOUSES = frozenset(("hđnd", "hội", "quốc", "qh"))
_DEPUTIES = ("đại biểu", "đbqh")
_POLL = ["bầu", "cử"]
_THIS = (["chức", "danh", "này"], ["chức", "vụ", "này"], ["vị", "trí", "này"], ["trọng", "trách", "này"],
         ["cương", "vị", "này"], ["nhiệm", "vụ", "này"])  # fmt: skip
_DUTY = frozenset(("trò", "trí", "vị", "vụ", "nhiệm", "danh", "trách"))
"""Last words of what somebody takes that is an office's: "vai trò của Chủ tịch", "nhiệm vụ của Trưởng ban"."""
_SUCCESSOR = (["người", "thay"], ["kế", "nhiệm"], ["kế", "cận"], ["thay", "thế"])
_FILLS = (["bầu", "thay", "thế"], ["định", "thay", "thế"], ["cử", "thay", "thế"], ["bầu", "thay"], ["cử", "thay"])
_VOTES = frozenset(("bầu", "sung", "cử", "định"))
_LEFT = frozenset(("miễn", "thôi"))
_HIRED = ("trưởng đoàn", "kế toán", "chuyên viên", "giảng viên", "trợ lý", "ứng cử viên")
"""What nobody is chosen for: "phụ trách kế toán là cô X"."""
_VOTED = (["bầu", "làm"], ["bầu", "là"])  # before "Trưởng đoàn": a congress chose who leads its delegation
_STOPS = frozenset(".,;\n")
_NEW = "tân "
_FORMER = ("nguyên ", "cựu ")
_VACANT = frozenset(("danh", "vụ", "chức", "khuyết"))
_NAMES_OFFICE = frozenset(("vào", "chức", "làm", "giữ", "vị", "danh", "ban", "bch", "btv"))
"""First words of an office, or of a committee, that a verb of choosing names itself."""


def _has(keys: Sequence[str], phrases: Iterable[list[str]]) -> bool:
    """Does one of these phrases stand among these words?"""
    return any(keys[at_ : at_ + len(phrase)] == phrase for phrase in phrases for at_ in range(len(keys)))


class Chosen(NamedTuple):
    """A choice where it is told: words [first, end)."""

    first: int
    end: int
    choice: Choice
    rule: str
    confidence: float = 1.0


@read_once
def choices_of(context: Context) -> list[Chosen]:
    """The choices that this part tells of, in the order of the text, each once. Read once."""
    told: dict[tuple[str, str], Chosen] = {}
    posts = list(posts_of(context))
    for one in _Choices(context).all(posts):
        if one.rule != "posted" and any(post.first <= one.first < post.end for post in posts):
            continue  # "bầu 2 Phó Chủ tịch: bà A - Bí thư …": what she is otherwise
        told.setdefault((one.choice.role.lower(), one.choice.holder), one)
    return list(told.values())


class _Choices:
    """Reads who takes an office, in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words = words_of(context)
        self.names = names_of(context)
        self.people = people_of(context)
        self.holders = Holders(context)
        self.setting = Setting(context)
        self.seated: set[str] = set()  # who won seats: what stands beside their names is what they are otherwise
        self.otherwise: set[int] = set()  # where those begin beside whom stands what they are otherwise
        self.listed: set[int] = set()  # where those begin who stand in a list under an office

    def all(self, posts: Sequence[Post]) -> Iterator[Chosen]:
        """The choices for posts, of members, by verbs and links, into committees, of lists, and those told before."""
        for post in posts:
            yield from self._posted(post)
        members = [*members_of(self.context), *in_units(self.context)]
        self.otherwise |= {one.first for one in members if one.otherwise}
        for one in members:
            yield Chosen(one.first, one.end, Choice(one.role, one.name, self._year(one.first), one.org), "member", 0.8)
        for seat in deputies_of(self.context):
            self.seated.add(seat.name)
            choice = Choice("đại biểu", seat.name, seat.year or self._year(seat.first), seat.house)
            yield Chosen(seat.first, seat.end, choice, "won-seat", 0.9)
        done = 0
        for office in self.words.all("office"):
            if office.first < done or not self._elective(office):
                continue
            done = office.end  # no "Chủ tịch" within "Phó Chủ tịch"
            if office.entry.name.lower().startswith(_NEW):
                yield from self._new(office)
                continue
            if (roles := self.names.roles(office.first)) and (holders := self.holders.of(office, roles)):
                done = roles.end
                told = in_turn(self.words, roles, holders)
                yield from (one for each, some in told for one in self._taken(each, some))
        for one in joined_of(self.context):
            yield Chosen(
                one.first, one.end, Choice(one.role, one.name, self._year(one.first), one.org), "voted-into", 0.8
            )
        yield from self._under_offices()
        for person in self.people:
            yield from self._told_before(person)
            yield from self._retained(person)
            yield from self._voted_in(person)

    def _new(self, office: Hit) -> Iterator[Chosen]:
        """Who is called new in an office: "tân Chủ tịch Hội LHPN xã Hồ Thị B phát biểu", "tân Bí thư, chị C"."""
        roles = self.names.roles(office.first)
        if roles is None:
            return
        index = roles.end + (self.words.key(roles.end) == "là")
        title = self.words.at(index, "honorific") if index < len(self.words) else None
        person = at(self.people, title.end if title else index)
        if person is None or self.words.gap(roles.end - 1) not in (" ", ",", "-", ":"):
            person = self._before_new(office.first)
        if person is None:
            return
        held = roles.offices[0]
        role, org = self._held_in(roles, held)
        choice = Choice(role[0].upper() + role[1:], person.name, self._year(office.first), org)
        yield Chosen(min(office.first, person.first), max(roles.end, person.end), choice, "new", 0.8)

    def _before_new(self, index: int) -> Person | None:
        """Who is named before a new office: "bà A là tân Chủ tịch …", "bà A, tân Bí thư Đảng ủy xã, …"."""
        words, end = self.words, index
        while words.keys[end - 1] in ("là", "thành", "trở", "chính", "thức") and words.gap(end - 1) == " ":
            end -= 1
        near = within(self.people, end - REACH, end)
        return near[-1] if near and near[-1].end == end and words.gap(end - 1) in (" ", ",", "-") else None

    def _elective(self, office: Hit) -> bool:
        """Is it an office to be chosen for? "giữ chức vụ Trưởng ban" is no Vụ trưởng."""
        name = office.entry.name.lower()
        before = self.words.keys[max(0, office.first - 2) : office.first]
        hired = name.endswith(_HIRED) and not (name.endswith("trưởng đoàn") and before in _VOTED)
        elective = office.entry.data[0] == "official" and not hired and not name.startswith(_FORMER)
        if before[1:] == ["của"] and before[0] not in _DUTY:  # "trao Bằng khen của Thủ tướng Chính phủ cho bà A"
            return False
        if before == _POLL and name.startswith(_DEPUTIES):  # "ngày bầu cử ĐBQH khóa XVI": nobody is chosen yet
            return False
        if name == "đại biểu" and self.words.key(office.end) not in _HOUSES:  # "làm đại biểu dâng hương"
            return False
        if name == "chủ tịch" and self.words.keys[office.first - 1 : office.first] == ["đoàn"]:
            return False  # "bầu bổ sung vào Đoàn Chủ tịch"
        return elective and self.words.keys[office.first - 1 : office.first + 1] != ["chức", "vụ"]

    def _posted(self, post: Post) -> Iterator[Chosen]:
        """Those who take an office that is told before their list."""
        held = post.roles.offices[0]
        (role, org), year = self._held_in(post.roles, held), self._year(held.first)
        for one in post.people:
            yield Chosen(one.first, one.end, Choice(role, one.name, year, org), "posted", 0.9)

    def _taken(self, roles: Roles, holders: tuple[Winner, ...]) -> Iterator[Chosen]:
        """The facts of an office that they take; of one holder, with those that follow it."""
        words, first_office = self.words, roles.offices[0]
        alone = len(holders) == 1
        for holder in holders:
            known = " " in holder.name or any(one.name == holder.name for one in self.people)  # "H’Lan"
            if not known or (holder.name in self.seated and self.words.gap(first_office.first - 1) == ","):
                continue
            otherwise = holder.first in self.otherwise or self.setting.seated(holder.first, first_office.org)
            if holder.end <= first_office.first and otherwise:
                continue  # "bầu vào Ban Thường vụ, gồm: bà A - Chủ tịch Hội LHPN xã B": what she is otherwise
            for held in roles.offices[: None if alone else 1]:
                first, end = holder.first, holder.end
                nearest = holder is (holders[-1] if held.first >= holder.end else holders[0])
                turn = alone and "lượt" in words.keys[holder.end : held.first]  # and others between
                if held is first_office and nearest and abs(held.first - holder.end) <= SAME and not turn:
                    first, end = min(first, held.first), max(end, held.end)
                elif alone:
                    first, end = held.first, held.end
                board, role = words.at(held.first, "office"), held.role
                body = words.at(board.end - 1, "body") if board else None
                org = held.org or self._of_list(holder, held)
                org = org or self._own(holder, held.role)
                if org is None:
                    role, org = self._held_in(roles, held)
                named = (org or "").startswith("Ban ")  # "Trưởng Ban", of the "Ban Dân vận Tỉnh ủy"
                if body and role.lower().endswith(" ban") and not named:  # "Trưởng Ban Kiểm tra"
                    role = words.written(held.first, body.end)
                yield Chosen(first, end, Choice(role, holder.name, self._year(held.first), org), "chosen", 0.9)

    def _held_in(self, roles: Roles, held: Office) -> tuple[str, str | None]:
        """An office and whose it is: a "Trưởng Ban Kinh tế" of no union that is named is the "Trưởng Ban" of that."""
        if held.org:
            return held.role, held.org
        told = owned(self.names, held.first, replace(roles, role=held.role, org=None, offices=(held,)))
        org = told.org if told else None
        part = told.role if told and org and org.startswith(("Ban ", "Ủy ban Kiểm tra")) else None
        return part or held.role, org

    def _of_list(self, holder: Winner, held: Office) -> str | None:
        """Whose the office is that ends an item, behind what somebody is otherwise: "- Bà A, Phó … - | Ủy viên"."""
        words = self.words
        last = words.gap(held.first - 1) in ("-", ":") and holder.end < held.first
        other = roles_after(words, self.names, holder.end) if last else None
        if other is None or not other.offices or other.offices[0].first >= held.first:
            return self.setting.owner_above(held.first)
        return self.setting.owner(held.first)

    def _own(self, holder: Winner, role: str) -> str | None:
        """The organisation of the very office, as the person's reading has it: "Chi hội trưởng" of the Chi hội."""
        near = within(self.people, holder.first, holder.end)
        return near[0].org if near and near[0].role == role else None

    def _year(self, index: int) -> int | None:
        """The year right before the verb, or that the sentence opens with; else behind the office, else before it."""
        words = self.words
        first, end = sentence_of(self.context, index)
        return (
            last_year(words, max(first, index - REACH), index)
            or first_year(words, first, min(first + OPENING, index))
            or first_year(words, index, min(end, index + AFTER))
            or last_year(words, first, index)
            or year_before(self.context, first)
            or self.context.page.year
        )

    # --- without an office beside the verb ----------------------------------------------------------------------------

    def _under_offices(self) -> Iterator[Chosen]:
        """Who stands in a list under an office: "2 Phó Chủ tịch gồm: A; B - Giám đốc …", "+ Ủy viên: A, B"."""
        for roles, first, end, _ in under_offices(self.words, self.names):
            self.listed.add(first)
            if not roles.role or not self._elected_there(roles.offices[0].first, above=True):
                continue
            for office in roles.offices:  # "Phó Bí thư kiêm Chủ nhiệm Ủy ban Kiểm tra: X"
                if office.role.lower().endswith(_HIRED):
                    continue
                role, org = (office.role, roles.org) if roles.org else self._held_in(roles, office)
                choice = Choice(role, self.names.written(first, end), self._year(office.first), org)
                where = (first, end) if office is roles.offices[0] else (office.first, office.end)
                yield Chosen(*where, choice, "held", 0.8)

    def _told_before(self, person: Person) -> Iterator[Chosen]:
        """Who is named behind an office: "Đại hội bầu …; Phó Chủ tịch là bà A", "Chủ tịch: bà A"."""
        behind = person.rule == "held" or (person.rule == "office" and self.words.gap(person.first - 1) == ":")
        if not behind or person.first in self.listed:
            return
        hired = (person.role or "").lower().endswith(_HIRED) or self._leaves(person.first)
        if person.role and not hired and self._elected_there(person.first, above=False):
            choice = Choice(person.role, person.name, self._year(person.first), person.org)
            yield Chosen(person.first, person.end, choice, "held", 0.8)

    def _leaves(self, index: int) -> bool:
        """Does the sentence say last that an office is left: "miễn nhiệm chức danh Phó Chủ tịch HĐND đối với bà X"?"""
        said = next((key for key in reversed(self.setting.said(index)[-2 * REACH :]) if key in _LEFT | _VOTES), "")
        return said in _LEFT

    def _elected_there(self, index: int, above: bool) -> bool:
        """Does the paragraph up to a word, or the line that heads its list, tell of an election, and of no candidates?

        `above`: so may the paragraph above.
        """
        words = self.words
        start, _ = self.context.paragraph(words.starts[index])
        if above and start:
            start, _ = self.context.paragraph(start - 1)
        first = max(bisect_left(words.starts, start), index - BACK)
        heading = self.setting.heading(index)
        said = heading + words.keys[first:index]
        founds = self.setting.heading(index, colon=False) if above else []
        elected = says("elects", said) or (says("founds", founds) and PRESENT.isdisjoint(founds))
        candidates = says("proposes", heading + self.setting.said(index)[-2 * REACH :])
        return elected and not candidates and PRESENT.isdisjoint(said[-REACH:])

    def _retained(self, person: Person) -> Iterator[Chosen]:
        """Who takes the office again that stands beside their name: "bà X - Chủ tịch … tái đắc cử"."""
        if person.first in self.listed:  # "Bầu Phó Chủ tịch: bà X, Trưởng ban …, trúng cử"
            return
        if person.rule == "office" and person.role and (end := self._again(person.end)):  # "Phó Chủ tịch X tái cử"
            choice = Choice(person.role, person.name, self._year(person.end), person.org)
            yield Chosen(person.first, end, choice, "retained", 0.8)
            return
        roles = roles_after(self.words, self.names, person.end)
        if roles is None or not roles.offices or roles.kind != "official":
            return
        if end := self._again(roles.end) or self._kept(person, roles):
            held = roles.offices[-1]
            role, org = self._held_in(roles, held)
            choice = Choice(role, person.name, self._year(roles.end - 1), org)
            yield Chosen(person.first, end, choice, "retained", 0.8)

    def _kept(self, person: Person, roles: Roles) -> int | None:
        """The end of the office that someone is appointed to again: "Bổ nhiệm lại đồng chí X, Giám đốc Bảo tàng …"."""
        words = self.words
        title = words.ending(person.first, "honorific")
        said = words.keys[max(0, (title.first if title else person.first) - NEAR) : person.first]
        again = {"lại", "tái"} & set(said) and {"nhiệm", "cử", "bầu"} & set(said)
        taken = says("takes", words.keys[roles.end : roles.end + NEAR]) or words.key(roles.end) in phrases("links")
        return roles.end if again and not taken else None

    def _again(self, index: int) -> int | None:
        """The end of a verb that says so, and names no office itself: "được bổ nhiệm lại", "trúng cử lần thứ hai"."""
        words = self.words
        if words.gap(index - 1) not in (" ", ",", ")"):
            return None
        end, verb = index, phrases("again")
        while words.key(end) in verb and (end == index or words.gap(end - 1) == " "):
            end += 1
        said = words.keys[index:end]
        again = not {"tái", "lại"}.isdisjoint(said) and not {"bầu", "cử", "nhiệm", "định"}.isdisjoint(said)
        office = words.gap(end - 1) == " " and (words.at(end, "office", "body") or words.key(end) in _NAMES_OFFICE)
        return end if (again or said[-2:] in _WINS) and not office else None

    def _voted_in(self, person: Person) -> Iterator[Chosen]:
        """Who takes the office that was said before: "kiện toàn chức danh Chủ tịch Hội LHPN tỉnh. …, C trúng cử"."""
        fills = self._fills(person)
        if not fills and not self._wins(person.end):
            return
        words = self.words
        start, _ = self.context.paragraph(words.starts[person.first])
        for index in range(person.first - 1, max(0, person.first - BACK), -1):
            if words.starts[index] < start:
                return
            inner = words.at(index - 1, "office") is not None and words.gap(index - 1) == " "  # "Phó | Chủ tịch"
            vacant = fills or not _VACANT.isdisjoint(words.keys[max(0, index - 3) : index])
            office = words.at(index, "office")
            if inner or not vacant or office is None or not self._elective(office):
                continue
            if roles := self.names.roles(index):
                held = roles.offices[0]
                year = year_before(self.context, person.first) or self.context.page.year
                role, org = self._held_in(roles, held)
                choice = Choice(role, person.name, year, org)
                yield Chosen(person.first, person.end, choice, "voted-in", 0.8)
                return

    def _fills(self, person: Person) -> bool:
        """Is it somebody who takes "this post", replaces another, or makes up for one: "khuyết … bổ sung chị X"?

        "bầu chị X, sinh năm 1986, thay thế", "Người thay ông Y là bà X", "Đảm nhận trọng trách này là bà X".
        """
        words = self.words
        title = words.ending(person.first, "honorific")
        first = title.first if title else person.first
        if words.key(person.end) == "được" and _has(words.keys[person.end : person.end + HOLDERS // 5], _FILLS):
            return True  # "…; đồng chí X được chỉ định thay thế"
        named = words.keys[first - 1 : first] == ["là"]
        if not named and _VOTES.isdisjoint(words.keys[max(0, first - 2) : first]):
            return False
        start, end = sentence_of(self.context, person.first)
        before, behind = words.keys[start:first], words.keys[person.end : end]
        if named:
            return _has(before, _THIS) or (_has(before, _SUCCESSOR) and "người" in before)
        if _has(behind[: HOLDERS // 2 + 2], _THIS):
            return True
        replaces = next(
            (at_ for at_ in range(person.end, end - 1) if words.keys[at_ : at_ + 2] == ["thay", "thế"]), None
        )
        if replaces is not None and words.gap(replaces + 1)[:1] in _STOPS:
            return True
        return "khuyết" in before[-HOLDERS // 2 :] and not says("takes", behind[:NEAR])

    def _wins(self, index: int) -> bool:
        """Does "trúng cử" follow soon, or, behind what is said of somebody, "trúng cử chức danh này"?"""
        words = self.words
        if not words.has(_OF_WINS):
            return False
        for here in range(index, min(len(words), index + HOLDERS // 2)):
            if words.gap(here - 1)[:1] in (".", ";", "\n"):
                return False
            if words.keys[here] == "đạt" and "phiếu" in words.keys[here + 1 : here + NEAR]:
                return True  # "…, bà X, Trưởng phòng …, đạt 28/28 phiếu"
            if words.keys[here : here + 2] in _WINS:
                return here < index + NEAR or words.keys[here + 2 : here + 5] in _THIS
        return False
