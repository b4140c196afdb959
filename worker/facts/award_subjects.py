"""Who won an award by what stands before it: "X đạt …", "X được (Y) tặng …", "Năm 2021, chị nhận …"."""

from __future__ import annotations

from collections.abc import Iterator

from worker.facts.award import Award, Reading, Winner
from worker.facts.gazetteer import small_words
from worker.facts.organisation import Organisation
from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.person_names import Person
from worker.facts.places import places_of
from worker.facts.words import at, within, year_at

BEFORE = 22  # words between a winner and the award after it: who gives it may stand between
FAR = 60  # words back to what "Hội này" means
NEAR = 6  # words between a winner's name and the verb
WINNER = 16  # words in what is said of a winner
_TO = frozenset(("cho", "thuộc", "của", "tới", "đến"))
_AND = frozenset(("và", "cùng"))
_PRONOUNS = frozenset(("chị", "anh", "bà", "ông", "em", "cô", "mình"))
_ADVERBS = frozenset(
    ("dự", "từng", "đã", "vừa", "cũng", "còn", "luôn", "đều", "liên", "tiếp", "tục", "lần", "lượt", "xuất", "sắc")
)
_GIVES = frozenset(("tặng", "trao", "thưởng"))

_OF_KIND = {"clb": ("CLB", "Câu lạc bộ"), "htx": ("HTX", "Hợp tác xã"), "tht": ("THT", "Tổ hợp tác")}


class Subjects(Reading):
    """Reads who is the subject of a verb of winning."""

    def before(self, award: Award, first: int, same: tuple[Winner, ...]) -> tuple[tuple[Winner, ...], str | None]:
        """Who is named before a verb of winning, and who gives it: "X đạt …", "X được (Y) tặng …"."""
        words, wins = self.words, small_words("wins")
        verbs: list[int] = []
        for index in range(award.first - 1, max(first, award.first - BEFORE) - 1, -1):
            if {";", ",", ":"} & set(words.gap(index)) or words.at(index, "award"):
                break
            if words.keys[index] in wins or words.keys[index : index + 2] == ["mang", "về"]:
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
        giver = next((self.in_full(one) for one in self._between(subject, award.first)), None)
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
        if words.keys[index] in _OF_KIND and words.at(index, "quoted", "free"):  # "CLB được UBND xã tặng Giấy khen"
            kinds = _OF_KIND[words.keys[index]]
            near = within(organisations_of(self.context), 0, index)
            named = [one for one in near if one.name.startswith(kinds)]
            return Winner(index, subject, named[-1].name) if named else None
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
                return self.winner(person.first, person.end)
            if organisation := organisation_at(self.context, index):
                return Winner(organisation.first, organisation.end, organisation.name)
        return None

    def _between(self, first: int, end: int) -> Iterator[Organisation]:
        return (one for one in within(organisations_of(self.context), first, end) if one.end <= end)

    def _ending(self, index: int, first: int) -> tuple[Winner, ...]:
        """Who ends, a few words at most, before this word: so many of a group, an organisation or a person."""
        people = [person for person in within(self.people, first, index) if person.end <= index]
        found = list(self._between(first, index))
        if people and self._is_whom(people[-1], found, index):
            return (self.winner(people[-1].first, people[-1].end),)
        if this := self._this(index):
            return (this,)
        if counted := self._counted(index, first):
            return self._counted_with(counted, people)
        if found:
            return self._organisations(found) if index - found[-1].end <= NEAR else ()
        if people and index - people[-1].end <= NEAR:
            return self._persons(people)
        one = self._named(index) or self._group_before(index, first) or self._place(index)
        return (one,) if one else ()

    def _place(self, index: int) -> Winner | None:
        """A commune that competes, right before this word: "phường 5 đạt giải nhất"."""
        near = within(places_of(self.context), index - NEAR, index)
        place = next(
            (one for one in near if one.end == index and one.level in ("commune", "village", "district")), None
        )
        return self.winner(place.first, index) if place else None

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
        held = (
            bool(found) and words.at(person.end, "office") is not None and words.gap(person.end - 1) in (",", "-", "(")
        )
        whose = held and words.gap(found[-1].end - 1) in (",", "-", ")", "),") and index - found[-1].end < 2
        return words.keys[index - 1] == "người" or bracketed or whose or self._one_of(person.end, index)

    def _one_of(self, end: int, index: int) -> bool:
        """Is a person said to be one of many: "chị X là một trong 3 cá nhân được …"?"""
        keys = self.words.keys[end:index]
        return any(keys[at : at + 2] in (["một", "trong"], ["1", "trong"]) for at in range(min(4, len(keys))))

    def _this(self, index: int) -> Winner | None:
        """What "Hội này", "đơn vị này" means before this word."""
        keys = self.words.keys
        if keys[index - 1] != "này" or keys[index - 2] not in ("hội", "vị", "xã", "đoàn"):
            return None
        meant = within(organisations_of(self.context), index - FAR, index)
        return Winner(index - 2, index, meant[-1].name) if meant else None

    def _counted_with(self, counted: Winner, people: list[Person]) -> tuple[Winner, ...]:
        """So many, whoever is named with them ("bà A và 4 cá nhân"), or the one of them who is spoken of."""
        if meant := self._one_meant(counted.first):
            return (meant,)
        lead = counted.first - 1
        if self.words.keys[lead] in _AND and people and people[-1].end == lead:
            return self.winner(people[-1].first, people[-1].end), counted
        return (counted,)

    def _one_meant(self, counted: int) -> Winner | None:
        """Whom the pronoun means that is one of so many: "chị là một trong 10 cá nhân được …"."""
        keys, index = self.words.keys, counted - 2
        if keys[index:counted] not in (["một", "trong"], ["1", "trong"]):
            return None
        return self._pronoun(index - (keys[index - 1] == "là"))

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
            if self.counts(start) and not year_at(words, start)
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
        return self.winner(start, stop)

    def whose(self, index: int) -> Winner | None:
        """An organisation, a group or a person that ends right before this word."""
        near = [one for one in within(organisations_of(self.context), index - WINNER, index) if one.end == index]
        if near:
            lead = self._group(near[-1].first)
            return Winner(near[-1].first, index, lead + near[-1].name)
        person = next((one for one in within(self.people, index - NEAR, index) if one.end == index), None)
        return self.winner(person.first, index) if person else self._group_before(index, max(0, index - WINNER))

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
            first > index - 3 and words.gap(first - 1) == " " and words.keys[first - 1] not in _TO | small_words("wins")
        ):
            first -= 1
        while first < index and words.keys[first] not in small_words("group"):
            first += 1
        return f"{words.written(first, index)} " if first < index else ""
