"""What the fact modules share: a page's context, and the spans that they yield.

Every module offers `find(text, context) -> Iterator[Span]` and is called once for each part of an article. Offsets are
code points of that part. Everything here is linear in the length of the text. What every module asks for is computed at
once and kept as plain attributes, which Python reads many times as fast as properties; the rest when first asked for.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import Any, Protocol, TypeVar

from worker.facts import cues
from worker.facts.numbers import Numeral, scan, without_rows
from worker.facts.quotation_marks import in_double_marks, quotations
from worker.models import PARTS, Article
from worker.vietnamese import fold, tone_key
from worker.vietnamese.sentences import sentence_starts

log = logging.getLogger(__name__)

Interval = tuple[int, int]


@dataclass(slots=True, kw_only=True)  # not frozen, which makes each four times as dear
class Span:
    """A fact within one part, before overlaps are resolved. The fields are those of `models.Fact`.

    Whoever makes one may still change it; once it is yielded nobody does. `province`, `year` and `scope` may be left to
    `scope`, which fills what a module does not know itself.
    """

    kind: str
    start: int
    end: int
    value: Mapping[str, Any]
    rule: str
    confidence: float = 1.0
    qualifier: str | None = None
    number: int | float | None = None
    date_start: str | None = None
    date_end: str | None = None
    name: str | None = None
    province: str | None = None
    year: int | None = None
    scope: str | None = None
    indicator: str | None = None


QUALIFIER = cues.Before(rf"(?<!\w)({cues.any_of('qualifiers')}) $", cues.words("qualifiers"))
"""The word before a number that says how exactly it is meant; group 1 is the word. Searched in `Context.key`."""


class Module(Protocol):
    """What a module of this package looks like from `extract`."""

    def find(self, text: str, context: Context) -> Iterator[Span]:
        """The facts of one kind (or of a few that belong together) in this part."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is known of the whole article; one for all its parts.

    `published` is the day of publication where the page states it, `year` the year that the article speaks of (of
    publication, else the one that the page itself names first), `province` the GSO code of the source's province,
    `host_province` that of the province that the page's host names, where the source is nobody's we know.
    `notes` is a scratch place that modules share between parts (say, the abbreviations that the page defines), each
    under its own name.
    """

    article: Article
    published: date | None
    year: int | None
    province: str | None
    source_kind: str | None = None
    source_name: str | None = None
    host_province: str | None = None
    notes: dict[str, Any] = field(default_factory=dict)
    contexts: dict[str, Context] = field(default_factory=dict, repr=False)

    def forget(self) -> None:
        """Let go of what was noted: it refers to this page, and would wait in memory for the collector of circles."""
        for context in self.contexts.values():
            context.notes.clear()
        self.notes.clear()
        self.contexts.clear()


READ = 2_000_000
"""Characters of a part in which facts are read: a book of a thousand pages. What is longer is a dump or an attack, and
would take a gigabyte of memory for each ten megabytes of text."""

_SPACES = "\xa0\t\u2002\u2003\u2009\u202f"


class Context:
    """One part of an article, as all modules see it: the text, its keys, its sentences, and the spans found before."""

    def __init__(self, page: Page, part: str) -> None:
        self.page = page
        self.part = part
        self.text = _beginning(page.article.part(part))
        self.lower = _lower(self.text)
        self.key = _key(self.lower, self.text)
        self.sentences = [*sentence_starts(self.text), len(self.text)]
        """Where each sentence begins; the last entry is the length of the text."""
        self.paragraphs = [0, *(match.end() for match in re.finditer("\n", self.text)), len(self.text)]
        """Where each paragraph (a line) begins; the last entry is the length of the text."""
        self.quotes = quotations(self.text)
        """What stands in quotation marks, without them."""
        self.found: list[Span] = []  # by start; what `extract` accepted from the modules that ran before
        self._orders: list[tuple[int, int, str, int, Span]] = []  # the same, each with what it is sorted by
        self.spent: set[int] = set()  # where numerals start that are read already, or that are no numbers at all
        self.notes: dict[str, Any] = {}  # what modules share of this part, as `Page.notes` is of the article
        self._starts: list[int] = []
        self._longest = 0
        self._kinds: set[str] = set()  # of what was found

    @cached_property
    def folded(self) -> str:
        """Lower case without marks (đ as d); of the same length."""
        return fold(self.text)

    @cached_property
    def numerals(self) -> list[Numeral]:
        """Every number of the text, in digits or words, in order; not those of endless rows of numbers."""
        return without_rows(scan(self.text, self.lower), self.text)

    def unread(self) -> Iterator[tuple[int, Numeral]]:
        """The numerals that no module has read yet, each with its place in `numerals`."""
        for index, numeral in enumerate(self.numerals):
            if numeral.form != "code" and numeral.start not in self.spent:
                yield index, numeral

    @cached_property
    def _numeral_starts(self) -> list[int]:
        return [numeral.start for numeral in self.numerals]

    def spend(self, start: int, end: int) -> None:
        """Mark the numerals that start in [start, end) as read: no later module takes them for something else."""
        starts = self._numeral_starts
        self.spent.update(starts[bisect_left(starts, start) : bisect_left(starts, end)])

    def sentence(self, position: int) -> Interval:
        """Start and end of the sentence that holds this position."""
        return _around(self.sentences, position)

    def paragraph(self, position: int) -> Interval:
        """Start and end of the paragraph that holds this position."""
        return _around(self.paragraphs, position)

    def at_lines(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        """What a pattern matches where lines begin, in the text or its key; `^` would be looked for at every letter."""
        return filter(None, (pattern.match(text, start) for start in self.paragraphs[:-1]))

    def quote(self, position: int) -> Interval | None:
        """The quotation that holds this position."""
        index = bisect_right(self.quotes, (position, len(self.text) + 1)) - 1
        if index >= 0 and self.quotes[index][0] <= position < self.quotes[index][1]:
            return self.quotes[index]
        return None

    def extend(self, spans: Iterable[Span]) -> None:
        """Let later modules see spans. Only `extract` calls this, once for each module."""
        spans, count = list(spans), len(self.found)
        self._orders += [(span.start, -span.end, span.kind, place, span) for place, span in enumerate(spans, count)]
        self._orders.sort()
        self.found = [order[-1] for order in self._orders]
        self._starts = [order[0] for order in self._orders]
        self._kinds.update(span.kind for span in spans)
        self._longest = max([self._longest, *(span.end - span.start for span in spans)])

    def overlapping(self, start: int, end: int, *kinds: str) -> Iterator[Span]:
        """The spans found so far that share a character with [start, end): of these kinds, or of all."""
        for span in self.found[bisect_left(self._starts, start - self._longest) : bisect_left(self._starts, end)]:
            if span.end > start and (not kinds or span.kind in kinds):
                yield span

    def taken(self, start: int, end: int, *kinds: str) -> bool:
        """Does a span found before (of these kinds) share a character with [start, end)?"""
        if kinds and self._kinds.isdisjoint(kinds):
            return False
        found = self.found
        for index in range(bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end)):
            if found[index].end > start and (not kinds or found[index].kind in kinds):
                return True
        return False


def _lower(text: str) -> str:
    """A text in lower case, of the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _key(lower: str, text: str) -> str:
    """Lower case with the tone marks of oa, oe, uy on the last vowel (hòa → hoà), kỷ for kỉ, kỳ for kì, common spaces,
    and “double marks” around what is quoted in single ones; same length."""
    key = tone_key(lower)
    for space in _SPACES:
        key = key.replace(space, " ")
    return in_double_marks(key.replace("kỉ ", "kỷ ").replace("kì ", "kỳ "), text)


def _beginning(text: str) -> str:
    """As much of a part as is read: up to the last blank within `READ` characters."""
    if len(text) <= READ:
        return text
    log.info("facts are read in the first %d of %d characters", READ, len(text))
    return text[: max(text.rfind(" ", 0, READ), text.rfind("\n", 0, READ), 0) or READ]


Noted = TypeVar("Noted", Page, Context)
Read = TypeVar("Read")


def read_once(read: Callable[[Noted], Read]) -> Callable[[Noted], Read]:
    """A function that reads a part, or the article: the first who asks reads it, all others get the same object.

    It is kept in the `notes` of what is read, under the function's full name, until the page is forgotten.
    """
    note = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def kept(noted: Noted) -> Read:
        found: Read
        try:
            found = noted.notes[note]
        except KeyError:
            found = noted.notes[note] = read(noted)
        return found

    return kept


def parts_of(page: Page) -> list[Context]:
    """The contexts of the article's parts that hold text, in the order of `models.PARTS`."""
    return [context_of(page, part) for part in PARTS if page.article.part(part)]


def sibling(context: Context, part: str) -> Context:
    """The context of another part of the same article; the same object for all who ask.

    What other modules found in it stands in its `found` only once that part has had its turn (see `models.PARTS`).
    """
    return context_of(context.page, part)


def context_of(page: Page, part: str) -> Context:
    """The context of a part of the article; the same object for all who ask."""
    if part not in page.contexts:
        page.contexts[part] = Context(page, part)
    return page.contexts[part]


def _around(starts: list[int], position: int) -> Interval:
    index = bisect_right(starts, position, 1, len(starts) - 1)
    return starts[index - 1], starts[index]
