"""Where the article stands: the smallest box that holds nearly all of the page's prose."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from worker.clean import lexicon, lines, names
from worker.clean.chrome import COMMON, TEASED
from worker.clean.pieces import PROSE, ends_like_a_sentence, is_below_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.clean.pieces import Box, Page, Piece

NEARLY_ALL = 0.8
"""A box is left for its child while the child holds this share of the prose."""

_TITLE_IN_LINK = 0.5


def headline(page: Page, title: str) -> int | None:
    """The index of the piece that shows the title: an h1 rather than another heading, a heading rather than a line."""
    wanted = title.casefold()
    best, found = 0, None
    if not wanted:
        return None
    shortest, longest = len(wanted) // _MOST_FOLDED, len(wanted)
    for index, piece in enumerate(page.pieces):
        kind = piece.kind
        if kind != "h1" and not shortest <= len(piece.text) <= longest:
            continue
        if piece.size > 2 * _LONGEST_TITLE or (piece.linked > _TITLE_IN_LINK * piece.size and kind != "h1"):
            continue
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


_MOST_FOLDED = 3  # characters that one becomes when its case is folded


def other_headline(page: Page, standings: Sequence[int], named: int | None) -> int | None:
    """The heading right above the text: for a page whose markup names none, or one that stands on all its pages.

    A heading that is `named` and stands there is right, however common (other pages list it).
    """
    pieces = page.pieces
    start = find(page, None, standings).start
    best = None
    above = range(min(start + 2, len(pieces) - 1), max(-1, start - _ABOVE_TEXT), -1)
    if named in above:
        return named
    for index in above:
        piece = pieces[index]
        if piece.kind in _HEADLINES and piece.linked <= _TITLE_IN_LINK * piece.size:
            if standings[index] < COMMON:
                return index
            best = index if best is None or piece.kind == "h1" else best
    return best


def shown_headline(page: Page, *, bold: bool = True) -> int | None:
    """The line above the text that looks like its headline, for pages that mark none as such.

    A heading rather than what is called a title or stands right above the dateline, and these rather than a bold line;
    of several the one nearest to the text. Bold lines are none where they are not asked for.
    """
    pieces = page.pieces
    box = find(page, None)
    first = next((index for index in range(box.start, min(box.end, len(pieces))) if pieces[index].prose >= PROSE), None)
    if first is None:
        return None
    best, found = 0 if bold else 1, None
    for index in range(first - 1, max(-1, first - _ABOVE_TEXT), -1):
        rank = _looks_like_headline(pieces, index)
        if rank > best:
            best, found = rank, index
    return found


def _looks_like_headline(pieces: Sequence[Piece], index: int) -> int:
    piece, text = pieces[index], pieces[index].text
    if not _SHORTEST_TITLE <= piece.size <= _LONGEST_TITLE or text.count(" ") < 2 or text[-1] in ",;:":
        return 0
    if 2 * piece.linked > piece.size or piece.kind in _NO_HEADLINES or piece.box.weight < _LEAST_WEIGHT:
        return 0
    if lexicon.find(text) is not None or lines.dateline(text) is not None or lexicon.is_name_of_site(text):
        return 0
    if piece.kind in _HEADLINES:
        return 3
    dated = index + 1 < len(pieces) and lines.dateline(pieces[index + 1].text) is not None
    if dated or names.of_box(piece.box) & names.bit("title"):
        return 2
    return int(piece.bold >= 0.9 * len(text) and not ends_like_a_sentence(text))


_NO_HEADLINES = frozenset(("li", "caption", "quote", "pre"))
_LEAST_WEIGHT = 0.25  # less have boxes that are called chrome
_ABOVE_TEXT = 15  # pieces
_HEADLINES = frozenset(("h1", "h2", "h3", "h4"))
_SHORTEST_TITLE = 15
_LONGEST_TITLE = 250
_HEADINGS = frozenset(("h2", "h3", "h4"))
_TAG_WEIGHTS = {
    "nav": 0.05,
    "menu": 0.05,
    "marquee": 0.05,
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


def find(page: Page, title: int | None, standings: Sequence[int] = ()) -> Box:
    """The box that the article stands in; `title` is the index of the piece that is the page's headline, if known.

    Each piece of prose counts as its size times the weight of what it stands in: an element that is named "related" or
    "comments" counts little, and so does all in it. What holds the headline is not doubted for its name. What is known
    to be chrome (chrome.standings) does not count.
    """
    pieces, boxes = page
    of_prose = [box for box in boxes if box.prose and box.parent is not None]
    _weigh(of_prose, NEARLY_ALL * boxes[0].prose, pieces[title].box if title is not None else None)
    mass = [0.0] * len(boxes)
    for index, piece in enumerate(pieces):
        if piece.prose and not (standings and standings[index] >= TEASED):
            own = piece.prose * piece.box.weight * (1 - 2 * piece.linked / piece.size)
            above = pieces[index - 1] if index else piece
            mass[piece.box.index] += own * _TEASED if above.linked and _is_teaser(above, piece) else own
    heirs: list[Box | None] = [None] * len(boxes)
    for box in reversed(of_prose):
        if (held := mass[box.index]) and (parent := box.parent) is not None:
            mass[parent.index] += held
            best = heirs[parent.index]
            if box.tag not in _NEVER and (best is None or held >= mass[best.index]):
                heirs[parent.index] = box
    box = boxes[0]
    while (child := heirs[box.index]) is not None and mass[child.index] >= NEARLY_ALL * mass[box.index]:
        box = child
    return box


_TEASED = 0.05
"""By this counts the text right below a heading that is a link: it teases another article."""


def _is_teaser(before: Piece, piece: Piece) -> bool:
    return before.kind in _HEADLINES and is_below_link(before, piece)


_CARDS = 3
"""So many articles side by side are teasers, or the entries of a live blog: they count alike, and little."""

_CARD_WEIGHT = 0.3


def _weigh(boxes: Sequence[Box], most: float, headline_in: Box | None) -> None:
    """Give each box of prose its weight: its own times that of what it stands in.

    What holds the headline or `most` of the prose is no chrome, whatever it is called; but comments may be so long.
    """
    trusted = set()
    while headline_in is not None:
        trusted.add(headline_in.index)
        headline_in = headline_in.parent
    cards = Counter([box.parent.index for box in boxes if box.tag == "article" and box.parent])
    for box in boxes:
        parent = box.parent
        assert parent is not None  # noqa: S101 - the root is not among them
        box.weight = parent.weight
        if box.tag != "p":
            box.weight *= _weight(box, trusted=box.index in trusted or box.prose >= most)
            if box.tag == "article" and cards[parent.index] >= _CARDS and box.index not in trusted:
                box.weight *= _CARD_WEIGHT


def _weight(box: Box, *, trusted: bool) -> float:
    found = names.of_box(box)
    if (trusted and not found & names.bit("comment")) or box.tag == "main":
        return 1.0
    return min(_TAG_WEIGHTS.get(box.tag, 1.0), names.weight(found)) if not found & names.bit("article-body") else 2.0
