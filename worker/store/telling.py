"""What one article tells: its share of the tables that are kept for the whole archive (worker/store/summaries.py).

Private persons are people whom a page names without their holding an office (a child, a family that was given a house).
Their facts carry `"private": true`. The article keeps its words, as its page has them; but no list, table, feed or
export gathers such people for the public, by their own facts or by one that holds their name ("the handing over of a
house to …"). Which facts those are is kept in the table `private_facts`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from worker.vietnamese.offices import office

NAMED = frozenset({"person", "programme", "document"})
"""Kinds of entities that are counted in `named`."""

AUTHOR = "tác giả"
"""Who wrote a text or took a picture is named with this role, which is no office."""

LONG_NAME = 30
"""Letters from which the name of an event is that of one event; shorter ones are those of many meetings."""

_UNITS = {"money": "đồng", "ratio": "%"}

Key = tuple[str, str, str]
"""A row of `tallies`: what, name, at."""

Name = tuple[int, str, str]
"""A row of `named`: entity, role, organisation."""


class Fact(NamedTuple):
    """A fact as it is stored."""

    id: int
    kind: str
    part: str
    start: int
    end: int
    written: str  # its value, as JSON
    number: float | None
    date_start: str | None
    entity: int | None
    province: str | None
    year: int | None
    scope: str | None
    indicator: str | None

    @property
    def value(self) -> dict[str, Any]:
        """Its value."""
        loaded = json.loads(self.written)
        return loaded if isinstance(loaded, dict) else {}


HOLDERS = frozenset({"event", "award", "election", "programme", "theme"})
"""Kinds of facts whose text may hold a person's name."""


def private(facts: Sequence[Fact]) -> set[int]:
    """Of the facts of one article, the ids of those that are not for the public."""
    flagged = [fact for fact in facts if '"private"' in fact.written and fact.value.get("private")]
    names = [fact for fact in flagged if fact.kind == "person"]
    holding = (
        fact.id
        for fact in (facts if names else ())
        if fact.kind in HOLDERS
        and any(one.part == fact.part and one.start < fact.end and one.end > fact.start for one in names)
    )
    return {fact.id for fact in flagged}.union(holding)


_NOT_ADDED = ("change", "per", "planned", "part", "since")


def _stands(fact: Fact) -> bool:
    """Is a sum none to be added: a balance, a change, per head, a plan, a part of another, of several years?"""
    if fact.indicator == "loans_outstanding":
        return True
    return any(f'"{name}"' in fact.written for name in _NOT_ADDED) and not fact.value.keys().isdisjoint(_NOT_ADDED)


NO_RESULTS = ("planned", "part", "since")
"""What the value of a number holds that is no result of one year: see worker/facts/scope."""

SMALL = 100
"""Numbers below this may be told of two things in one article though they are alike: "2 căn nhà", "2 mái ấm"."""


def results(facts: Iterable[Fact]) -> list[Fact]:
    """The figures that an article tells, each once: no plan, no part of another, of one year, and no number told again.

    A headline often has the number of the text. Of two tellings the first counts, or the one that says whose it is.
    """
    found: dict[tuple[object, ...], dict[object, Fact]] = {}  # a figure -> who is said to own it -> the fact
    for fact in facts:
        value = fact.value if fact.indicator else {}
        if not fact.indicator or not value.keys().isdisjoint(NO_RESULTS):
            continue
        org, unit = value.get("org"), value.get("unit") if (fact.number or 0) < SMALL else None
        told = (fact.indicator, fact.kind, fact.number, unit, value.get("per"), fact.province, fact.year)
        known = found.setdefault(told, {})
        if org in known or (org is None and known):
            continue
        known.pop(None, None)
        known[org] = fact
    return sorted((fact for known in found.values() for fact in known.values()), key=lambda fact: fact.id)


@dataclass(frozen=True, slots=True)
class Told:
    """What an article adds to `tallies` and `named`; `day` is that of its publication."""

    tallies: dict[Key, tuple[int, int]] = field(default_factory=dict)  # count, total
    named: dict[Name, str] = field(default_factory=dict)  # and the kind of the entity
    day: str | None = None

    def written(self) -> str:
        """As the column `told` has it."""
        tallies = [[*key, *added] for key, added in self.tallies.items()]
        named = [[*name, kind] for name, kind in self.named.items()]
        return json.dumps([tallies, named, self.day], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Told:
        """What `written` wrote."""
        tallies, named, day = json.loads(text)
        return cls(
            {(what, name, at): (count, total) for what, name, at, count, total in tallies},
            {(entity, role, organisation): kind for entity, role, organisation, kind in named},
            day,
        )


@dataclass(frozen=True)
class Article:
    """One article on its way into the tables."""

    id: int
    source: str
    published: str | None
    first_seen: str
    group: int | None
    counted: bool
    province: str | None  # of its source
    all_facts: Sequence[tuple[str, str | None, int]]  # kind, province, how many
    facts: Sequence[Fact]  # those that tell something

    @cached_property
    def private(self) -> set[int]:
        """Its facts that are not for the public."""
        return private(self.facts)

    @cached_property
    def results(self) -> list[Fact]:
        """Its figures that may be set beside those of others."""
        return results(fact for fact in self.facts if fact.id not in self.private)

    def told(self) -> Told:
        """What it adds to `tallies` and `named`."""
        tallies: dict[Key, tuple[int, int]] = {("articles", self.source, (self.published or "")[:7]): (1, 0)}
        kinds: Counter[str] = Counter()
        for kind, _, count in self.all_facts:
            kinds[kind] += count
        apart = Counter(fact.kind for fact in self.facts if fact.id in self.private)
        tallies |= {("facts", kind, ""): (count, 0) for kind, count in kinds.items()}
        tallies |= {("private", kind, ""): (count, 0) for kind, count in apart.items()}
        if not self.counted:
            return Told(tallies)
        money = [fact for fact in self.facts if fact.kind == "money" and fact.number and not _stands(fact)]
        amounts = dict.fromkeys((fact.year, fact.number) for fact in money)  # in the order of the text, everywhere
        for year, number in (amount for amount in amounts if amount[0]):
            count, total = tallies.get(("money", "", str(year)), (0, 0))
            tallies["money", "", str(year)] = count + 1, total + int(number or 0)
        for province, year, number in dict.fromkeys((fact.province, fact.year, fact.number) for fact in money):
            key = ("sums", province or "", str(year or ""))
            count, total = tallies.get(key, (0, 0))
            tallies[key] = count + 1, total + int(number or 0)
        told = Counter((fact.indicator, str(fact.year or "")) for fact in self.results)
        tallies |= {("indicator", name, year): (count, 0) for (name, year), count in told.items() if name}
        return Told(tallies, self._named(), (self.published or "")[:10] or None)

    def tags(self) -> tuple[str, str]:
        """The kinds and the provinces of its facts, for the filters of a search."""
        kinds = sorted({kind for kind, _, _ in self.all_facts})
        provinces = sorted({province for _, province, _ in self.all_facts if province})
        return " ".join(kinds), " ".join(provinces)

    def _named(self) -> dict[Name, str]:
        named: dict[Name, str] = {}
        for fact in self.facts:
            if fact.entity is None or fact.kind not in NAMED or fact.part == "byline" or fact.id in self.private:
                continue
            if fact.kind == "person":
                for value in (fact.value, *fact.value.get("also", ())):
                    if (role := value.get("role")) and role != AUTHOR:
                        named[fact.entity, office(str(role)), str(value.get("org") or "")] = fact.kind
            else:
                named[fact.entity, "", ""] = fact.kind
        return named

    def statements(self) -> list[tuple[object, ...]]:
        """Its rows of `statements`."""
        rows: list[tuple[object, ...]] = []
        figures = {fact.id for fact in self.results}
        for fact in self.facts if self.counted else ():
            if fact.id in self.private or (fact.indicator and fact.id not in figures):
                continue
            if fact.indicator:
                value = fact.value
                unit = value.get("unit") or _UNITS.get(fact.kind, "")
                where = (fact.province, fact.year, fact.scope, unit, value.get("per"))
                rows.append((fact.id, self.id, "indicator", fact.indicator, *where, fact.number, value.get("org")))
            elif fact.kind == "event" and fact.date_start:
                name = str(fact.value.get("name") or "")
                if len(name) > LONG_NAME:
                    where = (fact.province or self.province, int(fact.date_start[:4]), None, None, None)
                    # What two districts hold under one name (a campaign, a market) are two events.
                    rows.append((fact.id, self.id, "event", name, *where, fact.date_start, fact.value.get("host")))
        return rows
