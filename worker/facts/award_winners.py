"""Who won an award: who is named behind it ("… cho X", "… thuộc về X"), else before a verb of winning."""

from __future__ import annotations

from worker.facts.award import Award, Reading, Winner
from worker.facts.award_subjects import Subjects
from worker.facts.gazetteer import small_words
from worker.facts.organisation import Organisation
from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.person_names import Person
from worker.facts.places import place_at
from worker.facts.span import Context
from worker.facts.words import at, within

REACH = 12  # words between an award and its winner after it, a quotation not counted
LISTED = 4  # awards in one list
NEAR = 6  # words between a winner's name and the verb
WINNER = 16  # words in what is said of a winner
_TO = frozenset(("cho", "thuộc", "của", "tới", "đến"))
_GOES = (_TO | {"tặng", "là", "gồm"}, _TO)
"""Words before the winner of a prize, and of an honour."""
_AND = frozenset(("và", "cùng"))
_GIVES = frozenset(("tặng", "trao", "thưởng"))


class Winners(Reading):
    """Reads who won, in one part."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.subjects = Subjects(context)

    def of(self, award: Award, first: int, end: int, same: tuple[Winner, ...]) -> tuple[tuple[Winner, ...], str | None]:
        """Who won an award of the sentence [first, end), and who gave it, if that is said before it.

        `same`: who won the award before in the sentence, and is meant by "… và được tặng …".
        """
        if winners := self._after(award, end):
            return winners, self._gave(award.first, first)
        winners, giver = self.subjects.before(award, first, same)
        if (
            not winners
            and same
            and (named := self.subjects.whose(award.first))
            and self.words.gap(named.first - 1) in (",", " ")
        ):
            winners = (named,)  # "đội A giành giải Nhất, đội B giải Nhì"
        return winners, giver

    def _after(self, award: Award, end: int) -> tuple[Winner, ...]:
        """Who is named after: "… cho X", "… thuộc về X", "… với sản phẩm “…” của X"."""
        words, goes = self.words, _GOES[award.honour]
        index = self._list_end(award)
        stop = min(end, index + REACH)
        if self.counts(index) and words.gap(index - 1) == " ":  # "tặng Bằng khen 8 tập thể", "khen thưởng 15 cá nhân"
            return self._who(index, end)
        while index < stop:
            gap = words.gap(index - 1)
            if ":" not in gap and (behind := self._aside(index, end)):
                stop, index = min(end, stop + behind - index), behind
                continue
            if {",", ";", "."} & set(gap) or words.at(index, "award") or words.keys[index] == "dành":
                return ()  # "Giải thưởng Kim Đồng dành cho cán bộ Đội" says whom it is for
            if ":" in gap or words.keys[index] in goes:
                index += (":" not in gap) + (words.keys[index] == "thuộc")
                index += words.key(index) in _TO
                if index in self.quotes:
                    return self._of_work(self.quotes[index]) or self._who(index, end)
                if words.capital(index) or not self._is_work(index):
                    return self._who(index, end)
            index += 1
        return ()

    def _list_end(self, award: Award) -> int:
        """The end of the honours that are listed from this one on: "trao Cờ thi đua, Bằng khen cho …"."""
        words, end = self.words, award.end
        for _ in range(LISTED):
            other = end + (words.key(end) in _AND)
            if words.gap(end - 1) not in (",", " ") or not (hit := words.at(other, "award")) or not award.honour:
                break
            end = hit.end
        return end

    def _aside(self, index: int, end: int) -> int | None:
        """The word behind the quotation or the brackets that open here: "giải nhất (15 triệu đồng) thuộc về …"."""
        if index in self.quotes:
            return self.quotes[index]
        return self._behind_bracket(index, end) if "(" in self.words.gap(index - 1) else None

    def _is_work(self, index: int) -> bool:
        """Is it what the prize is given for: "tác phẩm", "mô hình", but not "tác giả"?"""
        words = self.words
        return words.key(index) in small_words("work") and words.key(index + 1) != "giả"

    def _of_work(self, end: int) -> tuple[Winner, ...]:
        """Whose work it is that ends before this word: "“Nắng sớm” (Nguyễn Thị Khánh Ly)"."""
        words, last = self.words, self.words.run(end)
        named = words.gap(end - 1).endswith("(") and words.at(end, "surnames") and last - end > 1
        return (self.winner(end, last),) if named and words.gap(last - 1).startswith(")") else ()

    def _behind_bracket(self, index: int, end: int) -> int | None:
        """The word behind the bracket that opens before this one."""
        last = min(end, index + REACH)
        return next((after + 1 for after in range(index, last) if ")" in self.words.gap(after)), None)

    def _who(self, index: int, end: int) -> tuple[Winner, ...]:
        """Who is named here: people, organisations, or so many groups ("15 dự án và 02 tập thể")."""
        words = self.words
        index += words.key(index) in ("các", "hai", "ba") and not words.at(index, "honorific")
        index = self._past_colon(index, end)
        last = index
        if index >= len(words) or not self._begins(index):
            return ()
        while last < min(end, index + WINNER) and (last == index or words.gap(last - 1) in (" ", ",", "-")):
            if organisation := organisation_at(self.context, last):
                stop = self._listed_on(organisation)
                return (*self._listed(index, stop), *self._more(stop, end))
            if last == index and (place := place_at(self.context, last)):  # "giải ba thuộc về phường 2"
                return (self.winner(index, place.end),)
            if person := at(self.people, last):
                return self._listed(index, self._people_on(person.end))
            if title := words.at(last, "honorific"):
                last = title.end
                continue
            counted = words.keys[last].isdigit()
            joined = words.keys[last] == "và" and words.keys[last + 1 : last + 2] and words.keys[last + 1].isdigit()
            if last > index and words.gap(last - 1) == "," and (not counted or words.at(last + 1, "award")):
                break
            if words.keys[last] in small_words("ends_winner") and not joined:
                break
            last += 1
        return (self.winner(index, last),) if last > index and not self._unnamed(index, last) else ()

    def _more(self, index: int, end: int) -> tuple[Winner, ...]:
        """So many more behind an organisation: "cho Hội LHPN huyện, 2 tập thể và 4 cá nhân"."""
        index += self.words.key(index) in _AND and self.words.gap(index - 1) == " "
        return self._who(index, end) if self.words.gap(index - 1) in (",", " ") and self.counts(index) else ()

    def _unnamed(self, first: int, end: int) -> bool:
        """Is it nobody in particular: "các đội", "các tập thể còn lại"?"""
        words = self.words
        if self.counts(first) or any(words.capital(index) for index in range(first, end)):
            return False
        return words.keys[end - 2 : end] == ["còn", "lại"] or words.keys[end - 1] == "khác" or end - first <= 2

    def _listed(self, first: int, end: int) -> tuple[Winner, ...]:
        """The winners of a list, words [first, end): each organisation and each person with the words before it."""
        named: list[Organisation | Person] = [*within(organisations_of(self.context), first, end)]
        named = sorted([*named, *within(self.people, first, end)], key=lambda one: one.first)
        if any(word.isdigit() for word in self.words.keys[first:end]) or len(named) < 2 or named[-1].end > end:
            return (self.winner(first, end),)
        winners, start = [], first
        for one in named:
            if one.first < start:
                continue
            start += self.words.keys[start] in _AND
            winners.append(self.winner(start, one.end))
            start = one.end
        last = winners[-1]
        return (*winners[:-1], self.winner(last.first, end)) if end > last.end else tuple(winners)

    def _past_colon(self, index: int, end: int) -> int:
        """The first name of a list that is introduced: "các tập thể: Hội LHPN xã A, …", "các bà: B, C"."""
        for after in range(index + 1, min(end, index + 4)):
            if ":" in self.words.gap(after - 1):
                named = organisation_at(self.context, after) or at(self.people, after)
                return after if named or self.words.at(after, "honorific") else index
        return index

    def _people_on(self, end: int, person: bool = True) -> int:
        """The end of the people and organisations that are listed after someone, each with no more than a title."""
        words = self.words
        for _ in range(WINNER):
            gap = words.gap(end - 1)
            after = end + 1 if gap == " " and words.key(end) in _AND else end if gap == "," else None
            if after is None:
                break
            title = words.at(after, "honorific")
            after = title.end if title else after + (words.key(after) in ("đội", "nhóm") and words.gap(after) == " ")
            other = at(self.people, after) or (
                None if title or (person and gap == ",") else organisation_at(self.context, after)
            )
            if other is None:
                break
            end, person = other.end, isinstance(other, Person)
        return end

    def _listed_on(self, organisation: Organisation) -> int:
        """The end of whoever is listed with this organisation, or of the place that it is said to be in."""
        words, end = self.words, self._people_on(organisation.end, False)
        place = place_at(self.context, end) if words.gap(end - 1) == "," and end == organisation.end else None
        return place.end if place else end

    def _begins(self, index: int) -> bool:
        """Can a winner be named from this word on?"""
        words = self.words
        return (
            words.keys[index].isdigit()
            or words.keys[index] in small_words("group")
            or words.capital(index)
            or words.at(index, "honorific", "office", "surnames") is not None
            or place_at(self.context, index) is not None
        )

    def _gave(self, index: int, first: int) -> str | None:
        """Who is said to give what is named from this word on: "Chủ tịch UBND tỉnh (đã) tặng Bằng khen …"."""
        words, start = self.words, index
        while index > max(first, start - NEAR) and words.keys[index - 1] in _GIVES | {
            "truy",
            "đã",
            "cũng",
            "cho",
            "và",
        }:
            index -= 1
        near = within(organisations_of(self.context), max(first, index - WINNER), index) if index < start else ()
        return next((self.in_full(one) for one in near if one.end == index), None)
