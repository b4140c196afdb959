"""Who is named nearest before a verb of winning, or begins its clause, where no list stands right before the verb."""

from __future__ import annotations

from collections.abc import Iterator

from worker.facts.awards.award import APART, TO_WHOM, Reading, Winner
from worker.facts.awards.recipients import Recipients
from worker.facts.awards.stand_ins import StandIns
from worker.facts.awards.verbs import GIVES
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.organisations.organisation import Organisation
from worker.facts.people.meant import meant_by, stands_alone
from worker.facts.people.person import Person
from worker.facts.span import Context
from worker.facts.words import at, within

NEAR = 6  # words between a winner's name and the verb
WINNER = 16  # words in what is said of a winner
BEING = 12  # words between "là một trong …" and the verb
OF = frozenset(("qua", "thắng", "hơn", "của", "do", "tại", "ở", "từ", "mặt", "diện", "với", "theo", "bởi", "cho", "về"))
"""Words before who is not the one that wins: "của", "thay mặt", "đại diện"."""


class Nearest(Reading):
    """Reads who is nearest before a verb, in one part."""

    def __init__(self, context: Context, recipients: Recipients, stand_ins: StandIns) -> None:
        super().__init__(context)
        self.recipients = recipients
        self.stand_ins = stand_ins

    def foremost(self, subject: int, first: int) -> tuple[Winner, ...]:
        """Who is named first in a sentence that goes on about them: "X thắng Y 2-1, qua đó lên ngôi vô địch"."""
        words = self.words
        starts = (index for index in range(first, subject) if index == first or words.gap(index - 1) == ",")
        named = (self.recipients.read(index, subject)[0] for index in starts)
        return next((found[:1] for found in named if found), ())

    def opening(self, first: int, subject: int) -> Winner | None:
        """Whom a sentence begins with, where a clause of its own stands before the verb: "X 3 năm liền …, được …"."""
        for index in range(first, min(first + 3, subject)):
            title = self.words.at(index, "honorific")
            if person := at(self.people, title.end if title else index):
                return self.winner(person.first, person.end)
            if organisation := organisation_at(self.context, index):
                return Winner(organisation.first, organisation.end, organisation.name)
        named, _ = self.recipients.read(first, subject)
        return named[0] if named else None

    def between(self, first: int, end: int) -> Iterator[Organisation]:
        """The organisations that the words [first, end) name."""
        return (one for one in within(organisations_of(self.context), first, end) if one.end <= end)

    def ending(self, index: int, first: int) -> tuple[Winner, ...]:
        """Who ends, a few words at most, before this word: so many of a group, an organisation or a person."""
        named = [person for person in within(self.people, first, index) if person.end <= index]
        people = self._without_kin(named, first)
        if people != named:  # "chị A, vợ của anh B, được …"
            return self._persons(people)
        return self._ending(people, index, first)

    def _ending(self, people: list[Person], index: int, first: int) -> tuple[Winner, ...]:
        told = list(self.between(first, index))
        found = [one for one in told if not self._is_other(one.first)]
        if told != found and told[-1] not in found:  # "kỷ niệm Ngày thành lập Hội LHPN Việt Nam và đón nhận …"
            return self.foremost(index, first)
        if people and self._is_whom(people[-1], found, index):
            return (self.winner(people[-1].first, people[-1].end),)
        if this := self.stand_ins.this(index):
            return (this,)
        if found:
            return self._organisations(found) if index - found[-1].end <= NEAR else ()
        if people and index - people[-1].end <= NEAR:
            return self._persons(people)
        one = self._group_before(index, first) or self._beginning(index, first)
        return (one,) if one else ()

    def _without_kin(self, people: list[Person], first: int) -> list[Person]:
        """Those of them that are not said but to be kin of another."""
        kept: list[Person] = []
        dropped = 0  # where the last one ends that is kin
        for person in people:
            if self.of_kin(person.first, first) or (dropped and self._joined(dropped, person.first)):
                dropped = person.end
            else:
                kept.append(person)
        return kept

    def _is_other(self, index: int) -> bool:
        """Is it whose founding is kept, or who did something to the one who won: "A được | Cụm thi đua suy tôn …"?"""
        before = self.words.keys[max(0, index - 2) : index]
        return before == ["thành", "lập"] or before[-1:] == ["được"]

    def _clause(self, index: int, first: int) -> int:
        """Where the clause begins that goes on up to this word: behind the last mark."""
        start = index - 1
        marks = (" ", "“", "”", '"')
        while start > max(first, index - WINNER) and (self._goes_over(start) or self.words.gap(start - 1) in marks):
            start -= 1
        return max(start, first)

    def _goes_over(self, index: int) -> bool:
        """Does a number go on with this word: the 000 of "2.000"?"""
        return self.thousands(index - 1) > index

    def _beginning(self, index: int, first: int) -> Winner | None:
        """Who or what a clause begins with that nothing else names: "…, tương Bần Hương Sen giành Huy chương vàng"."""
        words, start = self.words, self._clause(index, first)
        start = next((at + 1 for at in range(start, min(start + NEAR, index)) if words.keys[at] == "là"), start)
        start += words.keys[start] in APART and start + 1 < index
        title = words.at(start, "honorific")
        if person := at(self.people, title.end if title else start):
            return self.winner(person.first, person.end)
        if named := self.recipients.team(start, index):
            return named
        whose = max((here for here in range(start, index) if words.keys[here] == "của"), default=None)
        if whose is not None:  # "bộ sưu tập của nhà thiết kế X mang về giải Ba"
            found, stop = self.recipients.read(whose + 1, index)
            return found[-1] if found and stop == index else None
        made = next((here for here in range(start + 1, index) if words.keys[here] == "do"), None)
        if made is not None and not any(self.between(start, index)):  # "bộ váy | do chị dệt trong 4 tháng | đoạt …"
            found, _ = self.recipients.read(made + 1, index)
            return found[0] if len(found) == 1 else None
        own = words.capital(index - 1) and 2 < index - start < BEING and not words.at(start, "event", "award")
        apart = OF.isdisjoint(words.keys[start:index]) and not any(self.between(start, index))
        return Winner(start, index, words.written(start, index)) if own and apart else None

    def _persons(self, people: list[Person]) -> tuple[Winner, ...]:
        """The last person, with those that stand in one list with them."""
        if not people:
            return ()
        last = len(people) - 1
        while last and self._joined(people[last - 1].end, people[last].first):
            last -= 1
        return tuple(Winner(person.first, person.end, person.name) for person in people[last:])

    def _is_whom(self, person: Person, found: list[Organisation], index: int) -> bool:
        """Is it this person, whatever is named behind them: "chị X - Tổ trưởng …, người từng đoạt …"?

        So too "tác giả X (Hội LHPN huyện Y) đoạt …" and "chị X là một trong 3 cá nhân được …".
        """
        words = self.words
        bracketed = bool(found) and words.gap(found[-1].first - 1) == "(" and person.end == found[-1].first
        at_home = bool(found) and words.keys[person.end : found[-1].first] in (["ở"], ["thuộc"], ["của"], ["tại"])
        held = (
            bool(found) and words.at(person.end, "office") is not None and words.gap(person.end - 1) in (",", "-", "(")
        )
        whose = held and words.gap(found[-1].end - 1) in (",", "-", ")", "),") and index - found[-1].end < 2
        return words.keys[index - 1] == "người" or bracketed or at_home or whose

    def _joined(self, end: int, first: int) -> bool:
        """Does nothing but "và" and a title stand between two names?"""
        first -= next((hit.end - hit.first for hit in [self.words.before(first, "honorific")] if hit), 0)
        return self.words.keys[end:first] in ([], ["và"], ["cùng"])

    def _group_before(self, index: int, first: int) -> Winner | None:
        """A group that its clause begins with: "đội thôn Bản Chang đạt giải B"."""
        words, start = self.words, index
        if words.keys[index - 1] in GIVES:
            return None
        while start > max(first, index - WINNER) and words.gap(start - 1) == " ":
            start -= 1
        cut = start > first and self.counts(start - 1)  # "5 | tập thể và 12 cá nhân có thành tích …"
        told = words.key(start) in small_words("group") and not cut and not words.at(start, "event")
        led = next((at for at in range(start, index) if words.keys[at] == "do"), index)
        if told and start + 1 < led < index:  # "đội xòe | do bà dàn dựng"
            return self.winner(start, led)
        if told and stands_alone(self.context, index - 1) and words.keys[index - 2] == "của":  # "mô hình của chị"
            meant = meant_by(self.context, index - 1)
            return Winner(start, index, meant.name) if meant else None
        return self.winner(start, index) if told and index - start > 2 else None

    def _organisations(self, found: list[Organisation]) -> tuple[Winner, ...]:
        """The last organisation, with those that stand in one list with it."""
        last = len(found) - 1
        while last and self.words.keys[found[last - 1].end : found[last].first] in ([], ["và"]):
            last -= 1
        return tuple(Winner(one.first, one.end, self._group(one.first) + one.name) for one in found[last:])

    def _group(self, index: int) -> str:
        """ "tập thể ", "hội viên ", "nhóm tác giả " where such words stand before an organisation."""
        words, first = self.words, index
        while (
            first > index - 3
            and words.gap(first - 1) == " "
            and words.keys[first - 1] not in TO_WHOM | small_words("wins")
        ):
            first -= 1
        while first < index and words.keys[first] not in small_words("group"):
            first += 1
        return f"{words.written(first, index)} " if first < index else ""
