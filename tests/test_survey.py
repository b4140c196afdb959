"""A look at a site that nobody knows yet: what it is, and what its first articles would look like."""

import asyncio

import pytest

from tests.web import FAMILIES
from tests.web.nukeviet import NukeViet
from tests.web.server import Answer, serve
from tests.web.stories import stories
from worker import limit
from worker import survey as looks
from worker.fetch.client import Client
from worker.models import PageKind
from worker.survey import survey


def looked_at(portal, listings=(), home="", **settings):
    async def look():
        settings["home"] = portal.base + home
        discover = {"discover": {"listings": [portal.base + path for path in listings]}} if listings else {}
        async with Client(contact="archive@example.org") as client:
            return await survey(portal.source(**settings, **discover), client)

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


class Gated(NukeViet):
    """A portal that shows a gate, or nothing at all, at every address."""

    body = b""

    def answer(self, request, hit):
        return Answer(body=self.body) if request.path != "/robots.txt" else Answer(status=404)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "it answers with an empty page"),
        (b"<title>Just a moment...</title><p>Checking your browser</p>", "it shows a gate that wants a browser"),
    ],
)
def test_what_stands_in_the_place_of_a_site_s_doors_is_said(body, why):
    portal = Gated()
    portal.body = body
    for listings in ((), ("vi/news/",)):
        problems = looked_at(portal, listings=listings).problems
        assert f"{portal.base}{''.join(listings)} names no articles: {why}" in problems


class Section(NukeViet):
    """A portal with a page of news that names itself, and no feed."""

    def answer(self, request, hit):
        if request.path != "/tin-tuc/":
            return super().answer(request, hit)
        stories = "".join(f'<h3><a href="{self.url_of(one)}">{one.title}</a></h3>' for one in self.all_stories)
        return Answer(body=f'<ul><li><a href="/tin-tuc/">Tin tức</a></ul>{stories}'.encode())


def test_a_home_that_its_own_menu_names_is_one_door():
    portal = Section(stories=list(stories(12, seed=1)))
    assert looked_at(portal, home="tin-tuc/").doors.listings == (f"{portal.base}tin-tuc/",)


class Trap(NukeViet):
    """A portal one of whose pages is read without end."""

    def answer(self, request, hit):
        if request.path == "/endless/":
            return Answer(body=f'<h3><a href="/{"a" * 60}.html">Một bài viết của chi hội</a></h3>'.encode())
        return super().answer(request, hit)


def test_a_page_that_is_read_without_end_is_a_problem_and_the_others_are_looked_at(monkeypatch):
    monkeypatch.setattr(limit, "LINKS", 0.5)
    portal = Trap(stories=list(stories(5)))
    pattern = r"/(?:a+)+\.htm$|\d+\.html$"  # as somebody writes who does not know what it may cost
    seen = looked_at(portal, articles=pattern, listings=("endless/", ""))
    (problem,) = seen.problems
    assert "/endless/ could not be read: it takes more than 0.5 s to read" in problem
    assert len(seen.samples) == 3


def test_a_site_that_is_slow_without_end_is_given_up_and_what_was_seen_is_told(monkeypatch):
    monkeypatch.setattr(looks, "LONGEST", 1.0)
    portal = NukeViet(stories=list(stories(5)))
    portal.robots = lambda: "User-agent: *\nCrawl-delay: 100\n"
    seen = looked_at(portal)
    assert seen.name  # the home page was had
    assert [problem for problem in seen.problems if "given up" in problem]
