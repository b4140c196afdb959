"""The word lists of data/whose.yaml, as `whose` and its neighbours ask for them."""

from __future__ import annotations

import re
from functools import cache

from worker.own_data import read_yaml
from worker.vietnamese import tone_key

_FIRST = re.compile(r"\w+")


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = read_yaml("worker.facts", "data/whose.yaml")
    return lists


def words(*names: str) -> frozenset[str]:
    """The words of some lists, as they stand in `Context.key`."""
    return frozenset(tone_key(word) for name in names for word in _lists()[name])


def any_of(*names: str) -> str:
    """A group that matches any word of the lists, the longest first, and no part of a longer word."""
    longest = sorted(words(*names), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest))})(?!\\w)"


class Phrases:
    """Tells whether one of some lists' words stands at a place: by its first word, without trying all of them."""

    __slots__ = ("_by_first",)

    def __init__(self, *names: str) -> None:
        """`names`: of the lists."""
        self._by_first: dict[str, list[str]] = {}
        for phrase in sorted(words(*names), key=len, reverse=True):
            first = _FIRST.match(phrase)
            self._by_first.setdefault(first[0] if first else phrase, []).append(phrase)

    def end(self, key: str, at: int) -> int:
        """Where the longest word of the lists that stands at this place ends; -1 where none does."""
        first = _FIRST.match(key, at)
        for phrase in self._by_first.get(first[0], ()) if first else ():
            end = at + len(phrase)
            if key.startswith(phrase, at) and not key[end : end + 1].isalnum():
                return end
        return -1

    def at(self, key: str, at: int) -> bool:
        """Does a word of the lists stand at this place?"""
        return self.end(key, at) >= 0


def past(pattern: re.Pattern[str], key: str, at: int) -> int:
    """Where a pattern that stands at this place ends; the place itself where it does not stand."""
    match = pattern.match(key, at)
    return match.end() if match else at
