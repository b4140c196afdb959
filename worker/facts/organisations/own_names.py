"""The own name of an organisation: where a run of capitals, and of the small words that join them, ends."""

from __future__ import annotations

from worker.facts.gazetteer import small_words
from worker.facts.places.numbered import ends_in_number
from worker.facts.words import Words

LONGEST = 14  # words of an own name
DESCRIPTION = 7  # words before a name that say what the firm does
LONGEST_NUMBER = 4  # digits, of a firm's name at most one fewer
HAMLET = 3  # words of a hamlet's name
CLOSED = 9  # words of a name that a mark closes
_CLOSES = frozenset(",;.)(\n")
WHOLE = 3  # words of a name that is surely a person's, behind a department
_DOES = frozenset(
    (("tổ", "chức"), ("triển", "khai"), ("thực", "hiện"), ("vận", "động"), ("huy", "động"), ("khai", "mạc"))
)
"""Verbs behind a name of one word: "Đại học Vinh tổ chức …"."""
ACT = 2  # words of a verb: "hỗ trợ", "đầu tư"
FOREIGN = 7  # letters of a word that is surely a name of another language: "Sêrêpốk"
SMALL_WORDS = 3  # words without a capital that may join two parts of a name: "Dệt may Huế"
HEADS = ("central", "union", "area", "party", "body", "alone", "department", "cluster", "section", "open", "free",
         "quoted", "cell", "branch", "numbered", "home")  # fmt: skip
_ENDS = ("office", "honorific", "union", "party", "central")
_NO_NAMES = ("office", "honorific", "level", "surnames", "event", "head", "programme", "award")
_OTHERS = frozenset(("người", "do", "của", "kiểu", "nào"))  # "hợp tác xã người Tày", "… do phụ nữ làm chủ"
_HOUSES = frozenset(("nhà", "làng", "cửa"))  # another's name begins so: "Mái ấm Sao Mai và Nhà Thiện Tâm"
FORMS = 3  # short forms on either side of one, in a row of them
_JOINTS = frozenset((",", "&", "-"))
_WOMEN_AND_CHILDREN = (["phụ", "nữ"], ["trẻ", "em"])
"""Of whom a fund is, even in small letters: "Quỹ Bảo trợ phụ nữ, trẻ em"."""
_AIMS = frozenset(("về", "vì", "cho"))


def own_name(words: Words, index: int, described: bool = False) -> int:
    """The end of a name of capitals, and of words that are known to stand in such names; `index` if none begins.

    `described`: a few words may say first what it does ("HTX dệt thổ cẩm H’Bia").
    """
    end = _description(words, index) if described else index
    headed = words.ending(index, "department", "section") is not None
    while end < min(index + LONGEST, len(words)):
        if not _goes_on(words, end, index) or _shouts(words, end) or _level(words, end):
            break
        if words.at(end, *_ENDS) and not (words.at(end, "compounds") or _sounds_so(words, end, index)):
            break
        if end > index and (_person(words, end) or _police(words, end) or (headed and _whole_name(words, end))):
            break
        after = _piece(words, end, index, described)
        if after == end:
            break
        end = after
    while end > index and words.key(end - 1) in ("và", *_AIMS):
        end -= 1
    if end > index + 1 and words.gap(end - 2) == "-" and _goes_on_small(words, end):
        end -= 1  # "Học viện Phụ nữ Việt Nam - Phân hiệu …"
    if end > index + 1 and words.keys[end - 1].isalpha() and ends_in_number(words, end, "landmark"):
        end += 1  # "Công ty TNHH May Thuận Phương 2 tặng …"
    cut = end == index + 1 and words.gap(end - 1) == " " and not words.capital(end)
    cut = cut and not (words.capital(index) and len(words.keys[index]) >= FOREIGN)
    cut = cut and words.key(index - 1) != "sos"  # "Làng trẻ em SOS Vinh đón …"
    return index if cut and not _does(words, end) else end


def _does(words: Words, index: int) -> bool:
    """Is this what the named one does, or where: "Đại học Vinh tổ chức …"?"""
    return words.key(index) in small_words("ends_role") or tuple(words.keys[index : index + 2]) in _DOES


def _goes_on_small(words: Words, end: int) -> bool:
    """Is the last word before this one, which stands alone behind a dash, the first half of a common word?"""
    alone = words.gap(end - 1) == " " and not words.capital(end) and not words.key(end).isdigit()
    return alone and not _does(words, end) and words.at(end, "level") is None and words.at(end - 1, "compounds") is None


def hamlet_name(words: Words, index: int, in_commune: bool = False) -> int:
    """The end of a hamlet's name, which a number ends: "Chi bộ | Kim Lộc 3"; `index` if there is none.

    `in_commune`: without one, if the commune follows: "Chi hội Phụ nữ | K20, phường Bắc Mỹ".
    """
    end = words.run(index)
    if not index < end <= index + HAMLET or words.gap(index - 1) != " " or words.shouted(index):
        return index
    if any(words.at(here, *HEADS, "office", "honorific") for here in range(index, end)):
        return index
    if ends_in_number(words, end, "village"):
        return end + 1
    level = words.at(end, "level") if in_commune and words.gap(end - 1) == "," else None
    return end if level and level.entry.data[0] == "commune" else index


def closed_name(words: Words, index: int) -> int:
    """The end of a name in whatever words, of which a mark says where it ends; `index` if none does.

    "Viện Hóa học các hợp chất thiên nhiên, …", "CLB Bóng chuyền hơi thôn Đoài": there a place says it.
    """
    if not words.capital(index):
        return index
    for end in range(index, min(index + CLOSED, len(words))):
        if end > index and words.gap(end - 1) not in (" ", "-"):
            return end if words.gap(end - 1)[:1] in _CLOSES else index
        if end > index and words.at(end, "level"):
            return end
        small = not words.capital(end)
        if words.key(end).isdigit() or words.at(end, *HEADS, "office", "honorific"):
            return index
        if small and words.key(end) in small_words("ends_role") and words.at(end - 1, "compounds") is None:
            return index
    return index


def _piece(words: Words, end: int, first: int, described: bool) -> int:
    """The end of the next piece of a name: a number, a known phrase, a word; where it begins, if the name is over."""
    if _number(words, end) or _day(words, end, first):
        return end + 2
    if words.key(end).isdigit() and words.gap(end - 1) == " " and words.keys[max(0, end - 2) : end] == ["quân", "y"]:
        return end + 1  # "Bệnh viện Quân y 17"
    if end > first and (troop := _troop(words, end)):
        return troop  # "Cục Chính trị Quân khu 2"
    if end > first and _central(words, end):
        return end + 2
    if (known := words.at(end, "compounds")) and not _acts(words, end, known.end, end > first or not described):
        return known.end
    goes_on = words.capital(end) or _within_number(words, end) or (end > first and _joins(words, end))
    return end + goes_on


def _central(words: Words, index: int) -> bool:
    """Is it "Trung ương", in full or in two letters: "Bệnh viện Phụ sản Trung ương", "Bệnh viện Nhi T.Ư"?"""
    if words.keys[index] == "t":
        return words.gap(index) == "." and words.key(index + 1) in ("ư", "w")
    return words.keys[index : index + 2] == ["trung", "ương"] and words.at(index, "central", "compounds") is None


def _troop(words: Words, index: int) -> int | None:
    """The end of a body of troops that is told by its number: "Quân khu 2"."""
    troop = words.at(index, "numbered")
    if troop is None or troop.entry.data[0] != "military" or words.gap(troop.end - 1) != " ":
        return None
    return troop.end + 1 if words.key(troop.end).isdigit() else None


def _sounds_so(words: Words, index: int, first: int) -> bool:
    """Is it a part of a name that only sounds like a title: "Công ty CP Gạch men Anh Em", "… Sa Thầy"?"""
    title = words.at(index, "honorific")
    if title is None or index == first or title.end > index + 1 or title.entry.data[0] in ("title", "kin", "many"):
        return False
    someone = words.gap(index) == " " and words.capital(index + 1) and words.at(index + 1, "surnames")
    return words.capital(index) and not (words.shouted(index) or someone)


def _within_number(words: Words, index: int) -> bool:
    """Does a number stand within a school's name: "Trường Tiểu học 1 Khánh Hội"?"""
    key = words.key(index)
    stands = key.isdigit() and len(key) == 1 and words.gap(index - 1) == words.gap(index) == " "
    return stands and words.capital(index + 1) and not words.shouted(index + 1) and words.keys[index - 1] == "học"


def numbered(words: Words, index: int) -> bool:
    """Is a firm told by its number here, and nothing counted: "TNHH MTV 75 (Binh đoàn 15)"?"""
    key = words.key(index)
    counted = words.gap(index) == " " and not (
        words.capital(index + 1) or words.key(index + 1) in small_words("ends_role")
    )
    return words.gap(index - 1) == " " and key.isdigit() and 1 < len(key) < LONGEST_NUMBER and not counted


def _number(words: Words, index: int) -> bool:
    """ "Trường Tiểu học số 2"."""
    return words.key(index) == "số" and words.key(index + 1).isdigit() and words.gap(index) == " "


_DAYS = frozenset((("8", "3"), ("20", "10"), ("30", "4"), ("27", "7"), ("1", "5"), ("19", "5"), ("2", "9")))


def _day(words: Words, index: int, first: int) -> bool:
    """Is it a holiday that an institution is named after: "Trung tâm Dạy nghề 8-3", "HTX 20/10"?"""
    told = (words.key(index), words.key(index + 1)) in _DAYS and words.gap(index) in ("-", "/")
    named = index > first or words.before(first, "open") is not None  # "Trường Mầm non 8-3"
    return told and named and words.starts[index + 1] == words.ends[index] + 1


def _acts(words: Words, first: int, end: int, named: bool) -> bool:
    """Is this no part of a name any more, but what the named one does: "Tổ chức Tầm nhìn Thế giới hỗ trợ …"?"""
    if words.key(first - 1) == "và" and end - first > ACT:
        return False  # "Trung tâm Dạy nghề và hỗ trợ phụ nữ"
    small = not any(words.capital(index) for index in range(first, end))
    goes_on = words.gap(end - 1) == " " and (words.capital(end) or words.at(end, "compounds") is not None)
    goes_on = goes_on and (words.at(end, "compounds") is not None or not words.at(end, *HEADS, "office", "honorific"))
    return named and small and words.key(first) in small_words("acts") and not goes_on


def _description(words: Words, index: int) -> int:
    """Where the capitals begin, after at most so many small words; `index` if they do not."""
    for end in range(index, min(index + DESCRIPTION, len(words))):
        if words.gap(end - 1) not in (" ", ","):
            return index
        if words.capital(end):
            stop = (
                words.at(end, *HEADS, "office", "honorific", "level")
                or _person(words, end)
                or words.gap(end - 1) == ","
            )
            return index if stop else end
        if words.key(end) in small_words("ends_role") or words.key(end).isdigit() or words.key(end) in _OTHERS:
            return index
        if words.at(end, "office", "honorific", "level"):
            return index
    return index


def _person(words: Words, index: int) -> bool:
    """Does a person's name seem to begin here: a family name and Thị or Văn?"""
    return words.key(index + 1) in ("thị", "văn") and words.at(index, "surnames") is not None


def _whole_name(words: Words, index: int) -> bool:
    """Does a person's name of three words or more begin here: "Giám đốc Sở Y tế Đặng Hữu Phước thông tin"?"""
    return words.at(index, "surnames") is not None and words.run(index) - index >= WHOLE


def _shouts(words: Words, index: int) -> bool:
    """Is it a headline in capitals, and no short form of two parts: "Trung tâm GDNN-GDTX huyện"?"""
    joined = {"-", "&"} & {words.gap(index - 1), words.gap(index)} or _of_short_forms(words, index)
    return words.shouted(index) and not joined


def _of_short_forms(words: Words, index: int) -> bool:
    """Does it stand in a row of short forms that a "&" or a dash joins, beside commas: "VH, TT&TT", "VH,TT - TT"?"""
    first, end = index, index + 1
    while index - first < FORMS and words.upper(first - 1) and words.gap(first - 1) in _JOINTS:
        first -= 1
    while end - index < FORMS and words.upper(end) and words.gap(end - 1) in _JOINTS:
        end += 1
    return words.upper(index) and any(words.gap(at) in ("&", "-") for at in range(first, end - 1))


def _police(words: Words, index: int) -> bool:
    """Does the police of a place begin here: "Phòng Tham mưu Công an tỉnh"?"""
    area = words.at(index, "area")
    return area is not None and area.entry.name == "Công an" and words.at(area.end, "level") is not None


def _goes_on(words: Words, index: int, first: int) -> bool:
    """Does a name go on over what stands before this word: a blank, a dash, "&", the comma of a list within it?"""
    gap = words.gap(index - 1)
    if gap != "," or index == first:
        return gap in (" ", "-", "&") or (gap == "." and index > first and _initials(words, index))
    tight = words.starts[index] == words.ends[index - 1] + 1  # "Sở VH,TT&DL"
    tight = tight or _of_short_forms(words, index)
    tight = tight or (words.keys[index - 2 : index], words.keys[index : index + 2]) == _WOMEN_AND_CHILDREN
    listed = words.before_comma(index, "compounds") and words.at(index, "compounds") and words.capital(index)
    listed = listed and not words.at(index, *HEADS)  # "Viện Kỹ thuật Hóa học, Đại học Hoa Sen"
    return tight or bool(listed)  # "Quỹ Hỗ trợ Phụ nữ, Trẻ em"


def _initials(words: Words, index: int) -> bool:
    """Does a name go on over the full stop of an initial: "Chăn nuôi C.P. Việt Nam"?"""
    letter, last = (len(words.key(here)) == 1 and words.capital(here) for here in (index, index - 1))
    tight = words.starts[index] == words.ends[index - 1] + 1  # "C.P.", but not "… C. Phú"
    closed = len(words.key(index - 2)) == 1 and words.gap(index - 2) == "."  # "C.P. Việt Nam"
    return last and words.capital(index) and ((letter and tight) or closed)


def _level(words: Words, index: int) -> bool:
    """Does the place of an organisation begin here? A capital may also open its name: "Bệnh viện Chợ Rẫy"."""
    level = words.at(index, "level")
    if level is None or level.entry.data[1] == "dotted" or words.at(index, "compounds"):
        return False  # "Lao động và Xã hội" is no commune
    return not (level.entry.data[1] in ("landmark", "street", "village") and words.capital(index))


def _joins(words: Words, index: int) -> bool:
    """Does a name of capitals go on after this small word: "Dệt may Huế", "Văn hóa và Thể thao"?"""
    key = words.key(index)
    if key == "chi" and words.key(index + 1) == "nhánh":
        return False  # "Ngân hàng Agribank chi nhánh huyện A"
    if key == "và" or key in _AIMS:  # "Quỹ Quốc gia về việc làm"
        known = words.at(index + 1, "compounds") is not None or words.key(index + 1) == "giới"
        joined = ((key != "về" or words.upper(index + 1)) and words.capital(index + 1)) or known  # "… về TTXH"
        someone = not known and words.at(index + 1, "surnames") and words.capital(index + 2)
        joined = joined and words.key(index + 1) not in _HOUSES
        return joined and not someone and words.at(index + 1, *HEADS, "office", "honorific", "award") is None
    last = min(index + SMALL_WORDS, len(words) - 1)
    for here in range(index, last):
        if words.key(here) in small_words("ends_role") or words.key(here).isdigit() or words.gap(here) != " ":
            return False
        if words.key(here) in ("các", "do", "đạt", "giải"):
            return (
                False  # "Hội Phụ nữ các quận Ngô Quyền, …", "Ngân hàng CSXH do Hội quản lý", "HTX Sơn La đạt giải Nhì"
            )
        if words.capital(here + 1):
            found = words.hits.get(here + 1, {}).keys() & {*HEADS, *_NO_NAMES}
            return (
                not found
                or _sounds_so(words, here + 1, index)
                or (found == {"surnames"} and words.run(here + 1) - here == WHOLE)
            )  # "Yến sào Ninh Đông"
    return False
