"""What falls of the pieces that the model of body.py kept: by what stands around them, they are the site's."""

from __future__ import annotations

from collections import deque
from functools import cache
from typing import TYPE_CHECKING

from worker.clean import lexicon, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.clean.features import Reader
    from worker.clean.pieces import Piece


def drop_unshown(pieces: Sequence[Piece], reader: Reader, kept: set[int], fallen: dict[int, str]) -> None:
    """What is not shown falls, unless it is the greater part of the article (which a script would show)."""
    bit = names.bit("hidden-attribute")
    unshown = [index for index in kept if reader.place(pieces[index].box).names & bit]
    if not unshown:
        return
    hidden = sum(pieces[index].prose for index in unshown)
    shown = sum(pieces[index].prose for index in kept) - hidden
    if 2 * shown >= hidden:
        fallen.update(dict.fromkeys(unshown, "not shown"))


def drop_above(pieces: Sequence[Piece], reader: Reader, kept: set[int], fallen: dict[int, str]) -> None:
    """What stands above the headline and apart from it is the site's: its motto, whose site it is."""
    title = reader.told.title
    if title is None or pieces[title].kind not in _HEADINGS or max(kept, default=title) <= title:
        return
    beside = {pieces[title].box, pieces[title].box.parent}
    above = [index for index in kept if index < title and pieces[index].box.parent not in beside]
    if not above or not any(index > title and pieces[index].prose for index in kept):
        return
    fallen.update(dict.fromkeys(above, "above the headline"))


def drop_onward(pieces: Sequence[Piece], reader: Reader, kept: set[int], fallen: dict[int, str]) -> None:
    """What is a link as a whole and stands behind an arrow, or below "Related news", leads to other articles."""
    for index in sorted(index for index in kept if pieces[index].linked):
        piece = pieces[index]
        if piece.linked + _ARROW < piece.size:
            continue
        above = index - 1
        listed = fallen.get(above) == _ONWARD or reader.phrases.get(above) == "related news"
        if listed or piece.text.startswith(_ARROWS) or all(word[0] == "#" for word in piece.text.split()):
            fallen[index] = _ONWARD


_ONWARD = "related news"
_ARROW = 5  # characters
_ARROWS = (">>", "»", "►", "▶", "→", "⇒")


def drop_last_headings(pieces: Sequence[Piece], kept: set[int], fallen: dict[int, str]) -> None:
    """A heading apart from the text, below which nothing was kept, heads what the site sets below the article."""
    ahead = sorted(kept)
    while len(ahead) > 1 and pieces[last := ahead.pop()].kind in _HEADINGS and not pieces[last].prose:
        if pieces[ahead[-1]].box.parent is pieces[last].box.parent:
            return
        kept.remove(last)
        fallen[last] = "heads nothing"


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


_REST = 0.08  # of the prose before: more than this after "Related news" is the article that goes on
_COMMENTED = 0.5  # likewise after "Comments"


def drop_after_end(pieces: Sequence[Piece], reader: Reader, kept: set[int], fallen: dict[int, str]) -> None:
    """After a line that ends articles little is left of this one, and that stands with the rest of its text."""
    if not reader.ends or not kept:
        return
    standing = kept - fallen.keys()
    total = sum(pieces[index].prose for index in standing)
    before = 0
    ahead = deque(sorted(standing))
    for end in reader.ends:
        while ahead and ahead[0] < end:
            before += pieces[ahead.popleft()].prose
        rest = _COMMENTED if reader.phrases.get(end) == "comments" else _REST
        if before and total - before <= rest * before:
            homes = {pieces[index].box.parent for index in standing if index < end}
            fallen.update({index: "after the article" for index in ahead if pieces[index].box.parent not in homes})
            return


def drop_footers(pieces: Sequence[Piece], reader: Reader, kept: set[int], fallen: dict[int, str]) -> None:
    """The footer of the site, below the text, falls whole: it outweighs a short item."""
    for top in {reader.place(pieces[end].box).top for end in reader.ends if reader.phrases.get(end) == "footer"}:
        below = reader.told.title is None or reader.told.title < top.start
        if below and is_footer(pieces[top.start : top.end]):
            fallen.update(dict.fromkeys(kept.intersection(range(top.start, top.end)), "footer"))


_FOOTER = 15  # lines


def is_footer(pieces: Sequence[Piece]) -> bool:
    """Whether lines that stand together are most of them the name of a site, how to reach it, and whose it is."""
    if not 2 <= len(pieces) <= _FOOTER:
        return False
    texts = [piece.text for piece in pieces]
    phrases = [phrase is not None and phrase.reason == "footer" for phrase in map(lexicon.find, texts)]
    if not any(phrases):
        return False
    told = [
        footer or text.isupper() or lexicon.key(text).startswith(_contacts())
        for footer, text in zip(phrases, texts, strict=True)
    ]
    return 2 * sum(told) >= len(told)


@cache
def _contacts() -> tuple[str, ...]:
    return tuple(lexicon.words("contacts"))
