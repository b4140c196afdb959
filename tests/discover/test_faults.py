"""Listings and sitemaps that mean no good, fetched over real sockets."""

from __future__ import annotations

import asyncio

from tests.fetch.conftest import HURRY, of
from tests.web import faults_listings  # noqa: F401 - gives the listings their addresses
from tests.web.faults import Faults
from worker.discover import Door, Found, find
from worker.fetch.client import Client


def walked(name: str, pages: int) -> list[Found]:
    """What is found on a page and on those that it leads on to, so many at most."""

    async def run() -> list[Found]:
        found: list[Found] = []
        async with Faults() as web, Client(patience=HURRY) as client:
            onward: tuple[str, ...] = (web.url(name),)
            while onward and len(found) < pages:
                found.append(find(await client.fetch(onward[0], of(web)), of(web)))
                onward = found[-1].onward
        return found

    return asyncio.run(run())


def test_an_empty_listing_has_nothing_and_leads_nowhere():
    (found,) = walked("empty-listing", 5)
    assert found == Found(Door.LISTING)


def test_a_listing_without_end_has_something_new_on_every_page():
    found = walked("endless-listing", 12)
    assert len({link.url for page in found for link in page.links}) == 120


def test_a_listing_that_repeats_itself_shows_nothing_new_on_its_second_page():
    first, second = walked("listing-that-repeats", 2)
    assert {link.url for link in second.links} == {link.url for link in first.links}


def test_a_listing_that_leads_back_comes_to_an_end():
    assert len(walked("listing-in-a-circle", 12)) == 3


def test_a_sitemap_of_fifty_thousand_is_read_whole():
    (found,) = walked("sitemap-of-fifty-thousand", 5)
    assert found.door is Door.SITEMAP
    assert len(found.links) == 50_000
