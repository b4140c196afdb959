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
_EACH = frozenset(("mỗi", "trị", "kèm"))
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
        if all(self.counts(winner.first) for winner in winners):
            winners = self._named_behind(award.end, end) or winners
        return winners, giver

    def _after(self, award: Award, end: int) -> tuple[Winner, ...]:
        """Who is named after: "… cho X", "… thuộc về X", "… với sản phẩm “…” của X"."""
        words = self.words
        index = self._list_end(award)
        stop = min(end, index + REACH)
        if self.counts(index) and words.gap(index - 1) == " ":  # "tặng Bằng khen 8 tập thể", "khen thưởng 15 cá nhân"
            return self._who(index, end)
        while index < stop:
            if behind := self._aside(index, stop, end):
                stop, index = min(end, stop + behind - index), behind
                continue
            if self._over(index):
                break
            if self._goes(index, award):
                index = self._whom(index)
                if index in self.quotes:
                    return self._of_work(self.quotes[index]) or self._who(index, end)
                if words.capital(index) or not self._is_work(index):
                    return self._who(index, end)
            index += 1
        return ()

    def _over(self, index: int) -> bool:
        """Is no winner named from this word on? "Giải thưởng Kim Đồng dành cho cán bộ Đội" says whom it is for."""
        words = self.words
        marked = {",", ";", "."} & set(words.gap(index - 1))
        return bool(marked) or words.at(index, "award") is not None or words.keys[index] == "dành"

    def _goes(self, index: int, award: Award) -> bool:
        """Does the word say to whom it goes? "Bằng khen của UBND tỉnh" is by whom, where no name is told."""
        words = self.words
        if ":" in words.gap(index - 1) or words.keys[index : index + 2] == ["gọi", "tên"]:
            return True
        if award.honour and words.keys[index] == "của":
            office = words.at(index + 1, "office")
            return organisation_at(self.context, office.end if office else index + 1) is not None
        sum_told = words.key(index) == "là" and words.key(index + 1).isdigit() and not self.counts(index + 1)
        return words.keys[index] in _GOES[award.honour] and not sum_told

    def _whom(self, index: int) -> int:
        """Where the winner begins, behind "thuộc về", "gọi tên", "tặng cho"."""
        words = self.words
        index += (":" not in words.gap(index - 1)) + (words.keys[index] in ("thuộc", "gọi"))
        return index + (words.key(index) in _TO)

    def _named_behind(self, index: int, end: int) -> tuple[Winner, ...]:
        """Who so many are: "3 tập thể được tặng Bằng khen, gồm: A, B và C"."""
        words = self.words
        index += words.key(index) == "bao"
        if words.key(index) != "gồm" or words.gap(index) not in (" ", ":"):
            return ()
        return self._who(index + 1, end) if not self.counts(index + 1) else ()

    def _list_end(self, award: Award) -> int:
        """The end of the honours that are listed from this one on: "trao Cờ thi đua, Bằng khen cho …"."""
        words, end = self.words, award.end
        for _ in range(LISTED):
            other = end + (words.key(end) in _AND)
            if words.gap(end - 1) not in (",", " ") or not (hit := words.at(other, "award")) or not award.honour:
                break
            end = hit.end
        return end

    def _aside(self, index: int, stop: int, end: int) -> int | None:
        """The word behind what is said by the way, from this one on: "giải nhất (15 triệu đồng) thuộc về …"."""
        words, gap = self.words, self.words.gap(index - 1)
        if ":" in gap:
            return None
        if gap == "," and words.keys[index] in _EACH:  # "hai giải nhì, mỗi giải 5 triệu đồng, thuộc về …"
            past = next((at for at in range(index + 1, stop) if words.gap(at - 1) == ","), stop)
            return past + 1 if words.key(past) in ("chia", "được", "đã", "thuộc") else None
        if words.keys[index] == "của" and (contest := words.at(index + 1, "event")):
            return contest.end  # "giải Nhất của Hội thi thuộc về …"
        if index in self.quotes:
            return self.quotes[index]
        return self._behind_bracket(index, end) if "(" in gap else None

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
        if words.key(index).isdigit() and (title := words.at(index + 1, "honorific")) and at(self.people, title.end):
            index = title.end  # "cho 02 đồng chí A, B"
        last = index
        if index >= len(words) or not self._begins(index):
            return ()
        while last < min(end, index + WINNER) and (last == index or words.gap(last - 1) in (" ", ",", "-")):
            if organisation := organisation_at(self.context, last):
                stop = self._listed_on(organisation)
                return (*self._listed(index, stop), *self._more(stop, end))
            if last == index and place_at(self.context, last):  # "giải ba thuộc về phường 2"
                return self._places(index, end)
            if person := at(self.people, last):
                return self._listed(index, self._people_on(person.end))
            if title := words.at(last, "honorific"):
                last = title.end
                continue
            if self._ends(index, last):
                break
            last += 1
        if last == index or self._unnamed(index, last):
            return ()
        return (self.winner(index, last), *self._bare_place(index, last))

    def _ends(self, first: int, last: int) -> bool:
        """Is what is said of the winner, from word `first` on, over before word `last`?"""
        words = self.words
        counted = words.keys[last].isdigit()
        if last > first and words.gap(last - 1) == "," and (not counted or words.at(last + 1, "award")):
            return True
        joined = words.keys[last] == "và" and words.key(last + 1).isdigit()
        return words.keys[last] in small_words("ends_winner") and not joined

    def _bare_place(self, first: int, end: int) -> tuple[Winner, ...]:
        """The second of two that go by bare names: "hạng ba thuộc về Sa Pa và Bảo Thắng"."""
        words, last = self.words, self.words.run(end + 1)
        two = words.run(first) == end and words.key(end) in _AND and words.gap(end - 1) == " "
        return (self.winner(end + 1, last),) if two and last > end + 2 else ()

    def _places(self, index: int, end: int) -> tuple[Winner, ...]:
        """The places that are listed from this one on: "hạng ba thuộc về Sa Pa và Bảo Thắng"."""
        words, winners = self.words, list[Winner]()
        while index < end and len(winners) < WINNER and (place := place_at(self.context, index)):
            winners.append(self.winner(index, place.end))
            if words.key(place.end) in _AND and words.gap(place.end - 1) == " ":
                winners += self._bare_place(index, place.end) if not place_at(self.context, place.end + 1) else ()
                index = place.end + 1
            elif words.gap(place.end - 1) == "," and self._level(place.end) == place.level:
                index = place.end
            else:
                break
        return tuple(winners)

    def _level(self, index: int) -> str | None:
        place = place_at(self.context, index)
        return place.level if place else None

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
