"""The words beside a number that say what it is: data/cues.yaml, as parts of regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


class Before:
    """What may stand right before a number: a pattern that ends in `$`, asked only where one of its last words stands.

    A pattern is searched for from every letter on, and most numbers have nothing of its kind before them; whether the
    text ends in one of a few words is told ten times as fast.
    """

    __slots__ = ("_last", "_letters", "_pattern")

    def __init__(self, pattern: str, last: Iterable[str]) -> None:
        """`last`: the words that may be its last, whatever blanks and marks follow them."""
        self._pattern = re.compile(pattern)
        self._last = tuple({word.rpartition(" ")[2] for word in last})
        self._letters = frozenset(word[-1:] for word in self._last)

    def search(self, key: str, start: int, end: int) -> re.Match[str] | None:
        """As of a pattern: where it stands in `key[start:end]`, up to its end."""
        before = key[start:end].rstrip(_MARKS)
        if before[-1:] not in self._letters or not before.endswith(self._last):
            return None
        return self._pattern.search(key, start, end)


_MARKS = " ,:;.(-–"


def before(name: str, gap: str = " ", also: Iterable[str] = ()) -> Before:
    """For `search(key, a little before, start)`: a word of the list right before what starts there.

    `gap` is what stands between the two, `also` the words that may be the last of the gap.
    """
    return Before(rf"(?<!\w){any_of(name)}{gap}$", [*words(name), *also])
