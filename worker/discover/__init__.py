"""Finding links: feeds, sitemaps and listings in, links out. Pure: captures in, no network, no clock.

    found = find(capture, source)
    found.links     the articles that the page names, each once, with title and date hints
    found.onward    where more of them are: the sitemaps below an index, the next page of a listing

Addresses come out absolute, as they were found and without fragment; whoever files them makes them canonical.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from worker.discover import feeds, sitemaps
from worker.discover.addresses import is_file, site, take_apart
from worker.discover.listing import article_links
from worker.discover.page import read, sites
from worker.discover.paging import next_pages
from worker.discover.words import words
from worker.models import Capture, Link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.config import Source

_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,20}:)?(rss|rdf|feed|urlset|sitemapindex|html)\b", re.IGNORECASE)
_HEAD = 8192  # bytes in which the root of a document stands, after comments and instructions


class Door(StrEnum):
    """What kind of page it is that links were looked for on."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap-index"
    LISTING = "listing"


@dataclass(frozen=True, slots=True)
class Found:
    """What discovery made of one capture."""

    door: Door
    links: tuple[Link, ...] = ()
    onward: tuple[str, ...] = ()


def find(capture: Capture, source: Source) -> Found:
    """The article links of a feed, a sitemap or a listing, told apart by content. Never raises for a page's content."""
    door = door_of(capture)
    if door is Door.LISTING:
        page = read(capture, source)
        return Found(door, tuple(article_links(page, source)), tuple(next_pages(page)))
    if door is Door.FEED:
        return Found(door, tuple(_own(feeds.feed_links(capture), capture, source, sure=True)))
    sitemap = sitemaps.read(capture)
    own = sites(capture, source)
    below = tuple(link.url for link in sitemap.below if site(link.url) in own)
    return Found(door, tuple(_own(sitemap.links, capture, source, sure=False)), below)


def door_of(capture: Capture) -> Door:
    """What kind of page a capture is, by its content; servers' types are not to be relied on."""
    body = capture.body
    if body.startswith(b"\x1f\x8b"):
        body = sitemaps.unpacked(body[:65536], _HEAD)
    if feeds.is_json(body):
        return Door.FEED
    root = _ROOT.search(body[:_HEAD].replace(b"\0", b""))
    match root[1].lower() if root else b"":
        case b"rss" | b"rdf" | b"feed":
            return Door.FEED
        case b"urlset":
            return Door.SITEMAP
        case b"sitemapindex":
            return Door.SITEMAP_INDEX
    is_lines = root is None and body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"http://", b"https://"))
    return Door.SITEMAP if is_lines else Door.LISTING


def _own(found: Iterable[Link], capture: Capture, source: Source, *, sure: bool) -> list[Link]:
    """Of the links of a feed or sitemap those that are the source's articles, each once.

    A feed lists articles (`sure`); a sitemap lists sections too, which are told by their addresses.
    """
    own = sites(capture, source)
    pattern = re.compile(source.articles) if source.articles else None
    kept: dict[str, Link] = {}
    for link in found:
        if link.url in kept or site(link.url) not in own or is_file(link.url):
            continue
        if pattern.search(link.url) if pattern else (sure or _could_be_article(link.url)):
            kept[link.url] = link
    return list(kept.values())


def _could_be_article(url: str) -> bool:
    address = take_apart(url)
    left = words().never | words().gathering
    return address.could_be_article and left.isdisjoint(address.folders)
