"""A look at a site that nobody knows yet: what it is, and what its first articles would look like."""

import asyncio

import pytest

from tests.web import FAMILIES
from tests.web.server import serve
from tests.web.stories import stories
from worker.fetch.client import Client
from worker.models import PageKind
from worker.survey import survey


def looked_at(portal, **settings):
    async def look():
        async with Client(contact="archive@example.org") as client:
            return await survey(portal.source(**settings), client)

    with serve(portal):
        return asyncio.run(look())


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
def test_system_publisher_province_doors_and_first_articles_are_found(family):
    portal = family(stories=list(stories(12, seed=1)), name="Hội LHPN tỉnh Cao Bằng")
    seen = looked_at(portal)
    assert (seen.profile, seen.kind, seen.province) == (family.family, "union", "04")
    assert seen.name.casefold() == "hội lhpn tỉnh cao bằng"
    assert seen.doors.listings and seen.doors.sitemaps
    told = {portal.url_of(story): (story.title, portal.told(story).date) for story in portal.all_stories}
    assert len(seen.samples) == 3
    assert [(sample.title, sample.published) for sample in seen.samples] == [told[one.url] for one in seen.samples]
    assert seen.problems == []


def test_what_is_wrong_is_said():
    family = FAMILIES[0]
    silent = looked_at(family(stories=[]))
    assert any("no articles were found" in problem for problem in silent.problems)
    portal = family(stories=list(stories(5)))
    portal.notice = PageKind.MAINTENANCE
    assert any("is a page of kind maintenance" in problem for problem in looked_at(portal).problems)
