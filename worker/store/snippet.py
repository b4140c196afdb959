"""The passage of a text that shows why it was found, as it is written, with the found words marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from worker.store import query as q
from worker.vietnamese import fold

WIDTH = 240
"""Characters of a passage, about three lines."""

LONGEST = 200_000
"""Characters of a text that are looked through for a passage."""

_NOTHING = re.compile(r"(?!)")
_GAP = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage; `marks` are the offsets of the words that were sought, in order and without overlap."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def marked(self, before: str, after: str, quote: Callable[[str], str] = str) -> str:
        """The passage with `before` and `after` around each mark; `quote` is applied to the text between."""
        parts, at = [], 0
        for start, end in self.marks:
            parts += [quote(self.text[at:start]), before, quote(self.text[start:end]), after]
            at = end
        return "".join([*parts, quote(self.text[at:])])

    def html(self) -> str:
        """The passage as HTML, escaped, with <mark> around each mark."""
        return self.marked("<mark>", "</mark>", escape)


Spelling = Callable[[str], str]
"""Brings a text into the spelling that its words are compared in, and keeps its length."""


def spelling(*, is_exact: bool) -> Spelling:
    """That of words with their marks, or without."""
    return _lower if is_exact else fold


def _lower(text: str) -> str:
    """Lower case with tones placed alike, of the same length (only İ has a longer one)."""
    return q.exact(text).replace("İ", "I").lower()


def sought(terms: Sequence[q.Term], spelled: Spelling) -> re.Pattern[str]:
    """What finds terms in a text that is spelled so: their words side by side; the last one of a prefix may go on."""
    if not terms:
        return _NOTHING
    words = [[re.escape(spelled(word)) for word in term.words] for term in terms]
    found = [r"[\W_]+".join(one) + (r"[^\W_]*" if term.prefix else "") for one, term in zip(words, terms, strict=True)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(f'({one})' for one in found)})(?![^\W_])")


def snippet(text: str, terms: re.Pattern[str], spelled: Spelling, *, width: int | None = WIDTH) -> Snippet:
    """The passage of `width` characters (None: the whole text) with the most different terms, and their marks."""
    marks = [(match.start(), match.end(), match.lastindex or 0) for match in terms.finditer(spelled(text[:LONGEST]))]
    if width is None:
        return Snippet(text, tuple((start, end) for start, end, _ in marks))
    start = _word_start(text, _best(marks, width))
    end = _word_end(text, min(len(text), start + width))
    inside = [(one, other) for one, other, _ in marks if one >= start and other <= end]
    head, tail = "… " if start else "", " …" if end < len(text) else ""
    shift = len(head) - start
    passage = head + _GAP.sub(lambda gap: " " * len(gap[0]), text[start:end]) + tail
    return Snippet(passage, tuple((one + shift, other + shift) for one, other in inside))


def _best(marks: list[tuple[int, int, int]], width: int) -> int:
    """Where the passage begins: the window with the most different terms, then the most marks, then the first."""
    best, chosen, last = (0, 0), 0, 0
    inside: dict[int, int] = {}
    for first, (start, _, number) in enumerate(marks):
        while last < len(marks) and marks[last][1] <= start + width * 3 // 4:
            inside[marks[last][2]] = inside.get(marks[last][2], 0) + 1
            last += 1
        score = (len(inside), last - first)
        if score > best:
            best, chosen = score, start
        if last <= first:
            last = first + 1
        elif inside.get(number, 0) > 1:
            inside[number] -= 1
        else:
            inside.pop(number, None)
    return max(0, chosen - width // 4)


def _word_start(text: str, at: int) -> int:
    """The next beginning of a word, so that no passage begins inside one."""
    if at <= 0:
        return 0
    space = text.find(" ", at - 1, at + 30)
    return at if space < 0 else space + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - 30, at + 1)
    return at if space < 0 else space
