"""The lines of a page that was saved as text, and what each came to be taken for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from worker.clean import lexicon
from worker.clean.pieces import plain
from worker.models import Label
from worker.vietnamese import nfc

MAX_LINES = 20_000
"""More lines than this are not read: the longest saved pages have under 2,000."""

PARAGRAPH = 45
"""Words: no heading and few captions are as long."""

_ITEM = re.compile(r"[-–•*+](?=\s?\w)|(?:\d{1,2}|[IVX]{1,4}|[a-hđ])[.)/]\s")
_NUMBERED = re.compile(r"\d{1,3}(?:[.)]\s|\s\|\s)")
_MENU = re.compile(r"[^.,;:!?…]+")
_SENTENCE = 9  # words of the shortest paragraph that ends with a full stop


@dataclass(slots=True)
class Line:
    """A line of the text, or several that were one paragraph, with what it came to be taken for."""

    text: str
    first: int  # number of the line in the file, from 1
    last: int
    gap: bool  # an empty line stands before it
    label: Label | None = None  # None until it is known
    reason: str | None = None
    signal: str = "structure"

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.text.count(" ") + 1

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence or a list item of the body does."""
        return self.text.rstrip(" \"'”’»)").endswith((".", "!", "?", "…", ";", "/."))

    @property
    def item(self) -> bool:
        """Whether a dash, a dot or a number before it says that it is one of a list."""
        return _ITEM.match(self.text) is not None

    @property
    def row(self) -> bool:
        """Whether it is a row of a table, or of a menu."""
        return self.text.count(" | ") >= 2

    @property
    def dashed(self) -> bool:
        """Whether dashes part it into three cells or more."""
        return self.text.count(" - ") + self.text.count(" – ") >= 2

    @property
    def numbered(self) -> bool:
        """Whether a number before it says that it is one of a list, or of a table's rows."""
        return _NUMBERED.match(self.text) is not None

    @property
    def bracketed(self) -> bool:
        """Whether it stands in brackets as a whole: "(Kèm theo Quyết định số 12/QĐ-UBND …)"."""
        return self.text.startswith("(") and self.text.endswith(")")

    @property
    def leads(self) -> bool:
        """Whether it is a clause that what follows it is the rest of: "… danh sách được khen như sau:"."""
        return self.words >= _SENTENCE and self.text.endswith(":")

    @property
    def prose(self) -> bool:
        """Whether its length and form are those of a paragraph."""
        if self.words >= PARAGRAPH:  # a menu in one line is as long, and has no sentence
            return self.closed or not (self.row or _MENU.fullmatch(self.text))
        return self.words >= _SENTENCE and self.closed

    def mark(self, label: Label, reason: str | None = None, signal: str = "structure") -> None:
        """Say what the line is. What was said before stands."""
        if self.label is None:
            self.label, self.reason, self.signal = label, reason, signal


def split(text: str) -> list[Line]:
    """The lines that hold something; those that a break inside a sentence made two are one again."""
    page: list[Line] = []
    text = nfc(text)
    gap = True
    for number, raw in enumerate(text.split("\n", MAX_LINES)[:MAX_LINES], start=1):
        words = plain(raw)
        if not words:
            gap = True
            continue
        if not gap and page and _goes_on(page[-1], words):
            page[-1] = replace(page[-1], text=f"{page[-1].text} {words}", last=number)
        else:
            page.append(Line(words, number, number, gap))
        gap = False
    return page


def _goes_on(line: Line, following: str) -> bool:
    """Whether the next line is the rest of this one: it begins in lower case where the other has not ended."""
    if not following[0].islower() or line.closed or line.text.endswith(":") or len(line.text) > _BROKEN:
        return False
    return not lexicon.find(line.text)


_BROKEN = 2_000  # characters: a longer paragraph was not broken by hand
