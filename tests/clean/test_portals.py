"""Pages of seven CMS families, fetched over real sockets: what comes out is the story, and no line of the chrome."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from tests.web import FAMILIES, NukeViet, Portal, Story, Web, serve, stories
from tests.web.notices import NOTICES
from tests.web.reading import capture, page, remember
from worker.models import Article, Label, Memory, PageKind, Refined
from worker.refine import NOTHING_SEEN, refine

PAGES = 6
"""Pages that are read of each portal; more stories stand on it, for its lists of other news."""


@cache
def published(family: type[Portal]) -> tuple[Story, ...]:
    """So few that the headline and the teaser of each stand on most pages of the others."""
    return tuple(stories(20, seed=FAMILIES.index(family)))


@cache
def published_bare(family: type[Portal]) -> tuple[Story, ...]:
    """As many as a portal has that nobody made a profile for."""
    return tuple(stories(80, seed=100 + FAMILIES.index(family)))


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    """Every family twice: in its own markup, and bare of every name that could give the markup away."""
    own = [family(f"{family.family}.test", published(family)) for family in FAMILIES]
    bare = [family(f"bare.{family.family}.test", published_bare(family), plain=True) for family in FAMILIES]
    with serve(*own, *bare) as running:
        yield running


def portal(web: Web, name: str) -> Portal:
    found = web.hosts[name]
    assert isinstance(found, Portal)
    return found


def read(portal: Portal, story: Story, memory: Memory = NOTHING_SEEN) -> Refined:
    refined = refine(capture(portal.url_of(story)), portal.source(), memory, facts=False)
    assert refined.kind is PageKind.ARTICLE
    return refined


def told(portal: Portal, story: Story) -> dict[str, object]:
    """What the article must be."""
    story = portal.told(story)
    return {
        "title": story.title,
        "published": story.date,
        "body": story.body,
        "captions": story.captions,
        "byline": story.byline,
        "authors": story.authors,
        "origin": story.origin,
    }


def said(refined: Refined, expected: dict[str, object]) -> dict[str, object]:
    article: Article | None = refined.article
    assert article is not None
    return {field: getattr(article, field) for field in expected}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
def test_a_page_of_a_known_family_is_read_whole_at_first_sight(web, family):
    site = portal(web, f"{family.family}.test")
    for story in published(family)[:PAGES]:
        expected = told(site, story)
        assert said(read(site, story), expected) == expected


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
def test_what_the_chrome_says_changes_at_every_hit_and_what_is_read_does_not(web, family):
    site = portal(web, f"{family.family}.test")
    story = published(family)[7]
    first, second = capture(site.url_of(story)), capture(site.url_of(story))
    assert first.digest != second.digest
    assert refine(first, site.source(), facts=False).article == refine(second, site.source(), facts=False).article


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
def test_a_site_of_no_known_family_is_read_whole_once_other_pages_of_it_were_seen(web, family):
    site = portal(web, f"bare.{family.family}.test")
    earlier: list[Refined] = []
    for story in published_bare(family)[10:16]:
        earlier.append(read(site, story, remember(earlier)))
    memory = remember(earlier)
    for story in published_bare(family)[:PAGES]:
        expected = told(site, story)
        assert said(read(site, story, memory), expected) == expected


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
def test_memory_takes_nothing_from_an_article_of_a_known_family(web, family):
    site = portal(web, f"{family.family}.test")
    memory = remember(read(site, story) for story in published(family)[10:16])
    for story in published(family)[:PAGES]:
        assert read(site, story, memory).article == read(site, story).article


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
def test_memory_changes_nothing_on_a_site_with_one_page(web, family):
    for name in (f"{family.family}.test", f"bare.{family.family}.test"):
        site = portal(web, name)
        for story in site.all_stories[:PAGES]:
            memory = remember([read(site, story)])
            again = capture(site.url_of(story))
            seen, unseen = (refine(again, site.source(), known, facts=False) for known in (memory, NOTHING_SEEN))
            assert seen.article == unseen.article


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
def test_every_block_of_a_page_has_a_label_and_chrome_a_reason(web, family):
    site = portal(web, f"{family.family}.test")
    refined = read(site, published(family)[0])
    chrome = [block for block in refined.blocks if block.label is Label.CHROME]
    assert len(chrome) > 20
    assert all(block.reason and block.signal for block in chrome)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
def test_a_listing_is_no_article(web, family):
    site = portal(web, f"{family.family}.test")
    refined = refine(capture(web.url_of(site, site.page_path(1))), site.source(), facts=False)
    assert refined.kind is PageKind.LISTING
    assert refined.article is None


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
@pytest.mark.parametrize("kind", NOTICES)
def test_what_a_portal_serves_in_the_place_of_an_article_is_none(family, kind):
    site = family(stories=published(family))
    notice = page(site.url_of(published(family)[0]), site.notice_page(kind))
    refined = refine(notice, site.source(), facts=False)
    assert (refined.kind, refined.article) == (kind, None)


def test_the_page_of_an_edited_story_keeps_its_day_of_publication(web):
    site = portal(web, "nukeviet.test")
    edited = [story for story in published(NukeViet) if story.edited]
    assert edited
    for story in edited:
        assert said(read(site, story), {"published": story.date}) == {"published": story.date}
