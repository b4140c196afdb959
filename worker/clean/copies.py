"""A page that holds its article twice: which copy is the fuller one, and what of the other is to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.clean import lexicon
from worker.clean.captions import is_caption
from worker.models import Label

if TYPE_CHECKING:
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
