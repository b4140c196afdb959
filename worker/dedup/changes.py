"""What was changed between two texts, paragraph by paragraph and word by word, for a person to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

MOST_STEPS = 2_000_000
"""Steps of comparing, for a whole text: about half a second. What would take more is shown as removed and added."""

AHEAD = 5
"""Paragraphs that are looked at for the one that a paragraph became: so many may have been put in before it."""

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
    if old == new:
        return _whole("same", old)
    steps = _Steps(MOST_STEPS)
    try:
        opcodes = _Matcher(old, new, steps).get_opcodes()
    except _SpentError:
        opcodes = [("replace", 0, len(old), 0, len(new))]
    found: list[Change] = []
    for fate, one, two, three, four in opcodes:
        if fate == "equal":
            found += _whole("same", old[one:two])
        else:
            found += _replaced(old[one:two], new[three:four], steps)
    return found


class _SpentError(Exception):
    """The steps are used up."""


@dataclass(slots=True)
class _Steps:
    """How many more may be made."""

    left: int

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise _SpentError


class _Matcher(SequenceMatcher[str]):
    """One that counts its steps: where few words make a long text, they grow with the cube of its length."""

    def __init__(self, old: list[str], new: list[str], steps: _Steps) -> None:
        steps.spend(len(old) + len(new))
        self.old, self.new = old, new
        self._often, self._steps = Counter(new), steps
        super().__init__(None, old, new, autojunk=False)

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        self._steps.spend(sum(1 + self._often[one] for one in self.old[alo:ahi]))
        return super().find_longest_match(alo, ahi, blo, bhi)

    def alike(self) -> float | None:
        """The share of common words; None where it is too small for one to have become the other."""
        if self.real_quick_ratio() < ALIKE or self.quick_ratio() < ALIKE:
            return None
        share = self.ratio()
        return share if share >= ALIKE else None


def _whole(fate: str, paragraphs: Sequence[str]) -> list[Change]:
    return [Change(fate, (Run(fate, text),)) for text in paragraphs]


def _replaced(old: Sequence[str], new: Sequence[str], steps: _Steps) -> Iterator[Change]:
    """Paragraphs in the place of others: of the next few, the one that is most alike is what a paragraph became."""
    done = 0
    for text in old:
        best = _most_alike(text, new[done : done + AHEAD], steps)
        if best is None:
            yield from _whole("removed", [text])
        else:
            passed, matcher = best
            yield from _whole("added", new[done : done + passed])
            yield Change("changed", tuple(_runs(matcher)))
            done += passed + 1
    yield from _whole("added", new[done:])


def _most_alike(text: str, others: Sequence[str], steps: _Steps) -> tuple[int, _Matcher] | None:
    """Which of the others, with how the words were compared; None where none is alike or the steps are used up."""
    best, chosen = 0.0, None
    try:
        for number, other in enumerate(others):
            matcher = _Matcher(text.split(), other.split(), steps)
            if (share := matcher.alike()) is not None and share > best:
                best, chosen = share, (number, matcher)
    except _SpentError:
        return None
    return chosen


def _runs(matcher: _Matcher) -> Iterator[Run]:
    """The runs of words that turn one paragraph into the other."""
    for fate, a, b, c, d in matcher.get_opcodes():
        old, new = " ".join(matcher.old[a:b]), " ".join(matcher.new[c:d])
        if fate == "equal":
            yield Run("same", old)
            continue
        if old:
            yield Run("removed", old)
        if new:
            yield Run("added", new)
