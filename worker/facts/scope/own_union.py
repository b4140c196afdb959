"""The union, or the cluster, that an article speaks of: whom "các cấp Hội", "toàn tỉnh", "các tỉnh trong cụm" mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from worker.facts.span import Context, Span

UNION = ("Hội LHPN ", "Hội Phụ nữ ")
"""How the names of unions begin."""
CENTRAL = "Hội LHPN Việt Nam"
_COMMITTEES = ("Ban Thường vụ ", "Ban Chấp hành ", "Đoàn Chủ tịch ", "Thường trực ")
_LOWER = re.compile(r"(?<!\w)(?:huyện|thị xã|quận|xã|phường|thị trấn|đặc khu) ")


@dataclass(frozen=True, slots=True)
class Own:
    """Of whom an article speaks: its union, with its level, and its cluster; and the unions of provinces by code.

    `main` is the union whose article it is: what is told there of nobody else is told of it. `of_cluster` says that the
    article is the cluster's.
    """

    union: str | None
    level: str | None
    cluster: str | None
    unions: dict[str, str]
    main: str | None
    of_cluster: bool


def owner_of(span: Span) -> str:
    """The name of an organisation; the union's where it is its committee, for that acts for it."""
    name = str(span.name)
    if name.startswith(_COMMITTEES):
        committee = next(one for one in _COMMITTEES if name.startswith(one))
        rest = name.removeprefix(committee)
        return rest if rest.startswith(UNION) else name
    return name


def is_union(name: str | None) -> bool:
    """Is it a women's union of a province or below?"""
    return name is not None and name.startswith(UNION) and name != CENTRAL


def own(contexts: Iterable[Context]) -> Own:
    """The title's one union, else the first that is named if there is no other of its level; its cluster likewise."""
    title: dict[str, str] = {}
    unions: dict[str, str] = {}
    codes: dict[str, str] = {}
    clusters: dict[str, bool] = {}
    lead: set[str] = set()
    lower = False
    for context in contexts:
        in_title = context.part == "title"
        ahead = len(context.text) if in_title else context.paragraphs[1] if context.part == "body" else 0
        lower = lower or (in_title and _LOWER.search(context.key) is not None)
        for span in context.found:
            if span.kind != "organisation":
                continue
            name, level = owner_of(span), span.value["level"]
            if level == "cluster":
                clusters[name] = clusters.get(name, False) or span.start < ahead
            elif is_union(name):
                unions.setdefault(name, level)
                if span.start < ahead:
                    lead.add(name)
                if in_title:
                    title[name] = level
                if level == "province" and span.province:
                    codes.setdefault(span.province, name)
    union, level = _the_one(title if len(title) == 1 else unions, unions)
    if level == "province" and lower and union not in title:
        union = level = None  # "Kết quả công tác Hội xã Lâm Bình": it is that commune's, whatever it names
    cluster, ours = next(iter(clusters.items())) if len(clusters) == 1 else (None, any(clusters.values()))
    return Own(union, level, cluster, codes, union if union in lead and not ours else None, ours)


def _the_one(some: dict[str, str], unions: dict[str, str]) -> tuple[str | None, str | None]:
    first = next(iter(some.items()), None)
    if first is None:
        return None, None
    peers = sum(level == first[1] for name, level in unions.items() if name.startswith(UNION[0]))
    return first if len(some) == 1 or peers == 1 else (None, None)
