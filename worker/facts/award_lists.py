"""Winners in lists: line by line below a heading that is an award, and prizes that go by their names alone.

A notice has "II. Bằng khen của UBND tỉnh", then "- Tập thể: A; B" and "1. Bà C, chức vụ" on lines of their own; a
contest has "các giải phụ: Trang phục đẹp nhất cho A, Giọng hát hay cho B".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from worker.facts.award import Award, Reading, Winner
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at
from worker.facts.words import within

LINES = 80  # lines of one list
ITEMS = 40  # winners on one line
PRIZES = 20  # prizes that are listed by their names
HEAD = 8  # words from the beginning of an entry to the name of who it is about
NAME = 8  # words in a prize's own name
_ITEM = re.compile(r"[^\S\n]*(?:[-–—•+*]|\d{1,3}[.)])[^\S\n]*(?P<said>[^\n]*)")
_HEADING = re.compile(r"[^\S\n]*(?:(?:[IVX]{1,5}|\d{1,2}|[a-zđA-ZĐ])[.)/]|[-–—•+*])?[^\S\n]*")
_LABELS = (["tập", "thể"], ["cá", "nhân"])


class Lists(Reading):
    """Reads the winners of lists, in one part."""

    def below(self, award: Award) -> tuple[Winner, ...]:
        """Who is listed line by line below an award that is a heading, or that ends one with a colon."""
        text, words = self.context.text, self.words
        stop = text.find("\n", words.ends[award.end - 1])
        if stop < 0 or words.gap(award.end - 1) != "\n":
            return ()
        line = text.rfind("\n", 0, words.starts[award.first]) + 1
        opens = _HEADING.match(text, line)
        behind = text[words.ends[award.end - 1] : stop].strip()
        if not (behind.endswith(":") or (opens and opens.end() == words.starts[award.first] and behind in ("", "”"))):
            return ()
        return tuple(winner for first, end in self._items(stop) for winner in self._entries(first, end))

    def _items(self, stop: int) -> Iterator[tuple[int, int]]:
        """The words of each line of the list that begins behind this line break, up to a line that is no item."""
        text, words = self.context.text, self.words
        for _ in range(LINES):
            start = stop + 1
            stop = text.find("\n", start)
            stop = len(text) if stop < 0 else stop
            item = _ITEM.match(text, start, stop)
            if item is None and start < len(text) and not text[start:stop].strip():
                continue
            if item is None:
                return
            first, end = bisect_left(words.starts, item.start("said")), bisect_left(words.starts, stop)
            if first >= end or words.at(first, "award"):
                return
            yield first, end

    def _entries(self, first: int, end: int) -> Iterator[Winner]:
        """Who stands on one line: "Tập thể: A; B", "Bà C, chức vụ"."""
        words = self.words
        if words.keys[first : first + 2] in _LABELS and ":" in words.gap(first + 1):
            first += 2
        for _ in range(ITEMS):
            last = next((index + 1 for index in range(first, end) if ";" in words.gap(index)), end)
            if first < last and (winner := self._entry(first, last)):
                yield winner
            if last >= end:
                return
            first = last

    def _entry(self, first: int, end: int) -> Winner | None:
        """Whom one entry is about: a person behind titles, an organisation, else its words up to the first mark."""
        words = self.words
        marked = next((index + 1 for index in range(first, end) if words.gap(index) != " "), end)
        if person := next(iter(within(self.people, first, min(marked, first + HEAD))), None):
            return Winner(first, person.end, person.name)
        if organisation := organisation_at(self.context, first):
            return Winner(first, organisation.end, organisation.name)
        return self.winner(first, marked) if words.capital(first) or self.counts(first) else None

    def named_prizes(self, index: int, end: int) -> Iterator[Award]:
        """The prizes listed from this word on by nothing but their names: "Giọng hát hay cho B"."""
        words = self.words
        for _ in range(PRIZES):
            to = next((at for at in range(index, min(end, index + NAME + 1)) if words.keys[at] == "cho"), None)
            plain = to is not None and all(words.gap(at) == " " for at in range(index, to))
            if to is None or not plain or to - index < 2 or not words.capital(index):
                return
            if not small_words("wins").isdisjoint(words.keys[index:to]):
                return
            yield Award(index, to, words.written(index, to))
            depth, after = 0, None
            for at in range(to, end - 1):
                depth += words.gap(at).count("(") - words.gap(at).count(")")
                if depth <= 0 and words.gap(at)[-1:] in (",", ";") and words.capital(at + 1):
                    after = at + 1
                    if any(words.keys[n] == "cho" for n in range(after, min(end, after + NAME))):
                        break
            if after is None:
                return
            index = after
