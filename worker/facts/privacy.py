"""Facts that tell of private persons, and so carry `"private": true`: what names them, and what stands about them.

A private person is one whom the unions help or write about and who holds no office (`people.py`). The words of an
article stay as its page has them; lists, tables and feeds leave such facts out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from worker.models import Fact

_NAMING = frozenset({"event", "award", "election", "programme", "theme"})
"""Kinds whose value may hold a name that their own words do not: who won an award stands before it."""


def marked(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of an article, those about private persons marked so."""
    facts = tuple(facts)
    people = [fact for fact in facts if fact.kind == "person" and fact.value.get("private")]
    if not people:
        return facts
    names = {str(person.value["name"]) for person in people}
    places: dict[str, list[tuple[int, int]]] = {}
    for person in people:  # people of one part come in order and do not overlap
        places.setdefault(person.part, []).append((person.start, person.end))
    return tuple(
        replace(fact, value={**fact.value, "private": True})
        if fact.kind != "person" and (_overlaps(fact, places.get(fact.part, [])) or _names(fact, names))
        else fact
        for fact in facts
    )


def _overlaps(fact: Fact, people: list[tuple[int, int]]) -> bool:
    index = bisect_left(people, (fact.end,)) - 1
    return index >= 0 and people[index][1] > fact.start


def _names(fact: Fact, names: set[str]) -> bool:
    if fact.kind not in _NAMING:
        return False
    told = " ".join(str(value) for value in fact.value.values())
    return any(name in told for name in names)
