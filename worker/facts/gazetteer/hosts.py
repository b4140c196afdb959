"""Whose province a host speaks for, by its name: hoilhpn.phuyen.gov.vn, baothanhhoa.vn, kontumtv.vn."""

from __future__ import annotations

import re
from functools import cache

from worker.facts.gazetteer import provinces, rows
from worker.vietnamese import fold

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_HOST = re.compile(r"(?:https?://)?(?P<host>[^/?#:@]{1,253})(?![^/?#:])")  # a host has 253 characters (RFC 1035)


def province_of(url: str) -> str | None:
    """The code (of the 63) of the province that a label of the address's host names; None where none is, or several.

    A label names one that is its name without marks and blanks, alone or with words such as "bao" or "tv" at its ends.

    >>> [province_of(url) for url in ("https://danvan-binhphuoc.gov.vn/1.html", "https://phunuvietnam.vn/gia-lai")]
    ['70', None]
    """
    match = _HOST.match(url.lower())
    found = {_names()[part] for part in _parts(match["host"]) if part in _names()} if match else set()
    return found.pop() if len(found) == 1 else None


def _parts(host: str) -> set[str]:
    """The labels, their parts between hyphens, and each without the words that may stand at its ends."""
    labels = host.split(".")
    parts = {part for label in labels for part in (label.replace("-", ""), *label.split("-"))}
    return parts | {match["name"] for part in parts if (match := _affixed().fullmatch(part))}


@cache
def _names() -> dict[str, str]:
    """Name of a province, an alias or what a paper of it is called, without marks and blanks -> code."""
    named = [(province.name, province.code) for province in provinces().values()]
    named += [(word, where) for where, words in rows("hosts.csv") if where.isdigit() for word in words.split()]
    return {_NO_LETTER.sub("", fold(name).lower()): code for name, code in (*rows("aliases.csv"), *named)}


@cache
def _affixed() -> re.Pattern[str]:
    affixes: dict[str, list[str]] = {"before": [], "after": []}
    for where, words in rows("hosts.csv"):
        if where in affixes:
            affixes[where] += words.split()
    before, after = ("|".join(sorted(some, key=len, reverse=True)) for some in affixes.values())
    names = "|".join(sorted(_names(), key=len, reverse=True))
    return re.compile(rf"(?:{before})?(?P<name>{names})(?:{after})?")
