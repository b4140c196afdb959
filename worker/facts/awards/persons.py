"""People who get awards: by their names behind titles, or by the title or the short name that means them."""

from __future__ import annotations

from worker.facts.awards.award import SHORT, Winner
from worker.facts.awards.teams import AND, NAMED, TO, Teams
from worker.facts.organisations import organisation_at
from worker.facts.people.meant import PORTRAIT, TITLES, meant_by, stands_alone
from worker.facts.people.names import names_of
from worker.facts.people.person import Person
from worker.facts.span import Context
from worker.facts.words import at, within

CALLING = 4  # words of what someone is, before their name: "cầu thủ X", "nữ diễn viên Y"
_COUPLES = (("anh", "chị"), ("chú", "cô"), ("chú", "thím"), ("chú", "dì"), ("cậu", "mợ"))
"""Titles of a man and his wife: "gia đình anh X và chị Y" is one family; "gia đình ông X và bà Y" are often two."""


class Persons(Teams):
    """Reads people, in one part."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.names = names_of(context)

    def meant(self, index: int, end: int) -> Winner | None:
        """Whom a title means, alone or with the last words of a name that was told in full: "bà", "chị Tuyền"."""
        words, title = self.words, self.words.at(index, "honorific")
        before_prize = words.keys[index] in TITLES and words.at(index + 1, "award") is not None  # "tặng bà Bằng khen"
        longer = title is not None and title.end > index + 1  # "cô giáo X"
        if (stands_alone(self.context, index) and not longer) or before_prize:
            person = meant_by(self.context, index)
            return Winner(index, index + 1, person.name) if person else None
        if title is None or not words.capital(title.end):
            return None
        run = words.run(title.end)
        stop = next((here for here in range(title.end, run) if words.at(here, "award")), run)  # "chị Tuyền Giấy khen"
        if stop == run and at(self.people, title.end):
            return None
        short = words.keys[title.end : stop]
        if 0 < len(short) <= SHORT and stop <= end:
            for one in reversed(within(self.people, index - PORTRAIT, index)):
                if short in (
                    words.keys[one.end - len(short) : one.end],
                    words.keys[one.first : one.first + len(short)],
                ):
                    return Winner(index, stop, one.name)
        return None

    def foremost(self, index: int, end: int, led: bool) -> tuple[Person | None, int]:
        """Who is named from this word on, behind titles; else where a name without one may begin (`end`: nowhere).

        `led`: a word for a person or a group stands here.
        """
        words = self.words
        alone = words.capital(index) and (words.capital(index + 1) or not words.opens_sentence(index))
        size = NAMED if led else 1 if alone else CALLING  # "Chủ công Lê Thị A"
        title = words.at(index, "honorific")
        titled = title.end if title else index  # "PGS-TS Lê Thị A"
        for first in range(index, min(end, index + size)):
            if first > index and words.gap(first - 1) not in (" ", ".", "/") and not first < titled:
                return None, end
            organisation = organisation_at(self.context, first) if led else None
            behind = organisation.end if organisation and words.gap(organisation.end - 1) == " " else first
            if person := at(self.people, first) or at(self.people, behind):  # "Chủ tịch Hội LHPN huyện A Lê Thị B"
                return person, first
            if first > index and not led and words.capital(first):  # "nữ công nhân Trịnh Khánh Vân"
                return None, first
            if words.keys[first] in TO | AND or self.stopped(first) or organisation_at(self.context, first):
                return None, end
        return None, index

    def spouse(self, person: Person) -> Person | None:
        """Who is named with the first of a family: "gia đình chị X - anh Y", "gia đình anh X và chị Y"."""
        words = self.words
        joined = words.gap(person.end - 1) == " " and words.key(person.end) in AND
        title = words.at(person.end + joined, "honorific")
        if title is None or (words.gap(person.end - 1) not in ("-", ",") and not joined):
            return None
        mated = (words.keys[person.first - 1], words.keys[title.first]) in _COUPLES
        return at(self.people, title.end) if mated or words.gap(person.end - 1) == "-" else None
