"""Where a text quotes: between double marks, and between single ones that are no apostrophes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

Interval = tuple[int, int]

_DOUBLE = re.compile(r'[“”"«»\n]')
_SINGLE = re.compile(
    r"(?<![^\s(\[])['‘](?P<said>[^\W_](?:[^\n'‘’“”\"«»]|(?<=\w)['’](?=\w))*+)(?<!\s)['’](?![^\s.,;:!?)\]…-])"
)
"""'Tết sum vầy' within a line, opened behind a blank or a bracket; no H'Hen, no rock 'n' roll in 'Rock 'n' roll'."""


def quotations(text: str) -> list[Interval]:
    """What stands in quotation marks, without them; a quote opened with " may close with ” (and so on)."""
    return sorted([*_quoted(text), *single(text)]) if "'" in text or "’" in text else list(_quoted(text))


def single(text: str) -> list[Interval]:
    """What stands in single marks, without them, outside any quotation in double ones."""
    found = [(match.start("said"), match.end("said")) for match in _SINGLE.finditer(text)]
    doubles = list(_quoted(text)) if found else []
    return [(start, end) for start, end in found if not _within(doubles, start)]


def in_double_marks(key: str, text: str) -> str:
    """A key of the text, of the same length, that has its single marks of quotation as “double ones”."""
    found = single(text) if "'" in text or "’" in text else []
    marks = list(key) if found else []
    for start, end in found:
        marks[start - 1], marks[end] = "“", "”"
    return "".join(marks) or key


def _within(doubles: list[Interval], position: int) -> bool:
    index = bisect_right(doubles, position, key=lambda double: double[0]) - 1
    return index >= 0 and position < doubles[index][1]


def _quoted(text: str) -> Iterator[Interval]:
    opened: int | None = None
    for match in _DOUBLE.finditer(text):
        mark = match[0]
        if mark == "\n":  # a quotation that is never closed ends with its paragraph and counts for none
            opened = None
        elif mark in "“«" or (mark == '"' and opened is None):
            opened = match.end()
        elif opened is not None:
            yield opened, match.start()
            opened = None
