"""The full names of organisations: what they are called as written, and with the place that they are of."""

from __future__ import annotations

from worker.facts.organisations.organisation import OUTSIDE, Organisation
from worker.facts.organisations.owners import untyped, whereabouts
from worker.facts.places.place import Place
from worker.facts.words import Hit, Words

_SHORT = ("UBND", "HĐND")  # nobody writes these out but once


_ABBREVIATED = frozenset(("UB", "UB.", "UBMTTQ", "UBMTTQVN", "UBMT", "UBMTVN", "NDN", "DN", "QH", "MTTQVN"))
"""What stands for words in the heads of names, and for others elsewhere, or for two: Ủy ban, MTTQ Việt Nam."""


def head(words: Words, hit: Hit) -> str:
    """The words that name it, as written; where they shout, as the gazetteer has them."""
    end = hit.end
    if hit.entry.name in _SHORT:
        return hit.entry.name
    if words.upper(hit.first) and (words.upper(end) or end - hit.first > 1) and _capitals(words, hit):
        return hit.entry.name
    written = " ".join(words.written(hit.first, hit.end).split())
    if _ABBREVIATED.intersection(written.split()) or "(" in written:  # "Hội Nông dân (HND) Việt Nam"
        return hit.entry.name
    return written[:1].upper() + written[1:]


def _capitals(words: Words, hit: Hit) -> bool:
    """Is it in capitals throughout, and no abbreviation: "HỘI NÔNG DÂN", but not "UBMTTQ VN"?"""
    written = words.written(hit.first, hit.end)
    return written.isupper() and (not hit.entry.name.isupper()) and written.lower() == hit.entry.name.lower()


def of_place(words: Words, hit: Hit, name: str, canonical: str, place: Place, rule: str) -> Organisation:
    """The organisation of this name that a place has; firms keep the place as it is written."""
    level = hit.entry.data[0]
    whole = f"{canonical} {place.name}{whereabouts(place)}"
    end = max(hit.end, place.end)
    told = place.name
    if level in OUTSIDE and place.rule != "home":  # "Viettel Huế", as firms are called
        told = words.written(place.first, place.end) if place.first == hit.end else told
    return Organisation(hit.first, end, f"{name} {told}", level or place.level, rule, place, whole, place.confidence)


def named_in(first: int, end: int, name: str, canonical: str, place: Place, rule: str) -> Organisation:
    """The same, where a province is named without its type: "Sở Y tế Gia Lai"."""
    title = place.name if place.level != "province" else untyped(place)
    entity = f"{canonical} {title}{whereabouts(place)}"
    return Organisation(first, end, f"{name} {title}", place.level, rule, place, entity, place.confidence)


def in_full(inner: Organisation) -> str:
    """The union's name as the names of its parts hold it: "Trung ương Hội LHPN Việt Nam"."""
    return "Trung ương Hội LHPN Việt Nam" if inner.name == "Hội LHPN Việt Nam" else inner.name
