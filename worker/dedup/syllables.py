"""The text of an article as duplicates are sought in it: syllables, spelled in one way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import chain

from worker.vietnamese import expand, nfc, tone_key

_SYLLABLE = re.compile(r"\w+")

_MOST_KEPT = 1 << 15
_LONGEST_KEPT = 40


class _Spelled(dict[str, tuple[str, ...]]):
    """What stands between two spaces -> its syllables, filled on demand: texts of one genre share nearly all of it.

    No abbreviation and no syllable goes over a space, so each word can be spelled on its own. The vocabulary is small;
    what a hostile page adds to it is thrown away again.
    """

    def __missing__(self, word: str) -> tuple[str, ...]:
        spelled = tuple(_SYLLABLE.findall(tone_key(expand(word)).casefold()))
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = spelled
        return spelled


_SPELLED = _Spelled()


def syllables(text: str) -> list[str]:
    """The syllables and numbers of a text: abbreviations spelled out, tones placed alike, no case, no punctuation.

    >>> syllables('Hội LHPN tỉnh Khánh Hòa trao "Mái ấm"')
    ['hội', 'liên', 'hiệp', 'phụ', 'nữ', 'tỉnh', 'khánh', 'hoà', 'trao', 'mái', 'ấm']
    """
    return list(chain.from_iterable(map(_SPELLED.__getitem__, nfc(text).split())))


def fingerprint(of: Sequence[str]) -> int:
    """A signed 64-bit hash of a sequence of syllables; SQLite holds the number as it is."""
    return int.from_bytes(hashlib.blake2b(" ".join(of).encode(), digest_size=8).digest(), signed=True)
