"""Places: provinces with their codes in both schemes, districts, communes, villages, streets, landmarks, regions.

The word before a name says what it names ("thôn Thái Bình" is no province); a name without such a word is a province,
a well-known city or a region, unless it stands inside another name ("Nguyễn Thái Bình", "chiến thắng Điện Biên Phủ").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from worker.facts import gazetteer
from worker.facts.gazetteer import Unit
from worker.facts.places.names import read
from worker.facts.places.place import MERGED, Place
from worker.facts.places.venues import venues_of
from worker.facts.span import Context, Page, Span, parts_of, read_once
from worker.facts.words import Words, words_of

_HOLDERS = ("district", "province")
_ISLANDS = ("district", "commune")
_OWN = ("union", "government")
"""Kinds of sources that speak for a place."""
NEAR = 8  # places before and behind one that may tell which of its namesakes it is


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The places that this part names."""
    words = words_of(context)
    authors = context.page.article.authors if context.part == "byline" else ()
    for place in (*venues(context), *places_of(context)):  # a venue first, for places stand within its name
        if authors and words.written(place.first, place.end) in authors:
            continue  # "Hà Giang - Lan Phương"
        if place.rule == "here" and not speaks_of_its_own(context.page):
            continue  # a neighbour's: which one, "toàn tỉnh" does not say
        yield Span(
            kind="place",
            start=words.starts[place.first],
            end=words.ends[place.end - 1],
            value=_value(place, _as_called(words, place)),
            rule=place.rule,
            confidence=place.confidence,
            name=place.name,
            province=place.province,
        )


def _as_called(words: Words, place: Place) -> str:
    """The place's name, with "đảo" where the text calls it an island's: "huyện đảo Lý Sơn"."""
    title, island = words.key(place.first), words.key(place.first + 1) == "đảo"
    held = island and place.level in _ISLANDS and place.name.startswith(f"{title} ") and place.end > place.first + 2
    return f"{title} đảo {place.name[len(title) + 1 :]}" if held else place.name


def _value(place: Place, name: str) -> dict[str, str | None]:
    value = {"code": place.code, "name": name, "code_2025": place.code_2025, "level": place.level}
    if place.code_2025 and not place.code:
        value["province_2025"] = place.units[0].parent
    if place.level != "province" and place.province:
        province = gazetteer.provinces()[place.province]
        value |= {"province": place.province, "province_2025": province.code_2025}
    return value


@read_once
def venues(context: Context) -> list[Place]:
    """The halls and houses of this part in which something took place. Read once."""
    return list(venues_of(context))


@read_once
def places_of(context: Context) -> list[Place]:
    """The places of this part in the order of the text; none overlaps another. Read once."""
    words = words_of(context)
    taken: set[int] = set()
    found: list[Place] = []
    for place in read(context):
        if taken.isdisjoint(range(place.first, place.end)):
            taken.update(range(place.first, place.end))
            found.append(place)
    found.sort(key=lambda place: place.first)
    return _resolved(words, found, context.page)


def place_at(context: Context, index: int) -> Place | None:
    """The place whose name, or whose word for its level, is the word at this index."""
    return _by_word(context).get(index)


@read_once
def _by_word(context: Context) -> dict[int, Place]:
    return {place.first: place for place in places_of(context)}


@read_once
def speaks_of_its_own(page: Page) -> bool:
    """Is the source's own province, or what its host names, the one that the article is at home in?

    Unions and portals tell of their own. A paper reports from its neighbours too: what it tells of names its province,
    or a place there, or names no other.
    """
    code = page.province or page.host_province
    if code is None or page.source_kind in _OWN:
        return code is not None
    places = [place for context in parts_of(page) for place in places_of(context) if place.rule != "here"]
    named = {place.province or (place.code if place.level == "province" else None) for place in places} - {None}
    merged = {unit.parent for place in places for unit in place.units if unit.is_new and unit.code == place.code_2025}
    return code in named or gazetteer.provinces()[code].code_2025 in merged or not (named or merged)


# --- Which of several units of one name ----------------------------------------------------------------------------


def _resolved(words: Words, places: list[Place], page: Page) -> list[Place]:
    """Each place with the codes of the unit that it must be, from what stands around it."""
    done = list(places)
    for level in ("district", "commune"):  # a commune is told by its district, which must be known first
        for position, place in enumerate(done):
            if place.units and place.level == level:
                near = (*reversed(done[max(0, position - NEAR) : position]), *done[position + 1 : position + NEAR])
                around = [other for other in near if other.level in _HOLDERS]
                done[position] = _coded(place, _chain(words, done, position), around, page)
    return done


def _chain(words: Words, places: list[Place], position: int) -> list[Place]:
    """The places that are said to hold this one: "xã A, huyện B, tỉnh C", "xã A (huyện B)"."""
    chain: list[Place] = []
    for place in places[position + 1 : position + 4]:
        last = chain[-1] if chain else places[position]
        follows = place.first == last.end and words.gap(last.end - 1) in (",", "(", " ", "-")
        if not follows and not (place.first == last.end + 1 and words.keys[last.end] == "thuộc"):
            break
        chain.append(place)
    return [place for place in chain if place.level in _HOLDERS]


def _coded(place: Place, holders: list[Place], around: list[Place], page: Page) -> Place:
    """The place with its codes: what is said to hold it decides, then the source's province, then what stands near."""
    units = place.units
    for code in dict.fromkeys([*(one.code for one in holders), page.province, *(one.code for one in around)]):
        if code is not None and (narrowed := [unit for unit in units if _within(unit, code)]):
            units = tuple(narrowed)
    new = page.published is not None and page.published >= MERGED
    current = [unit for unit in units if unit.is_new == new]
    units = tuple(current) or units
    codes = {unit.code for unit in units}
    if len(codes) > 1:  # several of that name, and nothing says which
        return place
    unit = units[-1]
    if len(unit.code) == 3:
        return replace(place, code=unit.code, province=unit.parent)
    if unit.is_new:  # its province is one of the 34
        return replace(place, code_2025=unit.code, units=(unit,))
    province = gazetteer.province_of()[unit.parent]
    return replace(place, code=unit.code, code_2025=unit.code_2025 or None, province=province)


def _within(unit: Unit, code: str) -> bool:
    """Is the unit in the district or province (of the 63) of this code?"""
    if unit.is_new:
        return len(code) == 2 and gazetteer.provinces()[code].code_2025 == unit.parent
    return unit.parent == code or (len(unit.code) == 5 and gazetteer.province_of()[unit.parent] == code)
