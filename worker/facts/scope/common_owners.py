"""Common nouns that stand for a union or a cluster as the subject of a clause: "các cấp Hội", "toàn tỉnh", "Hội"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from worker.facts import gazetteer
from worker.facts.scope.own_union import Own, is_union, owner_of
from worker.facts.scope.phrases import Phrases, any_of, words
from worker.facts.span import Span

DOES = Phrases("helpers", "verbs")
TIMES = ("nay", "qua", "này", "đó", "năm", "vừa")
"""Words behind which a subject follows without a comma: "Trong năm qua Hội LHPN tỉnh đã"."""

_PREFIX = re.compile(r"(?:các cấp|các cơ sở|tỉnh|thành|huyện|quận|toàn) $")
_HOI = re.compile(
    r"hội(?:(?P<levels> (?:lhpn|phụ nữ|liên hiệp phụ nữ) (?:các (?:cấp|huyện|xã|phường)|toàn tỉnh))"
    r"(?: (?:trong|toàn) (?:tỉnh|huyện|thị xã|quận|xã|phường))?(?!\w)"
    r"|(?P<provinces> (?:lhpn|phụ nữ|liên hiệp phụ nữ) (?:các|[0-9]+) (?:tỉnh|thành phố)"
    r"(?: trong cụm(?: thi đua)?)?)(?!\w)"
    r"|(?: phụ nữ| lhpn)?(?: (?:trong|toàn) (?:tỉnh|huyện|thị xã|quận|xã|phường))?(?!\w))"
)
_BELOW = re.compile(r"(?:trong|toàn) (?:(?P<district>huyện|thị xã|quận)|xã|phường)$")
_WHOLE = re.compile(r"toàn (?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường)(?!\w)")
_CLUSTER = re.compile(
    r"[ct0-9](?<!\w.)(?:(?:ác|ừng|[0-9]*(?:/[0-9]+)?) (?:tỉnh|thành phố|đơn vị|địa phương)(?!\w)"
    r"(?: (?:trong|thuộc) cụm(?: thi đua)?)?|ụm(?: thi đua)?(?!\w)|oàn cụm(?!\w))"
)
_WORD_BEFORE = re.compile(r"(\w+) $")
_NOT_BEFORE = words("not_before")
_HAS = re.compile(r" (?:đầu năm |cuối năm |hiện |đang |còn |vẫn )*(?:có|còn)(?!\w)")
_BY = re.compile(r"(?<!\w)theo (?:(?:báo cáo|thống kê|tổng hợp)[^,.;\n]{0,30} )?(?:của )?hội ")
_AT = re.compile(r"(?<!\w)(?:tại|ở|riêng)(?: tỉnh| thành phố| tp\.?| thủ đô)? $")
_SUBJECT = re.compile(rf" (?:đầu năm )?{any_of('helpers', 'verbs')}")


class Noun(NamedTuple):
    """A common noun where it is a subject: union, whole (of a province), own ("Hội") or cluster."""

    start: int
    end: int
    sort: str


def nouns(key: str, text: str, first: int, last: int, clusters: bool) -> Iterator[Noun]:
    """Those between two places, with `clusters` also what stands for a cluster; verbs follow all of them."""
    at = key.find("hội", first, last)
    while at >= 0:
        noun = _hoi(key, text, at, first)
        if noun:
            yield noun
        at = key.find("hội", at + 3, last)
    at = key.find("toàn ", first, last)
    while at >= 0:
        whole = _WHOLE.match(key, at)
        if whole and _SUBJECT.match(key, whole.end()) and _free(key, at, first):
            yield Noun(at, whole.end(), "whole")
        at = key.find("toàn ", at + 5, last)
    if clusters:
        for match in _CLUSTER.finditer(key, first, last):
            if DOES.at(key, match.end() + 1) and _after_pause(key, match.start(), first):
                yield Noun(match.start(), match.end(), "cluster")


def _hoi(key: str, text: str, at: int, first: int) -> Noun | None:
    match = _HOI.match(key, at)
    if match is None or key[at - 1 : at].isalnum() or not DOES.at(key, match.end() + 1):
        return None
    if match["provinces"]:
        return Noun(at, match.end(), "cluster") if _free(key, at, first) else None
    if match["levels"]:
        return Noun(at, match.end(), "union") if _free(key, at, first) else None
    prefix = _PREFIX.search(key, max(first, at - 12), at)
    if prefix:
        return Noun(prefix.start(), match.end(), "union") if _free(key, prefix.start(), first) else None
    own = text.startswith("Hội", at) and match.end() == at + 3 and _after_pause(key, at, first)
    return Noun(at, match.end(), "own") if own else None


def _free(key: str, start: int, first: int) -> bool:
    """Does nothing before the noun make it something else than a subject ("của các cấp Hội")?"""
    word = _WORD_BEFORE.search(key, max(first, start - 14), start)
    return word is None or word[1] not in _NOT_BEFORE


def _after_pause(key: str, start: int, first: int) -> bool:
    word = _WORD_BEFORE.search(key, max(first, start - 14), start)
    return word is None or word[1] in (*TIMES, "do", "thì") or (len(word[1]) == 4 and word[1].isdigit())


class Before(NamedTuple):
    """What stands before it: the last subject with a name, the last organisations, and the sentence's places."""

    last: str | None
    names: Sequence[Span]
    places: Sequence[Span]


def meant(noun: Noun, key: str, first: int, own: Own, before: Before) -> str | None:
    """Whom a common noun means in a sentence that begins at `first`."""
    if noun.sort == "cluster":
        return own.cluster if own.of_cluster or "cụm" in key[noun.start : noun.end] else None
    place = _union_of(noun, key, first, own, before.places)
    if place is not None:
        return place or None
    union = before.last if is_union(before.last) else None
    if noun.sort == "own":
        named = next(_unions(before.names, 0, noun.start), own.union)
        return union or (own.union if named == own.union else None)
    if noun.sort == "whole" and (own.level != "province" or _HAS.match(key, noun.end)):
        return None
    named = next(_unions(before.names, first, noun.start), None)
    if named and _BY.search(key, max(first, noun.start - 300), noun.start):  # "Theo Hội LHPN huyện, các cấp Hội"
        return named
    return _one_of(union, own, named) if before.last is None or before.last != own.cluster else None


def _one_of(union: str | None, own: Own, named: str | None) -> str | None:
    """The last subject or the article's own union, if nothing contradicts: "các cấp" are a province's rather."""
    who = union or own.union
    if union and own.union and union != own.union and union not in own.unions.values():
        return None
    return who if named in (None, who) else None


def _unions(names: Sequence[Span], first: int, last: int) -> Iterator[str]:
    """The unions named between two places, the last first."""
    some = (owner_of(span) for span in reversed(names) if first <= span.start < last)
    return (name for name in some if is_union(name))


def _union_of(noun: Noun, key: str, first: int, own: Own, places: Sequence[Span]) -> str | None:
    """The union of the province at which the sentence begins: "Tại TP Huế, các cấp Hội".

    "" of a lower place, be it that which "các cấp Hội trong huyện" are of."""
    below = _BELOW.search(key, noun.start, noun.end)
    if below and own.level != ("district" if below["district"] else "commune"):
        return ""
    for span in places:
        if first <= span.start < noun.start and _AT.search(key, max(first, span.start - 20), span.start):
            if span.value.get("level") != "province" or not span.province:
                return ""
            province = gazetteer.provinces().get(span.province)
            return own.unions.get(span.province) or (f"Hội LHPN {province.title}" if province else "")
    return None
