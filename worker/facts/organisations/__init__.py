"""Organisations in one canonical form: unions, committees, departments, bodies, firms, schools, clusters.

What the text shortens is completed from what stands around it: "Hội LHPN tỉnh" and "Tỉnh Hội" are the union of the
source's province, "Hội LHPN xã" that of the commune named last, "HĐND, UBND tỉnh" two organisations of one province.
What stays general ("Hội LHPN các huyện", "các cấp Hội") is no organisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from worker.facts.organisations.names import Reader
from worker.facts.organisations.organisation import SORTS, Organisation
from worker.facts.organisations.owners import UNITS, untyped, whereabouts
from worker.facts.places import places_of, venues
from worker.facts.span import Context, Page, Span, parts_of, read_once
from worker.facts.words import Words, words_of
from worker.vietnamese import fold

_GOES_ON = frozenset(("phụ", "nữ", "tổ", "số", "khu", "khối"))
"""Words with which the name of who shares no place goes on: "Chi hội phụ nữ Phòng Hậu cần", "Chi hội tổ 5"."""
_GENERAL = frozenset(
    ["cum", "khoi", "thi", "dua", "hoi", "lhpn", "phu", "nu", "cac", "tinh", "mien", "khu", "vuc", "vung", "so"]
)
"""Words of a cluster's name that do not tell it from another."""


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The organisations that this part names."""
    words = words_of(context)
    for found in organisations_of(context):
        yield _span(words, found)
        if found.whole and _names_too(words, found, found.whole):
            yield _span(words, found.whole)


def _names_too(words: Words, found: Organisation, whole: Organisation) -> bool:
    """Does a body's name speak of what it belongs to: "Công đoàn Công ty A", "Ban Thường vụ Hội LHPN tỉnh"?

    "Hội Phụ nữ Công an tỉnh" says nothing of the police, nor "Ban Thường vụ Tỉnh ủy" of another than itself.
    """
    womens = "phụ nữ" in found.name.lower() and "phụ nữ" not in whole.name.lower() and "LHPN" not in whole.name
    return not womens and words.at(whole.first, "party") is None


def _span(words: Words, found: Organisation) -> Span:
    return Span(
        kind="organisation",
        start=words.starts[found.first],
        end=words.ends[found.end - 1],
        value={"name": found.name, "level": found.level},
        rule=found.rule,
        confidence=found.confidence,
        name=found.entity or found.name,
        province=found.place.province if found.place else None,
    )


@read_once
def organisations_of(context: Context) -> list[Organisation]:
    """The organisations of this part in the order of the text; none overlaps another. Read once."""
    clusters, names = _clusters(context.page), _names(context.page)
    return [_in_full(found, clusters, names) for found in _read(context)]


def organisation_at(context: Context, index: int) -> Organisation | None:
    """The organisation whose name begins with the word at this index."""
    return _by_word(context).get(index)


@read_once
def _by_word(context: Context) -> dict[int, Organisation]:
    return {found.first: found for found in organisations_of(context)}


def clusters_of_article(context: Context) -> list[str]:
    """The full names of the emulation clusters that the article names, the first first."""
    return [name for key, name in _clusters(context.page).items() if key]


@read_once
def _read(context: Context) -> list[Organisation]:
    reader, words = Reader(context), words_of(context)
    found: list[Organisation] = []
    halls = {place.first for place in venues(context)}  # "tại Trung tâm Văn hóa tỉnh": a hall, and nobody's deed
    for first in sorted({hit.first for hit in words.all(*SORTS)} - halls - _within_places(context)):
        if found and (first < found[-1].end or _is_short_form(words, found[-1], first)):
            continue
        if organisation := reader.read(first):
            found.append(organisation)
        else:
            found += reader.several(first)
    return _shared(words, found)


def _within_places(context: Context) -> set[int]:
    """The words within the names of places, where nothing begins: "Phụ nữ Hải | Phòng đoàn kết"."""
    units = (place for place in places_of(context) if place.level in UNITS)
    return {index for place in units for index in range(place.first + 1, place.end)}


def _is_short_form(words: Words, last: Organisation, first: int) -> bool:
    """Is it the short form in brackets of what stands before it: "Ngân hàng TMCP Á Châu (ACB)"?"""
    return first == last.end and words.gap(first - 1) == "(" and words.capital(first) and words.gap(first)[:1] == ")"


def _shared(words: Words, found: list[Organisation]) -> list[Organisation]:
    """ "HĐND, UBND tỉnh Gia Lai": who names no place of its own shares that of its neighbour in the list."""
    for indexes in (range(len(found) - 2, -1, -1), range(1, len(found))):
        step = 1 if indexes.step < 0 else -1
        for index in indexes:
            here, other = found[index], found[index + step]
            left, right = (here, other) if step > 0 else (other, here)
            goes_on = step < 0 and words.gap(here.end - 1) == " " and words.key(here.end) in _GOES_ON
            if goes_on:  # "Công an thành phố A và Chi hội Phụ nữ tổ 5"
                continue
            if step > 0 and _listed_together(words, left, right) and (stated := _stated_behind(words, here, other)):
                found[index] = stated
                continue
            if here.wants_place and other.place and not other.wants_place and _listed_together(words, left, right):
                title, far = other.place.name, whereabouts(other.place)
                found[index] = replace(here, name=f"{here.name} {title}", level=other.place.level, place=other.place,
                                       entity=f"{here.entity or here.name} {title}{far}", wants_place=False,
                                       confidence=0.8, rule="area-shared")  # fmt: skip
    return [one for one in found if not one.wants_place or one.confidence]


def _stated_behind(words: Words, here: Organisation, other: Organisation) -> Organisation | None:
    """ "Huyện ủy, HĐND, UBND huyện A": of the place that its neighbours name, whatever was named before."""
    place = other.place
    if place is None or other.wants_place or place.rule == "home" or here.rule != "party-resolved":
        return None
    written = words.written(here.first, here.end)
    told = here.name.startswith(f"{written} ") and place.level == here.level and here.place != place
    if not told:
        return None
    whose = f"{written} {untyped(place)}"
    return replace(here, name=whose, entity=f"{whose}{whereabouts(place)}", place=place, rule="area-shared")


def _listed_together(words: Words, left: Organisation, right: Organisation) -> bool:
    gap = words.gap(left.end - 1)
    if right.first == left.end:
        return gap in (",", "-", "/")
    office = words.at(left.end, "office")
    if office and office.end == right.first and gap == "," and words.gap(office.end - 1) == " ":
        return True  # "Phó Chủ tịch Ủy ban MTTQ, Chủ tịch Hội LHPN phường"
    return right.first == left.end + 1 and words.keys[left.end] == "và" and gap in (" ", ",")


@read_once
def _clusters(page: Page) -> dict[frozenset[str], str]:
    """What tells a cluster from another -> the fullest name that the article has for it."""
    names: dict[frozenset[str], str] = {}
    for found in chain.from_iterable(_read(context) for context in parts_of(page)):
        if found.level == "cluster":
            key = _telling(found.name)
            names[key] = max(names.get(key, ""), found.name, key=_fullness)
    return names


def _fullness(name: str) -> tuple[bool, int, str]:
    return name.startswith(("Cụm", "Khối")), len(name), name


def _telling(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(name))) - _GENERAL - set(re.findall(r"\d+(?= tinh)", fold(name)))


@read_once
def _names(page: Page) -> dict[str, str]:
    """Organisation -> the fullest name that the article has for it: "UBMTTQ Việt Nam tỉnh" for "UBMTTQ tỉnh" too."""
    names: dict[str, str] = {}
    for found in chain.from_iterable(_read(context) for context in parts_of(page)):
        names[found.entity] = max(names.get(found.entity, ""), found.name, key=lambda name: (len(name), name))
    return names


def _in_full(found: Organisation, clusters: dict[frozenset[str], str], names: dict[str, str]) -> Organisation:
    if found.level != "cluster":
        fullest = names[found.entity] if found.entity else found.name
        return found if fullest == found.name else replace(found, name=fullest)
    key = _telling(found.name)
    if not key and len(clusters) <= 2 and len(named := [other for other in clusters if other]) == 1:
        key = named[0]  # "Cụm thi đua Hội LHPN các tỉnh", where the article has one cluster
    return replace(found, name=clusters.get(key, found.name))
