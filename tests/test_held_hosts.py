"""A host that says when to come back is left alone until then, also by a program that began since."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import time_machine
import yaml

from tests.web.nukeviet import NukeViet
from tests.web.server import Answer, serve
from tests.web.stories import stories
from worker.config import Sources
from worker.crawl import Crawl
from worker.fetch.client import Client
from worker.fetch.politeness import Patience
from worker.store import Archive, runs
from worker.store.hosts import Hosts

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Busy(NukeViet):
    """A portal that has had enough of us, at the addresses that begin so."""

    busy: str | None = None
    again = "21600"
    date: str | None = None  # what its clock shows

    def answer(self, request, hit):
        if self.busy and request.path.startswith(self.busy):
            dated = (("Date", self.date),) if self.date else ()
            return Answer(status=503, headers=(("Retry-After", self.again), *dated))
        return super().answer(request, hit)


@pytest.fixture
def portal():
    portal = Busy(stories=list(stories(3, seed=9)))
    with serve(portal) as portal.web:
        yield portal


def visited(portal, directory, after, **options):
    """What a crawl by a program that has just begun brings, and what it asks for."""
    before = len(portal.web.requests)

    async def run(archive):
        holds = Hosts(archive.connection)
        async with Client(contact="archive@example.org", holds=holds) as client:
            crawl = Crawl(source=portal.source("site"), archive=archive, transport=client)
            return dict(await crawl.run("manual", **options))

    with time_machine.travel(START + after, tick=True), Archive.open(directory, write=True) as archive:
        archive.sync_sources(Sources(sources=(portal.source("site"),)))
        counts = asyncio.run(run(archive))
    return counts, [request.path for _, request in portal.web.requests[before:]]


@pytest.mark.parametrize("busy", ["/", "/robots.txt", "/vi/"])
def test_it_is_not_asked_for_anything_until_then(portal, tmp_path, busy):
    portal.busy = busy
    counts, asked = visited(portal, tmp_path, 0 * HOUR)
    assert counts["failed"] and asked
    for after in (HOUR, 5 * HOUR):
        assert visited(portal, tmp_path, after) == ({"failed": 1}, [])
    portal.busy = None
    counts, asked = visited(portal, tmp_path, 7 * HOUR)
    assert counts == {"new": 3} and asked


def test_a_visit_that_could_ask_nobody_does_not_count_as_failed_again(portal, tmp_path):
    portal.busy = "/"
    for after in (0 * HOUR, HOUR, 2 * HOUR):
        visited(portal, tmp_path, after)
    with Archive.open(tmp_path, write=False) as archive:
        ends = archive.connection.execute("SELECT outcome, error FROM runs ORDER BY id").fetchall()
        (source,) = archive.connection.execute("SELECT health, last_run FROM sources").fetchall()
        failures = runs.failures(archive.connection, "site")
    assert [outcome for outcome, _ in ends] == ["failed", "skipped", "skipped"]
    assert "is left alone for" in ends[1][1]
    assert failures == 1 and source[0] == "failing" and source[1].startswith("2026-11-20T01:0")


def test_nor_does_one_within_the_minutes_after_a_robots_txt_that_could_not_be_had(portal, tmp_path):
    """The next one asks again only where somebody wants to see; unless the host itself said when to come back."""

    async def run(archive, robots_again):
        outcomes = []
        async with Client(patience=Patience(attempts=1, robots_again=robots_again)) as client:
            for again in (False, False, True):
                if again:
                    client.ask_anew()
                before = len(portal.web.requests)
                await Crawl(source=portal.source("site"), archive=archive, transport=client).run("manual")
                outcomes.append((len(portal.web.requests) - before, *last_run(archive)))
        return outcomes

    def last_run(archive):
        return archive.connection.execute("SELECT outcome, error FROM runs ORDER BY id DESC LIMIT 1").fetchone()

    for portal.busy, portal.again, asked in (("/robots.txt", "", [1, 0, 1]), ("/robots.txt", "25", [1, 0, 0])):
        with Archive.open(tmp_path / str(asked[2]), write=True) as archive:
            archive.sync_sources(Sources(sources=(portal.source("site"),)))
            visits = asyncio.run(run(archive, 600))
        assert [visit[0] for visit in visits] == asked
        assert [visit[1] for visit in visits] == ["failed" if one else "skipped" for one in asked]
        assert all("so nothing else is asked for the next" in visit[2] for visit in visits)


def test_a_date_to_come_back_at_is_one_of_the_server_s_clock(portal, tmp_path):
    """Seven hours ahead: it writes Vietnam's time and calls it GMT."""
    stamped = [format_datetime(START + 7 * HOUR + wait, usegmt=True) for wait in (0 * HOUR, HOUR)]
    portal.busy, portal.again, portal.date = "/", stamped[1], stamped[0]
    visited(portal, tmp_path, 0 * HOUR)
    portal.busy = None
    assert visited(portal, tmp_path, HOUR / 2) == ({"failed": 1}, [])
    assert visited(portal, tmp_path, 2 * HOUR)[0] == {"new": 3}


def test_another_day_of_a_clock_that_was_wrong_holds_nobody(portal, tmp_path):
    portal.busy = "/"
    visited(portal, tmp_path, timedelta(days=4000))
    portal.busy = None
    assert visited(portal, tmp_path, 0 * HOUR)[0] == {"new": 3}


def test_what_is_over_is_forgotten(portal, tmp_path):
    portal.busy = "/"
    for number in range(3):
        visited(portal, tmp_path, 7 * number * HOUR)
    with Archive.open(tmp_path, write=False) as archive:
        (row,) = archive.connection.execute("SELECT host, until, why FROM held_hosts").fetchall()
    assert row[0] == portal.base.split("/")[2]
    assert row[1].startswith("2026-11-20T21:0") and "503" in row[2]


def test_the_command_leaves_it_alone_too_and_says_why(portal, tmp_path, worker):
    file = tmp_path / "sources.yaml"
    entry = {"network": {"allow_private": True}, "politeness": {"delay": "0s"}}
    entry |= {"id": "site", "name": "Site", "home": portal.base, "kind": "union"}
    file.write_text(yaml.safe_dump({"sources": [entry]}), "utf-8")
    portal.busy, portal.again = "/", "80000"
    asked = []
    for options in ((), (), ("--dry-run",)):
        before = len(portal.web.requests)
        done = worker("crawl", "--sources", file, "--archive", tmp_path / "archive", *options)
        assert done.returncode == 1
        asked.append(len(portal.web.requests) - before)
    assert asked == [1, 0, 0]
    assert "is left alone for" in done.stdout and "the server answered 503" in done.stdout
