"""Parts of organisations: a bank's branch, a union's committee, a trade union within a firm, a hospital's ward.

Each is named together with what it belongs to, which follows its own name: "Công đoàn Trường Mầm non Họa Mi", "Phòng
Cảnh sát hình sự Công an tỉnh", "Agribank chi nhánh An Giang II".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from worker.facts.gazetteer import small_words
from worker.facts.organisations import departments
from worker.facts.organisations.naming import head, in_full, of_place
from worker.facts.organisations.organisation import Organisation
from worker.facts.organisations.own_names import hamlet_name, own_name
from worker.facts.organisations.owners import whereabouts
from worker.facts.places import place_at
from worker.facts.words import Hit, Words

BRANCHED = ("bank", "company")  # they have branches, whose name follows theirs
WORKPLACES = ("area", "department", "section", "open", "free", "numbered", "central", "party")
"""Sorts of what has unions and cells of its own: offices, schools, firms and troops."""
_FIRMS = ("bank", "company")
_BRANCH = (("chi", "nhánh"), ("pgd",), ("phòng", "giao", "dịch"))
BOARDS = ("ban chỉ đạo", "ban vận động")
"""Boards that are told by what they are for, and by the place that they are of."""
_LONGEST = 12  # words between "Ban" or "Phòng" and whose it is
_OWNERS = {
    "Ban": ("central", "union", "party", "area"),
    "Phòng": ("area", "open", "free", "section"),
    "Đội": ("area", "open", "free"),
    "Khoa": ("area", "open"),
    "Quỹ": ("central", "union"),
}
"""What may follow the name of a committee, a department, a squad, a ward or a fund, as the one that it belongs to."""
_SENDING = ("Hội", "Ban", "UBND", "HĐND", "Ủy ban", "MTTQ", "LĐLĐ", "Liên đoàn", "Sở", "Hiệp hội", "Liên minh")
"""How the names begin of organisations whose "Đoàn" is a delegation."""
_LEADS = frozenset(("trưởng", "phó"))
_VILLAGES = ("commune", "village")
_CELLS = ("Chi hội", "Chi bộ", "Tổ Phụ nữ", "Tổ phụ nữ")


class Whole(departments.Whole, Protocol):
    """What reads the organisation that a part belongs to, as far as `Parts` needs it."""

    @property
    def departments(self) -> departments.Departments:
        """The reader of departments."""
        ...

    def body_of(self, hit: Hit, inner: Organisation, end: int) -> Organisation | None:
        """The body of an organisation: its committee, its office."""
        ...


class Parts:
    """Reads parts of organisations, for a reader that reads the whole."""

    def __init__(self, reader: Whole) -> None:
        self.reader = reader
        self.words = reader.words

    def branch(self, hit: Hit) -> Organisation | None:
        """ "Phòng giao dịch NHCSXH huyện", "Chi nhánh Viễn thông Bắc Sơn", "Chi nhánh Urenco 4"."""
        words = self.words
        inner = self.reader.read(hit.end) if words.gap(hit.end - 1) == " " else None
        if inner is None and hit.entry.name == "Chi nhánh" and words.capital(hit.first):
            end = own_name(words, hit.end)
            if end == hit.end or self.reader.owners.place(hit.end) or words.at(hit.end, "city", "province"):
                return None
            end += words.key(end).isdigit() and words.gap(end - 1) == " "
            return Organisation(hit.first, end, words.written(hit.first, end), "company", "own-name", confidence=0.8)
        if inner is None or inner.level not in BRANCHED or inner.wants_place:
            return None
        entity = f"{hit.entry.name} {inner.entity or inner.name}"
        return replace(inner, first=hit.first, name=f"{head(self.words, hit)} {inner.name}", entity=entity)

    def branch_of(self, found: Organisation) -> Organisation:
        """ "Agribank chi nhánh An Giang II": the bank's, or the firm's, branch that follows."""
        words, end = self.words, found.end
        size = next((len(head) for head in _BRANCH if tuple(words.keys[end : end + len(head)]) == head), 0)
        if not size or words.gap(end - 1) not in (" ", "-") or (found.place and not found.wants_place):
            return found
        place = self.reader.owners.place(end + size)
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
        joint = " - " if words.gap(end - 1) == "-" else " "
        name = f"{found.name}{joint}{words.written(end, last)}"
        if place and place.rule == "home":
            name = f"{found.name}{joint}{words.written(end, end + size)} {place.name}"
        return replace(found, end=last, name=name, entity="", place=place, wants_place=False, confidence=0.9)

    def told_by_commune(self, found: Organisation) -> Organisation:
        """ "Chi hội Phụ nữ thôn 6, xã Ia Mơ", "Chi hội 15, phường A": a cell of a number alone, and its commune."""
        words, end = self.words, found.end
        numbered = found.name.startswith(_CELLS) and words.key(end - 1).isdigit() and words.gap(end - 1) == ","
        level = words.at(end, "level") if numbered else None
        place = place_at(self.reader.context, end) if level and level.entry.data[1] == "unit" else None
        if place is None or place.level != "commune" or not _by_number(words, found):
            return found
        name, entity = f"{found.name}, {place.name}", f"{found.entity or found.name}, {place.name}{whereabouts(place)}"
        return replace(found, end=place.end, name=name, entity=entity)

    def committee(self, hit: Hit) -> Organisation | None:
        """ "Ban Luật pháp - Chính sách T.Ư Hội LHPN Việt Nam", "Phòng Tham mưu Công an tỉnh".

        Its name is whatever stands before whose it is.
        """
        words, end = self.words, hit.end
        owners = _OWNERS[hit.entry.name]
        led = hit.first > 0 and words.keys[hit.first - 1] in _LEADS  # "Trưởng ban Xây dựng tổ chức Hội LHPN tỉnh"
        fund = hit.entry.name == "Quỹ"
        titled = words.capital(end) or (
            fund and words.at(end, "compounds")
        )  # "Quỹ hỗ trợ phụ nữ nghèo Trung ương Hội …"
        if not (words.capital(hit.first) or led) or not titled or words.shouted(hit.first):
            return None
        if words.at(end, "body", *owners):
            return None
        while end < min(hit.end + _LONGEST, len(words)) and words.gap(end - 1) in (" ", "-", ","):
            known = words.at(end, "compounds")  # "phát triển" and "giao thông" are no verbs
            acts = words.key(end) in small_words("ends_role") and not words.capital(end) and not known
            joined = words.key(end) == "và" and words.capital(end + 1)
            level = words.at(end, "level") and not known  # "Ban Gia đình và Xã hội", "Ban Chính sách | Tỉnh ủy"
            level = level and not words.at(end, "party")
            someone = words.at(end, "office", "honorific") and not known  # but "Ban Công tác đại biểu HĐND tỉnh"
            many = words.key(end) == "các"  # "Ban Dân vận các Huyện ủy A, B"
            beside = words.key(end - 1) == "và" and words.at(end, *owners)  # "Ban Phụ nữ Quân khu 2 và | Hội LHPN tỉnh"
            if (acts and not joined) or level or someone or many or beside or words.at(end, "body", "committee"):
                return None
            if end > hit.end and words.at(end, *owners) and (words.gap(end - 1) == " " or self._own_committee(hit)):
                return self._committee_of(hit, end)
            if words.gap(end - 1) == "," and not self._own_committee(hit):
                return None
            end = known.end if known else end + 1
        return None

    def _own_committee(self, hit: Hit) -> bool:
        """May a comma stand before whose it is: "Trưởng Ban Gia đình và Xã hội, Hội LHPN tỉnh"?"""
        return hit.first > 0 and self.words.keys[hit.first - 1] in _LEADS

    def _committee_of(self, hit: Hit, end: int) -> Organisation | None:
        words = self.words
        inner = self.reader.read(end)
        if inner is None or inner.wants_place:
            return None
        head = words.written(hit.first, end).rstrip(" ,")
        head = head[:1].upper() + head[1:]
        if hit.entry.name == "Quỹ":
            name = f"{head} {in_full(inner)}"
            return replace(inner, first=hit.first, name=name, entity=name, level="fund", rule="part", whole=inner)
        if hit.entry.name == "Ban":
            body = hit._replace(end=end, entry=hit.entry._replace(name=head))
            return self.reader.body_of(body, inner, inner.end)
        entity = f"{head} {inner.entity}" if inner.entity else ""
        return replace(inner, first=hit.first, name=f"{head} {inner.name}", entity=entity, rule="part", whole=inner)

    def board(self, hit: Hit) -> Organisation | None:
        """ "Ban Chỉ đạo các chương trình mục tiêu quốc gia huyện", "Ban Chỉ đạo 389 tỉnh": what for, and where."""
        words, end = self.words, hit.end
        led = hit.first > 0 and words.keys[hit.first - 1] in _LEADS
        if not (words.capital(hit.first) or led):
            return None
        while end < min(hit.end + _LONGEST, len(words)) and words.gap(end - 1) in (" ", "-", ","):
            place = self.reader.owners.place(end) if end > hit.end else None
            if place and words.gap(end - 1) == " ":
                name = f"{hit.entry.name} {words.written(hit.end, end)}"
                return of_place(words, hit, name, name, place, "board")
            known = words.at(end, "compounds", "programme", "head")
            stops = known is None and words.key(end) in small_words("ends_role")
            if stops or words.at(end, "office", "honorific", "body", *_OWNERS["Ban"]):
                return None
            end = known.end if known else end + 1
        return None

    def cell(self, hit: Hit) -> Organisation | None:
        """ "Công đoàn Trường Mầm non Họa Mi", "Đoàn xã Vũ Lễ", "Chi bộ thôn Cợp"."""
        words, end, called = self.words, hit.end, head(self.words, hit)
        if words.gap(end - 1) != " ":
            return None
        place = self.reader.owners.place(end)
        if place and (place.level in _VILLAGES or hit.entry.name not in ("Đoàn",)):
            if place.rule == "home" and not words.capital(hit.first):
                return None
            return of_place(self.words, hit, called, hit.entry.name, place, "cell")
        return self.of_hamlet(hit, called) or self._within(hit, called)

    def of_hamlet(self, hit: Hit, called: str) -> Organisation | None:
        """ "Chi bộ Kim Lộc 3", "Chi hội Phụ nữ Thọ Lâm 5": of a hamlet that its number tells."""
        end = hamlet_name(self.words, hit.end, hit.entry.name.startswith("Chi hội"))
        if end == hit.end or not hit.entry.name.startswith("Chi "):
            return None
        name = f"{called} {self.words.written(hit.end, end)}"
        return Organisation(hit.first, end, name, "village", "cell", confidence=0.8)

    def _within(self, hit: Hit, called: str) -> Organisation | None:
        """The union, or the cell, of the workplace that is named behind it."""
        words, end = self.words, hit.end
        within = ("cell",) if hit.entry.name == "Ban Nữ công" else ()  # "Ban Nữ công Công đoàn Đại học Vinh"
        inner = self.reader.read(end) if words.at(end, *WORKPLACES, *within) else None
        firm = inner is not None and inner.level in _FIRMS  # "Công đoàn Agribank": told by its name alone
        if inner is None or (inner.wants_place and not firm):
            return None
        if hit.entry.name == "Đoàn" and inner.name.startswith(_SENDING):
            return None  # "Đoàn Hội Luật gia tỉnh": its people, and no Youth Union in it
        return self.inside(hit, called, inner)

    def inside(self, hit: Hit, head: str, inner: Organisation) -> Organisation:
        """What is named by the workplace that it is in: "Hội Phụ nữ Công an tỉnh Gia Lai"."""
        return replace(inner, first=hit.first, name=f"{head} {inner.name}", entity="", rule="cell", whole=inner)

    def several(self, hit: Hit) -> list[Organisation]:
        """ "Hội LHPN các huyện Mê Linh, Ứng Hòa", "Hội Phụ nữ Công an các huyện …": one for each place that is listed.

        Not so of provinces, nor of a cluster's members: there the list says who belongs together.
        """
        words, index = self.words, hit.end
        within = words.at(index, "area") if hit.entry.sort == "union" and words.gap(index - 1) == " " else None
        index = within.end if within else index
        if words.gap(index - 1) != " " or hit.entry.sort not in ("union", "area"):
            return []
        index += words.key(index) in ("các", "hai", "ba") or words.key(index).isdigit()
        level = words.at(index, "level") if index > hit.end else None
        if level is None or level.entry.data[0] == "province" or words.keys[hit.first - 1] == "gồm":
            return []
        found: list[Organisation] = []
        for place in self.reader.owners.listed(index):
            name = hit.entry.name if hit.entry.sort == "union" else head(self.words, hit)
            name = "Hội LHPN" if hit.entry.name == "Hội Phụ nữ" else name
            name = f"Hội Phụ nữ {head(self.words, within)}" if within else name
            one = of_place(self.words, hit, name, name if within else hit.entry.name, place, "listed")
            found.append(one if not found else replace(one, first=place.first))
        return found if len(found) > 1 else []

    def field(self, hit: Hit) -> Organisation | None:
        """ "các sở: Y tế, Công Thương và Nội vụ", "Sở Y tế, Giáo dục và Đào tạo": a department by its field alone."""
        words, first = self.words, hit.first
        for _ in range(_LONGEST):
            before = first - 1
            if words.keys[before] == "và" and words.gap(before - 1) in (" ", ","):
                before -= 1
            elif words.gap(before) not in (",", ":", ""):
                return None
            if before < 0:
                return None
            known = words.ending(before + 1, "department", "field")
            if known is None:
                head = words.keys[before]
                return self._of_field(hit, head) if words.gap(before) == ":" and head in ("sở", "phòng") else None
            if known.entry.sort == "department":
                return self._of_field(hit, known.entry.name.split(" ", 1)[0].lower())
            first = known.first
        return None

    def _of_field(self, hit: Hit, head: str) -> Organisation | None:
        letter = {"sở": "S", "phòng": "P"}.get(head)
        if letter is None or letter not in hit.entry.data[0]:
            return None
        written = self.words.written(hit.first, hit.end)
        canonical = f"{head.capitalize()} {hit.entry.name}"
        level = "province" if letter == "S" else "district"
        return self.reader.departments.under(hit, hit.end, f"{head.capitalize()} {written}", canonical, level)


def _by_number(words: Words, found: Organisation) -> bool:
    """Is it called by a number alone, or by its hamlet's: "Chi hội 15", "… thôn 6", but not "… thôn Đông Hải 2"?"""
    return not words.capital(found.end - 2) or words.key(found.end - 2) in ("hội", "nữ", "số")
