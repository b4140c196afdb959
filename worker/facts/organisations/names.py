"""How the name of an organisation is read: which words belong to it, whose it is, and what its full name would be."""

from __future__ import annotations

from dataclasses import replace

from worker.facts.organisations.cluster_names import ClusterNames
from worker.facts.organisations.departments import Departments, someone
from worker.facts.organisations.firms import MANY, Firms
from worker.facts.organisations.naming import head, in_full, named_in, of_place
from worker.facts.organisations.organisation import OUTSIDE, SORTS, Organisation
from worker.facts.organisations.owners import Owners, bare, untyped, whereabouts
from worker.facts.organisations.parts import BOARDS, BRANCHED, WORKPLACES, Parts
from worker.facts.places import place_at
from worker.facts.places.place import Place
from worker.facts.span import Context
from worker.facts.words import Hit, Words, words_of

PRESIDIUM = "Đoàn Chủ tịch Trung ương Hội LHPN Việt Nam"
BODY_LEVELS = {"central": "central body", "province": "province body"}
BODIES = 4  # bodies of one organisation in a list
CHAIN = 10  # words of a chain of offices: "Bí thư Đảng ủy, Chủ tịch UBND xã"
_TOWNS = {"city": "thành phố", "town": "thị xã", "district": "huyện"}
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_NOBODYS = ("Cổng thông tin", "Cổng Thông tin", "Cổng TTĐT")  # everyone has one: whose it is must be said
_ADVERBS = ("Thường trực", "Thường vụ")  # bodies, but after an office they only say how it is held
_WITHIN = (("cán", "bộ"), ("đại", "hội"), ("thông", "báo"), ("lớp", "đại"), ("chi", "hội"))
"""Words that end with what begins a name, or make another thing of it: "cán bộ Công an xã", "Thông báo số 58"."""
_RANKS = {sort: rank for rank, sort in enumerate(SORTS)}
_NO_PRESIDIUM = frozenset(("đại", "hội", "kỳ", "ubtw", "ubtư", "ủy", "uỷ"))


class Reader:
    """Reads the organisation that begins at a word of one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: Words = words_of(context)
        self.owners = Owners(context)
        self.clusters = ClusterNames(context, self.owners)
        self.unions = any(True for _ in self.words.all("union"))
        self.firms = Firms(context, self.owners)

    @property
    def parts(self) -> Parts:
        """The reader of parts of organisations. Not kept: the two would keep each other in memory."""
        return Parts(self)

    @property
    def departments(self) -> Departments:
        """The reader of departments. Not kept, as that of parts."""
        return Departments(self)

    def read(self, index: int) -> Organisation | None:
        """The organisation whose name begins with this word (the longest that can be read), or None."""
        here = self.words.hits.get(index)
        if not here:
            return None
        key, last = self.words.keys[index], self.words.keys[index - 1] if index else ""
        if (last, key) in _WITHIN:
            return None
        if key == "báo" and self.words.before(index, "honorific"):  # "Ông Báo Văn Trò"
            return None
        hits = [hit for sort, hit in here.items() if sort in _RANKS]
        hits.sort(key=lambda hit: (-hit.end, _RANKS[hit.entry.sort]))
        if hits and (key == "trung" or not self.words.capital(index)) and someone(self.words, hits[0]):
            return None  # "Tổng Giám đốc công ty Hồ Cường Thịnh", "Giám đốc Trung tâm Hồ Thị Na"
        readings: list[Organisation] = [one for hit in hits if (one := getattr(self, f"_{hit.entry.sort}")(hit))]
        found = max(readings, key=lambda one: (one.confidence > 0, one.end), default=None)
        if found is None:
            return None
        return self.parts.branch_of(found) if found.level in BRANCHED else self.parts.told_by_commune(found)

    def several(self, index: int) -> list[Organisation]:
        """The organisations that begin with this word, where it names one for each place of a list."""
        hit = self.words.at(index, "union", "area")
        return self.parts.several(hit) if hit else []

    # --- sorts of phrases, as in organisations.csv ---

    def _department(self, hit: Hit) -> Organisation | None:
        return self.departments.department(hit)

    def _section(self, hit: Hit) -> Organisation | None:
        return self.departments.section(hit)

    def _branch(self, hit: Hit) -> Organisation | None:
        return self.parts.branch(hit)

    def _committee(self, hit: Hit) -> Organisation | None:
        return self.parts.committee(hit)

    def _cell(self, hit: Hit) -> Organisation | None:
        return self.parts.cell(hit)

    def _field(self, hit: Hit) -> Organisation | None:
        return self.parts.field(hit)

    def _free(self, hit: Hit) -> Organisation | None:
        return self.firms.free(hit)

    def _society(self, hit: Hit) -> Organisation | None:
        return self.firms.society(hit)

    def _home(self, hit: Hit) -> Organisation | None:
        return self.firms.home(hit)

    def _quoted(self, hit: Hit) -> Organisation | None:
        return self.firms.quoted(hit)

    def _numbered(self, hit: Hit) -> Organisation | None:
        return self.firms.numbered(hit)

    def _open(self, hit: Hit) -> Organisation | None:
        return self.firms.in_quotes(hit) or self.firms.open(hit)

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
        written = head(self.words, hit)
        shortened = "Trung ương" in name and "Trung ương" not in written and not name.startswith(written)
        if name.startswith("Hội LHPN") or shortened:
            written = name
        return Organisation(hit.first, hit.end, written, level, "central", entity=name)

    def _union(self, hit: Hit) -> Organisation | None:
        words, name, end = self.words, hit.entry.name, hit.end
        if several := self.clusters.several_cities(hit, end):
            return Organisation(hit.first, several[0], several[1], "cluster", "cluster")
        cell = name.startswith(("Chi hội", "Tổ"))
        if cell and self._of_many(hit):
            return None  # "65/65 chi hội phụ nữ xã A"
        if cell and (hamlet := self.parts.of_hamlet(hit, name)):
            return hamlet
        place = self.owners.place(end, brackets=True) or self._street(hit)
        if place and place.rule == "home" and words.keys[max(0, hit.first - 1) : hit.first] == ["cấp"]:
            return None  # "các cấp Hội Phụ nữ phường"
        if place and (place.rule != "home" or words.capital(hit.first)):  # "hội phụ nữ xã" is no one's name
            name = name if cell else "Hội LHPN"
            return of_place(self.words, hit, name, name, place, "union")
        return self._union_within(hit)

    def _union_within(self, hit: Hit) -> Organisation | None:
        """ "Hội Phụ nữ Công an tỉnh Gia Lai"; or a union whose place a neighbour in its list shares."""
        words, name, end = self.words, hit.entry.name, hit.end
        cell = name.startswith(("Chi hội", "Tổ"))
        if inner := self._workplace(end, unplaced=cell):
            return self.parts.inside(hit, name if cell else "Hội Phụ nữ", inner)
        in_list = words.gap(end - 1) in (",", "-") or (words.gap(end - 1) == " " and words.key(end) == "và")
        if not in_list or not words.capital(hit.first):  # "Hội LHPN và Hội Nông dân huyện"
            return None
        return Organisation(hit.first, end, "Hội LHPN", "other", "union", wants_place=True, confidence=0)

    def _street(self, hit: Hit) -> Place | None:
        """The street, or the block, whose women are a cell: "Chi hội Phụ nữ phố Đông Lâm", "… Chung cư Sao Mai"."""
        place = place_at(self.context, hit.end) if hit.entry.name.startswith("Chi ") else None
        follows = place is not None and self.words.gap(hit.end - 1) == " "
        return place if place and follows and place.name.startswith(("phố ", "chung cư ", "chợ ")) else None

    def _of_many(self, hit: Hit) -> bool:
        """Are several counted here, and none is named: "65/65 chi hội phụ nữ xã A"?"""
        before = self.words.keys[hit.first - 1] if self.words.gap(hit.first - 1) == " " else ""
        return before.isdigit() or before in MANY

    def _workplace(self, index: int, unplaced: bool = False) -> Organisation | None:
        """The office, firm, school or troop that is named from this word on; `unplaced`: it may be anywhere."""
        follows = self.words.gap(index - 1) == " " and self.words.at(index, *WORKPLACES) is not None
        inner = self.read(index) if follows else None
        return inner if inner and (unplaced or not inner.wants_place) else None

    def _area(self, hit: Hit) -> Organisation | None:
        if self._is_no_area(hit):
            return None
        unit = self.words.key(hit.end) == "đơn" and self.words.key(hit.end + 1) == "vị"  # "Đoàn ĐBQH đơn vị tỉnh …"
        place = self.owners.place(self.owners.past_short_form(hit.end) + 2 * unit, brackets=True)
        led = hit.first > 0 and self.words.keys[hit.first - 1] in ("trưởng", "phó")  # "Phó Trưởng ban Dân tộc tỉnh"
        lower = not self.words.capital(hit.first)
        if place and not (lower and not led and place.rule == "home" and hit.entry.name != "Công an"):
            return of_place(self.words, hit, head(self.words, hit), hit.entry.name, place, "area")
        if self.words.gap(hit.end - 1) == " " and self.words.key(hit.end) in MANY:
            return None
        if hit.entry.name.startswith("Đoàn") and (inner := self._workplace(hit.end)):
            return self.parts.inside(hit, head(self.words, hit), inner)  # "Đoàn Thanh niên Công an tỉnh"
        if hit.entry.name == "Đảng ủy" and (commune := self._commune(hit.first)):
            return replace(
                named_in(hit.first, hit.end, "Đảng ủy", "Đảng ủy", commune, "party-resolved"), confidence=0.7
            )
        level = hit.entry.data[0]
        return Organisation(
            hit.first,
            hit.end,
            head(self.words, hit),
            level or "other",
            "area",
            entity=hit.entry.name,
            wants_place=True,
            confidence=0.8 if level and not lower and not hit.entry.name.startswith(_NOBODYS) else 0,
        )

    def _is_no_area(self, hit: Hit) -> bool:
        """Is it none: one of each place, a congress ("Đại hội Đảng bộ tỉnh"), or unnamed cells ("các chi hội xã A")?"""
        if self._of_each(hit.end):
            return True
        if hit.entry.name == "Đảng bộ" and self.words.keys[max(0, hit.first - 2) : hit.first] == ["đại", "hội"]:
            return True
        if self.words.capital(hit.first) or not hit.entry.name.startswith("Chi hội"):
            return False
        place = self.owners.place(hit.end)  # but "chi hội thôn 1A trồng hoa"
        return self._of_many(hit) or place is None or place.level != "village" or place.rule == "home"

    def _of_each(self, end: int) -> bool:
        """Does the list that goes on here end with "các" and a level: "Đảng ủy, UBND, MTTQ | các phường"?"""
        words = self.words
        for _ in range(BODIES):
            gap, key = words.gap(end - 1), words.key(end)
            if gap == " " and key in ("các", "những"):
                level = words.at(end + 1, "level")
                return level is not None and place_at(self.context, end + 1) is None
            after = end + (gap == " " and key == "và")
            other = words.at(after, "area", "union") if after > end or gap == "," else None
            if other is None:
                return False
            end = other.end
        return False

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

    def _party(self, hit: Hit) -> Organisation | None:
        words = self.words
        if words.key(hit.end) == "viên" and words.gap(hit.end - 1) == " ":  # "Tỉnh ủy viên" is a person
            return None
        after_level = words.gap(hit.first - 1) == "," and words.at(hit.first - 1, "level")
        if after_level and (words.upper(hit.first) or not words.capital(hit.first)):  # "các huyện, thị, thành Hội"
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
        head = "Hội LHPN" if name.startswith("Hội LHPN") else name
        numbered = bare(place).isdigit()  # "Quận ủy quận 8"
        whose = f"{head} {place.name if numbered or head != name else untyped(place)}"
        entity = f"{whose}{whereabouts(place)}"
        if stated:
            return Organisation(hit.first, place.end, whose, place.level, "party", place, entity, place.confidence)
        return Organisation(hit.first, hit.end, whose, place.level, "party-resolved", place, entity, 0.8)

    def _body(self, hit: Hit) -> Organisation | None:
        words, end = self.words, hit.end
        if hit.entry.name in _ADVERBS and words.before(hit.first, "office"):
            return None
        if inner := self._shared_whole(end):  # "Ban Chấp hành và Đoàn Chủ tịch Trung ương Hội …": the first of the two
            return self.body_of(hit, inner, hit.end)
        whole = self.read(end) if words.gap(end - 1) == " " else None
        if whole and whole.level != "central body" and (found := self.body_of(hit, whole, whole.end)):
            return found
        board = self.parts.board(hit) if hit.entry.name.lower() in BOARDS else self._of_own_committee(hit)
        if board:
            return board
        if hit.entry.name == "Đoàn Chủ tịch" and words.capital(hit.first):
            not_ours = words.gap(end - 1) == " " and words.key(end) in _NO_PRESIDIUM
            if (
                self.unions and not not_ours and not words.before(hit.first, "office")
            ):  # only the union's centre has one
                return Organisation(hit.first, end, PRESIDIUM, "central body", "body", confidence=0.8)
        return None

    def _of_own_committee(self, hit: Hit) -> Organisation | None:
        """ "Ủy viên Ban Thường vụ Huyện ủy, Trưởng ban Dân vận": of the committee that whoever heads it sits in."""
        words, lead = self.words, hit.first - 1
        if not hit.entry.name.startswith("Ban ") or words.key(lead) != "trưởng" or words.gap(hit.end - 1) == " ":
            return None
        lead -= words.gap(lead - 1) == " " and words.key(lead - 1) == "phó"
        party = words.ending(lead, "party") if words.gap(lead - 1) in (",", "-") else None
        inner = self.read(party.first) if party else None
        return self.body_of(hit, inner, hit.end) if inner and inner.end == lead else None

    def _shared_whole(self, end: int) -> Organisation | None:
        """What the bodies of a list belong to, said behind the last: "Ban Tổ chức, Ban Dân vận Tỉnh ủy"."""
        words = self.words
        for _ in range(BODIES):
            after = end + (words.gap(end - 1) == " " and words.key(end) == "và")
            if after == end and words.gap(end - 1) != ",":
                return None
            other, committee = words.at(after, "body"), words.at(after, "committee")
            inner = self.read(other.end) if other and words.gap(other.end - 1) == " " else None
            if inner is None and committee:  # "…, Ban Chính sách - Luật pháp Hội LHPN tỉnh"
                found = self.parts.committee(committee)
                inner = found.whole if found else None
            if inner or other is None:
                return inner
            end = other.end
        return None

    def _alone(self, hit: Hit) -> Organisation | None:
        if found := self._body(hit):
            return found
        office = self.words.before(hit.first, "office")
        section = hit.entry.name.lower() == "ban công tác phụ nữ"  # the Front's, as one that has no other owner
        if office and not section and not office.entry.name.startswith("Đại diện"):
            return None
        return Organisation(hit.first, hit.end, head(self.words, hit), "other", "body-alone", confidence=0.6)

    def body_of(self, hit: Hit, inner: Organisation, end: int) -> Organisation | None:
        """The body of this name of an organisation, or None of one that has none."""
        outside = inner.level in OUTSIDE and not hit.entry.name.lower().startswith("ban đại diện")
        office = hit.entry.name == "Thường trực" and inner.name.startswith("Ban Bí thư")  # held by one man
        if inner.wants_place or outside or office or inner.level == "cluster":
            return None
        whose = in_full(inner)
        level = BODY_LEVELS.get(inner.level, inner.level)
        entity = f"{hit.entry.name} {inner.entity}" if inner.entity else ""
        name = f"{hit.entry.name} {whose}"
        whole = inner if end == inner.end and hit.entry.name != "Ban Trị sự" else None  # it acts for its church
        return replace(inner, first=hit.first, end=end, name=name, entity=entity, level=level, rule="body", whole=whole)

    def _cluster(self, hit: Hit) -> Organisation | None:
        found = self.clusters.named(hit)
        return Organisation(hit.first, found[0], found[1], "cluster", "cluster") if found else None
