"""Who won an award by what stands between the verb and the award: "tặng bà C Kỷ niệm chương", "đưa X tới ngôi …"."""

from __future__ import annotations

from worker.facts.awards.award import Award, Reading, Winner
from worker.facts.awards.recipients import Recipients
from worker.facts.span import Context

LIST = 60  # words of the list of those who won
MERITS = 12  # words between "ghi nhận" and whose merits they are
_GIVES = frozenset(("tặng", "trao", "thưởng", "gắn"))
_CHOOSES = frozenset(("chọn", "bầu"))
_LAUDS = (["khen", "thưởng"], ["khen", "ngợi"], ["biểu", "dương"], ["tuyên", "dương"], ["ghi", "nhận"],
          ["vinh", "danh"], ["tôn", "vinh"])  # fmt: skip
"""Verbs of praise, which may be said to be by an award: "khen ngợi chị A bằng Giấy khen"."""
_BRINGS = (["mang", "về"], ["mang", "lại"], ["mang", "đến"], ["đem", "về"], ["đem", "lại"], ["đem", "đến"])
"""What someone's work does: "món gỏi mang về cho đội A giải Nhất"."""
_UP_TO = frozenset(("bằng", "hình", "thức", "cho", "là", "tới", "đến", "lên", "với", "ngôi", "chiếc", "tấm"))
"""Words between who won and the award: "khen thưởng 5 tập thể | bằng hình thức | Bằng khen"."""
_MERITS = (["ghi", "nhận"], ["biểu", "dương"], ["động", "viên"], ["khích", "lệ"])


class Givings(Reading):
    """Reads who stands between a verb of giving and the award, in one part."""

    def __init__(self, context: Context, recipients: Recipients) -> None:
        super().__init__(context)
        self.recipients = recipients

    def of(self, award: Award, first: int) -> tuple[Winner, ...]:
        """Who stands between the verb and what is given: "tặng bà C Kỷ niệm chương", "trao 5 tập thể Bằng khen"."""
        words = self.words
        for index in range(award.first - 1, max(first, award.first - LIST) - 1, -1):
            if words.gap(index)[:1] in (";", ":", ".") or self.prize_at(index):
                break
            begins = self._begins(index) if words.gap(index) == " " else None
            if begins is not None:
                found, stop = self.recipients.read(begins, award.first)
                while stop < award.first and (words.keys[stop] in _UP_TO or words.keys[stop].isdigit()):
                    stop += 1
                return found if stop == award.first else ()
        return ()

    def _begins(self, index: int) -> int | None:
        """Where those begin to whom the verb that ends with this word gives something."""
        words = self.words
        pair = words.keys[index - 1 : index + 1]
        if pair in _BRINGS and words.key(index + 1) == "cho":
            return index + 2
        if words.keys[index] == "đưa":
            return index + 1
        gives = words.keys[index] in _GIVES | _CHOOSES or pair in _LAUDS
        return index + 1 if gives and words.key(index + 1) not in _GIVES | {"cho", "là"} else None

    def thanked(self, award: Award, first: int) -> tuple[Winner, ...]:
        """Whose merits the sentence begins with: "Ghi nhận thành tích của X, Thủ tướng Chính phủ đã tặng Bằng khen"."""
        words = self.words
        if words.keys[first : first + 2] not in _MERITS or words.keys[award.first - 1] not in _GIVES:
            return ()
        for index in range(first + 2, min(award.first, first + MERITS)):
            if words.gap(index - 1) != " ":
                break
            if words.keys[index] == "của":
                return self.recipients.read(index + 1, award.first)[0]
        return ()
