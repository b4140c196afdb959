"""Which pieces are the article: those of its container, and the lead before it, that the linear model takes for it.

The model adds up the weights of a piece's features (features.py); weights.csv holds them, fitted by tests/bench/fit_body.py.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from worker.clean import container, names
from worker.clean.features import Reader, Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.clean.blocks import Box, Page, Piece

THRESHOLD = -0.2
"""A piece is of the article from this sum on (a likelihood of .45); cross-validated, see tests/bench/fit_body.py."""

KNOWN_BODY = 3.0
"""Added to the sum where a profile says which element the body is."""


class Choice(NamedTuple):
    """What was chosen: the container, the pieces looked at, the sum of each, and why some fell in spite of it."""

    container: Box
    span: range
    sums: list[float]
    kept: set[int]
    fallen: dict[int, str]


@cache
def weights() -> dict[str, float]:
    """The weight of each feature."""
    text = files("worker.clean").joinpath("weights.csv").read_text("utf-8")
    return {row[0]: float(row[1]) for row in csv.reader(text.splitlines()) if row and not row[0].startswith("#")}


def choose(page: Page, told: Told, known: Box | None = None) -> Choice:
    """The pieces of the article; `known` is its container where a profile names it."""
    box = known or container.find(page, told.title)
    reader = Reader(page, box, told)
    of = weights().get
    bias = KNOWN_BODY if known else 0.0
    sums = [bias + sum([of(name, 0.0) for name in reader.read(index)]) for index in reader.span]
    kept = {index for index, total in zip(reader.span, sums, strict=True) if total > THRESHOLD}
    fallen: dict[int, str] = {}
    _drop_unshown(page.pieces, reader, kept, fallen)
    _drop_copies(page.pieces, kept, fallen)
    kept.difference_update(fallen)
    return Choice(box, reader.span, sums, kept, fallen)


def _drop_unshown(pieces: Sequence[Piece], reader: Reader, kept: set[int], fallen: dict[int, str]) -> None:
    """What is not shown falls, unless it is the greater part of the article (which a script would show)."""
    bit = names.bit("hidden-attribute")
    unshown = [index for index in kept if reader.place(pieces[index].box).names & bit]
    if not unshown:
        return
    hidden = sum(pieces[index].prose for index in unshown)
    shown = sum(pieces[index].prose for index in kept) - hidden
    if 2 * shown >= hidden:
        fallen.update(dict.fromkeys(unshown, "not shown"))


_COPY = 120
"""Shorter texts may stand twice for their own reasons: refrains, table heads, steps of a recipe."""


def _drop_copies(pieces: Sequence[Piece], kept: set[int], fallen: dict[int, str]) -> None:
    """Of a text that stands twice the first falls if the second stands in the fuller copy of the article, else the second."""
    first: dict[str, int] = {}
    for index in sorted(kept - fallen.keys()):
        piece = pieces[index]
        if piece.prose < _COPY:
            continue
        if first.setdefault(piece.text, index) != index:
            fallen[index] = "repeated"
