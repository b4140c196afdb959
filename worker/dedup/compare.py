"""Two articles side by side: are they the same text, copies, related, or neither."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from worker.dedup.figures import Conflict, Figures, conflict, figures
from worker.dedup.shingles import NARROW, sample, shingles, window
from worker.dedup.syllables import fingerprint, syllables

NEAR = 0.8
"""Containment from which articles are copies."""

RELATED = 0.3
"""Containment from which articles have to do with one another."""

EXCERPT = 0.6
"""Share of the larger one's shingles below which an article is a part of it; a template's twins are of one length."""

LEAST = 16
"""Shingles below which a text is too short to be anybody's excerpt: an opening phrase, a caption."""

LONG_ENOUGH = 40
"""Syllables from which equal bodies are the same article, whatever their titles are."""


KEPT = 512
"""Texts that are kept taken apart: what one article is compared with, the next one of its site or season is too."""

LONGEST_KEPT = 10_000
"""Characters of a body up to which it is kept taken apart: 15 kB of memory where it has 2,500."""


class Text:
    """An article as it is compared; what is worked out is kept, in little room."""

    def __init__(self, title: str, body: str) -> None:
        self.title = title
        self._body = body
        taken_apart = syllables(body)
        self.words = len(taken_apart)
        """Syllables of the body."""
        self.fingerprint = fingerprint(taken_apart)
        """Equal for equal bodies."""
        self.shingles = array("q", shingles(taken_apart))
        """The shingles of the body, in order."""

    @cached_property
    def size(self) -> int:
        """Different shingles of the body."""
        return len(set(self.shingles))

    @cached_property
    def kept(self) -> array[int]:
        """The shingles that the index keeps."""
        return array("q", sorted(sample(self.shingles, window(len(self.shingles)))))

    @cached_property
    def sought(self) -> array[int]:
        """The shingles that other articles are looked for with; the kept ones are among them."""
        return array("q", sorted(sample(self.shingles, NARROW)))

    @cached_property
    def figures(self) -> Figures:
        """Numbers, dates and years of title and body."""
        return figures(self.title, self._body)

    @cached_property
    def title_key(self) -> tuple[str, ...]:
        """The title's syllables."""
        return tuple(syllables(self.title))


def text_of(title: str, body: str) -> Text:
    """The text of an article, taken apart already where it was asked for lately."""
    return _kept(title, body) if len(body) <= LONGEST_KEPT else Text(title, body)


@lru_cache(KEPT)
def _kept(title: str, body: str) -> Text:
    return Text(title, body)


def taken_apart(articles: Sequence[tuple[str, str]]) -> list[Text]:
    """The texts of articles, titles and bodies, ready to be filed; runs in any process."""
    texts = [Text(*article) for article in articles]
    for text in texts:
        _ = text.kept, text.sought  # worked out here, where others do so at the same time
    return texts


@lru_cache(1)  # one text is compared with several others
def _set_of(text: Text) -> frozenset[int]:
    return frozenset(text.shingles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two articles have in common. `containment` is the share of the smaller one's shingles that the other has."""

    verdict: str | None  # same | near | related
    shared: int
    containment: float
    jaccard: float
    same_title: bool
    conflict: Conflict | None = None

    @property
    def are_copies(self) -> bool:
        """Whether one of the two is a copy of the other."""
        return self.verdict in ("same", "near")


def compare(a: Text, b: Text) -> Comparison:
    """Compare two articles. Copies whose figures conflict are a template's twins: neither near nor related.

    Of two places, or two congresses, both may have a part of one text: those are related.
    """
    shared = len(_set_of(a).intersection(b.shingles))
    small, large = sorted((a.size, b.size))
    containment = shared / small if small else 0.0
    same_title = a.title_key == b.title_key
    differing = None
    verdict = None
    if a.fingerprint == b.fingerprint and a.words and (a.words >= LONG_ENOUGH or same_title):
        verdict = "same"
    elif containment >= RELATED and small >= LEAST:
        differing = conflict(a.figures, b.figures, is_excerpt=small < EXCERPT * large)
        if differing is None:
            verdict = "near" if containment >= NEAR else "related"
        elif containment < NEAR and differing.kind in ("ordinal", "place"):
            verdict = "related"
    return Comparison(
        verdict=verdict,
        shared=shared,
        containment=containment,
        jaccard=shared / (small + large - shared) if large else 0.0,
        same_title=same_title,
        conflict=differing,
    )


def unlike(a: Text, b: Text) -> bool:
    """Whether two texts, neither of them too short to tell, have nothing to do with one another."""
    return min(a.size, b.size) >= LEAST and compare(a, b).containment < RELATED
