"""Which pieces are the article: the box that holds most of the page's prose, pruned of what is not prose in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.clean.blocks import Box, Piece

_AWAY = re.compile(
    r"comment|related|sidebar|footer|share|social|promo|newsletter|recommend|breadcrumb|most-?(?:read|popular)|trending"
    r"|subscribe|advert|cookie|consent|nav(?:bar|igation)?\b|menu|disqus|tags?\b|byline|author|outbrain|taboola|teaser",
    re.IGNORECASE,
)
_AWAY_TAGS = frozenset(("nav", "footer", "aside", "form", "dialog", "menu", "figure", "figcaption"))
DESCEND = 0.75


def hinted_away(box: Box) -> bool:
    """Whether the element's own name says that it is not the article."""
    if box.tag in _AWAY_TAGS:
        return True
    attributes = box.node.attributes
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return name != " " and _AWAY.search(name) is not None and box.tag not in ("body", "html", "article", "main")


def choose(pieces: Sequence[Piece], boxes: Sequence[Box]) -> tuple[Box, set[int]]:
    """The container box, and the indices of the pieces in it that are the article."""
    away = [False] * len(boxes)
    for box in boxes:
        away[box.index] = (box.parent is not None and away[box.parent.index]) or hinted_away(box)
    mass = [0.0] * len(boxes)
    for piece in pieces:
        if not away[piece.box.index]:
            free = len(piece.text) - 2 * piece.linked
            if free > 60:
                mass[piece.box.index] += free
    heir: list[Box | None] = [None] * len(boxes)
    for box in reversed(boxes):
        if box.parent is not None:
            up = box.parent.index
            mass[up] += mass[box.index]
            best = heir[up]
            if best is None or mass[box.index] >= mass[best.index]:
                heir[up] = box
    box = boxes[0]
    while (child := heir[box.index]) is not None and mass[child.index] >= DESCEND * mass[box.index] > 0:
        if child.tag in ("p", "li", "tr"):
            break
        box = child
    return box, {
        index
        for index in range(box.start, box.end)
        if not away[pieces[index].box.index] and 2 * pieces[index].linked <= len(pieces[index].text)
    }
