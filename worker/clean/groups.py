"""Lists, tables, poems and quotes that stand between or below an article's paragraphs are the article's, whole."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from worker.clean import names
from worker.clean.chrome import TEASED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.clean.features import Reader
    from worker.clean.pieces import Box, Page

_TAGS = frozenset(("ul", "ol", "dl", "table", "pre", "blockquote"))
_HOME = 0.5  # of the prose that is kept: so much stands in the element in which the article is
_WRAPPERS = 6
_LINKED = 0.1  # of a group's characters: what has more links leads elsewhere
_FOREIGN = ("ad", "form", "hidden-attribute", "media", "meta", "date", "byline", "title", "game", "side")


def keep(page: Page, reader: Reader, kept: set[int], captions: set[int], standings: Sequence[int]) -> None:
    """Add to `kept` what the weighing of single pieces left out of a group that is the article's.

    Such a group stands in the same element as most of the kept prose, or is a table most of which was kept, behind the
    first paragraph and before any line that ends articles; it has next to no links, and neither its names nor most of
    its lines are chrome's. What is short in it (a sum in a table, whom a quote is of) says nothing by itself.
    """
    homes = _homes(page, reader, kept)
    if not homes:
        return
    first = min(kept)
    ends = deque(reader.ends)  # in page order; those within a group that is kept end nothing
    for box in page.boxes:
        if ends and ends[0] < box.start:
            break
        if box.tag not in _TAGS or box.start < first:
            continue
        inside = range(max(box.start, reader.span.start), min(box.end, reader.span.stop))
        at_home = _home(box) in homes or _is_kept(box, inside, kept)
        if at_home and inside and _is_of_article(box, inside, reader, standings):
            kept.update(index for index in inside if index not in captions)
            while ends and ends[0] in inside:
                ends.popleft()
            for index in inside:  # "Tổng cộng | 8.000.000" is no counter of visitors
                reader.phrases.pop(index, None)
    reader.ends[:] = ends


def _homes(page: Page, reader: Reader, kept: set[int]) -> set[int]:
    """The elements in which most of the kept prose stands side by side, and a body that a profile names."""
    prose = Counter[int]()
    for index in kept:
        piece = page.pieces[index]
        for home in {piece.box.index, piece.box.parent.index if piece.box.parent is not None else -1}:
            prose[home] += piece.prose
    total = sum([page.pieces[index].prose for index in kept])
    found = {home for home, size in prose.items() if size and size >= _HOME * total}
    if total and reader.container.mark == "body":
        found.add(reader.container.index)
    return found


def _home(box: Box) -> int:
    """The element that a group stands in, past wrappers that hold nothing else and figures, by its index; or -1."""
    above = box.parent
    for _ in range(_WRAPPERS):
        if above is None or above.parent is None or not (above.tag == "figure" or _wraps(above, box)):
            break
        above = above.parent
    return above.index if above is not None else -1


def _wraps(above: Box, box: Box) -> bool:
    return (above.start, above.end) == (box.start, box.end)


def _is_kept(box: Box, inside: range, kept: set[int]) -> bool:
    """Whether the greater part of a table was kept row by row, wherever it stands."""
    rows = sum([index in kept for index in inside]) if box.tag == "table" else 0
    return rows > 1 and 2 * rows > len(inside)


def _is_of_article(box: Box, inside: range, reader: Reader, standings: Sequence[int]) -> bool:
    found = reader.place(box).names
    if box.linked > _LINKED * box.size or names.is_chrome(found) or any(found & names.bit(name) for name in _FOREIGN):
        return False
    if standings and any(standings[index] >= TEASED for index in inside):
        return False
    return 2 * sum([index in reader.phrases for index in inside]) <= len(inside)
