"""The next page of a listing: what the page itself links to, never a guess.

Known forms: rel=next, ?page=2, /page-2/, /page/2/, /trang-2, -p2, SharePoint's Page=2, Liferay's …_cur=2, and a link
that is called "Trang sau".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from worker.discover.words import words

if TYPE_CHECKING:
    from worker.discover.page import Page

_IN_PATH = re.compile(r"(?:[/._-]|(?<=/))(?:page|trang|pages|p)[-_/.]?(\d{1,6})(?=$|[/.])", re.IGNORECASE)
_ENDING = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Which page of which listing an address is."""

    listing: str  # the path without number and ending
    query: frozenset[tuple[str, str]]  # without the number
    number: int
    is_numbered: bool


def next_page(page: Page) -> str | None:
    """The address of the page that comes after this one in its listing, or None at its end.

    Pages are only ever taken in rising order, so a listing that links back and forth comes to an end.
    """
    here = _numbered(page.url)
    called_next: str | None = None
    best: tuple[int, str] | None = None
    for url, node in [*page.links_of(page.tree.css("link[rel][href]")), *page.anchors]:
        there = _numbered(url)
        rises = there.number > here.number
        if (
            "next" in (node.attributes.get("rel") or "").lower().split()
            and url != page.url
            and (rises or not there.is_numbered)
        ):
            return url
        if not (rises and there.is_numbered and _same_listing(here, there)):
            continue
        if best is None or there.number < best[0]:
            best = there.number, url
        if _is_called_next(node.text(), node.attributes.get("title")):
            called_next = called_next or url
    if best is not None and best[0] == here.number + 1:
        return best[1]
    return called_next or (best[1] if best else None)


def _numbered(url: str) -> _Numbered:
    parts = urlsplit(url)
    number, path, numbered = 1, parts.path, False
    if match := _IN_PATH.search(path):
        number, numbered = int(match[1]), True
        path = path[: match.start()] + path[match.end() :]
    rest = []
    for key, value in parse_qsl(parts.query[:2048], keep_blank_values=True):
        if _is_page_key(key) and value.isdigit() and len(value) <= 6:
            number, numbered = int(value), True
        else:
            rest.append((key.lower(), value))
    listing = _ENDING.sub("", path.rstrip("/")).rstrip("/").lower()
    return _Numbered(listing, frozenset(rest), number, numbered)


def _is_page_key(key: str) -> bool:
    key = key.lower()
    return key in words().page_keys or key.endswith("_cur")


def _same_listing(here: _Numbered, there: _Numbered) -> bool:
    """The same path, and nothing of the query lost (a portal adds its own keys: p_p_id, _delta …)."""
    return here.listing == there.listing and here.query <= there.query


def _is_called_next(*names: str | None) -> bool:
    return any(" ".join(name.split()).casefold() in words().next_page for name in names if name and len(name) < 60)
