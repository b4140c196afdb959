"""Where the article stands: the smallest box that holds nearly all of the page's prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.clean import names

if TYPE_CHECKING:
    from worker.clean.blocks import Box, Page

NEARLY_ALL = 0.8
"""A box is left for its child while the child holds this share of the prose (cross-validated, tests/bench/fit_body.py)."""

_TITLE_IN_LINK = 0.5


def headline(page: Page, title: str) -> int | None:
    """The index of the piece that shows the title: an h1 rather than another heading, a heading rather than a line."""
    wanted = title.casefold()
    best, found = 0, None
    if not wanted:
        return None
    for index, piece in enumerate(page.pieces):
        if piece.size > 2 * _LONGEST_TITLE or piece.linked > _TITLE_IN_LINK * piece.size:
            continue
        kind = piece.kind
        text = piece.text.casefold()
        if text == wanted:
            rank = 6 if kind == "h1" else 5 if kind in _HEADINGS else 3
        elif kind == "h1" and len(text) > _SHORTEST_TITLE and (text in wanted or wanted in text):
            rank = 4
        else:
            continue
        if rank > best:
            best, found = rank, index
    return found


_SHORTEST_TITLE = 15
_LONGEST_TITLE = 250
_HEADINGS = frozenset(("h2", "h3", "h4"))
_TAG_WEIGHTS = {
    "nav": 0.05,
    "menu": 0.05,
    "footer": 0.05,
    "aside": 0.15,
    "figure": 0.1,
    "figcaption": 0.1,
    "dialog": 0.1,
    "address": 0.2,
    "label": 0.2,
    "details": 0.6,
    "header": 0.7,
    "form": 0.8,
}
_NEVER = frozenset(("p", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption"))


def find(page: Page, title: int | None) -> Box:
    """The box that the article stands in; `title` is the index of the piece that is the page's headline, if known.

    Each piece of prose counts as its size times the weight of what it stands in: an element that is named "related" or
    "comments" counts little, and so does all in it. What holds the headline is not doubted for its name.
    """
    pieces, boxes = page
    trusted = set()
    box: Box | None = pieces[title].box if title is not None else None
    while box is not None:
        trusted.add(box.index)
        box = box.parent
    mass = [0.0] * len(boxes)
    cards: dict[int, int] = {}
    for box in boxes:
        if box.tag == "article" and box.prose and box.parent is not None:
            cards[box.parent.index] = cards.get(box.parent.index, 0) + 1
    for box in boxes:
        if not box.prose:
            continue
        if box.parent is not None:
            box.weight = box.parent.weight
        if box.tag not in ("p", "body"):
            box.weight *= _weight(box, box.index in trusted)
            if box.tag == "article" and cards[box.parent.index] >= 3 and box.index not in trusted:
                box.weight *= 0.3
    for piece in pieces:
        if piece.prose:
            mass[piece.box.index] += piece.prose * piece.box.weight * (1 - 2 * piece.linked / max(piece.size, 1))
    heir: list[Box | None] = [None] * len(boxes)
    for box in reversed(boxes):
        if (held := mass[box.index]) and (parent := box.parent) is not None:
            mass[parent.index] += held
            best = heir[parent.index]
            if box.tag not in _NEVER and (best is None or held >= mass[best.index]):
                heir[parent.index] = box
    box = boxes[0]
    while (child := heir[box.index]) is not None and mass[child.index] >= NEARLY_ALL * mass[box.index]:
        box = child
    return box


def _weight(box: Box, trusted: bool) -> float:
    found = names.read(box)
    if trusted or box.tag == "main":
        return 1.0
    return min(_TAG_WEIGHTS.get(box.tag, 1.0), names.weight(found)) if not found & names.bit("article-body") else 2.0
