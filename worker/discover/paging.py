"""The next page of a listing: what the page itself links to, never a guess.

Known forms: rel=next, ?page=2 (the second page, or, counted from 0, the third), /page-2/, /page/2/, /trang-2, -p2,
SharePoint's Page=2 and Paged=TRUE&p_ID=9&PageFirstRow=31, Liferay's …_cur=2, Joomla's ?start=20, a link that is called
"Trang sau", and a bare number (/tin-tuc/2) where the page has a row of links that are called by such numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from worker.discover.page import MAX_ANCHORS
from worker.discover.words import words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from worker.discover.page import Page

_IN_PATH = re.compile(r"(?:[/._-]|(?<=/))(?:page|trang|pages|p)[-_/.]?(\d{1,6})(?=$|[/.])", re.IGNORECASE)
_IN_VALUE = re.compile(r"/page-(\d{1,6})$")
"""NukeViet without rewritten addresses: ?nv=news&op=Hoat-dong/page-2."""

_LIFERAY = "_cur"
_SHAREPOINT = "pagefirstrow"
_PLACE = re.compile(r"paged|p_.*")
"""Where a page of a SharePoint list begins, told once more by the fields of its first item."""

_BARE = re.compile(r"(.*)/(\d{1,6})")
_ENDING = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Which page of which listing an address is."""

    listing: str  # the path without number and ending
    query: frozenset[tuple[str, str]]  # without the number
    number: int
    is_numbered: bool
    stream: str = ""  # of Liferay's …_cur=2 the key: a page may hold several listings, each with its own


@dataclass(frozen=True, slots=True)
class _Linked:
    """A link of a listing, and what it says of where it leads."""

    url: str
    there: _Numbered
    same: bool  # a page of the same listing
    is_next: bool
    called_next: bool
    text: str


def next_pages(page: Page) -> list[str]:
    """The address of the page that comes after this one in its listing; none at its end, several where the first page
    shows several listings that Liferay tells apart by their keys.

    Pages are only ever taken in rising order, so a listing that links back and forth comes to an end. Of several
    candidates the surest goes first: rel=next, the following number of the same listing, a link called "next", a higher
    number of the same listing, and a bare number that leads to another path (a home page that begins a listing).
    """
    row = _row(page)
    here = _numbered(page.url, row)
    linked = [*page.links_of(page.tree.css("link[rel][href]")[:MAX_ANCHORS]), *page.anchors]
    links = [_linked(here, url, node, row) for url, node in linked if url != page.url]
    if not here.is_numbered and any(map(_counts_from_zero, links)):
        here = replace(here, number=0)
    ranked = [(rank, link) for link in links if (rank := _rank(here, link)) is not None]
    ranked.sort(key=lambda one: (one[0], one[1].there.number))
    first = ranked[0][1].there.stream if ranked else ""
    best: dict[str, str] = {}
    for rank, link in ranked:
        stream = link.there.stream
        if stream == first or (rank < _ELSEWHERE and stream and not here.is_numbered):
            best.setdefault(stream, link.url)
    return list(best.values())


_ELSEWHERE = 4
"""The rank of a link that leads to another path."""


def _rank(here: _Numbered, link: _Linked) -> int | None:
    """How sure it is that a link leads to the next page, 0 the surest; None: it does not."""
    there, same, follows = link.there, link.same, link.there.number == here.number + 1
    rises = there.is_numbered and there.number > here.number
    if not (rises or (link.is_next and not there.is_numbered)):
        return None
    ranks = {
        0: link.is_next,
        1: same and follows,
        2: same and link.called_next,
        3: same,
        _ELSEWHERE: follows and (link.called_next or link.text == str(there.number)),
    }
    return next((rank for rank, holds in ranks.items() if holds), None)


def _row(page: Page) -> str | None:
    """The path of a listing that has a row of links to its pages, each called by the bare number that ends its address,
    with the one that follows this page among them; None: bare numbers are those of articles, years or whatever."""
    path = _path(page.url)
    bare = _BARE.fullmatch(path)
    for listing, number in [(path, 1), *([(bare[1], int(bare[2]))] if bare else [])]:
        row = {}
        for url, node in page.anchors:
            text, there = _text(node), _BARE.fullmatch(_path(url))
            if there and there[1] == listing and there[2] == text:
                row[int(text)] = url
            elif text == "1" and _path(url) == listing:
                row[1] = url
        if number + 1 in row and len(row) > 1:
            return listing
    return None


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/").lower()


def _text(node: LexborNode) -> str:
    return " ".join((node.text() or "")[:60].split()).casefold()


def _linked(here: _Numbered, url: str, node: LexborNode, row: str | None) -> _Linked:
    there = _numbered(url, row)
    text = _text(node)
    return _Linked(
        url=url,
        there=there,
        same=_same_listing(here, there),
        is_next="next" in (node.attributes.get("rel") or "").lower().split(),
        called_next=text in words().next_page or (node.attributes.get("title") or "").casefold() in words().next_page,
        text=text,
    )


def _counts_from_zero(link: _Linked) -> bool:
    """Whether a link of a listing's first page, which says no number, calls its page 1 the next one, or "2": Drupal,
    and portals made with Spring, begin with 0."""
    is_one = link.there.is_numbered and link.there.number == 1
    return link.same and is_one and (link.is_next or link.called_next or link.text == "2")


def _numbered(url: str, row: str | None) -> _Numbered:
    parts = urlsplit(url)
    number, path, numbered, stream = 1, parts.path, False, ""
    if match := _IN_PATH.search(path):
        number, numbered = int(match[1]), True
        path = path[: match.start()] + path[match.end() :]
    elif row is not None and (bare := _BARE.fullmatch(_path(url))) and bare[1] == row:
        number, numbered, path = int(bare[2]), True, row
    rest = []
    for key, value in parse_qsl(parts.query[:2048], keep_blank_values=True):
        if _is_page_key(key) and value.isdigit() and len(value) <= 6:
            number, numbered = int(value), True
            stream = key.lower() if key.lower().endswith(_LIFERAY) else ""
        elif match := _IN_VALUE.search(value):
            number, numbered = int(match[1]), True
            rest.append((key.lower(), value[: match.start()]))
        else:
            rest.append((key.lower(), value))
    if _SHAREPOINT in parts.query.lower():
        rest = [(key, value) for key, value in rest if not _PLACE.fullmatch(key)]
    listing = _ENDING.sub("", path.rstrip("/")).rstrip("/").lower()
    return _Numbered(listing, frozenset(rest), number, numbered, stream)


def _is_page_key(key: str) -> bool:
    key = key.lower()
    return key in words().page_keys or key.endswith(_LIFERAY)


def _same_listing(here: _Numbered, there: _Numbered) -> bool:
    """The same path, and nothing of the query lost (a portal adds its own keys: p_p_id, _delta …)."""
    return here.listing == there.listing and here.query <= there.query
