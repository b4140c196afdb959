"""Departments: of a field of administration ("Sở Y tế"), of the police ("Phòng PC06"), of the troops, institutes."""

from __future__ import annotations

import re
from typing import Protocol

from worker.facts.organisations.naming import head, named_in
from worker.facts.organisations.organisation import Organisation
from worker.facts.organisations.own_names import closed_name, own_name
from worker.facts.organisations.owners import Owners, whereabouts
from worker.facts.places import place_at
from worker.facts.span import Context
from worker.facts.words import Hit, Words

PERSON = 3  # words of a person's name after an office, where a field's might stand
_OF_PROVINCES = ("Phòng Cảnh sát", "Phòng An ninh", "Phòng Tham mưu", "Phòng Hậu cần", "Phòng Xây dựng phong trào",
                 "Phòng Công tác đảng", "Phòng Công tác Đảng", "Phòng Hồ sơ", "Phòng Kỹ thuật hình sự")  # fmt: skip
"""Departments of a province's police or command: those of a district are squads ("Đội")."""
_OF_POLICE = ("Phòng Cảnh sát", "Phòng An ninh", "Phòng Hồ sơ", "Phòng Kỹ thuật hình sự")
"""Those of the police alone."""
_BY_CODE = re.compile(r"Phòng P[ACKVX][0-9]{2}(?!\w)")
"""Departments of a province's police by the code that each of them has: "Phòng PC06"."""
_INSTITUTES = ("Viện", "Vụ", "Cục", "Tổng cục")


class Whole(Protocol):
    """What reads the organisation that a department belongs to."""

    @property
    def context(self) -> Context:
        """The part of the article that is read."""
        ...

    @property
    def words(self) -> Words:
        """The words of the text."""
        ...

    @property
    def owners(self) -> Owners:
        """Whose the organisations of this text are."""
        ...

    def read(self, index: int) -> Organisation | None:
        """The organisation whose name begins with this word."""
        ...


class Departments:
    """Reads departments, for a reader that reads the whole."""

    def __init__(self, reader: Whole) -> None:
        self.reader = reader
        self.words = reader.words
        self.owners = reader.owners

    def department(self, hit: Hit) -> Organisation | None:
        """ "Sở Y tế Gia Lai": of a field that is known."""
        return self.under(hit, hit.end, head(self.words, hit), hit.entry.name, hit.entry.data[0])

    def section(self, hit: Hit) -> Organisation | None:
        """ "Sở An toàn thực phẩm", "Phòng PC06", "Viện Dinh dưỡng": of a name of its own."""
        known = self.words.at(hit.first, "department")
        end = own_name(self.words, hit.end)
        if hit.entry.name in _INSTITUTES and self.words.gap(end - 1) == " ":
            end = max(end, closed_name(self.words, hit.end))
        led = not known and someone(self.words, hit)
        place = place_at(self.reader.context, known.end) if known else None
        if (
            end == hit.end
            or led
            or self._lettered(hit.end, end)
            or (place and place.end == end)  # "Sở Công Thương TPHCM"
            or self.words.at(hit.end, "level")
            or (known and self.words.gap(known.end - 1) == ",")
        ):
            return None  # "Sở Y tế, Giáo dục và Đào tạo" are two
        name = self.words.written(hit.first, end)
        level = {"Sở": "province", "Phòng": "district"}.get(hit.entry.name, "other")
        level = "province" if name.startswith(_OF_PROVINCES) or _BY_CODE.match(name) else level
        return self._in_brackets(hit, end) or self.under(hit, end, name, name, level)

    def _in_brackets(self, hit: Hit, end: int) -> Organisation | None:
        """ "Phòng Công tác Quần chúng (Cục Chính trị Quân khu 3)": of what stands in brackets."""
        words = self.words
        opened = hit.entry.name == "Phòng" and words.gap(end - 1) == "(" and words.at(end, "section", "area")
        inner = self.reader.read(end) if opened else None
        if inner is None or inner.wants_place or not words.text.startswith(")", words.ends[inner.end - 1]):
            return None
        name, entity = words.written(hit.first, end), inner.entity or inner.name
        return Organisation(hit.first, end, f"{name} {inner.name}", inner.level, "department", inner.place,
                            f"{name} {entity}", 0.8)  # fmt: skip

    def _lettered(self, first: int, end: int) -> bool:
        """Does a letter end the name, as one of a hamlet: "ở Vĩnh Thành, Sở Tại B"?"""
        return end > first + 1 and self.words.key(end - 1) in ("a", "b", "c")

    def under(self, hit: Hit, end: int, name: str, canonical: str, level: str) -> Organisation | None:
        """A department, of the province or the district that is meant where none is said."""
        place = self.owners.place(end)
        stated = place is not None
        if place is None and level == "province":
            place = self.owners.any_home(hit.first)
        elif place is None and level == "district":
            place = next((one for one in self.owners.before(hit.first) if one.level == "district"), None)
        if place is None:
            return Organisation(hit.first, end, name, level, "department", entity=canonical, confidence=0.7)
        of_police = name.startswith(_OF_POLICE) or _BY_CODE.match(name)
        if of_police and place.level in ("province", "district"):  # "… Công an tỉnh Bắc Giang"
            whose = f"Công an {place.name}"
            entity = f"{canonical} {whose}{whereabouts(place)}"
            stop = place.end if stated else end
            return Organisation(hit.first, stop, f"{name} {whose}", place.level, "department", place, entity, 0.8)
        return named_in(hit.first, place.end if stated else end, name, canonical, place, "department")


def someone(words: Words, hit: Hit) -> bool:
    """Does the name of who holds an office in it follow: "Phó Giám đốc Sở Nguyễn Thị Lan", and no field of it?"""
    if not words.before(hit.first, "office") or not words.at(hit.end, "surnames"):
        return False
    return words.run(hit.end) - hit.end >= PERSON or words.key(hit.end + 1) in ("thị", "văn")
