"""The passage of a text that shows why it was found, as it is written, with the found words marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 240
"""Characters of a passage, about three lines."""

LONGEST = 200_000
"""Characters of a text that are looked through for a passage."""

_WORD = re.compile(r"[^\W_]+")
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


Words = Sequence[tuple[tuple[str, ...], bool]]
"""Terms, spelled as they are compared: their words, and whether the last one may go on."""


def snippet(text: str, terms: Words, spelled: Callable[[str], str], *, width: int | None = WIDTH) -> Snippet:
    """The passage of `width` characters (None: the whole text) with the most different terms, and their marks.

    `spelled` brings a word of the text into the spelling of the terms.
    """
    marks = _marks(text[:LONGEST], terms, spelled)
    if width is None:
        return Snippet(text, tuple((start, end) for start, end, _ in marks))
    start = _best(marks, width)
    end = min(len(text), start + width)
    start = _word_start(text, start)
    end = _word_end(text, end)
    inside = [(one, other) for one, other, _ in marks if one >= start and other <= end]
    head, tail = "… " if start else "", " …" if end < len(text) else ""
    shift = len(head) - start
    passage = head + _GAP.sub(lambda gap: " " * len(gap[0]), text[start:end]) + tail
    return Snippet(passage, tuple((one + shift, other + shift) for one, other in inside))


def _marks(text: str, terms: Words, spelled: Callable[[str], str]) -> list[tuple[int, int, int]]:
    """Start, end and number of the term, of every place where a term stands."""
    found = list(_WORD.finditer(text))
    words = [spelled(match[0]) for match in found]
    marks: list[tuple[int, int, int]] = []
    at = 0
    while at < len(words):
        for number, (term, prefix) in enumerate(terms):
            if _stands(words, at, term, prefix):
                last = at + len(term) - 1
                marks.append((found[at].start(), found[last].end(), number))
                at = last
                break
        at += 1
    return marks


def _stands(words: list[str], at: int, term: tuple[str, ...], prefix: bool) -> bool:
    if words[at : at + len(term) - 1] != list(term[:-1]) or at + len(term) > len(words):
        return False
    last = words[at + len(term) - 1]
    return last.startswith(term[-1]) if prefix else last == term[-1]


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
