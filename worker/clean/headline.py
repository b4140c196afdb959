"""Which line of a saved text is its title, and with which line the text begins."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from worker.clean import lexicon, lines
from worker.clean.captions import is_caption
from worker.vietnamese import fold

if TYPE_CHECKING:
    from worker.clean.saved import Line


def find(page: list[Line]) -> tuple[int, Line | None]:
    """The index of the first paragraph, and the title above it, if one is there."""
    start = _start(page)
    if start is None:
        return _without_paragraphs(page[:_FURTHEST])
    head = page[:start]
    top = range(max(0, start - _FURTHEST), start)
    told = _words(" ".join(line.text[:2000] for line in page[start : start + 6] if line.prose))
    best, at = max(((_score(head, index, told), index) for index in top), default=(0.0, 0))
    return start, page[at] if best > 0 else None


BOXES = frozenset({"related news", "side box"})
"""Chrome that also stands inside articles, as a box between two paragraphs."""

_FURTHEST = 400
"""Lines above the text among which the title is looked for: the menus of portals have under 200."""
_SHORT = -8  # what a short line takes from a run of paragraphs: about as many words as it has
_BREAK = -60  # what a line takes that ends articles …
_BOXED = -25  # … and one that also opens a box inside them
_MOST = 80  # words that one paragraph brings, so that a long one alone does not outweigh an article


def _start(page: list[Line]) -> int | None:
    """Where the heaviest run of paragraphs begins (the greatest sum of consecutive weights).

    So menus with a few sentences above the article are not taken for it, nor the teasers of other articles below.
    """
    best = total = 0
    begin: int | None = None
    start: int | None = None
    below = False
    for index, line in enumerate(page):
        phrase = lexicon.find(line.text)
        if not phrase and _opens(line):
            below = below and not page[index - 1].prose  # teasers stand under headlines, paragraphs under paragraphs
            weight = 0 if below else min(line.words, _MOST)
        elif phrase and phrase.ends:
            below = best > 0
            weight = _BOXED if phrase.reason in BOXES else _BREAK
        else:
            weight = -1 if is_caption(line.text) or line.item or line.row else _SHORT
        total += weight
        if total <= 0:
            total, begin = 0, None
        elif begin is None:
            begin = index
        if total > best:
            best, start = total, begin
    return start if start is None else _above_tools(page, _above_box(page, start))


_BOX = 8  # lines of a box of related headlines


def _above_box(page: list[Line], start: int) -> int:
    """Where a lead stands above a box of other headlines, and the text below it, the start is the lead."""
    boxed = False
    while start and _opens(page[start - 1]) and not lexicon.find(page[start - 1].text):
        start -= 1
    for index in range(start - 1, max(0, start - _BOX) - 1, -1):
        phrase = lexicon.find(page[index].text)
        boxed = boxed or bool(phrase and phrase.reason == "related news")
        if not phrase and _opens(page[index]):
            return index if boxed else start
    return start


def _above_tools(page: list[Line], start: int) -> int:
    """Where paragraphs stand above a player or a share bar, and the rest of the text below it, the first of them.

    What stands between is named by its words, or of so few as a player's buttons are ("Play", "Duration 2:41").
    """
    begin, tools = start, 0
    for index in range(start - 1, max(0, start - _BUTTONS) - 1, -1):
        line = page[index]
        if lexicon.is_tool(line.text):
            tools += 1
        elif _opens(line) and not lexicon.find(line.text):
            begin = index if tools else begin
        elif line.words > _BUTTON or lines.dateline(line.text):
            break
    return begin


_BUTTONS = 20  # lines of a player, with the paragraphs above it
_BUTTON = 4  # words


def _opens(line: Line) -> bool:
    """A paragraph of an article; a headline that asks or calls out is none."""
    if not (line.prose or line.leads) or (line.words < _ASKS and line.text.endswith(("?", "!"))):
        return False
    return (line.leads or not is_caption(line.text)) and not lines.dateline(line.text)


_ASKS = 25  # words


def _without_paragraphs(top: list[Line]) -> tuple[int, Line | None]:
    """A page of short lines only: the first that can be a title is one."""
    for index, line in enumerate(top):
        if _can_be_title(line):
            return index + 1, line
    return 0, None


def _can_be_title(line: Line) -> bool:
    return (
        3 <= line.words <= 60
        and not (line.item or line.row or line.bracketed or _NO_TITLE.search(line.text))
        and not line.text.endswith(":")
        and not lexicon.key(line.text).startswith(lexicon.entries("salutations"))
        and not lexicon.find(line.text)
        and not lines.dateline(line.text)
        and not lines.byline(line.text)
        and not lines.origin(line.text)
    )


def _score(head: list[Line], index: int, told: set[str]) -> float:
    """How much a line looks like the title: form, place by dateline and text, words that it shares with the text.

    `head`: the lines above the text; `told`: the words that the text begins with.
    """
    line = head[index]
    if not _can_be_title(line) or _counts_picture(head, line):
        return 0.0
    words = _words(line.text)
    score = 0.5 + 3.0 * len(words & told) / (len(words) + 4)  # four: one common word is no evidence
    score += 0.5 if 7 <= line.words <= 35 else -0.5 if line.words < 6 else 0.0
    score -= 0.5 if line.text.endswith(".") else 0.0
    score -= 1.0 if is_letterhead(line.text) else 0.0
    score -= 1.5 if _DATE_FIRST.match(line.text) else 0.0
    score -= 0.5 if is_caption(line.text) and index + 1 == len(head) else 0.0
    score += 0.7 if any(lines.dateline(other.text) for other in around(head, index, above=1, below=2)) else 0.0
    return score + 0.1 * max(0, 10 - (len(head) - index))  # the closer to the text, the likelier


def is_letterhead(text: str) -> bool:
    """Whether a line is nothing but the name of an office: who sends a letter, or whose site it is."""
    return bool(_LETTERHEAD.fullmatch(lexicon.key(text)))


def _counts_picture(head: list[Line], line: Line) -> bool:
    """Whether it is the title with a picture's number behind it; but a title may end so, too ("… Covid - 19")."""
    title = _PICTURE.sub("", line.text)
    return title != line.text and any(other.text == title for other in head)


_PICTURE = re.compile(r" [-–] (?:ảnh |hình )?\d{1,2}$", re.IGNORECASE)


def around(page: list[Line], index: int, *, above: int, below: int = 0) -> list[Line]:
    """So many lines above a line and below it, the tools of an article between them not counted ("Đọc bài viết")."""
    found: list[Line] = []
    for step, wanted in ((-1, above), (1, below)):
        near = (index + step * far for far in range(1, _BESIDE + 1))
        others = (page[at] for at in near if 0 <= at < len(page) and not _is_beside(page[at]))
        found += islice(others, wanted)
    return found


def _is_beside(line: Line) -> bool:
    phrase = lexicon.find(line.text)
    return phrase is not None and (phrase.reason in lexicon.TOOLS or phrase.reason == "rating widget")


_BESIDE = 10  # lines, tools and share bars among them, between a title and its date
_NO_TITLE = re.compile(r" [»›>] |^Số:? ?\d{1,5}/|^Trang (?:chủ|nhất) ")
"""What no title has: the marks of a path ("Tin tức › Đoàn thể"), a document's number in front, a menu."""
_LETTERHEAD = re.compile(
    lexicon.key(r"(?:hội (?:lhpn|liên hiệp phụ nữ)|ubnd|ủy ban nhân dân|tỉnh ủy|huyện ủy|đảng ủy)")
    + r"(?: (?:tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|thị trấn)(?: \w+){1,3})?"
)
"""Who sends a letter or a notice, above its title."""
_DATE_FIRST = re.compile(r"(?:[0-2]?\d|3[01])[/.-](?:0?\d|1[0-2])(?:[/.-]\d{2,4})?\b")
"""How a banner opens: "10/10/2024 NGÀY CHUYỂN ĐỔI SỐ"; but not "65/65 chi hội …"."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))
