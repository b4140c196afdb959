"""Names of places that no gazetteer has: how far a run of capitals goes, and whether it is a place's name at all."""

from __future__ import annotations

from worker.facts.gazetteer import small_words
from worker.facts.places.numbered import ends_in_number
from worker.facts.words import Words

_ROMAN = frozenset("ivx")
_NO_PLACES = ("union", "area", "party", "central", "office", "honorific", "open", "free", "level", "event", "head")
"""What a list behind "gồm" may begin with that is no place of the level told: "2 huyện gồm Hội LHPN huyện A"."""
KIND = 8  # words of what is told of places before they are named


def unlisted(words: Words, index: int, level: str) -> int | None:
    """The end of a name that no list has: a short run of capitals that is neither a person nor an ordinary phrase."""
    start = _led_in(words, index) if level == "landmark" else index
    end = words.run(start)
    for stop in range(start + 1, end):  # "xã Hòa Phú Chủ tịch …", "xã Đak Mới Nguyễn Thị Lan"
        someone = words.at(stop, "office", "union", "area", "party", "honorific")
        if someone and not (someone.entry.sort == "honorific" and someone.end == end):  # but "làng Đăk Mế"
            end = stop
            break
        surname = level != "street" and stop > index and words.at(stop, "surnames")
        goes_on = level == "village" and _one_name(words, index, stop)
        if surname and end - stop >= 2 and end - index > 3 and not goes_on:
            end = stop
            break
    size = end - start
    if (known := words.at(index, "compounds")) and known.end > end == index + 1:  # "khối Cảnh sát nhân dân"
        return None
    if level == "landmark" and words.keys[end - 1 : end + 1] == ["nhân", "dân"]:
        of_province = words.key(end + 1) == "tỉnh" and not words.capital(end + 2)  # "Quảng trường Nhân dân tỉnh"
        end, size = end + 1 + of_province, size + 1
    centre = size == 1 and words.keys[start : end + 1] == ["trung", "tâm"]  # "chợ Trung tâm huyện"
    called_by = words.keys[index] in small_words("no_village") and (size == 1 or known is not None)
    city = words.at(end - 1, "level") if level == "landmark" else None
    alone = city and words.key(end) == "phố" and not (words.gap(end) == " " and words.capital(end + 1))
    if city and alone:
        return city.end  # "Nghĩa trang Thành phố"
    if not 0 < size <= 4 or words.shouted(index) or called_by or centre:  # "thôn Văn hóa", but "thôn Văn Lâm"
        return None
    if level in ("district", "commune") and size == 1:
        return None
    bare = size == 1 and words.upper(index) and words.keys[index].isalpha()  # but "buôn K62", "Nghĩa trang liệt sĩ A1"
    called_so = level == "landmark" and words.keys[index - 1] in ("viên", "nghiệp") and size == 1
    called_so = called_so and words.at(index, "level") is None  # "Công viên APEC", but "khu công nghiệp TP"
    if bare and not called_so and not _ROMAN.issuperset(words.keys[index]):  # "Khối SME"
        return None
    return end + (level in ("village", "landmark") and ends_in_number(words, end, level))


def _one_name(words: Words, index: int, stop: int) -> bool:
    """Does a village's name go on where a family name seems to begin: "khóm Cà | Lăng A Biển", "bản Săng | A Biển"?

    Not so where its head is named: "Trưởng thôn Mơ | Hà Văn Lâm".
    """
    minority = stop == index + 1 or words.key(stop) in ("a", "y")
    return minority and words.key(stop + 1) not in ("thị", "văn") and not _headed(words, index)


def _headed(words: Words, index: int) -> bool:
    """Does an office end with the word for the level: "Trưởng khóm", but not "Chi hội trưởng khóm"?"""
    return words.ending(index, "office") is not None and words.ending(index - 1, "office") is None


def _led_in(words: Words, index: int) -> int:
    """Where the capitals of a landmark's name go on, behind whose or what it is: "Chủ tịch | Hồ Chí Minh"."""
    inner = words.at(index, "level") if words.capital(index) else None  # "Đài tưởng niệm Nhà tù | Sơn La"
    if inner and inner.entry.data[1] == "landmark" and words.capital(inner.end) and words.gap(inner.end - 1) == " ":
        return inner.end
    office = words.at(index, "office") if words.capital(index) else None
    if office and words.gap(office.end - 1) == " " and words.capital(office.end):
        return office.end
    crossing = words.keys[index] == "ngã" and words.key(index + 1) in small_words("several")
    return index + 2 if crossing and words.capital(index + 2) else index  # "Khu di tích Ngã ba Đồng Lộc"


def described(words: Words, index: int) -> int:
    """Where the names of places begin, behind what they are like: "các bản | đặc biệt khó khăn như Xê"; else `index`.

    Or behind the word for a list alone: "4 xã | gồm: A, B".

    `index`: the word behind the one for their level.
    """
    end, terrain = index, small_words("terrain")
    while end < min(index + KIND, len(words)) and words.gap(end - 1) == " " and words.keys[end] in terrain:
        end += 1
    led = words.gap(end - 1) == " " and words.key(end) in ("như", "gồm", "là")
    begins = end + led
    if end == index and not (led and words.at(begins, *_NO_PLACES) is None):
        return index
    named = words.gap(begins - 1) in (" ", ":") if led else words.gap(end - 1) in (":", "(")
    return begins if named and words.capital(begins) else index
