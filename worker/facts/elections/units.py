"""Who was elected in each unit of a list: "Kết quả bầu Chủ tịch Hội các xã như sau: - Xã A: chị B; - Xã C: bà D"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from worker.facts.elections.choosing import says
from worker.facts.elections.members import Member
from worker.facts.elections.setting import Setting
from worker.facts.organisations import organisation_at
from worker.facts.people import people_of
from worker.facts.people.person import Person
from worker.facts.places import place_at
from worker.facts.span import Context
from worker.facts.words import Hit, at, words_of

BEHIND = 16  # words of which units it is told, between the office and the colon
LINES = 40  # units in one list
_VERBS = frozenset(("bầu", "cử", "định", "nhiệm"))
"""Last words of the verbs of choosing: bầu, bầu cử, chỉ định, bổ nhiệm."""
_POSTS = (["chức", "danh"], ["chức", "vụ"], ["giữ", "chức"], ["các", "chức"])
"""Words between the verb and the office."""
_COUNCILS = ("UBND", "HĐND")


def in_units(context: Context) -> Iterator[Member]:
    """Those of whom a list tells, unit by unit, that they were elected to the office of the line above it."""
    words, done = words_of(context), 0
    for office in words.all("office"):
        if office.first < done or office.entry.data[0] != "official":
            continue
        done = office.end
        first = office.first - 2 * (words.keys[max(0, office.first - 2) : office.first] in _POSTS)
        if first == 0 or words.keys[first - 1] not in _VERBS or words.gap(first - 1) != " ":
            continue
        line = _below(context, office)
        said = Setting(context).said(office.first)
        if line is not None and not says("proposes", said):
            role = words.written(office.first, office.end)
            for unit, person in _rows(context, line):
                yield Member(person.first, person.end, person.name, role, _of_unit(context, office, unit))


def _below(context: Context, office: Hit) -> int | None:
    """The first word of the lines below the one that names the office, if a colon ends that one."""
    words = words_of(context)
    for index in range(office.end, min(len(words), office.end + BEHIND)):
        between = words.text[words.ends[index - 1] : words.starts[index]]
        if ":" in between:
            return index if "\n" in between else None
        if not {".", ";", "\n"}.isdisjoint(between) or words.at(index, "office"):
            return None
    return None


def _rows(context: Context, index: int) -> Iterator[tuple[str, Person]]:
    """Of each line from this word on: the unit that it begins with, and who it tells of."""
    words, people = words_of(context), people_of(context)
    for _ in range(LINES):
        index += words.key(index).isdigit() and words.gap(index) in (".", ")", "/")
        union, place = organisation_at(context, index), place_at(context, index)
        end = union.end if union else place.end if place else index
        title = words.at(end, "honorific") if end < len(words) else None
        person = at(people, title.end if title else end)
        if end == index or words.gap(end - 1) not in (":", "-") or person is None:
            return
        yield (union or place or person).name, person
        _, stop = context.paragraph(words.starts[index])
        index = bisect_left(words.starts, stop)
        if index >= len(words):
            return


def _of_unit(context: Context, office: Hit, unit: str) -> str | None:
    """The organisation of the unit in which the office is held: "Chủ tịch Hội" of "xã A" is of "Hội LHPN xã A"."""
    words = words_of(context)
    if unit.startswith(("Hội", *_COUNCILS)):
        return unit
    union = words.at(office.end, "union") is not None or words.key(office.end) == "hội"
    council = next((one for one in _COUNCILS if words.key(office.end) == one.lower()), None)
    return f"Hội LHPN {unit}" if union else f"{council} {unit}" if council else None
