"""What a page is taken apart into: pieces, which are paragraph-sized runs of text, in boxes, block-level elements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from worker.clean.lines import signature
from worker.vietnamese import nfc

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

CELL_SEPARATOR = " | "
"""Stands between the cells of a table row, which is one line of the body."""

PROSE = 80
"""From this many characters outside links on, a piece is prose; from half of it on, if it ends like a sentence."""


class Box:
    """A block-level element that the walk went into.

    `prose`, `size` and `linked` count what stands in it, at all depths, and `image` says that an image does. `start`
    and `end` delimit its pieces, `index` is its place among the page's boxes (-1: nothing stands in it). `mark` is what
    a profile says it is (see `read`), its own or inherited. `names` is read by names.of_box (-1: not yet), `weight` is
    filled in by container.py.
    """

    __slots__ = (
        *("end", "image", "index", "linked", "mark", "names", "node", "parent", "prose", "size", "start", "tag"),
        "weight",
    )

    def __init__(self, node: LexborNode, tag: str, parent: Box | None, names: int = -1) -> None:
        self.node = node
        self.tag = tag
        self.parent = parent
        self.names = names
        self.index = -1
        self.start = self.end = self.prose = self.size = self.linked = 0
        self.weight = 1.0
        self.image = False
        self.mark: str | None = None


@dataclass(slots=True, eq=False)
class Piece:
    """A run of text and the box it stood in.

    `size` is its length as size_of counts it, `linked`, `bold` and `slanted` how many characters of it were so, `prose`
    the size of what is outside links if it reads like prose, else 0. `image` says that an image stands between the
    piece before and this one, or in it.
    """

    text: str
    kind: str
    box: Box
    size: int
    linked: int
    links: int
    bold: int
    slanted: int
    image: bool
    prose: int


class Page(NamedTuple):
    """All pieces and boxes of a page, in page order; `boxes[0]` is the root."""

    pieces: list[Piece]
    boxes: list[Box]


_UNSEEN = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f-\x9f]"
)
"""Marks of no width, controls, and the icons of a font of the page's own."""
_JOINERS = re.compile(r"(?<![\u0600-\u0dff])[\u200c\u200d](?![\u0600-\u0dff\u2640\u2642\U0001f300-\U0001faff])")
_WINDOWS_1252 = {code: char for code in range(0x80, 0xA0) if (char := bytes((code,)).decode("windows-1252", "ignore"))}
"""The quotes and dashes that a text has as controls (U+0080 to U+009F) if it was taken for Latin-1 -> what is meant."""
_ELLIPSIS = "\x85"  # of windows-1252; as a control it is white space


def plain(text: str) -> str:
    """Text as it is stored: NFC, white space collapsed, without controls, soft hyphens and other marks of no width."""
    bare = text.strip()
    if len(bare) < len(text) and _ELLIPSIS in text:
        bare = text.replace(_ELLIPSIS, "…").strip()
    # White space but for the space is not printable, nor are soft hyphens and their like, nor the joiners of emoji.
    if "  " in bare or not bare.isprintable():
        bare = " ".join(bare.replace(_ELLIPSIS, "…").split())
        if not bare.isprintable():
            bare = _JOINERS.sub("", _UNSEEN.sub("", bare.translate(_WINDOWS_1252))).strip()
    return bare if bare.isascii() else nfc(bare)


_STOPS = frozenset(".!?…。！？।؟۔")
_CLOSERS = "\"”“»’')]」"
_MOST_CLOSERS = 3


def ends_like_a_sentence(text: str) -> bool:
    """Whether the text ends with a full stop, a question or exclamation mark, quotes and brackets aside."""
    last = text[-1:]
    if last not in _CLOSERS:
        return last in _STOPS
    bare = text[-_MOST_CLOSERS - 1 :].rstrip(_CLOSERS)
    return bare[-1:] in _STOPS


def is_below_link(before: Piece, piece: Piece) -> bool:
    """Whether the piece before is a link as a whole and stands in the same element."""
    parent = piece.box.parent
    return (
        before.size > 25
        and before.linked >= 0.6 * before.size
        and (before.box.parent is parent or before.box is parent)
    )


_WIDE = "\u2e80"  # from here on stand the scripts that write a word with one or two characters


def size_of(text: str) -> int:
    """The length of a text in characters of an alphabet: an ideograph counts as 2.5."""
    count = len(text)
    if not text.isascii() and (text[count // 2] >= _WIDE or text[count // 4] >= _WIDE or text[3 * count // 4] >= _WIDE):
        return count + 3 * sum(1 for letter in text if letter >= _WIDE) // 2
    return count


def count_verse(page: Page) -> None:
    """Let short lines that follow one another count as prose: for pages that have none, for they may hold a poem.

    These are lines of one element, parted by `br`, or of paragraphs beside one another, and not one of them has a link.
    Where each is a paragraph of its own they must look like verse, and neither like an address nor like a programme.
    """
    for _, lines in groupby(page.pieces, key=lambda piece: (piece.box.parent, piece.kind, piece.links > 0)):
        verse = list(lines)
        if len(verse) < _VERSE or verse[0].links or verse[0].kind not in ("p", "line"):
            continue
        if len({line.box for line in verse}) > len(verse) // 2 and not _is_poem(verse):
            continue
        if verse[-1].box is not verse[-2].box and signature(verse[-1].text):
            verse.pop()
        for line in verse:
            line.prose = line.size
            box: Box | None = line.box
            while box is not None:
                box.prose += line.size
                box = box.parent


def _is_poem(lines: list[Piece]) -> bool:
    if not is_verse("\n".join([line.text for line in lines])):
        return False
    return sum([":" in line.text or any(map(str.isdigit, line.text)) for line in lines]) <= len(lines) // 8


_VERSE = 6  # lines


def is_verse(text: str) -> bool:
    """Whether the line breaks of a `pre` part lines, as those of a poem: most are short, and begin with a capital.

    Prose that was wrapped goes on in small letters; a row of figures or a line of code begins with neither.
    """
    lines = text.split("\n", _MOST_VERSE)
    told = [line.strip(_OPENERS) for line in lines if line.strip()]
    begun = sum([line[:1].isupper() and len(line) <= _LONGEST_VERSE for line in told])
    return 1 < len(told) <= _MOST_VERSE and begun >= 0.75 * len(told)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs that empty lines part in a `pre`; none where most of it is no prose (a program, a table)."""
    parts = _EMPTY_LINES.split(text)
    prose = sum([len(part) for part in parts if len(part) >= PROSE and ends_like_a_sentence(part.rstrip())])
    return parts if len(parts) > 1 and 2 * prose > len(text) else []


_EMPTY_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_MOST_VERSE = 1000  # lines
_LONGEST_VERSE = 70  # characters
_OPENERS = " \t\r\"'“‘«-–—("


def _cell_texts(row: Box, pieces: list[Piece]) -> list[str]:
    """The texts of a row's cells; none if one is long, or holds more than the few short lines of a cell."""
    if len(pieces) < 2 or any(piece.kind not in _IN_CELLS or piece.size > _LONGEST_CELL for piece in pieces):
        return []
    told = [list(lines) for _, lines in groupby(pieces, key=lambda piece: _cell_of(piece.box, row))]
    texts = [" ".join([piece.text for piece in lines]) for lines in told]
    bare = all(piece.kind == "tr" for piece in pieces)
    if not bare and any(len(lines) > _MOST_LINES or lines[0].image or lines[0].linked for lines in told):
        return []
    return texts if len(texts) == len(pieces) or max(map(len, texts)) <= _LONGEST_CELL else []


def _cell_of(box: Box, row: Box) -> Box:
    """The cell of the row that a box is or stands in; a row within a cell counts for itself."""
    while box.tag not in _OWN_CELL and box.parent is not None and box.parent is not row:
        box = box.parent
    return box


_OWN_CELL = frozenset(("td", "th", "tr"))
_IN_CELLS = frozenset(("tr", "p", "line"))
_MOST_LINES = 3  # paragraphs in a cell: word processors set one around each cell's text
_LONGEST_CELL = 200


def join_cells(row: Box, pieces: list[Piece]) -> None:
    """Make one piece of a table row, if it is a row of data: two short cells or more. A cell's lines are one line.

    Any other row lays out the page, and what stands in its cells are lines like others.
    """
    cells = pieces[row.start :]
    texts = _cell_texts(row, cells)
    if len(texts) < 2:
        for piece in cells:
            if piece.kind == "tr":
                piece.kind = "line"
        return
    del pieces[row.start :]
    pieces.append(
        Piece(
            CELL_SEPARATOR.join(texts),
            "tr",
            row,
            sum(piece.size for piece in cells),
            sum(piece.linked for piece in cells),
            sum(piece.links for piece in cells),
            sum(piece.bold for piece in cells),
            sum(piece.slanted for piece in cells),
            any(piece.image for piece in cells),
            sum(piece.prose for piece in cells),
        )
    )
