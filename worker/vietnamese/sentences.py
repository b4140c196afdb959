"""Where sentences begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A sentence ends at . ! ? … ; before white space or a closing quote, or at the end of a line. A full stop after a
# short title ("TP. Hà Nội", "Ths. Lê Thị Lan", "T.Ư") ends none.
# It begins with one class of marks, which the matcher looks for faster than for two alternatives.
_END = re.compile(r"[\n.!?…;](?:(?<=\n)|(?<!\n)[.!?…;]*[\"”»’')\]]*(?=\s|$))")
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
        if match.end() < len(text):
            yield match.end()


def around(text: str, start: int, end: int) -> str:
    """The sentence or sentences that hold [start, end), without the white space around them."""
    first = text.rfind("\n", 0, start) + 1  # a sentence does not cross a line, so its line is all that is read
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    starts = [*sentence_starts(line), len(line)]
    begin = max(at for at in starts if at <= start - first)
    finish = min((at for at in starts if at >= end - first), default=len(line))
    return line[begin:finish].strip()
