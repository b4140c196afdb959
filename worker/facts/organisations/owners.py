"""Whose an organisation is: the place after its name, or the one that "tỉnh", "huyện", "xã" stands for there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain

from worker.facts import gazetteer
from worker.facts.places import place_at, places_of, speaks_of_its_own
from worker.facts.places.place import MERGED, Place, home, of_province, standing
from worker.facts.span import Context, Page, parts_of, read_once, sibling
from worker.facts.words import Hit, Words, within, words_of
from worker.models import PARTS

NEAR = 12  # a shortened name is completed from the places named so many before it
CHAIN = 12  # words of the offices of one person
FORMER = 8
"""Words before a place within which "nguyên" stands, where somebody was in office there."""
MERGING = 40  # words of a list of units that became one
_LISTS = frozenset(("các", "những", "hai", "ba"))
_GOES = frozenset(("quê", "đi", "lên", "tận", "sang"))  # "quê Hà Nam", "đi Bình Dương làm mướn"
_COUNTRIES = "Lào|Campuchia|Cam-pu-chia|Trung Quốc|Thái Lan|Hàn Quốc|Nhật Bản"
_ABROAD = re.compile(rf"tỉnh ([^\W\d_]+(?: [^\W\d_]+){{0,4}}) \((?:nước )?(?:CHDCND )?(?:{_COUNTRIES})\b")
UNITS = ("province", "district", "commune", "village")
_INNER = ("district", "commune")
_HOMES = ("province", "district")  # levels of a province and of a city, which "tỉnh" and "thành phố" may mean


@read_once
def _provinces_abroad(page: Page) -> frozenset[str]:
    """The names of the provinces of other countries that the article tells of: "tỉnh Champasak (Lào)"."""
    return frozenset(name for part in PARTS for name in _ABROAD.findall(page.article.part(part)))


def _province(place: Place, page: Page) -> Place | None:
    """The province that a district or a commune lies in, as it is called at the article's time."""
    published = page.published
    if published and published >= MERGED and place.code_2025 and place.units and not place.province:
        parent = place.units[0].parent
        heirs = [one for one in gazetteer.provinces().values() if one.code_2025 == parent]
        named = next((one for one in heirs if one.name == one.name_2025), None)
        return of_province(place.first, place.end, named.code, "holder", 0.8) if named else None
    if place.province is None:
        return None
    return of_province(place.first, place.end, standing(place.province, page), "holder", 0.8)


_MOSTLY_OF = 6  # places that an article has to name to tell where it plays
_NEARLY_ALL = 0.75


@read_once
def _mostly_in(page: Page) -> str | None:
    """The province (of the 63) in which nearly all districts and communes lie that the article names."""
    places = [place for context in parts_of(page) for place in places_of(context) if place.level in _INNER]
    provinces = {place.name: _province(place, page) for place in places}
    codes = Counter([one.code for one in provinces.values() if one])
    code, most = max(codes.items(), key=lambda item: item[1], default=(None, 0))
    return code if most >= _MOSTLY_OF and most >= _NEARLY_ALL * codes.total() else None


class Owners:
    """Finds the places of organisations in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: Words = words_of(context)

    def place(self, index: int, brackets: bool = False) -> Place | None:
        """The place that follows a name, stated or shortened ("tỉnh", "xã"); its `end` is where the name ends."""
        gap = self.words.gap(index - 1)
        if gap != " " and not (brackets and gap == ")"):
            return None
        place = place_at(self.context, index)
        if place and place.rule == "other-province":
            return replace(place, level="province")
        if place and place.rule != "here":
            return place if place.level in UNITS else None
        level = self.words.at(index, "level")
        if level is None or level.entry.data[1] not in ("unit", "village") or self._lists_levels(level):
            return None
        kind = level.entry.data[0]
        if kind == "province" and (abroad := self._abroad(level)):
            return abroad
        found = self.home(kind, index) if kind in ("province", "city") else self.last(level.entry.name, index)
        return replace(found, first=index, end=level.end, rule="home", confidence=0.9) if found else None

    def past_short_form(self, end: int) -> int:
        """The end of a name with the short form that stands in brackets behind it: "… (NHCSXH)"."""
        words = self.words
        return end + 1 if words.gap(end - 1) == "(" and words.upper(end) and words.gap(end) == ")" else end

    def _abroad(self, level: Hit) -> Place | None:
        """A province of another country, where the article says so: "tỉnh Champasak (Lào)"."""
        abroad = _provinces_abroad(self.context.page)
        if not abroad or not self.words.capital(level.end):
            return None
        end = self.words.run(level.end)
        name = self.words.written(level.end, end)
        return Place(level.first, end, "province", f"tỉnh {name}", "abroad") if name in abroad else None

    def _lists_levels(self, level: Hit) -> bool:
        """ "Hội LHPN huyện, thị xã, thành phố": no one's in particular."""
        words, after, gap = self.words, level.end, self.words.gap(level.end - 1)
        if gap == " " and words.key(after) == "và":
            return words.at(after + 1, "level") is not None and words.at(after + 1, "party") is None
        if gap not in (",", "/", "-"):
            return False
        if words.capital(after) and words.at(after, "party"):  # "Hội LHPN huyện, Huyện đoàn"
            return False
        another = words.at(after, "level")  # but "Ban Nữ công LĐLĐ tỉnh, toàn tỉnh có …"
        return another is not None and another.entry.data[1] != "here" and place_at(self.context, after) is None

    def home(self, kind: str, index: int) -> Place | None:
        """The province, or the central city, that is meant at a word by "tỉnh" or "thành phố".

        It is the one of the next office of the same person ("Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh Đồng Tháp"), else the
        source's (or its host's), where it is spoken of, else the one in which nearly all places of the article lie,
        else the last that was named, else the one in which the last place lies, else the source's after all.
        """
        told = self._of_next_office(kind, index)
        own = told or self._own(kind) or self._titled(kind) or self._mostly(kind)
        own = own or self._named(kind, self._named_before(index))
        near = (one for one in self.before(index) if not self._gone_to(one))  # no "đi Bình Dương làm mướn"
        own = own or self._around(index, kind == "city") or self._named(kind, near)
        return own or home(self.context.page, kind)

    def _own(self, *kinds: str) -> Place | None:
        """The source's own province, where the article may mean it."""
        page = self.context.page
        own = (home(page, kind) for kind in kinds) if speaks_of_its_own(page) else ()
        return next((place for place in own if place), None)

    def _of_next_office(self, kind: str, index: int) -> Place | None:
        """The province that the next office of whoever holds one in this is of, where it is said there."""
        words, offices = self.words, 0
        for here in range(index + 1, min(index + CHAIN, len(words))):
            next_office = words.gap(here - 1) in (",", "-") and words.at(here, "office") is not None
            offices += next_office
            if not (next_office or words.gap(here - 1) == " ") or words.at(here, "honorific"):
                return None
            level = words.at(here, "party", "level") if offices else None
            named = level.end if level and level.entry.sort == "party" else here  # "Tỉnh ủy | Gia Lai"
            place = place_at(self.context, named) if level and level.entry.data[0] in ("province", "city") else None
            if place and place.rule != "here" and place.level == "province":
                return self._named(kind, (place,))
        return None

    def _titled(self, kind: str) -> Place | None:
        """The only province, or central city, that the title names."""
        titled = places_of(sibling(self.context, "title")) if self.context.page.article.title else []
        named = [place for place in titled if place.level == "province" and place.code]
        return self._named(kind, named) if len({place.code for place in named}) == 1 else None

    def _mostly(self, *kinds: str) -> Place | None:
        """The province in which nearly all places of the article lie: others are who else gave, or was there."""
        code = _mostly_in(self.context.page)
        if code is None:
            return None
        place = of_province(0, 0, code, "holder", 0.8)
        return place if ("city" if place.name.startswith("TP") else "province") in kinds else None

    def any_home(self, index: int) -> Place | None:
        """The province or central city that a department is of, where neither is said."""
        page = self.context.page
        own = self._own("province", "city") or self._titled("province") or self._mostly("province", "city")
        if own:
            return own
        titled = places_of(sibling(self.context, "title")) if page.article.title else []
        places = chain(self._named_before(index), titled, self.before(index))  # "quê Hưng Yên" last
        named = next((place for place in places if place.level == "province" and place.code), None)
        return (
            (named and self._standing(named))
            or self._around(index, False)
            or self._named("city", self.spoken_of(index))
            or home(page, "province")
            or home(page, "city")
        )

    def _named(self, kind: str, places: Iterable[Place]) -> Place | None:
        for place in places:
            if place.level == "province" and place.code and place.name.startswith("TP") == (kind == "city"):
                return self._standing(place)
            if kind == "city" and place.level == "district" and place.name.startswith("thành phố"):
                return place
        return None

    def _standing(self, place: Place) -> Place:
        """A province, or the one that it has become part of: whose "tỉnh" is meant in an article of after July 2025."""
        code = standing(place.code or "", self.context.page)
        return place if code == place.code else of_province(place.first, place.end, code, place.rule, place.confidence)

    def _around(self, index: int, city: bool) -> Place | None:
        around = (_province(place, self.context.page) for place in self.spoken_of(index) if not self._gone_to(place))
        return next((one for one in around if one and one.name.startswith("TP") == city), None)

    def last(self, title: str, index: int) -> Place | None:
        """The place of that type that was named last: "huyện Chư Păh" for "huyện"; else the district of a commune."""
        head = f"{title} "
        stated = next((place for place in self.spoken_of(index) if place.name.startswith(head)), None)
        if stated and place_at(self.context, stated.first) is stated and self._aside(stated, index):
            stated = self._in_title(head) or stated
        return stated or next((one for place in self.spoken_of(index) if (one := _district(place, title))), None)

    def _aside(self, place: Place, index: int) -> bool:
        """Is it named but behind a word, or but as where a commune lies: "tặng quà phụ nữ xã A, huyện B"?"""
        holds = self.words.gap(place.first - 1) == "," and place.level == "district"
        commune = holds and any(
            one.end == place.first
            for one in within(places_of(self.context), place.first - NEAR, place.first)
            if one.level == "commune"
        )
        return place.first > index or commune

    def _in_title(self, head: str) -> Place | None:
        """The place of that type that the title names, if it names one alone."""
        if self.context.part == "title" or not self.context.page.article.title:
            return None
        titled = {one.name: one for one in places_of(sibling(self.context, "title")) if one.name.startswith(head)}
        return next(iter(titled.values())) if len(titled) == 1 else None

    def spoken_of(self, index: int) -> Iterator[Place]:
        """The places named before a word, those first that are not merely listed or somebody's home."""
        passing: list[Place] = []
        for place in self.before(index):
            if self._in_passing(place):
                passing.append(place)
            else:
                yield place
        yield from passing

    def _named_before(self, index: int) -> Iterator[Place]:
        """The provinces and districts named before a word that are not merely listed or somebody's home."""
        return (one for one in self.before(index) if one.level in _HOMES and not self._in_passing(one))

    def listed(self, index: int) -> list[Place]:
        """The places of one list whose word for their level stands at this word: "các huyện A, B và C"."""
        words, places = self.words, places_of(self.context)
        position = bisect_left(places, index, key=lambda place: place.first)
        level = words.at(index, "level")
        if level is None or position == len(places) or places[position].first not in (index, level.end):
            return []
        found = [places[position]]
        for place in places[position + 1 : position + NEAR]:
            gap, end = words.gap(found[-1].end - 1), found[-1].end
            joined = place.first == end and gap in (",", ";")
            joined = joined or (place.first == end + 1 and words.keys[end] == "và")
            if not joined or place.level != found[0].level:
                break
            found.append(place)
        return found

    def _in_passing(self, place: Place) -> bool:
        """Is it one of a list ("các xã A, B và C", "3 tỉnh A, B và C"), or where someone comes from or goes to?"""
        words, before = self.words, place.first - 1
        if before < 0 or words.key(place.end - 1) != place.name.split()[-1].lower():
            return False  # of another part of the article
        key, gap = words.keys[before], words.gap(before)
        if key == "tại" and gap == " " and words.opens_sentence(before):
            return False  # "Tại Bắc Hà, đoàn thăm Huyện ủy, Hội LHPN huyện"
        if place.rule == "bare" or self._merged(before) or self._formerly(before):
            return True
        if gap == " " and (key in _LISTS or key in _GOES or key.isdigit()):
            return True
        level = words.at(place.first, "level")
        if level and level.entry.data[1] == "unit":  # "sóc" of Sóc Trăng is none
            return False
        return gap == "," or key == "và" or (gap == ":" and self._goes_on(place))

    def _formerly(self, before: int) -> bool:
        """Was somebody in office there once: "nguyên Chủ tịch Hội LHPN xã A"?"""
        words = self.words
        for index in range(before, max(-1, before - FORMER), -1):
            if words.gap(index)[:1] in (",", ".", ";", "\n", "("):
                return False
            if words.text.startswith("nguyên", words.starts[index]):
                return True
        return False

    def _gone_to(self, place: Place) -> bool:
        """Is it where somebody comes from or goes to: "quê Hưng Yên", "đi Bình Dương"?"""
        words, before = self.words, place.first - 1
        here = words.key(place.end - 1) == place.name.split()[-1].lower()  # and not in another part of the article
        return here and before >= 0 and words.gap(before) == " " and words.keys[before] in _GOES

    def _goes_on(self, place: Place) -> bool:
        """Does a list go on behind a place with one of its level: "6 tỉnh: An Giang, Cà Mau …"?"""
        other = place_at(self.context, place.end) if self.words.gap(place.end - 1) == "," else None
        return other is not None and other.level == place.level

    def _merged(self, index: int) -> bool:
        """Does this word stand in a list of what was merged: "hợp nhất xã A, xã B và thị trấn C"?"""
        position = bisect_right(self._merges, index)
        if position == 0 or index - self._merges[position - 1] >= MERGING:
            return False
        words, begins = self.words, self._merges[position - 1]
        became = any(words.keys[at] == "thành" and words.keys[at + 1] != "phố" for at in range(begins, index + 1))
        return not became and not any(words.gap(at)[:1] in (".", ";", "\n") for at in range(begins, index + 1))

    @cached_property
    def _merges(self) -> list[int]:
        """The words with which "sáp nhập" and "hợp nhất" end."""
        if "áp nhập" not in self.words.text and "ợp nhất" not in self.words.text:  # most speak of none
            return []
        keys, joined = self.words.keys, (["sáp", "nhập"], ["hợp", "nhất"])
        ends = (at for at, key in enumerate(keys) if key in ("nhập", "nhất") and keys[at - 1 : at + 1] in joined)
        return [at for at in ends if not self.words.gap(at).startswith(",")]  # "sau khi sáp nhập, Hội LHPN xã A có …"

    def before(self, index: int) -> Iterator[Place]:
        """The places named before a word, the nearest first; then those behind it, those of the body, or the title."""
        places = places_of(self.context)
        position = bisect_left(places, index, key=lambda place: place.first)
        yield from reversed(places[max(0, position - NEAR) : position])
        yield from places[position : position + NEAR]
        other = "body" if self.context.part != "body" else "title"
        if self.context.page.article.part(other):
            yield from places_of(sibling(self.context, other))[:NEAR]


def _district(place: Place, title: str) -> Place | None:
    """The district of that type which a commune lies in."""
    if place.level != "commune" or not place.code:
        return None
    parent = next((unit.parent for unit in place.units if unit.code == place.code), "")
    name = gazetteer.district_names().get(parent, "")
    if not name.startswith(f"{title} "):
        return None
    units = gazetteer.districts().get(gazetteer.unit_key(name))
    return replace(place, level="district", name=name, code=parent, code_2025=None, units=units, confidence=0.8)


def bare(place: Place) -> str:
    """The place's name without its type."""
    title = next((title for title in ("thành phố", "thị xã", "thị trấn") if place.name.startswith(title)), None)
    return place.name[len(title) :].strip() if title else place.name.split(" ", 1)[1]


def untyped(place: Place) -> str:
    """The same as organisations are called by it: TP Hồ Chí Minh with its type, for the bare name is a man's."""
    return place.name if place.name.endswith(" Hồ Chí Minh") else bare(place)


def whereabouts(place: Place) -> str:
    """What tells a district or a commune from its namesakes: ", huyện Chư Păh, tỉnh Gia Lai".

    A commune of the new scheme is told by its province of the 34.
    """
    if place.level == "province":
        return ""
    if place.province is None:
        unit = next((unit for unit in place.units if unit.is_new and unit.code == place.code_2025), None)
        return f", {gazetteer.titles_2025()[unit.parent]}" if unit else ""
    around = [gazetteer.provinces()[place.province].title]
    if place.level == "commune":
        parent = next((unit.parent for unit in place.units if unit.code == place.code), None)
        district = gazetteer.district_names().get(parent or "")
        around = [district, *around] if district else around
    return "".join(f", {name}" for name in around)
