"""Shingles: every five syllables in a row, as numbers; and the few of them that an index keeps.

Two texts share a passage when they share shingles. All of them are compared where two articles are; the index keeps a
sample that is chosen by the passage alone (winnowing: Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for
document fingerprinting", SIGMOD 2003): any passage of SIZE + WINDOW - 1 syllables that two texts share gives them a
sampled shingle in common, wherever it stands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

SIZE = 5
"""Syllables of a shingle: fewer are shared by chance, more are broken by every small change."""

WINDOW = 24
"""Shingles in a row of which one at least is sampled; about 2 in WINDOW + 1 are."""

BITS = 47
"""A shingle is a number of so many bits, which SQLite stores in six bytes."""

_PRIME = (1 << 61) - 1
_BASE = 0x1F3D5B79A2C4E607 % _PRIME
_TOP = pow(_BASE, SIZE, _PRIME)
_SCATTER = 0x9E3779B97F4A7C15  # 2^64 / the golden ratio: spreads neighbouring numbers (Knuth, TAOCP 3, 6.4)
_WORD = (1 << 64) - 1


@lru_cache(maxsize=1 << 16)
def _number(syllable: str) -> int:
    data = syllable.encode("utf-8", "surrogatepass")
    return (crc32(data) << 29) ^ crc32(data, 0x5BD1E995)


def shingles(syllables: Sequence[str]) -> list[int]:
    """The shingles of a text, in order; the same text gives the same numbers on every machine.

    A text of fewer than SIZE syllables is one shingle; none has none.
    """
    if not syllables:
        return []
    numbers = [_number(syllable) for syllable in syllables]
    rolling = 0
    found = []
    for index, number in enumerate(numbers):
        rolling = (rolling * _BASE + number) % _PRIME
        if index >= SIZE:
            rolling = (rolling - numbers[index - SIZE] * _TOP) % _PRIME
        if index >= SIZE - 1:
            found.append((rolling * _SCATTER & _WORD) >> (64 - BITS))
    return found or [(rolling * _SCATTER & _WORD) >> (64 - BITS)]


def sample(of: Sequence[int]) -> set[int]:
    """The shingles that an index keeps: of every WINDOW in a row the least."""
    chosen: set[int] = set()
    least: deque[tuple[int, int]] = deque()  # value and index, rising: the least of the window stands first
    for index, value in enumerate(of):
        while least and least[-1][0] >= value:
            least.pop()
        least.append((value, index))
        if least[0][1] <= index - WINDOW:
            least.popleft()
        if index >= WINDOW - 1:
            chosen.add(least[0][0])
    return chosen or ({min(of)} if of else set())
