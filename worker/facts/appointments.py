"""Who takes an office, by the verb before it or the list that it heads, whoever is named where.

"cô X kế nhiệm vị trí Tổ trưởng", "bà (ấy) trúng cử Phó Chủ tịch", "bầu bà X vào Ban Thường vụ", "2 Phó Chủ tịch là A
và B", "CLB ra mắt: Chủ nhiệm - chị X". A weak verb ("làm", "giữ", "là") tells of a choice only where the sentence does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from worker.facts.award import Winner
from worker.facts.award_recipients import Recipients
from worker.facts.election import Choice, span_of
from worker.facts.gazetteer import small_words
from worker.facts.meant import meant_by, stands_alone
from worker.facts.organisations import organisations_of
from worker.facts.people import people_of
from worker.facts.person_names import names_of
from worker.facts.span import Context, Span
from worker.facts.words import Hit, at, first_year, sentence_of, within, words_of, year_before

_TAKES_OVER = frozenset(
    (("kế", "nhiệm"), ("kiêm", "nhiệm"), ("đảm", "nhận"), ("đảm", "nhiệm"), ("đảm", "trách"), ("đảm", "đương"),
     ("giao", "trọng"), ("mời", "làm"), ("chọn", "làm"), ("cử", "làm"), ("cử", "giữ"), ("tín", "nhiệm"),
     ("bổ", "nhiệm"), ("chỉ", "định"), ("phân", "công"), ("điều", "động"), ("trúng", "cử"), ("đắc", "cử"),
     ("tái", "cử"), ("giao", "giữ"), ("giao", "làm"), ("được", "bầu"), ("bổ", "sung"), ("giữ", "vai"))
)  # fmt: skip
"""Verbs that themselves say that someone takes an office: kế nhiệm, được mời làm, trúng cử, …"""
_CHOICE = frozenset(
    (("ra", "mắt"), ("giao", "cho"), ("kiện", "toàn"), ("hiệp", "thương"), ("hiệp", "y"), ("nhân", "sự"),
     ("đại", "hội"), ("điều", "động"), ("bỏ", "phiếu"), ("tín", "nhiệm"))
)  # fmt: skip
"""Words of a sentence in which "làm Tổ trưởng" tells of a choice, beside bầu and cử."""
_PHRASE = frozenset(("trách", "nhận"))
_LEAVES = frozenset(("thôi", "nguyên", "từng", "thay", "sẽ", "nếu", "khi", "muốn", "không", "chưa"))
_PLACES = frozenset(("từ", "tại", "ở"))
_COMMITTEES = {"ban thường vụ": "Ban Thường vụ", "btv": "Ban Thường vụ", "ban chấp hành": "Ban Chấp hành",
               "bch": "Ban Chấp hành"}  # fmt: skip
_GIVEN = (["giao", "cho"], ["giao", "lại"])
_LEADS = frozenset(("với", "có"))
_PROPOSED = frozenset(("thiệu", "nghị", "ứng", "kiến"))
PHRASE = 10  # words of a verb of appointing
HOLDERS = 40  # words back to the first of those who take an office
REACH = 8  # words between an office and who it is given to
BACK = 60  # words back to a word of choosing
MANY = ("hai", "ba", "các", "những", "2", "02", "3", "03")


def appointed(context: Context, found: Iterable[Span]) -> Iterator[Span]:
    """The choices that stand beside those that are `found` already."""
    told = {(span.value["role"].lower(), span.value["holder"]) for span in found}
    reader = _Appointments(context)
    for span in reader.all():
        said = (span.value["role"].lower(), span.value["holder"])
        if said not in told:
            told.add(said)
            yield span


class _Appointments:
    """Reads who takes an office, in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words = words_of(context)
        self.names = names_of(context)
        self.people = people_of(context)
        self.recipients = Recipients(context)
        self.phrase = small_words("chosen") | _PHRASE

    def all(self) -> Iterator[Span]:
        """The choices that this part tells of, in no order."""
        for office in self.words.all("office"):
            if office.entry.data[0] == "official" and not office.entry.name.lower().endswith("trưởng đoàn"):
                holders = self._holders(office)
                for holder in holders:
                    yield from self._choice(office, holder, alone=len(holders) == 1)
        for body in self.words.all("body"):
            if self.words.keys[body.first - 1 : body.first] == ["vào"]:
                yield from self._joined(body)

    def _choice(self, office: Hit, holder: Winner, alone: bool) -> Iterator[Span]:
        """The fact; `alone`: nobody shares the office, so that its words are the fact's too."""
        roles = self.names.roles(office.first)
        if roles is None or " " not in holder.name:
            return
        held, board = roles.offices[0], self.words.at(office.end - 1, "body")
        role = held.role
        if board and role.lower().endswith(" ban"):  # "Trưởng Ban Kiểm tra"
            role = self.words.written(office.first, board.end)
        first, end = (
            (min(holder.first, office.first), max(holder.end, held.end)) if alone else (holder.first, holder.end)
        )
        choice = Choice(role, holder.name, self._year(office.first), held.org)
        yield span_of(self.words, first, end, choice, "appointed", 0.8)

    def _year(self, index: int) -> int | None:
        first, end = sentence_of(self.context, index)
        return first_year(self.words, first, end) or year_before(self.context, first) or self.context.page.year

    def _holders(self, office: Hit) -> tuple[Winner, ...]:
        """Who takes an office: before its verb, behind a dash or "là", or behind "giao cho"."""
        words, first = self.words, self._verb(office.first)
        if words.keys[first - 1] == "thôi":
            return self._successor(office.end)
        if first < office.first and self._takes(first, office.first):
            return self._before(first) or self._behind(office)
        return self._behind(office)

    def _successor(self, index: int) -> tuple[Winner, ...]:
        """Who takes the place of one who leaves: "… thôi giữ chức Phó Chủ tịch; người thay thế là bà X"."""
        for after in range(index + 1, min(len(self.words), index + HOLDERS)):
            if self.words.keys[after - 1 : after + 1] in (["thế", "là"], ["thay", "là"]):
                return self._list(after + 1)[:1]
        return ()

    def _verb(self, index: int) -> int:
        """Where the words of appointing begin that end before this one: "được mời làm | Chủ nhiệm"."""
        words, first = self.words, index
        while first > max(0, index - PHRASE) and words.gap(first - 1) == " " and words.keys[first - 1] in self.phrase:
            first -= 1
        return first

    def _takes(self, first: int, end: int) -> bool:
        """Do these words say that someone takes an office, themselves or with their sentence?"""
        words = self.words
        keys = words.keys[first:end]
        if words.keys[first - 1] in _LEAVES or not _LEAVES.isdisjoint(keys):
            return False
        strong = any(pair in _TAKES_OVER for pair in pairwise(keys)) or "bầu" in keys
        if not strong and "do" in words.keys[max(0, first - PHRASE) : first]:
            return False  # "Tổ hợp tác được thành lập, do chị X làm Tổ trưởng": who heads what is new
        return strong or (keys[-1] in ("làm", "chức", "vụ", "trách", "danh") and self._chosen(first))

    def _chosen(self, index: int) -> bool:
        """Does the sentence, or the clause before, say that people are chosen?"""
        stop = next((at for at in range(index - 1, max(0, index - BACK), -1) if self.words.gap(at - 1)[:1] in ".\n"), 0)
        keys = self.words.keys[max(stop, index - BACK) : index]
        return not {"bầu", "cử"}.isdisjoint(keys) or any(pair in _CHOICE for pair in pairwise(keys))

    def _before(self, index: int) -> tuple[Winner, ...]:
        """Who stands before a verb of appointing: a pronoun, or those of a list with what is said of each."""
        words = self.words
        start, _ = sentence_of(self.context, index - 1)
        index = self._past_chooser(start, index)
        if index > start and stands_alone(self.context, index - 1):
            meant = meant_by(self.context, index - 1)
            return (Winner(index - 1, index, meant.name),) if meant else ()
        for first in range(max(start, index - HOLDERS), index):
            title = words.at(first, "honorific", "office")
            named = at(self.people, title.end if title else first)
            bare = words.at(first, "surnames") and self.names.name(first) > first + 1
            if named is None and not bare and not (title and words.keys[first - 1] in MANY):
                continue
            if words.keys[first - 1] in _LEAVES | {"cho", "của", "theo"}:
                continue
            found, stop = self.recipients.read(first, index, listed=words.keys[first - 1] in MANY)
            if found and stop >= index - (words.gap(stop - 1) == " " and words.key(stop) in ("cũng", "đã", "vừa")):
                return tuple(self._person(one) for one in found)
        if words.gap(index - 1) != ",":
            return ()
        alone = within(self.people, start, index)  # "Bà X thôi giữ chức …, được điều động …"
        return tuple(Winner(one.first, one.end, one.name) for one in alone) if len(alone) == 1 else ()

    def _person(self, one: Winner) -> Winner:
        """Who it is whom a list names, without what leads the name."""
        near = within(self.people, one.first, one.end)
        return Winner(near[0].first, near[0].end, near[0].name) if near else one

    def _past_chooser(self, start: int, index: int) -> int:
        """Where "được Ban Thường vụ Huyện ủy …", "được các bạn …" begin before the verb; else the verb."""
        words = self.words
        for first in range(index - 1, max(start, index - PHRASE), -1):
            if words.gap(first) not in (" ", "-"):
                break
            if words.keys[first] == "được":
                return first
        return index

    def _behind(self, office: Hit) -> tuple[Winner, ...]:
        """Who is named behind an office: "Chủ nhiệm - chị X", "2 Phó Chủ tịch là A và B", "giao cho chị X"."""
        words = self.words
        roles = self.names.roles(office.first)
        index = roles.end if roles else office.end
        for after in range(index, min(len(words) - 1, index + REACH)):
            if words.keys[after : after + 2] in _GIVEN:
                return self._list(after + 2)[:1]
            if words.gap(after) != " ":
                break
        said = words.keys[sentence_of(self.context, office.first)[0] : office.first]
        if not self._chosen(office.first) or not _PROPOSED.isdisjoint(said):
            return ()
        before = words.keys[office.first - 1] if office.first else ""
        if words.key(index) in ("là", "gồm") and before in MANY:
            return self._list(index + 1)
        dashed = words.gap(index - 1) == "-" and words.gap(office.first - 1)[-1:] in (":", ",", ";")
        if dashed and words.at(index, "honorific"):
            return self._list(index)[:1]
        if before in _LEADS and (person := at(self.people, office.end)):
            return (Winner(person.first, person.end, person.name),)
        return ()

    def _list(self, index: int) -> tuple[Winner, ...]:
        if index >= len(self.words):
            return ()
        found, _ = self.recipients.read(
            index, self.recipients.line_end(sentence_of(self.context, index)[1]), listed=True
        )
        people = {one.first for one in found if within(self.people, one.first, one.end)}
        return tuple(self._person(one) for one in found if one.first in people)

    def _joined(self, body: Hit) -> Iterator[Span]:
        """Who is voted into a committee: "bầu bổ sung bà A - Chủ tịch … vào Ban Thường vụ"."""
        words, index = self.words, body.first - 1
        name = _COMMITTEES.get(body.entry.name.lower())
        start, end = sentence_of(self.context, index)
        near = [one for one in within(self.people, max(start, index - HOLDERS), index) if one.end <= index]
        voted = {"bầu", "cử", "phiếu", "y"} & set(words.keys[start:end])
        if name is None or not voted or {"thôi", "rút"} & set(words.keys[start:index]):
            return
        passive = words.keys[index - 2 : index] == ["được", "bầu"]
        if passive and not (near and near[-1].end == index - 2):
            return  # "… chúc mừng các đồng chí được bầu vào Ban Chấp hành"
        if stands_alone(self.context, index - 1):
            meant = meant_by(self.context, index - 1)
        else:
            meant = near[-1] if near and ";" not in {words.gap(at) for at in range(near[-1].end, index)} else None
        if meant:
            owner = next((one.name for one in reversed(within(organisations_of(self.context), start, index))), None)
            choice = Choice(f"Ủy viên {name}", meant.name, self._year(index), owner)
            yield span_of(words, body.first, body.end, choice, "voted-into", 0.8)
