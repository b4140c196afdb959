"""A place where a text names it, and the provinces by what they are called at the time of a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from worker.facts import gazetteer
from worker.facts.gazetteer import Province, Unit, unit_key
from worker.facts.span import Page
from worker.facts.words import Words

TYPES = {
    "city": ("thành phố", "thị xã"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
}
KNOWN = 8192  # names of which it is remembered whether a unit bears them


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


def of_province(first: int, end: int, code: str, rule: str, confidence: float = 1.0) -> Place:
    """A province of the 63 as a place."""
    province = gazetteer.provinces()[code]
    return Place(first, end, "province", province.title, rule, code, province.code_2025, code, confidence)


MERGED = date(2025, 7, 1)
"""Since this day the 34 provinces and the new communes stand, and districts are abolished (202/2025/QH15)."""


def standing(code: str, page: Page) -> str:
    """The province of the 63 by whose name this one goes at the time of the page: Long An is Tây Ninh since 2025-07."""
    province = gazetteer.provinces()[code]
    if page.published is None or page.published < MERGED or province.name == province.name_2025:
        return code
    same = (other for other in gazetteer.provinces().values() if other.code_2025 == province.code_2025)
    return next((other.code for other in same if other.name == other.name_2025), code)


def home(page: Page, kind: str) -> Place | None:
    """The source's own province, else the one that the page's host names, where it is what the text calls it.

    `kind` is how: "tỉnh" (`province`) or "thành phố" (`city`).
    """
    code = page.province or page.host_province
    if code is None:
        return None
    province = gazetteer.provinces()[standing(code, page)]
    central = is_city(province, page)
    if central != (kind == "city"):
        return None
    place = of_province(0, 0, province.code, "home")
    if central:
        return replace(place, name=f"TP {province.name}")
    return replace(place, name="tỉnh Thừa Thiên Huế") if province.city else place


def called_so(words: Words, place: Place) -> Place:
    """Thừa Thiên Huế by the name that it bore until 31 December 2024, where the text gives it that."""
    return replace(place, name="tỉnh Thừa Thiên Huế") if words.keys[place.first] == "thừa" else place


CITY_SINCE = {"46": date(2025, 1, 1), "75": date(2026, 4, 30)}
"""Provinces that have become cities under central government: Huế (175/2024/QH15) and Đồng Nai (30/2026/QH16)."""


def is_city(province: Province, page: Page) -> bool:
    """Is "thành phố X" the central city at the time of the page, and not a town of that name in the province?"""
    since = CITY_SINCE.get(province.code)
    return province.city if since is None or page.published is None else page.published >= since


def at_the_time(place: Place, page: Page) -> Place:
    """A province whose level the text leaves out, as the city that it has become by the time of the page."""
    if place.code not in CITY_SINCE:
        return place
    province = gazetteer.provinces()[place.code]
    return replace(place, name=f"TP {province.name}") if is_city(province, page) else place


def lower_title(name: str) -> str:
    """A unit's name with its type in lower case: "huyện Chư Păh"."""
    return name[:1].lower() + name[1:]


@lru_cache(maxsize=KNOWN)
def districts_called(titles: tuple[str, ...], bare: str) -> tuple[Unit, ...]:
    """The districts of that name, with one of these types."""
    key = unit_key(bare)
    return tuple(unit for title in titles for unit in gazetteer.districts().get(unit_key(title) + key))
