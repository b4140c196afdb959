"""The initials of a person, as the press writes those whom it does not name: "chị N.T.H."."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")


def initials(name: str) -> str:
    """A name as its first letters.

    >>> initials("Nguyễn Thị Hoa")
    'N.T.H.'
    """
    return "".join(f"{word[0]}." for word in _WORD.findall(name))
