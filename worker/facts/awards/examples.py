"""Who of so many are named: "Bằng khen cho 8 tập thể … trong phong trào “…”, tiêu biểu như A. Trong đó, có bà B"."""

from __future__ import annotations

from worker.facts.awards.award import Reading, Winner
from worker.facts.awards.recipients import Recipients
from worker.facts.awards.teams import LABELS
from worker.facts.span import Context

FAR = 45  # words of what is said of so many, before some of them are named
SENTENCES = 3  # in which they are named
NEAR = 7  # words between "trong đó" and the first name
_CUES = (["trong", "đó"], ["trong", "số"], ["tiêu", "biểu"], ["điển", "hình"], ["nổi", "bật"])
"""What leads to some of those that were counted."""
_NAMES = frozenset(("có", "như", "là", "gồm"))
_PEOPLE = (["chị"], ["bà"], ["mẹ"], ["em"], ["hộ"], ["đội"])
_RESUMING = frozenset(
    ("được", "vinh", "danh", "khen", "thưởng", "đó", "này", "trên", "nhận", "giải", "đoạt", "đạt", "trao", "tặng",
     "tuyên", "dương", "biểu", "bao", "dịp", "đợt", "lần", "xuất", "sắc", "tiêu")
)  # fmt: skip
"""What is said again of those that were counted, before their names: "Các tập thể được vinh danh có: …"."""
_ONE_OF_THEM = frozenset(("người", "gương", "đại"))
"""Behind "là": what one of them is, the youngest or the only one from somewhere."""
_WHOLE = frozenset(("gồm", "bao"))


class Examples(Reading):
    """Reads who of so many are named, in one part."""

    def __init__(self, context: Context, recipients: Recipients) -> None:
        super().__init__(context)
        self.recipients = recipients

    def all_of(self, index: int, end: int) -> tuple[Winner, ...]:
        """All of so many, from this word on: "3 tập thể được tặng Bằng khen, gồm: A, B và C"."""
        words = self.words
        for at in range(index, min(end, index + FAR)):
            if words.at(at, "award") or (words.gap(at - 1)[:1] in (";", ".", "\n") and at > index):
                break
            if words.keys[at] in _WHOLE and (at == index or words.gap(at - 1) != " "):
                first = at + 1 + (words.keys[at] == "bao")
                listed = words.key(first - 1) == "gồm" and words.gap(first - 1) in (" ", ":")
                return self._read(first, end) if listed else ()
        return ()

    def among(self, counted: Winner, index: int, end: int) -> tuple[Winner, ...]:
        """Who is told to be among so many: "Trong (số) 10 cá nhân được xướng tên tại Lễ trao giải X có chị A"."""
        words = self.words
        if counted.first == 0 or words.keys[counted.first - 1 - (words.keys[counted.first - 1] == "số")] != "trong":
            return ()
        for at in range(index, min(end - 1, index + FAR)):
            if words.at(at, "award") or words.gap(at - 1)[:1] in (";", ":"):
                break
            if words.keys[at] == "có":
                return self._read(at + 1, end)
        return ()

    def some_of(self, counted: Winner, index: int) -> tuple[Winner, ...]:
        """Some of so many, named from this word on in the sentence, or first in the next ones."""
        words = self.words
        for at in range(index, min(len(words) - 1, index + FAR)):
            gap = words.gap(at - 1)
            cue = words.keys[at : at + 2] in _CUES
            if cue and gap != " " and (found := self._behind(at + 2)):
                return found
            if "\n" in gap or (gap[:1] in (".", ";", "!") and not cue):
                return self._resumed(counted, at) if gap[:1] == "." else ()
            other = words.at(at, "award")
            told = other is not None and other.entry.data[0] in ("honour", "prize") and other.entry.name != "danh hiệu"
            if told:
                break
        return ()

    def _resumed(self, counted: Winner, index: int) -> tuple[Winner, ...]:
        """Who is named in the sentences from this word on: "Các tập thể được vinh danh có A, B. Cá nhân có: C"."""
        words, found = self.words, list[Winner]()
        for _ in range(SENTENCES):
            begins = self._names_from(index, counted.name.lower())
            if begins is None:
                break
            named, stop = self.recipients.read(begins, self.line_end(begins), listed=True)
            if not named or self.counts(named[0].first):
                break
            found += named
            last = min(len(words), stop + NEAR)
            index = next((at for at in range(stop, last) if words.gap(at - 1)[:1] in (".", ";", "…")), last)
            if index >= len(words):
                break
        return tuple(found)

    def _names_from(self, index: int, counted: str) -> int | None:
        """Where the names begin in a sentence that resumes those that were counted; None if it goes on otherwise."""
        words, start = self.words, index
        if words.keys[index : index + 2] == ["đó", "là"]:
            return index + 2
        index += 2 * (words.keys[index : index + 2] == ["trong", "số"]) + (words.key(index) == "về")
        index += words.key(index) in LABELS or words.key(index).isdigit()
        pair = words.keys[index : index + 2]
        size = 2 if self.collective(index) else 1
        if index == start or " ".join(pair[:size]) not in counted or (size == 1 and pair[:1] not in _PEOPLE):
            return None
        for at in range(index + size, min(len(words), index + FAR // 3)):
            if ":" in words.gap(at - 1) or words.keys[at - 1] in _NAMES:
                return at + (words.keys[at] in _NAMES)
            if words.gap(at - 1) != " " or words.keys[at] not in _RESUMING | _NAMES:
                break
        return None

    def _behind(self, index: int) -> tuple[Winner, ...]:
        """Those who are named behind a cue that ends before this word: "trong đó có A", "tiêu biểu: B"."""
        words = self.words
        named, stop = self.recipients.read(index, self.line_end(index))
        one_of_them = words.keys[stop + 1 : stop + 3] in _CUES or words.key(stop + 1) in _ONE_OF_THEM
        if named and words.keys[stop : stop + 1] == ["là"] and one_of_them:
            return named  # "trong đó gia đình chị A là điển hình", "trong đó chị B là người trẻ nhất"
        for at in range(index, min(len(words), index + NEAR)):
            if words.gap(at - 1)[:1] in (".", ";", "\n"):
                break
            if (words.keys[at - 1] in _NAMES and words.keys[at] not in _NAMES) or ":" in words.gap(at - 1):
                return self._read(at, at)
        return ()

    def _read(self, index: int, end: int) -> tuple[Winner, ...]:
        """The names of a list over semicolons; none where they are but counted."""
        named, _ = self.recipients.read(index, self.line_end(end), listed=True)
        return () if named and self.counts(named[0].first) else named
