"""Whose an office is of a group that no list of organisations has: the one that the text named last.

"Tổ phụ nữ an toàn trên biển có 24 thành viên, do bà X làm Tổ trưởng", "Ban Liên lạc nữ tù yêu nước huyện được kiện
toàn, bà X làm Trưởng ban".
"""

from __future__ import annotations

from functools import lru_cache

from worker.facts.gazetteer import small_words
from worker.facts.organisations.owners import Owners
from worker.facts.people.names import Names
from worker.facts.words import Words
from worker.vietnamese import tone_key

NEAR = 80  # words back to its name
LONGEST = 14  # words of a group's name
_HEADS = {
    "tổ": (("tổ",),),
    "nhóm": (("nhóm",),),
    "đội": (("đội",),),
    "ban": (("ban",),),
    "chủ nhiệm": (("câu", "lạc", "bộ"), ("clb",), ("ủy", "ban", "kiểm", "tra"), ("htx",), ("hợp", "tác", "xã")),
    "giám đốc": (("htx",), ("hợp", "tác", "xã"), ("trung", "tâm")),
    "bí thư": (("chi", "bộ"), ("chi", "đoàn"), ("đảng", "bộ")),
    "chi ủy viên": (("chi", "bộ"),),
    "hội": (("hội",),),
}
"""What an office says of the group that it leads -> how such a group's name begins."""
_OFFICES = {"tổ trưởng": "tổ", "tổ phó": "tổ", "nhóm trưởng": "nhóm", "đội trưởng": "đội", "đội phó": "đội",
            "trưởng ban": "ban", "phó ban": "ban", "phó trưởng ban": "ban", "trưởng nhóm": "nhóm",
            "hội trưởng": "hội", "hội phó": "hội"}  # fmt: skip
_PLAIN = ("phó ", "quyền ", "nguyên ")
_ENDS = frozenset(("ra", "lần", "nhiệm", "khóa", "khoá", "hôm", "mới", "họp", "vừa", "hoạt", "hiện", "năm", "do", "bầu",
                   "gồm", "thì", "giao", "cử", "chọn", "đạt"))  # fmt: skip
"""Words behind a group's name, beside those that end a role."""


def group_owner(names: Names, index: int, role: str) -> str | None:
    """The group whose name stands before a word, in its paragraph, and that an office by this name leads."""
    heads = _heads(role)
    words = names.words
    if not heads:
        return None
    start, _ = names.context.paragraph(words.starts[index])
    for first in range(index - 1, max(-1, index - NEAR), -1):
        if words.starts[first] < start:
            break
        if not words.capital(first) or words.before(first, "office"):
            continue
        head = next((head for head in heads if tuple(words.keys[first : first + len(head)]) == head), None)
        if head and (told := _named(names, first, first + len(head))):
            return told
    return None


@lru_cache(maxsize=256)
def _heads(role: str) -> tuple[tuple[str, ...], ...]:
    """How the names of groups begin that an office by this name can be of."""
    office = tone_key(role.rpartition(", ")[2].lower())
    for prefix in () if office in _OFFICES else _PLAIN:
        office = office.removeprefix(prefix)
    office = _OFFICES.get(office, office)
    heads = next((heads for name, heads in _HEADS.items() if tone_key(name) == office), ())
    return tuple(tuple(map(tone_key, head)) for head in heads)


def _named(names: Names, first: int, index: int) -> str | None:
    """The name that begins so, with the place that it is of; None where it says no more than what it is."""
    words, end = names.words, index
    while end < min(index + LONGEST, len(words)) and words.gap(end - 1) in (" ", "-") and not _ended(words, end):
        if (place := Owners(names.context).place(end)) is not None:
            return f"{words.written(first, end)} {place.name}"
        end += 1
    return words.written(first, end) if end > index else None


def _owns(words: Words, index: int) -> bool:
    """Is it "chủ" as in "Nữ chủ vườn", and not as in "chủ trì"?"""
    return words.keys[index] == "chủ" and words.key(index + 1) not in ("trì", "động", "yếu", "trương")


def _ended(words: Words, index: int) -> bool:
    key = words.keys[index]
    small = not words.capital(index)
    ends = key in _ENDS or (key in small_words("ends_role") and not _owns(words, index))
    compound = words.at(index, "compounds", "office") or words.at(index - 1, "compounds")
    someone = not small and words.at(index, "office", "honorific") is not None
    return key.isdigit() or (small and ends and not compound) or someone
