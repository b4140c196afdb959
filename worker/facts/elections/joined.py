"""Who was voted into a committee by name: "bầu bổ sung bà A - Chủ tịch … vào Ban Thường vụ", "bà B trúng cử BCH"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from worker.facts.awards.recipients import Recipients
from worker.facts.elections.behind import HOLDERS
from worker.facts.elections.choosing import says
from worker.facts.elections.members import Member
from worker.facts.elections.setting import COMMITTEES
from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.people import people_of
from worker.facts.people.beside import roles_after
from worker.facts.people.meant import meant_by, stands_alone
from worker.facts.people.names import names_of
from worker.facts.people.person import Person
from worker.facts.span import Context
from worker.facts.words import Hit, Words, sentence_of, within, words_of

_SEATS = COMMITTEES | {"đoàn chủ tịch": "Đoàn Chủ tịch"}
"""The same, with the presidium of the union; a meeting's own is but "gồm" those who preside."""
_OF_MEETING = frozenset(("đại", "hội", "điều"))
"""First words behind "Đoàn Chủ tịch" where it presides over a meeting."""
BEHIND = 16  # words between a committee and those who are listed behind it
_ENTERS = (["trúng", "cử"], ["đắc", "cử"])
"""Verbs with which somebody comes into a committee: "trúng cử Ban Chấp hành"."""


def joined_of(context: Context) -> Iterator[Member]:
    """Those of whom this part says that they were voted into a committee, each at the committee or at their name."""
    words = words_of(context)
    for body in words.all("body"):
        index = _into(words, body)
        name = _SEATS.get(body.entry.name.lower())
        presides = name == "Đoàn Chủ tịch" and words.key(body.end) in _OF_MEETING
        if index is None or name is None or presides:
            continue
        for one in _listed(context, body):
            yield Member(one.first, one.end, one.name, f"Ủy viên {name}", _owner(context, body, index))
        near, found = _named(context, index), _whom(context, index)
        for one in [] if found is None else [*_before_and(words, near, found), found]:
            where = (body.first, body.end) if one is found else (one.first, one.end)
            yield Member(*where, one.name, f"Ủy viên {name}", _owner(context, body, index))


def _listed(context: Context, body: Hit) -> Sequence[Person]:
    """Who is listed behind a committee, each with an office: "bầu 2 chị vào Ban Thường vụ, gồm: bà A - …; bà B"."""
    words = words_of(context)
    start, end = sentence_of(context, body.first)
    keys = words.keys[start : body.first]
    if not {"bầu", "cử"} & set(keys) or says("proposes", keys):
        return ()
    for index in range(body.end, min(len(words), end + 1, body.end + BEHIND)):
        if words.keys[index] in ("gồm", "là") and ":" in words.gap(index):
            line = Recipients(context).line_end(end)
            named = within(people_of(context), index + 1, line)
            return [one for one in named if _begins_item(words, one.first, index + 1)]
    return ()


def _begins_item(words: Words, index: int, first: int) -> bool:
    """Does an item of the list that begins with word `first` begin with this name, or its title?"""
    title = words.ending(index, "honorific")
    begins = title.first if title else index
    return begins == first or words.gap(begins - 1) in (";", ",") or words.key(begins - 1) == "và"


def _into(words: Words, body: Hit) -> int | None:
    """Where "vào" or "trúng cử" stands before a committee, or before another that it is named with."""
    first = body.first
    other = words.ending(first - (words.key(first - 1) == "và"), "body")
    if other and words.gap(first - 1) in (",", " "):  # "trúng cử Ban Chấp hành, | Ban Thường vụ"
        first = other.first
    if words.keys[first - 1 : first] == ["vào"]:
        return first - 1
    return first - 2 if words.keys[max(0, first - 2) : first] in _ENTERS else None


def _named(context: Context, index: int) -> Sequence[Person]:
    """Who is named in the sentence before this word."""
    start, _ = sentence_of(context, index)
    return [one for one in within(people_of(context), max(start, index - HOLDERS), index) if one.end <= index]


def _whom(context: Context, index: int) -> Person | None:
    """Who it is that is voted in, named or meant last before "vào"; None if nobody is, or if they leave."""
    words, near = words_of(context), _named(context, index)
    start, end = sentence_of(context, index)
    voted = {"bầu", "cử", "phiếu", "y"} & set(words.keys[start:end])
    if not voted or {"thôi", "rút"} & set(words.keys[start:index]):
        return None
    passive = words.keys[index - 2 : index] == ["được", "bầu"]
    added = words.keys[index - 4 : index] == ["được", "bầu", "bổ", "sung"] and "các" in words.keys[index - 8 : index]
    if added or (passive and not (near and _told_up_to(context, near[-1]) == index - 2)):
        return None  # "… chúc mừng các đồng chí được bầu vào Ban Chấp hành"
    if stands_alone(context, index - 1):
        return meant_by(context, index - 1)
    return near[-1] if near and ";" not in {words.gap(at) for at in range(near[-1].end, index)} else None


def _told_up_to(context: Context, person: Person) -> int:
    """Where the offices end that stand behind a name, or the name: "đồng chí X, Chủ tịch Hội LHPN xã A | được bầu"."""
    words = words_of(context)
    roles = roles_after(words, names_of(context), person.end)
    return roles.end if roles and roles.offices else person.end


def _before_and(words: Words, near: Sequence[Person], last: Person) -> Sequence[Person]:
    """Who is named right before the last one, with "và" between: "bầu bà A - Chủ tịch … và bà B vào BCH"."""
    title = words.ending(last.first, "honorific")
    joined = words.key((title.first if title else last.first) - 1) == "và"
    return near[-2:-1] if joined and near and near[-1] is last else ()


def _owner(context: Context, body: Hit, index: int) -> str | None:
    """Whose committee it is: that of its name, or the last one named before those voted in, but not their own."""
    start, _ = sentence_of(context, index)
    near = _named(context, index)
    first = near[0].first if near else index
    owners = [one for one in within(organisations_of(context), start, first) if one.rule != "body-alone"]
    owner = organisation_at(context, body.first) or (owners[-1] if owners else None)
    return (owner.whole or owner).name if owner else names_of(context).union_before(first)
