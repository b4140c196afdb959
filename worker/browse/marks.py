"""Facts marked in the text that they were read from: spans over a string in, HTML out.

Spans may repeat, nest or cross. Those of one place become one mark with all their values; a span inside another is
nested in it; a span that crosses the end of another is split there, its rest being a second piece.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

DEEPEST = 4
"""Marks inside marks beyond this depth are not drawn: no reader could tell them apart. The table has their facts."""

# What could make a text look like another one: C0 and C1 controls, marks that reorder what is written left to right;
# and the two that are no characters, which no feed may hold: of one that does, no reader takes any article.
_UNSEEN = dict.fromkeys(
    [
        code
        for first, last in (
            (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0x61C, 0x61C),
            (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069), (0xFFFE, 0xFFFF),
        )
        for code in range(first, last + 1)
    ],
    "\N{REPLACEMENT CHARACTER}",
)  # fmt: skip
_HIDDEN = re.compile("[" + "".join(map(chr, _UNSEEN)) + "]")  # hardly a text has one, and looking is fast


def plain(text: object) -> str:
    """Text from the web without its control and direction characters, each shown as � so that lengths stay.

    >>> plain("quà" + chr(0x202E) + "gpj.exe")
    'quà\ufffdgpj.exe'
    """
    written = str(text)
    return written.translate(_UNSEEN) if _HIDDEN.search(written) else written


def shown(value: object) -> object:
    """A value that a template puts out, in plain characters if it is text; what is escaped stays so."""
    return value.translate(_UNSEEN) if isinstance(value, str) and _HIDDEN.search(value) else value


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text to be marked: `row` is the row of the table of facts that says more."""

    start: int
    end: int
    kind: str
    row: int
    value: str
    anchor: str | None = None  # id of its place, where something links to it


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    spans: tuple[Span, ...]
    rest: bool = False  # not the first piece of what it marks


def marked(text: str, spans: Iterable[Span], offset: int = 0) -> Markup:
    """The text as HTML, escaped, with the spans marked. `offset` is where the text begins in what spans count in.

    Spans that reach over an end of the text are cut there; those outside of it are ignored.
    """
    pieces: list[str] = []
    open_marks: list[_Mark] = []
    at = 0

    def write(upto: int) -> None:
        nonlocal at
        pieces.append(Markup.escape(plain(text[at:upto])))
        at = max(at, upto)

    for mark in _nested(_merged(text, spans, offset)):
        while open_marks and open_marks[-1].end <= mark.start:
            write(open_marks.pop().end)
            pieces.append("</mark>")
        write(mark.start)
        pieces.append(_tag(mark))
        open_marks.append(mark)
    while open_marks:
        write(open_marks.pop().end)
        pieces.append("</mark>")
    write(len(text))
    return Markup("".join(pieces))  # noqa: S704 - every piece is escaped text or a tag of _tag


def _merged(text: str, spans: Iterable[Span], offset: int) -> list[_Mark]:
    """One mark a place, its spans in their order."""
    places: dict[tuple[int, int], list[Span]] = {}
    for span in spans:
        start, end = max(span.start - offset, 0), min(span.end - offset, len(text))
        if start < end:
            here = span if span.start >= offset else replace(span, anchor=None)  # its place began before this text
            places.setdefault((start, end), []).append(here)
    return [
        _Mark(start, end, tuple(spans), rest=all(span.start < offset for span in spans))
        for (start, end), spans in places.items()
    ]


def _nested(marks: list[_Mark]) -> Iterator[_Mark]:
    """The marks in the order of their opening tags, split so that each lies wholly inside those open at its start."""
    queue = [(mark.start, -mark.end, number, mark) for number, mark in enumerate(marks)]
    heapq.heapify(queue)
    number = len(queue)
    ends: list[int] = []
    while queue:
        start, _, _, mark = heapq.heappop(queue)
        while ends and ends[-1] <= start:
            ends.pop()
        if ends and mark.end > ends[-1]:
            rest = _Mark(ends[-1], mark.end, mark.spans, rest=True)
            heapq.heappush(queue, (rest.start, -rest.end, number, rest))
            number += 1
            mark = _Mark(start, ends[-1], mark.spans, mark.rest)
        if len(ends) < DEEPEST:
            ends.append(mark.end)
            yield mark


def _tag(mark: _Mark) -> Markup:
    """The opening tag. Only the first piece can be reached by keyboard and link; its description is the table's row."""
    values = " · ".join(dict.fromkeys(plain(span.value) for span in mark.spans))
    first = mark.spans[0]
    tag = Markup('<mark class="fact fact-{}" data-value="{}"').format(first.kind, values)
    if mark.rest:
        return tag + Markup(">")
    anchor, *others = dict.fromkeys(span.anchor for span in mark.spans if span.anchor) or [None]
    if anchor:
        tag += Markup(' id="{}"').format(anchor)
    rows = " ".join(dict.fromkeys(f"value-{span.row}" for span in mark.spans))
    tag += Markup(' tabindex="0" aria-describedby="{}">').format(rows)
    return tag + Markup("").join(Markup('<span id="{}"></span>').format(other) for other in others)
