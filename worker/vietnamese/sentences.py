"""Where sentences begin, and the whole sentence around a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A sentence ends at . ! ? … ; before white space or a closing quote, or at the end of a line. A full stop after a
# short title ("TP. Hà Nội", "Ths. Lê Thị Lan", "T.Ư") ends none.
# It begins with one class of marks, which the matcher looks for faster than for two alternatives.
_END = re.compile(r"[\n.!?…;](?:(?<=\n)|(?<!\n)[.!?…;]*[\"”»’')\]]*(?=\s|$))")
_AFTER_YEAR = re.compile(r"[/-][0-9]{4}$")
_SHORT_TITLE = re.compile(
    r"(?:^|[\s(.])(?:TP|Tp|TX|Tx|TT|Tt|P|Q|H|X|Ths|ThS|TS|PGS|GS|BS|Bs|CN|KS|Đ/c|đ/c|NSND|NSƯT|St|Mr|Ms)$"
)


def sentence_starts(text: str) -> Iterator[int]:
    """The offsets at which the sentences of a text begin, 0 first; a line's end ends a sentence. Linear in the text.

    >>> list(sentence_starts("Sáng 8/3, TP. Huế họp. Có 30 chị dự."))
    [0, 22]
    """
    yield 0
    for match in _END.finditer(text):
        if match[0] == "." and _SHORT_TITLE.search(text, max(0, match.start() - 6), match.start()):
            continue
        if match[0] == "." and _dated(text, match):
            continue
        if match.end() < len(text):
            yield match.end()


def _dated(text: str, stop: re.Match[str]) -> bool:
    """Does a full stop stand for the comma behind a date: "Sáng ngày 27/03/2021. tại Văn phòng ấp"?"""
    if not text[stop.end() + 1 : stop.end() + 2].islower():
        return False
    return _AFTER_YEAR.search(text, max(0, stop.start() - 5), stop.start()) is not None


class Passage(NamedTuple):
    """A stretch of a text, and whether it begins and ends with a sentence; else it was cut there."""

    start: int
    end: int
    opens: bool
    closes: bool


REACH = 300
"""Characters on either side within which a sentence is looked for; a longer one is cut at a clause or a blank."""
_STOP = re.compile(r"[.!?…]+[\"”»’')\]]*(?=\s{1,8}(?P<next>\S)|\s)")


def around(text: str, start: int, end: int) -> Passage:
    """The whole sentence, or sentences, that hold [start, end), without the white space around them.

    What a reader takes for one: other than for `sentence_starts` a semicolon ends none, nor does what a small letter
    follows ("v.v. và"). It does not cross a line, and takes no longer in an endless one.
    """
    line = text.rfind("\n", max(0, start - REACH), start) + 1
    first, opens = (line, True) if line or start <= REACH else (start - REACH, False)
    line = text.find("\n", end, end + REACH)
    last, closes = (line, True) if line >= 0 else (min(end + REACH, len(text)), end + REACH >= len(text))
    for match in _STOP.finditer(text, first, last):
        if _goes_on(text, match):
            continue
        if match.end() <= start:
            first, opens = match.end(), True
        elif match.end() >= end:
            last, closes = match.end(), True
            break
    if not opens:
        clause, blank = text.find("; ", first, start), text.find(" ", first, start)
        first = clause + 2 if clause >= 0 else blank + 1 if blank >= 0 else first
    if not closes:
        clause, blank = text.rfind("; ", end, last), text.rfind(" ", end, last)
        last = clause + 1 if clause >= 0 else blank if blank >= 0 else last
    while first < start and text[first].isspace():
        first += 1
    while end < last and text[last - 1].isspace():
        last -= 1
    return Passage(first, last, opens, closes)


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    """Does the sentence go on behind these marks?"""
    if stop[0] == "." and _SHORT_TITLE.search(text, max(0, stop.start() - 6), stop.start()):
        return True
    return stop["next"] is not None and stop["next"].islower()
