"""A page that holds its article twice: which copy is the fuller one, and what of the other is to go.

`mark_lesser` is for the lines of saved text, `drop_lesser` and `drop_whole_again` for the pieces of a page's DOM.
"""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING

from worker.clean import lexicon
from worker.clean.captions import is_caption
from worker.models import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.clean.pieces import Piece
    from worker.clean.saved import Line


def mark_lesser(page: list[Line]) -> None:
    """Mark as chrome the copy of the article that holds less, or the second one where they hold the same.

    There are two copies where paragraphs stand twice. Each begins with the title that stands above both, or, where no
    line above is repeated, with those paragraphs; the second goes on to the chrome that ends articles. Most of the
    lesser one must stand in the other: a teaser of the article elsewhere on the page is no copy.
    """
    keys = [lexicon.key(line.text) for line in page]
    first: dict[str, int] = {}
    again: dict[str, int] = {}
    for index, key in enumerate(keys):
        if key in first:
            again.setdefault(key, index)
        else:
            first[key] = index
    repeated = [key for key in again if page[first[key]].prose and page[first[key]].words >= _PARAGRAPH]
    if not repeated:
        return
    a_text, b_text = min(first[key] for key in repeated), min(again[key] for key in repeated)
    a_title, b_title = _titles(keys, first, a_text, b_text)
    last = max(again[key] for key in repeated if a_title <= first[key] < b_title)
    a_copy, b_copy = range(a_title, b_title), range(b_title, _end(page, last))
    lesser, fuller = (a_copy, b_copy) if _prose(page, a_copy) < _prose(page, b_copy) else (b_copy, a_copy)
    kept = {keys[index] for index in fuller}
    shared = sum(page[index].words for index in lesser if page[index].prose and keys[index] in kept)
    if shared < _MOSTLY * _prose(page, lesser):
        return
    for index in lesser:
        page[index].mark(Label.CHROME, _reason(page[index], keys[index] in kept, at_start=index == lesser.start))


_MOSTLY = 0.6  # of the words in the lesser copy's paragraphs


def _end(page: list[Line], last: int) -> int:
    """Where the second copy ends: at the first chrome below its last repeated paragraph that ends articles."""
    for index in range(last + 1, len(page)):
        phrase = lexicon.find(page[index].text)
        if phrase and phrase.ends:
            return index
    return len(page)


_PARAGRAPH = 20  # words: a shorter sentence may stand twice for its own reasons


def _titles(keys: list[str], first: dict[str, int], a_text: int, b_text: int) -> tuple[int, int]:
    """Where the two copies begin: at the last line above the second's text that also stands above the first's."""
    for index in range(b_text, a_text, -1):
        if first[keys[index]] < min(a_text, index):
            return first[keys[index]], index
    return a_text, b_text


def _prose(page: list[Line], copy: range) -> int:
    return sum(page[index].words for index in copy if page[index].prose)


def _reason(line: Line, stands_in_other: bool, *, at_start: bool) -> str:
    if not stands_in_other:
        return "in the lesser copy"
    if line.prose and not is_caption(line.text):
        return "duplicate body"
    return "duplicate caption" if is_caption(line.text) else "duplicate title" if at_start else "duplicate line"


# --- in a page's DOM --------------------------------------------------------------------------------------------------

_COPY = 80
"""Shorter texts may stand twice for their own reasons: refrains, table heads, steps of a recipe."""


_WHOLE = 2_000  # characters of a piece in which a whole article may stand again
_PARAGRAPHS = 3
_COPIES = 3
_LOOKED_FOR = 40  # paragraphs; so that a hostile page of a hundred thousand costs no more


def drop_whole_again(pieces: Sequence[Piece], kept: set[int], fallen: dict[int, str]) -> None:
    """Where one piece holds most of the article's paragraphs again, as some pages do for machines, it falls."""
    largest = nlargest(_COPIES, [index for index in kept if pieces[index].size > _WHOLE], lambda at: pieces[at].size)
    others = [pieces[index] for index in sorted(kept.difference(largest)) if pieces[index].prose >= _COPY]
    others = others[:_LOOKED_FOR]
    for whole in largest:
        again = [other.prose for other in others if other.text in pieces[whole].text]
        if len(again) >= _PARAGRAPHS and 2 * sum(again) > sum([other.prose for other in others]):
            fallen[whole] = "the article again"


def drop_lesser(
    pieces: Sequence[Piece], start: int, kept: set[int], captions: set[int], fallen: dict[int, str]
) -> None:
    """Where the article stands twice, or its lead, the lesser copy falls; a single repeated paragraph is no copy."""
    first: dict[str, int] = {}
    long = [index for index in sorted(kept - fallen.keys()) if pieces[index].prose >= _COPY]
    original = [first.setdefault(pieces[index].text, index) for index in long]
    again = []
    for at, index in enumerate(long):
        if original[at] == index:
            continue
        beside = {original[near] - long[near] for near in (at - 1, at + 1) if 0 <= near < len(long)}
        if original[at] < start or beside - {0}:
            again.append(at)
    if not again:
        return
    border = max(original[at] for at in again)
    if border < long[again[0]]:  # one copy after the other, not one paragraph after the other
        before = [index for index in kept if index <= border]
        after = [index for index in kept if index > border]
        if sum(pieces[index].prose for index in before) < sum(pieces[index].prose for index in after):
            later = {pieces[index].text for index in captions if index > border}
            shown_again = {index for index in captions if index < min(after) and pieces[index].text in later}
            captions -= shown_again
            fallen.update(dict.fromkeys([*before, *shown_again], "in the lesser copy"))
            return
    fallen.update({long[at]: "repeated" for at in again})
