"""How the name of an organisation is read: which words belong to it, whose it is, and what its full name would be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from worker.facts import gazetteer
from worker.facts.gazetteer import small_words
from worker.facts.place_names import Place, home
from worker.facts.places import place_at, places_of
from worker.facts.span import Context
from worker.facts.words import Hit, Words, sibling, words_of

SORTS = ("central", "union", "area", "party", "body", "department", "cluster", "open", "free")
BODY_LEVELS = {"central": "central body", "province": "province body"}
NAME_WORDS = 14  # an organisation's own name has no more
SMALL_WORDS = 3  # words without a capital that may join two parts of a name: "Dệt may Huế"
NEAR = 12  # a shortened name is completed from the places named so many before it
_MANY = frozenset(("các", "cấp", "những", "mỗi", "từng", "hai", "ba", "bốn", "năm"))
_TOWNS = {"city": "thành phố", "town": "thị xã", "district": "huyện"}
_ADVERBS = ("Thường trực", "Thường vụ")  # bodies, but after an office they only say how it is held
_JOINING = frozenset(("và", "các", "tỉnh", "khu", "vực", "vùng", "miền"))


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation where it is named: words [first, end). `place` is whose it is; `entity` tells namesakes apart."""

    first: int
    end: int
    name: str
    level: str
    rule: str
    place: Place | None = None
    entity: str = ""
    confidence: float = 1.0
    wants_place: bool = False  # it is nobody's yet: only a neighbour in its list can say whose


class Reader:
    """Reads the organisation that begins at a word of one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: Words = words_of(context)
        self._index = 0

    def read(self, index: int) -> Organisation | None:
        """The organisation whose name begins with this word, or None."""
        self._index = index
        here = self.words.hits.get(index, {})
        hits = [here[sort] for sort in SORTS if sort in here]
        for hit in sorted(hits, key=lambda hit: -hit.end):
            if found := getattr(self, f"_{hit.entry.sort}")(hit):
                organisation: Organisation = found
                return organisation
        return None

    # --- sorts of phrases, as in organisations.csv ---

    def _central(self, hit: Hit) -> Organisation | None:
        inner = self.words.at(hit.end - 1, "area", "union")  # "Trung ương Hội" + "Hội Nông dân Việt Nam"
        if inner and inner.end > hit.end:
            found = self.read(hit.end - 1)
            return replace(found, first=hit.first, level="central") if found else None
        if hit.entry.name == "Hội LHPN Việt Nam" and self.words.at(hit.end, "level"):
            union = self._union(hit._replace(entry=hit.entry._replace(name="Hội LHPN", data=("",))))
            if union:  # since 2025: "Hội LHPN Việt Nam xã Ia Phí"
                return union
        return Organisation(hit.first, hit.end, hit.entry.name, hit.entry.data[0], "central")

    def _union(self, hit: Hit) -> Organisation | None:
        name = hit.entry.name
        end = hit.end + (self.words.gap(hit.end - 1) == ")" and self.words.capital(hit.end))
        if self.words.gap(hit.end - 1) == ")":  # "Hội Liên hiệp Phụ nữ (LHPN) tỉnh …": the bracket is part of the name
            end = hit.end
        if found := self._several_cities(hit, end):
            return found
        place = self._place(end, brackets=True)
        if place and (place.rule != "home" or self.words.capital(hit.first)):  # "hội phụ nữ xã" is no one's name
            name = name if name.startswith("Chi hội") else "Hội LHPN"
            return self._of(hit, name, place, "union")
        inner = self.read(end) if self.words.gap(end - 1) == " " and self.words.at(end, "area", "department") else None
        if inner and not inner.wants_place:  # "Hội Phụ nữ Công an tỉnh Gia Lai"
            return replace(inner, first=hit.first, name=f"Hội Phụ nữ {inner.name}", entity="", rule="union")
        return None

    def _several_cities(self, hit: Hit, end: int) -> Organisation | None:
        """ "Hội LHPN 5 thành phố trực thuộc Trung ương": a cluster's other name."""
        words = self.words
        if self.words.gap(end - 1) != " " or end >= len(words) or not words.keys[end].isdigit():
            return None
        tail = words.keys[end + 1 : end + 6]
        if tail[:4] != ["thành", "phố", "trực", "thuộc"] or tail[4:] not in (["trung"], ["tw"], ["tư"]):
            return None
        end += 6 + (tail[4] == "trung")
        name = f"Hội LHPN {words.keys[hit.end]} thành phố trực thuộc Trung ương"
        return Organisation(hit.first, end, name, "cluster", "cluster")

    def _area(self, hit: Hit) -> Organisation | None:
        unit = self._key(hit.end) == "đơn" and self._key(hit.end + 1) == "vị"  # "Đoàn ĐBQH đơn vị tỉnh …"
        place = self._place(hit.end + 2 * unit)
        if place:
            return self._of(hit, hit.entry.name, place, "area")
        if self.words.gap(hit.end - 1) == " " and self._key(hit.end) in _MANY:
            return None
        level = hit.entry.data[0]
        return Organisation(
            hit.first,
            hit.end,
            hit.entry.name,
            level or "other",
            "area",
            wants_place=True,
            confidence=0.8 if level else 0,
        )

    def _department(self, hit: Hit) -> Organisation | None:
        place = self._place(hit.end)
        stated = place is not None
        if place is None and hit.entry.data[0] == "province":
            page = self.context.page
            place = home(page, "province") or home(page, "city") or self._home("province") or self._home("city")
        elif place is None:
            place = next((one for one in self._before() if one.level == "district"), None)
        if place is None:
            level = hit.entry.data[0]
            return Organisation(hit.first, hit.end, hit.entry.name, level, "department", confidence=0.7)
        title = place.name if place.level != "province" else place.name.split(" ", 1)[1]
        end = place.end if stated else hit.end
        return self._named(hit.first, end, f"{hit.entry.name} {title}", place, "department")

    def _party(self, hit: Hit) -> Organisation | None:
        if self._key(hit.end) == "viên" and self.words.gap(hit.end - 1) == " ":  # "Tỉnh ủy viên" is a person
            return None
        name, level = hit.entry.name, hit.entry.data[0]
        place = place_at(self.context, hit.end) if self.words.gap(hit.end - 1) == " " else None
        if place and place.level in ("province", "district", "commune") and place.rule != "here":
            if name.startswith("Hội LHPN"):
                return self._named(hit.first, place.end, f"Hội LHPN {place.name}", place, "party")
            return self._named(hit.first, place.end, f"{name} {_bare(place)}", place, "party")
        place = (
            self._home(level)
            if level in ("province", "city")
            else self._last("quận" if name.startswith("Quận") else _TOWNS[level])
        )
        if place is None:
            return None
        whose = place.name if name.startswith("Hội LHPN") else f"{name} {_bare(place)}"
        whose = f"Hội LHPN {whose}" if name.startswith("Hội LHPN") else whose
        return replace(self._named(hit.first, hit.end, whose, place, "party-resolved"), confidence=0.8)

    def _body(self, hit: Hit) -> Organisation | None:
        words, end = self.words, hit.end
        if words.gap(end - 1) != " " or (hit.entry.name in _ADVERBS and words.before(hit.first, "office")):
            return None
        if self._key(end) == "và" and (other := words.at(end + 1, "body")) and words.gap(other.end - 1) == " ":
            inner = self.read(other.end)  # "Ban Chấp hành và Đoàn Chủ tịch Trung ương Hội …": the first of the two
            return self._body_of(hit, inner, hit.end) if inner else None
        inner = self.read(end)
        return self._body_of(hit, inner, inner.end) if inner and inner.level != "central body" else None

    def _body_of(self, hit: Hit, inner: Organisation, end: int) -> Organisation | None:
        if inner.wants_place or inner.level in ("cluster", "company", "bank"):
            return None
        whose = "Trung ương Hội LHPN Việt Nam" if inner.name == "Hội LHPN Việt Nam" else inner.name
        level = BODY_LEVELS.get(inner.level, inner.level)
        entity = f"{hit.entry.name} {inner.entity}" if inner.entity else ""
        name = f"{hit.entry.name} {whose}"
        return replace(inner, first=hit.first, end=end, name=name, entity=entity, level=level, rule="body")

    def _free(self, hit: Hit) -> Organisation | None:
        end = self._own_name(hit.end)
        if end == hit.end:
            return None
        name = f"{hit.entry.name} {self.words.written(hit.end, end)}"
        return Organisation(hit.first, end, name, hit.entry.data[0] or "other", "own-name", confidence=0.85)

    def _open(self, hit: Hit) -> Organisation | None:
        end = self._own_name(hit.end)
        place = self._place(end)
        if place is None and end == hit.end:
            return None
        if place and place.rule == "home":  # "Ủy ban Hòa bình Thành phố": the word for the level is part of the name
            end = max(end, place.end)
        name = self.words.written(hit.first, end) if end > hit.end else hit.entry.name
        if place is None:
            return Organisation(hit.first, end, name, hit.entry.data[0] or "other", "own-name", confidence=0.85)
        title = place.name if place.level != "province" else place.name.split(" ", 1)[1]
        found = self._named(hit.first, max(end, place.end), f"{name} {title}", place, "own-name")
        return replace(found, level=hit.entry.data[0] or found.level, entity="")

    def _cluster(self, hit: Hit) -> Organisation | None:
        """ "Cụm thi đua 10 tỉnh Duyên hải miền Trung và Tây Nguyên": a union, places or a number must follow."""
        words, end = self.words, hit.end
        if words.gap(end - 1) != " ":
            return None
        if self._key(end) == "số" and self._key(end + 1).isdigit() and words.gap(end) == " ":
            end += 2
        elif (union := words.at(end, "union")) and words.gap(union.end - 1) in (" ", ")"):
            end = union.end
        pieces = [self._canonical(hit.end, end)] if end > hit.end else []
        start, says_whose = end, end > hit.end and self._key(end - 1).isdigit()
        while end < start + NAME_WORDS and words.gap(end - 1) in (" ", ")"):
            step, piece = self._cluster_word(end)
            if not piece:
                break
            says_whose = says_whose or piece not in _JOINING
            pieces.append(piece)
            end = step
        while pieces and pieces[-1] in _JOINING - {"tỉnh"}:
            pieces.pop()
            end -= 1
        if not pieces or not (says_whose or "tỉnh" in pieces):
            return None
        return Organisation(hit.first, end, " ".join((hit.entry.name, *pieces)), "cluster", "cluster")

    def _cluster_word(self, index: int) -> tuple[int, str]:
        """The next piece of a cluster's name, in its canonical form, and where it ends; "" if none follows."""
        key, after = self._key(index), self._key(index + 1)
        place = place_at(self.context, index)
        if place and place.level in ("region", "province") and place.rule != "here":
            return place.end, self._canonical(index, place.end)
        if key in _JOINING or (key.isdigit() and len(key) < 3):
            return index + 1, key
        if key == "thành" and after == "phố":
            return index + 2, "thành phố"
        if key == "trực" and after == "thuộc":
            return index + 3 + (self._key(index + 2) == "trung"), "trực thuộc Trung ương"
        return index, ""

    def _canonical(self, first: int, end: int) -> str:
        """The words as written; where they shout, or shorten the union's name, as the gazetteer has them."""
        if union := self.words.at(first, "union"):
            return union.entry.name
        written = self.words.written(first, end)
        place = place_at(self.context, first)
        if not written.isupper():
            return written
        return place.name if place else written.lower()

    def _own_name(self, index: int) -> int:
        """The end of a name of capitals, and of words that are known to stand in such names; `index` if none."""
        words, end = self.words, index
        while end < min(index + NAME_WORDS, len(words)):
            if words.gap(end - 1) not in (" ", "-", "&") or words.shouted(end):
                break
            if words.at(end, "office", "honorific", "union", "party", "central") or self._level(end):
                break
            joins = end > index and self._joins(end)
            if known := words.at(end, "compounds"):
                end = known.end
            elif joins or words.capital(end):
                end += 1
            else:
                break
        cut = end == index + 1 and words.gap(end - 1) == " " and not words.capital(end)
        return index if cut and self._key(end) not in small_words("ends_role") else end

    def _level(self, index: int) -> bool:
        """Does the place of an organisation begin here? A capital may also open its name: "Bệnh viện Chợ Rẫy"."""
        level = self.words.at(index, "level")
        return level is not None and not (level.entry.data[1] in ("landmark", "street") and self.words.capital(index))

    def _joins(self, index: int) -> bool:
        """Does a name of capitals go on after this small word: "Dệt may Huế", "Văn hóa và Thể thao"?"""
        words, key = self.words, self._key(index)
        if key in ("và", "cho"):
            joined = words.capital(index + 1) or words.at(index + 1, "compounds") is not None
            return joined and words.at(index + 1, *SORTS) is None
        sorts = (*SORTS, "office", "honorific", "level", "surnames")
        last = min(index + SMALL_WORDS, len(words) - 1)
        for here in range(index, last):
            if self._key(here) in small_words("ends_role") or self._key(here).isdigit() or words.gap(here) != " ":
                return False
            if words.capital(here + 1):
                return words.at(here + 1, *sorts) is None
        return False

    # --- whose it is ---

    def _of(self, hit: Hit, name: str, place: Place, rule: str) -> Organisation:
        level = hit.entry.data[0]
        found = self._named(hit.first, max(hit.end, place.end), f"{name} {place.name}", place, rule)
        return replace(found, level=level) if level else found

    def _named(self, first: int, end: int, name: str, place: Place, rule: str) -> Organisation:
        return Organisation(
            first, end, name, place.level, rule, place, f"{name}{_whereabouts(place)}", place.confidence
        )

    def _place(self, index: int, brackets: bool = False) -> Place | None:
        """The place that follows a name, stated or shortened ("tỉnh", "xã"); its `end` is where the name ends."""
        gap = self.words.gap(index - 1)
        if gap != " " and not (brackets and gap == ")"):
            return None
        place = place_at(self.context, index)
        if place and place.rule != "here":
            return place if place.level in ("province", "district", "commune", "village") else None
        level = self.words.at(index, "level")
        if level is None or level.entry.data[1] not in ("unit", "village") or self._lists_levels(level):
            return None
        kind = level.entry.data[0]
        found = self._home(kind) if kind in ("province", "city") else self._last(level.entry.name)
        return replace(found, first=index, end=level.end, rule="home", confidence=0.9) if found else None

    def _lists_levels(self, level: Hit) -> bool:
        """ "Hội LHPN huyện, thị xã, thành phố": no one's in particular."""
        after, gap = level.end, self.words.gap(level.end - 1)
        if gap == " " and self._key(after) == "và":
            return self.words.at(after + 1, "level") is not None and self.words.at(after + 1, "party") is None
        if gap not in (",", "/", "-"):
            return False
        return self.words.at(after, "level") is not None and place_at(self.context, after) is None

    def _home(self, kind: str) -> Place | None:
        """The province, or the central city, that a text means by "tỉnh" or "thành phố": the source's, or the last."""
        if found := home(self.context.page, kind):
            return found
        for place in self._before():
            if place.level == "province" and place.code and gazetteer.provinces()[place.code].city == (kind == "city"):
                return place
            if kind == "city" and place.level == "district" and place.name.startswith("thành phố"):
                return place
        return None

    def _last(self, title: str) -> Place | None:
        """The place of that type that was named last: "huyện Chư Păh" for "huyện"."""
        return next((place for place in self._before() if place.name.startswith(f"{title} ")), None)

    def _before(self) -> Iterator[Place]:
        """The places named before this word, the nearest first; then those behind it, and those of the body."""
        places = places_of(self.context)
        position = bisect_left(places, self._index, key=lambda place: place.first)
        yield from reversed(places[max(0, position - NEAR) : position])
        yield from places[position : position + NEAR]
        if self.context.part != "body":
            yield from places_of(sibling(self.context, "body"))[:NEAR]

    def _key(self, index: int) -> str:
        return self.words.keys[index] if index < len(self.words) else ""


def _bare(place: Place) -> str:
    """The place's name without its type."""
    title = next((title for title in ("thành phố", "thị xã", "thị trấn") if place.name.startswith(title)), None)
    return place.name[len(title) :].strip() if title else place.name.split(" ", 1)[1]


def _whereabouts(place: Place) -> str:
    """What tells a district or a commune from its namesakes: ", huyện Chư Păh, tỉnh Gia Lai"."""
    if place.level == "province" or place.province is None:
        return ""
    around = [gazetteer.provinces()[place.province].title]
    if place.level == "commune":
        parent = next((unit.parent for unit in place.units if unit.code == place.code), None)
        district = gazetteer.district_names().get(parent or "")
        around = [district, *around] if district else around
    return "".join(f", {name}" for name in around)
