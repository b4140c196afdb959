"""Whose an office is where the text does not say it beside the office: what the sentence or the article named before.

"Chủ tịch" of the union that was named last, "Giám đốc Trung tâm" of that centre, "Trưởng ban Kinh tế" of a section.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from worker.facts.organisations import organisations_of
from worker.facts.person import Roles
from worker.facts.person_names import Names
from worker.facts.words import sentence_of, within

UNION_OFFICE = 5  # words of an office of the union that names no organisation
FAR = 300  # the same, for the only one of its kind
GOING = 4  # words between "dự" and whose congress delegates go to
NEAR = 60  # words back to the organisation that an office is of
_COMMITTEE = re.compile(r"(?P<head>.*(?:[Tt]rưởng|[Pp]hó) ban) (?P<of>\S.*)")
_SECTIONS = ("tuyên giáo", "kinh tế", "tổ chức", "gia đình", "chính sách", "phong trào", "xây dựng tổ chức",
             "hỗ trợ phụ nữ", "luật pháp", "công tác")  # fmt: skip
"""What the sections of a union at a province are called by."""
_ELECTS = frozenset(("bầu", "cử", "phiếu"))
_OF_ANY = ("tổng thư ký", "chủ nhiệm ủy ban kiểm tra", "chủ nhiệm uỷ ban kiểm tra")
"""Offices of an association, which elects them, and never of a union that was but named."""
_ELECTING = ("Hội ", "LĐLĐ", "Liên đoàn", "Công đoàn", "Hiệp hội", "Câu lạc bộ", "CLB", "Ủy ban MTTQ", "Đoàn ")
"""What elects a Chủ tịch, by the first words of its name."""
_FOR_ONCE = ("giám khảo", "chỉ đạo", "quản trị", "giám hiệu", "tổ chức hội", "tổ chức cuộc")
_SIDES = (["về", "phía"], ["thay", "mặt"], ["đại", "diện"])
"""Before an organisation whose people are named next: "Về phía Huyện ủy có đồng chí X, Phó Bí thư"."""
_SHORT_FORMS = re.compile(
    r"(?P<role>.+?) (?P<kind>Phòng giao dịch|Chi nhánh|Trung tâm|Công ty|Tập đoàn|Tổng Công ty|Sở|Cục|Chi cục|Vụ|Phòng"
    r"|Ngân hàng|Quỹ|Dự án|Nhà trường|Trường|Học viện|Viện|Bệnh viện|Trạm|Đồn|CLB|Câu lạc bộ|HTX|Hợp tác xã|Tổ hợp tác"
    r"|Doanh nghiệp|Hiệp hội|Chi hội|Ủy ban|Đài|Tòa soạn|Tổ chức|Công đoàn|Đoàn|Trung đoàn|Lữ đoàn|Sư đoàn|Tiểu đoàn)",
    re.IGNORECASE,
)
"""An office in what was named in full before: "Phó Giám đốc Phòng giao dịch", "Chủ nhiệm CLB"."""
_SAME_KIND = {"clb": ("clb", "câu lạc bộ"), "câu lạc bộ": ("clb", "câu lạc bộ"), "htx": ("htx", "hợp tác xã"),
              "hợp tác xã": ("htx", "hợp tác xã"), "nhà trường": ("trường", "đại học")}  # fmt: skip
_COMMITTEES = ("Tỉnh ủy", "Thành ủy", "Huyện ủy", "Thị ủy", "Quận ủy", "Đảng ủy", "Tỉnh uỷ", "Huyện uỷ")
_KIND_OF = {
    "tổ trưởng": ("Tổ",),
    "tổ phó": ("Tổ",),
    "chi hội trưởng": ("Chi hội",),
    "chi hội phó": ("Chi hội",),
    "chủ nhiệm": ("Câu lạc bộ", "CLB", "HTX", "Hợp tác xã"),
    "phó chủ nhiệm": ("Câu lạc bộ", "CLB", "HTX", "Hợp tác xã"),
    "hiệu trưởng": ("Trường", "Đại học"),
    "phó hiệu trưởng": ("Trường", "Đại học"),
    "đồn trưởng": ("Đồn",),
    "phó đồn trưởng": ("Đồn",),
    "trung đoàn trưởng": ("Trung đoàn",),
    "phó trung đoàn trưởng": ("Trung đoàn",),
    "lữ đoàn trưởng": ("Lữ đoàn",),
    "phó lữ đoàn trưởng": ("Lữ đoàn",),
    "trạm trưởng": ("Trạm",),
    "trưởng trạm": ("Trạm",),
    "phó trưởng trạm": ("Trạm",),
    "viện trưởng": ("Viện",),
    "phó viện trưởng": ("Viện",),
    "chánh án": ("Tòa án",),
    "hạt trưởng": ("Hạt",),
    "chính trị viên": ("Đồn", "Tiểu đoàn", "Hải đội"),
    "chính trị viên phó": ("Đồn", "Tiểu đoàn", "Hải đội"),
    "giám đốc": ("Công ty", "HTX", "Hợp tác xã", "Trung tâm", "Sở", "Doanh nghiệp", "Quỹ", "Bệnh viện", "Tổ hợp tác"),
    "phó giám đốc": ("Công ty", "HTX", "Hợp tác xã", "Trung tâm", "Sở", "Doanh nghiệp", "Quỹ", "Bệnh viện"),
    "tổng giám đốc": ("Công ty", "Tập đoàn", "Tổng Công ty", "Ngân hàng"),
    "xã đội trưởng": ("UBND xã",),
    "bí thư": _COMMITTEES,
    "phó bí thư": _COMMITTEES,
    "phó bí thư thường trực": _COMMITTEES,
    "bí thư thường trực": _COMMITTEES,
}
"""What an office is held in, by the first words of its name, where it names no organisation itself."""


def owned(names: Names, index: int, roles: Roles | None) -> Roles | None:
    """The roles with the organisation that is meant, where none is said and one must be."""
    if roles is None or roles.role is None or roles.kind != "official":
        return roles
    if roles.org:
        return _in_committee(roles, roles.role, roles.org)
    sided = _side(names, index)
    if sided and (committee := _COMMITTEE.fullmatch(roles.role)):
        body = committee["of"][:1].upper() + committee["of"][1:]
        return replace(roles, role=committee["head"], org=f"Ban {body} {sided}")
    if unit := _of_union(names, index, roles.role):
        return replace(roles, role=unit[0], org=unit[1])
    led = _led(names, index)
    if led is None and (found := _named_before(names, index, roles.role)):
        return replace(roles, role=found[0], org=found[1])
    last = roles.role.rpartition(", ")[2].lower()
    return replace(roles, org=led or sided or _of_kind(names, index, last) or _union(names, index, last))


def _in_committee(roles: Roles, role: str, org: str) -> Roles:
    """The roles with the committee as what they are held in: "Trưởng ban" of "Ban Phụ nữ Quân khu 3"."""
    lead, _, last = role.rpartition(", ")
    section = _COMMITTEE.fullmatch(last)
    if section is None or org.startswith("Ban ") or section["of"].lower().startswith(_FOR_ONCE):
        return roles
    return replace(roles, role=f"{lead}{', ' if lead else ''}{section['head']}", org=f"Ban {section['of']} {org}")


def _of_union(names: Names, index: int, role: str) -> tuple[str, str] | None:
    """The office and its section, where it is one of the union that the sentence named last: "Trưởng ban Kinh tế"."""
    section = _COMMITTEE.fullmatch(role.rpartition(", ")[2])
    if section is None or not section["of"].lower().startswith(_SECTIONS):
        return None
    first, _ = sentence_of(names.context, index)
    near = within(organisations_of(names.context), min(first, index - NEAR), index)
    union = near[-1].whole or near[-1] if near else None
    if union is None or not union.name.startswith("Hội LHPN"):
        return None
    lead = role.rpartition(", ")[0]
    return f"{lead}{', ' if lead else ''}{section['head']}", f"Ban {section['of']} {union.name}"


def _side(names: Names, index: int) -> str | None:
    """The organisation whose people the sentence goes on to name, if no other one stands between."""
    first, _ = sentence_of(names.context, index)
    for one in reversed(within(organisations_of(names.context), first, index)):
        lead = names.words.keys[max(0, one.first - 3) : one.first]
        if any(lead[at : at + 2] in _SIDES for at in (0, 1)):
            return one.name
    return None


def _of_kind(names: Names, index: int, role: str) -> str | None:
    """The organisation of the office's kind that was named last: "Tổ hợp tác …" for "Tổ trưởng"."""
    kinds = _KIND_OF.get(role)
    if not kinds:
        return None
    everything = organisations_of(names.context)
    near = within(everything, index - NEAR, index)
    if found := next((one.name for one in reversed(near) if one.name.startswith(kinds)), None):
        return found
    far = {one.name for one in within(everything, index - FAR, index) if one.name.startswith(kinds)}
    return far.pop() if len(far) == 1 else None


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


def _named_before(names: Names, index: int, role: str) -> tuple[str, str] | None:
    """The office and its organisation, where the office says but of what kind that is: "Giám đốc Trung tâm"."""
    short = _SHORT_FORMS.fullmatch(role)
    if short is None:
        return None
    kinds = _SAME_KIND.get(short["kind"].lower(), (short["kind"].lower(),))
    near = within(organisations_of(names.context), index - FAR, index)
    found = next((one.name for one in reversed(near) if one.name.lower().startswith(kinds)), None)
    return (short["role"], found) if found else None


def _union(names: Names, index: int, role: str) -> str | None:
    """The union that was named last, whose "Chủ tịch" is meant."""
    ours = role.startswith(("chủ tịch", "phó chủ tịch", "pct", "ủy viên b", "uvbtv"))
    if role.startswith(_OF_ANY):
        return _electing(names, index)
    if not ours or len(role.split()) > UNION_OFFICE:
        return None
    return _electing(names, index) or names.union_before(index)


def _electing(names: Names, index: int) -> str | None:
    """The association whose congress or committee the paragraph says to elect: "Đại hội bầu … Ban Chấp hành LĐLĐ …"."""
    words = names.words
    start, _ = names.context.paragraph(words.starts[index])
    first = max(bisect_left(words.starts, start), index - NEAR)
    if _ELECTS.isdisjoint(words.keys[first:index]):
        return None
    near = within(organisations_of(names.context), first, index)
    going = [one for one in near if "dự" in words.keys[max(first, one.first - GOING) : one.first]]  # "đi dự Đại hội …"
    named = [(one.whole or one).name for one in near if one not in going]
    named = [name.removeprefix("Ban Chấp hành ").removeprefix("BCH ") for name in named]
    return next((name for name in reversed(named) if name.startswith(_ELECTING)), None)
