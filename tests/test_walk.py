"""The walk through a source's doors: where it begins, and whose the articles are that it finds."""

import asyncio
from dataclasses import replace
from datetime import date
from urllib.parse import quote, unquote

import pytest

from tests.web import FAMILIES
from tests.web.nukeviet import NukeViet
from tests.web.server import Answer, serve
from tests.web.stories import stories
from worker import limit
from worker.config import Sources
from worker.crawl import AHEAD, Crawl
from worker.fetch.client import Client
from worker.store import Archive, doors
from worker.workshop import Workshop


def crawled(archive, *sources, workshop=None, **options):
    """How many articles each source has after a crawl of all, one after the other."""

    async def run():
        beside = Sources(sources=sources).beside
        async with Client(contact="archive@example.org") as client:
            for source in sources:
                settings = {"archive": archive, "transport": client, "beside": beside(source), "workshop": workshop}
                await Crawl(source=source, **settings).run("manual", **options)

    archive.sync_sources(Sources(sources=sources))
    asyncio.run(run())
    return dict(archive.connection.execute("SELECT source, count(*) FROM articles GROUP BY source"))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
def test_a_backfill_of_a_source_that_names_feeds_alone_goes_beyond_what_they_hold(tmp_path, family):
    portal = family(stories=list(stories(45, seed=3)))
    with serve(portal), Archive.open(tmp_path, write=True) as archive:
        source = portal.source("site", discover={"feeds": [portal.base.rstrip("/") + portal.feed_path]})
        assert crawled(archive, source)["site"] < 45  # a feed names what is new
        assert crawled(archive, source, backfill=True) == {"site": 45}


class Hidden(NukeViet):
    """A portal whose pages lead nowhere, and whose robots.txt names a sitemap that is not at the usual place."""

    sitemap_line = "Sitemap: {base}maps/all.xml"

    def robots(self):
        own = self.sitemap_line.format(base=self.base)
        return f"User-agent: other\nDisallow: /\n{own}\nSitemap: https://else.invalid/map.xml\nSitemap: http://[x/\n"

    def answer(self, request, hit):
        if request.path == "/maps/all.xml":
            return Answer(body=self.sitemap().encode())
        if request.path == "/":
            return Answer(body="<title>Trang chủ</title><p>Chào mừng.</p>".encode())
        return super().answer(request, hit) if request.path != "/sitemap.xml" else Answer(status=404)


@pytest.mark.parametrize("line", [Hidden.sitemap_line, "SITEMAP : {base}maps/all.xml # mới", "Sitemap: /maps/all.xml"])
def test_a_backfill_takes_the_sitemaps_that_robots_txt_names(tmp_path, line):
    portal = Hidden(stories=list(stories(12, seed=3)))
    portal.sitemap_line = line
    with serve(portal), Archive.open(tmp_path, write=True) as archive:
        assert crawled(archive, portal.source("site"), backfill=True) == {"site": 12}


def test_of_two_sources_on_one_host_each_takes_what_lies_below_its_own_home(tmp_path):
    portal = NukeViet(stories=list(stories(12, seed=3)))
    folder = portal.path_of(portal.all_stories[0]).rpartition("/")[0] + "/"
    below = sum(portal.path_of(story).startswith(folder) for story in portal.all_stories)
    assert 0 < below < 12
    with serve(portal), Archive.open(tmp_path, write=True) as archive:
        listing = {"listings": [portal.base + "vi/news/", portal.base]}
        whole = portal.source("whole", discover=listing)
        part = portal.source("part", home=portal.base.rstrip("/") + folder, discover=listing)
        assert crawled(archive, whole, part) == {"whole": 12 - below, "part": below}


def test_a_source_leaves_nothing_to_another_that_has_no_better_claim(tmp_path):
    """Its home lies in a folder, its articles do not."""
    portal = NukeViet(stories=list(stories(6, seed=3)))
    with serve(portal), Archive.open(tmp_path, write=True) as archive:
        part = portal.source("part", home=portal.base + "hoi-phu-nu/", discover={"listings": [portal.base]})
        assert crawled(archive, part, portal.source("whole"))["part"] == 6


def test_a_listing_whose_links_are_looked_for_without_end_holds_up_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr(limit, "LINKS", 0.3)
    portal = Endless(stories=list(stories(4, seed=3)))
    with serve(portal), Archive.open(tmp_path, write=True) as archive:
        source = portal.source(
            "site",
            discover={"listings": [portal.base + "endless/", portal.base]},
            articles=r"/(?:a+)+\.htm$|\d+\.html$",  # as somebody writes who does not know what it may cost
        )
        assert crawled(archive, source) == {"site": 4}
        (error,) = archive.connection.execute("SELECT error FROM runs").fetchone()
        assert "endless/ could not be read: it takes more than 0.3 s to read" in error


class Sender(NukeViet):
    """A portal whose front page is a script, or a refresh, that sends browsers on."""

    front = ""

    def answer(self, request, hit):
        return Answer(body=self.front.encode()) if request.path == "/" else super().answer(request, hit)


@pytest.mark.parametrize(
    "front",
    [
        '<meta http-equiv="refresh" content="0; url=/vi/news/">',
        "<META HTTP-EQUIV=REFRESH CONTENT=\"0;URL='/vi/news/'\">",
        '<html><script>window.location = "/vi/news/";</script></html>',
        "<script>location.replace('/vi/news/')</script>",
    ],
)
def test_a_home_that_only_sends_browsers_on_is_said_to_and_fails(tmp_path, front):
    portal = Sender(stories=list(stories(3, seed=3)))
    portal.front = front
    with serve(portal), Archive.open(tmp_path, write=True) as archive:
        assert crawled(archive, portal.source("site")) == {}
        outcome, error = archive.connection.execute("SELECT outcome, error FROM runs").fetchone()
        assert outcome == "failed"
        assert f"only sends browsers on to {portal.base}vi/news/; write that as its home:" in error
        there = portal.source("site", home=f"{portal.base}vi/news/")
        assert crawled(archive, there) == {"site": 3}


class Sections(NukeViet):
    """A portal whose front page shows nothing but `sections`, each of three pages, of which `shown` articles are there.

    Each page of a section names two articles; the newest come first.
    """

    sections = 30
    shown = 6

    def names(self):
        return [f"muc-{'abcdefg'[number // 10]}{'abcdefghij'[number % 10]}" for number in range(self.sections)]

    def answer(self, request, hit):
        name, _, page = request.path.strip("/").partition("/page-")
        if request.path == "/":
            links = "".join(f'<a href="/{name}">Mục {name}</a> ' for name in self.names())
            return Answer(body=f"<title>Trang chủ</title>{links}".encode())
        if name in self.names():
            first, number = self.shown - 2 * (int(page or 1) - 1), int(page or 1)
            items = "".join(
                f'<h3><a href="/{name}-ban-tin-so-{one}-cua-hoi-lien-hiep-{1000 + one}.html">Bản tin số {one} của hội'
                " liên hiệp phụ nữ</a></h3>"
                for one in range(first, first - 2, -1)
            )
            more = f'<a rel="next" href="/{name}/page-{number + 1}">Sau</a>' if number < self.shown / 2 else ""
            return Answer(body=f"<title>Mục</title>{items}{more}".encode())
        return Answer(body=f"<title>{request.path}</title><article><p>{request.path}</p></article>".encode())


def test_what_a_visit_does_not_get_to_is_left_for_the_next_one_and_what_a_first_one_does_not_for_a_backfill(tmp_path):
    portal = Sections()
    with serve(portal), Archive.open(tmp_path, write=True) as archive:
        source = portal.source("site", profile=None)

        def links():
            crawled(archive, source, limit=1)
            return archive.connection.execute("SELECT count(*) FROM links").fetchone()[0]

        first = links()
        assert 60 < first < 180  # of each of the thirty sections two of its three pages cannot be opened within 50
        assert links() == first
        portal.shown += 6  # nobody came for a while: there are three new pages of each
        before = links()
        assert before < first + 30 * 6
        portal.shown += 1
        assert links() >= before + 30  # what was left takes no turn of what is new
        assert [links() for _ in range(3)][-1] >= first + 30 * (6 + 1)


def test_a_source_with_very_many_doors_of_its_own_has_all_of_them_opened(tmp_path):
    portal = Sections()
    portal.sections, portal.shown = 70, 2
    with serve(portal) as web, Archive.open(tmp_path, write=True) as archive:
        listings = [portal.base + name for name in portal.names()]
        crawled(archive, portal.source("site", profile=None, discover={"listings": listings}))
        assert {f"/{name}" for name in portal.names()} <= set(web.asked(portal))


def test_a_site_without_pauses_is_asked_for_the_next_pages_while_one_is_read(tmp_path):
    portal = NukeViet(stories=list(stories(5, seed=3)))
    with serve(portal) as web, Archive.open(tmp_path, write=True) as archive:
        articles = {portal.path_of(story) for story in portal.all_stories}

        class Reads(Workshop):
            """Reads the first page when others have been asked for."""

            async def refine(self, capture, source):
                async with asyncio.timeout(20):
                    while len(articles.intersection(web.asked(portal))) < 1 + AHEAD:
                        await asyncio.sleep(0.01)
                return await super().refine(capture, source)

        assert crawled(archive, portal.source("site"), workshop=Reads(archive)) == {"site": 5}


class Vietnamese(NukeViet):
    """A portal whose addresses are Vietnamese: percent-encoded in its menu, as typed in its listings."""

    def answer(self, request, hit):
        path = unquote(request.path)
        if path == "/":
            menu = "".join(f'<a href="/{quote(name)}">{name}</a> ' for name in ("hoạt động hội", "gương điển hình"))
            return Answer(body=f"<title>Trang chủ</title><nav>{menu}</nav>".encode())
        if path in ("/hoạt động hội", "/gương điển hình"):
            items = (f"{path}/hội viên xã {one} giúp nhau làm kinh tế giỏi.html" for one in ("an", "bình", "châu"))
            links = "".join(f'<h3><a href="{item}">{item.rpartition("/")[2][:-5]}</a></h3>' for item in items)
            return Answer(body=f"<title>Mục</title>{links}".encode())
        if path.endswith(".html"):
            return super().answer(replace(request, path=self.path_of(self.all_stories[0])), hit)
        return Answer(status=404)


def test_sections_and_articles_with_vietnamese_addresses_are_found(tmp_path):
    portal = Vietnamese(stories=list(stories(1, seed=3)))
    with serve(portal), Archive.open(tmp_path, write=True) as archive:
        crawled(archive, portal.source("site", profile=None))
        states = dict(archive.connection.execute("SELECT state, count(*) FROM links GROUP BY state"))
        assert states == {"done": 6}


def test_an_address_that_is_typed_with_vietnamese_letters_is_archived(tmp_path):
    portal = Vietnamese(stories=list(stories(1, seed=3)))
    with serve(portal), Archive.open(tmp_path, write=True) as archive:
        assert crawled(archive, portal.source("site"), urls=[f"{portal.base}tin/hội nghị.html"]) == {"site": 1}
        assert archive.verify() == []


class Endless(NukeViet):
    """A portal with a listing that means no good."""

    def answer(self, request, hit):
        if request.path == "/endless/":
            return Answer(body=f'<h3><a href="/{"a" * 60}.html">Một bài viết của chi hội</a></h3>'.encode())
        return super().answer(request, hit)


class Years(NukeViet):
    """Two listings of three pages each: of 2026, of 2024 and of 2022."""

    def answer(self, request, hit):
        name, _, page = request.path.strip("/").partition("/page-")
        if name not in ("hoat-dong", "phong-trao"):
            return Answer(status=404)
        number = int(page or 1)
        items = "".join(
            f'<li><h3><a href="/{name}-ban-tin-cua-hoi-lien-hiep-phu-nu-{1000 * number + one}.html">Bản tin số {one}'
            f" của hội liên hiệp phụ nữ</a></h3><span>0{one}/03/{2028 - 2 * number}</span></li>"
            for one in (1, 2, 3)
        )
        more = f'<a rel="next" href="/{name}/page-{number + 1}">Sau</a>' if number < 3 else ""
        return Answer(body=f"<title>Mục</title><ul>{items}</ul>{more}".encode())


@pytest.mark.parametrize(
    ("cut_off", "at_last", "links"),
    [
        ([("2025-01-01", "/hoat-dong/page-2")], None, 18),
        ([("2023-01-01", "/hoat-dong/page-2"), ("2025-01-01", "/phong-trao/page-2")], "2023-01-01", 12),
        ([("2023-01-01", "/hoat-dong/page-2")], "2025-01-01", 9),
    ],
)
def test_a_backfill_that_is_to_go_further_back_than_one_that_was_cut_off_begins_anew(tmp_path, cut_off, at_last, links):
    portal = Years()
    with serve(portal) as web, Archive.open(tmp_path, write=True) as archive:
        listings = [portal.base + name for name in ("hoat-dong", "phong-trao")]
        source = portal.source("site", profile=None, discover={"listings": listings})
        archive.sync_sources(Sources(sources=(source,)))

        def backfill(since, until="/never"):
            async def run():
                async with Client(contact="archive@example.org") as client:
                    stopping = lambda: web.hits[portal.host, until] > 0  # noqa: E731 - said here only
                    crawl = Crawl(source=source, archive=archive, transport=client, stopping=stopping)
                    await crawl.run("manual", backfill=True, since=since and date.fromisoformat(since))

            asyncio.run(run())

        for since, until in cut_off:
            backfill(since, until)
            assert archive.doors_ahead("site", backfill=True)
        backfill(at_last)
        assert archive.connection.execute("SELECT count(*) FROM links").fetchone() == (links,)
        assert not archive.doors_ahead("site", backfill=True)


def test_a_backfill_that_is_stopped_among_its_articles_reads_no_listing_again_and_one_after_its_end_all(tmp_path):
    portal = NukeViet(stories=list(stories(45, seed=3)))
    with serve(portal) as web, Archive.open(tmp_path, write=True) as archive:
        source = portal.source("site", discover={"listings": [portal.base]})
        archive.sync_sources(Sources(sources=(source,)))

        def backfill(most=100):
            async def run():
                async with Client(contact="archive@example.org") as client:
                    crawl = Crawl(source=source, archive=archive, transport=client)
                    crawl.stopping = lambda: crawl.counts.total() >= most
                    await crawl.run("manual", backfill=True)
                    return crawl.counts["new"]

            web.requests.clear()
            return asyncio.run(run()), sum(portal.page_of(path) is not None for path in web.asked(portal))

        stopped, pages = backfill(most=5)
        assert 5 <= stopped < 20
        assert pages == 4  # behind the first, which is the home page
        left, again = backfill()
        assert (stopped + left, again) == (45, 0)
        assert backfill() == (0, 4)


def test_a_site_that_names_doors_without_end_fills_no_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(doors, "MOST", 100)
    portal = Indexes(stories=list(stories(4, seed=3)))
    with serve(portal), Archive.open(tmp_path, write=True) as archive:
        source = portal.source("site", discover={"sitemaps": [portal.base + "index-0.xml"], "listings": [portal.base]})
        for _ in range(3):
            crawled(archive, source)
            assert archive.connection.execute("SELECT count(*) FROM doors").fetchone()[0] <= 100


class Indexes(NukeViet):
    """A portal whose indexes of sitemaps name indexes without end."""

    def answer(self, request, hit):
        if not request.path.startswith("/index-"):
            return super().answer(request, hit)
        named = "".join(
            f"<sitemap><loc>{self.base}index-{abs(hash((request.path, one)))}.xml</loc></sitemap>" for one in range(80)
        )
        return Answer(body=f"<?xml version='1.0'?><sitemapindex>{named}</sitemapindex>".encode())
