"""Something else in the place of a feed, a listing or a sitemap is not taken for its end; no door is left for ever."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.web.nukeviet import NukeViet
from tests.web.server import Answer, serve
from tests.web.stories import stories
from worker.config import Sources
from worker.crawl import Crawl
from worker.fetch.client import Client
from worker.fetch.politeness import Patience
from worker.store import Archive
from worker.walk import MOST

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HURRY = Patience(backoff=0.01, backoff_cap=0.05)

GATE = """<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>
<script>window._cf_chl_opt = {};</script>"""
INSTEAD = {
    "forbidden": Answer(status=403, body=b"<h1>Forbidden</h1>"),
    "accepted": Answer(status=202),
    "empty": Answer(body=b" \n"),
    "gate": Answer(body=GATE.encode()),
    "maintenance": Answer(body="<title>Thông báo</title><p>Hệ thống đang bảo trì, mời quay lại sau.</p>".encode()),
}


class Site(NukeViet):
    """A portal of 45 stories that answers `instead` below some addresses."""

    below: tuple[str, ...] = ()
    instead: Answer | None = None

    def answer(self, request, hit):
        if self.instead and request.path in self.below:
            return self.instead
        return super().answer(request, hit)


@pytest.fixture
def site(tmp_path):
    """`site.crawl(hours, doors, …)`: the counts of a visit so many hours after START."""
    portal = Site(stories=list(stories(45, seed=3)))
    with serve(portal) as web, Archive.open(tmp_path, write=True) as archive:

        def crawl(hours, *listings, **options):
            names = listings or ("vi/news/",)
            source = portal.source("site", discover={"listings": [portal.base + name for name in names]})
            archive.sync_sources(Sources(sources=(source,)))

            async def run():
                async with Client(contact="archive@example.org", patience=HURRY) as client:
                    return dict(await Crawl(source=source, archive=archive, transport=client).run("manual", **options))

            with time_machine.travel(START + timedelta(hours=hours), tick=True):
                return asyncio.run(run())

        portal.crawl, portal.archive, portal.web = crawl, archive, web
        yield portal


def last_run(site):
    return site.archive.connection.execute("SELECT outcome, error FROM runs ORDER BY id DESC").fetchone()


@pytest.mark.parametrize("instead", INSTEAD.values(), ids=INSTEAD)
def test_a_backfill_goes_on_where_something_else_stood_in_a_page_s_place(site, instead):
    site.below, site.instead = ("/vi/news/page-3/",), instead
    counts = site.crawl(0, backfill=True)
    assert counts["failed"] == 1
    assert counts["new"] < 45
    assert f"{site.base}vi/news/page-3/ names no articles: it " in last_run(site)[1]
    site.instead = None
    site.web.requests.clear()
    assert site.crawl(0.5, backfill=True) == {"new": 45 - counts["new"]}
    assert site.web.asked(site)[:2] == ["/robots.txt", "/vi/news/page-3/"]


def test_a_visit_finds_what_is_behind_a_page_that_was_not_shown_to_the_one_before(site):
    site.below, site.instead = ("/vi/news/page-2/",), INSTEAD["gate"]
    site.crawl(0)
    site.instead = None
    site.web.requests.clear()
    site.crawl(0.5)
    assert "/vi/news/page-2/" in site.web.asked(site)
    assert site.archive.connection.execute("SELECT count(*) FROM links").fetchone() == (45,)
    assert last_run(site) == ("ok", None)
    site.web.requests.clear()
    site.crawl(0.6)
    assert "/vi/news/page-2/" not in site.web.asked(site)


def test_a_listing_may_lead_on_to_a_page_that_is_not_there(site):
    site.below, site.instead = ("/vi/news/page-3/",), Answer(status=404, body=b"<h1>404</h1>")
    assert "failed" not in site.crawl(0, backfill=True)
    assert last_run(site) == ("ok", None)


def test_that_a_door_of_its_own_is_gone_is_told_and_fails_no_visit_that_reads_another(site):
    assert site.crawl(0, "vi/news/", "old/") == {"new": 45, "failed": 1}
    assert site.crawl(0.5, "vi/news/", "old/") == {"failed": 1}
    assert last_run(site) == ("ok", f"{site.base}old/ names no articles: it answers 404")


def test_a_door_that_goes_on_failing_beside_others_makes_no_failing_source(site):
    site.below, site.instead = ("/old/",), Answer(status=500)
    site.crawl(0, "vi/news/", "old/")
    assert site.crawl(0.5, "vi/news/", "old/") == {"failed": 1}
    outcome, error = last_run(site)
    assert outcome == "ok"
    assert f"{site.base}old/ was not fetched: the server answered 500" in error


@pytest.mark.parametrize("instead", ["empty", "gate", "maintenance"])
def test_a_visit_fails_where_every_door_only_looks_like_an_answer(site, instead):
    site.crawl(0)
    site.below, site.instead = ("/vi/news/",), INSTEAD[instead]
    assert site.crawl(0.5) == {"failed": 1}
    assert last_run(site)[0] == "failed"


class Moved(Site):
    """A portal that goes on answering at its old host, and whose links lead to its new one."""

    to = ""

    def answer(self, request, hit):
        answer = super().answer(request, hit)
        if request.path in self._by_path:
            return Answer(status=404)
        body = answer.body.replace(self.base.encode(), self.to.encode())
        return replace(answer, body=body.replace(b'href="/', f'href="{self.to}'.encode()), compress=False)


@pytest.mark.parametrize(("kind", "door"), [("feeds", "vi/news/rss/"), ("sitemaps", "sitemap.xml"), ("listings", "")])
def test_a_site_whose_doors_name_another_host_only_is_said_to_have_moved(tmp_path, kind, door):
    portal = Moved(stories=list(stories(12, seed=3)))
    with serve(portal, NukeViet("new.test")) as web, Archive.open(tmp_path, write=True) as archive:
        portal.to = web.url_of("new.test")
        source = portal.source("site", discover={kind: [portal.base + door]})
        archive.sync_sources(Sources(sources=(source,)))

        async def run():
            async with Client(contact="archive@example.org") as client:
                return dict(await Crawl(source=source, archive=archive, transport=client).run("manual"))

        assert asyncio.run(run()) == {"failed": 1}
        outcome, error = archive.connection.execute("SELECT outcome, error FROM runs").fetchone()
        assert outcome == "failed"
        assert error.startswith(
            f"{portal.base}{door} names no articles: all that it names is at 127.0.0.2; if the site"
        )


class Index(Site):
    """A portal with more sitemaps than a visit opens; the last one has what is new, and the index names no dates."""

    sitemaps, news, etag = 2 * MOST + 30, 0, None

    def answer(self, request, hit):
        headers = (("ETag", '"1"'),) if self.etag else ()
        if self.etag and request.headers.get("if-none-match") == '"1"' and request.path == "/index.xml":
            return Answer(status=304, headers=headers)
        name = request.path.removesuffix(".xml")
        if name == "/index":
            named = "".join(f"<sitemap><loc>{self.base}map-{one}.xml</loc></sitemap>" for one in range(self.sitemaps))
            return Answer(body=f"<sitemapindex>{named}</sitemapindex>".encode(), headers=headers)
        if name.startswith("/map-"):
            number = int(name.removeprefix("/map-"))
            articles = [number, *range(1000, 1000 + self.news * (number == self.sitemaps - 1))]
            named = "".join(f"<url><loc>{self.base}ban-tin-{10_000 + one}.html</loc></url>" for one in articles)
            return Answer(body=f"<urlset>{named}</urlset>".encode())
        return Answer(body=b"<title>Tin</title><p>Tin</p>") if request.path != "/robots.txt" else Answer(status=404)


@pytest.mark.parametrize("etag", [False, True])
def test_of_an_index_with_more_sitemaps_than_a_visit_opens_none_is_left_for_ever(tmp_path, etag):
    portal = Index()
    portal.etag = etag
    with serve(portal), Archive.open(tmp_path, write=True) as archive:
        source = portal.source("site", profile=None, discover={"sitemaps": [portal.base + "index.xml"]})
        archive.sync_sources(Sources(sources=(source,)))

        async def run():
            async with Client(contact="archive@example.org") as client:
                await Crawl(source=source, archive=archive, transport=client).run("manual", limit=1)

        for visit in range(12):
            with time_machine.travel(START + timedelta(hours=7 * visit), tick=True):
                asyncio.run(run())
            portal.news = 3
        assert archive.connection.execute("SELECT count(*) FROM links").fetchone() == (portal.sitemaps + 3,)
