"""The office that a person's role says, in one spelling, so that the same office in two articles is one."""

from __future__ import annotations

import re

from worker.vietnamese import tone_key

_SHORT = {
    "PCT": "Phó chủ tịch",
    "CT": "Chủ tịch",
    "PBT": "Phó bí thư",
    "PGĐ": "Phó giám đốc",
    "GĐ": "giám đốc",
    "TT": "thường trực",
    "P.": "Phó",
}
_WORD = re.compile(r"\w[\w.]*")


def office(role: str) -> str:
    """The office in small letters but for names; a dash in it is part of its name.

    >>> office("Phó Chủ Tịch thường trực"), office("PCT TT"), office("chủ tịch HĐQT")
    ('Phó chủ tịch thường trực', 'Phó chủ tịch thường trực', 'Chủ tịch HĐQT')
    >>> office("Trưởng Ban Văn hóa - Xã hội")
    'Trưởng ban văn hoá - xã hội'
    """
    spelled = _WORD.sub(lambda word: _evened(word[0]), tone_key(role.strip()))
    return spelled[:1].upper() + spelled[1:]


def _evened(word: str) -> str:
    return _SHORT.get(word) or (word.lower() if word.istitle() else word)
