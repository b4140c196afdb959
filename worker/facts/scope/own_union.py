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
_OF_TITLE = re.compile(
    r"(?:^|đại hội (?:đại biểu )?)phụ nữ (?:các dân tộc )?"
    r"(?:(?P<level>tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)(?= lần thứ|[,:;]|$))?"
)
"""How a title names a union without its name: "Đại hội đại biểu phụ nữ xã …", "Phụ nữ tỉnh lần thứ …"."""
_ASSOCIATIONS = (
    "Hội Nữ doanh nhân",
    "Hiệp hội ",
    "Hội Khuyến học",
    "Hội Nông dân",
    "Hội Chữ thập đỏ",
    "Hội Cựu chiến binh",
)
_LEVELS = {"tỉnh": "province", "huyện": "district", "quận": "district", "thị xã": "district", "thành phố": ""}
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
    contexts = list(contexts)
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
    title = title or _meant_by_title(contexts, unions)
    lead |= title.keys()
    union, level = _the_one(title if len(title) == 1 else unions, unions)
    if (level == "province" and lower and union not in title) or (not title and _of_another(contexts)):
        union = level = None  # "Kết quả công tác Hội xã Lâm Bình": it is that commune's, whatever it names
    cluster, ours = next(iter(clusters.items())) if len(clusters) == 1 else (None, any(clusters.values()))
    return Own(union, level, cluster, codes, union if union in lead and not ours else None, ours)


def _meant_by_title(contexts: Iterable[Context], unions: dict[str, str]) -> dict[str, str]:
    """The one of the unions whose women a title speaks of, with its level: by their place, or by its level alone."""
    some: list[str] = []
    for context in contexts:
        said = _OF_TITLE.search(context.key) if context.part == "title" else None
        if said is None:
            continue
        if said["level"]:
            level = _LEVELS.get(said["level"], "commune")
            some = [name for name in unions if name.startswith(UNION[0]) and unions[name] == level]
        else:
            places = [span.name for span in context.found if span.kind == "place" and span.start == said.end()]
            named = tuple(f"{UNION[0]}{place}" for place in places)
            some = [name for name in unions if name in named or name.startswith(tuple(f"{one}, " for one in named))]
    return {some[0]: unions[some[0]]} if len(some) == 1 else {}


def _of_another(contexts: Iterable[Context]) -> bool:
    """Does the title name another association ("Đại hội Hội Nữ doanh nhân"), which "Hội" then means?"""
    named = (span for context in contexts if context.part == "title" for span in context.found)
    return any(span.kind == "organisation" and str(span.name).startswith(_ASSOCIATIONS) for span in named)


def _the_one(some: dict[str, str], unions: dict[str, str]) -> tuple[str | None, str | None]:
    first = next(iter(some.items()), None)
    if first is None:
        return None, None
    peers = sum(level == first[1] for name, level in unions.items() if name.startswith(UNION[0]))
    return first if len(some) == 1 or peers == 1 else (None, None)
