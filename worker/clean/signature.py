"""The lines that date and sign an article: datelines, bylines and stated sources, by form and place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from worker.clean import lexicon, lines
from worker.models import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.clean.body import Choice
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
    """Tells whether a piece dates or signs the article with this headline (`title`) and text (`choice`)."""

    def __init__(self, pieces: Sequence[Piece], title: int | None, choice: Choice) -> None:
        self.pieces = pieces
        self.title = title
        self.first = first = min(choice.kept, default=choice.span.start)
        self.last = last = max(choice.kept, default=choice.span.stop)
        self._told = max((index for index in choice.kept if pieces[index].prose), default=last)
        self._pictured = max(choice.captions, default=0)
        self._start = first - _BELOW if title is None or title > first else title - 1
        comments = (index for index, reason in choice.phrases.items() if index > last and reason == "comments")
        self._end = min(max(last, self._pictured) + _BELOW, *comments, len(pieces))

    def of(self, index: int, piece: Piece) -> Label | None:
        """DATE, SOURCE or BYLINE, for a piece between headline and text, or below the text.

        Above the headline stand clocks: a date there must count views. Below the text lists of other articles date
        their items, comments who wrote them, and a name alone signs it only right below.
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
        below = index <= self.last + _RIGHT_BELOW or self._pictured < index <= self._pictured + _RIGHT_BELOW
        return self._of_words(index, piece, right_below=below)

    def _of_words(self, index: int, piece: Piece, *, right_below: bool) -> Label | None:
        text = piece.text
        dates = right_below and (index <= self.last or (piece.kind != "li" and text[0] != "("))
        dates = dates and not (index > self.first and lexicon.key(text).startswith(_OF_EVENT))
        if dates and lines.dateline(text):
            return Label.DATE
        if lines.origin(text):
            return Label.SOURCE
        if _NUMBERED.match(text):
            return None
        signs = ":" in text or (right_below and self._is_signed_at(index))
        found = (signs and lines.byline(text)) or (self._is_signature(index, piece) and lines.signature(text))
        return Label.BYLINE if found and lexicon.find(text) is None else None

    def _is_signed_at(self, index: int) -> bool:
        """Whether names without a label stand there: right below the headline, or at the text's end."""
        return self.is_right_below_title(index) or index >= self.last - 2

    def is_right_below_title(self, index: int) -> bool:
        """Whether so few pieces stand between the headline and this one that it can be the byline."""
        return self.title is not None and self.title < index <= self.title + _RIGHT_BELOW

    def is_labelled_above(self, index: int, piece: Piece) -> bool:
        """Whether a line right below the headline says who wrote the text, and not who took the picture above it."""
        if not self.is_right_below_title(index) or index > self.first or ":" not in piece.text:
            return False
        return lines.byline(piece.text) is not None and not lexicon.key(piece.text).startswith(("ảnh", "photo"))

    def _is_signature(self, index: int, piece: Piece) -> bool:
        """Whether a line stands as signatures alone do, so that initials, one name or an office are one.

        It is set to the right below the last paragraph, or is the last line of all, right below a paragraph. The
        initials in a list, in a poem or of a company are not.
        """
        if (
            not self._told < index <= self.last + 1
            or piece.linked
            or piece.kind not in _SIGNED
            or piece.text[-1] in ":?!…"
        ):
            return False
        if _is_set_right(piece.box):
            return True
        above = self.pieces[index - 1]
        return index >= self.last and index - 1 == self._told and not above.text.endswith(":")


_OF_EVENT = "thời gian:"  # below the text it says when what is announced takes place
_SIGNED = frozenset(("p", "line"))


def _is_set_right(box: Box) -> bool:
    """Whether a line or the element that it stands in is set to the right."""
    for one in (box, box.parent):
        attributes = one.node.attributes if one is not None else {}
        if attributes.get("align") == "right" or _RIGHT.search((attributes.get("style") or "")[:_LONGEST_STYLE]):
            return True
        if _RIGHT_CLASSES.search((attributes.get("class") or "")[:_LONGEST_STYLE]):
            return True
    return False


_RIGHT = re.compile(r"text-align:\s*(?:right|end)", re.IGNORECASE)
_RIGHT_CLASSES = re.compile(r"(?:text|align|ta)[-_]?(?:right|end)")
_LONGEST_STYLE = 300
