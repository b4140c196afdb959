"""The facts of people: whom a part names, with the office that is said of them, or that the article says they took.

"Bà X trúng cử Chủ tịch" says whose office it is from then on, wherever else the article names her without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter
from typing import Any

from worker.facts.elections.choices import Chosen, choices_of
from worker.facts.elections.election import Choice
from worker.facts.people import people_of
from worker.facts.people.person import Office, Person
from worker.facts.span import Context, Page, Span, parts_of, read_once
from worker.facts.words import words_of

_PASSING = re.compile(r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy|uý)\b|nguyên\b", re.IGNORECASE)
"""What somebody was before they took an office: a rank, or an office that they left."""
_LEADS = re.compile(r"(?:phó )?chủ tịch\b", re.IGNORECASE)
"""The offices of a union that are a post: who takes one leaves the post that they had."""
TAKEN = 0.8  # how sure it is that who took an office is called by it


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The people that this part names."""
    words, taken = words_of(context), _taken(context.page)
    for one in people_of(context):
        person = _in_office(one, *taken.get(one.name, (None, False)))
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
def _taken(page: Page) -> dict[str, tuple[Choice, bool]]:
    """Name -> the last office that the article says somebody took, and whether it takes the place of what they were."""
    told = [(_is_news(context, one), one.choice) for context in parts_of(page) for one in choices_of(context)]
    return {choice.holder: (choice, news) for news, choice in sorted(told, key=itemgetter(0))}


def _is_news(context: Context, one: Chosen) -> bool:
    """Is the news that somebody takes the lead of the union that is named: "được bầu giữ chức Chủ tịch Hội LHPN"?"""
    words, choice = words_of(context), one.choice
    leads = one.rule == "chosen" and (choice.org or "").startswith("Hội LHPN") and _LEADS.match(choice.role)
    return bool(leads) and choice.year == context.page.year and "hội" in words.keys[one.first : one.end]


def _in_office(person: Person, choice: Choice | None, news: bool) -> Person:
    """The person with the office that they took, where nothing but a rank is said of them elsewhere.

    Where that they take it is the news ("bà X - Phó Bí thư Huyện ủy được bầu giữ chức Chủ tịch Hội LHPN tỉnh"), they
    are called by it in any case, and what they were is told beside it.
    """
    if choice is None:
        return person
    also = person.also
    if person.role and person.org and not _PASSING.match(person.role):
        if not news or (person.role, person.org) == (choice.role, choice.org):
            return replace(person, private=False)
        also = (*also, Office(person.first, person.end, person.role, person.org, person.role))
    sure = min(person.confidence, TAKEN)
    return replace(person, role=choice.role, org=choice.org, private=False, confidence=sure, also=also)
