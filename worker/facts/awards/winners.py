"""Who won an award: who is named behind it ("… cho X", "… thuộc về X"), else before a verb of winning."""

from __future__ import annotations

from dataclasses import replace

from worker.facts.awards.award import TO_WHOM, Award, Reading, Winner
from worker.facts.awards.behind import GOES, GOES_TO, Behind
from worker.facts.awards.clauses import Clauses
from worker.facts.awards.examples import Examples
from worker.facts.awards.givings import Givings
from worker.facts.awards.recipients import Recipients
from worker.facts.awards.subjects import Subjects
from worker.facts.awards.teams import AND
from worker.facts.awards.verbs import GIVES
from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.span import Context
from worker.facts.words import at, within

REACH = 12  # words between an award and its winner after it, a quotation not counted
LISTED = 4  # awards in one list
NEAR = 6  # words between who gives and what is given
KIN = 5  # words that say whose relative someone is
WINNER = 16  # words in what is said of a winner
_FAR = (["thuộc", "về"], ["gọi", "tên"], ["về", "tay"], ["xướng", "tên"])
"""Those of them that say so too far behind the prize."""
ACCLAIMS = (["vinh", "danh"], ["tôn", "vinh"], ["suy", "tôn"], ["biểu", "dương"], ["tuyên", "dương"],
            ["bình", "chọn"], ["bầu", "chọn"])  # fmt: skip
"""Verbs of praise that a title in quotation marks follows."""
HANDED = 40  # words between an award and whom someone hands it to
_PASSING = frozenset(("lần", "thứ", "đã", "năm", "vừa", "cũng", "này", "nay"))
_KIN = frozenset(("bà", "ông", "mẹ", "cha", "chồng", "vợ", "nội", "ngoại", "mình", "là"))
"""Words for whose relative someone is, before their own title: "cho | bà nội là | mẹ X"."""
_EACH = frozenset(("mỗi", "trị", "kèm"))
_THEN = ("chia", "được", "đã", "thuộc")  # what goes on behind what each of several prizes is worth


class Winners(Reading):
    """Reads who won, in one part."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.recipients = Recipients(context)
        self.subjects = Subjects(context, self.recipients)
        self.givings = Givings(context, self.recipients)
        self.clauses = Clauses(context, self.recipients)
        self.behind = Behind(context, self.recipients)
        self.examples = Examples(context, self.recipients)

    def of(self, award: Award, first: int, end: int, same: tuple[Winner, ...]) -> tuple[tuple[Winner, ...], str | None]:
        """Who won an award of the sentence [first, end), and who gave it, if that is said before it.

        `same`: who won the award before in the sentence, and is meant by "… và được tặng …".
        """
        own = self.words.key(award.end) == "của" and not award.honour  # "mang lại cho chị X giải Sáng tạo của Cụm"
        if own and (winners := self.givings.of(award, first)):
            return winners, self._gave(award.first, first)
        if winners := self._after(award, end) or self._handed_over(award, end) or self._goes_far(award, end):
            return self._with_names(winners, end), self._gave(award.first, first)
        if winners := self.subjects.behind(award, first) or self.givings.of(award, first):
            return winners, self._gave(award.first, first)
        winners, giver = self.subjects.before(award, first, same)
        if not winners and self._named_apart(award.first) and (same or not award.honour):
            told = self.subjects.listed(first, award.first)  # "đội A giành giải Nhất, đội B giải Nhì"
            winners = told if same or (told and self._begins(told[0].first, first)) else ()
        if not winners and same and self._again(award):
            winners = same
        winners = winners or self.subjects.stand_ins.told(award, first) or self.givings.thanked(award, first)
        winners = winners or self.clauses.of(award, first, end)
        if winners and all(self.counts(winner.first) for winner in winners):
            whole = self.examples.all_of(award.end, end)
            if self.words.keys[award.first] != "khen":  # "khen thưởng" names no award: it is told of so many
                whole = whole or self.examples.among(winners[0], award.end, end)
            winners = whole or (*winners, *self.examples.some_of(winners[-1], award.end))
        return winners, giver

    def _with_names(self, winners: tuple[Winner, ...], end: int) -> tuple[Winner, ...]:
        """The winners, and who of so many are named; all of them instead: "cho 5 tập thể làm tốt …, gồm: A, B"."""
        last = winners[-1]
        if not self.counts(last.first):
            return winners
        if len(winners) == 1 and (whole := self.examples.all_of(last.end, end)):
            return whole
        return (*winners, *self.examples.some_of(last, last.end))

    def _begins(self, index: int, first: int) -> bool:
        """Does a sentence begin with this word, or what it tells behind a colon: "Kết quả: đội A giải Nhất, …"?"""
        words = self.words
        colon = ":" in words.gap(index - 1) and not any(self.prize_at(here) for here in range(first, index))
        return index == first or colon

    def _named_apart(self, index: int) -> bool:
        """Does a blank alone, and no number of prizes ("…, 3 Bằng khen"), stand before an award?"""
        words, before = self.words, self.words.keys[max(0, index - 2)]
        many = words.keys[index - 1].isdigit() and (words.gap(index - 2) != " " or before in AND)
        return words.gap(index - 1) == " " and not many

    def praised(self, award: Award, first: int) -> tuple[Winner, ...]:
        """Whom a title of praise is given to that they stand before: "40 chị được tôn vinh “…”, trong đó chị A …"."""
        found, _ = self.subjects.before(award, first, ())
        counted = bool(found) and self.counts(found[-1].first)
        return (*found, *self.examples.some_of(found[-1], award.end)) if counted else found

    def acclaimed(self, end: int, first: int) -> tuple[Winner, ...]:
        """Whom a verb of praise names that are called something from word `end` on: "vinh danh X là “…”"."""
        words = self.words
        for index in range(end - 1, max(first, end - WINNER), -1):
            if words.keys[index - 1 : index + 1] in ACCLAIMS:
                found, stop = self.recipients.read(index + 1, end)
                return found if stop == end else ()
        return ()

    def _again(self, award: Award) -> bool:
        """Is it given to who was given the award before: "… được UBND huyện tặng Giấy khen, Hội LHPN tỉnh tặng …"?"""
        words, index = self.words, award.first - 1
        index -= 2 * (words.keys[index - 1 : index + 1] == ["công", "nhận"])
        while words.keys[index] in GIVES:
            index -= 1
        near = within(organisations_of(self.context), index - NEAR, index + 1)
        told = bool(near) and words.gap(near[-1].first - 1) in (",", " ") and near[-1].end == index + 1
        return index < award.first - 1 and (told or words.keys[index] in ("tỉnh", "huyện", "xã"))

    def _after(self, award: Award, end: int) -> tuple[Winner, ...]:
        """Who is named after: "… cho X", "… thuộc về X", "… với sản phẩm “…” của X"."""
        words = self.words
        index = self._list_end(award)
        stop = min(end, index + REACH)
        if beside := self.behind.of(award, index, end):
            return beside
        while index < stop:
            if behind := self._aside(award, index, stop, end):
                if words.key(behind) == "thuộc" and words.gap(behind - 1) == ",":
                    return self.behind.who(self._whom(behind), end)
                stop, index = min(end, stop + behind - index), behind
                continue
            if words.keys[index : index + 2] == ["dành", "cho"]:  # but "Giải thưởng Kim Đồng dành cho cán bộ Đội"
                named, _ = self.recipients.read(index + 2, end)
                told = {one.end for one in organisations_of(self.context)} | {one.end for one in self.people}
                return named if any(winner.end in told for winner in named) else ()
            if self._over(index):
                break
            if self._goes(index, award):
                return self.behind.who(self._whom(index), end)
            index += 1
        return ()

    def _goes_far(self, award: Award, end: int) -> tuple[Winner, ...]:
        """Who a prize goes to behind its contest: "Giải Nhất Hội thi “…” do Hội LHPN xã tổ chức đã thuộc về X"."""
        words = self.words
        for index in range(award.end, min(end, award.end + HANDED)) if not award.honour else ():
            if words.gap(index - 1)[:1] in (";", ":", ".") or self.prize_at(index):
                break
            if words.keys[index : index + 2] in _FAR:
                return self.recipients.read(self._whom(index), end)[0]
        return ()

    def _over(self, index: int) -> bool:
        """Is no winner named from this word on? "Giải thưởng Kim Đồng dành cho cán bộ Đội" says whom it is for."""
        words = self.words
        marked = {",", ";", "."} & set(words.gap(index - 1)) and self.thousands(index - 1) == index  # but "5.200 lượt"
        if words.keys[index - 1] == "lần" and words.keys[index] == "thứ":  # "danh hiệu … lần thứ nhất cho …"
            return bool(marked)
        return bool(marked) or words.at(index, "award") is not None or words.keys[index] in ("dành", "không")

    def _handed_over(self, award: Award, end: int) -> tuple[Winner, ...]:
        """Whom it is said to be handed to by someone: "Huân chương … được đồng chí A, thừa ủy quyền …, trao cho B"."""
        words, start = self.words, award.end
        while start < end and (words.keys[start] in _PASSING or words.keys[start].isdigit()):  # "lần thứ 3 đã"
            start += 1
        apart = any(words.gap(at)[:1] == ";" for at in range(award.end - 1, start))
        if words.key(start) not in ("được", "do") or apart:
            return ()
        given = False
        for index in range(start + 1, min(end, start + HANDED)):
            given = given or words.keys[index - 1] in GIVES
            if given and words.keys[index] in ("cho", "tới"):
                return self.recipients.read(index + 1, end)[0]
        return ()

    def _goes(self, index: int, award: Award) -> bool:
        """Does the word say to whom it goes? "Bằng khen của UBND tỉnh" is by whom, where no name is told."""
        words = self.words
        if ":" in words.gap(index - 1) or words.keys[index : index + 2] in GOES_TO:
            return True
        if award.honour and words.keys[index] == "của":  # "Cờ luân lưu năm 2024 của Hội LHPN tỉnh A"
            office = words.at(index + 1, "office")
            joined = not AND.isdisjoint(words.keys[award.end : index])
            joined = joined or self._list_end(award) > award.end  # "Huân chương …, Bằng khen của Chính phủ"
            return not joined and organisation_at(self.context, office.end if office else index + 1) is not None
        sum_told = words.key(index) == "là" and words.key(index + 1).isdigit() and not self.counts(index + 1)
        if words.keys[index] == "trao":  # "giải nhì trao chị X", but "giải thưởng do Trung ương Đoàn trao"
            return not award.honour and (
                words.key(index + 1) == "cho" or (index + 1 < len(words) and self.behind.begins(index + 1))
            )
        if words.keys[index] == "của" and award.name.lower().startswith("giải thưởng"):
            return False
        return words.keys[index] in GOES[award.honour] and not sum_told

    def _whom(self, index: int) -> int:
        """Where the winner begins, behind "thuộc về", "gọi tên", "tặng cho"."""
        words = self.words
        index += ":" not in words.gap(index - 1)
        if words.keys[index - 1 : index + 1] in GOES_TO:
            index += 1
        index += words.key(index) in TO_WHOM
        for behind in range(index, min(len(words) - 1, index + KIN)):  # "cho bà nội là mẹ X"
            if at(self.people, behind + 1) and words.at(behind, "honorific"):
                return behind
            if words.keys[behind] not in _KIN:
                break
        return index

    def _list_end(self, award: Award) -> int:
        """The end of the honours that are listed from this one on: "trao Cờ thi đua, Bằng khen cho …"."""
        words, end = self.words, award.end
        for _ in range(LISTED):
            other = end + (words.key(end) in AND)
            gap = words.gap(end - 1).strip('”"» ')
            if gap not in (",", "") or not (hit := words.at(other, "award")) or not award.honour:
                break
            end = self.quotes.get(hit.end, hit.end)
        return end

    def apart(self, award: Award, found: tuple[Winner, ...]) -> tuple[Winner, ...]:
        """Who won, said in the words of the award alone where another is given to them too: "Cờ, Bằng khen cho X"."""
        last = self._list_end(award)
        shared = last > award.end and len(found) == 1 and found[0].first >= last
        return (replace(found[0], first=award.first, end=award.end),) if shared else found

    def _aside(self, award: Award, index: int, stop: int, end: int) -> int | None:
        """The word behind what is said by the way, from this one on: "giải nhất (15 triệu đồng) thuộc về …"."""
        words, gap = self.words, self.words.gap(index - 1)
        if ":" in gap:
            return None
        if gap.strip('”"» ') == "," and (past := self._past_comma(award, index, stop)):
            return past
        if words.keys[index] == "của" and (contest := words.at(index + 1, "event")):
            return contest.end  # "giải Nhất của Hội thi thuộc về …"
        if words.keys[index] == "lên" and words.key(index + 1) in (
            "lá",
            "ngực",
            "cờ",
        ):  # "lên lá cờ truyền thống của …"
            return next((at for at in range(index, stop) if words.keys[at] in ("cho", "của")), None)
        if index in self.quotes:
            return self.quotes[index]
        return self._behind_bracket(index, end) if "(" in gap else None

    def _past_comma(self, award: Award, index: int, stop: int) -> int | None:
        """The word behind what stands between two commas, where it says then to whom the award goes."""
        words = self.words
        past = next((at for at in range(index + 1, stop) if words.gap(at - 1) == ","), stop)
        if words.keys[index] in _EACH:  # "hai giải nhì, mỗi giải 5 triệu đồng, thuộc về …"
            sums = (at for at in range(index + 1, past) if words.keys[at - 1] == "đồng")  # no comma behind it
            past = next((at for at in sums if words.key(at) in _THEN), past)
            return past + 1 if words.key(past) in _THEN else None
        return past if not award.honour and words.key(past) == "thuộc" else None  # "Á quân, như vừa kể, thuộc về B"

    def _behind_bracket(self, index: int, end: int) -> int | None:
        """The word behind the bracket that opens before this one."""
        last = min(end, index + REACH)
        return next((after + 1 for after in range(index, last) if ")" in self.words.gap(after)), None)

    def _gave(self, index: int, first: int) -> str | None:
        """Who is said to give what is named from this word on: "Chủ tịch UBND tỉnh (đã) tặng Bằng khen …"."""
        words, start = self.words, index
        while index > max(first, start - NEAR) and words.keys[index - 1] in GIVES | {
            "truy",
            "đã",
            "cũng",
            "cho",
            "và",
        }:
            index -= 1
        near = within(organisations_of(self.context), max(first, index - WINNER), index) if index < start else ()
        apart = (
            self.words.gap(index - 1) != " "
        )  # "…, nguyên Chủ tịch Hội LHPN Việt Nam, trao Bằng khen": of who hands it over
        return None if apart else next((self.in_full(one) for one in near if one.end == index), None)
