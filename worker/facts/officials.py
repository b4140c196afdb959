"""The facts of people: whom a part names, with the office that is said of them, or that the article says they took.

"Bà X trúng cử Chủ tịch" says whose office it is from then on, wherever else the article names her without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from worker.facts.elections.choices import choices_of
from worker.facts.elections.election import Choice
from worker.facts.people import people_of
from worker.facts.people.person import Person
from worker.facts.span import Context, Page, Span, parts_of, read_once
from worker.facts.words import words_of

_PASSING = re.compile(r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy|uý)\b|nguyên\b", re.IGNORECASE)
"""What somebody was before they took an office: a rank, or an office that they left."""
TAKEN = 0.8  # how sure it is that who took an office is called by it


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The people that this part names."""
    words, taken = words_of(context), _taken(context.page)
    for one in people_of(context):
        person = _in_office(one, taken.get(one.name))
        yield Span(
            kind="person",
            start=words.starts[person.first],
            end=words.ends[person.end - 1],
            value=_value(person),
            rule=person.rule,
            confidence=person.confidence,
            name=person.name,
        )


def _value(person: Person) -> dict[str, Any]:
    """Who it is, with the office that is told last, and, where there are more, those beside it."""
    value = {"name": person.name, "role": person.role, "org": person.org, "private": person.private}
    return value | ({"also": [{"role": one.said, "org": one.org} for one in person.also]} if person.also else {})


@read_once
def _taken(page: Page) -> dict[str, Choice]:
    """Name -> the last office that the article says somebody took."""
    told = [one.choice for context in parts_of(page) for one in choices_of(context)]
    return {choice.holder: choice for choice in told}


def _in_office(person: Person, choice: Choice | None) -> Person:
    """The person with the office that they took, where nothing but a rank is said of them elsewhere."""
    if choice is None:
        return person
    if person.role and person.org and not _PASSING.match(person.role):
        return replace(person, private=False)
    sure = min(person.confidence, TAKEN)
    return replace(person, role=choice.role, org=choice.org, private=False, confidence=sure)
