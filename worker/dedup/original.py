"""Which of several copies is the article that the others were made from, and what shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from worker.dedup.compare import Comparison
from worker.dedup.syllables import syllables
from worker.vietnamese import fold
from worker.vietnamese.clock import VIETNAM

COMPLETE = 0.6
"""Share of the longest copy's length from which one is complete: half an article is an excerpt, and a copy that was
given a long introduction does not make its original one."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a group, as far as finding the original needs it."""

    id: int
    title: str
    words: int
    at: str  # published, as precisely as the page states it, else first seen
    first_seen: str
    origin: str
    source: str
    source_name: str
    home: str
    group: int | None

    @property
    def day(self) -> str:
        """The day of publication, else that on which it was first seen."""
        return self.at[:10]

    @property
    def minute(self) -> str | None:
        """When on that day the page says it was published, in UTC; None where it says the day alone, or nothing."""
        if self.at == self.first_seen or self.at[11:16] in ("", "00:00"):  # midnight is what templates print for none
            return None
        at = datetime.fromisoformat(self.at)
        return (at if at.tzinfo else at.replace(tzinfo=VIETNAM)).astimezone(UTC).isoformat()


def original(members: Sequence[Member]) -> int:
    """The earliest complete one, preferring one whose source another one states as its own.

    Of one day it is the earliest by the clock where all of them state their time, else the one that was seen first.
    """
    longest = max(member.words for member in members)
    complete = [member for member in members if member.words >= COMPLETE * longest]
    stated = [one for one in complete if any(states(other, one) for other in members if other is not one)]
    day = min(one.day for one in stated or complete)
    first = [one for one in stated or complete if one.day == day]
    timed = all(one.minute for one in first)
    return min(first, key=lambda one: ((one.minute or "") if timed else "", one.first_seen, one.id)).id


def states(copy: Member, one: Member) -> bool:
    """Whether a copy names one's source ("Nguồn: phunuvietnam.vn", "Theo Báo Phụ nữ Thủ đô")."""
    if not copy.origin or copy.source == one.source:
        return False
    host = (urlsplit(one.home).hostname or "").removeprefix("www.")
    if host and re.search(rf"(?<![\w.-])(?:www\.|m\.)?{re.escape(host)}(?![\w-]|\.\w)", copy.origin.lower()):
        return True
    return f" {_key(one.source_name)} " in f" {_key(copy.origin)} "


def _key(name: str) -> str:
    """A name as names are compared: without marks, abbreviations spelled out."""
    return fold(" ".join(syllables(name)))


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
