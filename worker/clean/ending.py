"""Where the article of a saved text ends, and which boxes of headlines stand between its paragraphs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from worker.clean import headline, lexicon, lines
from worker.clean.captions import is_caption
from worker.clean.saved import PARAGRAPH
from worker.models import Label

if TYPE_CHECKING:
    from worker.clean.saved import Line


def find(rest: list[Line], start: int) -> int:
    """The index of the first line after the article that begins at `start`: chrome that ends it, once it has begun.

    Boxes of headlines between its paragraphs are marked as chrome on the way.
    """
    begun, at = False, start
    named: set[str] = set()
    dated = any(lines.dateline(line.text) for line in rest[max(0, start - 10) : start])
    while at < len(rest):
        line = rest[at]
        phrase = lexicon.find(line.text)
        if phrase and phrase.ends and begun:
            resumed = _resumes(rest, at, named) if phrase.reason in headline.BOXES else None
            if resumed is None:
                return at
            for boxed in rest[at:resumed]:
                boxed.mark(Label.CHROME, f"lexicon: {phrase.reason}", "lexicon")
            at = resumed
            continue
        if begun and dated and _dates_another(line) and not _closes(rest, start, at):
            return _before_short(rest, start, at)
        if begun and _dated_rows(rest, at):
            return at
        if line.prose:
            begun = True
            named |= names(line.text)
        at += 1
    return len(rest)


def _dates_another(line: Line) -> bool:
    """A second date, by age or with its hour, is that of another article's headline; days alone also head sections."""
    found = lines.dateline(line.text)
    return lines.is_ago(line.text) or bool(found and found.when.at)


def _closes(rest: list[Line], start: int, at: int) -> bool:
    """Whether a date stands right below the text, or below its signature: there it is the article's own."""
    last = next((index for index in range(at - 1, start - 1, -1) if rest[index].prose), at)
    return all(lines.byline(line.text) or lines.origin(line.text) for line in rest[last + 1 : at])


def _dated_rows(rest: list[Line], at: int) -> bool:
    """Whether headlines begin here, two at least, each with its date behind it: "… nghĩa tình [22/07/2015 16:10]"."""
    rows = rest[at : at + 2]
    return len(rows) > 1 and all(
        line.words >= _HEADLINE and not line.prose and _DATED.search(line.text) for line in rows
    )


_HEADLINE = 7  # words with its date: a row of names and days of birth has fewer
_DATED = re.compile(r"\S [\[(]\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:[ ,-]+\d{1,2}[:h]\d{2})?[\])]$")


def _before_short(rest: list[Line], start: int, at: int) -> int:
    """The first of the short lines that lead up to a line: the headline that it dates."""
    while at - 1 > start and not rest[at - 1].prose and not is_caption(rest[at - 1].text):
        at -= 1
    return at


def _resumes(rest: list[Line], at: int, named: set[str]) -> int | None:
    """Where the article goes on after a box of related headlines, or None where it does not.

    `named`: the names in the text above.
    Paragraphs of an article follow one another, or its short headings and captions, and are long, or name who and what
    was named before; the teasers of other articles each stand under a headline. So two such paragraphs must follow, or
    one where a signature comes after them, and a quarter of all. Comments, ratings and footers are no boxes.
    """
    below = range(at + 1, _box_ends(rest, at))
    first = next((index for index in below if rest[index].prose), None)
    if first is None or rest[first].text.endswith("..."):
        return None
    if _signs(rest, first + 1) and not any(_signs(rest, index) for index in range(max(0, at - _SIGNED), at)):
        return first
    told, teasers, signed = _told(rest[first : below.stop], named)
    if told < 2 - signed or 3 * told < teasers:
        return None
    above = rest[first - 1]  # the paragraph's own heading or caption, where it does not look like a headline
    return first - 1 if first - 1 > at and (above.words <= HEADING or is_caption(above.text)) else first


_FAR = 60  # lines below a box among which the article may go on


def _box_ends(rest: list[Line], at: int) -> int:
    """The first line after a box that ends every article, comments or a footer; `_FAR` lines below it at the latest."""
    far = min(len(rest), at + _FAR)
    for index in range(at + 1, far):
        phrase = lexicon.find(rest[index].text)
        if phrase and phrase.ends and phrase.reason not in headline.BOXES:
            return index
    return far


def _told(rest: list[Line], named: set[str]) -> tuple[int, int, bool]:
    """How many paragraphs after the first are an article's, how many are teasers, and whether a signature follows."""
    follows = known = teasers = around = 0
    signed = boxed = False
    before: Line | None = rest[0]
    for line in rest[1:]:
        boxed = boxed or lexicon.find(line.text) is not None  # behind a further box only what follows directly tells
        if line.prose:
            apart = before is None or not before.prose
            alike = line.words >= PARAGRAPH or not named.isdisjoint(names(line.text))
            follows += not apart
            around += before is None and not boxed
            known += apart and alike and not boxed
            teasers += before is not None and apart and not alike
        elif not signed:
            signed = bool(lines.byline(line.text) or lines.origin(line.text))
        before = None if not line.prose and (is_caption(line.text) or _heads(line)) else line
    # Headlines can read like captions, so that what stands around one counts only where a signature closes the text.
    return follows + (around if signed else known), teasers, signed


@lru_cache(maxsize=1024)  # a paragraph is looked at from every box above it
def names(text: str) -> frozenset[str]:
    """The pairs of words in capitals in a line: "Suối Cao", "Mỹ Vân"; not those that every report of the genre has."""
    return frozenset(_NAME.findall(text[:2000])) - _OF_ALL


_NAME = re.compile(r"(?=\b([A-ZÀ-ỸĐ][\w]+ [A-ZÀ-ỸĐ][\w]+))\b")
_OF_ALL = frozenset(
    ("Việt Nam", "Hội Phụ", "Liên Hiệp", "Phụ Nữ", "Trung Ương", "Hội LHPN", "Ủy Ban", "Nhân Dân", "Phó Chủ")
)


def _heads(line: Line) -> bool:
    """Whether it is as short as the headings within an article are, and dates nothing."""
    return line.words <= HEADING and not lines.dateline(line.text) and not lines.is_ago(line.text)


HEADING = 6  # words: headlines are longer
_SIGNED = 3  # lines above a box among which a signature says that the text was over before it


def _signs(rest: list[Line], index: int) -> bool:
    """Whether a signature stands there, as it does below an article's last paragraph and below no teaser."""
    return index < len(rest) and lines.byline(rest[index].text) is not None
