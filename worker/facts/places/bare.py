"""Places that no word for their level introduces: "Hội LHPN Thanh Trì", "ở Gia Lai", and names that only look so."""

from __future__ import annotations

from collections.abc import Iterator

from worker.facts.places.place import TYPES, Place, districts_called, lower_title
from worker.facts.span import Page
from worker.facts.words import Hit, Words

ORGANISATIONS = ("union", "area", "party", "body", "press", "cluster", "department")
"""Sorts of phrases after which a bare name is a place: "Hội LHPN Hà Nội", "Tỉnh ủy Gia Lai"."""


def of_organisation(words: Words, hit: Hit, page: Page) -> Iterator[Place]:
    """The district whose union or committee is named: "Hội LHPN Thanh Trì", "Huyện ủy Chư Păh"."""
    index = hit.end
    if words.gap(index - 1) != " " or words.shouted(index) or words.at(index, "level", "province"):
        return
    titles = {"district": ("huyện", "quận"), "town": ("thị xã",), "city": ("thành phố",)}.get(
        hit.entry.data[0], TYPES["district"]
    )
    for end in range(min(words.run(index), index + 4), index, -1):
        units = districts_called(titles, words.written(index, end))
        home = [unit for unit in units if unit.parent == page.province]
        if units and (home or len({unit.code for unit in units}) == 1):
            found = (home or units)[-1]
            yield Place(index, end, "district", lower_title(found.name), "organisation", units=(found,))
            return


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
