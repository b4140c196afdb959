"""From pieces to blocks: every piece of a page gets its label, and chrome the reason and the signal that decided."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from worker.clean import chrome, lexicon, names
from worker.clean.signature import Signature
from worker.models import Block, Label

if TYPE_CHECKING:
    from worker.clean.body import Choice
    from worker.clean.metadata import Metadata
    from worker.clean.pieces import Box, Page, Piece
    from worker.clean.profile import Profile


class Seen(NamedTuple):
    """A page, how the memory of its source has its pieces, and its headline's index."""

    page: Page
    standings: list[int]
    title: int | None


class Verdict(NamedTuple):
    """What a piece is, and why it is chrome if it is."""

    label: Label
    reason: str | None = None
    signal: str | None = None


_OF_LABEL = {label: Verdict(label) for label in Label}
_OF_MARK = {"date": Label.DATE, "author": Label.BYLINE, "origin": Label.SOURCE, "caption": Label.CAPTION}
_ELSEWHERE = Verdict(Label.CHROME, "on other pages of the source", "memory")
_LINKS = Verdict(Label.CHROME, "links", "structure")
_UNLIKE = Verdict(Label.CHROME, "not like the article", "structure")
_OUTSIDE = Verdict(Label.CHROME, "outside the article", "structure")
_TITLE, _LEAD, _HEADING, _BODY, _CAPTION = (
    _OF_LABEL[label] for label in (Label.TITLE, Label.LEAD, Label.HEADING, Label.BODY, Label.CAPTION)
)
_block = tuple.__new__  # a third of what Block(...) costs


@cache
def _named(reason: str) -> Verdict:
    """Chrome by the names of what it stands in."""
    return Verdict(Label.CHROME, reason, "structure")


@cache
def _said(reason: str) -> Verdict:
    """Chrome by its words."""
    return Verdict(Label.CHROME, f"lexicon: {reason}", "lexicon")


class Labeller:
    """Labels the pieces of one page."""

    def __init__(self, seen: Seen, choice: Choice, metadata: Metadata, profile: Profile | None) -> None:
        self.page, self.standings, self.title = seen
        self.choice = choice
        self.metadata = metadata
        self.profile = profile
        self._told_title = metadata.title.casefold()
        self._first = min(choice.kept, default=choice.span.start)
        self._last = max(choice.kept, default=choice.span.stop)
        self._signature = Signature(seen.page.pieces, seen.title, choice)
        self._lead = self._find_lead()
        self._again = self._repeated_captions()
        self._reasons = self._read_reasons()

    def blocks(self) -> tuple[Block, ...]:
        """All pieces as labelled blocks, in page order."""
        label, paths = self._label, self._paths()
        return tuple(
            [
                _block(Block, (piece.text, piece.kind, paths[piece.box.index], *label(index, piece)))
                for index, piece in enumerate(self.page.pieces)
            ]
        )

    def _label(self, index: int, piece: Piece) -> Verdict:  # noqa: PLR0911 - one return a signal, in their order
        choice = self.choice
        if index == self.title:
            return _TITLE
        if self.profile is not None and (verdict := self._of_profile(self.profile, piece)):
            return verdict
        if index in choice.captions and not self._signature.is_labelled_above(index, piece):
            return _named("repeated caption") if index in self._again else _CAPTION
        if index in choice.kept:
            return self._of_kept(index, piece)
        if index in choice.fallen:
            return _named(choice.fallen[index])
        if label := self._signature.of(index, piece):
            return _OF_LABEL[label]
        if self.standings and self.standings[index] >= chrome.TEASED:
            return _ELSEWHERE
        return self._of_rest(piece, inside=index in choice.span)

    def _of_profile(self, profile: Profile, piece: Piece) -> Verdict | None:
        mark = piece.box.mark
        short = len(piece.text) < 500
        if mark == "drop" or (short and any(pattern.search(piece.text) for pattern in profile.drop_lines)):
            return Verdict(Label.CHROME, f"profile {profile.name}", "profile")
        return _OF_LABEL[_OF_MARK[mark]] if mark in _OF_MARK else None

    def _of_kept(self, index: int, piece: Piece) -> Verdict:
        if index == self._lead:
            return _LEAD
        if not piece.prose:
            if piece.text.casefold() == self._told_title:
                return _named("the title again")
            above = index < self.choice.container.start or self._signature.is_right_below_title(index)
            if (above or index >= self._last - 2) and (label := self._signature.of(index, piece)):
                return _OF_LABEL[label]
            if (reason := self.choice.phrases.get(index)) is not None:
                return _said(reason)
        return _HEADING if piece.kind[0] == "h" else _BODY

    def _of_rest(self, piece: Piece, *, inside: bool) -> Verdict:
        """Of what is not in the article: its caption, or chrome, by the words or the names of what it stands in."""
        linked = 2 * piece.linked > piece.size
        reason = self._reasons[piece.box.index]
        if inside and not linked and (piece.kind == "caption" or reason == "caption"):
            return _CAPTION
        if (inside or not reason) and not linked and (phrase := lexicon.find(piece.text)) is not None:
            return _said(phrase.reason)
        if reason:
            return _named(reason)
        if linked:
            return _LINKS
        return _UNLIKE if inside else _OUTSIDE

    def _find_lead(self) -> int | None:
        """The first kept piece, if the page calls it lead or description, or it stands before the container."""
        for index in sorted(self.choice.kept)[:3]:
            piece = self.page.pieces[index]
            if piece.size < 30 or (not piece.prose and self._signature.of(index, piece)):
                continue
            told = self.metadata.lead
            if piece.box.mark == "lead" or index < self.choice.container.start:
                return index
            if told and (piece.text[:60] in told or told[:60] in piece.text):
                return index
            return index if names.of_box(piece.box) & names.bit("lead") else None
        return None

    def _repeated_captions(self) -> set[int]:
        """Captions that stand twice, as they do where the article does."""
        seen: set[str] = set()
        again = set()
        for index in sorted(self.choice.captions):
            text = self.page.pieces[index].text
            if text in seen:
                again.add(index)
            seen.add(text)
        return again

    def _read_reasons(self) -> list[str]:
        """What the surroundings of each box are called: of the names on the way up the innermost that is chrome's."""
        reasons: list[str] = []
        for box in self.page.boxes:  # each after those that it stands in
            reason = reasons[box.parent.index] if box.parent is not None else ""
            if box.start > self._first or box.end <= self._last:  # what holds the whole article is not chrome
                reason = chrome.reason_of(box) or reason
            reasons.append(reason)
        return reasons

    def _paths(self) -> list[str]:
        """Where each box stands: in which other."""
        boxes = self.page.boxes
        steps = [_step(box) for box in boxes]
        return [
            f"{steps[box.parent.index]}>{step}" if box.parent is not None else box.tag
            for box, step in zip(boxes, steps, strict=True)
        ]


def _step(box: Box) -> str:
    name = box.node.id
    return f"{box.tag}#{name[:40]}" if name else box.tag
