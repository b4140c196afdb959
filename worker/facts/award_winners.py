"""Who won an award: who is named behind it ("… cho X", "… thuộc về X") or before a verb of winning ("X đạt …")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from worker.facts.gazetteer import small_words
from worker.facts.organisation import Organisation
from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.people import people_of
from worker.facts.person_names import Person
from worker.facts.places import place_at
from worker.facts.quotes import quotes_of
from worker.facts.span import Context
from worker.facts.words import Words, at, within, words_of, year_at

REACH = 12  # words between an award and its winner after it, a quotation not counted
BEFORE = 22  # words between a winner and the award after it: who gives it may stand between
FAR = 60  # words back to what "Hội này" means
LISTED = 4  # awards in one list
NEAR = 6  # words between a winner's name and the verb
WINNER = 16  # words in what is said of a winner
_TO = frozenset(("cho", "thuộc", "của", "tới", "đến"))
_GOES = (_TO | {"tặng", "là", "gồm"}, _TO)
"""Words before the winner of a prize, and of an honour."""
_COUNTED = frozenset(
    ("chị", "bà", "em", "phụ", "ông", "gương", "học", "đồng", "cháu", "mẹ", "nữ", "nghệ", "hộ", "người", "chiến", "cựu",
     "giáo", "doanh", "nhà", "đảng", "trưởng", "điển", "thầy", "cô", "công")
)  # fmt: skip
"""Words for people, beside those for groups: "10 chị được tặng …"."""
_AND = frozenset(("và", "cùng"))
_PRONOUNS = frozenset(("chị", "anh", "bà", "ông", "em", "cô", "mình"))
_ADVERBS = frozenset(
    ("dự", "từng", "đã", "vừa", "cũng", "còn", "luôn", "đều", "liên", "tiếp", "tục", "lần", "lượt", "xuất", "sắc")
)
_GIVES = frozenset(("tặng", "trao", "thưởng"))


@dataclass(frozen=True, slots=True)
class Award:
    """An award where it is named: words [first, end), and its name with who gives it."""

    first: int
    end: int
    name: str
    honour: bool = False
    giver: str | None = None


@dataclass(frozen=True, slots=True)
class Winner:
    """Who won: words [first, end), and the name."""

    first: int
    end: int
    name: str


class Winners:
    """Reads who won, in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: Words = words_of(context)
        self.quotes = {quote.first: quote.end for quote in quotes_of(context)}
        self.people = people_of(context)

    def of(self, award: Award, first: int, end: int, same: tuple[Winner, ...]) -> tuple[tuple[Winner, ...], str | None]:
        """Who won an award of the sentence [first, end), and who gave it, if that is said before it.

        `same`: who won the award before in the sentence, and is meant by "… và được tặng …".
        """
        if winners := self._after(award, end):
            return winners, self._gave(award.first, first)
        winners, giver = self._before(award, first, same)
        if (
            not winners
            and same
            and (named := self._whose(award.first))
            and self.words.gap(named.first - 1) in (",", " ")
        ):
            winners = (named,)  # "đội A giành giải Nhất, đội B giải Nhì"
        return winners, giver

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
        return next((self._in_full(one) for one in near if one.end == index), None)

    def _in_full(self, giver: Organisation) -> str:
        """Who gives it, with the office that acts for it: "Chủ tịch UBND tỉnh Gia Lai"."""
        for back in (1, 2):  # "Thủ tướng Chính phủ" is one office
            whole = self.words.at(giver.first - back, "office")
            if whole and whole.end == giver.end:
                return self.words.written(whole.first, whole.end)
        office = self.words.before(giver.first, "office")
        return f"{self.words.written(office.first, office.end)} {giver.name}" if office else giver.name

    # --- behind the award ---

    def _after(self, award: Award, end: int) -> tuple[Winner, ...]:
        """Who is named after: "… cho X", "… thuộc về X", "… với sản phẩm “…” của X"."""
        words, index, goes = self.words, award.end, _GOES[award.honour]
        stop = min(end, award.end + REACH)
        for _ in range(LISTED):  # "trao Cờ thi đua, Bằng khen cho …"
            other = index + (words.key(index) in _AND)
            if words.gap(index - 1) not in (",", " ") or not (hit := words.at(other, "award")) or not award.honour:
                break
            index = hit.end
            stop = min(end, index + REACH)
        if self._counts(index) and words.gap(index - 1) == " ":  # "tặng Bằng khen 8 tập thể", "khen thưởng 15 cá nhân"
            return self._who(index, end)
        while index < stop:
            if index in self.quotes:
                stop = min(end, stop + self.quotes[index] - index)
                index = self.quotes[index]
                continue
            gap = words.gap(index - 1)
            if "(" in gap and (behind := self._behind_bracket(index, end)):  # "giải nhất (15 triệu đồng) thuộc về …"
                stop = min(end, stop + behind - index)
                index = behind
                continue
            if {",", ";", "."} & set(gap) or words.at(index, "award") or words.keys[index] == "dành":
                return ()  # "Giải thưởng Kim Đồng dành cho cán bộ Đội" says whom it is for
            if ":" in gap or words.keys[index] in goes:
                index += (":" not in gap) + (words.keys[index] == "thuộc")
                index += words.key(index) in _TO
                if words.capital(index) or words.key(index) not in small_words("work"):
                    return self._who(index, end)
            index += 1
        return ()

    def _counts(self, index: int) -> bool:
        """Does "8 tập thể", "các cá nhân" begin here?"""
        words = self.words
        group = small_words("group") | _COUNTED
        return index + 1 < len(words) and words.keys[index].isdigit() and words.keys[index + 1] in group

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
            if person := at(self.people, last):
                return self._listed(index, self._people_on(person.end))
            if title := words.at(last, "honorific"):
                last = title.end
                continue
            counted = words.keys[last].isdigit()
            joined = words.keys[last] == "và" and words.keys[last + 1 : last + 2] and words.keys[last + 1].isdigit()
            if last > index and words.gap(last - 1) == "," and not counted:
                break
            if words.keys[last] in small_words("ends_winner") and not joined:
                break
            last += 1
        return (self._winner(index, last),) if last > index and not self._unnamed(index, last) else ()

    def _more(self, index: int, end: int) -> tuple[Winner, ...]:
        """So many more behind an organisation: "cho Hội LHPN huyện, 2 tập thể và 4 cá nhân"."""
        index += self.words.key(index) in _AND and self.words.gap(index - 1) == " "
        return self._who(index, end) if self.words.gap(index - 1) in (",", " ") and self._counts(index) else ()

    def _unnamed(self, first: int, end: int) -> bool:
        """Is it nobody in particular: "các đội", "các tập thể còn lại"?"""
        words = self.words
        if self._counts(first) or any(words.capital(index) for index in range(first, end)):
            return False
        return words.keys[end - 2 : end] == ["còn", "lại"] or end - first <= 2

    def _winner(self, first: int, end: int) -> Winner:
        """These words as a winner; an organisation that they end with has its full name."""
        named = [one for one in within(organisations_of(self.context), first, end) if one.end == end]
        if not named or any(word.isdigit() for word in self.words.keys[first : named[0].first]):
            return Winner(first, end, " ".join(self.words.written(first, end).split()))
        lead = self.words.written(first, named[0].first) + " " if named[0].first > first else ""
        return Winner(first, end, " ".join(f"{lead}{named[0].name}".split()))

    def _listed(self, first: int, end: int) -> tuple[Winner, ...]:
        """The winners of a list, words [first, end): each organisation and each person with the words before it."""
        named: list[Organisation | Person] = [*within(organisations_of(self.context), first, end)]
        named = sorted([*named, *within(self.people, first, end)], key=lambda one: one.first)
        if any(word.isdigit() for word in self.words.keys[first:end]) or len(named) < 2 or named[-1].end > end:
            return (self._winner(first, end),)
        winners, start = [], first
        for one in named:
            if one.first < start:
                continue
            start += self.words.keys[start] in _AND
            winners.append(self._winner(start, one.end))
            start = one.end
        last = winners[-1]
        return (*winners[:-1], self._winner(last.first, end)) if end > last.end else tuple(winners)

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
        )

    # --- before a verb of winning ---

    def _before(self, award: Award, first: int, same: tuple[Winner, ...]) -> tuple[tuple[Winner, ...], str | None]:
        """Who is named before a verb of winning, and who gives it: "X đạt …", "X được (Y) tặng …"."""
        words, wins = self.words, small_words("wins")
        verbs: list[int] = []
        for index in range(award.first - 1, max(first, award.first - BEFORE) - 1, -1):
            if {";", ",", ":"} & set(words.gap(index)) or words.at(index, "award"):
                break
            if words.keys[index] in wins:
                verbs.append(index)
        if words.keys[award.first] == "khen" and words.keys[award.first - 1 : award.first] != ["được"]:
            verbs = [index for index in verbs if words.keys[index] == "được"]  # "… được Hội LHPN tỉnh khen thưởng"
        wins_itself = any(words.keys[index] not in _GIVES for index in verbs)
        near = award.first - verbs[0] if verbs else 0
        if not verbs or not wins_itself or (near > 5 and words.keys[award.first] != "khen"):
            return (), None
        subject = next((index for index in verbs if words.keys[index] in ("được", "vinh")), verbs[-1])
        while subject - 1 in verbs or words.keys[subject - 1] in _ADVERBS:
            subject -= 1
        giver = next((self._in_full(one) for one in self._between(subject, award.first)), None)
        if same and self._goes_on(subject, same):
            return same, giver
        if meant := self._pronoun(subject):
            return (meant,), giver
        if words.gap(subject - 1) == "," and (opening := self._opening(first, subject)):
            return (opening,), giver
        return self._ending(subject, first), giver

    def _goes_on(self, subject: int, same: tuple[Winner, ...]) -> bool:
        """Is the winner of the award before meant: "… và được tặng …", "…, năm 2023 được UBND tỉnh tặng …"?"""
        words = self.words
        if words.keys[subject - 1] in _AND:
            return True
        start = subject
        while start > same[-1].end and words.gap(start - 1) != ",":
            start -= 1
        told = bool(within(organisations_of(self.context), start, subject) or within(self.people, start, subject))
        return (
            words.gap(start - 1) == "," and not told and words.keys[start : start + 1] in (["năm"], ["được"], ["sau"])
        )

    def _pronoun(self, subject: int) -> Winner | None:
        """Whom "chị" or "Hội" means before the verb: "Năm 2021, chị được Chủ tịch UBND tỉnh tặng Bằng khen"."""
        words, index = self.words, subject - 1
        if words.keys[index] in _PRONOUNS and not words.capital(index + 1):
            meant = within(self.people, index - FAR, index)
            return Winner(index, subject, meant[-1].name) if meant else None
        alone = words.keys[index] == "hội" and words.capital(index) and words.at(index, "union", "area") is None
        if not alone and words.keys[index - 1 : index + 1] != ["đơn", "vị"]:
            return None
        unions = [
            one for one in within(organisations_of(self.context), index - FAR, index) if one.name.startswith("Hội")
        ]
        return Winner(index, subject, unions[-1].name) if unions else None

    def _opening(self, first: int, subject: int) -> Winner | None:
        """Whom a sentence begins with, where a clause of its own stands before the verb: "X 3 năm liền …, được …"."""
        for index in range(first, min(first + 3, subject)):
            title = self.words.at(index, "honorific")
            if person := at(self.people, title.end if title else index):
                return self._winner(person.first, person.end)
            if organisation := organisation_at(self.context, index):
                return Winner(organisation.first, organisation.end, organisation.name)
        return None

    def _between(self, first: int, end: int) -> Iterator[Organisation]:
        return (one for one in within(organisations_of(self.context), first, end) if one.end <= end)

    def _ending(self, index: int, first: int) -> tuple[Winner, ...]:
        """Who ends, a few words at most, before this word: so many of a group, an organisation or a person."""
        words = self.words
        people = [person for person in within(self.people, first, index) if person.end <= index]
        found = list(self._between(first, index))
        if people and self._is_whom(people[-1], found, index):
            return (self._winner(people[-1].first, people[-1].end),)
        if words.keys[index - 1] == "này" and words.keys[index - 2] in ("hội", "vị", "xã", "đoàn"):  # "Hội này"
            meant = within(organisations_of(self.context), index - FAR, index)
            return tuple(Winner(index - 2, index, one.name) for one in meant[-1:])
        if counted := self._counted(index, first):
            lead = counted.first - 1
            joined = words.keys[lead] in _AND and people and people[-1].end == lead
            return (self._winner(people[-1].first, people[-1].end), counted) if joined else (counted,)
        if found:
            return self._organisations(found) if index - found[-1].end <= NEAR else ()
        if people and index - people[-1].end <= NEAR:
            return self._persons(people)
        one = self._named(index) or self._group_before(index, first)
        return (one,) if one else ()

    def _persons(self, people: list[Person]) -> tuple[Winner, ...]:
        """The last person, with those that stand in one list with them."""
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
        return words.keys[index - 1] == "người" or bracketed or self._one_of(person.end, index)

    def _one_of(self, end: int, index: int) -> bool:
        """Is a person said to be one of many: "chị X là một trong 3 cá nhân được …"?"""
        keys = self.words.keys[end:index]
        return any(keys[at : at + 2] in (["một", "trong"], ["1", "trong"]) for at in range(min(4, len(keys))))

    def _joined(self, end: int, first: int) -> bool:
        """Does nothing but "và" and a title stand between two names?"""
        first -= next((hit.end - hit.first for hit in [self.words.before(first, "honorific")] if hit), 0)
        return self.words.keys[end:first] in ([], ["và"], ["cùng"])

    def _counted(self, index: int, first: int) -> Winner | None:
        """So many of a group, right before this word: "5 tập thể, 8 cá nhân"."""
        words = self.words
        counted = [
            start
            for start in range(max(first, index - WINNER), index - 1)
            if self._counts(start) and not year_at(words, start)
        ]
        if not counted or index - counted[-1] > NEAR + 2:
            return None
        start = counted[-1]
        for other in reversed(counted[:-1]):  # "5 tập thể, 8 cá nhân", but not "8 đơn vị nhận Cờ, 15 đơn vị nhận …"
            joined = words.gap(start - 1) == "," or words.keys[start - 1] in _AND
            if not joined or small_words("wins") & set(words.keys[other:start]):
                break
            start = other
        stop = next((at for at in range(counted[-1] + 2, index) if words.keys[at] in small_words("ends_winner")), index)
        return self._winner(start, stop)

    def _whose(self, index: int) -> Winner | None:
        """An organisation, a group or a person that ends right before this word."""
        near = [one for one in within(organisations_of(self.context), index - WINNER, index) if one.end == index]
        if near:
            lead = self._group(near[-1].first)
            return Winner(near[-1].first, index, lead + near[-1].name)
        person = next((one for one in within(self.people, index - NEAR, index) if one.end == index), None)
        return self._winner(person.first, index) if person else self._group_before(index, max(0, index - WINNER))

    def _named(self, index: int) -> Winner | None:
        """A model or a work by its name in quotation marks, right before this word."""
        first = next((first for first, end in self.quotes.items() if end == index), None)
        if first is None or first < 2 or self.words.keys[first - 2] not in small_words("work"):
            return None
        name = f"{self.words.written(first - 2, first)} “{self.words.written(first, index)}”"
        return Winner(first - 2, index, name)

    def _group_before(self, index: int, first: int) -> Winner | None:
        """A group that its clause begins with: "đội thôn Bản Chang đạt giải B"."""
        words, start = self.words, index
        while start > max(first, index - WINNER) and words.gap(start - 1) == " ":
            start -= 1
        told = words.key(start) in small_words("group") and not words.at(start, "event")
        if told and words.keys[index - 1] in _PRONOUNS and words.keys[index - 2] == "của":  # "mô hình của chị"
            meant = within(self.people, index - FAR, start)
            return Winner(start, index, meant[-1].name) if meant else None
        return self._winner(start, index) if told and index - start > 2 else None

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
            first > index - 3 and words.gap(first - 1) == " " and words.keys[first - 1] not in _TO | small_words("wins")
        ):
            first -= 1
        while first < index and words.keys[first] not in small_words("group"):
            first += 1
        return f"{words.written(first, index)} " if first < index else ""
