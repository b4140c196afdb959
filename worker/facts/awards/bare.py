"""Teams that go by nothing but the names of where they come from: "Bình Lư, Hua Nà và Pắc Ta cùng nhận giải Ba"."""

from __future__ import annotations

from worker.facts.awards.award import Reading, Winner
from worker.facts.awards.teams import AND
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisations_of
from worker.facts.words import within

LONGEST = 4  # words of a bare name
NEAR = 10  # words back to who is from there
MOST = 12  # names of one list
_LEADS = frozenset(("riêng", "còn", "và", "đội", "kết", "chung"))
"""First words of a sentence, whose capital is no name's."""


class BareNames(Reading):
    """Reads lists of bare names, in one part."""

    def before(self, index: int, first: int) -> tuple[Winner, ...]:
        """The names of the list that ends before this word, and that its clause begins with."""
        words, found, end = self.words, list[Winner](), index
        start = self._start(end, first)
        while start is not None and len(found) < MOST:
            gap = words.gap(start - 1) if start > first else "\n"
            led = words.keys[start] in _LEADS and words.opens_sentence(start)  # "Riêng Bình Lư giành …"
            found.append(self.winner(start + led, end))
            joined = gap == " " and words.keys[start - 1] in AND
            other = self._start(start - joined, first) if (joined or gap == ",") and not led else None
            if other is None:
                break
            start, end = other, start - joined
        if start is None or (start > first and words.gap(start - 1) == " "):
            return ()
        of_many = words.gap(start - 1) == ":" and words.keys[start - 2 : start - 1] == [
            "các"
        ]  # "Hội LHPN các xã: A, B"
        if of_many or (start > first and words.gap(start - 1) == "," and self._aside(start)):
            return ()
        return tuple(reversed(found))

    def behind(self, index: int, end: int) -> tuple[Winner, ...]:
        """The names of the list that begins with this word, and that nothing but a mark follows."""
        words, found = self.words, list[Winner]()
        while len(found) < MOST:
            stop = words.run(index)
            stop = min(stop + (words.key(stop).isdigit() and words.gap(stop - 1) == " "), end)  # "Hạ Thanh 1"
            if not self._name(index, stop):
                return ()
            found.append(self.winner(index, stop))
            joined = words.gap(stop - 1) == " " and words.key(stop) in AND
            if not joined and (words.gap(stop - 1) != "," or not self._name(stop, words.run(stop))):
                break
            index = stop + joined
        return tuple(found) if words.gap(found[-1].end - 1) != " " else ()

    def first_of(self, index: int) -> tuple[tuple[Winner, ...], int]:
        """Who a clause begins with, and where the name ends: "Lục Ngù (mới) lên ngôi"."""
        words, stop = self.words, self.words.run(index)
        goes_on = words.gap(stop - 1) == " " and words.key(stop) not in small_words("ends_name")
        if not self._name(index, stop) or not (goes_on or words.gap(stop - 1) == "("):
            return (), index
        return (self.winner(index, stop),), stop

    def _start(self, end: int, first: int) -> int | None:
        """Where the bare name begins that ends before this word; None if none does."""
        start = end
        while start > first and self.words.capital(start - 1) and (start == end or self.words.gap(start - 1) == " "):
            start -= 1
        return start if self._name(start, end) else None

    def _name(self, first: int, end: int) -> bool:
        """Can these words be the name of a place, and no title's, office's or event's?"""
        known = self.words.at(first, "honorific", "office", "event", "award", "union", "area")
        return 1 < end - first <= LONGEST and known is None and not self.words.shouted(first)

    def _aside(self, index: int) -> bool:
        """Is it but where someone is from who was named right before: "chị Na, Bình Lư, …"?"""
        people = within(self.people, index - NEAR, index)
        unions = within(organisations_of(self.context), index - NEAR, index)
        return any(one.end == index for one in people) or any(one.end == index for one in unions)
