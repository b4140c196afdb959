"""Who of so many are named: "Bằng khen cho 8 tập thể … trong phong trào “…”, tiêu biểu như A. Trong đó, có bà B"."""

from __future__ import annotations

from worker.facts.awards.award import Reading, Winner
from worker.facts.awards.recipients import Recipients
from worker.facts.span import Context

FAR = 45  # words of what is said of so many, before some of them are named
NEAR = 7  # words between "trong đó" and the first name
_CUES = (["trong", "đó"], ["trong", "số"], ["tiêu", "biểu"], ["điển", "hình"], ["nổi", "bật"])
"""What leads to some of those that were counted."""
_NAMES = frozenset(("có", "như", "là", "gồm"))
_WHOLE = frozenset(("gồm", "bao"))


class Examples(Reading):
    """Reads who of so many are named, in one part."""

    def __init__(self, context: Context, recipients: Recipients) -> None:
        super().__init__(context)
        self.recipients = recipients

    def all_of(self, index: int, end: int) -> tuple[Winner, ...]:
        """All of so many, from this word on: "3 tập thể được tặng Bằng khen, gồm: A, B và C"."""
        words = self.words
        for at in range(index, min(end, index + FAR)):
            if words.at(at, "award") or (words.gap(at - 1)[:1] in (";", ".", "\n") and at > index):
                break
            if words.keys[at] in _WHOLE and (at == index or words.gap(at - 1) != " "):
                first = at + 1 + (words.keys[at] == "bao")
                listed = words.key(first - 1) == "gồm" and words.gap(first - 1) in (" ", ":")
                return self._read(first, end) if listed else ()
        return ()

    def some_of(self, index: int) -> tuple[Winner, ...]:
        """Some of so many, named from this word on in the sentence, or first in the next."""
        words = self.words
        for at in range(index, min(len(words) - 1, index + FAR)):
            gap = words.gap(at - 1)
            cue = words.keys[at : at + 2] in _CUES
            if cue and gap != " ":
                return self._behind(at + 2)
            other = words.at(at, "award")
            told = other is not None and other.entry.data[0] in ("honour", "prize") and other.entry.name != "danh hiệu"
            if told or "\n" in gap or (gap[:1] in (".", ";", "!") and not cue):
                break
        return ()

    def _behind(self, index: int) -> tuple[Winner, ...]:
        """Those who are named behind a cue that ends before this word: "trong đó có A", "tiêu biểu: B"."""
        words = self.words
        for at in range(index, min(len(words), index + NEAR)):
            if words.gap(at - 1)[:1] in (".", ";", "\n"):
                break
            if (words.keys[at - 1] in _NAMES and words.keys[at] not in _NAMES) or ":" in words.gap(at - 1):
                return self._read(at, at)
        return ()

    def _read(self, index: int, end: int) -> tuple[Winner, ...]:
        """The names of a list over semicolons; none where they are but counted."""
        named, _ = self.recipients.read(index, self.line_end(end), listed=True)
        return () if named and self.counts(named[0].first) else named
