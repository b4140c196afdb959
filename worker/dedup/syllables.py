"""The text of an article as duplicates are sought in it: syllables, spelled in one way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from worker.vietnamese import expand, nfc, tone_key

_SYLLABLE = re.compile(r"\w+")


def syllables(text: str) -> list[str]:
    """The syllables and numbers of a text: abbreviations spelled out, tones placed alike, no case, no punctuation.

    >>> syllables('Hội LHPN tỉnh Khánh Hòa trao "Mái ấm"')
    ['hội', 'liên', 'hiệp', 'phụ', 'nữ', 'tỉnh', 'khánh', 'hoà', 'trao', 'mái', 'ấm']
    """
    return _SYLLABLE.findall(tone_key(expand(nfc(text))).casefold())


def fingerprint(of: Sequence[str]) -> int:
    """A signed 64-bit hash of a sequence of syllables; SQLite holds the number as it is."""
    return int.from_bytes(hashlib.blake2b(" ".join(of).encode(), digest_size=8).digest(), signed=True)
