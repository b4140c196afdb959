"""Shingles: every five syllables in a row, as numbers; and the few of them that an index keeps.

Two texts share a passage when they share shingles. All of them are compared where two articles are; the index keeps a
sample that is chosen by the passage alone (winnowing: Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for
document fingerprinting", SIGMOD 2003): of every so many shingles in a row the least.

The least of a wide window is the least of every narrower one around it too. So an article is kept with a wide window,
which leaves few shingles, and looked for with the narrowest: whatever passage of a twelfth of its length another text
has from it, they meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from operator import xor

SIZE = 5
"""Syllables of a shingle: fewer are shared by chance, more are broken by every small change."""

NARROW = 12
"""Shingles in a row of which one is sampled to look for a text; and of a short text, to keep it."""

WIDE = 60
"""Likewise, to keep a long text."""

BITS = 47
"""A shingle is a number of so many bits, which SQLite stores in six bytes."""

_PLACES = [f"place {place}".encode() for place in range(SIZE)]


class _Numbers(dict[str, tuple[int, ...]]):
    """Syllable -> its random number for each place in a shingle, filled on demand.

    The vocabulary is small; what a hostile page adds to it is thrown away again.
    """

    def __missing__(self, syllable: str) -> tuple[int, ...]:
        if len(self) >= 1 << 15:
            self.clear()
        data = syllable.encode("utf-8", "surrogatepass")
        digests = (blake2b(data, digest_size=8, key=place).digest() for place in _PLACES)
        self[syllable] = numbers = tuple(int.from_bytes(digest) >> (64 - BITS) for digest in digests)
        return numbers


_NUMBERS = _Numbers()


def shingles(syllables: Sequence[str]) -> list[int]:
    """The shingles of a text, in order; the same text gives the same numbers on every machine.

    Tabulation hashing (Zobrist, 1970; Pătraşcu and Thorup, "The power of simple tabulation hashing", 2012): every
    syllable has a random number for each place, and a shingle is the exclusive or of five. A text of fewer than SIZE
    syllables is one shingle; none has none.
    """
    if not syllables:
        return []
    padded = [*syllables, *[""] * (SIZE - len(syllables))]
    one, two, three, four, five = zip(*map(_NUMBERS.__getitem__, padded), strict=True)
    return [*map(xor, map(xor, map(xor, one, two[1:]), map(xor, three[2:], four[3:])), five[4:])]


def window(count: int) -> int:
    """How many shingles in a row one is sampled of, to keep a text of `count` shingles: a twelfth of it."""
    return min(max(count // 12, NARROW), WIDE)


def expected(count: int) -> float:
    """How many shingles are kept of a text of `count`, about: two in a window and one (Schleimer and others, 3)."""
    return max(1.0, 2 * count / (window(count) + 1))


def sample(of: Sequence[int], width: int) -> set[int]:
    """Of every `width` shingles in a row the least: about 2 in `width` + 1 of them.

    The least of a window is looked for anew only where it has fallen out of it: about once in `width` / 2 shingles, and
    once a shingle where they ascend.
    """
    if len(of) <= width:
        return {min(of)} if of else set()
    least = min(of[:width])
    kept = {least}
    left = width - of[width - 1 :: -1].index(least)  # shingles until it falls out of the window
    for at in range(width, len(of)):
        left -= 1
        number = of[at]
        if number <= least:
            least, left = number, width
            kept.add(number)
        elif not left:
            inside = of[at : at - width : -1]
            least = min(inside)
            left = width - inside.index(least)
            kept.add(least)
    return kept
