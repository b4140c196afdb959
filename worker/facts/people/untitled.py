"""Names that stand without a title: in a list, behind what somebody is or a word that leads to who it is, speaking.

"Giải Nhì: Đậu Thị Thơm (…), Lưu Mỹ Huệ", "giải C thuộc về Huỳnh Lê Mỹ Chi", "phóng viên Đặng Hữu Ngãi", "cặp Ksor
H’Yuên/Lê Thu Trang". A family name begins each, and the name is whole: three words, or one with "H’".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from worker.facts.gazetteer import small_words
from worker.facts.people.names import Names
from worker.facts.people.person import Person
from worker.facts.words import Words

WHOLE = 3  # words of a name that is surely whole
BRACKET = 14  # words in brackets behind a name
_MIDDLE = frozenset(("thị", "văn"))
_MARKS = frozenset("'’")
_LEADS = frozenset(("là", "về", "của", "cho", "gồm", "có", "như", "giữa", "cặp", "đôi", "cùng", "còn", "với", "bởi",
                    "do", "chọn", "bầu"))  # fmt: skip
"""Words that a name may follow as it stands: "thuộc về X", "gồm X, Y và Z", "còn X và Y"."""
_CALLED = ("viên", "sĩ", "sỹ", "thủ", "sư", "giả", "gia", "gọi tên", "xướng tên", "chân sút", "tay vợt", "thanh niên",
           "cộng sự", "thủ môn", "tiền đạo", "chủ công", "phụ công", "chuyền hai", "tiền vệ", "hậu vệ",
           "kình ngư", "biên đạo", "đạo diễn", "già bản")  # fmt: skip
"""How nouns for people end ("phóng viên", "chiến sĩ", "cầu thủ", "luật sư"), and other words before a name."""
_LISTS = frozenset(":(/|•+")
"""Marks that a name may follow: of a list, a bracket, a pair, a cell."""


def untitled(words: Words, names: Names, found: Iterable[Person]) -> Iterator[Person]:
    """The names of this part that no title leads; `found`: who was read before."""
    ends = {person.end for person in found}
    for hit in words.all("surnames"):
        first = hit.first
        if not words.capital(first + 1) and words.key(first + 1) not in _MIDDLE:
            continue  # no name of two words: most are passed over here
        before = words.gap(first - 1) == " " and words.capital(first - 1)
        if before and words.keys[first] == "thị" and not words.at(first - 1, "surnames"):
            first, before = first - 1, words.gap(first - 2) == " " and words.capital(first - 2)  # "Đậu Thị Thơm"
            if before and _two_words(words, first - 1):  # "La O Thị Xuân"
                first, before = first - 1, False
        if before or words.shouted(first) or words.before(first, "things", "level", "surnames"):
            continue
        end = names.name(first)
        if _whole(words, first, end) and (_speaks(words, first, end) or _led(words, first, end, ends)):
            ends.add(end)
            yield Person(first, end, names.written(first, end), "bare-name", private=True, confidence=0.7)


def _two_words(words: Words, index: int) -> bool:
    """Is it the first word of a family name of two, as the hills have: "La O", "Pi Năng", "Ka Pu"?"""
    short = len(words.keys[index]) < WHOLE and index not in words.hits
    return short and not (words.gap(index - 1) == " " and words.capital(index - 1))


def _whole(words: Words, first: int, end: int) -> bool:
    """Is a name of so many words whole? A name of the hills may be short: "Y Ngân", "Nay H’Bil"."""
    if end - first >= WHOLE:
        return True
    return end - first == WHOLE - 1 and (words.keys[first] == "y" or bool(_MARKS & set("".join(words.keys[first:end]))))


def _speaks(words: Words, first: int, end: int) -> bool:
    """Is it a name by its middle, or by what stands behind it: "Lò Sơn Hà chia sẻ", "Lê Thanh Thiện (11 tuổi)"?"""
    if end - first < WHOLE:
        return False
    says = words.gap(end - 1) == " " and words.key(end) in small_words("speaks")
    return says or words.keys[first + 1] in _MIDDLE or (words.gap(end - 1) == "(" and _aged(words.keys[end : end + 3]))


def _aged(keys: list[str]) -> bool:
    """Do words say how old somebody is: "11 tuổi", "18 tháng tuổi", "SN 2010", "sinh năm 2010"?"""
    return keys[:1] == ["sn"] or keys[:1] == ["sinh"] or (keys[:1] != [] and keys[0].isdigit() and "tuổi" in keys)


def _led(words: Words, first: int, end: int, ends: set[int]) -> bool:
    """Does what stands before a name lead to one, or end another's of the same list?"""
    gap, before = words.gap(first - 1), words.key(first - 1) if first else ""
    if words.gap(end - 1) == " " and words.capital(end):
        return False
    if gap == " ":
        if before == "và":
            return _behind(words, first - 1, ends)
        return before in _LEADS or (not words.capital(first - 1) and _calls(words, first))
    return gap[-1:] in _LISTS or (before.isdigit() and gap in (".", ")")) or _behind(words, first, ends)


def _calls(words: Words, first: int) -> bool:
    """Do the words before this one say what somebody is?"""
    return " ".join(words.keys[max(0, first - 2) : first]).endswith(_CALLED)


def _behind(words: Words, index: int, ends: set[int]) -> bool:
    """Does somebody's name end before a word, or the bracket behind it: "A (xã B), | C"?"""
    gap = words.gap(index - 1)
    if index in ends:
        return gap in (" ", ",", ";", "-", "/")
    if not gap.startswith(")"):
        return False
    opened = (at for at in range(index - 1, max(0, index - BRACKET), -1) if "(" in words.gap(at - 1))
    return next(opened, -1) in ends
