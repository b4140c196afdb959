"""Whose an office is where the text does not say it beside the office: what the sentence or the article named.

"Chủ tịch" of the union that is spoken of, "Giám đốc Trung tâm" of that centre, "Trưởng ban Kinh tế" of a section, each
by the sorts of organisation that the office can be of (data/office_owners.yaml).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from worker.facts.organisations import organisations_of
from worker.facts.organisations.owners import Owners
from worker.facts.people.group_owners import group_owner
from worker.facts.people.likely_owners import UNIONS, Owner, Sorts, beside, likely_owner
from worker.facts.people.names import STANDING, Names
from worker.facts.people.person import OF_THE_STATE, Roles
from worker.facts.places import places_of
from worker.facts.words import sentence_of, within
from worker.own_data import read_yaml
from worker.vietnamese import tone_key

GOING = 4  # words between "dự" and whose congress delegates go to
LED = 14  # words back from "do" to the organisation whose people someone leads
NEAR = 60  # words back to the organisation that elects
ELECTED = 8  # words from a name to "được bầu", "đắc cử"
_COMMITTEE = re.compile(r"(?P<head>.*(?:[Tt]rưởng|[Pp]hó) [Bb]an)(?: Ban)? (?P<of>\S(?:(?! kiêm ).)*)")
_DEPARTMENT = re.compile(r"(?P<head>.*(?:[Tt]rưởng|[Pp]hó) [Pp]hòng) (?P<of>\S(?:(?! kiêm ).)*)")
_INSPECTION = re.compile(r"(?P<head>.*[Cc]hủ nhiệm) (?:(?:Ủy|Uỷ) ban [Kk]iểm tra|UBKT)")
_SECTIONS = ("tuyên giáo", "kinh tế", "tổ chức", "gia đình", "chính sách", "phong trào", "xây dựng tổ chức",
             "hỗ trợ phụ nữ", "luật pháp", "công tác")  # fmt: skip
"""What the sections of a union at a province are called by."""
_ELECTS = frozenset(("bầu", "cử", "phiếu"))
_ELECTING: Sorts = ("Hội", "LĐLĐ", "Liên đoàn", "Công đoàn", "Hiệp hội", "Câu lạc bộ", "CLB", "Ủy ban MTTQ", "Đoàn")
"""What elects a Chủ tịch, by the first words of its name."""
_FOR_ONCE = ("giám khảo", "chỉ đạo", "quản trị", "giám hiệu", "tổ chức hội", "tổ chức cuộc")
_LEVELS = ("tỉnh ", "tp ", "thành phố ", "thị xã ", "huyện ", "quận ", "xã ", "phường ", "thị trấn ", "đặc khu ")
_SIDES = (["về", "phía"], ["thay", "mặt"], ["đại", "diện"])
"""Before an organisation whose people are named next: "Về phía Huyện ủy có đồng chí X, Phó Bí thư"."""
_WITH_SECTIONS = ("Hội", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Thị ủy", "Quận ủy", "Đảng ủy", "HĐND", "UBND", "MTTQ",
                  "Ủy ban", "UBMTTQ", "LĐLĐ", "Liên đoàn", "Tổng Liên đoàn", "Đoàn", "Tỉnh đoàn", "Sở")  # fmt: skip
"""What has sections by such names; no house of culture and no firm has."""
_COMMITTEES = ("Ban Thường vụ", "Ban Chấp hành", "Đoàn Chủ tịch", "Thường trực", "Ban Thường trực")
"""In whose name somebody speaks who holds an office of the whole: "Thay mặt Ban Thường vụ Huyện ủy, Bí thư X"."""
_RANKED = re.compile(
    r"^(?:(?:nguyên|quyền|tân|cựu|phó|p\.) ?)+|(?: -)? (?:thường trực|tt|phụ trách|chuyên trách|lâm thời|danh dự)$"
)
"""What tells the holders of one office apart."""
_ABBREVIATED = {"pct": "ct", "pgđ": "giám đốc", "p.gđ": "giám đốc", "pbt": "bí thư"}


_NATIONWIDE = ("BĐBP", "Bộ đội Biên phòng")
"""What is the whole force where no place follows, however many of its provinces' commands the article names."""


class _Offices(NamedTuple):
    """What the data say: the sorts of an office, of one in a part of a house, of one only beside it."""

    sorts: dict[str, Sorts]
    parts: dict[str, Sorts]
    beside: dict[str, Sorts]
    short: dict[str, Sorts]
    bare: frozenset[str]
    placed: dict[str, Sorts]
    within: dict[str, Sorts]
    associations: Sorts
    ends: re.Pattern[str]  # an office and the short form that it ends with


@cache
def _offices() -> _Offices:
    data = read_yaml("worker.facts", "data/office_owners.yaml")
    sorts, short = data["sorts"], {kind: tuple(names) for kind, names in data["short"].items()}

    def of(offices: dict[str, list[str]]) -> dict[str, Sorts]:
        return {tone_key(name): tuple(one for sort in found for one in sorts[sort]) for name, found in offices.items()}

    kinds = "|".join(re.escape(kind) for kind in sorted(short, key=len, reverse=True))
    ends = re.compile(
        rf"(?P<role>\S.*?) (?P<body>(?:Công đoàn|Hội Phụ nữ|Hội LHPN) )?(?<!xã )(?P<kind>{kinds})", re.IGNORECASE
    )
    return _Offices(
        of(data["offices"]),
        of(data["offices_of_a_part"]),
        of(data["offices_beside"]),
        short,
        frozenset(data["bare"]),
        {kind: tuple(levels) for kind, levels in data["placed"].items()},
        of(data["unions_within"]),
        tuple(sorts["association"]),
        ends,
    )


def owned(names: Names, index: int, roles: Roles | None) -> Roles | None:
    """The roles with the organisation that is meant, where none is said and one must be."""
    if roles is None or roles.role is None or roles.kind != "official":
        return roles
    if roles.org is None and (names.words.at(roles.end, "statesmen") or roles.role.startswith(OF_THE_STATE)):
        return roles  # "Chủ tịch Tôn Đức Thắng", "Phó Chủ tịch nước"
    return _in_inspection(_of_whom(names, index, roles, roles.role))


def _in_inspection(roles: Roles) -> Roles:
    """The roles with the inspection committee as what they are held in: "Chủ nhiệm" of the "Ủy ban Kiểm tra Hội …"."""
    told = _INSPECTION.fullmatch(roles.role or "")
    if told is None or roles.org is None or roles.org.startswith("Ủy ban Kiểm tra"):
        return roles
    return replace(roles, role=told["head"], org=f"Ủy ban Kiểm tra {roles.org}")


def _of_whom(names: Names, index: int, roles: Roles, role: str) -> Roles:
    """The same of an official; `role`: the office in words."""
    if roles.org:
        completed = _completed(names, index, roles)
        return _in_committee(completed, role, completed.org or roles.org)
    sided = _side(names, index)
    if sided and (committee := _COMMITTEE.fullmatch(role)):
        body = committee["of"][:1].upper() + committee["of"][1:]
        return replace(roles, role=committee["head"], org=f"Ban {body} {sided}")
    if led := _of_union(names, index, role) or _led(names, index) or _leading(names, index, roles):
        return _in_committee(roles, role, led) if led.startswith("Hội LHPN") else replace(roles, org=led)
    named = _of_committee(names, index, roles) or _of_department(names, index, roles)
    return named or _told_elsewhere(names, index, roles, sided)


def _of_committee(names: Names, index: int, roles: Roles) -> Roles | None:
    """The office as one in the committee that is named in full elsewhere: "Phó Trưởng Ban Pháp chế" of the HĐND's."""
    role = roles.role or ""
    section = _COMMITTEE.fullmatch(role)
    found = likely_owner(names.context, index, (f"Ban {section['of']}",)) if section else None
    if found is None or section is None or tone_key(found.name.lower()) == tone_key(f"ban {section['of']}".lower()):
        return None
    lead = role[: len(role) - len(section["of"])].rstrip()
    return replace(roles, role=lead, org=found.name, confidence=found.confidence)


def _of_department(names: Names, index: int, roles: Roles) -> Roles | None:
    """The office as one in the department that is named in full elsewhere: "Trưởng phòng Cảnh sát giao thông"."""
    section = _DEPARTMENT.fullmatch(roles.role or "")
    found = likely_owner(names.context, index, (f"Phòng {section['of']}",)) if section else None
    if section is None or found is None:
        return None
    return replace(roles, role=section["head"], org=found.name, confidence=found.confidence)


def _leading(names: Names, index: int, roles: Roles) -> str | None:
    """The organisation whose delegation someone leads: "đoàn Hội Chữ thập đỏ tỉnh do ông X, Phó Chủ tịch dẫn đầu"."""
    words = names.words
    title = words.before(index, "honorific")
    first = (title.first if title else index) - 1
    leads = (roles.role or "").lower().endswith("trưởng đoàn") or words.key(roles.end) in ("dẫn", "làm")
    if not leads or first < 1 or words.keys[first] != "do":
        return None
    near = within(organisations_of(names.context), max(0, first - LED), first)
    between = words.text[words.ends[near[-1].end - 1] : words.starts[first]].strip() if near else "-"
    return near[-1].name if near and (not between or (between[0] == "(" and between[-1] == ")")) else None


def _told_elsewhere(names: Names, index: int, roles: Roles, sided: str | None) -> Roles:
    """The roles as of an organisation that was named in full elsewhere, or that the office says nothing of."""
    role = roles.role or ""
    if found := _named_short(names, index, role) or _union_within(names, index, role):
        return replace(roles, role=found[0], org=found[1].name, confidence=found[1].confidence)
    owner = Owner(sided, 0.9) if sided else None
    for main in reversed(range(0 if owner else len(roles.offices))):  # "Phó Chủ tịch, trưởng đoàn"
        if owner := _meant(names, index, roles.offices[main].role):
            roles = replace(roles, role=roles.offices[main].role, main=main)
            break
    if owner is None and (group := group_owner(names, index, role)):
        owner = Owner(group, 0.7)
    if owner is None and (body := _placed(names, index, role)):
        return replace(roles, role=body[0], org=body[1], confidence=0.6)
    return replace(roles, org=owner.name, confidence=owner.confidence) if owner else roles


def _completed(names: Names, index: int, roles: Roles) -> Roles:
    """The roles with the whole name of what they are held in, where it is named but by its kind: "HĐND", "Huyện ủy"."""
    org = roles.org or ""
    found = likely_owner(names.context, index, (org,)) if org not in _NATIONWIDE else None
    placed = found and found.name[len(org) + 1 :].lower().startswith(_LEVELS)  # "Trung tâm Y tế" of "… thị xã A"
    if found is None or not (placed or org in _offices().bare):
        return roles
    return replace(roles, org=found.name, confidence=found.confidence)


def _in_committee(roles: Roles, role: str, org: str) -> Roles:
    """The roles with the committee as what they are held in: "Trưởng ban" of "Ban Phụ nữ Quân khu 3"."""
    section = _COMMITTEE.fullmatch(role)
    if section is None or org.startswith("Ban ") or section["of"].lower().startswith(_FOR_ONCE):
        return replace(roles, org=org)
    if section["of"].lower() == "tổ chức" and (org.startswith("Hội LHPN") or not org.startswith(STANDING)):
        return replace(roles, org=org)  # "Phó Chủ tịch UBND huyện, Trưởng Ban Tổ chức": of what is held there
    org = f"Trung ương {org}" if org == "Hội LHPN Việt Nam" else org
    return replace(roles, role=section["head"], org=f"Ban {section['of']} {org}")


def _of_union(names: Names, index: int, role: str) -> str | None:
    """The union that the sentence named last, where the office is that of one of its sections: "Trưởng ban Kinh tế"."""
    section = _COMMITTEE.fullmatch(role)
    about = section["of"].lower() if section else ""
    if not about.startswith(_SECTIONS) or about.startswith("công tác phụ nữ"):  # that one is of the Front
        return None
    first, end = sentence_of(names.context, index)
    found = organisations_of(names.context)
    near = within(found, min(first, index - NEAR), index)
    into = next((one for one in within(found, index, end) if names.words.keys[one.first - 1] == "vào"), None)
    last = next((one for one in reversed(near) if (one.whole or one).name.startswith(_WITH_SECTIONS)), None)
    union = into or last  # "bầu bà X, Trưởng Ban Tuyên giáo, vào Ban Thường vụ Hội LHPN tỉnh"
    union = union.whole or union if union else None
    return union.name if union and union.name.startswith("Hội LHPN") else None


def _side(names: Names, index: int) -> str | None:
    """The organisation whose people the sentence goes on to name, if no other one stands between."""
    first, _ = sentence_of(names.context, index)
    for one in reversed(within(organisations_of(names.context), first, index)):
        lead = names.words.keys[max(0, one.first - 3) : one.first]
        if any(lead[at : at + 2] in _SIDES for at in (0, 1)):
            return (one.whole if one.whole and one.name.startswith(_COMMITTEES) else one).name
    return None


def _led(names: Names, index: int) -> str | None:
    """The body that someone is said to lead: "Ban Giám khảo do nghệ sĩ X làm Trưởng ban"."""
    words = names.words
    title = words.before(index, "honorific")
    first = title.first if title else index
    body = words.before(first - 1, "role_tails", "body") if first and words.keys[first - 1] == "do" else None
    return (
        words.written(body.first, body.end)
        if body and words.capital(body.first) and body.end - body.first > 1
        else None
    )


def _named_short(names: Names, index: int, role: str) -> tuple[str, Owner] | None:
    """The office and its organisation, where the office says but of what kind that is: "Giám đốc Trung tâm"."""
    offices = _offices()
    short = offices.ends.fullmatch(role)
    if short is None or short["role"].lower() == "trưởng":
        return None
    found = likely_owner(names.context, index, offices.short[short["kind"].lower()])
    if found is None:
        return None
    body = short["body"] or ""
    return short["role"], found._replace(name=f"{body}{found.name}")


def _union_within(names: Names, index: int, role: str) -> tuple[str, Owner] | None:
    """The office and its union, where the union is of a house that is spoken of: "Chủ tịch Công đoàn cơ sở"."""
    key = tone_key(role.lower())
    kind = next((kind for kind in _offices().within if key.endswith(f" {kind}")), None)
    found = likely_owner(names.context, index, _offices().within[kind]) if kind else None
    if kind is None or found is None:
        return None
    union = role[len(role) - len(kind) :]
    return role[: -len(kind)].rstrip(), found._replace(name=f"{union} {found.name}")


def _placed(names: Names, index: int, role: str) -> tuple[str, str] | None:
    """The office and its body, where it names one that each unit has: "Bí thư Đảng ủy" of the commune spoken of."""
    found = next(((kind, levels) for kind, levels in _offices().placed.items() if role.endswith(f" {kind}")), None)
    if found is None:
        return None
    kind, levels = found
    owners = Owners(names.context)
    place = owners.home("province", index) if levels == ("province",) else None
    place = place or next((one for one in owners.spoken_of(index) if one.level in levels), None)
    plain = role if kind[0].islower() or kind.startswith("Ban ") else role.removesuffix(f" {kind}")
    return (plain, f"{kind[0].upper()}{kind[1:]} {place.name}") if place else None


def _meant(names: Names, index: int, role: str) -> Owner | None:
    """The organisation that an office is of, by the sorts that it can be of."""
    offices = _offices()
    last = tone_key(role.lower())
    office = _plain(last)
    if sorts := offices.beside.get(office):
        return beside(names.context, index, sorts)
    sorts = offices.sorts.get(office) or next((of for part, of in offices.parts.items() if last.startswith(part)), None)
    if sorts is None:
        return None
    if sorts != UNIONS and "Hội" not in sorts:
        return likely_owner(names.context, index, sorts)
    if elected := _electing(names, index):
        return Owner(elected, 0.9)
    union = likely_owner(names.context, index, UNIONS)
    other = likely_owner(names.context, index, offices.associations)
    if other is None or other.name.startswith(UNIONS) or (union and union.confidence >= other.confidence):
        return union
    return other


def _plain(office: str) -> str:
    """The office without what ranks its holder: "chủ tịch" of "nguyên phó chủ tịch thường trực"."""
    if office in _ABBREVIATED:
        return _ABBREVIATED[office]
    plain = _RANKED.sub("", _RANKED.sub("", office))
    if not plain.endswith(" phó"):
        return plain
    head = plain[: -len(" phó")]  # "tổ phó" of the tổ trưởng, "chính trị viên phó" of the chính trị viên
    return head if head in _offices().sorts and f"{head} trưởng" not in _offices().sorts else f"{head} trưởng"


def _electing(names: Names, index: int) -> str | None:
    """The association whose congress or committee the paragraph says to elect: "Đại hội bầu … Ban Chấp hành LĐLĐ …"."""
    words = names.words
    start, _ = names.context.paragraph(words.starts[index])
    first = max(bisect_left(words.starts, start), index - NEAR)
    if _ELECTS.isdisjoint(words.keys[first : index + ELECTED]):
        return None
    near = within(organisations_of(names.context), first, index)
    going = [
        one
        for one in near
        if "dự" in words.keys[max(first, one.first - GOING) : one.first]  # "đi dự Đại hội …"
        or words.keys[one.first - 1 : one.first] == ["được"]  # "được Hội LHPN tỉnh chọn làm điểm"
    ]
    named = [
        (one.first, one.name if one.name.startswith(UNIONS) else (one.whole or one).name)
        for one in near
        if one not in going
    ]
    named = sorted([*named, *_of_congresses(names, first, index)])
    plain = [name.removeprefix("Ban Chấp hành ").removeprefix("BCH ") for _, name in named]
    return next((name for name in reversed(plain) if name.startswith(_ELECTING)), None)


def _of_congresses(names: Names, first: int, index: int) -> Iterator[tuple[int, str]]:
    """The unions whose congresses are named: of "Đại hội đại biểu Phụ nữ huyện A" the "Hội LHPN huyện A"."""
    words = names.words
    for place in within(places_of(names.context), first, index):
        lead = words.keys[max(first, place.first - 6) : place.first]
        if place.level in ("province", "district", "commune") and (
            lead[-4:] == ["đại", "hội", "phụ", "nữ"] or lead == ["đại", "hội", "đại", "biểu", "phụ", "nữ"]
        ):
            yield place.first, f"Hội LHPN {place.name}"
