"""What belongs to an office whose organisation is not named: "Trưởng ban vận động", "Trưởng phòng Lao động"."""

from __future__ import annotations

from collections.abc import Callable

from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at
from worker.facts.places import place_at
from worker.facts.span import Context
from worker.facts.words import Hit, Words, words_of

ROLE_WORDS = 10  # what follows an office and is no organisation is taken for a part of the role so far
_NO_STOPS = (["ban", "kiểm"], ["cao", "cấp"], ["vận", "động"], ["lao", "động"], ["hoạt", "động"], ["tự", "nhiên"],
             ["thôn", "mới"], ["thuỷ", "sinh"], ["vi", "sinh"], ["thực", "hiện"], ["phát", "hiện"])  # fmt: skip
"""What is one word, though its second half ends a role where it stands alone: "Trưởng ban vận động"."""
NEWLY = (["mới", "bầu"], ["vừa", "bầu"], ["mới", "được"], ["vừa", "được"], ["trúng", "cử"], ["đắc", "cử"])
"""Behind an office, of who holds it since now: "hai Phó ban mới bầu là …", "Ba Phó Chủ tịch trúng cử gồm …"."""
_CLOSED = frozenset(
    ("chủ tịch", "bí thư", "hiệu trưởng", "tổng biên tập", "cục trưởng", "vụ trưởng", "chánh án", "viện trưởng",
     "tổng giám đốc", "chi cục trưởng", "chính ủy", "tư lệnh", "đồn trưởng", "trạm trưởng", "trưởng trạm")
)  # fmt: skip
"""Offices that end with themselves where no organisation follows: "Chủ tịch hứa …", "Tổng Biên tập nghỉ hưu"."""
_CHOSEN = frozenset(("mới", "trúng", "đắc", "tái", "vừa"))
"""With what it begins that the holder was chosen: "Phó ban mới bầu", "Phó Chủ tịch trúng cử"."""
_CALLED = frozenset(("chi", "nước", "đảng", "hội", "nhà", "lâm"))
"""Small words that such an office may yet be called by: "Chủ tịch nước", "Bí thư chi bộ"."""


_SEATS = ("ủy viên", "uỷ viên", "uv", "đảng ủy viên", "huyện ủy viên", "thành ủy viên", "tỉnh ủy viên", "phó bí thư")
"""With what the seats in a committee begin whose holders have an office beside."""


def is_seat(words: Words, index: int) -> bool:
    """Does a seat end before this word whose holder's office follows without a mark: "UVBTV Phó Chủ tịch HĐND xã"?"""
    seat = words.before(index, "office")
    return seat is not None and seat.entry.name.lower().startswith(_SEATS) and words.at(index, "office") is not None


def _plain(office: str) -> str:
    """An office without what ranks its holder."""
    plain = office.lower().removeprefix("nguyên ").removeprefix("quyền ").removeprefix("tân ").removeprefix("phó ")
    return plain.removesuffix(" thường trực")


class Tails:
    """Reads where a role ends, in one part; `name`: where a person's name ends that begins with a word."""

    def __init__(self, context: Context, name: Callable[[int], int]) -> None:
        self.context = context
        self.words = words_of(context)
        self._name = name
        self._stops = small_words("ends_role")

    def end(self, office: Hit) -> int:
        """The end of the words that belong to an office whose organisation is not known."""
        words, end = self.words, office.end
        known = end if _plain(office.entry.name) in _CLOSED else -1
        while end < min(office.end + ROLE_WORDS, len(words)) and self._goes_on(end):
            if end > office.end and organisation_at(self.context, end):
                break
            head = words.at(end, "role_tails", "body", "open", "free", "area", "department", "compounds")
            if head and not (head.end == end + 1 and words.key(end) in self._stops and not words.capital(end)):
                end, known = head.end, head.end if known >= 0 else -1
                continue
            if cared := self._cared_for(end, office):
                end = cared.end
                continue
            if (end == known and self._begins_anew(end)) or self._stops_at(end, office) or self._person(end):
                break
            place = place_at(self.context, end)
            end = place.end if place else end + 1
        return end

    def _begins_anew(self, index: int) -> bool:
        """Is this a small word that no phrase of the gazetteer begins with: "Tổng Biên tập nghỉ hưu"?"""
        words = self.words
        return (
            not words.capital(index)
            and not words.keys[index].isdigit()
            and not (index in words.hits or words.keys[index] in _CALLED)
        )

    def _stops_at(self, index: int, office: Hit) -> bool:
        """Is a role over before this word: one that acts, and no part of what an office is called by?"""
        words, key = self.words, self.words.keys[index]
        if key == "kiêm" or words.at(index, "office", "honorific"):
            return True
        stops = key in self._stops or (key in _CHOSEN and not words.capital(index))
        if not stops or words.keys[index - 1 : index + 1] in _NO_STOPS:
            return False
        joined = key == "và" and words.at(index + 1, "compounds")  # "Trưởng phòng Công tác Đảng và công tác …"
        named = words.capital(index) and not words.shouted(index)  # "Trưởng ban Điều hành Dự án"
        board = index == office.end and words.keys[index - 1] == "ban" and words.capital(index)  # "Trưởng Ban Kiểm tra"
        return not (joined or named or board)

    def _cared_for(self, index: int, office: Hit) -> Hit | None:
        """Those whom a department cares for: "Trưởng phòng Tổ chức cán bộ", "… Công tác học sinh, sinh viên"."""
        words = self.words
        cared = words.at(index, "office") if words.keys[office.end - 1] == "phòng" and index > office.end else None
        return cared if cared and cared.entry.data[0] == "member" and not words.capital(index) else None

    def _goes_on(self, index: int) -> bool:
        """Can a role go on with this word: after a blank, or a dash within a name ("Ban Dân tộc - Tôn giáo")?"""
        gap = self.words.gap(index - 1)
        joined = gap == "-" and self.words.capital(index) and not self.words.at(index, "office")
        return gap in (" ", "&") or joined

    def _person(self, index: int) -> bool:
        """Does a name of a person seem to begin here, rather than one of a thing?"""
        end = self._name(index)
        return end - index >= 2 and (self.words.at(index, "surnames") is not None or end - index >= 3)
