"""A page's DOM as pieces: one pass over the lexbor tree, in page order, with what each piece stood in.

A piece is a paragraph-sized run of text between two breaks of block-level elements (or `br`); a box is a block-level
element. Nothing is judged here: container.py finds where the article is, body.py which pieces belong to it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

CELL_SEPARATOR = " | "
"""Stands between the cells of a table row, which is one line of the body."""

MAX_NODES = 400_000
"""The walk stops after this many nodes: the longest real article pages that we have met have under 30,000."""

NO_MARKS: Mapping[int, str] = {}

LINK, BOLD, SLANT, SKIP, IMAGE, BREAK, INLINE, APART, BOX, ROW = range(10)
"""What the walk does at an element: note the style or an image, leave it out, end the line, pass through, keep a word
from growing together with what it holds, open a box."""

_ROLES: dict[str | None, int] = {
    role_tag: role
    for role, tags in (
        (
            SKIP,
            "script style noscript template svg object embed canvas audio select option optgroup datalist "
            "textarea input button map area head title meta link base source track progress meter param "
            "-comment -doctype math noframes noembed frameset applet",
        ),
        (IMAGE, "img picture video iframe"),
        (LINK, "a"),
        (BOLD, "b strong"),
        (SLANT, "i em"),
        (BREAK, "br hr"),
        (APART, "time"),
        (
            BOX,
            "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
            "figure footer form h1 h2 h3 h4 h5 h6 header hgroup html label legend li main menu nav ol p pre search "
            "section summary table tbody td tfoot th thead ul",
        ),
        (ROW, "tr"),
    )
    for role_tag in tags.split()
}
_ONE_LINE = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption", "caption", "dt"))
"""In these a `br` is a space: what they hold is one line, however it was set."""

_KINDS = {
    "li": "li",
    "dd": "li",
    "dt": "li",
    "tr": "tr",
    "td": "tr",
    "th": "tr",
    "blockquote": "quote",
    "pre": "pre",
    "figcaption": "caption",
    "caption": "caption",
    "p": "p",
} | {f"h{level}": f"h{level}" for level in range(1, 7)}

_EDGE = "\u2063"  # an invisible mark of the walk's own; others of its kind are removed with it
_EDGES = re.compile(rf"(?<=\w){_EDGE}+(?=\w)")
_UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b]")
_JOINERS = re.compile(r"(?<![\u0600-\u0dff])[\u200c\u200d](?![\u0600-\u0dff\u2640\u2642\U0001f300-\U0001faff])")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟۔][\"”“»’')\]」]{0,3}$")
_WIDE = "\u2e80"  # from here on stand the scripts that write a word with one or two characters
PROSE = 80
"""From this many characters outside links on, a piece is prose; from half of it on, if it ends like a sentence."""


class Box:
    """A block-level element that the walk went into.

    `prose`, `size` and `linked` count what stands in it, at all depths, and `image` says that an image does. `start`
    and `end` delimit its pieces. `mark` is what a profile says it is (see `read`), its own or inherited. `names`
    and `weight` are filled in where container.py needs them.
    """

    __slots__ = (
        *("depth", "end", "image", "index", "linked", "mark", "names", "node", "parent", "prose", "size", "start"),
        *("tag", "weight"),
    )

    def __init__(self, node: LexborNode, tag: str, parent: Box | None, index: int, start: int) -> None:
        self.node = node
        self.tag = tag
        self.parent = parent
        self.index = index
        self.start = self.end = start
        self.depth: int = parent.depth + 1 if parent else 0
        self.mark: str | None = parent.mark if parent else None
        self.prose = self.size = self.linked = 0
        self.image = False
        self.names = 0
        self.weight = 1.0


class Piece(NamedTuple):
    """A run of text and the box it stood in.

    `size` is its length in characters of an alphabet (an ideograph counts as 2.5), `linked`, `bold` and `slanted` how
    many characters of it were so, `prose` the size of what is outside links if it reads like prose, else 0. `image`
    says that an image stands between the piece before and this one, or in it.
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


def plain(text: str) -> str:
    """Text as it is stored: NFC, white space collapsed, without soft hyphens and other marks that have no width."""
    text = " ".join(text.split())
    if text.isascii():
        return text
    text = _JOINERS.sub("", _UNSEEN.sub("", text))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def ends_like_a_sentence(text: str) -> bool:
    """Whether the text ends with a full stop, a question or exclamation mark, quotes and brackets aside."""
    return _SENTENCE_END.search(text, max(0, len(text) - 4)) is not None


def _size(text: str) -> int:
    count = len(text)
    if not text.isascii() and (text[count // 2] >= _WIDE or text[count // 4] >= _WIDE or text[3 * count // 4] >= _WIDE):
        return count + 3 * sum(1 for letter in text if letter >= _WIDE) // 2
    return count


class _Line:
    """The run of inline text that the walk is gathering, and the pieces it has made.

    `styled` counts the characters in links, bold and slanted type, `inside` how many such elements are open.
    """

    __slots__ = ("image", "inside", "links", "parts", "pieces", "styled")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.styled = [0, 0, 0]
        self.inside = [0, 0, 0]
        self.links = 0
        self.image = False

    def add(self, text: str) -> None:
        """Take text into the line that stands in a link or in other type."""
        self.parts.append(text)
        length = len(text.strip())
        for style in (LINK, BOLD, SLANT):
            if self.inside[style]:
                self.styled[style] += length

    def end(self, box: Box) -> None:
        """Make a piece of what was gathered."""
        text = "".join(self.parts)
        if _EDGE in text:
            text = _EDGES.sub(" ", text)
        text = plain(text)
        if text:
            size = _size(text)
            length = len(text)
            linked, bold, slanted = self.styled
            linked = min(linked, length)
            if size > length:
                linked = linked * size // length
            free = size - linked
            prose = free if linked <= free and 2 * free >= PROSE else 0
            if prose and prose < PROSE and not ends_like_a_sentence(text):
                prose = 0
            kind = _KINDS.get(box.tag, "line")
            self.pieces.append(Piece(text, kind, box, size, linked, self.links, bold, slanted, self.image, prose))
            self.image = False
            box.size += size
            box.linked += linked
            box.prose += prose
        self.parts.clear()
        self.styled[:] = (0, 0, 0)
        self.links = 0


def read(root: LexborNode, marks: Mapping[int, str] = NO_MARKS) -> Page:  # noqa: C901, PLR0912, PLR0915 - one hot loop
    """The pieces and boxes below `root` (a page's body element): iterative, and linear in the number of nodes.

    `marks` says what a profile's selectors found, by the `mem_id` of the element: each of these becomes a box.
    """
    line = _Line()
    parts, inside = line.parts, line.inside
    box = Box(root, "body", None, 0, 0)
    boxes = [box]
    stack: list[tuple[LexborNode, int]] = []
    styles = seen = 0
    node = root.first_child
    while node is not None and (seen := seen + 1) < MAX_NODES:
        tag = node.tag
        child = None
        if tag == "-text":
            text = node.text_content
            # White space that begins a line counts for nothing; most text nodes are just that.
            if text and (parts or not text.isspace()):
                if styles:
                    line.add(text)
                else:
                    parts.append(text)
        elif (role := _role(node, tag, marks) if marks or tag == "span" else _ROLES.get(tag, INLINE)) != SKIP:
            if role >= BOX:
                if parts:
                    line.end(box)
                box = _open(node, tag, box, line, marks)
                box.index = len(boxes)
                boxes.append(box)
            elif role <= SLANT:
                inside[role] += 1
                styles += 1
                line.links += role == LINK
            elif role == IMAGE:
                line.image = box.image = True
            elif role == BREAK and parts:
                _break(line, box)
            elif role == APART:
                parts.append(_EDGE)
            child = node.first_child
            if child is not None:
                stack.append((node, role))
            elif role >= BOX:
                box = _leave(box, role, line)
            elif role <= SLANT:
                inside[role] -= 1
                styles -= 1
        following = child or node.next
        while following is None and stack:
            node, role = stack.pop()
            if role >= BOX:
                box = _leave(box, role, line)
            elif role <= SLANT:
                inside[role] -= 1
                styles -= 1
            elif role == APART:
                parts.append(_EDGE)
            following = node.next
        node = following
    return _finish(box, boxes, line)


def _role(node: LexborNode, tag: str | None, marks: Mapping[int, str]) -> int:
    role = _ROLES.get(tag, INLINE)
    if marks and role != SKIP and node.mem_id in marks:
        return max(role, BOX)
    return SKIP if tag == "span" and _is_hidden(node) else role


def _open(node: LexborNode, tag: str | None, parent: Box, line: _Line, marks: Mapping[int, str]) -> Box:
    box = Box(node, tag or "", parent, 0, len(line.pieces))
    if marks and (mark := marks.get(node.mem_id)):
        box.mark = mark
    return box


_HIDDEN = frozenset(("hidden", "d-none", "sr-only", "visually-hidden", "screen-reader-text", "hide", "visuallyhidden"))
_SHOWN = re.compile(r"(?:^|[-:])(?:block|inline|flex|grid)")


def _is_hidden(node: LexborNode) -> bool:
    """Whether a span's classes say that it is not shown at any width of the screen."""
    classes = node.attributes.get("class")
    if not classes or _HIDDEN.isdisjoint(names := classes.split()):
        return False
    return not any(_SHOWN.search(name) for name in names)


def _break(line: _Line, box: Box) -> None:
    if box.tag in _ONE_LINE:
        line.parts.append(" ")
    else:
        line.end(box)


def _leave(box: Box, role: int, line: _Line) -> Box:
    """End a box: its last line, a table row, and its share in its parent."""
    if line.parts:
        line.end(box)
    if role == ROW:
        _join_cells(box, line.pieces)
    box.end = len(line.pieces)
    parent = box.parent
    if parent is None:
        return box
    parent.size += box.size
    parent.linked += box.linked
    parent.prose += box.prose
    parent.image = parent.image or box.image
    return parent


def _finish(box: Box, boxes: list[Box], line: _Line) -> Page:
    while box.parent is not None:  # the walk was cut short
        box = _leave(box, BOX, line)
    _leave(box, BOX, line)
    return Page(line.pieces, boxes)


_LONGEST_CELL = 200


def _join_cells(row: Box, pieces: list[Piece]) -> None:
    """Make one piece of a table row, if it is a row of data: short cells of one line each."""
    cells = pieces[row.start :]
    if len(cells) < 2 or any(piece.kind != "tr" or piece.size > _LONGEST_CELL for piece in cells):
        return
    del pieces[row.start :]
    pieces.append(
        Piece(
            CELL_SEPARATOR.join(piece.text for piece in cells),
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
