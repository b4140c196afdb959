"""How a place's name is read: what stands before it says what it names, and what stands around it whether it is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from worker.facts import gazetteer
from worker.facts.gazetteer import Province, Unit, unit_key
from worker.facts.span import Page
from worker.facts.words import Hit, Words
from worker.vietnamese import tone_key

ORGANISATIONS = ("union", "area", "party", "body", "press", "cluster")
"""Sorts of phrases after which a bare name is a place: "Hội LHPN Hà Nội", "Tỉnh ủy Gia Lai"."""

_TYPES = {
    "city": ("thành phố", "thị xã"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
}
_NUMBERED = frozenset({"quận", "phường", "thôn", "ấp", "khóm", "khu phố", "khối phố", "khối", "tổ dân phố", "xóm"})
_NUMBERED |= {"buôn", "bản", "tiểu khu", "làng", "khu dân cư"}
_TITLES = ("honorific", "office")
PERSON = 3  # words of a person's name after an office, where a place's might stand
KNOWN = 8192  # names of which it is remembered whether a unit bears them
LIST_LENGTH = 40  # names in one list of places


@dataclass(frozen=True, slots=True)
class Place:
    """A place where it is named: words [first, end). Codes as in `Fact.value`; `units` are what it may be."""

    first: int
    end: int
    level: str
    name: str
    rule: str
    code: str | None = None
    code_2025: str | None = None
    province: str | None = None  # of the 63
    confidence: float = 1.0
    units: tuple[Unit, ...] = ()


def read(words: Words, page: Page) -> Iterator[Place]:
    """Every reading, the surer ones first: what a level introduces goes before bare names."""
    for hit in words.all("level"):
        yield from _levelled(words, hit, page)
    for hit in words.all("province"):
        if _bare_province(words, hit):
            yield _called_so(words, of_province(hit.first, hit.end, hit.entry.name, "province-name"))
    for hit in words.all("union", "area", "party"):
        yield from _of_organisation(words, hit, page)
    for hit in words.all("region"):
        if _alone(words, hit):
            yield Place(hit.first, hit.end, "region", hit.entry.name, "region")
    for hit in words.all("city"):
        if _alone(words, hit):
            units = gazetteer.districts().get(hit.entry.data[0])
            yield Place(
                hit.first, hit.end, "district", _lower(units[-1].name), "city-name", confidence=0.8, units=units
            )


def of_province(first: int, end: int, code: str, rule: str, confidence: float = 1.0) -> Place:
    """A province of the 63 as a place."""
    province = gazetteer.provinces()[code]
    return Place(first, end, "province", province.title, rule, code, province.code_2025, code, confidence)


def home(page: Page, kind: str) -> Place | None:
    """The source's own province, where it is what the text calls it: "tỉnh" (`province`) or "thành phố" (`city`)."""
    if page.province is None:
        return None
    province = gazetteer.provinces()[page.province]
    is_city = _is_city(province, page)
    if is_city != (kind == "city"):
        return None
    place = of_province(0, 0, page.province, "home")
    if is_city:
        return replace(place, name=f"TP {province.name}")
    return replace(place, name="tỉnh Thừa Thiên Huế") if province.city else place


def _called_so(words: Words, place: Place) -> Place:
    """Thừa Thiên Huế by the name that it bore until 31 December 2024, where the text gives it that."""
    return replace(place, name="tỉnh Thừa Thiên Huế") if words.keys[place.first] == "thừa" else place


def _lower(name: str) -> str:
    """A unit's name with its type in lower case: "huyện Chư Păh"."""
    return name[:1].lower() + name[1:]


# --- A level and a name: "tỉnh Gia Lai", "xã Ia Mơ Nông", "quận 7", "các huyện A, B và C" --------------------------


def _levelled(words: Words, hit: Hit, page: Page) -> Iterator[Place]:
    level, shape = hit.entry.data
    if _within_a_name(words, hit, shape):
        return
    if shape == "here":
        if page.province and not words.at(hit.end, "province"):
            confidence = 0.6  # the source's province, which the text does not name
            yield of_province(hit.first, hit.end, page.province, "here", confidence)
        return
    if shape in ("landmark", "street") and words.before(hit.first, "things", "open", "free"):
        return  # "Bệnh viện Chợ Rẫy" is no market
    several = _several(words, hit)
    if not _leads(words, hit, several):
        return
    place = _named(words, hit, hit.end, page)
    if place is None:
        return
    yield place if words.gap(hit.end - 1) == ":" else replace(place, first=hit.first)
    holder = _holder(words, place) if level in ("commune", "village") and not several else None
    if holder:
        yield holder
    elif several or place.units:
        yield from _listed(words, hit, place, page, several)


def _within_a_name(words: Words, hit: Hit, shape: str) -> bool:
    """Is it no word for a level: "sóc" in "Sóc Trăng" and "Danh Thị Sóc Kha", "phố" in "thành phố Đồng Hới"?"""
    province, longer = words.at(hit.first, "province"), words.at(hit.first - 1, "level")
    if (province and province.end > hit.end) or (longer and longer.end >= hit.end):
        return True
    if shape != "village" or words.gap(hit.first - 1) != " ":
        return False
    capitals = words.capital(hit.first) and words.capital(hit.first - 1)  # "Thiếu úy Chau Sóc Kha"
    return words.keys[hit.first - 1] in ("thị", "văn") or bool(capitals and words.before(hit.first - 1, *_TITLES))


def _several(words: Words, hit: Hit) -> bool:
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
        return False
    return gap == " " or (gap == ":" and several)


def _named(words: Words, hit: Hit, index: int, page: Page) -> Place | None:
    """The place that the level of this hit and the name at this word make."""
    level = hit.entry.data[0]
    if level in ("province", "city") and (found := words.at(index, "province")):
        province = gazetteer.provinces()[found.entry.name]
        place = of_province(index, found.end, province.code, "level")
        if level == "city" and _is_city(province, page):
            return replace(place, name=f"TP {province.name}")
        if level == "province":
            return _called_so(words, place)
    if level == "province":
        return None
    if (number := _number(words, index)) is None:
        return _called(words, hit, index)
    if hit.entry.name not in _NUMBERED:
        return None
    name = f"{hit.entry.name} {words.written(index, number)}"
    return Place(index, number, level, name, "level-number", units=_units(level, hit.entry.name, name))


def _called(words: Words, hit: Hit, index: int) -> Place | None:
    """The same, where the name is in words: one that the gazetteer has at this level, else as written."""
    level, shape = hit.entry.data
    title = hit.entry.name
    end, units = _known(words, index, level, title)
    if units and not (end < words.run(index) and _officer(words, hit, index) and not _surname(words, end)):
        name = f"{title} {_spelling(words, index, end, units)}"
        return Place(index, end, "district" if level == "city" else level, name, "level-known", units=units)
    named = level == "city" or shape == "dotted" or _officer(words, hit, index)
    if named or (stop := _unknown(words, index, level)) is None:
        return None
    return Place(index, stop, level, f"{title} {words.written(index, stop)}", "level-name", confidence=0.85)


def _surname(words: Words, index: int) -> bool:  # "UBND xã Mai Hạ Hà Thị Nga"
    return words.at(index, "surnames") is not None and words.run(index) - index > 1


def _officer(words: Words, hit: Hit, index: int) -> bool:
    """Is it a person: "Phó Chủ tịch UBND xã Kim Hoàng Sơn cho biết", "Trưởng bản Giàng A Páo"?"""
    person = _surname(words, index) and words.run(index) - index >= PERSON
    if office := words.ending(hit.end, "office"):
        return person or office.entry.name.lower() == "già làng"
    head = words.before(hit.first, "area", "union", "party", "department")
    return person and head is not None and words.before(head.first, "office") is not None


CITY_SINCE = {"46": date(2025, 1, 1), "75": date(2026, 4, 30)}
"""Provinces that have become cities under central government: Huế (175/2024/QH15) and Đồng Nai (30/2026/QH16)."""


def _is_city(province: Province, page: Page) -> bool:
    """Is "thành phố X" the central city at the time of the page, and not a town of that name in the province?"""
    since = CITY_SINCE.get(province.code)
    return province.city if since is None or page.published is None else page.published >= since


def _number(words: Words, index: int) -> int | None:
    """The end of a number for a name: "7", "3A", "số 5"; None where there is none."""
    if index < len(words) and words.keys[index] == "số" and words.gap(index) == " ":
        index += 1
    if index >= len(words) or not words.keys[index][:1].isdigit():
        return None
    key = words.keys[index]
    if not (key.isdigit() and len(key) < 3) and not (key[:-1].isdigit() and len(key) < 4):
        return None
    return index + 1 if words.gap(index) not in ("/", "%") else None


def _known(words: Words, index: int, level: str, title: str) -> tuple[int, tuple[Unit, ...]]:
    """The longest name at this word that a unit of this level has: its end and the units; (index, ()) if none."""
    if level not in _TYPES:
        return index, ()
    longest = min(words.run(index), index + 5)
    if longest > index and words.gap(longest - 1) == " " and words.keys[longest].isdigit():  # "xã Bàu Hàm 2"
        longest += 1
    for end in range(longest, index, -1):
        if units := _units(level, title, f"{title} {words.written(index, end)}"):
            return end, units
    return index, ()


@lru_cache(maxsize=KNOWN)
def _units(level: str, title: str, name: str) -> tuple[Unit, ...]:
    """The units of that name, of the type said first, else of another type at the same level."""
    if level not in _TYPES:
        return ()
    bare = unit_key(name[len(title) :])
    for kind in (title, *(kind for kind in _TYPES[level] if kind != title)):
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
    """The name as written; as the gazetteer has it where it is written in capitals throughout."""
    written = words.written(first, end)
    if not written.isupper():
        return written
    bare = unit_key(written)
    official = units[0].name.split()
    return next(
        (" ".join(official[n:]) for n in range(1, len(official)) if unit_key("".join(official[n:])) == bare),
        written.title(),
    )


def _unknown(words: Words, index: int, level: str) -> int | None:
    """The end of a name that no list has: a short run of capitals that is neither a person nor an ordinary phrase."""
    end = words.run(index)
    for stop in range(index + 1, end):  # "xã Hòa Phú Chủ tịch …", "xã Đak Mới Nguyễn Thị Lan"
        if words.hits.get(stop, {}).keys() & {"office", "union", "area", "party", "honorific"}:
            end = stop
            break
        if level != "street" and stop > index and words.at(stop, "surnames") and end - stop >= 2 and end - index > 3:
            end = stop
            break
    size = end - index
    if not 0 < size <= 4 or words.shouted(index) or words.keys[index] in gazetteer.small_words("no_village"):
        return None
    if level in ("district", "commune") and size == 1:
        return None
    numbered = (
        level == "village" and words.gap(end - 1) == " " and words.keys[end].isdigit() and len(words.keys[end]) < 3
    )
    return end + numbered  # "thôn Đông Hải 2"


# --- What follows a place: the other names of its list, and what holds it ------------------------------------------


def _listed(words: Words, hit: Hit, place: Place, page: Page, several: bool) -> Iterator[Place]:
    """The other names of a list: "các huyện Krông Pa, Ia Pa và Phú Thiện".

    Where nothing announces a list ("TP. Đà Lạt, Bảo Lâm"), only units of the same province or district go on with it.
    """
    for _ in range(LIST_LENGTH):
        index = place.end
        if words.gap(index - 1) not in (",", " ") or index >= len(words):
            return
        if words.keys[index] == "và" and words.gap(index) == " ":
            index += 1
        elif words.gap(index - 1) == " ":
            return
        if words.at(index, "level") and not _known(words, index, hit.entry.data[0], hit.entry.name)[1]:
            return
        following = _named(words, hit, index, page)
        if following is None or following.level != place.level:
            return
        if not several and not {unit.parent for unit in place.units} & {unit.parent for unit in following.units}:
            return
        place = following
        yield place


def _holder(words: Words, place: Place) -> Place | None:
    """The district that a commune is said to be in without the word for it: "xã Ia Mơ Nông, Chư Păh"."""
    if words.gap(place.end - 1) not in (",", "(") or words.at(place.end, "province", "level"):
        return None
    parents = {unit.parent for unit in place.units}
    for end in range(min(words.run(place.end), place.end + 4), place.end, -1):
        units = _districts(_TYPES["district"], words.written(place.end, end))
        found = [unit for unit in units if not parents or unit.code in parents]
        if found:
            return Place(place.end, end, "district", _lower(found[-1].name), "holder", units=tuple(found))
    return None


# --- Names that no level introduces --------------------------------------------------------------------------------


def _of_organisation(words: Words, hit: Hit, page: Page) -> Iterator[Place]:
    """The district whose union or committee is named: "Hội LHPN Thanh Trì", "Huyện ủy Chư Păh"."""
    index = hit.end
    if words.gap(index - 1) != " " or words.shouted(index) or words.at(index, "level", "province"):
        return
    titles = {"district": ("huyện",), "town": ("thị xã",), "city": ("thành phố",)}.get(
        hit.entry.data[0], _TYPES["district"]
    )
    for end in range(min(words.run(index), index + 4), index, -1):
        units = _districts(titles, words.written(index, end))
        home = [unit for unit in units if unit.parent == page.province]
        if units and (home or len({unit.code for unit in units}) == 1):
            found = (home or units)[-1]
            yield Place(index, end, "district", _lower(found.name), "organisation", units=(found,))
            return


@lru_cache(maxsize=KNOWN)
def _districts(titles: tuple[str, ...], bare: str) -> tuple[Unit, ...]:
    """The districts of that name, with one of these types."""
    key = unit_key(bare)
    return tuple(unit for title in titles for unit in gazetteer.districts().get(unit_key(title) + key))


def _bare_province(words: Words, hit: Hit) -> bool:
    alone = words.keys[hit.end - 1] in ("minh", "hcm") and hit.end - hit.first != 2
    if hit.entry.name == "79" and alone and not words.before(hit.first, *ORGANISATIONS):
        return _among_provinces(words, hit)  # "Hồ Chí Minh" alone is the man, and "HCM" is his initials
    return _alone(words, hit)


def _among_provinces(words: Words, hit: Hit) -> bool:
    """Does the name stand in a list of provinces: "Hà Nội, Hải Phòng, Hồ Chí Minh và Cần Thơ"?"""
    after = hit.end
    if words.gap(after - 1) == "," or (words.gap(after - 1) == " " and words.keys[after] == "và"):
        after += words.keys[after] == "và"
        if words.at(after, "province") or (words.at(after, "level") and words.at(after + 1, "province")):
            return True
    before = hit.first - 1
    if words.gap(before) == "," or words.keys[before] == "và":
        last = before - (words.keys[before] == "và")
        return any(words.at(first, "province") for first in range(max(0, last - 3), last + 1))
    return False


def _alone(words: Words, hit: Hit) -> bool:
    """Does the name stand by itself, and not inside a longer name?"""
    if (other := words.at(hit.first, "other_names")) and other.end > hit.end:
        return False
    if words.before(hit.first, *ORGANISATIONS, "level"):
        return True
    if words.before(hit.first, "things"):
        return False
    left, right = hit.first - 1, hit.end
    if words.gap(left) == " " and words.capital(left):
        surname = words.at(left, "surnames")
        if surname or not (words.shouted(left) or words.opens_sentence(left) or _in_phrase(words, left)):
            return False
    joined = words.gap(right - 1) == " " and words.capital(right) and not words.shouted(right)
    return not joined or right in words.hits


def _in_phrase(words: Words, index: int) -> bool:
    """Does a known phrase that is no name of a person end with this word?"""
    return words.before(index + 1, "office", "honorific", "programme", "region", "thing_of_place") is not None
