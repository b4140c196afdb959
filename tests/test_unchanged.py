"""Feeds, listings and sitemaps are asked for with a condition: what is unchanged is not sent, and nothing is lost."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.web.nukeviet import NukeViet
from tests.web.server import Answer, serve
from tests.web.stories import stories
from worker import rules
from worker.config import Sources
from worker.crawl import Crawl
from worker.fetch.client import Client
from worker.store import Archive
from worker.store.doors import KEPT
from worker.survey import survey

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

FEED, LISTING, SITEMAP = "/vi/news/rss/", "/vi/news/", "/sitemap.xml"


class Site(NukeViet):
    """A portal of 15 stories, of which it has published 14. `doors` are those that its source names."""

    stopping = staticmethod(lambda: False)

    def __init__(self, directory, *doors, **options):
        *known, self.coming = stories(15, seed=7)
        super().__init__(stories=known, validators=True, per_page=5, **options)
        self.directory = directory
        self.doors = doors
        self.settings = {}

    def entry(self):
        kinds = {FEED: "feeds", LISTING: "listings"}
        own = {}
        for door in self.doors:
            own.setdefault(kinds.get(door, "sitemaps"), []).append(self.base.rstrip("/") + door)
        return self.source("site", discover=own, **self.settings)

    def crawl(self, after=timedelta(0), *, beside=(), **options):
        """A crawl by a program that has just been started; how many articles the archive has then."""
        source = self.entry()

        async def run():
            async with Client(contact="archive@example.org") as client:
                settings = {"archive": archive, "transport": client, "beside": beside, "stopping": self.stopping}
                await Crawl(source=source, **settings).run("manual", **options)

        with time_machine.travel(START + after, tick=True), Archive.open(self.directory, write=True) as archive:
            archive.sync_sources(Sources(sources=(source,)))
            asyncio.run(run())
            return archive.connection.execute("SELECT count(*) FROM articles").fetchone()[0]

    def publish_one(self):
        self.publish(replace(self.coming, published=START))

    def sent(self, door):
        """How often a door was sent, and how often it was asked for."""
        return self.web.bodies[self.host, door], self.web.hits[self.host, door]


@pytest.fixture
def site(tmp_path):
    """`site(door, …)`: a portal that is served until the test is over."""
    served = []

    def begin(*doors, kind=Site):
        portal = kind(tmp_path, *doors)
        serving = serve(portal)
        portal.web = serving.__enter__()
        served.append(serving)
        return portal

    yield begin
    for serving in served:
        serving.__exit__(None, None, None)


@pytest.mark.parametrize("door", [FEED, LISTING, SITEMAP])
def test_a_door_is_sent_again_only_when_it_has_changed(site, door):
    portal = site(door)
    assert portal.crawl() == 14
    assert portal.sent(door) == (1, 1)
    assert portal.crawl(2 * HOUR) == portal.crawl(4 * HOUR) == 14
    assert portal.sent(door) == (1, 3)
    portal.publish_one()
    assert portal.crawl(6 * HOUR) == 15
    assert portal.sent(door) == (2, 4)


class Dated(Site):
    """A portal that knows when its pages changed, and no more."""

    def answer(self, request, hit):
        headers = {name: value for name, value in request.headers.items() if name != "if-none-match"}
        answer = super().answer(replace(request, headers=headers), hit)
        return replace(answer, headers=tuple(pair for pair in answer.headers if pair[0] != "ETag"))


def test_the_day_of_the_last_change_is_enough(site):
    portal = site(FEED, kind=Dated)
    assert portal.crawl() == portal.crawl(HOUR) == 14
    portal.publish_one()
    assert portal.crawl(2 * HOUR) == 15
    assert portal.sent(FEED) == (2, 3)


# Nothing is lost


@pytest.mark.parametrize("table", ["doors", "links", "door_readings"])
def test_a_walk_that_is_cut_off_before_all_is_kept_that_a_door_named_reads_it_in_full_again(site, tmp_path, table):
    portal = site(LISTING)
    Archive.open(tmp_path, write=True).close()
    with sqlite3.connect(tmp_path / "news.db") as connection:
        late = "(SELECT count(*) FROM links) = 3" if table == "links" else "TRUE"
        connection.execute(
            f"CREATE TRIGGER cut_off AFTER INSERT ON {table} WHEN {late} BEGIN SELECT RAISE(ABORT, 'cut off'); END"
        )
    assert portal.crawl() < 14
    with sqlite3.connect(tmp_path / "news.db") as connection:
        connection.execute("DROP TRIGGER cut_off")
    assert portal.sent(LISTING) == (1, 1)
    assert portal.crawl(HOUR) == 14
    assert portal.sent(LISTING) == (2, 2)


def test_the_pages_behind_an_unchanged_one_at_which_a_walk_was_stopped_are_read(site):
    portal = site(LISTING)
    portal.stopping = lambda: LISTING in portal.web.asked(portal)
    assert portal.crawl() == 0
    portal.stopping = lambda: False
    assert portal.crawl(HOUR) == 14
    assert portal.sent(LISTING) == (1, 2)


def test_a_backfill_and_a_look_at_the_site_read_all_in_full(site):
    portal = site(LISTING, SITEMAP)
    portal.crawl()
    asked = len(portal.web.requests)
    portal.crawl(HOUR / 2, backfill=True)

    async def look():
        async with Client(contact="archive@example.org") as client:
            return await survey(portal.entry(), client)

    assert asyncio.run(look()).problems == []
    for _, request in portal.web.requests[asked:]:
        assert not {"if-none-match", "if-modified-since"}.intersection(request.headers)
    portal.crawl(HOUR)
    assert "if-none-match" in portal.web.requests[-1][1].headers


# When the rules change


def test_another_entry_in_sources_yaml_reads_in_full(site):
    portal = site(LISTING)
    portal.settings = {"articles": "/no-such-place/"}
    assert portal.crawl() == 0
    portal.settings = {}
    assert portal.crawl(HOUR) == 14


def test_what_another_source_on_the_host_no_longer_claims_is_read_in_full(site):
    portal = site(LISTING)
    other = portal.source("other", home=portal.base + "vi/")
    assert portal.crawl(beside=[other]) == 0
    assert portal.crawl(HOUR) == 14


def test_another_version_of_the_program_reads_in_full(site, monkeypatch):
    portal = site(FEED)
    assert portal.crawl() == 14
    monkeypatch.setattr(rules, "rules", lambda: "those of tomorrow")
    portal.crawl(HOUR)
    assert portal.sent(FEED) == (2, 2)
    portal.crawl(2 * HOUR)
    assert portal.sent(FEED) == (2, 3)


# What lies behind a door that is unchanged


class Indexed(Site):
    """A portal whose sitemap is one of an index that never changes."""

    def answer(self, request, hit):
        if request.path == "/index.xml":
            below = f"<sitemap><loc>{self.base.rstrip('/')}{SITEMAP}</loc></sitemap>"
            body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{below}</sitemapindex>'
            return static(request, body)
        return super().answer(request, hit)


class Fronted(Site):
    """A portal whose front page names the feed, and never changes."""

    def answer(self, request, hit):
        if request.path == "/":
            feed = f'<link rel="alternate" type="application/rss+xml" href="{FEED}">'
            return static(request, f"<title>Trang chủ</title>{feed}<p>Chào mừng.</p>")
        return super().answer(request, hit)


def static(request, body):
    headers = (("ETag", '"1"'), ("Content-Type", "text/html; charset=utf-8"))
    if request.headers.get("if-none-match") == '"1"':
        return Answer(status=304, headers=headers)
    return Answer(body=body.encode(), headers=headers)


@pytest.mark.parametrize(
    ("kind", "doors", "first", "behind"),
    [(Indexed, ["/index.xml"], "/index.xml", SITEMAP), (Fronted, [], "/", FEED)],
    ids=["index", "home"],
)
def test_sitemaps_of_an_index_and_doors_of_a_home_page_are_opened_though_it_is_unchanged(
    site, kind, doors, first, behind
):
    portal = site(*doors, kind=kind)
    assert portal.crawl() == portal.crawl(HOUR) == 14
    assert portal.sent(first) == portal.sent(behind) == (1, 2)
    portal.publish_one()
    assert portal.crawl(2 * HOUR) == 15
    assert portal.sent(first) == (1, 3)
    assert portal.sent(behind) == (2, 3)


# Sites that are wrong about themselves


class Wrong(Site):
    """A portal whose feed has an ETag that never changes."""

    def answer(self, request, hit):
        answer = super().answer(replace(request, headers={}), hit)
        return static(request, answer.body.decode()) if request.path == FEED else answer


def test_a_site_that_always_says_it_is_unchanged_is_believed_for_a_day_and_then_no_more(site):
    portal = site(FEED, kind=Wrong)
    assert portal.crawl() == 14
    portal.publish_one()
    assert portal.crawl(DAY - HOUR) == 14
    assert portal.crawl(DAY + HOUR) == 15
    assert portal.sent(FEED) == (2, 3)
    for visit in range(2, 5):
        portal.crawl(DAY + visit * HOUR)
    assert portal.sent(FEED) == (5, 6)


def test_a_clock_that_was_wrong_lets_nothing_be_believed(site):
    portal = site(FEED)
    portal.crawl(365 * DAY)
    portal.crawl()
    assert portal.sent(FEED) == (2, 2)


class Daily(Site):
    """A portal with a sitemap a day, as large newspapers have it."""

    def answer(self, request, hit):
        return super().answer(replace(request, path=SITEMAP) if "/day-" in request.path else request, hit)


def test_how_doors_were_read_is_not_kept_for_ever(site, tmp_path):
    portal = site("/day-1.xml", kind=Daily)
    portal.crawl()
    portal.doors = ("/day-2.xml",)
    portal.crawl(KEPT + DAY)
    with sqlite3.connect(tmp_path / "news.db") as connection:
        assert connection.execute("SELECT url FROM door_readings").fetchall() == [(portal.base + "day-2.xml",)]


def test_an_etag_without_measure_is_neither_kept_nor_sent(site, tmp_path):
    class Long(Site):
        def answer(self, request, hit):
            answer = super().answer(replace(request, headers={}), hit)
            return replace(answer, headers=(*answer.headers, ("ETag", '"' + "x" * 5000 + '"')))

    portal = site(FEED, kind=Long)
    portal.validators = False
    portal.crawl()
    portal.crawl(HOUR)
    assert not any("if-none-match" in request.headers for _, request in portal.web.requests if request.path == FEED)
