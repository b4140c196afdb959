"""A page's DOM as pieces: one pass over the lexbor tree, in page order, with what each piece stood in.

A piece is a paragraph-sized run of text between two breaks of block-level elements (or `br`); a box is a block-level
element. Nothing is judged here: container.py finds where the article is, body.py which pieces belong to it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING

from worker.clean import names
from worker.clean.pieces import (
    PROSE,
    Box,
    Page,
    Piece,
    count_verse,
    ends_like_a_sentence,
    is_verse,
    join_cells,
    paragraphs_of,
    plain,
    size_of,
)

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from selectolax.lexbor import LexborNode

MAX_NODES = 400_000
"""The walk stops after this many nodes: the longest real article pages that we have met have under 30,000."""

NO_MARKS: Mapping[int, str] = {}

LINK, BOLD, SLANT, SKIP, IMAGE, BREAK, INLINE, APART, BOX, ROW, NAMED = range(11)
"""What the walk does at an element: note the style or an image, leave it out, end the line, pass through, keep words
from growing together with what it holds, open a box, look at its name first."""

_ROLES: dict[str, int] = {
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
            "address article blockquote body caption center dd details dir dl dt fieldset figcaption figure "
            "h1 h2 h3 h4 h5 h6 hgroup html label legend li main p pre search summary table tbody td tfoot th thead",
        ),
        (ROW, "tr"),
        (NAMED, "div section aside ul ol header form dialog nav footer menu marquee"),
    )
    for role_tag in tags.split()
} | {"": SKIP}
_ONE_LINE = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption", "dt"))
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
_ALWAYS_CHROME = frozenset(("nav", "footer", "menu", "marquee"))
_LONGEST_WHOLE = 20_000
_SHORTEST_WHOLE = 100  # characters: less is soon walked through, and may be a dateline with a share button
_PROSE_IN_CHROME = 300  # characters: more than this may be an article, whatever it is called
_MOST_TRIED = 1_000_000  # characters: elements called chrome may lie in one another, and each is looked at as a whole


class _Walk:
    """The state of one walk: the run of inline text that is being gathered, the pieces made, and the open elements.

    `stack` holds the open elements and what they do, `box` is the innermost block-level one. `styled` counts the
    characters of the run in links, bold and slanted type, `inside` how many such elements are open.
    """

    __slots__ = (
        *("box", "boxes", "holders", "image", "inside", "links", "marks", "parts", "pieces", "stack", "styled"),
        *("styles", "tried"),
    )

    def __init__(self, root: LexborNode, marks: Mapping[int, str], holders: Container[int] | None) -> None:
        self.marks = marks
        self.holders = holders
        self.pieces: list[Piece] = []
        self.box = Box(root, "body", None)
        self.box.index = 0
        self.boxes = [self.box]
        self.stack: list[tuple[LexborNode, int]] = []
        self.parts: list[str] = []
        self.inside = [0, 0, 0]
        self.styled = [0, 0, 0]
        self.styles = self.links = self.tried = 0
        self.image = False

    def add(self, text: str) -> None:
        """Take text into the run. White space that begins one counts for nothing."""
        if self.box.tag == "pre" and self._add_preformatted(text):
            return
        if self.parts or not text.isspace():
            self.parts.append(text)
            if self.styles:
                length = len(text.strip())
                for style in (LINK, BOLD, SLANT):
                    if self.inside[style]:
                        self.styled[style] += length

    def _add_preformatted(self, text: str) -> bool:
        """Make a piece of each line of a poem, which is prose however short, or of each paragraph; whether so."""
        verse = is_verse(text)
        lines = text.splitlines() if verse else paragraphs_of(text)
        for line in lines:
            self.parts.append(line)
            known = len(self.pieces)
            self._end()
            if verse and len(self.pieces) > known and not (piece := self.pieces[-1]).linked:
                self.box.prose += piece.size - piece.prose
                piece.prose = piece.size
        return bool(lines)

    def open(self, node: LexborNode, tag: str, role: int) -> LexborNode | None:
        """Begin an element of a line, which is not to be left out: its first child, if it is to be gone into."""
        child = None
        if role == INLINE and (tag != "span" or not _is_hidden(node)):
            child = node.first_child
        elif role <= SLANT or role == APART:
            child = node.first_child
            if role == LINK and child is not None and self.parts and _is_hidden(node):
                return None
            if child is not None:
                if role == LINK and not self.styles and child.is_text_node and child.next is None:
                    self._add_link(child.text_content or "")
                    return None
                self._begin(role)
        elif role == BREAK and self.parts:
            self._break_line()
        elif role == IMAGE:
            self.image = self.box.image = True
            self._keep(self.box)
        if child is not None:
            self.stack.append((node, role))
        return child

    def open_box(self, node: LexborNode, tag: str, role: int) -> LexborNode | None:
        """Begin a block-level element: its first child, unless it was taken as a whole."""
        if self.parts:
            self._end()
        child = node.first_child
        if child is None:
            return None
        bits = -1
        if role == NAMED and self.holders is not None and self.box.tag != "blockquote":  # its footer says whose it is
            bits = names.of_element(node)
            if (tag in _ALWAYS_CHROME or names.is_chrome(bits)) and self._take_whole(node, tag, bits):
                return None
        above = self.box
        self.box = Box(node, tag, above, bits)
        if self.marks:
            self.box.mark = self.marks.get(node.mem_id, above.mark)
        self.stack.append((node, role))
        return child

    def _begin(self, role: int) -> None:
        if role == APART:
            self.parts.append(_EDGE)
        else:
            self.inside[role] += 1
            self.styles += 1
            self.links += role == LINK

    def _add_link(self, text: str) -> None:
        """Take a link that is nothing but a text, as most are."""
        self.links += 1
        if self.parts or not text.isspace():
            self.parts.append(text)
            self.styled[LINK] += len(text.strip())

    def close(self, role: int) -> None:
        """End the innermost open element, which has this role: a box ends its last line, a row joins its cells."""
        if role >= BOX:
            if self.parts:
                self._end()
            box = self.box
            self.box = box.parent  # type: ignore[assignment]  # the root is never closed
            if box.index >= 0:
                if role == ROW:
                    join_cells(box, self.pieces)
                box.end = len(self.pieces)
        elif role <= SLANT:
            self.inside[role] -= 1
            self.styles -= 1
        elif role == APART:
            self.parts.append(_EDGE)

    def finish(self) -> Page:
        """The page, once nothing of it is left; what is open still, where the walk was cut short, is ended."""
        while self.stack:
            self.close(self.stack.pop()[1])
        if self.parts:
            self._end()
        root, *others = self.boxes
        root.end = len(self.pieces)
        for box in reversed(others):  # each after all that stand in it
            above = box.parent
            assert above is not None  # noqa: S101 - only the root has nothing above it
            above.size += box.size
            above.linked += box.linked
            above.prose += box.prose
            if box.image:
                above.image = True
        return Page(self.pieces, self.boxes)

    def _end(self) -> None:
        """Make a piece of the run."""
        text = "".join(self.parts)
        self.parts.clear()
        if _EDGE in text:
            text = _EDGES.sub(" ", text)
        text = plain(text)
        if text:
            self._make(text)
        self.links = 0

    def _make(self, text: str) -> None:
        box = self.box
        if box.index < 0:
            self._keep(box)
        length = len(text)
        size = size_of(text)
        linked, bold, slanted = self.styled
        if linked:
            linked = size if linked > length else linked * size // length
        prose = size - linked
        if linked > prose or 2 * prose < PROSE or (prose < PROSE and not ends_like_a_sentence(text)):
            prose = 0
        kind = _KINDS.get(box.tag, "line")
        self.pieces.append(Piece(text, kind, box, size, linked, self.links, bold, slanted, self.image, prose))
        self.image = False
        box.size += size
        box.linked += linked
        box.prose += prose
        if linked or bold or slanted:
            self.styled[:] = (0, 0, 0)

    def _keep(self, box: Box) -> None:
        """Number a box and those around it, now that something stands in it."""
        path: list[Box] = []
        while box.index < 0:
            path.append(box)
            box = box.parent  # type: ignore[assignment]  # the root has its number from the start
        boxes, start = self.boxes, len(self.pieces)
        for kept in reversed(path):
            kept.index = len(boxes)
            kept.start = start
            boxes.append(kept)

    def _take_whole(self, node: LexborNode, tag: str, bits: int) -> bool:
        """Make one piece of an element that is called chrome, unless it holds prose or the headline; whether it did."""
        if self.tried > _MOST_TRIED or (self.holders is not None and node.mem_id in self.holders):
            return False
        text = node.text(separator="\n", skip_empty=True)
        self.tried += len(text)
        if len(text) > _LONGEST_WHOLE or (tag not in _ALWAYS_CHROME and len(text) < _SHORTEST_WHOLE):
            return False
        if "{" in text:  # a script's or a style sheet's: the walk leaves these out
            return False
        lines = [line for line in text.split("\n") if line and not line.isspace()]
        if sum([len(line) for line in lines if len(line) >= PROSE]) > _PROSE_IN_CHROME:
            return False
        if text := plain(" · ".join(map(str.strip, lines))):
            box = Box(node, tag, self.box, bits)
            self._keep(box)
            box.size = box.linked = len(text)
            self.pieces.append(Piece(text, "line", box, box.size, box.size, len(lines), 0, 0, False, 0))
            box.end = len(self.pieces)
        return True

    def _break_line(self) -> None:
        """End the line at a `br`, where the element may hold more than one."""
        if self.box.tag in _ONE_LINE:
            self.parts.append(" ")
        else:
            self._end()


def read(root: LexborNode, marks: Mapping[int, str] = NO_MARKS, holders: Container[int] | None = None) -> Page:
    """The pieces and boxes below `root` (a page's body element): iterative, and linear in the number of nodes.

    `marks` says what a profile's selectors found, by the `mem_id` of the element: each of these becomes a box. Where
    `holders` are given (the `mem_id` of the elements that hold the headline), any other element that is chrome by its
    name becomes one piece: most of a page is such, and need not be walked through.
    """
    walk = _Walk(root, marks, holders)
    parts, stack = walk.parts, walk.stack
    role_of = _ROLES.get
    node = root.first_child
    for _ in repeat(None, MAX_NODES):
        if node is None:
            break
        following = None
        tag = node.tag or ""
        if tag == "-text":
            if parts or not node.is_empty_text_node:  # between elements most text is white space
                walk.add(node.text_content or "")
        elif (role := role_of(tag, INLINE)) != SKIP:
            if role >= BOX or (marks and node.mem_id in marks):
                following = walk.open_box(node, tag, role if role >= BOX else BOX)
            else:
                following = walk.open(node, tag, role)
        following = following or node.next
        while following is None and stack:
            node, role = stack.pop()
            if role != INLINE:
                walk.close(role)
            following = node.next
        node = following
    page = walk.finish()
    if page.boxes[0].prose < PROSE:
        count_verse(page)
    return page


_HIDDEN = frozenset(("hidden", "d-none", "sr-only", "visually-hidden", "screen-reader-text", "hide", "visuallyhidden"))
_SHOWN = re.compile(r"(?:^|[-:])(?:block|inline|flex|grid)")


def _is_hidden(node: LexborNode) -> bool:
    """Whether the classes or the style of an element within a line say that it is shown at no width of the screen."""
    attributes = node.attributes
    classes, style = attributes.get("class"), attributes.get("style")
    if style is not None and names.hides(style[:_LONGEST_CLASSES]):
        return True
    return classes is not None and _hides(classes[:_LONGEST_CLASSES])


_LONGEST_CLASSES = 300


@lru_cache(maxsize=2048)
def _hides(classes: str) -> bool:
    names = classes.split()
    return not _HIDDEN.isdisjoint(names) and not any(_SHOWN.search(name) for name in names)
