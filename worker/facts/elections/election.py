"""Who was chosen for what: the fact that the readers of elections yield."""

from __future__ import annotations

import re
from typing import NamedTuple

from worker.facts.span import Span
from worker.facts.words import Words

_BODIES = ("Ban Thường vụ", "Ban Chấp hành", "Đoàn Chủ tịch", "BTV", "BCH")
_SHORT = re.compile(
    r" (?:chi bộ|CLB|HTX|THT|câu lạc bộ|hợp tác xã|tổ hợp tác|trung tâm|(?<!tổ chức )Hội|Quỹ|Sở|tổ"
    r"|(?<!công an )(?:tỉnh|thành phố|huyện|thị xã|xã|phường))$",
    re.IGNORECASE,
)
"""What stands for the organisation at the end of a role: "Phó Chủ nhiệm CLB", "Trưởng phòng … huyện"."""
_PARTY = re.compile(
    r"(?<!tổ chức) (?:(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) [uủ][ỷy]|Hội|UBND|HĐND|MTTQ|Trung ương|LĐLĐ"
    r"|(?:Quỹ|Dự án)(?= ))(?!\w).*$"
)
"""Whose board it is, behind the board's name: "Ban Tuyên giáo Huyện ủy"."""


class Choice(NamedTuple):
    """Who was chosen for what: the role, who holds it, since which year, and in which organisation if that is said."""

    role: str
    holder: str
    year: int | None
    org: str | None = None


def _of_board(role: str) -> str:
    """A head's role without whose board it is: "Trưởng Ban Kiểm tra", of the Hội."""
    return _PARTY.sub("", role) if " ban " in f" {role.lower()} " and not role.lower().endswith(" ban") else role


_HOUSE = re.compile(r"(?P<body>HĐND|Quốc hội)(?P<level> (?:tỉnh|thành phố|TP|huyện|thị xã|quận|xã|phường|thị trấn))?\b")
"""The house that a deputy sits in, and of what it is."""
_WITH_THAT = " kiêm nhiệm"


def _told(choice: Choice) -> Choice:
    """A choice with the body its role is in ("Ủy viên Ban Thường vụ"), without what stands for its organisation."""
    role = _of_board(_SHORT.sub("", choice.role.removesuffix(_WITH_THAT)))
    if role.lower() == "đại biểu" and (house := _HOUSE.match(choice.org or "")):
        role = f"{role} {house[0]}"
    body = next((body for body in _BODIES if choice.org and choice.org.startswith(f"{body} ")), None)
    if body is None or choice.org is None or not role.lower().startswith("ủy viên"):
        return choice._replace(role=role)
    role = role if body in role else f"{role} {body}"
    return choice._replace(role=role, org=choice.org.removeprefix(f"{body} "))


def span_of(words: Words, first: int, end: int, choice: Choice, rule: str, confidence: float = 1.0) -> Span:
    """The fact that someone was chosen, told by the words [first, end)."""
    choice = _told(choice)
    value = {"role": choice.role, "holder": choice.holder, "year": choice.year}
    return Span(
        kind="election",
        start=words.starts[first],
        end=words.ends[end - 1],
        value=value | ({"org": choice.org} if choice.org else {}),
        rule=rule,
        confidence=confidence,
        year=choice.year,
    )
