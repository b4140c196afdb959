"""An event where a text tells of it, and where its name ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from worker.facts import cues
from worker.facts.gazetteer import small_words
from worker.facts.quotes import Quote
from worker.facts.words import Words, year_at

DATED = 8  # words from a comma in a name to its year
LISTED = 4  # words of a second thing in a name, up to whom it is for
PLACES = 20  # words of the names of several places
PLACE = 6  # words of a place over a comma, before the number of a congress
LONGEST = 40  # words in the name of an event
DEED = 4  # words that make a deed an event: "khai trương", and two beyond
_ANOTHER = frozenset(("tổ", "khai", "trao", "tặng", "phát", "ra"))  # with "và" these begin another deed
_WITHIN = frozenset(' -/“”"»«&')  # marks that an event's name may hold


@dataclass(frozen=True, slots=True)
class Event:
    """An event where it is told: words [first, end) of the part."""

    first: int
    end: int
    name: str
    rule: str
    when: str | None = None
    where: str | None = None
    host: str | None = None
    weight: int = 0  # how much the mention says


def name_end(words: Words, index: int, quoted: dict[int, Quote], common: frozenset[str] = frozenset()) -> int:
    """The end of an event's name: before the next mark, or a word that tells when, where or to what end.

    `common`: such words that belong to this name.
    """
    end, last, may_end = index, min(index + LONGEST, len(words)), _may_end()
    keys, gap_after = words.keys, words.gap
    while end < last:
        gap = gap_after(end - 1)
        if gap == " " and keys[end] not in may_end and end not in quoted and keys[end - 2] != "thứ":
            end += 1  # most words
            continue
        opening = (keys[end], words.key(end + 1)) in _OPENS and gap in (" ", '"', "”") and keys[end - 1] != "mừng"
        if (opening and (end > index or keys[end] == "cử")) or keys[end : end + 3] == ["trên", "địa", "bàn"]:
            break
        if not (_WITHIN.issuperset(gap) or _joined(words, end, gap, quoted)):
            break
        if _ends(words, end, common) or _did(words, end) or _sized(words, end):
            break
        visit = "thăm" in keys[index - 4 : index] and keys[end + 1 : end + 3] in _BROUGHT  # "thăm … và tặng quà"
        if (
            keys[end] == "và" and end > index and not visit and _another(words, end + 1)
        ):  # "tổng kết và trao giải" is one
            break
        end = quoted[end].end if end in quoted else end + 1
    while end > index and _leads(words, end - 1):
        end -= 1
    return end


def _leads(words: Words, index: int) -> bool:
    """Does this word lead to what was cut off: "năm" to its number, but not in "6 tháng đầu năm"?"""
    if words.keys[index] == "năm":
        return not words.capital(index) and words.keys[index - 1] not in ("đầu", "cuối", "giữa")
    return words.keys[index] in _LEADS


def _joined(words: Words, index: int, gap: str, quoted: dict[int, Quote]) -> bool:
    """Does a name go on over the marks before this word?"""
    if gap == ",":
        deed = words.at(index, "event", "deed")
        if (deed and deed.entry.data[0] in ("deed", "act")) or one_name(words, index):
            return True  # "lễ khánh thành, bàn giao nhà …"
    if gap in (".", ",") and words.keys[index - 1].isdigit() and words.keys[index].isdigit():
        return words.ends[index - 1] + 1 == words.starts[index]  # "3.000 chị", not "… 2016 - 2021. 185 đại biểu"
    return _quoted_next(gap, index, quoted) or _abbreviated(words, index, gap)


def _abbreviated(words: Words, index: int, gap: str) -> bool:
    """Does a name go on into an abbreviation in brackets here, or behind it: "Hội Liên hiệp Phụ nữ (LHPN) tỉnh"?"""
    short = index if gap == "(" else index - 1 if gap == ")" else None
    if short is None or not words.upper(short) or not words.keys[short].isalpha():
        return False
    return (words.gap(short - 1), words.gap(short)) == ("(", ")")


@cache
def _may_end() -> frozenset[str]:
    """Words that may end a name: those that tell when and where, and the first ones of what it says behind a name."""
    return small_words("ends_event") | {"trên", "và"} | _MEASURES | {first for first, _ in _OPENS}


_MEASURES = frozenset(("rộng", "dài", "cao"))
"""Words before a number by which a work is measured: "khởi công nhà “Mái ấm tình thương” | rộng 45 m2"."""
_OPENS = frozenset(
    (("khai", "mạc"), ("bế", "mạc"), ("quy", "tụ"), ("thu", "hút"), ("kết", "thúc"), ("khép", "lại"), ("cử", "hành"),
     ("kéo", "dài"), ("nằm", "trong"), ("trong", "khuôn"), ("thuộc", "khuôn"), ("tiến", "hành"), ("thành", "công"),
     ("dự", "kiến"))
)  # fmt: skip
"""What it says of an event behind its name: that it opened, closed, drew so many, is a part of another."""
_ENDS_WITH = {
    "nhân": frozenset(("dịp", "kỷ", "ngày", "tháng", "tuần", "lễ")),  # but "nghệ nhân", "doanh nhân"
    "tổ": frozenset(("chức",)),
    "đồng": frozenset(("thời",)),
    "diễn": frozenset(("ra",)),  # but "trình diễn", "biểu diễn"
    "họp": frozenset(
        ("ngày", "vào", "sáng", "chiều", "tối", "tại", "hôm", "để", "rút", "theo", "trực", "phiên", "trong", "trù")
    ),
    "mở": frozenset(("hôm", "ngày", "vào", "sáng", "chiều", "tối", "tại", "cửa", "ra", "song", "màn")),
    "chọn": frozenset(("xã", "phường", "huyện", "đơn", "thị", "hội", "chi", "thành")),
    "bằng": frozenset(("hình", "cách", "việc", "phương", "nguồn", "tiền", "các", "những", "nhiều", "tiếng")),
}
"""A word that ends a name -> what must follow it, for it may also be half of another word."""

_WHOLE = (["đồng", "bằng"], ["đối", "với"], ["gắn", "với"], ["trực", "thuộc"])
"""Words of which the second, alone, ends a name."""
_CAUSES = frozenset(("dịch", "covid", "thiên", "bão", "mưa", "lũ", "tai", "bom", "chiến", "hiv"))

_WHEN = frozenset(("ngày", "nay", "cùng", "qua", "mai", "mùng", "thứ", "hôm", "tại"))  # with "sáng": when it was


def _ends(words: Words, index: int, common: frozenset[str]) -> bool:
    """Does this word tell when, where or to what end, and so belong to no name?"""
    key = words.keys[index]
    if key not in small_words("ends_event") - common or words.capital(index):
        return False
    if key == "ngày":
        return words.key(index + 1)[:1].isdigit()
    if key in ("sáng", "trưa", "chiều", "tối", "đêm"):  # but "sáng tác", "sáng kiến"
        return words.key(index + 1)[:1].isdigit() or words.key(index + 1) in _WHEN
    if key in _ENDS_WITH:
        return _ends_with(words, index)
    if key == "do":  # "trẻ mồ côi do dịch Covid-19"
        return words.key(index + 1) not in _CAUSES
    women = words.keys[index - 1 : index + 1] == ["nữ", "với"] and words.key(index + 1) in small_words("with_women")
    return not women and words.keys[index - 1 : index + 1] not in _WHOLE  # "CLB Phụ nữ với pháp luật"


def _sized(words: Words, index: int) -> bool:
    """Does it say here how large a work is: "… | rộng 45 m2", but not "Lễ hội Áo | dài 2024"?"""
    size = words.keys[index] in _MEASURES and words.key(index + 1)[:1].isdigit()
    return size and words.keys[index - 1] != "áo" and year_at(words, index + 1) is None


def _ends_with(words: Words, index: int) -> bool:
    """Does what follows say that this word ends a name, and is no half of another?"""
    key, following = words.keys[index], words.key(index + 1)
    if key == "nhân" and following.isdigit():
        return words.key(index + 2) == "năm"  # "nhân 94 năm Ngày thành lập Hội"
    met = words.keys[index - 1 : index + 1] == ["mặt", "nhân"]  # "họp mặt nhân kỷ niệm …"
    return not met and following in _ENDS_WITH[key]


def _did(words: Words, index: int) -> bool:
    """Does it say behind the number of a congress what it did: "Đại hội … lần thứ XVII | dâng hương tại …"?"""
    hit = words.at(index, "event", "deed") if words.keys[index - 2] == "thứ" else None
    return hit is not None and hit.entry.data[0] in ("act", "visit", "gift")


def _dated(words: Words, index: int) -> bool:
    """Does a name go on over a comma here up to its year: "Phụ nữ sáng tạo, khởi nghiệp năm 2024"?"""
    if words.keys[index] == "sinh":
        return False  # "bà A, sinh năm 1980"
    for here in range(index, min(index + DATED, len(words) - 1)):
        if words.keys[here] == "năm":
            return here > index and year_at(words, here + 1) is not None
        if words.gap(here) != " " or (_ends(words, here, frozenset()) or words.at(here, "event")):
            return False
    return False


def _placed(words: Words, index: int) -> bool:
    """Is it a place, and behind it the number of a congress: "xã A, | huyện B lần thứ X", "…, | Lạng Sơn khóa V"?"""
    here = index
    while here < index + PLACE and (words.capital(here) or words.keys[here] in _UNITS) and words.gap(here) == " ":
        here += 1
    return here > index and words.key(here) in ("lần", "khóa", "khoá", "nhiệm")


def _listed(words: Words, index: int) -> bool:
    """Is it the second of two things that one name is of: "ung thư vú, | cổ tử cung cho 350 chị em"?"""
    for here in range(index, min(index + LISTED, len(words) - 1)):
        if words.gap(here) != " " or words.keys[here] in _TOLD or _ends(words, here, frozenset()):
            return False
        if words.keys[here + 1] in ("cho", "dành"):
            return True
    return False


def _many(words: Words, index: int) -> bool:
    """Does a word for many begin here: "Hội thao cán bộ, | giáo viên ngành Giáo dục"?"""
    return " ".join(words.keys[index : index + 2]) in cues.words("collectives")


def _places(words: Words, index: int) -> bool:
    """Is it a further one of several places: "… các huyện Minh Hóa, | Tuyên Hóa và Quảng Trạch"?"""
    here = index
    while words.capital(here - 1) and index - here < PLACES and words.gap(here - 1) in (" ", ","):
        here -= 1
    several = words.keys[here - 2] in _SEVERAL or words.keys[here - 2].isdigit()
    return words.capital(index) and here < index and words.keys[here - 1] in _LEVELS and several


def _quoted_next(gap: str, index: int, quoted: dict[int, Quote]) -> bool:
    """Does a further quotation follow one: "danh hiệu “Nghệ nhân nhân dân”, | “Nghệ nhân ưu tú”"?"""
    return index in quoted and gap[:1] in ("”", '"', "»") and "," in gap


def _another(words: Words, index: int) -> bool:
    """Does another event begin with this word, as its capital says, or another deed: "… và Hội thi nấu ăn"?"""
    return words.key(index) in _ANOTHER or (words.capital(index) and words.at(index, "event") is not None)


_BROUGHT = (["tặng", "quà"], ["trao", "quà"], ["tặng", "hoa"], ["trao", "tặng"], ["động", "viên"])
"""What is done on a visit, too."""
_LEADS = frozenset(("và", "của", "cho", "các", "từng", "nơi", "tại", "ở"))
"""Words that no name ends with: they lead to what was cut off."""
_UNITS = frozenset(("tỉnh", "thành", "phố", "huyện", "quận", "thị", "xã", "tp"))
_LEVELS = _UNITS | {"phường", "thôn", "ấp", "bản", "xóm"}
_SEVERAL = frozenset(("các", "hai", "ba", "bốn", "những"))
_TOLD = frozenset(
    ("chuẩn", "bầu", "miễn", "thông", "quyết", "phân", "trao", "tặng", "có", "gồm", "hỗ", "phát", "cấp", "gắn", "mang",
     "đoàn", "các", "ông", "bà")
)  # fmt: skip
"""Words that begin what else was done, and no second thing in a name."""
_PAIRS = (
    ("phòng", "chống"),
    ("tỉnh", "thành"),
    ("nữ", "trẻ"),
    ("bộ", "hội"),
    ("bộ", "công"),
    ("bộ", "nhân"),
    ("thăm", "hỗ"),
    ("thăm", "động"),
    ("thăm", "tặng"),
    ("thăm", "làm"),
    ("thăm", "chúc"),
    ("thăm", "trao"),
    ("hỏi", "trao"),
    ("hỏi", "tặng"),
    ("hỏi", "động"),
    ("hương", "dâng"),
    ("hoa", "dâng"),
    ("hương", "viếng"),
    ("hương", "tưởng"),
    ("hương", "báo"),
    ("hoa", "viếng"),
    ("bộ", "chiến"),
    ("tặng", "truy"),
    ("tặng", "phong"),
    ("tặng", "trao"),
)
"""Last word before a comma and first behind it that one thing is called by: phòng, chống; cán bộ, hội viên; …"""


_MOTHERS = ["anh", "hùng"]
"""The end of whom others are visited with: "thăm, tặng quà Mẹ Việt Nam Anh hùng, | hội viên nghèo xã A"."""


def one_name(words: Words, index: int) -> bool:
    """Does a name go on over the comma before this word: "phòng, chống", "phụ nữ, trẻ em", "lần thứ II, nhiệm kỳ …"?"""
    return (
        (words.keys[index - 1], words.keys[index]) in _PAIRS
        or words.keys[index : index + 2] == ["nhiệm", "kỳ"]
        or _dated(words, index)
        or _listed(words, index)
        or _places(words, index)
        or (_many(words, index) and (_many(words, index - 2) or words.keys[index - 2 : index] == _MOTHERS))
        or (words.keys[index - 2] == "thứ" and words.keys[index : index + 3] == ["ban", "chấp", "hành"])
        or _placed(words, index)
        or (words.keys[index] in ("khóa", "khoá") and "thứ" in words.keys[index - 2 : index])
    )


def cased(words: Words, first: int, end: int) -> str:
    """Words [first, end) as written, with a capital first."""
    name = words.written(first, end)
    return name[:1].upper() + name[1:]


def tidy(name: str) -> str:
    """A name with single blanks, and with the quotation mark that closes it."""
    name = " ".join(name.split())
    name = f'{name}"' if name.count('"') % 2 else name
    return f"{name}”" if name.count("“") > name.count("”") else name


def tail(words: Words, end: int) -> int:
    """The end with "năm 2024", "lần thứ nhất", "mùa 3" where it follows."""
    keys = words.keys[end : end + 3]
    if keys[:1] == ["năm"] and len(keys) > 1 and year_at(words, end + 1):
        return end + 2
    if keys[:2] == ["lần", "thứ"]:
        return end + 3
    if keys[:1] == ["mùa"] and keys[1:2] and keys[1].isdigit():
        return end + 2
    return end


_SENT = (["công", "tác"], ["đại", "biểu"], ["thiện", "nguyện"])
"""Words behind "đoàn" of what sort it is: đoàn công tác, đoàn đại biểu."""


def delegation_before(words: Words, index: int) -> int | None:
    """Where a delegation begins that was told of before, if it ends here: "Đoàn | thăm …", "đoàn công tác | thăm …"."""
    sent = index - 1 - 2 * (words.keys[max(0, index - 2) : index] in _SENT)
    return sent if words.keys[sent] == "đoàn" and words.gap(index - 1) in (" ", ",") else None
