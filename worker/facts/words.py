"""The words of one part of an article, and where the phrases of the gazetteer stand among them.

The names of places, people and organisations are read from words, not from characters: a text is cut into words once,
looked up once in a trie of all phrases (`gazetteer.phrases`), and the modules read what stands around each hit. Every
look-ahead is bounded, so the whole is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cached_property
from itertools import accumulate, chain, compress
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

from worker.facts.gazetteer import Entry, Node, phrases
from worker.facts.span import Context, read_once

# A word is letters and digits; an apostrophe within it belongs to it (H’Hồng, K'Mi, M'Đrắk).
_WORD = re.compile(r"([^\W_]+(?:['’ʼ][^\W_]+)*)")
_PLAIN = re.compile(r"([^\W_]+)")  # where a text has no apostrophes, in half the time
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BORN = frozenset(("sinh", "sn"))
_DASH = frozenset("-–—")
_ETH = str.maketrans("Ðð", "Đđ")
YEAR = 4  # digits
SENTENCE = 200  # words of a sentence that are looked at on either side
YEAR_REACH = 150  # words back to the year that a paragraph speaks of
LONGEST_RUN = 8
"""A run of capitalised words is followed so far: no name of a person or a place is longer."""


class Hit(NamedTuple):
    """A phrase of the gazetteer: words [first, end) of the text, and what the gazetteer says of it."""

    first: int
    end: int
    entry: Entry


_made: Callable[[type[Hit], tuple[int, int, Entry]], Hit] = tuple.__new__
"""Makes a hit in half the time that calling its class takes; a text has one for every third of its words."""


def _marks(between: str) -> str:
    if "\n" in between:
        return "\n"
    bare = between.strip()
    return " " if not bare and between else "-" if bare in _DASH else bare


_COMMON = {
    marks: _marks(marks) for marks in (" ", ", ", ". ", "\n", ".\n", "; ", ": ", " (", ") ", " - ", " – ", "-", "/")
}
"""What stands between most words, as it is kept."""


class Words:
    """The words of a text: `keys[n]` (lower case, tone marks in one place) stands at [starts[n], ends[n])."""

    def __init__(self, context: Context) -> None:
        self.text, key = context.text, context.key
        self._eth = "ð" in context.lower  # some keyboards type the Icelandic eth, which looks the same as Đ
        pattern = _WORD if "'" in key or "’" in key or "ʼ" in key else _PLAIN
        cut = pattern.split(key)  # what stands before the first word, the word, what stands between, the word, …
        ends = list(accumulate(map(len, cut)))
        self.keys = cut[1::2]
        self.starts = ends[:-1:2]
        self.ends = ends[1::2]
        self._gaps = [_COMMON.get(marks) or _marks(marks) for marks in cut[2:-1:2]]
        self._gaps.append("\n")
        self._capitals = list(map(str.isupper, map(self.text.__getitem__, self.starts)))
        self._known = frozenset(self.keys)
        self.hits = self._look_up()
        self._by_sort, self._by_end = self._ordered()

    def __len__(self) -> int:
        return len(self.keys)

    def key(self, index: int) -> str:
        """The word in lower case; "" after the last one."""
        try:
            return self.keys[index]
        except IndexError:
            return ""

    def has(self, keys: Iterable[str]) -> bool:
        """Is any of these words in the text?"""
        return not self._known.isdisjoint(keys)

    def where(self, keys: Set[str]) -> Iterable[int]:
        """Where any of these words stand, in the order of the text; told at once where the text has none of them."""
        if not self.has(keys):
            return ()
        return compress(range(len(self.keys)), map(keys.__contains__, self.keys))

    def gap(self, index: int) -> str:
        """What stands between word `index` and the next: " " for blanks, "-" for a dash, else the marks themselves.

        A line break is always "\\n", whatever stands around it; after the last word it is "\\n" too.
        """
        try:
            return self._gaps[index] if index >= 0 else "\n"
        except IndexError:
            return "\n"

    def capital(self, index: int) -> bool:
        """Does the word begin with a capital letter?"""
        try:
            return self._capitals[index]
        except IndexError:
            return False

    def shouted(self, index: int) -> bool:
        """Is the word, and its neighbour, in capitals throughout, as in a headline? Then capitals tell nothing."""
        return self.upper(index) and (self.upper(index - 1) or self.upper(index + 1))

    def upper(self, index: int) -> bool:
        """Is the word in capitals throughout?"""
        if not 0 <= index < len(self.starts):
            return False
        word = self.text[self.starts[index] : self.ends[index]]
        return word.isupper() and (len(word) > 1 or word in "ÝYAÔ")

    @cached_property
    def years(self) -> list[tuple[int, int]]:
        """Each word that is a year of our time, with the year; no year of birth, no end of a period ("2021 - 2026")."""
        digits = compress(range(len(self.keys)), map(str.isdigit, self.keys))
        found = [(index, year) for index in digits if (year := year_at(self, index))]
        at = {index for index, _ in found}
        return [
            (index, year)
            for index, year in found
            if not (self.gap(index) == "-" and index + 1 in at)
            and not (self.gap(index - 1) == "-" and index - 1 in at)
            and not self._ends_period(index, at)
            and _BORN.isdisjoint(self.keys[max(0, index - 2) : index])
        ]

    def _ends_period(self, index: int, years: set[int]) -> bool:
        """Is the year at this word the last of a time: "từ năm 1977 đến năm | 1986"?"""
        to = index - 1 - (self.keys[index - 1] == "năm")
        return index > 1 and self.keys[to] == "đến" and to - 1 in years

    def run(self, index: int) -> int:
        """The end of the run of capitalised words, with blanks between them, that begins here."""
        if not self.capital(index):
            return index
        last = min(index + LONGEST_RUN, len(self.starts))
        index += 1
        while index < last and self._capitals[index] and self._gaps[index - 1] == " ":
            index += 1
        return index

    def written(self, first: int, end: int) -> str:
        """The text of words [first, end), as written; the Icelandic eth as the Đ that it stands for."""
        written = self.text[self.starts[first] : self.ends[end - 1]]
        return written.translate(_ETH) if self._eth else written

    def opens_sentence(self, index: int) -> bool:
        """Does the word open a sentence, a line, a quotation or what follows a colon?"""
        return index == 0 or self.gap(index - 1)[-1:] in '\n.!?…:;“"”»•'

    def _look_up(self) -> dict[int, dict[str, Hit]]:
        """Word -> sort of phrase -> the longest phrase of that sort that begins there."""
        found: dict[int, dict[str, Hit]] = {}
        keys, gaps = [*self.keys, ""], self._gaps
        for first, begun in enumerate(map(phrases().get, self.keys)):
            end = first + 1
            if begun is None or not (begun.entries or keys[end] in begun.then):
                continue
            here: dict[str, Hit] = {}
            node: Node | None = begun
            while node is not None:
                for entry in node.entries:
                    sort, _, case, _ = entry
                    if case == "any" or self._cased(first, end, case):
                        here[sort] = _made(Hit, (first, end, entry))
                after = node.then.get(keys[end])
                node, end = after.get(gaps[end - 1]) if after else None, end + 1
            if here:
                found[first] = here
        return found

    def _cased(self, first: int, end: int, case: str) -> bool:
        if case == "first":
            return self._capitals[first]
        capitals = self._capitals[first:end]
        return True in capitals if case == "some" else False not in capitals

    def _ordered(self) -> tuple[dict[str, list[Hit]], dict[int, list[Hit]]]:
        """The phrases of each sort, in the order of the text; and those that end right before a word, longest first."""
        sorts: dict[str, list[Hit]] = defaultdict(list)
        ends: dict[int, list[Hit]] = defaultdict(list)
        for here in self.hits.values():
            for sort, hit in here.items():
                sorts[sort].append(hit)
                ends[hit[1]].append(hit)
        return sorts, ends

    def all(self, *sorts: str) -> Iterator[Hit]:
        """The phrases of these sorts, each sort in the order of the text."""
        return chain.from_iterable([self._by_sort.get(sort, ()) for sort in sorts])

    def at(self, index: int, *sorts: str) -> Hit | None:
        """The phrase of one of these sorts (the first that is found) that begins at this word."""
        if here := self.hits.get(index):
            for sort in sorts:
                if sort in here:
                    return here[sort]
        return None

    def before(self, index: int, *sorts: str) -> Hit | None:
        """The phrase of one of these sorts that ends right before this word, with a blank between (the longest)."""
        return self.ending(index, *sorts) if self.gap(index - 1) == " " else None

    def before_comma(self, index: int, *sorts: str) -> Hit | None:
        """The same, with a comma between."""
        return self.ending(index, *sorts) if self.gap(index - 1) == "," else None

    def ending(self, index: int, *sorts: str) -> Hit | None:
        """The phrase of one of these sorts that ends before this word, whatever stands between (the longest)."""
        for hit in self._by_end.get(index, ()):
            if hit.entry.sort in sorts:
                return hit
        return None


class Placed(Protocol):
    """Whatever stands at words of a text, and says at which it begins."""

    @property
    def first(self) -> int:
        """Its first word."""
        ...


Thing = TypeVar("Thing", bound=Placed)
_first = attrgetter("first")


def within(things: Sequence[Thing], first: int, end: int) -> Sequence[Thing]:
    """Of things in the order of the text, those that begin with one of the words [first, end)."""
    start = bisect_left(things, first, key=_first)
    return things[start : bisect_left(things, end, lo=start, key=_first)]


def at(things: Sequence[Thing], index: int) -> Thing | None:
    """Of things in the order of the text, the one that begins with this word."""
    return next(iter(within(things, index, index + 1)), None)


def year_at(words: Words, index: int) -> int | None:
    """The year that this word is, if it is one of our time."""
    key = words.keys[index]
    return int(key) if len(key) == YEAR and _YEAR.fullmatch(key) else None


def year_before(context: Context, index: int) -> int | None:
    """The last year that the paragraph names before this word; a term of office ("2021 - 2026") names none."""
    words = words_of(context)
    start, _ = context.paragraph(words.starts[index])
    return last_year(words, max(bisect_left(words.starts, start), index - YEAR_REACH), index)


def first_year(words: Words, first: int, end: int) -> int | None:
    """The first year among the words [first, end), a term of office left out."""
    position = bisect_left(words.years, (first,))
    return words.years[position][1] if position < len(words.years) and words.years[position][0] < end else None


def last_year(words: Words, first: int, end: int) -> int | None:
    """The last year among the words [first, end), a term of office left out."""
    position = bisect_left(words.years, (end,)) - 1
    return words.years[position][1] if position >= 0 and words.years[position][0] >= first else None


def sentence_of(context: Context, index: int) -> tuple[int, int]:
    """The words [first, end) of the sentence that holds this word; of an endless one, so many around it."""
    words = words_of(context)
    start, end = context.sentence(words.starts[index])
    first, last = bisect_left(words.starts, start), bisect_left(words.starts, end)
    return max(first, index - SENTENCE), min(last, index + SENTENCE)


@read_once
def words_of(context: Context) -> Words:
    """The words of this part; cut once, whichever module asks first."""
    return Words(context)
