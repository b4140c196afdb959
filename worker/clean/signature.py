"""The lines that date and sign an article: datelines, bylines and stated sources, by form and place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from worker.clean import lines
from worker.models import Label

if TYPE_CHECKING:
    from worker.clean.pieces import Box, Piece

_LONGEST = 160
_RIGHT_BELOW = 3  # pieces
_BELOW = 12


_NUMBERED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}|[A-Da-d])[.)/]\s")
"""Begins a heading, in whatever letters: "I. KẾT QUẢ NỔI BẬT"."""


def _is_quoted(box: Box) -> bool:
    """Whether it stands in a quote, below which a name says who is quoted."""
    return box.tag == "blockquote" or (box.parent is not None and box.parent.tag == "blockquote")


class Signature:
    """Tells whether a piece dates or signs the article with this headline (`title`) and text (`first` to `last`)."""

    def __init__(self, title: int | None, first: int, last: int) -> None:
        self.title = title
        self.first = first
        self.last = last
        self._start = first - _BELOW if title is None or title > first else title - 1
        self._end = last + _BELOW

    def of(self, index: int, piece: Piece) -> Label | None:
        """DATE, SOURCE or BYLINE, for a piece between headline and text, or below the text.

        Above the headline stand clocks: a date there must count views. Below the text lists of other articles date
        their items, and a name alone signs it only right below.
        """
        if not self._start <= index <= self._end:
            return None
        text = piece.text
        if len(text) > _LONGEST or _is_quoted(piece.box):
            return None
        if self.first < index < self.last - 2 and not self.is_right_below_title(index):
            return None
        if self.title is not None and index < self.title:
            found = lines.dateline(text)
            return Label.DATE if found and found.views is not None else None
        return self._of_words(index, piece, right_below=index <= self.last + _RIGHT_BELOW)

    def _of_words(self, index: int, piece: Piece, *, right_below: bool) -> Label | None:
        text = piece.text
        dates = right_below and (index <= self.last or (piece.kind != "li" and text[0] != "("))
        if dates and lines.dateline(text):
            return Label.DATE
        if lines.origin(text):
            return Label.SOURCE
        if _NUMBERED.match(text):
            return None
        signs = ":" in text or (right_below and self._is_signed_at(index))
        return Label.BYLINE if signs and lines.byline(text) else None

    def _is_signed_at(self, index: int) -> bool:
        """Whether names without a label stand there: right below the headline, or at the text's end."""
        return self.is_right_below_title(index) or index >= self.last - 2

    def is_right_below_title(self, index: int) -> bool:
        """Whether so few pieces stand between the headline and this one that it can be the byline."""
        return self.title is not None and self.title < index <= self.title + _RIGHT_BELOW
