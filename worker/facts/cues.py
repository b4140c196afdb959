"""The words beside a number that say what it is: data/cues.yaml, as parts of regular expressions."""

from __future__ import annotations

import re
from functools import cache

from worker.own_data import read_yaml
from worker.vietnamese import tone_key


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = read_yaml("worker.facts", "data/cues.yaml")
    return lists


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, as they stand in `Context.key`."""
    return frozenset(map(tone_key, _lists()[name]))


def any_of(name: str) -> str:
    """A group that matches any word of a list, the longest first; for `Context.key`."""
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words(name), key=len, reverse=True))})"


def before(name: str, gap: str = " ") -> re.Pattern[str]:
    """A pattern for `search(key, a little before, start)`: a word of the list right before what starts there.

    `gap` is what stands between the two.
    """
    return re.compile(rf"(?<!\w){any_of(name)}{gap}$")
