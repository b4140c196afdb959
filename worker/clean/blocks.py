"""A page's DOM as pieces: one pass over the lexbor tree, in page order, with what each piece stood in.

A piece is a paragraph-sized run of text between two breaks of block-level elements (or `br`); a box is a block-level
element. Nothing is judged here: body.py decides what the article is, chrome.py names what is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

CELL_SEPARATOR = " | "
"""Stands between the cells of a table row, which is one line of the body."""

MAX_PIECES = 20_000
"""More pieces than this are not read: the longest real article pages have under 5,000."""

_UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b]")
_JOINERS = re.compile(r"(?<![\u0600-\u0dff])[\u200c\u200d](?![\u0600-\u0dff\u2640\u2642\U0001f300-\U0001faff])")


# Roles of elements in the walk.
SKIP, LINK, BOLD, BREAK, BOX, CELL, INLINE = range(7)

_ROLES: dict[str, int] = {
    **dict.fromkeys(
        "script style noscript template svg iframe object embed canvas audio video select option optgroup datalist"
        " textarea input button map area head title meta link base img picture source track progress meter param"
        " -comment -doctype math noframes noembed frameset applet".split(),
        SKIP,
    ),
    "a": LINK,
    **dict.fromkeys(("b", "strong"), BOLD),
    **dict.fromkeys(("br", "hr"), BREAK),
    **dict.fromkeys(
        "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset"
        " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup html label legend li main menu nav ol p pre"
        " search section summary table tbody tfoot thead tr ul".split(),
        BOX,
    ),
    **dict.fromkeys(("td", "th"), CELL),
}

_KINDS = {
    **{f"h{n}": f"h{n}" for n in range(1, 7)},
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
}


class Box:
    """A block-level element that the walk went into."""

    __slots__ = ("children", "depth", "end", "index", "node", "parent", "start", "tag")

    def __init__(self, node: LexborNode, tag: str, parent: Box | None, index: int, start: int) -> None:
        self.node = node
        self.tag = tag
        self.parent = parent
        self.index = index
        self.start = start
        self.end = start
        self.depth = parent.depth + 1 if parent else 0
        self.children = 0


class Piece:
    """A run of text with the box it stood in; `linked` and `bold` are how many characters of it were so."""

    __slots__ = ("bold", "box", "kind", "linked", "links", "text")

    def __init__(self, text: str, kind: str, box: Box, linked: int, links: int, bold: int) -> None:
        self.text = text
        self.kind = kind
        self.box = box
        self.linked = linked
        self.links = links
        self.bold = bold


def plain(text: str) -> str:
    """Text with white space collapsed and marks removed that have no width."""
    text = " ".join(text.split())
    if not text.isascii():
        text = _JOINERS.sub("", _UNSEEN.sub("", text)).strip()
    return text


class _Line:
    """The run of inline text that the walk is gathering."""

    __slots__ = ("bold", "bold_depth", "link_depth", "linked", "links", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = self.links = self.bold = self.link_depth = self.bold_depth = 0

    def flush(self, box: Box, pieces: list[Piece]) -> None:
        text = plain("".join(self.parts))
        if text:
            pieces.append(
                Piece(text, _KINDS.get(box.tag, "line"), box, min(self.linked, len(text)), self.links, self.bold)
            )
        self.parts.clear()
        self.linked = self.links = self.bold = 0


def read(root: LexborNode) -> tuple[list[Piece], list[Box]]:
    """The pieces and boxes below `root` (a page's body), in page order; iterative, linear in the number of nodes."""
    pieces: list[Piece] = []
    box = Box(root, root.tag or "body", None, 0, 0)
    boxes = [box]
    line = _Line()
    parts = line.parts
    stack: list[tuple[LexborNode, int]] = []
    node = root.first_child
    while node is not None:
        tag = node.tag
        if tag == "-text":
            text = node.text_content or ""
            parts.append(text)
            if line.link_depth:
                line.linked += len(text.strip())
            if line.bold_depth:
                line.bold += len(text.strip())
        elif (role := _ROLES.get(tag, INLINE)) != SKIP:
            if role >= BOX and role != INLINE:
                if parts:
                    line.flush(box, pieces)
                box.children += 1
                box = Box(node, tag, box, len(boxes), len(pieces))
                boxes.append(box)
            elif role == LINK:
                line.link_depth += 1
                line.links += 1
            elif role == BOLD:
                line.bold_depth += 1
            elif role == BREAK:
                if box.tag in _ONE_LINE:
                    parts.append(" ")
                elif parts:
                    line.flush(box, pieces)
            child = node.first_child
            stack.append((node, role))
            if child is not None:
                node = child
                continue
            node = stack[-1][0]
            node, role = stack.pop()
            box = _leave(role, box, line, pieces)
        following = node.next
        while following is None and stack:
            node, role = stack.pop()
            box = _leave(role, box, line, pieces)
            following = node.next
        node = following
    line.flush(box, pieces)
    boxes[0].end = len(pieces)
    return pieces, boxes


_ONE_LINE = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption", "caption", "li", "dt", "dd"))


def _leave(role: int, box: Box, line: _Line, pieces: list[Piece]) -> Box:
    if role == INLINE or role == BREAK:
        return box
    if role == LINK:
        line.link_depth -= 1
    elif role == BOLD:
        line.bold_depth -= 1
    else:
        if line.parts:
            line.flush(box, pieces)
        box.end = len(pieces)
        if box.parent is not None:
            return box.parent
    return box
