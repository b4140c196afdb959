"""How a place's name is read: what stands before it says what it names, and what stands around it whether it is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from worker.facts import gazetteer
from worker.facts.gazetteer import Unit, unit_key
from worker.facts.places.bare import alone, bare_districts, bare_province, heading_lines, of_organisation
from worker.facts.places.numbered import (
    QUARTERS,
    bears_number,
    day_at,
    ends_in_number,
    named_quarter,
    number_at,
    past_commune,
)
from worker.facts.places.place import (
    KNOWN,
    TYPES,
    Place,
    at_the_time,
    called_so,
    districts_called,
    is_city,
    lower_title,
    of_province,
    standing,
)
from worker.facts.places.unlisted import described, unlisted
from worker.facts.span import Context, Page
from worker.facts.words import Hit, Words, words_of
from worker.vietnamese import tone_key

_COUNTED = frozenset(
    ("giải", "tập", "cá", "suất", "phần", "chị", "người", "hộ", "em", "mô", "đội", "chi", "hội", "triệu", "đơn", "cháu")
)
_NO_LEVELS = frozenset(
    (("tác", "xã"), ("mía", "đường"), ("cầu", "đường"), ("kẹo", "đường"), ("học", "đường"), ("đông", "đảo"))
)
"""Words that end with what else is a level: "Hợp tác xã Lanh Lùng Tám", "Mía đường Sao Xanh", "đông đảo Nhân dân"."""
_SHORT = ("tx", "tt")  # of the short forms, those that also stand without a full stop
_ORGANISATIONS = ("union", "area", "party", "body", "central", "department", "open", "free", "cell")
_TITLES = ("honorific", "office")
PERSON = 3  # words of a person's name after an office, where a place's might stand
HOLDER = 8  # words in brackets that say what a place lies in
LIST_LENGTH = 40  # names in one list of places


def read(context: Context) -> Iterator[Place]:
    """Every reading, the surer ones first: what a level introduces goes before bare names."""
    words, page = words_of(context), context.page
    for hit in words.all("level", "quarter"):
        yield from _levelled(words, hit, page)
    for hit in words.all("province"):
        if bare_province(words, hit):
            place = of_province(hit.first, hit.end, hit.entry.name, "province-name")
            yield called_so(words, at_the_time(place, page))
    for hit in words.all("union", "area", "party"):
        yield from of_organisation(words, hit, page)
    for hit in words.all("region"):
        if alone(words, hit):
            yield Place(hit.first, hit.end, "region", hit.entry.name, "region")
    for hit in words.all("other_province"):
        yield Place(hit.first, hit.end, "region", hit.entry.name, "other-province")
    yield from heading_lines(context)
    yield from bare_districts(words, page)
    for hit in words.all("city"):
        if alone(words, hit):
            units = gazetteer.districts().get(hit.entry.data[0])
            yield Place(
                hit.first, hit.end, "district", lower_title(units[-1].name), "city-name", confidence=0.8, units=units
            )


# --- A level and a name: "tỉnh Gia Lai", "xã Ia Mơ Nông", "quận 7", "các huyện A, B và C" --------------------------


def _levelled(words: Words, hit: Hit, page: Page) -> Iterator[Place]:
    level, shape = hit.entry.data
    if _within_a_name(words, hit, shape):
        return
    if shape == "here":
        if page.province and not words.at(hit.end, "province"):
            confidence = 0.6  # the source's province, which the text does not name
            yield of_province(hit.first, hit.end, standing(page.province, page), "here", confidence)
        return
    if shape in ("landmark", "street") and (words.before(hit.first, "things", "open", "free") or _of_post(words, hit)):
        return  # "Bệnh viện Chợ Rẫy" is no market, "Đồn Biên phòng Cửa khẩu Lao Bảo" no border gate
    several = _several(words, hit)
    if several and shape == "landmark" and words.at(hit.end, "province"):
        return  # "các khu công nghiệp Bình Dương" are a province's
    first = described(words, hit.end) if several and shape in ("unit", "village") else hit.end
    if first == hit.end and not _leads(words, hit, several):
        return
    place = _named(words, hit, first + _honour(words, level, first), page)
    if place is None:
        return
    apart = first > hit.end or words.gap(hit.end - 1) in (":", "(")
    yield place if apart else replace(place, first=hit.first)
    holder = _holder(words, place) if level in ("commune", "village") and not several else None
    if holder:
        yield holder
    elif several or place.units:
        yield from _listed(words, hit, place, page, several)


def _honour(words: Words, level: str, index: int) -> int:
    """How many words of an honour stand before a commune's name: "xã | Anh hùng | Hòa Bình"."""
    return 2 * (level == "commune" and words.keys[index : index + 2] == ["anh", "hùng"])


def _within_a_name(words: Words, hit: Hit, shape: str) -> bool:
    """Is it no word for a level: "sóc" in "Sóc Trăng" and "Danh Thị Sóc Kha", "phố" in "thành phố Đồng Hới"?"""
    province, longer = words.at(hit.first, "province"), words.at(hit.first - 1, "level")
    if words.capital(hit.first) and (party := words.at(hit.first, "party")) and party.end > hit.end:
        return True  # "Quận Hội Hai Bà Trưng"
    other = (
        words.keys[hit.first] in ("xã", "đường", "đảo")
        and tuple(words.keys[hit.first - 1 : hit.first + 1]) in _NO_LEVELS
    )
    if _former(words, hit) or other or (province and province.end > hit.end) or (longer and longer.end >= hit.end):
        return True
    if shape == "street" and words.capital(hit.first) and words.before(hit.first, "honorific"):
        return True  # "đồng chí Đường Thị Phú"
    if shape != "village" or words.gap(hit.first - 1) != " ":
        return False
    if words.capital(hit.first) and (words.before(hit.first, "open", "free") or _of_post(words, hit)):
        return True  # "Đồn Biên phòng Sóc Giang", but "Chi hội Phụ nữ Buôn Kô B"
    capitals = words.capital(hit.first) and words.capital(hit.first - 1)  # "Thiếu úy Chau Sóc Kha", "Danh Sóc Kha"
    person = capitals and (words.before(hit.first - 1, *_TITLES) or words.at(hit.first - 1, "surnames"))
    return words.keys[hit.first - 1] in ("thị", "văn") or bool(person)


def _former(words: Words, hit: Hit) -> bool:
    """Does a province begin here that is none of the 63: "tỉnh Hà Nam Ninh", but not "tỉnh Bà Rịa - Vũng Tàu"?"""
    former, today = words.at(hit.first, "other_province"), words.at(hit.end, "province")
    return former is not None and (today is None or today.end < former.end)


def _of_post(words: Words, hit: Hit) -> bool:
    """Is it what a body of troops is called by: "Đồn Biên phòng | Cửa khẩu Lao Bảo"?"""
    post = words.before(hit.first, "numbered")
    return post is not None and post.entry.data[0] == "military"


def _several(words: Words, hit: Hit) -> bool:
    """Do several of this level follow: "các xã A, B", "3 huyện …", "các xã, phường: …"?"""
    first = hit.first - (words.key(hit.first - 1) == "và")
    typed = words.ending(first, "level") if first < hit.first or words.gap(first - 1) in (",", "/") else None
    if typed and typed.first > 0 and typed.entry.data == hit.entry.data:
        hit = typed
    before = words.keys[hit.first - 1] if hit.first else ""
    return words.gap(hit.first - 1) == " " and (
        before in gazetteer.small_words("several") or (before.isdigit() and len(before) < 4)
    )


def _leads(words: Words, hit: Hit, several: bool) -> bool:
    """Does a name follow the word for the level, and not a new sentence?"""
    gap = words.gap(hit.end - 1)
    if gap == ".":
        return words.text[words.starts[hit.first] : words.ends[hit.end - 1]].isupper() or words.keys[hit.first] == "tp"
    if hit.entry.data[1] == "dotted":
        return gap == " " and words.keys[hit.first] in _SHORT and words.upper(hit.first)  # "TX Ngã Năm"
    return gap == " " or (gap in (":", "(") and several)  # "03 xã (Tân Hiệp, Thuận Bình)"


def _named(words: Words, hit: Hit, index: int, page: Page) -> Place | None:
    """The place that the level of this hit and the name at this word make."""
    level, shape = hit.entry.data
    if level in ("province", "city") and (found := words.at(index, "province")):
        province = gazetteer.provinces()[found.entry.name]
        place = of_province(index, found.end, province.code, "level")
        if level == "city" and is_city(province, page):
            return replace(place, name=f"TP {province.name}")
        if level == "province":
            return called_so(words, place)
    if level == "province":
        return None
    number = number_at(words, index) if shape != "landmark" else day_at(words, index)
    if number is None:
        return _called(words, hit, index) if hit.entry.name not in QUARTERS or named_quarter(words, hit) else None
    if shape != "landmark" and not bears_number(words, hit, number):
        return None
    number = past_commune(words, number) if shape == "village" else number
    name, rule = (
        f"{hit.entry.name} {words.written(index, number)}",
        f"level-{'day' if shape == 'landmark' else 'number'}",
    )
    return Place(index, number, level, name, rule, units=_units(level, hit.entry.name, name))


def _called(words: Words, hit: Hit, index: int) -> Place | None:
    """The same, where the name is in words: one that the gazetteer has at this level, else as written."""
    level, shape = hit.entry.data
    title = hit.entry.name
    signed = words.ending(hit.first, "credit") is not None  # "Ảnh: P. Lam"
    if shape == "dotted" and (signed or len(words.keys[index]) == 1):  # "P.V", as reporters sign
        return None
    end, units = _known(words, index, level, title)
    another = words.at(index, *_ORGANISATIONS) if units else None
    if another and another.end > end:
        return None  # "các xã A, Hội Phụ | nữ …", "Phó Bí thư TT Đảng | ủy", though communes are called so
    if units and _lettered(words, end):  # "xã Phong Thạnh Đông A"
        return Place(index, end + 1, level, f"{title} {words.written(index, end + 1)}", "level-name", confidence=0.85)
    if units and _one_of_types(words, hit):  # "các xã, phường A, B": each has a type of its own
        title = next((kind for kind in TYPES[level] if units[-1].name.lower().startswith(f"{kind} ")), title)
    if units and not (end < words.run(index) and _officer(words, hit, index) and not _surname(words, end)):
        name = f"{title} {_spelling(words, index, end, units)}"
        return Place(index, end, "district" if level == "city" else level, name, "level-known", units=units)
    named = level == "city" or shape == "dotted" or _officer(words, hit, index)
    if named or (stop := unlisted(words, index, level)) is None:
        return None
    return Place(index, stop, level, f"{title} {words.written(index, stop)}", "level-name", confidence=0.85)


def _lettered(words: Words, index: int) -> bool:
    """Does a single letter end the name of a commune of the Mekong delta, and begin no person's name?"""
    alone = words.gap(index - 1) == " " and words.capital(index) and words.keys[index] in ("a", "b", "c")
    return alone and not (words.gap(index) == " " and words.capital(index + 1))


def _one_of_types(words: Words, hit: Hit) -> bool:
    """Do several types share a list of names: "các xã, phường …", "2 huyện và thị xã …"?"""
    before = hit.first - (words.keys[hit.first - 1] == "và")
    return words.gap(before - 1) in (",", " ", "/") and words.ending(before, "level") is not None


def _surname(words: Words, index: int) -> bool:  # "UBND xã Mai Hạ Hà Thị Nga"
    middle = words.at(index - 1, "surnames") is not None and words.key(index) in ("thị", "văn")
    middle = middle and (words.key(index) == "thị" or words.run(index) - index < PERSON)  # "xã | Hồ Văn Thới"
    return not middle and words.at(index, "surnames") is not None and words.run(index) - index > 1


def _officer(words: Words, hit: Hit, index: int) -> bool:
    """Is it a person: "Phó Chủ tịch UBND xã Kim Hoàng Sơn cho biết", "Trưởng bản Giàng A Páo"?"""
    after = words.run(index)
    if hit.entry.data[1] == "village" and ends_in_number(words, after, "village"):
        return False  # "Chi hội trưởng ấp Trà Ban 2"
    if words.gap(after - 1) == "," and _surname(words, after) and words.run(after) - after >= PERSON:
        return False  # "… làm Bí thư Đảng ủy xã Bạch Đích Thượng, Nguyễn Thị Sen mới 31 tuổi"
    acts = words.gap(after - 1) == " " and not words.at(after, "honorific")  # "UBND xã Điểu Krá cho biết"
    person = _surname(words, index) and after - index >= PERSON - acts
    person = person or (words.key(index) in ("y", "a") and words.run(index) - index > 1)  # "… xã Y Hiền"
    person = person or words.key(index + 1)[:2] in ("h'", "h’")  # "Chủ tịch Hội LHPN xã Kpuih H'Ngen"
    if office := words.ending(hit.end, "office"):
        return person or office.entry.name.lower() == "già làng"
    head = words.before(hit.first, "area", "union", "party", "department")
    if not person or head is None:
        return False
    begun = words.ending(head.first + 1, "office")  # "Trưởng phòng Kinh tế xã Huỳnh Thanh Tùng"
    begun = begun or words.before(hit.first, "office")  # "Trưởng Công an xã Lò Văn Páo"
    return begun is not None or words.before(head.first, "office") is not None


def _known(words: Words, index: int, level: str, title: str) -> tuple[int, tuple[Unit, ...]]:
    """The longest name at this word that a unit of this level has: its end and the units; (index, ()) if none."""
    if level not in TYPES:
        return index, ()
    longest = min(words.run(index), index + 5)
    if longest > index and words.gap(longest - 1) == " " and words.keys[longest].isdigit():  # "xã Bàu Hàm 2"
        longest += 1
    for end in (*_over_dash(words, index), *range(longest, index, -1)):
        if units := _units(level, title, f"{title} {words.written(index, end)}"):
            return end, units
    end = words.run(index) + 1  # "xã Bàu năng": no unit's name is a single syllable, so one goes on
    if index + 2 == end <= len(words) and words.gap(end - 2) == " " and words.keys[end - 1].isalpha():
        name = words.written(index, end)
        if units := _spelled_so(_units(level, title, f"{title} {name}"), name):
            return end, units
    return index, ()


def _over_dash(words: Words, index: int) -> Iterator[int]:
    """The end of a name of two parts: "phường Xuân Hương - Đà Lạt"."""
    end = words.run(index)
    if end > index and words.gap(end - 1) == "-" and words.capital(end):
        yield words.run(end)


@lru_cache(maxsize=KNOWN)
def _units(level: str, title: str, name: str) -> tuple[Unit, ...]:
    """The units of that name, of the type said first, else of another type at the same level."""
    if level not in TYPES:
        return ()
    bare = unit_key(name[len(title) :])
    for kind in (title, *(kind for kind in TYPES[level] if kind != title)):
        key = unit_key(kind) + bare
        if level == "commune":
            units = gazetteer.communes().get(key) + gazetteer.communes_2025().get(key)
        else:
            units = gazetteer.districts().get(key)
        if units:
            return _spelled_so(units, name[len(title) :]) or units
    return ()


def _spelled_so(units: tuple[Unit, ...], bare: str) -> tuple[Unit, ...]:
    """The units whose name has the very marks: "An Lĩnh", and not "An Linh"."""
    marks = tone_key(bare.lower()).strip()
    return tuple(unit for unit in units if tone_key(unit.name.lower()).endswith(marks))


def _spelling(words: Words, first: int, end: int, units: tuple[Unit, ...]) -> str:
    """The name as written; as the gazetteer has it where it is written in capitals throughout, or not in all words."""
    written = words.written(first, end)
    if not written.isupper() and words.run(first) >= end:
        return written
    bare = unit_key(written)
    official = units[0].name.split()
    return next(
        (" ".join(official[n:]) for n in range(1, len(official)) if unit_key("".join(official[n:])) == bare),
        written.title(),
    )


# --- What follows a place: the other names of its list, and what holds it ------------------------------------------


def _listed(words: Words, hit: Hit, place: Place, page: Page, several: bool) -> Iterator[Place]:
    """The other names of a list: "các huyện Krông Pa, Ia Pa và Phú Thiện".

    Where nothing announces a list ("TP. Đà Lạt, Bảo Lâm"), only units of the same province or district go on with it.
    """
    for _ in range(LIST_LENGTH):
        counted = words.key(place.end).isdigit()
        index = _past_holder(words, place.end) if several or counted else place.end
        if words.gap(index - 1) not in (",", " ", "),", ")") or index >= len(words):
            return
        if words.keys[index] == "và" and words.gap(index) == " ":
            index += 1
        elif words.gap(index - 1) in (" ", ")"):
            return
        another = words.at(index, "level", *_ORGANISATIONS)  # "các huyện A, B, Hội Phụ nữ Công an tỉnh", but "Hội An"
        if another and not _known(words, index, hit.entry.data[0], hit.entry.name)[1]:
            return
        following = _named(words, hit, index, page)
        if following and words.keys[index].isdigit() and _counts(words, following.end):
            return  # "các phường Bến Thủy, Trường Thi và 10 giải Khuyến khích"
        if following is None or following.level != place.level:
            return
        if not several and not {unit.parent for unit in place.units} & {unit.parent for unit in following.units}:
            return
        place = following if several and following.level == "commune" else _by_its_type(hit.entry.name, following)
        yield place


def _counts(words: Words, index: int) -> bool:
    """Is it something counted that a list goes on with: "… và 10 giải Khuyến khích", "… và 3 xã vùng cao"?"""
    return words.key(index) in _COUNTED or words.at(index, "level") is not None


def _by_its_type(title: str, place: Place) -> Place:
    """A place of a list by its own type, where it has none of the first one's: "thị xã Ba Đồn, Quảng Trạch"."""
    types = TYPES.get(place.level, ())
    kinds = {kind for unit in place.units for kind in types if unit.name.lower().startswith(f"{kind} ")}
    if len(kinds) != 1 or title in kinds or not place.name.startswith(f"{title} "):
        return place
    return replace(place, name=f"{kinds.pop()} {place.name[len(title) + 1 :]}")


def _past_holder(words: Words, index: int) -> int:
    """The word behind the brackets with what a place lies in: "các thôn A (xã B), C (xã D)"."""
    counted = words.key(index).isdigit()  # "huyện Long Phú (06 căn), Thạnh Trị (05 căn)"
    if words.gap(index - 1) != "(" or not (counted or words.at(index, "level", "province")):
        return index
    closed = (end for end in range(index + 1, min(index + HOLDER, len(words))) if words.gap(end - 1)[:1] == ")")
    return next(closed, index)


def _holder(words: Words, place: Place) -> Place | None:
    """The district that a commune is said to be in without the word for it: "xã Ia Mơ Nông, Chư Păh"."""
    if words.gap(place.end - 1) not in (",", "(") or words.at(place.end, "province", "level"):
        return None
    parents = {unit.parent for unit in place.units}
    for end in range(min(words.run(place.end), place.end + 4), place.end, -1):
        units = districts_called(TYPES["district"], words.written(place.end, end))
        found = [unit for unit in units if not parents or unit.code in parents]
        if found:
            return Place(place.end, end, "district", lower_title(found[-1].name), "holder", units=tuple(found))
    return None
