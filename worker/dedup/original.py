"""Which of several copies is the article that the others were made from, and what shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from worker.dedup.compare import Comparison
from worker.vietnamese import fold

COMPLETE = 0.6
"""Share of the longest copy's length from which one is complete: half an article is an excerpt, and a copy that was
given a long introduction does not make its original one."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a group, as far as finding the original needs it."""

    id: int
    title: str
    words: int
    day: str  # published, else first seen
    first_seen: str
    origin: str
    source: str
    source_name: str
    home: str
    group: int | None


def original(members: Sequence[Member]) -> int:
    """The earliest complete one, preferring one whose source another one states as its own."""
    longest = max(member.words for member in members)
    complete = [member for member in members if member.words >= COMPLETE * longest]
    stated = [one for one in complete if any(states(other, one) for other in members if other is not one)]
    return min(stated or complete, key=lambda one: (one.day, one.first_seen, one.id)).id


def states(copy: Member, one: Member) -> bool:
    """Whether a copy names one's source ("Nguồn: phunuvietnam.vn", "Theo Báo Phụ nữ Thủ đô")."""
    if not copy.origin or copy.source == one.source:
        return False
    stated = fold(copy.origin)
    host = (urlsplit(one.home).hostname or "").removeprefix("www.")
    return (bool(host) and host in stated) or fold(one.source_name) in stated


def evidence(member: Member, centre: Member, comparison: Comparison) -> dict[str, object]:
    """What shows that a member is a copy: of whom, how much of it, when, and what is different."""
    return {
        "copy_of": centre.id,
        "shared": comparison.shared,
        "containment": round(comparison.containment, 3),
        "jaccard": round(comparison.jaccard, 3),
        "title": "same" if comparison.same_title else "changed",
        "words": member.words - centre.words,
        "day": member.day,
        "original_day": centre.day,
        "states_source": states(member, centre),
    }
