"""Where the article of a saved text ends, and which boxes of headlines stand between its paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from worker.clean import headline, lexicon, lines
from worker.clean.captions import is_caption
from worker.models import Label

if TYPE_CHECKING:
    from worker.clean.saved import Line


def find(rest: list[Line], start: int) -> int:
    """The index of the first line after the article that begins at `start`: chrome that ends it, once it has begun.

    Boxes of headlines between its paragraphs are marked as chrome on the way.
    """
    begun, at = False, start
    dated = any(lines.dateline(line.text) for line in rest[max(0, start - 10) : start])
    while at < len(rest):
        line = rest[at]
        phrase = lexicon.find(line.text)
        if phrase and phrase.ends and begun:
            resumed = _resumes(rest, at) if phrase.reason in headline.BOXES else None
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
        begun = begun or line.prose
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
    return all(not line.prose and _DATED.search(line.text) for line in rest[at : at + 2]) and at + 2 <= len(rest)


_DATED = re.compile(r"\S [\[(]\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:[ ,-]+\d{1,2}[:h]\d{2})?[\])]$")


def _before_short(rest: list[Line], start: int, at: int) -> int:
    """The first of the short lines that lead up to a line: the headline that it dates."""
    while at - 1 > start and not rest[at - 1].prose and not is_caption(rest[at - 1].text):
        at -= 1
    return at


def _resumes(rest: list[Line], at: int) -> int | None:
    """Where the article goes on after a box of related headlines, or None where it does not.

    Paragraphs of an article follow one another; the teasers of other articles each stand under a headline. So at least
    two paragraphs must follow directly on paragraphs, or one where a signature comes after them, and a quarter of all.
    Comments, ratings and footers are no boxes.
    """
    first = next((index for index in range(at + 1, len(rest)) if rest[index].prose), None)
    if first is None or rest[first].text.endswith("..."):
        return None
    follows = teasers = around_captions = 0
    signed = False
    before: Line | None = rest[first]
    for line in rest[first + 1 :]:
        phrase = lexicon.find(line.text)
        if phrase and phrase.ends:
            break
        if line.prose:
            follows += before is not None and before.prose
            around_captions += before is None
            teasers += before is not None and not before.prose
        signed = signed or bool(lines.byline(line.text) or lines.origin(line.text))
        before = None if is_caption(line.text) and not line.prose else line
    # Headlines can read like captions, so that what stands around one counts only where a signature closes the text.
    enough = follows + around_captions >= 1 if signed else follows >= 2
    if _signs(rest, first + 1) and not any(_signs(rest, index) for index in range(max(0, at - _SIGNED), at)):
        return first
    if not enough or 3 * (follows + around_captions) < teasers:
        return None
    above = rest[first - 1]  # the paragraph's own heading or caption, where it does not look like a headline
    return first - 1 if first - 1 > at and (above.words <= HEADING or is_caption(above.text)) else first


HEADING = 6  # words: headlines are longer
_SIGNED = 3  # lines above a box among which a signature says that the text was over before it


def _signs(rest: list[Line], index: int) -> bool:
    """Whether a signature stands there, as it does below an article's last paragraph and below no teaser."""
    return index < len(rest) and lines.byline(rest[index].text) is not None
