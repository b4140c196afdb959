"""What stands in the place of a feed, a listing or a sitemap: an answer that names nothing because it is no such page.

Sites answer so for a while, often with status 200: a gate that wants a browser, a notice of maintenance, no bytes at
all. Whoever takes that for a listing without links takes it for the end of the listing.
"""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from worker.clean.kinds import of_page
from worker.discover import Door, Found, feeds, sitemaps
from worker.discover.addresses import absolute, site, take_apart
from worker.discover.page import MAX_ANCHORS, sites, tree_of
from worker.models import PageKind

if TYPE_CHECKING:
    from worker.config import Source
    from worker.models import Capture

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_FOR_GOOD = frozenset({PageKind.NOT_FOUND, PageKind.LOGIN})
_SAYS = {
    PageKind.CHALLENGE: "it shows a gate that wants a browser",
    PageKind.MAINTENANCE: "it shows a notice of maintenance",
    PageKind.LOGIN: "it shows a log-in",
    PageKind.NOT_FOUND: "it says that there is no such page",
}
_NO_TEXT = ["script", "style", "template"]
_ENOUGH = 5  # links to another host that are not those of a partner
_OPENING = 100_000  # characters of a page that are looked at; notices are short


class Absent(NamedTuple):
    """Why there is no such page, as part of a sentence ("it …"), and whether that is `for_good`."""

    why: str
    for_good: bool = False


def absent(capture: Capture, found: Found, source: Source) -> Absent | None:
    """What a capture is in the place of a page that names articles, of which these were `found`; None: it is one, or a
    listing that is empty."""
    if capture.status != HTTPStatus.OK:
        return Absent(f"it answers {capture.status}", capture.status in _GONE)
    if found.links or found.onward:
        return None
    if host := _elsewhere(capture, found, source):
        why = f"all that it names is at {host}; if the site has moved there, write its new address into sources.yaml"
        return Absent(why, for_good=True)
    return _notice(capture) if found.door is Door.LISTING else None


def _elsewhere(capture: Capture, found: Found, source: Source) -> str | None:
    """The other host at which nearly all is that looks like articles: a site that has moved may go on answering at its
    old host."""
    if found.door is Door.LISTING:
        hrefs = (node.attributes.get("href") or "" for node in tree_of(capture).css("a[href]")[:MAX_ANCHORS])
        led_to = (url for href in hrefs if (url := absolute(href, capture.url)) and take_apart(url).could_be_article)
    elif found.door is Door.FEED:
        led_to = (link.url for link in feeds.feed_links(capture))
    else:
        told = sitemaps.read(capture)
        led_to = (link.url for link in (*told.links, *told.below))
    hosts = Counter(map(site, dict.fromkeys(led_to)))
    own = sites(capture, source)
    ((host, count),) = hosts.most_common(1) or [("", 0)]
    return host if count >= _ENOUGH and 3 * count > 2 * hosts.total() and own.isdisjoint(hosts) else None


def _notice(capture: Capture) -> Absent | None:
    """What a page says instead of naming articles."""
    if not capture.body.strip():
        return Absent("it answers with an empty page")
    tree = tree_of(capture)
    title = tree.css_first("title")
    tree.strip_tags(_NO_TEXT)
    text = " ".join((tree.body.text(separator=" ") if tree.body else "")[:_OPENING].split())
    kind = of_page(capture, title=title.text() if title else "", text=text, body=text)
    return Absent(_SAYS[kind], kind in _FOR_GOOD) if kind in _SAYS else None
