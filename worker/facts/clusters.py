"""Emulation clusters and their members: "Cụm thi đua … gồm 7 tỉnh: Đồng Nai, Bình Dương, …"."""

from __future__ import annotations

from collections.abc import Iterator

from worker.facts.organisations import clusters_of_article, organisations_of
from worker.facts.organisations.owners import bare
from worker.facts.places import places_of
from worker.facts.places.place import Place
from worker.facts.span import Context, Span
from worker.facts.words import Words, first_year, sentence_of, within, words_of, year_before

LEVELS = ("province", "district", "commune")
_BETWEEN = frozenset(
    [
        "và",
        "tỉnh",
        "thành",
        "phố",
        "tp",
        "huyện",
        "quận",
        "thị",
        "xã",
        "phường",
        "hội",
        "lhpn",
        "liên",
        "hiệp",
        "phụ",
        "nữ",
    ]
)
REACH = 200  # words between a cluster and the list of its members
FEWEST = 3  # members of a cluster


def find(text: str, context: Context) -> Iterator[Span]:  # noqa: ARG001 - every fact module is called in this way
    """The clusters whose members this part lists."""
    names = clusters_of_article(context)
    if not names:
        return
    words = words_of(context)
    told: set[str] = set()
    for members in _lists(words, places_of(context)):
        name = _name(context, members[0].first) or names[0]
        if name in told or not _introduced(words, members):
            continue
        told.add(name)
        start, end = words.starts[members[0].first], words.ends[members[-1].end - 1]
        year = _year(context, members[0].first)
        listed = [bare(place) for place in members]
        value = {"name": name, "year": year, "members": listed}
        yield Span(kind="cluster", start=start, end=end, value=value, rule="listed", name=name, year=year)


def _lists(words: Words, places: list[Place]) -> Iterator[list[Place]]:
    """Units of one level that stand in one list, of which there are enough for a cluster."""
    group: list[Place] = []
    for place in places:
        if place.level not in LEVELS or place.rule == "here":
            continue
        if group and not _follows(words, group[-1], place):
            if len(group) >= FEWEST:
                yield group
            group = []
        group.append(place)
    if len(group) >= FEWEST:
        yield group


def _follows(words: Words, last: Place, place: Place) -> bool:
    """Does it go on with the list: after a comma or "và", with "tỉnh" or "Hội LHPN" before it or not?"""
    gap = words.gap(last.end - 1)
    between = words.keys[last.end : place.first]
    if last.level != place.level or not all(key in _BETWEEN for key in between):
        return False
    return gap in (",", ";") or (gap == " " and "và" in between)


def _introduced(words: Words, members: list[Place]) -> bool:
    """Is the list announced as one, and as long as announced ("gồm 7 tỉnh: …")?"""
    first = members[0].first
    before = words.keys[max(0, first - 10) : first]
    head = first  # over "Hội LHPN các tỉnh", with which the list may begin
    while head > 1 and words.gap(head - 1) == " " and words.keys[head - 1] in _BETWEEN | {"các"}:
        head -= 1
    if words.gap(head - 1) not in (":", "(") and "gồm" not in before:
        return False
    counts = [
        int(key)
        for index, key in enumerate(before)
        if key.isdigit() and len(key) < 3 and before[index - 1 : index] != ["số"]
    ]
    return not counts or counts[-1] == len({place.name for place in members})


def _name(context: Context, first: int) -> str | None:
    """The cluster that the same paragraph named last before the list."""
    words = words_of(context)
    start, _ = context.paragraph(words.starts[first])
    near = within(organisations_of(context), first - REACH, first)
    before = [one.name for one in near if one.level == "cluster" and words.starts[one.first] >= start]
    return before[-1] if before else None


def _year(context: Context, index: int) -> int | None:
    """The first year that the sentence names, else the last before it in the paragraph, else the article's."""
    words = words_of(context)
    stated = first_year(words, *sentence_of(context, index))
    return stated or year_before(context, index) or context.page.year
