"""A web page as discovery reads it: its tree, and every link of its own site, made absolute."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from worker.clean.encoding import decode
from worker.clean.nesting import bounded
from worker.discover.addresses import LONGEST, absolute, site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from worker.config import Source
    from worker.models import Capture

MAX_ANCHORS = 5_000
"""Links of a page that are looked at; a listing has some hundreds."""

_LINKS = "a, [data-href], [onclick*='location']"
_NOWHERE = re.compile(r"\s*(?:#|javascript:)", re.IGNORECASE)
_FOLLOWED = ("data-href", "data-url", "data-link", "data-src")
_SCRIPT = re.compile(
    r"""\b(?:location(?:\.href)?\s{0,3}=|RefreshPageTo\(\s{0,3}event\s{0,3},)\s{0,3}["']([^"'\s]+)["']"""
)
"""What a link does by script: onclick="location.href='/tin-1.html'", or the pager of a SharePoint list."""


@dataclass(frozen=True, slots=True)
class Page:
    """`anchors`: the elements that lead to pages of the site, with their addresses; `url`: the page's own."""

    url: str
    base: str
    own: frozenset[str]
    tree: LexborHTMLParser
    anchors: tuple[tuple[str, LexborNode], ...]

    def links_of(self, nodes: Iterable[LexborNode]) -> list[tuple[str, LexborNode]]:
        """Those of `nodes` that lead to the site, with the address."""
        found = ((absolute(_led_to(node), self.base), node) for node in nodes)
        return [(url, node) for url, node in found if url is not None and site(url) in self.own]


def tree_of(capture: Capture) -> LexborHTMLParser:
    """The tree of a capture, decoded and bounded as cleaning does it: nothing can interrupt a parser that takes hours,
    and this is the process that all crawls share."""
    return LexborHTMLParser(bounded(decode(capture.body, capture.charset).text.encode("utf-8", "replace")))


def read(capture: Capture, source: Source) -> Page:
    """The page of a capture."""
    tree = tree_of(capture)
    first = tree.css_first("base[href]")
    base = absolute(first.attributes.get("href") or "", capture.url) if first is not None else None
    own = sites(capture, source) | ({site(base)} if base else frozenset())
    bare = Page(capture.url.partition("#")[0], base or capture.url, own, tree, ())
    anchors = tuple(bare.links_of(tree.css(_LINKS)[:MAX_ANCHORS]))
    return Page(bare.url, bare.base, bare.own, tree, anchors)


def _led_to(node: LexborNode) -> str:
    """What an element's href says or, where that leads nowhere, what a script follows in its place."""
    attributes = node.attributes
    href = attributes.get("href") or ""
    if href and not _NOWHERE.match(href):
        return href
    for name in _FOLLOWED:
        if kept := attributes.get(name):
            return kept
    match = _SCRIPT.search((attributes.get("onclick") or href)[:LONGEST])
    return match[1].replace("\\u0026", "&") if match else ""


def sites(capture: Capture, source: Source) -> frozenset[str]:
    """The hosts whose pages belong to the source: its home's, and the one that answered."""
    return frozenset({site(source.home), site(capture.url)} - {""})
