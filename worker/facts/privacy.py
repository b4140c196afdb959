"""Facts that tell of private persons, and so carry `"private": true`: what names them, and what stands about them.

A private person is one whom the unions help or write about and who holds no office (`people`). The words of an article
stay as its page has them; lists, tables and feeds leave such facts out. A number stays for everybody, whomever it was
for: where its value says that ("for", "org"), their initials stand for their names. In which year they were born is no
fact of a report, and is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from worker.facts.dates.periods import OF_BIRTH
from worker.models import Fact
from worker.vietnamese.initials import initials

_BESIDE = 12  # characters between a name and the year of birth: ", sinh ", " (sinh "
_NAMING = frozenset({"event", "award", "election", "programme", "theme"})
"""Kinds whose value may hold a name that their own words do not: who won an award stands before it."""


def marked(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of an article, those about private persons marked so."""
    facts = tuple(facts)
    people = [fact for fact in facts if fact.kind == "person" and fact.value.get("private")]
    if not people:
        return facts
    in_office = {fact.value["name"] for fact in facts if fact.kind == "person" and not fact.value.get("private")}
    names = sorted({str(person.value["name"]) for person in people} - in_office, key=len, reverse=True)
    places: dict[str, list[tuple[int, int]]] = {}
    for person in people:  # people of one part come in order and do not overlap
        places.setdefault(person.part, []).append((person.start, person.end))
    told = [
        fact if fact.kind == "person" else _told(fact, names, places.get(fact.part, []))
        for fact in facts
        if not _is_birth(fact, places.get(fact.part, []))
    ]
    named = {fact.value["name"] for fact in told if fact.kind == "organisation" and not fact.value.get("private")}
    return tuple(fact if fact.kind == "person" else _initialled(fact, names, named) for fact in told)


def _told(fact: Fact, names: Sequence[str], people: list[tuple[int, int]]) -> Fact:
    """A fact, private where it tells of these people: by its words, or, of some kinds, by its value."""
    held = fact.kind in _NAMING and any(_holds(told, names) for told in fact.value.values())
    return replace(fact, value={**fact.value, "private": True}) if held or _overlaps(fact, people) else fact


def _is_birth(fact: Fact, people: list[tuple[int, int]]) -> bool:
    """Is it the year in which one of these people was born?"""
    if fact.rule != OF_BIRTH:
        return False
    index = bisect_left(people, (fact.start,)) - 1
    return index >= 0 and fact.start - people[index][1] <= _BESIDE


def _initialled(fact: Fact, names: Sequence[str], public: Collection[str]) -> Fact:
    """A fact for everybody without these names in its value; those of `public` organisations stay (of a village)."""
    value = fact.value
    if value.get("private") or not any(_holds(told, names) for told in value.values()):
        return fact
    shown = {key: _short(told, names) for key, told in value.items() if isinstance(told, str) and told not in public}
    return replace(fact, value={**value, **shown})


def _holds(told: object, names: Sequence[str]) -> bool:
    return isinstance(told, str) and any(map(told.__contains__, names))


def _short(told: str, names: Sequence[str]) -> str:
    for name in names:
        told = told.replace(name, initials(name))
    return told


def _overlaps(fact: Fact, people: list[tuple[int, int]]) -> bool:
    index = bisect_left(people, (fact.end,)) - 1
    return index >= 0 and people[index][1] > fact.start
