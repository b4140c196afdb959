"""Which line of a saved text is its title, and with which line the text begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from worker.clean import lexicon, lines
from worker.clean.captions import is_caption
from worker.vietnamese import fold

if TYPE_CHECKING:
    from worker.clean.text import Line

_FURTHEST = 400
"""Lines from the top within which an article begins: the menus of portals have under 200."""


def find(page: list[Line]) -> tuple[int, Line | None]:
    """The index of the first paragraph, and the title above it, if one is there."""
    top = page[:_FURTHEST]
    start = next((index for index, line in enumerate(top) if _opens(line)), None)
    if start is None:
        return _without_paragraphs(top)
    told = _words(" ".join(line.text[:2000] for line in page[start : start + 6] if line.prose))
    scored = [(_score(top, index, start, told), index) for index in range(start)]
    best, at = max(scored, default=(0.0, 0))
    return start, top[at] if best > 0 else None


def _opens(line: Line) -> bool:
    return line.prose and not is_caption(line.text) and not lexicon.find(line.text) and not lines.dateline(line.text)


def _without_paragraphs(top: list[Line]) -> tuple[int, Line | None]:
    """A page of short lines only: the first that can be a title is one."""
    for index, line in enumerate(top):
        if _can_be_title(line):
            return index + 1, line
    return 0, None


def _can_be_title(line: Line) -> bool:
    return (
        3 <= line.words <= 60
        and not lexicon.find(line.text)
        and not lines.dateline(line.text)
        and not lines.byline(line.text)
        and not lines.origin(line.text)
    )


def _score(top: list[Line], index: int, start: int, told: set[str]) -> float:
    """How much a line looks like the title: it has a title's form, stands by the dateline or the text, and sums it up."""
    line = top[index]
    if not _can_be_title(line):
        return 0.0
    words = _words(line.text)
    score = 0.5 + 2.0 * len(words & told) / len(words) if words else 0.0
    score += 0.5 if 7 <= line.words <= 35 else 0.0
    score -= 0.5 if line.text.endswith(".") else 0.0
    score -= 1.5 if _DATE_FIRST.match(line.text) else 0.0
    score -= 0.5 if is_caption(line.text) and index + 1 == start else 0.0
    neighbours = [top[at] for at in (index - 1, index + 1) if 0 <= at < start]
    score += 0.7 if any(lines.dateline(other.text) for other in neighbours) else 0.0
    return score + 0.5 * (index + 1) / start  # the closer to the text, the likelier


_DATE_FIRST = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b")  # a banner: "10/10/2024 NGÀY CHUYỂN ĐỔI SỐ"
_WORD = re.compile(r"[^\W\d_]{2,}")


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))
