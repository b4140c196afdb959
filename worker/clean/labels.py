"""From pieces to blocks: every piece of a page gets its label, and chrome the reason and the signal that decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from worker.clean import chrome, lexicon, lines, names
from worker.models import Block, Label

if TYPE_CHECKING:
    from worker.clean.blocks import Box, Page, Piece
    from worker.clean.body import Choice
    from worker.clean.metadata import Metadata
    from worker.clean.profile import Profile


class Seen(NamedTuple):
    """A page, with the digests of its pieces, how the memory of its source has them, and its headline's index."""

    page: Page
    digests: list[int]
    standings: list[int]
    title: int | None


class Verdict(NamedTuple):
    """What a piece is, and why it is chrome if it is."""

    label: Label
    reason: str | None = None
    signal: str | None = None


_OF_MARK = {
    "date": Label.DATE,
    "author": Label.BYLINE,
    "origin": Label.SOURCE,
    "caption": Label.CAPTION,
}
_RIGHT_BELOW = 3
_ABOVE, _BELOW = 12, 12  # pieces around the article in which its dateline, byline and source are looked for


class Labeller:
    """Labels the pieces of one page."""

    def __init__(self, seen: Seen, choice: Choice, metadata: Metadata, profile: Profile | None) -> None:
        self.page = seen.page
        self.digests = seen.digests
        self.standings = seen.standings
        self.title = seen.title
        self.choice = choice
        self.metadata = metadata
        self.profile = profile
        self.told_title = metadata.title.casefold()
        self._reasons: dict[int, str] = {}
        self._paths: dict[int, str] = {}
        kept = choice.kept
        self._first = min(kept, default=choice.span.start)
        self._last = max(kept, default=choice.span.stop)
        self._lead = self._find_lead()
        self._again = self._repeated_captions()

    def blocks(self) -> tuple[Block, ...]:
        """All pieces as labelled blocks, in page order."""
        found = []
        for index, piece in enumerate(self.page.pieces):
            label, reason, signal = self._label(index, piece)
            path = self._path(piece.box)
            found.append(
                Block(
                    text=piece.text,
                    kind=piece.kind,
                    path=path,
                    label=label,
                    digest=self.digests[index],
                    reason=reason,
                    signal=signal,
                )
            )
        return tuple(found)

    def _label(self, index: int, piece: Piece) -> Verdict:  # noqa: PLR0911 - one return a signal, in their order
        if index == self.title:
            return Verdict(Label.TITLE)
        if index in self._again:
            return Verdict(Label.CHROME, "repeated caption", "structure")
        mark = piece.box.mark
        if mark == "drop" or self._is_dropped_line(piece):
            return Verdict(Label.CHROME, f"profile {self.profile.name if self.profile else ''}", "profile")
        if mark in _OF_MARK:
            return Verdict(_OF_MARK[mark])
        if index in self.choice.captions:
            return Verdict(Label.CAPTION)
        if index in self.choice.kept:
            return self._of_kept(index, piece)
        return self._of_rest(index, piece)

    def _of_kept(self, index: int, piece: Piece) -> Verdict:
        if piece.text.casefold() == self.told_title:
            return Verdict(Label.CHROME, "the title again", "structure")
        above = index < self.choice.container.start or self._is_right_below_title(index)
        if above and piece.size < 160 and (of_line := _of_line(piece.text)):
            return of_line
        if index == self._lead:
            return Verdict(Label.LEAD)
        if not piece.prose and (phrase := lexicon.find(piece.text)) is not None:
            return Verdict(Label.CHROME, f"lexicon: {phrase.reason}", "lexicon")
        if index >= self._last - 2 and piece.size < 80 and (of_line := _of_line(piece.text)):
            return of_line
        return Verdict(Label.HEADING if piece.kind[0] == "h" else Label.BODY)

    def _of_rest(self, index: int, piece: Piece) -> Verdict:  # noqa: PLR0911 - likewise
        if index in self.choice.fallen:
            return Verdict(Label.CHROME, self.choice.fallen[index], "structure")
        if piece.size < 160 and self._is_near(index) and (found := _of_line(piece.text)):  # noqa: SIM102 - see next line
            if self._fits(index, piece, found.label) and self._is_signature(index, piece, found.label):
                return found
        if self.standings and self.standings[index] >= chrome.TEASED:
            return Verdict(Label.CHROME, "on other pages of the source", "memory")
        box = piece.box
        if piece.size <= 300 and (phrase := lexicon.find(piece.text)) is not None:
            return Verdict(Label.CHROME, f"lexicon: {phrase.reason}", "lexicon")
        inside = index in self.choice.span
        reason = self._reason(box)
        if inside and 2 * piece.linked <= piece.size and (piece.kind == "caption" or reason == "caption"):
            return Verdict(Label.CAPTION)
        if reason:
            return Verdict(Label.CHROME, reason, "structure")
        if 2 * piece.linked > piece.size:
            return Verdict(Label.CHROME, "links", "structure")
        return Verdict(Label.CHROME, "not like the article" if inside else "outside the article", "structure")

    def _is_near(self, index: int) -> bool:
        """Whether a dateline, byline or source that stands there can be the article's."""
        first = self._first - _ABOVE
        if self.title is not None and self.title < self._first:
            first = max(first, self.title - 1)
        return first <= index <= self._last + _BELOW

    def _fits(self, index: int, piece: Piece, label: Label) -> bool:
        """Whether a line of that form can be the article's where it stands.

        Above the headline stand clocks; what has views is no clock. Lists of other articles date their items, and a
        name alone signs the text only right below it.
        """
        if self.title is not None and index < self.title:
            return label is Label.DATE and _counts_views(piece.text)
        if index <= self._last:
            return True
        if label is Label.DATE:
            return index <= self._last + _RIGHT_BELOW and piece.kind != "li" and piece.text[0] != "("
        return label is Label.SOURCE or ":" in piece.text or index <= self._last + _RIGHT_BELOW

    def _is_signature(self, index: int, piece: Piece, label: Label) -> bool:
        """Whether a byline stands where texts are signed: right below the headline, or at the text's end."""
        if label is not Label.BYLINE or ":" in piece.text:
            return True
        return self._is_right_below_title(index) or index >= self._last - 2

    def _is_right_below_title(self, index: int) -> bool:
        return self.title is not None and self.title < index <= self.title + _RIGHT_BELOW

    def _find_lead(self) -> int | None:
        """The first kept piece, if the page calls it lead or description, or it stands before the container."""
        for index in sorted(self.choice.kept)[:3]:
            piece = self.page.pieces[index]
            if piece.size < 30 or _of_line(piece.text):
                continue
            told = self.metadata.lead
            if piece.box.mark == "lead" or index < self.choice.container.start:
                return index
            if told and (piece.text[:60] in told or told[:60] in piece.text):
                return index
            return index if (piece.box.names or names.read(piece.box)) & names.bit("lead") else None
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

    def _is_dropped_line(self, piece: Piece) -> bool:
        profile = self.profile
        if profile is None or not profile.drop_lines or len(piece.text) >= 500:
            return False
        return any(pattern.search(piece.text) for pattern in profile.drop_lines)

    def _reason(self, box: Box) -> str:
        """What the piece's surroundings are called: of the names on the way up to the container the worst."""
        path = []
        above: Box | None = box
        while above is not None and above.index not in self._reasons:
            path.append(above)
            above = above.parent
        reason = self._reasons[above.index] if above is not None else ""
        for box_ in reversed(path):
            if not self._holds_article(box_):
                reason = chrome.reason_of(box_) or reason
            self._reasons[box_.index] = reason
        return reason

    def _holds_article(self, box: Box) -> bool:
        return box.start <= self._first and box.end > self._last

    def _path(self, box: Box) -> str:
        path = self._paths.get(box.index)
        if path is None:
            parent = box.parent
            path = f"{_step(parent)}>{_step(box)}" if parent is not None else box.tag
            self._paths[box.index] = path
        return path


def _step(box: Box) -> str:
    name = box.node.id
    return f"{box.tag}#{name[:40]}" if name else box.tag


def _counts_views(text: str) -> bool:
    """Whether a dateline states views: a date above the headline is else the page's clock."""
    found = lines.dateline(text)
    return found is not None and found.views is not None


def _of_line(text: str) -> Verdict | None:
    """A dateline, stated source or byline, told by the line's form."""
    if lines.dateline(text):
        return Verdict(Label.DATE)
    if lines.origin(text):
        return Verdict(Label.SOURCE)
    if lines.byline(text):
        return Verdict(Label.BYLINE)
    return None
