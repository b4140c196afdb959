"""Who wrote an article, as its markup states it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from worker.clean.bylines import Byline, in_name_case, names_office
from worker.clean.pieces import plain

if TYPE_CHECKING:
    from worker.clean.metadata.head import Head

_MOST = 8  # authors of one article
_META_NAMES = ("author", "article:author", "dc.creator", "dc.contributor", "parsely-author", "sailthru.author", "byl")


def find(head: Head, *, vietnamese: bool = False) -> Byline:
    """The authors that JSON-LD, microdata or meta elements name; the byline is their names.

    Addresses and offices ("Admin") are no authors, and on a Vietnamese page organisations are none either: portals put
    their own name there.
    """
    for names in (_linked(head), _marked(head), _meta(head)):
        authors = [name for text in names if (name := _name(text)) and not (vietnamese and names_office(name))]
        if authors:
            unique = tuple(dict.fromkeys(authors))[:_MOST]
            return Byline(", ".join(unique), unique)
    return Byline("")


def _linked(head: Head) -> list[str]:
    return [name for node in head.articles[:1] for name in _names(node.get("author"))]


def _names(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from _SEPARATORS.split(value)
    elif isinstance(value, dict):
        if str(value.get("@type", "Person")).lower() != "organization":
            yield from _names(value.get("name"))
    elif isinstance(value, list):
        for one in value[:_MOST]:
            yield from _names(one)


def _marked(head: Head) -> list[str]:
    return [part for text in head.props.get("author", [])[:_MOST] for part in _SEPARATORS.split(text)]


def _meta(head: Head) -> list[str]:
    return [part for name in _META_NAMES if (text := head.meta(name)) for part in _SEPARATORS.split(text)]


_SEPARATORS = re.compile(r"\s*[,;|]\s*|\s+[-–]\s+|\s+(?:and|und|et|y|và|e|en|og|och)\s+")
_LABEL = re.compile(r"(?i:by|von|par|por|tác giả|theo|author)\s*:?\s+")
_NO_NAME = re.compile(
    r"https?:|www\.|@|[/\d#]|(?i:\b(?:admin|administrator|editor|redaktion|staff|newsroom|null|none)\b)"
)


def _name(text: str) -> str:
    text = plain(text)[:80]
    text = text[match.end() :] if (match := _LABEL.match(text)) else text
    if not 2 <= len(text) <= 60 or _NO_NAME.search(text) or text.count(" ") > 5:
        return ""
    return in_name_case(text)
