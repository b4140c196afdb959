"""Venues: the hall, the house of culture or the hotel in which something took place, as written behind "tại" or "ở".

"tại Nhà văn hóa khu phố 4", "tại Hội trường Bệnh viện A Thái Nguyên", "ở Khách sạn Sài Gòn - Phú Thọ". What stands
within the name is told too: "huyện Lục Ngạn" in "Nhà văn hóa trung tâm huyện Lục Ngạn".
"""

from __future__ import annotations

from collections.abc import Iterator

from worker.facts.places.place import Place
from worker.facts.span import Context
from worker.facts.words import Hit, Words, words_of

LONGEST = 10  # words in the name of a venue, beyond what it is
_HEADS = (
    ("nhà", "văn", "hóa"), ("nhà", "văn", "hoá"), ("cung", "văn", "hóa"), ("cung", "văn", "hoá"), ("hội", "trường"),
    ("khách", "sạn"), ("nhà", "thiếu", "nhi"), ("cung", "thiếu", "nhi"), ("trung", "tâm", "hội", "nghị"),
    ("trung", "tâm", "hành", "chính"),
    ("trung", "tâm", "văn", "hóa"), ("trung", "tâm", "văn", "hoá"), ("trung", "tâm", "tổ", "chức", "sự", "kiện"),
    ("trung", "tâm", "triển", "lãm"), ("trung", "tâm", "thể", "thao"), ("nhà", "thi", "đấu"), ("sân", "vận", "động"),
    ("nhà", "hát"), ("nhà", "khách"), ("trụ", "sở", "liên"), ("nhà", "sinh", "hoạt"), ("nhà", "hàng"), ("rạp",),
    ("nhà", "thờ"), ("nhà", "đa", "năng"), ("bảo", "tàng"),
    ("trung", "tâm", "văn", "hóa", "và", "học", "tập", "cộng", "đồng"), ("trung", "tâm", "học", "tập", "cộng", "đồng"),
    ("trung", "tâm", "văn", "hoá", "và", "học", "tập", "cộng", "đồng"), ("nhà", "triển", "lãm"),
)  # fmt: skip
_BY_FIRST = {first: [head for head in _HEADS if head[0] == first] for first in {head[0] for head in _HEADS}}
_IN = frozenset(("tại", "ở"))
_WITHIN = frozenset(
    ("thành", "phố", "tỉnh", "huyện", "quận", "xã", "phường", "thị", "trấn", "thôn", "bản", "ấp", "khu", "buôn", "bon",
     "làng", "xóm", "khóm", "tổ", "dân", "cộng", "đồng", "trung", "tâm", "lao", "động", "thiếu", "nhi", "thanh", "niên",
     "sinh", "hoạt", "số", "ủy", "uỷ", "đa", "năng", "cơ", "quan", "công", "nhân", "hữu", "nghị", "thể", "thao", "giáo",
     "xứ", "văn", "hóa", "hoá", "tiểu", "trường", "viện", "trị", "lãm", "học", "chính", "phòng", "biên", "đoàn", "quân",
     "sự", "ban", "y", "tế", "mầm", "non", "quốc", "khẩu", "lớn", "hành")
)  # fmt: skip
"""Words in small letters that the name of a venue may hold."""
_NAMED = ("area", "open", "party", "department", "numbered", "compounds")
"""Phrases of the gazetteer that the name of a venue may hold: whose it is, and what for."""
_SHORT = frozenset(("tp", "tx", "tt", "q", "p"))
"""Units before a full stop: "Hội trường UBND TP.Tân An"."""
_UNITS = frozenset(("tỉnh", "phố", "huyện", "quận", "xã", "phường", "trấn"))


def venues_of(context: Context) -> Iterator[Place]:
    """The venues of this part, in the order of the text."""
    words = words_of(context)
    for index in words.where(_IN):
        if index + 1 < len(words) and words.gap(index) == " ":
            heads = _BY_FIRST.get(words.keys[index + 1], ())
            size = max((len(head) for head in heads if _opens(words, index + 1, head)), default=0)
            if size and (end := _end(words, index + 1, index + 1 + size)):
                name = " ".join(words.written(index + 1, end).split())
                yield Place(index + 1, end, "venue", name, "venue", confidence=0.8)


def _acts(words: Words, hit: Hit) -> bool:
    """Is it but a small word for what is done there: "tại hội trường tập huấn …"?"""
    if hit.entry.sort != "compounds" or words.capital(hit.first):
        return False
    return not words.capital(hit.first - 1) and words.keys[hit.first - 1] not in _WITHIN


def _begins(words: Words, index: int) -> bool:
    """Does another venue begin with this word: "tại Nhà văn hóa A và Khách sạn B"?"""
    return any(_opens(words, index, head) for head in _BY_FIRST.get(words.key(index), ()))


def _opens(words: Words, index: int, head: tuple[str, ...]) -> bool:
    return tuple(words.keys[index : index + len(head)]) == head


def _end(words: Words, first: int, index: int) -> int | None:
    """The end of the name; None if it says no more than what it is: "tại hội trường", "tại nhà văn hóa xã"."""
    end = index
    while end < min(index + LONGEST, len(words)):
        gap = words.gap(end - 1)
        joint = gap == " " or (gap == "-" and words.capital(end))  # "Trung tâm Văn hóa - Điện ảnh tỉnh"
        if joint and (known := words.at(end, *_NAMED)) and not _acts(words, known):
            end = known.end  # "hội trường Trung tâm Giáo dục thường xuyên tỉnh", "Hội trường Công an tỉnh"
            continue
        proper = words.capital(end) or words.keys[end].isdigit()
        day = gap == "/" and words.keys[end - 1].isdigit() and words.keys[end].isdigit()  # "Hội trường 25/4"
        joined = proper and (gap == "-" or day or (gap == "." and words.keys[end - 1] in _SHORT))
        other = words.keys[end] == "và" and words.capital(end + 1) and not _begins(words, end + 1)
        if not (joined or gap == " ") or not (proper or other or words.keys[end] in _WITHIN):
            break
        if words.at(end, "honorific") and not words.at(end, "level"):
            break
        end += 1
    told = any(words.capital(at) or words.keys[at].isdigit() for at in range(index, end))
    told = told or (words.capital(first) and end > index and words.keys[end - 1] in _UNITS)
    return end if told else None
