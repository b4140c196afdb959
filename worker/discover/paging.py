"""The next page of a listing: what the page itself links to, never a guess.

Known forms: rel=next, ?page=2, /page-2/, /page/2/, /trang-2, -p2, SharePoint's Page=2, Liferay's …_cur=2, and a link
that is called "Trang sau".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from worker.discover.page import MAX_ANCHORS
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

    Pages are only ever taken in rising order, so a listing that links back and forth comes to an end. Of several
    candidates the surest goes first: rel=next, the following number of the same listing, a link called "next", a higher
    number of the same listing, and a bare number that leads to another path (a home page that begins a listing).
    """
    here = _numbered(page.url)
    candidates: list[tuple[int, int, str]] = []
    for url, node in [*page.links_of(page.tree.css("link[rel][href]")[:MAX_ANCHORS]), *page.anchors]:
        there = _numbered(url)
        rises = there.is_numbered and there.number > here.number
        is_next = "next" in (node.attributes.get("rel") or "").lower().split()
        if url == page.url or not (rises or (is_next and not there.is_numbered)):
            continue
        same = _same_listing(here, there)
        text = " ".join((node.text() or "")[:60].split()).casefold()
        called_next = text in words().next_page or (node.attributes.get("title") or "").casefold() in words().next_page
        ranks = {
            0: is_next,
            1: same and there.number == here.number + 1,
            2: same and called_next,
            3: same,
            4: there.number == here.number + 1 and (called_next or text == str(there.number)),
        }
        if (rank := next((rank for rank, holds in ranks.items() if holds), None)) is not None:
            candidates.append((rank, there.number, url))
    return min(candidates, default=(0, 0, None), key=lambda one: one[:2])[2]


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
