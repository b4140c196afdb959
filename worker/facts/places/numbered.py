"""Numbers in the names of villages, quarters and landmarks: "thôn 3A", "khu vực 1", "thôn Sơn Hải 2"."""

from __future__ import annotations

from worker.facts import gazetteer
from worker.facts.gazetteer import small_words, unit_key
from worker.facts.words import Hit, Words

NUMBER = 2  # digits of a number in the name of a village or a landmark
COMMUNE = (2, 3)  # words of a commune's name, at least and at most
QUARTERS = ("khu vực", "cụm")
"""Parts of a town or a village that are called so, but much else, too; they have numbers, and names seldom."""
_NUMBERED = frozenset({"quận", "phường", "thôn", "ấp", "khóm", "khu phố", "khối phố", "khối", "tổ dân phố", "xóm"})
_NUMBERED |= {"buôn", "bản", "tiểu khu", "làng", "khu dân cư"}
_LETTERS = ("a", "b", "c")
"""Letters by which the parts of a village are told apart, behind its number."""
_LIVES = frozenset(("ở", "ngụ", "trú", "tại"))
_GIVEN = frozenset(("suất", "phần", "triệu", "thùng", "căn", "hộ", "người", "khẩu", "túi", "xe", "ngôi", "con", "bộ",
                    "cái", "chiếc", "bò"))  # fmt: skip
"""What is counted behind a village: its name ends before the number."""


def bears_number(words: Words, hit: Hit, end: int) -> bool:
    """Is the number that ends before a word the name of a place of this level?"""
    if hit.entry.name not in QUARTERS:
        return hit.entry.name in _NUMBERED
    if words.gap(end - 1) == " " and words.key(end) in ("miền", "thi", "đặc"):  # "khu vực 3 miền núi"
        return False
    cell = words.ending(hit.first, "cell", "union", "area") if words.gap(hit.first - 1) in (" ", ")") else None
    told = cell is not None and cell.entry.name.startswith(("Chi ", "Tổ "))
    holder = words.at(end, "level") if words.gap(end - 1) == "," else None
    lies = holder is not None and holder.entry.data[0] in ("commune", "village")
    lives = words.key(hit.first - 1) in _LIVES and words.gap(hit.first - 1) == " "
    also = words.key(hit.first - 1) == "và" and words.key(hit.first - 2).isdigit()  # "khu vực 3 và khu vực 5"
    return told or (hit.entry.name == "khu vực" and (lies or lives or also))


def named_quarter(words: Words, hit: Hit) -> bool:
    """Has a quarter of a town a name after all: "khu vực Yên Hòa, phường Lê Bình", as in the Mekong delta?"""
    end = words.run(hit.end)
    holder = words.at(end, "level") if words.gap(end - 1) in (",", "(") else None
    lies = holder is not None and holder.entry.data[0] == "commune" and words.capital(holder.end)
    return lies and hit.entry.name == "khu vực" and hit.end < end <= hit.end + COMMUNE[1]


def number_at(words: Words, index: int) -> int | None:
    """The end of a number for a name: "7", "3A", "số 5"; None where there is none."""
    if index < len(words) and words.keys[index] == "số" and words.gap(index) == " ":
        index += 1
    if index >= len(words) or not words.keys[index][:1].isdigit():
        return None
    key = words.keys[index]
    if not (key.isdigit() and len(key) < 3) and not (key[:-1].isdigit() and key[-1].isalpha() and len(key) < 4):
        return None
    return index + 1 if words.gap(index) not in ("/", "%") else None


def ends_in_number(words: Words, end: int, level: str) -> bool:
    """Does a number end the name: "thôn Đông Hải 2", "KCN Sóng Thần 2", but not "bản Lừm 5 năm liền"?"""
    lettered = level == "village" and words.key(end)[-1:] in _LETTERS  # "bon Bu Đăk 1A"
    number = words.key(end)[:-1] if lettered else words.key(end)
    if words.gap(end - 1) != " " or not number.isdigit() or len(number) > NUMBER:
        return False
    small = words.gap(end) == " " and not words.capital(end + 1)
    if small and words.key(end)[0] == "0" and words.key(end + 1) not in small_words("ends_role"):
        return False  # "xóm Nà Lũng 01 bộ loa kéo", but "xóm Nà Lũng 01 có 60 hộ"
    if level == "village":  # "bản Lừm 5 năm liền", "ấp Tân Bình 10 phần quà"
        return words.key(end + 1) != "năm" and not (words.gap(end) == " " and words.key(end + 1) in _GIVEN)
    return words.gap(end) != " " or words.key(end + 1) in small_words("ends_role")


def past_commune(words: Words, index: int) -> int:
    """The word behind the merged commune that tells hamlets of one number apart: "thôn 5 | Ngọc Tảo"."""
    end = words.run(index)
    if words.gap(index - 1) != " " or not COMMUNE[0] <= end - index <= COMMUNE[1] or words.shouted(index):
        return index
    name = unit_key(words.written(index, end))
    known = any(gazetteer.communes().get(unit_key(kind) + name) for kind in ("xã", "phường", "thị trấn"))
    return end if known else index


def day_at(words: Words, index: int) -> int | None:
    """The end of a day that a landmark is named after: "Công viên 30-4"; None where there is none."""
    day = words.key(index).isdigit() and words.key(index + 1).isdigit() and words.gap(index) in ("-", "/")
    return index + 2 if day else None
