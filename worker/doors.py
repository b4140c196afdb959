"""The doors that a site shows whoever comes to it without knowing it: feeds, sitemaps and listings."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from worker.discover.addresses import absolute
from worker.discover.home import Doors, look
from worker.fetch import FetchError, Transport
from worker.fetch.robots import parse
from worker.limit import LINKS, at_most
from worker.values import site_host

if TYPE_CHECKING:
    from worker.config import Source
    from worker.models import Capture

_MOST = 40  # sitemaps of one robots.txt


async def shown(home: Capture, source: Source, transport: Transport) -> Doors:
    """What a site's home page names, with the sitemaps of its robots.txt; /sitemap.xml where neither names one."""
    with at_most(LINKS):
        doors = look(home, source)
    named = await _of_robots(home, source, transport)
    sitemaps = tuple(dict.fromkeys([*doors.sitemaps, *named])) or (urljoin(home.url, "/sitemap.xml"),)
    return Doors(doors.feeds, sitemaps, doors.listings)


async def _of_robots(home: Capture, source: Source, transport: Transport) -> list[str]:
    try:
        robots = await transport.fetch(urljoin(home.url, "/robots.txt"), source)
    except FetchError:
        return []
    if robots.status != HTTPStatus.OK:
        return []
    named = (absolute(sitemap, robots.url) for sitemap in parse(robots.body).sitemaps)
    return [url for url in named if url and same_site(home.url, url)][:_MOST]


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host; a leading www. does not count. An address that is none has no host."""
    return site_host(one) == site_host(other) != ""
