"""Places that no word for their level introduces: "Hội LHPN Thanh Trì", "ở Gia Lai", and names that only look so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from worker.facts.gazetteer import Unit, districts
from worker.facts.places.place import MERGED, TYPES, Place, districts_called, lower_title
from worker.facts.span import Context, Page
from worker.facts.words import Hit, Words, words_of
from worker.vietnamese import tone_key

LEADER = 3  # words of the whole name of who leads a committee
LISTED = 3  # bare names of districts that make a list of them

ORGANISATIONS = ("union", "area", "party", "body", "press", "cluster", "department")
"""Sorts of phrases after which a bare name is a place: "Hội LHPN Hà Nội", "Tỉnh ủy Gia Lai"."""


def of_organisation(words: Words, hit: Hit, page: Page) -> Iterator[Place]:
    """The district whose union or committee is named: "Hội LHPN Thanh Trì", "Huyện ủy Chư Păh"."""
    index = hit.end
    if hit.entry.name.startswith(("Chi hội Phụ nữ", "Tổ ")) or words.keys[hit.first - 1] == "chi":
        return  # "Chi hội Phụ nữ An Nhơn 4": of a hamlet
    if words.gap(index - 1) != " " or words.shouted(index) or words.at(index, "level", "province"):
        return
    if hit.entry.data[0] == "province":
        return  # "Tỉnh ủy" is of no district
    titles = {"district": ("huyện", "quận"), "town": ("thị xã",), "city": ("thành phố",)}.get(
        hit.entry.data[0], TYPES["district"]
    )
    for end in range(min(words.run(index), index + 4), index, -1):
        bare = words.written(index, end)
        units = districts_called(titles, bare)
        if units and _of_leader(words, hit, index, end) and not _is_so_called(units, bare, words, end):
            continue
        since = () if units or hit.entry.sort != "party" else _since_then(titles, bare)
        home = [unit for unit in units or since if unit.parent == page.province]
        if (units or since) and (home or len({unit.code for unit in units or since}) == 1):
            found = (home or units or since)[-1]
            name = f"{titles[0]} {bare}" if since else lower_title(found.name)
            yield Place(index, end, "district", name, "organisation", units=(found,))
            return


def _of_leader(words: Words, hit: Hit, index: int, end: int) -> bool:
    """Do the words up to `end` begin the name of who leads it: "Bí thư Huyện ủy | Hà Quang Thịnh"?"""
    named = words.before(hit.first, "office") is not None and words.at(index, "surnames") is not None
    return named and end < words.run(index) >= index + LEADER


def _is_so_called(units: tuple[Unit, ...], bare: str, words: Words, end: int) -> bool:
    """Has a district that very name, and someone's follows: "Phó Bí thư Huyện ủy Hà Quảng | Lê Thị Na"?"""
    marks = tone_key(bare.lower())
    spelled = any(tone_key(unit.name.lower()).endswith(marks) for unit in units)
    return spelled and words.run(end) - end > 1 and words.at(end, "surnames") is not None


def _since_then(titles: tuple[str, ...], bare: str) -> tuple[Unit, ...]:
    """What has become a town since a text called its committee a district's: "Huyện ủy Vĩnh Châu"."""
    return districts_called(tuple(title for title in TYPES["district"] if title not in titles), bare)


def bare_districts(words: Words, page: Page) -> Iterator[Place]:
    """The districts of a province that is named, without a word for it: "(Sơn Động)", "ở Sơn Tịnh".

    In brackets, behind "ở" or "tại", or three at least in one list; no longer once districts are abolished.
    """
    if page.published is not None and page.published >= MERGED:
        return
    codes = {hit.entry.name for hit in words.all("province")} | ({page.province} if page.province else set())
    known = [_of_province(code) for code in sorted(codes)]
    firsts = set[str]().union(*known)
    row: list[Place] = []
    for index in words.where(firsts):
        if not (words.capital(index) and words.capital(index + 1)):
            continue
        key = words.keys[index]
        found = next((one for of in known if key in of and (one := _district_at(words, index, of[key]))), None)
        if found is None or words.before(index, "level", "surnames"):
            continue
        if row and not _goes_on(words, row[-1].end, index):
            row = []
        row.append(found)
        if len(row) == LISTED:
            yield from row
        elif len(row) > LISTED or _stands_out(words, index, found.end):
            yield found


def _goes_on(words: Words, end: int, index: int) -> bool:
    """Does the next name of a list begin at a word, the last one having ended at another?"""
    if index == end:
        return words.gap(end - 1) in (",", ";")
    return index == end + 1 and words.keys[end] == "và"


def _stands_out(words: Words, index: int, end: int) -> bool:
    """Does the name stand alone in brackets, or first in them, or where something is: "(Hoàng Su Phì, Hà Giang)"?"""
    if words.gap(index - 1).endswith("("):
        return words.text.startswith((")", ","), words.ends[end - 1])
    return words.gap(index - 1) == " " and words.keys[index - 1] in ("ở", "tại")


def _district_at(words: Words, index: int, units: tuple[tuple[tuple[str, ...], Unit], ...]) -> Place | None:
    """The one of these districts whose name is the whole run of capitals at a word."""
    if words.gap(index) != " ":
        return None
    end = words.run(index)
    for keys, unit in units:
        if len(keys) == end - index and tuple(map(tone_key, words.keys[index:end])) == keys:
            return Place(index, end, "district", lower_title(unit.name), "bare", confidence=0.8, units=(unit,))
    return None


@cache
def _of_province(code: str) -> dict[str, tuple[tuple[tuple[str, ...], Unit], ...]]:
    """First word -> the districts of a province whose name of two words or more begins so, and is no other's there."""
    named: dict[tuple[str, ...], list[Unit]] = {}
    for unit in districts().all():
        if unit.parent == code:
            title = next(title for title in TYPES["district"] if unit.name.lower().startswith(f"{title} "))
            named.setdefault(tuple(tone_key(unit.name[len(title) + 1 :].lower()).split()), []).append(unit)
    by_first: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
    for keys, units in named.items():
        if len(keys) > 1 and len({unit.code for unit in units}) == 1:
            by_first.setdefault(keys[0], []).append((keys, units[-1]))
    return {first: tuple(found) for first, found in by_first.items()}


def bare_province(words: Words, hit: Hit) -> bool:
    """Is it the province, and not someone or something that bears its name?"""
    a_man = words.keys[hit.end - 1] in ("minh", "hcm") and hit.end - hit.first != 2
    if hit.entry.name == "79" and a_man and not words.before(hit.first, *ORGANISATIONS):
        return _among_provinces(words, hit)  # "Hồ Chí Minh" alone is the man, and "HCM" is his initials
    return alone(words, hit)


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


def alone(words: Words, hit: Hit) -> bool:
    """Does the name stand by itself, and not inside a longer name?"""
    if (other := words.at(hit.first, "other_names")) and other.end > hit.end:
        return False
    if words.before(hit.first, *ORGANISATIONS, "level") or words.keys[hit.first - 1] == "báo":
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


_HEADING = re.compile(r"[^\w\n]{0,4}(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,3}) ?[:–-]")


def heading_lines(context: Context) -> Iterator[Place]:
    """The districts in capitals with which news in brief begin: one of the source's province, or the only one."""
    words, page = words_of(context), context.page
    for line in context.at_lines(_HEADING, context.text):
        name = line["name"]
        if not name.isupper() or " " not in name:
            continue
        units = districts_called(TYPES["district"], name)
        here = tuple(unit for unit in units if unit.parent == page.province)
        if here or len({unit.code for unit in units}) == 1:
            units = here or units
            first, end = (bisect_left(words.starts, at) for at in line.span("name"))
            yield Place(first, end, "district", lower_title(units[-1].name), "heading", confidence=0.8, units=units)
