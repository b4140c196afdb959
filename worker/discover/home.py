"""A first look at a site: where its home page says that new articles can be found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from worker.discover.addresses import absolute, is_file, take_apart
from worker.discover.listing import article_links
from worker.discover.page import MAX_ANCHORS, read
from worker.discover.words import words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from worker.config import Source
    from worker.models import Capture

MAX_DOORS = 40
"""Listings of one site that are offered; menus have fewer sections."""

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_FEED = re.compile(r"(?:^|/)(?:rss|feed|atom)(?:/|$)|\.rss$|(?:rss|feed|atom)\.xml$", re.IGNORECASE)
_LARGEST_SENDER = 4096  # bytes
_SENDS_ON = re.compile(
    rb"""http-equiv\s{0,3}=\s{0,3}["']?refresh\b[^>]{0,200}?url\s{0,3}=\s{0,3}["']?([^"'>\s]{1,500})"""
    rb"""|\blocation(?:\.href)?\s{0,3}=\s{0,3}["']([^"'\n]{1,500})["']"""
    rb"""|\blocation\.(?:replace|assign)\(\s{0,3}["']([^"'\n]{1,500})["']""",
    re.IGNORECASE,
)
_SITEMAP = re.compile(r"(?:^|/)[^/]{0,40}site-?map[^/]{0,40}\.xml(?:\.gz)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a source's articles may be found: feeds and sitemaps that the page names, and its sections."""

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()


def look(capture: Capture, source: Source) -> Doors:
    """The doors that a page shows. Feeds of the whole site come first; sections are in the order of the menu.

    robots.txt is another place for sitemaps, and so is /sitemap.xml: see worker.doors.
    """
    page = read(capture, source)
    heads = page.links_of(page.tree.css("link[rel][type][href]")[:MAX_ANCHORS])
    feeds = {url: None for url, node in heads if _is_feed_link(url, node)}
    sitemaps: dict[str, None] = {}
    sections: dict[str, None] = {}
    articles = {link.url for link in article_links(page, source)}
    for url, _ in page.anchors:
        path = urlsplit(url).path
        if _SITEMAP.search(path):
            sitemaps[url] = None
        elif _FEED.search(path):
            feeds[url] = None
        elif url not in articles and _is_section(url):
            sections[url] = None
    return Doors(tuple(feeds)[:MAX_DOORS], tuple(sitemaps)[:MAX_DOORS], tuple(sections)[:MAX_DOORS])


def sends_on(capture: Capture) -> str | None:
    """Where a page without anything to read sends browsers on to, by a refresh or a script, as portals' front pages do;
    None where it does not. Nothing follows it by itself: whoever writes sources.yaml says where a source begins."""
    match = _SENDS_ON.search(capture.body) if len(capture.body) <= _LARGEST_SENDER else None
    found = next(filter(None, match.groups()), b"") if match else b""
    url = absolute(found.decode("utf-8", "replace"), capture.url)
    return url if url != capture.url.partition("#")[0] else None


def _is_feed_link(url: str, node: LexborNode) -> bool:
    kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
    return kind in _FEED_TYPES and "alternate" in (node.attributes.get("rel") or "").lower() and "comment" not in url


def _is_section(url: str) -> bool:
    address = take_apart(url)
    if not address.stem or address.could_be_article or is_file(url):
        return False
    return not any(word in address.stem for word in words().no_listings)
