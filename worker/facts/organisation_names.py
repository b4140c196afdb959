"""How the name of an organisation is read: which words belong to it, whose it is, and what its full name would be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from worker.facts.cluster_names import ClusterNames
from worker.facts.gazetteer import small_words
from worker.facts.own_names import own_name
from worker.facts.owners import Owners, bare, whereabouts
from worker.facts.place_names import Place
from worker.facts.places import place_at
from worker.facts.quotes import quotes_of
from worker.facts.span import Context
from worker.facts.words import Hit, Words, words_of

SORTS = ("central", "union", "area", "party", "body", "alone", "department", "branch", "cluster", "quoted", "numbered",
         "section", "open", "free", "committee")  # fmt: skip
PRESIDIUM = "Đoàn Chủ tịch Trung ương Hội LHPN Việt Nam"
BODY_LEVELS = {"central": "central body", "province": "province body"}
BRANCHED = ("bank", "company")  # they have branches, whose name follows theirs
OUTSIDE = ("bank", "company", "school", "press", "military", "hospital", "international")
"""They stand by themselves: no province, district or commune must be said."""
CHAIN = 10  # words of a chain of offices: "Bí thư Đảng ủy, Chủ tịch UBND xã"
_MANY = frozenset(("các", "cấp", "những", "mỗi", "từng", "hai", "ba", "bốn", "năm"))
_TOWNS = {"city": "thành phố", "town": "thị xã", "district": "huyện"}
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_ADVERBS = ("Thường trực", "Thường vụ")  # bodies, but after an office they only say how it is held
_AFTER_VERB = frozenset(("của", "do", "và", "với", "cùng", "từ", "bởi", "được", "các", "theo"))
_SHORT = ("UBND", "HĐND")  # nobody writes these out but once
_DESCRIBED = ("Hợp tác xã", "Tổ hợp tác", "Công ty", "Doanh nghiệp tư nhân", "Nhà máy", "Xí nghiệp")
_BRANCH = (("chi", "nhánh"), ("pgd",), ("phòng", "giao", "dịch"))
_NO_PRESIDIUM = frozenset(("đại", "hội", "kỳ", "ubtw", "ubtư", "ủy", "uỷ"))
_WORKPLACES = ("area", "department", "open", "free", "numbered")  # women's unions of offices, schools, firms and troops
_COMMITTEE = 8  # words between "Ban" and the union or council whose committee it is
_HAVE_COMMITTEES = ("central", "union", "party", "area")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation where it is named: words [first, end). `place` is whose it is; `entity` tells namesakes apart.

    `name` says it in the article's own words, completed; `entity` in the archive's. `whole` is what a body belongs to.
    """

    first: int
    end: int
    name: str
    level: str
    rule: str
    place: Place | None = None
    entity: str = ""
    confidence: float = 1.0
    wants_place: bool = False  # it is nobody's yet: only a neighbour in its list can say whose
    whole: Organisation | None = None


class Reader:
    """Reads the organisation that begins at a word of one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: Words = words_of(context)
        self.owners = Owners(context)
        self.clusters = ClusterNames(context, self.owners)
        self.unions = any(True for _ in self.words.all("union"))
        self.quotes = {quote.first: quote.end for quote in quotes_of(context)}

    def read(self, index: int) -> Organisation | None:
        """The organisation whose name begins with this word (the longest that can be read), or None."""
        here = self.words.hits.get(index, {})
        if self.words.key(index) == "bộ" and index and self.words.keys[index - 1] == "cán":  # "cán bộ Công an xã"
            return None
        hits = sorted((here[sort] for sort in SORTS if sort in here), key=lambda hit: -hit.end)
        readings: list[Organisation] = [one for hit in hits if (one := getattr(self, f"_{hit.entry.sort}")(hit))]
        found = max(readings, key=lambda one: (one.confidence > 0, one.end), default=None)
        return self._branch_of(found) if found and found.level in BRANCHED else found

    # --- sorts of phrases, as in organisations.csv ---

    def _central(self, hit: Hit) -> Organisation | None:
        inner = self.words.at(hit.end - 1, "area", "union")  # "Trung ương Hội" + "Hội Nông dân Việt Nam"
        if inner and inner.end > hit.end:
            found = self.read(hit.end - 1)
            return replace(found, first=hit.first, level="central") if found else None
        if hit.entry.name == "Hội LHPN Việt Nam" and self.words.at(hit.end, "level"):
            union = self._union(hit._replace(entry=hit.entry._replace(name="Hội LHPN", data=("",))))
            if union and not union.wants_place:  # since 2025: "Hội LHPN Việt Nam xã Ia Phí"
                return union
        name, level = hit.entry.name, hit.entry.data[0]
        written = self._head(hit)
        if name.startswith("Hội LHPN") or ("Trung ương" in name and "Trung ương" not in written):
            written = name
        return Organisation(hit.first, hit.end, written, level, "central", entity=name)

    def _union(self, hit: Hit) -> Organisation | None:
        words, name, end = self.words, hit.entry.name, hit.end
        if several := self.clusters.several_cities(hit, end):
            return Organisation(hit.first, several[0], several[1], "cluster", "cluster")
        place = self.owners.place(end, brackets=True)
        if place and (place.rule != "home" or words.capital(hit.first)):  # "hội phụ nữ xã" is no one's name
            name = name if name.startswith(("Chi hội", "Tổ")) else "Hội LHPN"
            return self._of(hit, name, name, place, "union")
        follows = words.gap(end - 1) == " " and words.at(end, *_WORKPLACES) is not None
        inner = self.read(end) if follows else None
        if inner and not inner.wants_place:  # "Hội Phụ nữ Công an tỉnh Gia Lai"
            head = name if name.startswith(("Chi hội", "Tổ")) else "Hội Phụ nữ"
            return replace(inner, first=hit.first, name=f"{head} {inner.name}", entity="", rule="union")
        in_list = words.gap(end - 1) in (",", "-") or (words.gap(end - 1) == " " and words.key(end) == "và")
        if not in_list or not words.capital(hit.first):  # "Hội LHPN và Hội Nông dân huyện"
            return None
        return Organisation(hit.first, end, "Hội LHPN", "other", "union", wants_place=True, confidence=0)

    def _area(self, hit: Hit) -> Organisation | None:
        unit = self.words.key(hit.end) == "đơn" and self.words.key(hit.end + 1) == "vị"  # "Đoàn ĐBQH đơn vị tỉnh …"
        place = self.owners.place(hit.end + 2 * unit)
        lower = not self.words.capital(hit.first)
        if place and not (lower and place.rule == "home" and hit.entry.name != "Công an"):
            return self._of(hit, self._head(hit), hit.entry.name, place, "area")
        if self.words.gap(hit.end - 1) == " " and self.words.key(hit.end) in _MANY:
            return None
        if hit.entry.name == "Đảng ủy" and (commune := self._commune(hit.first)):
            return replace(
                self._named(hit.first, hit.end, "Đảng ủy", "Đảng ủy", commune, "party-resolved"), confidence=0.7
            )
        level = hit.entry.data[0]
        return Organisation(
            hit.first,
            hit.end,
            self._head(hit),
            level or "other",
            "area",
            entity=hit.entry.name,
            wants_place=True,
            confidence=0.8 if level and not lower else 0,
        )

    def _commune(self, index: int) -> Place | None:
        """The commune spoken of, if the nearest unit is one: "Đảng ủy" alone is its committee."""
        for here in range(index + 1, min(index + CHAIN, len(self.words))):  # "Đảng ủy, Chủ tịch UBND xã"
            level = self.words.at(here, "level")
            if level and level.entry.name in _COMMUNES and (found := self.owners.place(here)):
                return found
            if self.words.gap(here - 1)[:1] in ("\n", ".", ";"):
                break
        near = next((one for one in self.owners.before(index) if one.level in ("district", "commune")), None)
        return near if near and near.level == "commune" and near.first < index else None

    def _department(self, hit: Hit) -> Organisation | None:
        return self._under(hit, hit.end, self._head(hit), hit.entry.name, hit.entry.data[0])

    def _section(self, hit: Hit) -> Organisation | None:
        end = own_name(self.words, hit.end)
        if end == hit.end or self.words.at(hit.end, "level"):
            return None
        name = self.words.written(hit.first, end)
        level = {"Sở": "province", "Phòng": "district"}.get(hit.entry.name, "other")
        return self._under(hit, end, name, name, level)

    def _under(self, hit: Hit, end: int, name: str, canonical: str, level: str) -> Organisation | None:
        """A department, of the province or the district that is meant where none is said."""
        place = self.owners.place(end)
        stated = place is not None
        if place is None and level == "province":
            place = self.owners.any_home(hit.first)
        elif place is None and level == "district":
            place = next((one for one in self.owners.before(hit.first) if one.level == "district"), None)
        if place is None:
            return Organisation(hit.first, end, name, level, "department", entity=canonical, confidence=0.7)
        return self._named(hit.first, place.end if stated else end, name, canonical, place, "department")

    def _party(self, hit: Hit) -> Organisation | None:
        words = self.words
        if words.key(hit.end) == "viên" and words.gap(hit.end - 1) == " ":  # "Tỉnh ủy viên" is a person
            return None
        if words.gap(hit.first - 1) == "," and words.at(hit.first - 1, "level"):  # "các huyện, thị, thành Hội"
            return None
        if words.gap(hit.first - 1) == "," and words.key(hit.first - 1) == "thị":
            return None
        name, level = hit.entry.name, hit.entry.data[0]
        place = place_at(self.context, hit.end) if words.gap(hit.end - 1) == " " else None
        stated = place is not None and place.level in ("province", "district", "commune") and place.rule != "here"
        if not stated and level in ("province", "city"):
            place = self.owners.home(level, hit.first)
        elif not stated:
            title = "quận" if name.startswith("Quận") else _TOWNS[level]
            place = self.owners.last(title, hit.first)
        if place is None:
            return None
        whose = f"Hội LHPN {place.name}" if name.startswith("Hội LHPN") else f"{name} {bare(place)}"
        entity = f"{whose}{whereabouts(place)}"
        if stated:
            return Organisation(hit.first, place.end, whose, place.level, "party", place, entity, place.confidence)
        return Organisation(hit.first, hit.end, whose, place.level, "party-resolved", place, entity, 0.8)

    def _body(self, hit: Hit) -> Organisation | None:
        words, end = self.words, hit.end
        if hit.entry.name in _ADVERBS and words.before(hit.first, "office"):
            return None
        if words.gap(end - 1) == " " and words.key(end) == "và" and (other := words.at(end + 1, "body")):
            inner = self.read(other.end) if words.gap(other.end - 1) == " " else None
            if inner:  # "Ban Chấp hành và Đoàn Chủ tịch Trung ương Hội …": the first of the two
                return self._body_of(hit, inner, hit.end)
        whole = self.read(end) if words.gap(end - 1) == " " else None
        if whole and whole.level != "central body" and (found := self._body_of(hit, whole, whole.end)):
            return found
        if hit.entry.name == "Đoàn Chủ tịch" and words.capital(hit.first):
            not_ours = words.gap(end - 1) == " " and words.key(end) in _NO_PRESIDIUM
            if (
                self.unions and not not_ours and not words.before(hit.first, "office")
            ):  # only the union's centre has one
                return Organisation(hit.first, end, PRESIDIUM, "central body", "body", confidence=0.8)
        return None

    def _alone(self, hit: Hit) -> Organisation | None:
        if found := self._body(hit):
            return found
        office = self.words.before(hit.first, "office")
        if office and not office.entry.name.startswith("Đại diện"):
            return None
        return Organisation(hit.first, hit.end, self._head(hit), "other", "body-alone", confidence=0.6)

    def _body_of(self, hit: Hit, inner: Organisation, end: int) -> Organisation | None:
        if inner.wants_place or inner.level in ("cluster", *OUTSIDE):
            return None
        whose = "Trung ương Hội LHPN Việt Nam" if inner.name == "Hội LHPN Việt Nam" else inner.name
        level = BODY_LEVELS.get(inner.level, inner.level)
        entity = f"{hit.entry.name} {inner.entity}" if inner.entity else ""
        name = f"{hit.entry.name} {whose}"
        whole = inner if end == inner.end else None
        return replace(inner, first=hit.first, end=end, name=name, entity=entity, level=level, rule="body", whole=whole)

    def _branch(self, hit: Hit) -> Organisation | None:
        """ "Phòng giao dịch NHCSXH huyện": a bank's, or a firm's."""
        inner = self.read(hit.end) if self.words.gap(hit.end - 1) == " " else None
        if inner is None or inner.level not in BRANCHED or inner.wants_place:
            return None
        entity = f"{hit.entry.name} {inner.entity or inner.name}"
        return replace(inner, first=hit.first, name=f"{self._head(hit)} {inner.name}", entity=entity)

    def _branch_of(self, found: Organisation) -> Organisation:
        """ "Agribank chi nhánh An Giang II": the bank's, or the firm's, branch that follows."""
        words, end = self.words, found.end
        size = next((len(head) for head in _BRANCH if tuple(words.keys[end : end + len(head)]) == head), 0)
        if not size or words.gap(end - 1) != " " or (found.place and not found.wants_place):
            return found
        place = self.owners.place(end + size)
        last = place.end if place else own_name(words, end + size)
        while (
            last < len(words)
            and words.gap(last - 1) == " "
            and words.capital(last)
            and set(words.key(last)) <= set("ivx")
        ):
            last += 1
        if last == end + size:
            return found
        name = f"{found.name} {words.written(end, last)}"
        if place and place.rule == "home":
            name = f"{found.name} {words.written(end, end + size)} {place.name}"
        return replace(found, end=last, name=name, entity="", place=place, wants_place=False, confidence=0.9)

    def _free(self, hit: Hit) -> Organisation | None:
        known = self.words.at(hit.end, "central") if hit.entry.name == "Tổ chức" else None  # "Tổ chức Oxfam"
        end = own_name(self.words, known.end if known else hit.end, described=hit.entry.name in _DESCRIBED)
        if end == hit.end or (hit.entry.name == "Tổ chức" and not self._is_noun(hit)):
            return None
        name = f"{self._head(hit)} {self.words.written(hit.end, end)}"
        entity = f"{hit.entry.name} {self.words.written(hit.end, end)}"
        return Organisation(
            hit.first, end, name, hit.entry.data[0] or "other", "own-name", entity=entity, confidence=0.85
        )

    def _is_noun(self, hit: Hit) -> bool:
        """Is "Tổ chức" the word for an organisation, and not the verb ("Tổ chức Lễ …") or a committee's name?"""
        words, before = self.words, self.words.keys[hit.first - 1] if hit.first else ""
        if words.at(hit.end, "event", "head", "programme", "award"):
            return False
        return before in _AFTER_VERB or words.gap(hit.first - 1) == "," or words.text[words.starts[hit.end]].isascii()

    def _quoted(self, hit: Hit) -> Organisation | None:
        """ "CLB “Phụ nữ Chăm tự tin”", "Câu lạc bộ Nữ doanh nhân tỉnh"."""
        words, end = self.words, self.quotes.get(hit.end, hit.end)
        if end > hit.end:
            counted = hit.first and (words.keys[hit.first - 1].isdigit() or words.keys[hit.first - 1] in _MANY)
            if counted or ":" in words.gap(hit.end - 1) or not words.upper(hit.first) | words.capital(hit.first):
                return None
            name = f"{self._head(hit)} “{words.written(hit.end, end)}”"
            return Organisation(hit.first, end, name, "club", "own-name", confidence=0.8)
        return self._open(hit) if words.capital(end) and own_name(words, end) > end + 1 else None

    def _numbered(self, hit: Hit) -> Organisation | None:
        """ "Trung đoàn 971", "Vùng 5 Hải quân", "Lữ đoàn 125"."""
        words, end = self.words, hit.end
        if words.gap(end - 1) != " " or not words.key(end).isdigit() or len(words.key(end)) > 4:
            return None
        end = own_name(words, end + 1)
        name = f"{self._head(hit)} {words.written(hit.end, end)}"
        return Organisation(hit.first, end, name, hit.entry.data[0], "own-name", confidence=0.85)

    def _committee(self, hit: Hit) -> Organisation | None:
        """ "Ban Luật pháp - Chính sách T.Ư Hội LHPN Việt Nam": its name is whatever stands before whose it is."""
        words, end = self.words, hit.end
        if not words.capital(end) or words.shouted(hit.first) or words.at(end, "body", *_HAVE_COMMITTEES):
            return None
        while end < min(hit.end + _COMMITTEE, len(words)) and words.gap(end - 1) in (" ", "-"):
            if words.key(end) in small_words("ends_role") or words.at(end, "office", "honorific", "level"):
                return None
            if end > hit.end and (words.at(end, *_HAVE_COMMITTEES)):
                inner = self.read(end)
                head = hit._replace(end=end, entry=hit.entry._replace(name=words.written(hit.first, end)))
                return self._body_of(head, inner, inner.end) if inner else None
            end += 1
        return None

    def _open(self, hit: Hit) -> Organisation | None:
        end = own_name(self.words, hit.end)
        place = self.owners.place(end)
        if (place is None and end == hit.end) or (hit.first and self.words.keys[hit.first - 1] == "nhà"):
            return None  # "nhà báo Lê Lan" is no newspaper
        own = self.words.written(hit.end, end) if end > hit.end else ""
        name = f"{self._head(hit)} {own}".strip()
        if place is None:
            return Organisation(hit.first, end, name, hit.entry.data[0] or "other", "own-name", confidence=0.85)
        if place.rule == "home":  # "Trung tâm Y tế huyện", "Ủy ban Hòa bình Thành phố": its type belongs to the name
            named = f"{name} {place.name}"
            return Organisation(hit.first, place.end, named, hit.entry.data[0] or place.level, "own-name", place)
        found = self._named(hit.first, place.end, name, name, place, "own-name")
        return replace(found, level=hit.entry.data[0] or found.level, entity="")

    def _cluster(self, hit: Hit) -> Organisation | None:
        found = self.clusters.named(hit)
        return Organisation(hit.first, found[0], found[1], "cluster", "cluster") if found else None

    # --- names ---

    def _head(self, hit: Hit) -> str:
        """The words that name it, as written; where they shout, as the gazetteer has them."""
        end = hit.end
        if hit.entry.name in _SHORT:
            return hit.entry.name
        if self.words.upper(hit.first) and (self.words.upper(end) or end - hit.first > 1) and self._capitals(hit):
            return hit.entry.name
        written = " ".join(self.words.written(hit.first, hit.end).split())
        return written[:1].upper() + written[1:]

    def _capitals(self, hit: Hit) -> bool:
        """Is it in capitals throughout, and no abbreviation: "HỘI NÔNG DÂN", but not "UBMTTQ VN"?"""
        written = self.words.written(hit.first, hit.end)
        return written.isupper() and (not hit.entry.name.isupper()) and written.lower() == hit.entry.name.lower()

    def _of(self, hit: Hit, name: str, canonical: str, place: Place, rule: str) -> Organisation:
        level = hit.entry.data[0]
        whole = f"{canonical} {place.name}{whereabouts(place)}"
        end = max(hit.end, place.end)
        return Organisation(
            hit.first, end, f"{name} {place.name}", level or place.level, rule, place, whole, place.confidence
        )

    def _named(self, first: int, end: int, name: str, canonical: str, place: Place, rule: str) -> Organisation:
        """The same, where a province is named without its type: "Sở Y tế Gia Lai"."""
        title = place.name if place.level != "province" else place.name.split(" ", 1)[1]
        entity = f"{canonical} {title}{whereabouts(place)}"
        return Organisation(first, end, f"{name} {title}", place.level, rule, place, entity, place.confidence)
