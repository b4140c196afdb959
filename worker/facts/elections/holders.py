"""Who takes an office: by the verb or the link before it, or by what stands behind it.

A verb may say so itself ("được bổ nhiệm", "trúng cử"); a link ("làm", "giữ chức", "là", a dash) does in a sentence or
under a heading that tells of choosing. The holder stands before the verb, as a list, a name or a pronoun, or behind the
office: "… cho bà X", "2 Phó Chủ tịch là …".
"""

from __future__ import annotations

from dataclasses import replace

from worker.facts.awards.award import Winner
from worker.facts.awards.recipients import Recipients
from worker.facts.elections.behind import FEW, HOLDERS, MANY, REACH, Behind, joined_to, person_of
from worker.facts.elections.choosing import phrases, says
from worker.facts.elections.setting import Setting
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisations_of
from worker.facts.people import people_of
from worker.facts.people.meant import meant_by, stands_alone
from worker.facts.people.names import names_of
from worker.facts.people.person import Roles
from worker.facts.span import Context
from worker.facts.words import Hit, Words, at, sentence_of, within, words_of

PHRASE = 10  # words of a verb of appointing
NEAR = 4  # words between "giới thiệu" and who is proposed
WHEN = 5  # words that say when, before a verb that opens its clause
_MARKED = frozenset(("cho", "của", "theo", "thay", "thế", "nhiệm"))
"""Before somebody who is not the one chosen: "thay bà X", "theo bà X", "kế nhiệm bà X"."""
_PLACED = frozenset((" ", "-", ",", "(", ")", "),"))
"""Marks within who elects: "được dân bản Nậm Hính, xã Huổi Lếch (Mường Nhé) bầu làm …"."""
_WHEN = frozenset(("khi", "sau", "từ", "ngày", "lúc", "ngay", "mới", "vừa", "năm", "kể", "trước"))
_PASSIVE = frozenset(("được", "trúng", "đắc", "tái"))
_MOVED = frozenset(("được", "điều", "phân", "luân", "chuyển", "giữ", "sang"))
"""First words of a verb by which somebody takes another office than the one they leave."""
_VOTERS = frozenset(("dân", "bà", "đảng", "hội", "chị", "nhân", "các", "người", "mọi", "tập", "đoàn", "cả"))
"""First words of those who elect."""


def in_turn(words: Words, roles: Roles, holders: tuple[Winner, ...]) -> list[tuple[Roles, tuple[Winner, ...]]]:
    """Who takes which of several offices: each their own, where they are told in turn, else all of them all.

    "bà A và bà B được bầu lần lượt giữ chức Chủ tịch, Phó Chủ tịch Hội LHPN xã C".
    """
    offices = roles.offices
    said = " ".join(words.keys[holders[-1].end : offices[0].first]) if offices else ""
    if "lần lượt" not in said or len(offices) != len(holders):
        return [(roles, holders)]
    each = [one._replace(org=one.org or offices[-1].org) for one in offices]
    told = [replace(roles, role=one.role, org=one.org, offices=(one,)) for one in each]
    return [(one, (holder,)) for one, holder in zip(told, holders, strict=True)]


class Holders:
    """Reads who takes an office, in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words = words_of(context)
        self.names = names_of(context)
        self.people = people_of(context)
        self.setting = Setting(context)
        self.recipients = Recipients(context)
        self.behind = Behind(context, self.setting)
        self.phrase = small_words("chosen") | phrases("phrase")

    def of(self, office: Hit, roles: Roles) -> tuple[Winner, ...]:
        """Who takes an office: before its verb or link, or behind it."""
        words, first = self.words, self._verb(office.first)
        lead = words.keys[first : office.first]
        if words.key(first - 1) == "thôi" or "thôi" in lead:
            return self.behind.successor(office.end)
        before = words.keys[max(0, first - NEAR) : first]
        won = before[-1:] == ["từng"] and lead[-1:] == ["cử"]  # "từng trúng cử": that is told of a year
        won = won or (before[-1:] == ["khi"] and lead[:1] == ["được"] and says("takes", lead))  # "Sau khi được bầu …"
        if says("leaves", lead) or (says("leaves", before[-1:]) and not words.capital(first - 1) and not won):
            return ()
        if not says("proposes", before + lead) and (handed := self.behind.handed(office, roles.end, lead)):
            return handed
        told = lead and lead[-1] in phrases("links") and (self._replaces(roles.end) or self._chosen(first, lead))
        if not says("takes", lead) and not told:
            return self.behind.named(office, roles.end) or self.behind.beside(office, roles)
        if says("proposes", before + lead):
            return ()
        return self._by_verb(first, roles.end) or self.behind.named(office, roles.end)

    def _replaces(self, index: int) -> bool:
        """Does it say behind an office whom its holder replaces: "làm Phó Giám đốc Sở Nội vụ thay ông X"?"""
        words = self.words
        index += words.key(index) in ("để", "nhằm")
        named = index + 1 + (words.key(index + 1) in ("thế", "cho"))
        return words.key(index) in ("thay", "thế") and words.at(named, "honorific") is not None

    def _by_verb(self, first: int, index: int) -> tuple[Winner, ...]:
        """Who takes an office by the verb that begins at a word; `index`: behind the office."""
        if self._opens(first):  # "Giữ chức Trưởng ban là bà X", "Được bầu làm Chủ tịch Hội, chị X …"
            return self.behind.given(index) or self._behind_comma(first, index)
        return self._before(first) or self.behind.given(index) or self._nearest(first) or self._meant(first)

    def _opens(self, index: int) -> bool:
        """Does a verb open its sentence, or its clause that tells when: "Khi được bầu …", "Từ ngày được giao …"?"""
        words, first = self.words, index
        while first > max(0, index - WHEN) and words.gap(first - 1) == " " and words.keys[first - 1] in _WHEN:
            first -= 1
        return words.opens_sentence(first)

    def _behind_comma(self, first: int, index: int) -> tuple[Winner, ...]:
        """Whom the sentence goes on to name, where its first clause has no subject: "Được bầu làm …, chị X luôn …"."""
        words = self.words
        if not _PASSIVE & set(words.keys[first : first + 2]):
            return ()
        for here in range(index, min(len(words), index + REACH)):
            if words.gap(here - 1)[:1] in (".", ";", ":", "\n"):
                return ()
            if words.gap(here - 1) != ",":
                continue
            title = words.at(here, "honorific")
            if person := at(self.people, title.end if title else here):
                return (Winner(person.first, person.end, person.name),)
            if stands_alone(self.context, here) and (meant := meant_by(self.context, here)):
                return (Winner(here, here + 1, meant.name),)
        return ()

    def _verb(self, index: int) -> int:
        """Where the words of appointing begin that end before this one, with who appoints: "được Hội mời làm | …"."""
        words, first = self.words, index
        while first > max(0, index - PHRASE) and words.gap(first - 1) == " " and words.keys[first - 1] in self.phrase:
            first -= 1
        if first < index and words.keys[first] != "được":
            near = True
            for start in range(first - 1, max(0, first - 2 * PHRASE), -1):
                near = near and first - start < PHRASE and words.gap(start) in (" ", "-")
                if words.gap(start) not in _PLACED or (not near and words.at(start, "office")):
                    break
                if words.keys[start] == "được":
                    return start if near or words.key(start + 1) in _VOTERS else first
        return first

    def _chosen(self, index: int, lead: list[str]) -> bool:
        """Does what is said before a link, in its sentence or in the line that heads its list, tell of choosing?

        "CLB ra mắt do chị X làm Chủ nhiệm" tells who leads what is new, not when she was chosen.
        """
        said = [*self.setting.said(index), *lead]
        led = "do" in self.words.keys[max(0, index - PHRASE) : index]
        moved = self.words.key(index - 1) == "để" and "thôi" in said  # "thôi giữ chức … để giữ chức …"
        headline = self.context.part == "title" and lead in (["giữ", "chức"], ["giữ", "chức", "vụ"], ["làm"])
        if (
            moved
            or headline
            or says("elects", said)
            or says("picks", said)
            or (not led and lead[:2] == ["giữ", "chức"] and self._said_around(index))
            or (lead == ["làm"] and self._given_to(index))
        ):
            return True
        told = not led and lead != ["là"] and says("launches", said)  # but "giao cho bà X, là Chủ tịch Hội"
        return told or self.setting.settled(index)

    def _said_around(self, index: int) -> bool:
        """Does what stands around "giữ chức" tell of choosing: its sentence, the paragraph above, an item above?"""
        return self._of_so_many(index) or self.setting.announced(index) or self.setting.item_above(index)

    def _of_so_many(self, index: int) -> bool:
        """Is it told how many make up the body: "Ủy ban Kiểm tra gồm 5 đồng chí, đồng chí X | giữ chức Chủ nhiệm"?"""
        words = self.words
        start, _ = sentence_of(self.context, index)
        made_up = (at_ for at_ in range(max(start, index - HOLDERS), index) if words.keys[at_] == "gồm")
        return any(words.key(at_ + 1).isdigit() for at_ in made_up)

    def _given_to(self, index: int) -> bool:
        """Is the office one that whoever is named before is given: "đồng lòng giao cho chị X, …, làm tổ trưởng"?"""
        words = self.words
        start, _ = sentence_of(self.context, index)
        near = within(self.people, max(start, index - HOLDERS), index)
        title = words.ending(near[-1].first, "honorific") if near else None
        first = title.first if title else near[-1].first if near else 0
        return words.keys[max(0, first - 2) : first] == ["giao", "cho"]

    def _before(self, index: int) -> tuple[Winner, ...]:
        """Who stands right before a verb: a pronoun, or those of a list with what is said of each."""
        words = self.words
        start, _ = sentence_of(self.context, index - 1)
        part = any(one.end == index for one in within(self.people, index - REACH, index))  # "Nguyễn Hoàng Em"
        if index > start and not part and stands_alone(self.context, index - 1):
            meant = meant_by(self.context, index - 1)
            title = words.before(index, "honorific")  # "đồng chí" has two words
            return (Winner(title.first if title else index - 1, index, meant.name),) if meant else ()
        for first in range(max(start, index - HOLDERS), index):
            title = words.at(first, "honorific", "office")
            named = at(self.people, title.end if title else first)
            bare = words.at(first, "surnames") and not self._inside(first) and self.names.name(first) > first + 1
            if named is None and not bare and not (title and words.key(first - 1) in MANY):
                continue
            led = self._before_title(first)
            if led in _MARKED or led in phrases("leaves"):
                continue
            if says("proposes", words.keys[max(0, first - NEAR) : first]):
                return ()
            found, stop = self.recipients.read(first, index, listed=words.key(first - 1) in MANY)
            if found and stop >= index - (words.gap(stop - 1) == " " and words.key(stop) in ("cũng", "đã", "vừa")):
                taking = [person_of(self.people, one) for one in found if self._known(one)]
                return tuple(one for one in taking if self._before_title(one.first) not in _MARKED)  # "thay chị B"
        return ()

    def _known(self, one: Winner) -> bool:
        """Is it a person, or a pronoun that means one, and no place ("A Lưới")?"""
        named = one.end == one.first + 1 or bool(within(self.people, one.first, one.end))
        return named or one.end - one.first >= FEW

    def _nearest(self, index: int) -> tuple[Winner, ...]:
        """Who is named last in the clause before a verb, and those whom "và" joins to them."""
        words = self.words
        start, _ = sentence_of(self.context, index)
        near = [one for one in within(self.people, max(start, index - HOLDERS), index) if one.end <= index]
        for position in range(len(near) - 1, -1, -1):
            person = near[position]
            if self._before_title(person.first) in _MARKED:
                continue
            between = words.keys[person.end : index]
            if says("gone", between) and words.key(index) not in _MOVED:  # "thôi giữ chức …, được điều động giữ chức …"
                continue
            lead = words.keys[max(0, person.first - NEAR) : person.first]
            if says("proposes", between) or says("proposes", lead) or says("acts", between):
                return ()
            return tuple(Winner(one.first, one.end, one.name) for one in joined_to(self.words, near[: position + 1]))
        return ()

    def _inside(self, index: int) -> bool:
        """Does the word stand within a name that began before: the Nông of "Trường Đại học Nông Lâm", a middle name?"""
        people = within(self.people, index - REACH, index)
        owners = within(organisations_of(self.context), index - HOLDERS, index)
        return any(one.end > index for one in people) or any(one.end > index for one in owners)

    def _before_title(self, index: int) -> str:
        """The word before a name and its title; none of "kế nhiệm bà X", "giao cho bà X"."""
        words = self.words
        title = words.ending(index, "honorific")
        first = title.first if title else index
        key = words.keys[first - 1] if first else ""
        if words.keys[first - 2 : first] == ["giao", "cho"]:
            return ""
        return key if key != "nhiệm" or words.keys[first - 2 : first - 1] == ["kế"] else ""

    def _goes_on_from(self, start: int, index: int) -> int | None:
        """Where the part of the sentence begins that this one goes on with: "Năm 2011, bà A …; năm 2016 | được …"?"""
        words = self.words
        if start == 0 or words.gap(start - 1)[:1] != ";":
            return None
        when = all(words.keys[at].isdigit() or words.keys[at] in _WHEN | {"tháng", "đến"} for at in range(start, index))
        return min(sentence_of(self.context, start - 1)[0], start - 1) if when else None

    def _meant(self, index: int) -> tuple[Winner, ...]:
        """Whom the sentence is about, where the verb has no subject: "chị là cô giáo, năm 1996 được bầu …"."""
        words = self.words
        start, _ = sentence_of(self.context, index)
        begun = self._goes_on_from(start, index)
        if begun is not None:
            near = {one.name: one for one in within(self.people, begun, index)}
            if len(near) == 1:
                return tuple(Winner(one.first, one.end, one.name) for one in near.values())
            start = begun
        elif words.gap(index - 1) not in (",", "-") and not words.key(index - 1).isdigit():
            return ()
        for here in range(start, min(index, start + HOLDERS)):
            if stands_alone(self.context, here) and (meant := meant_by(self.context, here)):
                return (Winner(here, here + 1, meant.name),)
        return ()
