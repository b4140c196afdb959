"""What was changed between two texts, paragraph by paragraph and word by word, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_PARAGRAPHS = 2_000
"""Paragraphs that are compared; what is longer is shown as removed and added."""

MOST_WORDS = 600
"""Words of a paragraph that are compared with another's; longer ones are shown whole."""

ALIKE = 0.5
"""Share of common words from which two paragraphs are one that was changed."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words with one fate: "same", "removed" or "added"."""

    fate: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph: "same", "removed", "added", or "changed", with the runs of its words."""

    fate: str
    runs: tuple[Run, ...]


def changes(before: str, after: str) -> list[Change]:
    """The paragraphs of both texts in order, each with what became of it.

    >>> for change in changes("Một dòng.\\nTrao 5 suất quà.", "Một dòng.\\nTrao 6 suất quà."):
    ...     print(change.fate, [(run.fate, run.text) for run in change.runs])
    same [('same', 'Một dòng.')]
    changed [('same', 'Trao'), ('removed', '5'), ('added', '6'), ('same', 'suất quà.')]
    """
    old, new = before.split("\n"), after.split("\n")
    if max(len(old), len(new)) > MOST_PARAGRAPHS:
        return [*_whole("removed", old), *_whole("added", new)] if old != new else _whole("same", old)
    found: list[Change] = []
    for fate, one, two, three, four in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if fate == "equal":
            found += _whole("same", old[one:two])
        else:
            found += _replaced(old[one:two], new[three:four])
    return found


def _whole(fate: str, paragraphs: list[str]) -> list[Change]:
    return [Change(fate, (Run(fate, text),)) for text in paragraphs]


def _replaced(old: list[str], new: list[str]) -> Iterator[Change]:
    """Paragraphs in the place of others: pairs of them that are alike are one that was changed."""
    waiting = list(new)
    for text in old:
        runs = _runs(text, waiting[0]) if waiting else None
        if runs is None:
            yield Change("removed", (Run("removed", text),))
        else:
            yield Change("changed", runs)
            del waiting[0]
    yield from _whole("added", waiting)


def _runs(old: str, new: str) -> tuple[Run, ...] | None:
    """The runs of words that turn one paragraph into the other; None where they have too little in common."""
    one, other = old.split(), new.split()
    if max(len(one), len(other)) > MOST_WORDS:
        return None
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < ALIKE:
        return None
    runs: list[Run] = []
    for fate, a, b, c, d in matcher.get_opcodes():
        if fate == "equal":
            runs.append(Run("same", " ".join(one[a:b])))
            continue
        if a < b:
            runs.append(Run("removed", " ".join(one[a:b])))
        if c < d:
            runs.append(Run("added", " ".join(other[c:d])))
    return tuple(runs)
