"""Which pieces are the article: those of its container, and the lead before it, that the linear model takes for it.

The model adds up the weights of a piece's features (features.py). They stand in weights.csv and were fitted to pages
whose articles had been marked by hand.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from worker.clean import captions as captions_by_words
from worker.clean import container, copies, dropping, groups, names
from worker.clean.chrome import COMMON, KNOWN, NEW, REPEATED, TEASED
from worker.clean.features import SAID, SAID_ENDS, Features, Reader, Told, said_end
from worker.clean.pieces import ends_like_a_sentence, is_below_link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worker.clean.pieces import Box, Page, Piece

THRESHOLD = -0.2
"""A piece is of the article from this sum on: a likelihood of .45, the best of cross-validation by host."""

KNOWN_BODY = 3.0
"""Added to the sum where a profile says which element the body is."""


UNSEEN = 2.0
"""Added to the sum of a piece that no earlier page of its source had, where enough pages were seen."""

CERTAIN = 100.0
"""What is known of a piece: no other evidence outweighs it."""


class Choice(NamedTuple):
    """What was chosen: the container, the pieces looked at, those kept, captions, why some fell in spite of their sum.

    `phrases` says why pieces are chrome by their words.
    """

    container: Box
    span: range
    kept: set[int]
    captions: set[int]
    fallen: dict[int, str]
    phrases: dict[int, str]


@cache
def weights() -> dict[str, float]:
    """The weight of each feature."""
    text = files("worker.clean").joinpath("weights.csv").read_text("utf-8")
    return {row[0]: float(row[1]) for row in csv.reader(text.splitlines()) if row and not row[0].startswith("#")}


class Sums(dict[Features, float]):
    """What the features of a family weigh together by these weights, added up once.

    `said` tells how much what the words of a short and of a long piece speak of can take from a sum, and add to it.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights
        self.said = {end: _bounds(weights, end) for end in SAID_ENDS}

    def __missing__(self, family: Features) -> float:
        if len(self) >= _MOST_SUMS:
            self.clear()
        self[family] = total = sum([self._weights.get(name, 0.0) for name in family])
        return total


def _bounds(weights: Mapping[str, float], end: str) -> tuple[float, float]:
    said = [weight for name, weight in weights.items() if name.startswith(SAID) and name.endswith(end)]
    return sum([weight for weight in said if weight < 0]), sum([weight for weight in said if weight > 0])


_MOST_SUMS = 20_000


@cache
def sums() -> Sums:
    """The model."""
    return Sums(weights())


def choose(page: Page, told: Told, known: Box | None = None, standings: Sequence[int] = ()) -> Choice:
    """The pieces of the article.

    `known` is its container, where a profile names it; `standings` says what the memory of the source has of each piece
    (chrome.standings; empty: nothing).
    """
    box = known or _text_box(page, told.title, standings)
    reader = Reader(page, box, told)
    model = sums()
    weight_of = model.__getitem__
    totals = [sum(map(weight_of, reader.read(index))) for index in reader.span]
    if known:
        _trust(reader, known, standings, totals)
    elif standings:
        _remember(page.pieces, reader.span, standings, totals, told.title)
    for at, index in enumerate(reader.span):  # the words of most pieces could change nothing: they are not looked up
        least, most = model.said[said_end(page.pieces[index])]
        if totals[at] + least <= THRESHOLD < totals[at] + most:
            totals[at] += weight_of(reader.said(index))
    captions: set[int] = set()
    for index in reader.span:
        piece = page.pieces[index]
        if _is_caption(piece, reader) or (index - 1 in captions and piece.text[0].islower() and not piece.linked):
            captions.add(index)
    kept = {index for index, total in zip(reader.span, totals, strict=True) if total > THRESHOLD} - captions
    _keep_first_rows(page.pieces, reader, kept)
    _keep_headings(page.pieces, reader, kept)
    groups.keep(page, reader, kept, captions, standings)
    fallen: dict[int, str] = {}
    dropping.drop_unshown(page.pieces, reader, kept, fallen)
    copies.drop_whole_again(page.pieces, kept, fallen)
    copies.drop_lesser(page.pieces, box.start, kept, captions, fallen)
    dropping.drop_above(page.pieces, reader, kept, fallen)
    dropping.drop_onward(page.pieces, reader, kept, fallen)
    dropping.drop_after_end(page.pieces, reader, kept, fallen)
    dropping.drop_footers(page.pieces, reader, kept, fallen)
    kept.difference_update(fallen)
    dropping.drop_last_headings(page.pieces, kept, fallen)
    return Choice(box, reader.span, kept, captions, fallen, reader.phrases)


_LONGEST_CAPTION = 300
_CELLS = frozenset(("td", "th"))
_IN_FIGURE = frozenset(("figcaption", "caption"))


def _is_caption(piece: Piece, reader: Reader) -> bool:
    """Whether a piece is the caption of the image before it: slanted, centred, or in a cell of its table."""
    if not piece.image or piece.size > _LONGEST_CAPTION or piece.kind[0] == "h" or 2 * piece.linked > piece.size:
        return piece.box.tag in _IN_FIGURE and 2 * piece.linked <= piece.size
    if piece.box.tag in _IN_FIGURE:
        return True
    open_ended = not ends_like_a_sentence(piece.text)
    slanted = piece.slanted >= 0.9 * len(piece.text)
    if slanted and (open_ended or _is_centred(piece.box)):
        return True
    if open_ended and (piece.box.tag in _CELLS or _is_centred(piece.box)):
        return True
    top = reader.place(piece.box).top
    if open_ended and top.image and top.end - top.start == 1:
        return True
    return captions_by_words.is_caption(piece.text)


def _is_centred(box: Box) -> bool:
    attributes = box.node.attributes
    return "center" in (attributes.get("style") or "")[:200] or attributes.get("align") == "center"


def _text_box(page: Page, title: int | None, standings: Sequence[int]) -> Box:
    """The box of the text (container.find); not the site's footer, on a page that has no other prose."""
    box = container.find(page, title, standings)
    inside = page.pieces[box.start : box.end]
    above = title is not None and box.start <= title
    if above or not dropping.is_footer(inside):
        return box
    for piece in inside:
        piece.prose = 0
    return container.find(page, title, standings)


def _trust(reader: Reader, known: Box, standings: Sequence[int], totals: list[float]) -> None:
    """Add that a profile names the body and the lead. In them, what all or most pages have there is chrome.

    What is nothing but a link, or in an element that is called chrome, must hold its own: boxes of related news and of
    newsletters stand in bodies, too.
    """
    for at, index in enumerate(reader.span):
        piece = reader.pieces[index]
        if piece.box.mark == "lead":
            totals[at] += CERTAIN
        elif standings and standings[index] >= COMMON:
            totals[at] -= CERTAIN
        elif index >= known.start and piece.linked < 0.9 * piece.size:
            totals[at] += 0.0 if names.is_chrome(reader.place(piece.box).names) else KNOWN_BODY


def _remember(
    pieces: Sequence[Piece], span: range, standings: Sequence[int], totals: list[float], title: int | None
) -> None:
    """Add what it says of the pieces that other pages of the source have them, or that none has."""
    new = [index for index in span if pieces[index].prose and standings[index] == NEW]
    first, last = (new[0], new[-1]) if new else (span.start, span.stop)
    lead = _teased_lead(pieces, range(max(span.start, first - _LEAD_TO_TEXT), first), standings, title)
    for at, index in enumerate(span):
        piece, standing = pieces[index], standings[index]
        free = 2 * piece.linked <= piece.size and not (index and is_below_link(pieces[index - 1], piece))
        among = free and first < index < last
        if index == lead or (standing == NEW and free):
            totals[at] += UNSEEN
        elif standing >= COMMON or (standing == TEASED and (piece.prose or not among)):
            totals[at] -= CERTAIN
        elif standing == KNOWN and new and piece.prose and (index > last or not free):
            totals[at] -= UNSEEN  # the lead of another article, as a list of related ones shows it
        elif new and among and (standing == KNOWN or piece.bold >= 0.9 * len(piece.text)):
            totals[at] += UNSEEN  # a heading that some article has too


_LEAD_TO_TEXT = 4  # pieces from the lead to the first paragraph: a dateline or a picture may stand between


def _teased_lead(pieces: Sequence[Piece], before: range, standings: Sequence[int], title: int | None) -> int | None:
    """The prose right before the first prose that no other page has, if other pages have it: they tease this one.

    All earlier pages may, where few were seen; then it must stand in one element with the text, or below the headline.
    """
    for index in reversed(before):
        if pieces[index].prose and TEASED <= standings[index] < REPEATED:
            beside = pieces[index].box.parent is pieces[before.stop].box.parent
            below = title is not None and title < index <= title + _LEAD_TO_TEXT
            return index if beside or below or standings[index] == TEASED else None
    return None


def _keep_first_rows(pieces: Sequence[Piece], reader: Reader, kept: set[int]) -> None:
    """The first row of a table, which names its columns, stays with the second."""
    for index in reader.span:
        piece = pieces[index]
        if index not in kept and index + 1 in kept and piece.kind == pieces[index + 1].kind == "tr":
            table = reader.place(piece.box).group
            if table.start == index and table is reader.place(pieces[index + 1].box).group and not piece.linked:
                kept.add(index)


_WORDS_OF_TEXT = frozenset(("comments", "navigation", "rating widget", "reading tool"))
_POINTS = 4  # such lines in a row: the points of an agenda


def _keep_headings(pieces: Sequence[Piece], reader: Reader, kept: set[int]) -> None:
    """A line between two of the text's, side by side with them, is no chrome for its words: "Thảo luận", "Liên hệ"."""
    headings = set()
    for index, reason in reader.phrases.items():
        if reason not in _WORDS_OF_TEXT or index - 1 not in kept or pieces[index].linked:
            continue
        below = range(index + 1, index + _POINTS)
        after = next((at for at in below if reader.phrases.get(at) not in _WORDS_OF_TEXT), -1)
        parent = pieces[index].box.parent
        if after in kept and pieces[index - 1].box.parent is parent is pieces[after].box.parent:
            kept.add(index)
            headings.add(index)
    for index in headings:
        del reader.phrases[index]
    reader.ends[:] = [index for index in reader.ends if index not in headings]
