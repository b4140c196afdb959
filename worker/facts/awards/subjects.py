"""Who won an award by what stands before it: "X đạt …", "X được (Y) tặng …", "Năm 2021, chị nhận …"."""

from __future__ import annotations

from collections.abc import Iterator

from worker.facts.awards.award import APART, KIN, WHILE, Award, Reading, Winner
from worker.facts.awards.bare import BareNames
from worker.facts.awards.nearest import BEING, NEAR, OF, Nearest
from worker.facts.awards.recipients import Recipients
from worker.facts.awards.stand_ins import StandIns
from worker.facts.awards.teams import AND
from worker.facts.awards.verbs import Verbs
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.places import place_at
from worker.facts.span import Context
from worker.facts.words import Hit, at, within, year_at

_FOR = (["thay", "mặt"], ["đại", "diện"])
_SO = (["qua", "đó"], ["từ", "đó"], ["nhờ", "đó"], ["nhờ", "vậy"])
"""Words before a verb of winning whose subject opened the sentence."""
_BEINGS = frozenset(("một", "1", "những", "các", "người", "gương", "địa", "điển", "nữ", "phụ"))
BARE = 5  # words of a team's bare name
_FULL = (3, 4)  # words of a person's full name
MANY = 2  # bare names that make a list
LIST = 60  # words of the list of those who won
_OWNERS = (["là", "chủ", "nhân"], ["thành", "chủ", "nhân"])
"""Words that say whose an award is now."""


class Subjects(Reading):
    """Reads who is the subject of a verb of winning."""

    def __init__(self, context: Context, recipients: Recipients) -> None:
        super().__init__(context)
        self.recipients = recipients
        self.stand_ins = StandIns(context)
        self.bare = BareNames(context)
        self.verbs = Verbs(context)
        self.nearest = Nearest(context, recipients, self.stand_ins)

    def before(self, award: Award, first: int, same: tuple[Winner, ...]) -> tuple[tuple[Winner, ...], str | None]:
        """Who is named before a verb of winning, and who gives it: "X đạt …", "X được (Y) tặng …"."""
        words, verbs = self.words, self.verbs.of(award, first)
        if not verbs:
            return (), None
        wins = (index for index in verbs if words.keys[index] in ("được", "vinh") and not self.verbs.gives(index))
        subject = next(wins, verbs[-1])
        while subject - 1 in verbs or self.adverb(subject - 1):
            subject -= 1
        subject = self._over_being(first, subject)
        giver = next((self.in_full(one) for one in self.nearest.between(subject, award.first)), None)
        if words.keys[subject - 1] in WHILE and subject > first:  # "X nói với Y khi nhận …": who, its clause tells
            return (), giver
        if same and (subject == first or self._goes_on(subject, same)):
            return same, giver
        if whose := self._acting(subject, first):
            return whose, giver
        if meant := self.stand_ins.before(subject):
            return (meant,), giver
        return self._named(subject, first, same), giver

    def _acting(self, subject: int, first: int) -> tuple[Winner, ...]:
        """For whom someone else takes the award: "chị A thay mặt chi hội nhận …", "đại diện Hội LHPN xã lên nhận …"."""
        words = self.words
        for index in range(subject - 2, max(first, subject - BEING) - 1, -1):
            if words.keys[index : index + 2] in _FOR:
                return self.recipients.read(index + 2 + (words.key(index + 2) == "cho"), subject)[0]
            if words.gap(index)[:1] in (",", ";", ":", "."):
                break
        return ()

    def _named(self, subject: int, first: int, same: tuple[Winner, ...]) -> tuple[Winner, ...]:
        """Who is named before the verb: in a list, else at the beginning of the sentence, else nearest.

        `same`: who won the award before: those of the list behind them won this one.
        """
        if self.words.keys[subject - 2 : subject] in _SO or self.words.keys[subject - 1] in ("để", "nên"):
            return self.nearest.foremost(subject, first)
        bare = self.bare.before(subject, first)
        told = self.listed(first, subject)
        told = tuple(one for one in told if same and one.first >= same[-1].end) or told
        found = bare if len(bare) >= MANY and not (told and told[0].first < bare[0].first) else told or bare
        if not found and self.words.gap(subject - 1) == "," and (opening := self.nearest.opening(first, subject)):
            found = (opening,)
        found = found or self.nearest.ending(subject, first)
        return found or (self.nearest.foremost(subject, first) if self._years_on(subject) else ())

    def _years_on(self, subject: int) -> bool:
        """Does a clause begin before the verb that but says when, or how often: "…, 3 năm liền được tặng …"?"""
        words = self.words
        if words.keys[subject - 2] == "năm" and year_at(words, subject - 1) and words.gap(subject - 3) == ",":
            return True  # "A giữ vững danh hiệu …, năm 2015 được Chính phủ tặng …"
        first = subject - words.keys[subject - 1].isdigit()
        return words.gap(first - 1)[-1:] == "," and first < subject and words.keys[subject] in ("năm", "lần")

    def listed(self, first: int, subject: int) -> tuple[Winner, ...]:
        """Who is listed right before the verb, with what is said of each: "chị A, hộ sinh … và chị B (…) được …"."""
        words, after_of = self.words, list[tuple[Winner, ...]]()
        if team := self._of_members(first, subject):
            return (team,)
        for start in range(max(first, subject - LIST), subject):
            if not self._may_begin(start, first) or (start > first and words.keys[start - 1] in KIN):
                continue
            if words.gap(subject - 1) == "," and words.gap(start - 1) == " " and self.counts(start):
                continue  # "Tổ phụ nữ ấp A giúp 12 hộ thoát nghèo, được …"
            found, stop = self.recipients.read(start, subject)
            found = tuple(one for one in found if not self.of_kin(one.first, first))
            works = words.keys[start - 1] == "chủ" and start > first  # "chị X, | chủ dự án “…”, từng giành …"
            if found and stop <= subject and self._passing(stop, subject) and not works:
                if words.keys[start - 1] not in OF or start == first:
                    return found
                after_of.append(found)
        return after_of[0] if after_of else ()

    def _of_members(self, first: int, subject: int) -> Winner | None:
        """The team that won, where the list is but of whom it consists: "cụm số 2 gồm các xã: A, B và C giành …"."""
        words = self.words
        comprises = (at for at in range(max(first, subject - LIST), subject) if words.keys[at] == "gồm")
        end = next(comprises, first)
        if end == first or not words.keys[end - 1].isdigit() or words.gap(end - 1) != " ":
            return None
        start = end - 2 - (words.keys[end - 2] == "số")
        return self.winner(start, end) if start >= first and words.keys[start] in small_words("team") else None

    def _passing(self, index: int, end: int) -> bool:
        """Do these words say but how or how often someone won: "đã 5 năm liền", "lần đầu tiên", "vinh dự"?"""
        words = self.words
        return all(
            self.adverb(here)
            or (words.keys[here].isdigit() and words.key(here + 1) in ("năm", "lần", *words.keys[end : end + 1]))
            for here in range(index, end)
        )

    def _over_being(self, first: int, subject: int) -> int:
        """Where "vinh dự là đơn vị", "là một trong 20 gương mặt" begin before the verb; else the verb."""
        words = self.words
        if words.keys[subject - 1 : subject + 2] in _OWNERS:  # "X là chủ nhân (của) Giải thưởng …", "trở thành …"
            subject -= 1 + (words.keys[subject - 2] == "trở")
            while subject - 1 > first and self.adverb(subject - 1):
                subject -= 1
        for index in range(subject - 1, max(first, subject - BEING), -1):
            if words.gap(index) != " ":
                break
            if words.keys[index] == "là" and words.key(index + 1) in _BEINGS | small_words("group"):
                named = organisation_at(self.context, index + 1) or any(self.nearest.between(index, subject))
                if named or within(self.people, index, subject):
                    break
                back = index
                while back - 1 > first and self.adverb(back - 1):
                    back -= 1
                return back
        return subject

    def behind(self, award: Award, first: int) -> tuple[Winner, ...]:
        """Who stands before an award without a verb: "Hội LHPN xã A - giải Nhất", "chị B (giải Nhì)"."""
        if self.words.gap(award.first - 1) == "," and award.first > first and not award.honour:
            return self._apposed(award.first, first)
        if self.words.gap(award.first - 1) not in ("-", "(", ":") or award.first == first:
            return ()
        if self.words.gap(award.first - 1) == "(":
            first = max((hit.end for hit in self._awards(first, award.first)), default=first)
        if listed := self._bracketed(award.first) or self.listed(first, award.first) or self._named_last(award.first):
            return listed
        start = award.first
        while (
            start > first
            and self.words.capital(start - 1)
            and (start == award.first or self.words.gap(start - 1) == " ")
        ):
            start -= 1
        named = self.words.gap(start - 1) != " " and 1 < award.first - start < BARE  # "Tam Bình (giải kiến thức)"
        return (self.winner(start, award.first),) if named and self.words.gap(award.first - 1) == "(" else ()

    def _apposed(self, index: int, first: int) -> tuple[Winner, ...]:
        """Of whom a prize is said between commas: "Chị A, giải Nhất hội thi năm ngoái, kể …"."""
        found = self.listed(first, index)
        opens = bool(found) and (found[0].first == first or self.words.gap(found[0].first - 1) != " ")
        people = within(self.people, first, index)
        return found if opens and len(found) == 1 and any(one.name == found[0].name for one in people) else ()

    def _bracketed(self, index: int) -> tuple[Winner, ...]:
        """Whom the bracket that opens before this word is about: "chị A (HCV), chị B (HCB)"."""
        if self.words.gap(index - 1) != "(":
            return ()
        apart = False
        for start in range(max(1, index - NEAR), index):
            apart = apart or ")" in self.words.gap(start - 1)
            if apart and self.words.gap(start - 1) != " ":
                found, stop = self.recipients.read(start, index)
                return found if stop == index else ()
        return ()

    def _awards(self, first: int, end: int) -> Iterator[Hit]:
        """The awards among the words [first, end)."""
        return (hit for index in range(first, end) if (hit := self.prize_at(index)))

    def _named_last(self, index: int) -> tuple[Winner, ...]:
        """Who is named right before a bracket, whatever stands before: "bạn của cháu là | Võ Quốc Khánh (giải Ba)"."""
        words, start = self.words, index
        while start > 0 and words.capital(start - 1) and (start == index or words.gap(start - 1) == " "):
            start -= 1
        found, stop = self.recipients.read(start, index) if start < index else ((), start)
        whole = start if words.gap(start - 1) == " " and index - start in _FULL else index  # whatever the family name
        return found if found and stop == index else (self.winner(start, index),) if whole < index else ()

    def _may_begin(self, index: int, first: int) -> bool:
        """Can a list of winners begin with this word?"""
        words = self.words
        if index in self.quotes and index > first:
            return words.gap(index - 1)[:1] in (",", ";", ":", "-")
        if words.keys[index].isdigit() and (words.gap(index - 1) == "/" or self.thousands(index - 1) > index):
            return False  # "hôm 12/4, bà …", "quán cơm 2.000 đồng"
        return (
            index == first
            or words.gap(index - 1) != " "
            or words.at(index, "honorific") is not None
            or self.counts(index)
            or organisation_at(self.context, index) is not None
            or at(self.people, index) is not None
            or words.keys[index] in small_words("group")
            or (self._of_team(index) and (words.keys[index - 1] in AND | APART or self.adverb(index - 1)))
        )

    def _of_team(self, index: int) -> bool:
        """Does a team or a place begin with this word?"""
        return self.words.keys[index] in small_words("team") or place_at(self.context, index) is not None

    def _goes_on(self, subject: int, same: tuple[Winner, ...]) -> bool:
        """Is the winner of the award before meant: "… và được tặng …", "…, năm 2023 được UBND tỉnh tặng …"?"""
        words = self.words
        if words.keys[subject - 1] in AND or words.keys[subject - 2 : subject] == ["đồng", "thời"]:
            return True
        told = bool(within(organisations_of(self.context), same[-1].end, subject))
        one_clause = all(words.gap(index) in (" ", "”", "“") for index in range(same[-1].end - 1, subject - 1))
        if one_clause and words.keys[subject] in ("được", "vinh") and not told:  # "X đạt giải Hội thi … được tặng …"
            return True
        start = subject
        while start > same[-1].end and words.gap(start - 1)[-1:] not in (",", ";"):
            start -= 1
        told = bool(within(organisations_of(self.context), start, subject) or within(self.people, start, subject))
        return (
            words.gap(start - 1)[-1:] in (",", ";")
            and not told
            and words.keys[start : start + 1] in (["năm"], ["được"], ["sau"])
        )
