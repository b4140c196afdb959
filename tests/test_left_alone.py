"""A host that is left alone for now takes none of its pages down with it: they stay due, and one is told of for all."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.web.nukeviet import NukeViet
from tests.web.server import Answer, serve
from tests.web.stories import stories
from worker.config import Sources
from worker.crawl import AHEAD, BACK_OFF, TURNED_AWAY, Crawl
from worker.fetch.client import Client
from worker.fetch.politeness import Patience
from worker.store import Archive

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HURRY = Patience(backoff=0.01, backoff_cap=0.05)
ASKS_FOR_AN_HOUR = Answer(status=503, headers=(("Retry-After", "3600"),))


class Busy(NukeViet):
    """A portal that answers `instead`, for all that begins with `below`."""

    instead: Answer | None = None
    below: str | tuple[str, ...] = "/"

    def answer(self, request, hit):
        if self.instead and request.path.startswith(self.below):
            return self.instead
        return super().answer(request, hit)


@pytest.fixture
def site(tmp_path):
    """A portal of twelve articles. `crawl(after)` crawls it, at that time after START; `told` are the pages of it."""
    portal = Busy(stories=list(stories(12, seed=9)))
    with serve(portal) as web, Archive.open(tmp_path, write=True) as archive:
        source = portal.source("site")
        archive.sync_sources(Sources(sources=(source,)))
        told = []

        def crawl(after=timedelta()):
            async def run():
                told.clear()
                async with Client(contact="archive@example.org", patience=HURRY) as client:
                    crawl = Crawl(source=source, archive=archive, transport=client, report=told.append)
                    return dict(await crawl.run("manual"))

            with time_machine.travel(START + after, tick=True):
                return asyncio.run(run())

        portal.crawl, portal.archive, portal.web, portal.told = crawl, archive, web, told
        portal.articles = {portal.path_of(story) for story in portal.all_stories}
        yield portal


def states(site):
    return dict(site.archive.connection.execute("SELECT state, count(*) FROM links GROUP BY state"))


def last_run(site):
    return site.archive.connection.execute("SELECT outcome, error FROM runs ORDER BY id DESC").fetchone()


def test_the_pages_of_a_host_that_asks_for_an_hour_wait_for_it_untried(site):
    site.below, site.instead = tuple(site.articles), ASKS_FOR_AN_HOUR
    counts = site.crawl()
    asked = site.articles.intersection(site.web.asked(site))
    assert len(asked) <= 3  # those that were on their way when the first answer came
    assert counts["failed"] <= len(asked) + 1
    assert "its host is left alone for" in site.told[-1].note
    assert states(site) == {"failed": len(asked), "new": 12 - len(asked)}
    outcome, error = last_run(site)
    assert outcome == "failed"
    assert "left alone" in error
    site.instead = None
    assert site.crawl(timedelta(hours=2)) == {"new": 12}


def test_a_site_that_is_down_is_told_of_once_and_its_pages_are_not_marked(site):
    assert site.crawl() == {"new": 12}
    site.instead = Answer(status=503)
    assert site.crawl(timedelta(hours=2)) == {"failed": 1}
    assert [page.url for page in site.told] == [site.base]
    assert states(site) == {"done": 12}
    site.instead = None
    assert site.crawl(timedelta(hours=3)) == {"unchanged": 12}


GATE = b"<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>"


@pytest.mark.parametrize(
    ("gate", "outcome"),
    [
        (Answer(status=403, body=GATE), "ok"),  # its doors are closed, of which the watch tells
        (Answer(body=GATE), "failed"),
        (Answer(), "failed"),
    ],
    ids=["forbidden", "gate", "empty"],
)
def test_a_site_that_shows_a_gate_for_weeks_is_asked_for_few_of_its_pages_at_a_visit(site, gate, outcome):
    site.crawl()
    site.instead = gate
    for day in (0.3, 1.4, 2.5, 9.0):
        site.web.requests.clear()
        site.crawl(timedelta(days=day))
        assert len(site.articles.intersection(site.web.asked(site))) <= TURNED_AWAY + AHEAD
        assert last_run(site)[0] == outcome
        assert "names no articles: it " in last_run(site)[1]
    site.instead = None
    site.crawl(timedelta(days=11))
    assert site.archive.connection.execute("SELECT count(*), count(gone_at) FROM articles").fetchone() == (12, 0)


def test_a_gate_before_the_articles_alone_is_told_in_the_run(site):
    site.crawl()
    site.below, site.instead = tuple(site.articles), Answer(body=GATE)
    assert site.crawl(timedelta(hours=2))["challenge"] < 12
    assert "were no articles (challenge); it is left alone for now" in last_run(site)[1]


def test_pages_that_are_no_articles_and_never_were_turn_nobody_away(site):
    site.below, site.instead = tuple(site.articles), Answer(status=403, body=b"<h1>Forbidden</h1>")
    assert site.crawl() == {"log-in": 12}


def test_pages_that_failed_are_asked_for_behind_all_others(site):
    broken = site.path_of(site.all_stories[0])
    site.below, site.instead = broken, Answer(status=500)
    assert site.crawl() == {"new": 11, "failed": 1}
    site.web.requests.clear()
    assert site.crawl(timedelta(hours=2)) == {"unchanged": 11, "failed": 1}
    pages = [path for path in site.web.asked(site) if path in site.articles]
    assert pages.index(broken) == 11


def test_a_page_that_goes_on_failing_is_asked_for_once_a_week(site):
    site.crawl()
    broken = site.path_of(site.all_stories[0])
    site.below, site.instead = broken, Answer(status=500)
    after, gaps = timedelta(hours=2), []
    for _ in range(12):
        site.crawl(after)
        due = site.archive.connection.execute("SELECT next_try FROM links WHERE state = 'failed'").fetchone()[0]
        gaps.append(datetime.fromisoformat(due) - START - after)
        after += gaps[-1] + timedelta(minutes=1)
    assert [round(gap / timedelta(hours=1), 1) for gap in gaps[:7]] == [0.1, 1, 6, 24, 24, 48, 96]
    assert {round(gap / timedelta(hours=1)) for gap in gaps[7:]} == {7 * 24}
    assert BACK_OFF[-1] == timedelta(days=7)


def test_a_page_that_never_was_an_article_is_looked_at_ever_more_seldom(site):
    closed = site.path_of(site.all_stories[0])
    site.below, site.instead = closed, Answer(status=403, body=b"<h1>403</h1>")
    assert site.crawl() == {"new": 11, "log-in": 1}
    looks = []
    for day in (1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 50, 63):
        site.web.requests.clear()
        site.crawl(timedelta(days=day, minutes=day * day))
        looks += [day] * (closed in site.web.asked(site))
    assert looks == [1, 2, 4, 8, 16, 32, 63]
