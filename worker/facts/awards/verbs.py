"""The verbs of winning that stand before an award: "X | đạt …", "X | được (Y) tặng …", "X | về nhì"."""

from __future__ import annotations

from worker.facts.awards.award import NO_WIN, Award, Reading
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisations_of
from worker.facts.words import within

BEFORE = 22  # words between a verb and the award: who gives it may stand between
VERB = 5  # words between a verb of winning and the award
_PRAISES = (["tuyên", "dương"], ["biểu", "dương"], ["tôn", "vinh"])
_REACHES = frozenset(("xếp", "đứng", "vị", "lên", "chiếm", "ẵm"))
_TAKES = (["mang", "về"], ["đem", "về"], ["đăng", "quang"], ["lên", "ngôi"], ["công", "nhận"], ["rinh", "về"],
          ["bảo", "vệ"], ["chạm", "tay"], ["chủ", "nhân"])  # fmt: skip
_RANKED = frozenset(("về", "đoạt", "giành", "vô", "xếp", "đứng"))
"""Words with which a rank is its own verb: "về nhì", "đoạt nhất", "vô địch"."""
GIVES = frozenset(("tặng", "trao", "thưởng", "gắn"))
_SENDS = frozenset(("gửi", "gởi", "cấp", "ký"))
"""Verbs of giving right before what is given, elsewhere words like any other."""


class Verbs(Reading):
    """Reads verbs of winning, in one part."""

    def of(self, award: Award, first: int) -> list[int]:
        """The verbs of winning before an award in its clause, the nearest first; none if it is but given."""
        words, wins = self.words, small_words("wins")
        verbs: list[int] = []
        last = award.first - 1
        if words.gap(last) == "," and words.keys[last - 1 : last + 1] in _PRAISES:  # "được tuyên dương, khen thưởng"
            last -= 2
        named = within(organisations_of(self.context), award.first - BEFORE, award.first)
        inside = {index for one in named for index in range(one.first, one.end - 1)}  # "Bộ Văn hóa, Thể thao …"
        for index in range(last, max(first, award.first - BEFORE) - 1, -1):
            marked = {";", ",", ":"} & set(words.gap(index)) and index not in inside
            if (marked and not self._leads(index, award.first)) or self._told(index, award):
                break
            recognised = words.keys[index - 1 : index + 1] == ["công", "nhận"]
            wins_here = words.keys[index] in wins and words.keys[index : index + 2] not in NO_WIN
            wins_here = wins_here or (index == award.first - 1 and words.keys[index] in _SENDS)
            if (wins_here and not recognised and not self.in_name(index)) or words.keys[index : index + 2] in _TAKES:
                verbs.append(index)
        if words.keys[award.first] == "khen" and words.keys[award.first - 1 : award.first] != ["được"]:
            verbs = [index for index in verbs if words.keys[index] == "được"]  # "… được Hội LHPN tỉnh khen thưởng"
        verbs = verbs or self._ranks(award.first)
        together = words.keys[award.first - 1 : award.first] in (["cùng"], ["đồng"], ["chung"]) and not award.honour
        if together and words.gap(award.first - 1) == " ":
            verbs = verbs or [award.first - 1]  # "5 lớp khác cùng giải Khuyến khích", "đội A, đội B đồng giải Nhì"
        wins_itself = any(not self.gives(index) and words.keys[index] != "công" for index in verbs)
        far = bool(verbs) and award.first - verbs[0] > VERB and words.keys[award.first] != "khen"
        return verbs if wins_itself and not far else []

    def gives(self, index: int) -> bool:
        """Is it a verb of giving, which says of who gets something only behind "được": "tặng", "tôn vinh"?"""
        keys = self.words.keys
        return keys[index] in GIVES | _SENDS or (keys[index] == "vinh" and keys[index - 1] == "tôn")

    def _leads(self, index: int, first: int) -> bool:
        """Does a mark behind this word part no clauses: "được Đảng, Nhà nước trao tặng: (01) Huân chương …"?"""
        words = self.words
        if words.keys[index : index + 2] == ["đảng", "nhà"]:
            return True
        begins = first - (words.keys[first - 1].isdigit() and first - 1 > index)
        takes = words.keys[index] in GIVES or words.keys[index] == "nhận"
        return ":" in words.gap(index) and index + 1 == begins and takes

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
