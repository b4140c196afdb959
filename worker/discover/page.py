"""A web page as discovery reads it: its tree, and every link of its own site, made absolute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from worker.clean.encoding import decode
from worker.clean.nesting import bounded
from worker.discover.addresses import absolute, site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from worker.config import Source
    from worker.models import Capture

MAX_ANCHORS = 5_000
"""Links of a page that are looked at; a listing has some hundreds."""


@dataclass(frozen=True, slots=True)
class Page:
    """`anchors`: the <a> elements that lead to pages of the site, with their addresses; `url`: the page's own."""

    url: str
    base: str
    own: frozenset[str]
    tree: LexborHTMLParser
    anchors: tuple[tuple[str, LexborNode], ...]

    def links_of(self, nodes: Iterable[LexborNode]) -> list[tuple[str, LexborNode]]:
        """Those of `nodes` whose href leads to the site, with the address."""
        found = ((absolute(node.attributes.get("href") or "", self.base), node) for node in nodes)
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
    bare = Page(capture.url.partition("#")[0], base or capture.url, sites(capture, source), tree, ())
    anchors = tuple(bare.links_of(tree.css("a[href]")[:MAX_ANCHORS]))
    return Page(bare.url, bare.base, bare.own, tree, anchors)


def sites(capture: Capture, source: Source) -> frozenset[str]:
    """The hosts whose pages belong to the source: its home's, and the one that answered."""
    return frozenset({site(source.home), site(capture.url)} - {""})
