"""What stands for a winner that was named before: "chị", "Hội", "CLB", "đơn vị này", "bài thơ"."""

from __future__ import annotations

from worker.facts.awards.award import Award, Reading, Winner
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisations_of
from worker.facts.people.meant import meant_by, stands_alone
from worker.facts.people.person import Person
from worker.facts.words import within, year_at

CALLED = 8  # words of "người phụ nữ … này"
FAR = 60  # words back to what "Hội này" means
_WORKS = frozenset(("thơ", "phẩm"))
"""Last words of what someone made: bài thơ, tập thơ, tác phẩm, sản phẩm."""
_MANY = frozenset(("các", "những", "nhiều", "hai", "con", "mấy"))
_HONOURS = frozenset(("thưởng", "tích", "giải", "danh", "khen", "vinh"))
"""Words that say that prizes are listed: phần thưởng, thành tích, giải thưởng, danh hiệu, …"""
_WOMAN = (("người", "phụ"), ("người", "đàn"), ("người", "con"), ("người", "mẹ"), ("cô", "gái"), ("vận", "động"))
_WOMEN = frozenset(("nữ",))
"""How someone is called who was named before: "người phụ nữ K’Ho này", "cô gái 20 tuổi này", "nữ công nhân này"."""
_SOME = (
    ["trong", "đó", "có"],
    ["tiêu", "biểu", "là"],
    ["tiêu", "biểu", "như"],
    ["trong", "đó", "phải", "kể", "đến"],
    ["như"],
)
"""What leads to some of someone's prizes: "nhiều lần được khen thưởng, trong đó có Bằng khen của …"."""
_OF_KIND = {"clb": ("CLB", "Câu lạc bộ"), "htx": ("HTX", "Hợp tác xã"), "tht": ("THT", "Tổ hợp tác")}


class StandIns(Reading):
    """Reads whom a word before a verb of winning stands for, in one part."""

    def before(self, subject: int) -> Winner | None:
        """Whom "chị" or "Hội" means before the verb: "Năm 2021, chị được Chủ tịch UBND tỉnh tặng Bằng khen"."""
        words, index = self.words, subject - 1
        if person := self._person(index):
            return Winner(index, subject, person.name)
        if words.keys[index] in _WORKS or words.keys[index - 1 : index + 1] in (["thơ", "này"], ["phẩm", "này"]):
            return self._author(index, subject)
        if words.keys[index] in _OF_KIND and words.at(index, "quoted", "free"):  # "CLB được UBND xã tặng Giấy khen"
            kinds = _OF_KIND[words.keys[index]]
            named = [one for one in within(organisations_of(self.context), 0, index) if one.name.startswith(kinds)]
            return Winner(index, subject, named[-1].name) if named else None
        within_name = words.gap(index - 1) == " " and words.capital(index - 1)  # "xã Hưng Hội"
        alone = (
            words.keys[index] == "hội"
            and (words.capital(index) or words.gap(index - 1) != " ")  # "Với kết quả ấy, năm 2019, hội được …"
            and words.before(index, "office") is None  # "nguyên Chủ tịch Hội"
            and not within_name
            and words.at(index, "union", "area") is None
        )
        if not alone and words.keys[index - 1 : index + 1] != ["đơn", "vị"]:
            return None
        unions = [
            one for one in within(organisations_of(self.context), index - 3 * FAR, index) if one.name.startswith("Hội")
        ]
        return Winner(index, subject, unions[-1].name) if unions else None

    def _person(self, index: int) -> Person | None:
        """Whom "chị", "cháu", "mình" means: "cháu X … . Năm nay cháu đạt giải Nhì"."""
        words, before = self.words, self.words.keys[index - 1]
        many = (before.isdigit() and not year_at(words, index - 1)) or before in _MANY  # "50 chị được …"
        if many:
            return None
        if stands_alone(self.context, index):
            return meant_by(self.context, index)
        near = within(self.people, index - 2 * FAR, index)
        if words.keys[index] == "cháu":
            called = (one for one in reversed(near) if one.first and words.keys[one.first - 1] in ("cháu", "em"))
            return next(called, None)
        return near[-1] if near and words.keys[index] == "mình" else None

    def _author(self, index: int, subject: int) -> Winner | None:
        """Whose work was spoken of: "Bà X đọc bài thơ …. Bài thơ đoạt giải B"."""
        start = index - 2 if self.words.keys[index] == "này" else index - 1
        near = within(self.people, index - 2 * FAR, index)
        alone = self.words.opens_sentence(start) and self.words.keys[start] in small_words("work")
        return Winner(start, subject, near[-1].name) if alone and near else None

    def this(self, index: int) -> Winner | None:
        """What "Hội này", "đơn vị này" means before this word."""
        keys = self.words.keys
        if keys[index - 1] == "này" and (person := self._this_woman(index)):
            return person
        if keys[index - 1] != "này" or keys[index - 2] not in ("hội", "vị", "xã", "đoàn"):
            return None
        meant = within(organisations_of(self.context), index - FAR, index)
        return Winner(index - 2, index, meant[-1].name) if meant else None

    def _this_woman(self, index: int) -> Winner | None:
        """Who "người phụ nữ K’Ho này", "nữ kỹ sư này" is: who was named last."""
        words = self.words
        opens = next((at for at in range(index - 2, max(-1, index - CALLED), -1) if words.gap(at - 1) != " "), index)
        near = within(self.people, index - 2 * FAR, index)
        called = tuple(words.keys[opens : opens + 2]) in _WOMAN or words.key(opens) in _WOMEN
        if called and near:
            return Winner(opens, index, near[-1].name)
        return None

    def told(self, award: Award, first: int) -> tuple[Winner, ...]:
        """Whose prizes are listed behind a colon or "trong đó có": "phần thưởng đến với chị không ít: giải Ba, …"."""
        words = self.words
        for index in range(award.first - 1, max(first, award.first - FAR) - 1, -1):
            some = next((len(lead) for lead in _SOME if words.keys[index + 1 : index + 1 + len(lead)] == lead), 0)
            if words.gap(index) != ":" and not (some and words.gap(index) == ","):
                continue
            if not words.at(index + 1 + some, "award") or not _HONOURS & set(words.keys[first : index + 1]):
                return ()
            for here in range(index + 1, first, -1):
                if meant := self.before(here):
                    return (Winner(award.first, award.end, meant.name),)
            named = [one.name for one in within(organisations_of(self.context), first, index)]
            named += [one.name for one in within(self.people, first, index)]
            return (Winner(award.first, award.end, named[-1]),) if named else ()
        return ()
