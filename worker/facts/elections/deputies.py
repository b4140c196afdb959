"""Deputies whom a list or a sentence of results names alone: "Danh sách những người trúng cử đại biểu HĐND xã: …"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from worker.facts.organisations import organisation_at
from worker.facts.people import people_of
from worker.facts.people.lists import listed
from worker.facts.people.names import names_of
from worker.facts.people.person import Person
from worker.facts.span import Context, sibling
from worker.facts.words import Words, last_year, sentence_of, within, words_of

_HOUSES = (["hđnd"], ["quốc", "hội"], ["hội", "đồng", "nhân", "dân"])
_LEVELS = (["thành", "phố"], ["thị", "xã"], ["thị", "trấn"], ["tỉnh"], ["tp"], ["huyện"], ["quận"], ["xã"], ["phường"])
_WON = (["trúng", "cử"], ["đắc", "cử"])
_VERBS = {"trúng", "đắc"}
_LEADS = frozenset(("có", "gồm", "là"))
_TOLD = 12  # words from "trúng cử" to the names
_BETWEEN = 5  # lines between the title and the list that it heads
_DISTRICT = ["đơn", "vị", "bầu", "cử"]
_PLAIN = "line"
"""How a line begins that has no mark: only below a line that announces a list, not below the title."""


class Deputy(NamedTuple):
    """Somebody who won a seat: words [first, end), their name, the house, and the year, if it is said."""

    first: int
    end: int
    name: str
    house: str
    year: int | None


def deputies_of(context: Context) -> Iterator[Deputy]:
    """The deputies of this part that stand in a list under its house, or behind "trúng cử gồm"."""
    if "trúng cử" not in context.key and "đắc cử" not in context.key and not _of_title(context):
        return
    reader = _Deputies(context)
    yield from reader.listed()
    yield from reader.told()


def _house(context: Context, first: int, end: int) -> str | None:
    """The house whose deputies the words [first, end) of a part speak of."""
    words = words_of(context)
    keys = words.keys
    for index in range(first, end - 2):
        if keys[index : index + 2] != ["đại", "biểu"]:
            continue
        for house in _HOUSES:
            after = index + 2 + len(house)
            if keys[index + 2 : after] == house:
                level = next((level for level in _LEVELS if keys[after : after + len(level)] == level), [])
                named = organisation_at(context, index + 2)
                return named.name if named else words.written(index + 2, after + len(level))
    return None


def _of_title(context: Context) -> str | None:
    """The house whose elected deputies the title announces."""
    if context.part != "body" or not context.page.article.title:
        return None
    title = sibling(context, "title")
    end = len(words_of(title))
    return _house(title, 0, end) if _wins(words_of(title), 0, end) else None


def _wins(words: Words, first: int, end: int) -> bool:
    """Does "trúng cử" stand among the words [first, end)?"""
    return any(words.keys[index : index + 2] in _WON for index in range(first, end - 1))


class _Deputies:
    """Reads who won seats, in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words = words_of(context)
        self.people = people_of(context)
        self.names = names_of(context)

    def listed(self) -> Iterator[Deputy]:
        """Those of the lines below a line, or the title, that announces them."""
        house, since, form, begun = _of_title(self.context), 0, "", 0
        for first, end in self._lines():
            if announced := self._announced(first, end):
                house, since, form, begun = announced, 0, _PLAIN, first
                continue
            here = self._form(first)
            fits = form in (here, _PLAIN) if form else here != _PLAIN
            winners = self._of_line(first, end) if house and fits else []
            since, form = (0, here) if winners else (since + 1, form)
            for one in winners:
                yield Deputy(one.first, one.end, one.name, house or "", last_year(self.words, begun, one.first))
            house = house if since <= _BETWEEN else None

    def told(self) -> Iterator[Deputy]:
        """Those whom a sentence names behind the verb: "Trong số người trúng cử có 2 nữ là bà A, … và bà B"."""
        words = self.words
        for index in words.where(_VERBS):
            if words.keys[index : index + 2] not in _WON:
                continue
            first, end = sentence_of(self.context, index)
            house = _house(self.context, first, end) or _house(self.context, max(0, first - 4 * _TOLD), first)
            if house and (begins := self._list(index + 2, min(end, index + 2 * _TOLD))):
                for name, stop, _ in listed(words, self.names, begins):
                    yield Deputy(name, stop, self.names.written(name, stop), house, None)

    def _list(self, first: int, end: int) -> int | None:
        """Where a list of names begins behind "là", "gồm", "có" or a colon."""
        for index in range(first, end - 1):
            led = self.words.keys[index] in _LEADS or ":" in self.words.gap(index)
            if led and self._begins(index + 1):
                return index + 1
        return None

    def _lines(self) -> Iterator[tuple[int, int]]:
        """The words [first, end) of each line that has some."""
        words, start, text = self.words, 0, self.context.text
        for line in text.splitlines(keepends=True):
            first, end = bisect_left(words.starts, start), bisect_left(words.starts, start + len(line))
            start += len(line)
            if first < end:
                yield first, end

    def _announced(self, first: int, end: int) -> str | None:
        """The house, if a line heads a list of those who won seats in it."""
        words = self.words
        lists = ["danh", "sách"] in (words.keys[first : first + 2], words.keys[first + 2 : first + 4])
        behind = words.ends[end - 1]
        heads = lists or self.context.text[behind : behind + 2].lstrip().startswith(":")
        return _house(self.context, first, end) if heads and _wins(words, first, end) else None

    def _of_line(self, first: int, end: int) -> list[Person]:
        """The people whom a line of such a list begins with, and those behind its semicolons."""
        named = within(self.people, first, end)
        if not named or self.words.keys[first] == "không":  # "Không trúng cử: …"
            return []
        begins = self._before(named[0])
        led = begins == first or (begins == first + 1 and self.words.keys[first].isdigit())
        if not led and self._form(first) != "district":
            return []
        return [one for one in named if one is named[0] or self.words.gap(self._before(one) - 1)[-1:] == ";"]

    def _form(self, first: int) -> str:
        """How the line begins with this word: with the number of a district, as an item of a list, or as it may."""
        if self.words.keys[first : first + 4] == _DISTRICT:
            return "district"
        start = self.words.starts[first]
        marked = start > 0 and self.context.text[start - 1] != "\n"
        return "item" if marked or self.words.keys[first].isdigit() else _PLAIN

    def _before(self, person: Person) -> int:
        """Where the title of a name begins, or the name."""
        title = self.words.ending(person.first, "honorific")
        return title.first if title else person.first

    def _begins(self, index: int) -> bool:
        """Does a name of a person begin here, or a title with one?"""
        title = self.words.at(index, "honorific")
        first = title.end if title else index
        sure = title is not None or self.words.at(first, "surnames") is not None or self.words.key(first + 1) == "thị"
        return sure and self.names.name(first) > first + 1
