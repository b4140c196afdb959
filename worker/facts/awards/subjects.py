"""Who won an award by what stands before it: "X đạt …", "X được (Y) tặng …", "Năm 2021, chị nhận …"."""

from __future__ import annotations

from collections.abc import Iterator

from worker.facts.awards.award import KIN, NO_WIN, WHILE, Award, Reading, Winner
from worker.facts.awards.bare import BareNames
from worker.facts.awards.recipients import Recipients
from worker.facts.awards.stand_ins import StandIns
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.organisations.organisation import Organisation
from worker.facts.people.meant import meant_by, stands_alone
from worker.facts.people.person import Person
from worker.facts.places import place_at
from worker.facts.span import Context
from worker.facts.words import Hit, at, within

BEFORE = 22  # words between a winner and the award after it: who gives it may stand between
VERB = 5  # words between a verb of winning and the award
NEAR = 6  # words between a winner's name and the verb
WINNER = 16  # words in what is said of a winner
_TO = frozenset(("cho", "thuộc", "của", "tới", "đến"))
_AND = frozenset(("và", "cùng"))
_FOR = (["thay", "mặt"], ["đại", "diện"])
_SO = (["qua", "đó"], ["từ", "đó"], ["nhờ", "đó"], ["nhờ", "vậy"])
"""Words before a verb of winning whose subject opened the sentence."""
_PRAISES = (["tuyên", "dương"], ["biểu", "dương"], ["tôn", "vinh"])
_OF = frozenset(
    ("qua", "thắng", "hơn", "của", "do", "tại", "ở", "từ", "mặt", "diện", "với", "theo", "bởi", "cho", "về")
)
"""Words before who is not the one that wins: "của", "thay mặt", "đại diện"."""
_BEINGS = frozenset(("một", "1", "những", "các", "người", "gương", "địa", "điển", "nữ", "phụ"))
BARE = 5  # words of a team's bare name
_FULL = (3, 4)  # words of a person's full name
BEING = 12  # words between "là một trong …" and the verb
MANY = 2  # bare names that make a list
LIST = 60  # words of the list of those who won
_REACHES = frozenset(("xếp", "đứng", "vị", "lên", "chiếm", "ẵm"))
_TAKES = (["mang", "về"], ["đem", "về"], ["đăng", "quang"], ["lên", "ngôi"], ["công", "nhận"], ["rinh", "về"],
          ["bảo", "vệ"], ["chạm", "tay"], ["chủ", "nhân"])  # fmt: skip
_OWNERS = (["là", "chủ", "nhân"], ["thành", "chủ", "nhân"])
"""Words that say whose an award is now."""
_RANKED = frozenset(("về", "đoạt", "giành", "vô", "xếp", "đứng"))
"""Words with which a rank is its own verb: "về nhì", "đoạt nhất", "vô địch"."""
_GIVES = frozenset(("tặng", "trao", "thưởng", "gắn"))


class Subjects(Reading):
    """Reads who is the subject of a verb of winning."""

    def __init__(self, context: Context, recipients: Recipients) -> None:
        super().__init__(context)
        self.recipients = recipients
        self.stand_ins = StandIns(context)
        self.bare = BareNames(context)

    def before(self, award: Award, first: int, same: tuple[Winner, ...]) -> tuple[tuple[Winner, ...], str | None]:
        """Who is named before a verb of winning, and who gives it: "X đạt …", "X được (Y) tặng …"."""
        words, verbs = self.words, self._verbs(award, first)
        if not verbs:
            return (), None
        subject = next((index for index in verbs if words.keys[index] in ("được", "vinh")), verbs[-1])
        while subject - 1 in verbs or self.adverb(subject - 1):
            subject -= 1
        subject = self._over_being(first, subject)
        giver = next((self.in_full(one) for one in self._between(subject, award.first)), None)
        if words.keys[subject - 1] in WHILE and subject > first:  # "X nói với Y khi nhận …": who, its clause tells
            return (), giver
        if same and (subject == first or self._goes_on(subject, same)):
            return same, giver
        if whose := self._acting(subject, first):
            return whose, giver
        if meant := self.stand_ins.before(subject):
            return (meant,), giver
        return self._named(subject, first), giver

    def _acting(self, subject: int, first: int) -> tuple[Winner, ...]:
        """For whom someone else takes the award: "chị A thay mặt chi hội nhận …", "đại diện Hội LHPN xã lên nhận …"."""
        words = self.words
        for index in range(subject - 2, max(first, subject - BEING) - 1, -1):
            if words.keys[index : index + 2] in _FOR:
                return self.recipients.read(index + 2 + (words.key(index + 2) == "cho"), subject)[0]
            if words.gap(index)[:1] in (",", ";", ":", "."):
                break
        return ()

    def _foremost(self, subject: int, first: int) -> tuple[Winner, ...]:
        """Who is named first in a sentence that goes on about them: "X thắng Y 2-1, qua đó lên ngôi vô địch"."""
        words = self.words
        starts = (index for index in range(first, subject) if index == first or words.gap(index - 1) == ",")
        named = (self.recipients.read(index, subject)[0] for index in starts)
        return next((found[:1] for found in named if found), ())

    def _named(self, subject: int, first: int) -> tuple[Winner, ...]:
        """Who is named before the verb: in a list, else at the beginning of the sentence, else nearest."""
        if self.words.keys[subject - 2 : subject] in _SO or self.words.keys[subject - 1] in ("để", "nên"):
            return self._foremost(subject, first)
        bare = self.bare.before(subject, first)
        told = self.listed(first, subject)
        found = bare if len(bare) >= MANY and not (told and told[0].first < bare[0].first) else told or bare
        if not found and self.words.gap(subject - 1) == "," and (opening := self._opening(first, subject)):
            found = (opening,)
        found = found or self._ending(subject, first)
        return found or (self._foremost(subject, first) if self._years_on(subject) else ())

    def _years_on(self, subject: int) -> bool:
        """Does a clause begin before the verb that but says how often: "…, 3 năm liền được tặng …"?"""
        words = self.words
        first = subject - words.keys[subject - 1].isdigit()
        return words.gap(first - 1) == "," and first < subject and words.keys[subject] in ("năm", "lần")

    def _verbs(self, award: Award, first: int) -> list[int]:
        """The verbs of winning before an award in its clause, the nearest first; none if it is but given."""
        words, wins = self.words, small_words("wins")
        verbs: list[int] = []
        last = award.first - 1
        if words.gap(last) == "," and words.keys[last - 1 : last + 1] in _PRAISES:  # "được tuyên dương, khen thưởng"
            last -= 2
        named = within(organisations_of(self.context), award.first - BEFORE, award.first)
        inside = {index for one in named for index in range(one.first, one.end - 1)}  # "Bộ Văn hóa, Thể thao …"
        for index in range(last, max(first, award.first - BEFORE) - 1, -1):
            if ({";", ",", ":"} & set(words.gap(index)) and index not in inside) or self._told(index, award):
                break
            recognised = words.keys[index - 1 : index + 1] == ["công", "nhận"]
            wins_here = words.keys[index] in wins and words.keys[index : index + 2] not in NO_WIN
            if (wins_here and not recognised and not self.in_name(index)) or words.keys[index : index + 2] in _TAKES:
                verbs.append(index)
        if words.keys[award.first] == "khen" and words.keys[award.first - 1 : award.first] != ["được"]:
            verbs = [index for index in verbs if words.keys[index] == "được"]  # "… được Hội LHPN tỉnh khen thưởng"
        verbs = verbs or self._ranks(award.first)
        together = words.keys[award.first - 1 : award.first] in (["cùng"], ["đồng"], ["chung"]) and not award.honour
        if together and words.gap(award.first - 1) == " ":
            verbs = verbs or [award.first - 1]  # "5 lớp khác cùng giải Khuyến khích", "đội A, đội B đồng giải Nhì"
        wins_itself = any(words.keys[index] not in _GIVES | {"công"} for index in verbs)
        far = bool(verbs) and award.first - verbs[0] > VERB and words.keys[award.first] != "khen"
        return verbs if wins_itself and not far else []

    def _told(self, index: int, award: Award) -> bool:
        """Is another award told from this word on, before this one?"""
        other = self.prize_at(index)
        return other is not None and other.end <= award.first

    def _ranks(self, index: int) -> list[int]:
        """The verb of a rank that is told so: "xếp thứ Nhì", "về ba"."""
        keys = self.words.keys
        if keys[index] in _RANKED or keys[index + 1 : index + 3] == ["toàn", "đoàn"]:
            return [index]
        return [index - 1] if keys[index - 1] in _REACHES else []

    def listed(self, first: int, subject: int) -> tuple[Winner, ...]:
        """Who is listed right before the verb, with what is said of each: "chị A, hộ sinh … và chị B (…) được …"."""
        words, after_of = self.words, list[tuple[Winner, ...]]()
        for start in range(max(first, subject - LIST), subject):
            if not self._may_begin(start, first) or (start > first and words.keys[start - 1] in KIN):
                continue
            if words.gap(subject - 1) == "," and words.gap(start - 1) == " " and self.counts(start):
                continue  # "Tổ phụ nữ ấp A giúp 12 hộ thoát nghèo, được …"
            found, stop = self.recipients.read(start, subject)
            works = words.keys[start - 1] == "chủ" and start > first  # "chị X, | chủ dự án “…”, từng giành …"
            if found and stop <= subject and self._passing(stop, subject) and not works:
                if words.keys[start - 1] not in _OF or start == first:
                    return found
                after_of.append(found)
        return after_of[0] if after_of else ()

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
                named = organisation_at(self.context, index + 1) or any(self._between(index, subject))
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
        if words.keys[index].isdigit() and words.gap(index - 1) == "/":  # "hôm 12/4, bà …"
            return False
        return (
            index == first
            or words.gap(index - 1) != " "
            or words.at(index, "honorific") is not None
            or self.counts(index)
            or organisation_at(self.context, index) is not None
            or at(self.people, index) is not None
            or words.keys[index] in small_words("group")
            or (self._of_team(index) and (words.keys[index - 1] in _AND or self.adverb(index - 1)))
        )

    def _of_team(self, index: int) -> bool:
        """Does a team or a place begin with this word?"""
        return self.words.keys[index] in small_words("team") or place_at(self.context, index) is not None

    def _goes_on(self, subject: int, same: tuple[Winner, ...]) -> bool:
        """Is the winner of the award before meant: "… và được tặng …", "…, năm 2023 được UBND tỉnh tặng …"?"""
        words = self.words
        if words.keys[subject - 1] in _AND or words.keys[subject - 2 : subject] == ["đồng", "thời"]:
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

    def _opening(self, first: int, subject: int) -> Winner | None:
        """Whom a sentence begins with, where a clause of its own stands before the verb: "X 3 năm liền …, được …"."""
        for index in range(first, min(first + 3, subject)):
            title = self.words.at(index, "honorific")
            if person := at(self.people, title.end if title else index):
                return self.winner(person.first, person.end)
            if organisation := organisation_at(self.context, index):
                return Winner(organisation.first, organisation.end, organisation.name)
        named, _ = self.recipients.read(first, subject)
        return named[0] if named else None

    def _between(self, first: int, end: int) -> Iterator[Organisation]:
        return (one for one in within(organisations_of(self.context), first, end) if one.end <= end)

    def _ending(self, index: int, first: int) -> tuple[Winner, ...]:
        """Who ends, a few words at most, before this word: so many of a group, an organisation or a person."""
        people = [person for person in within(self.people, first, index) if person.end <= index]
        told = list(self._between(first, index))
        found = [one for one in told if self.words.keys[one.first - 2 : one.first] != ["thành", "lập"]]
        if told != found and told[-1] not in found:  # "kỷ niệm Ngày thành lập Hội LHPN Việt Nam và đón nhận …"
            return self._foremost(index, first)
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

    def _clause(self, index: int, first: int) -> int:
        """Where the clause begins that goes on up to this word: behind the last mark."""
        start = index - 1
        while start > max(first, index - WINNER) and self.words.gap(start - 1) in (" ", "“", "”", '"'):
            start -= 1
        return max(start, first)

    def _beginning(self, index: int, first: int) -> Winner | None:
        """Who or what a clause begins with that nothing else names: "…, tương Bần Hương Sen giành Huy chương vàng"."""
        words, start = self.words, self._clause(index, first)
        start = next((at + 1 for at in range(start, min(start + NEAR, index)) if words.keys[at] == "là"), start)
        title = words.at(start, "honorific")
        if person := at(self.people, title.end if title else start):
            return self.winner(person.first, person.end)
        if named := self.recipients.team(start, index):
            return named
        whose = max((here for here in range(start, index) if words.keys[here] == "của"), default=None)
        if whose is not None:  # "bộ sưu tập của nhà thiết kế X mang về giải Ba"
            found, stop = self.recipients.read(whose + 1, index)
            return found[-1] if found and stop == index else None
        own = words.capital(index - 1) and 2 < index - start < BEING and not words.at(start, "event", "award")
        apart = _OF.isdisjoint(words.keys[start:index]) and not any(self._between(start, index))
        return Winner(start, index, words.written(start, index)) if own and apart else None

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
        if words.keys[index - 1] in _GIVES:
            return None
        while start > max(first, index - WINNER) and words.gap(start - 1) == " ":
            start -= 1
        told = words.key(start) in small_words("group") and not words.at(start, "event")
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
            first > index - 3 and words.gap(first - 1) == " " and words.keys[first - 1] not in _TO | small_words("wins")
        ):
            first -= 1
        while first < index and words.keys[first] not in small_words("group"):
            first += 1
        return f"{words.written(first, index)} " if first < index else ""
