"""What only months of running show: rests between visits, clocks years ahead, files that change their place."""

import asyncio
import multiprocessing
import os
import shutil
import sqlite3
import threading
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from tests.simulation import HURRY
from tests.test_health import until
from tests.web import NukeViet, serve, stories
from worker.config import Sources
from worker.fetch.client import Client
from worker.handover import Inbox, ask
from worker.models import Link
from worker.service import REST_AFTER, Clock, Service
from worker.store import Archive, ArchiveError, runs, schema
from worker.workshop import Workshop

NOW = datetime(2026, 3, 2, tzinfo=UTC)


class Held(Clock):
    """A clock whose steady hand the test moves."""

    def __init__(self):
        self.at = 0.0

    def steady(self):
        return self.at

    async def wait(self, stop, most):
        await super().wait(stop, 0.01)


@asynccontextmanager
async def serving(directory, portal, **settings):
    """The service on a portal: the archive, the service, and its task. A setting may be made of the archive."""
    source = portal.source("site")
    with Archive.open(directory, write=True) as archive:
        archive.sync_sources(Sources(sources=(source,)))
        made = {name: setting(archive) if callable(setting) else setting for name, setting in settings.items()}
        async with Client(patience=HURRY) as client:
            service = Service([source], archive, client, **made)
            task = asyncio.create_task(service.run())
            try:
                yield archive, service, task
            finally:
                service.stop("test")
                await asyncio.gather(task, return_exceptions=True)


def visited(archive):
    return archive.connection.execute("SELECT count(*) FROM runs WHERE outcome = 'ok'").fetchone()[0]


def publish(portal, count):
    for story in stories(count, seed=1):
        if story.id not in {known.id for known in portal.all_stories}:
            portal.publish(story)


def test_visits_in_a_row_share_the_process_that_reads_and_it_ends_after_the_rest(tmp_path):
    portal, clock, before = NukeViet(stories=stories(2, seed=1)), Held(), set(multiprocessing.active_children())

    def readers():
        return {process.pid for process in set(multiprocessing.active_children()) - before}

    async def scenario():
        workshop = lambda archive: Workshop(archive, readers=1)  # noqa: E731 - as `worker run` has it
        async with serving(tmp_path, portal, clock=clock, workshop=workshop) as (archive, service, _):
            await until(lambda: visited(archive) == 1 and not service.in_hand)
            first = readers()
            clock.at += REST_AFTER - 1
            await asyncio.sleep(0.1)  # some looks at the clock
            publish(portal, 4)
            ask(tmp_path, "site", {})
            await until(lambda: visited(archive) == 2 and not service.in_hand)
            second = readers()
            await asyncio.sleep(0.1)
            clock.at += REST_AFTER - 1
            await asyncio.sleep(0.1)
            third = readers()
            clock.at += 1
            await until(lambda: not readers())
            return first, second, third, archive.connection.execute("SELECT count(*) FROM articles").fetchone()[0]

    with serve(portal):
        first, second, third, articles = asyncio.run(scenario())
    assert len(first) == 1
    assert first == second == third
    assert articles == 4


@pytest.mark.parametrize(
    ("deaths", "minutes", "goes"),
    [(1, 0, True), (3, 0, True), (4, 14, False), (4, 16, True), (5, 29, False), (9, 470, False)],
)
def test_a_source_that_this_program_dies_of_time_after_time_is_asked_ever_more_seldom(tmp_path, deaths, minutes, goes):
    portal, turns = NukeViet(stories=stories(2, seed=1)), []

    class Counting(Held):
        async def wait(self, stop, most):
            turns.append(most)
            await super().wait(stop, most)

    async def scenario():
        async with serving(tmp_path, portal, clock=Counting()) as (archive, service, _):
            await until(lambda: visited(archive) if goes else len(turns) > 20)
            return service.in_hand

    with serve(portal) as web:
        with Archive.open(tmp_path, write=True) as archive:
            archive.sync_sources(Sources(sources=(portal.source("site"),)))
            began = datetime.now(UTC) - timedelta(minutes=minutes)
            archive.finish_run(archive.start_run("site", "schedule", began), outcome="stopped", counts={})
            for number in reversed(range(deaths)):
                archive.start_run("site", "schedule", began - timedelta(seconds=35 * number))
        asyncio.run(scenario())
    assert bool(web.requests) is goes


def test_a_log_that_readers_held_up_begins_anew_after_the_rest(tmp_path):
    portal, clock, enough = NukeViet(stories=stories(8, seed=1)), Held(), threading.Event()

    def read():
        with sqlite3.connect(tmp_path / "news.db", isolation_level=None) as connection:
            while not enough.is_set():
                connection.execute("BEGIN")
                connection.execute("SELECT count(*) FROM captures").fetchone()
                time.sleep(0.05)
                connection.execute("COMMIT")

    def log():
        return (tmp_path / "news.db-wal").stat().st_size

    async def scenario():
        async with serving(tmp_path, portal, clock=clock) as (archive, service, _):
            readers = [asyncio.create_task(asyncio.to_thread(read)) for _ in range(3)]
            await until(lambda: visited(archive) == 1 and not service.in_hand)
            grown = log()
            await asyncio.sleep(0.2)  # those who read what was before come to their end
            clock.at += REST_AFTER
            await asyncio.sleep(0.3)
            publish(portal, 9)
            ask(tmp_path, "site", {})
            await until(lambda: visited(archive) == 2)
            enough.set()
            await asyncio.gather(*readers)
            return grown, log()

    with serve(portal):
        grown, after = asyncio.run(scenario())
    assert grown > 1_000_000
    assert after == grown  # what the second visit wrote went where the first one's was


@pytest.mark.parametrize("away", ["replaced", "gone"])
def test_a_database_that_is_replaced_or_gone_under_the_service_ends_it_with_a_sentence(tmp_path, away):
    portal, directory = NukeViet(stories=stories(1, seed=1)), tmp_path / "archive"

    async def scenario():
        async with serving(directory, portal, clock=Held()) as (archive, _, task):
            await until(lambda: visited(archive) == 1)
            if away == "replaced":
                shutil.copyfile(directory / "news.db", tmp_path / "copy")
                os.replace(tmp_path / "copy", directory / "news.db")  # noqa: PTH105 - as mv does it
            else:
                directory.rename(tmp_path / "elsewhere")
            await asyncio.wait_for(asyncio.wait([task]), 60)
            with pytest.raises(ArchiveError, match=away):
                task.result()

    with serve(portal):
        asyncio.run(scenario())


def test_a_clock_that_was_years_ahead_for_a_while_hides_no_failure_afterwards(tmp_path):
    with Archive.open(tmp_path, write=True) as archive:
        archive.sync_sources(Sources(sources=(NukeViet().source("site"),)))
        for days, outcome in ((3650, "failed"), (3651, "ok"), (0, "failed"), (1, "failed")):
            at = NOW + timedelta(days=days)
            run = archive.start_run("site", "schedule", at)
            archive.finish_run(run, outcome=outcome, counts={}, error=f"day {days}", finished=at)
        assert runs.failures(archive.connection, "site") == 2
        assert runs.last_error(archive.connection, "site") == "day 1"


def test_nor_does_it_keep_a_page_from_being_asked_for(tmp_path):
    with Archive.open(tmp_path, write=True) as archive:
        archive.sync_sources(Sources(sources=(NukeViet().source("site"),)))
        pages = [f"https://nukeviet.test/{number}.html" for number in range(2)]
        archive.add_links("site", [Link(url=page) for page in pages], NOW)
        archive.mark(pages[0], "failed", error="the certificate has expired", next_try=NOW + timedelta(days=3650))
        archive.mark(pages[1], "done", next_try=NOW + timedelta(days=30))
        assert archive.due_links("site", NOW) == [pages[0]]


def test_what_old_requests_left_behind_is_cleared_away_and_those_that_wait_are_not(tmp_path):
    inbox = Inbox(tmp_path)
    inbox.open()
    waiting = ask(tmp_path, "site", {})
    left = ["1.log", "2.bad", "3.part", "new.log", f"{waiting.stem}.log"]
    for name in left:
        (tmp_path / "requests" / name).touch()
    long_ago = time.time() - 90_000
    for name in {*left, waiting.name, "service"} - {"new.log"}:
        os.utime(tmp_path / "requests" / name, (long_ago, long_ago))
    inbox.tidy()
    kept = {file.name for file in (tmp_path / "requests").iterdir()}
    assert kept == {"service", "new.log", waiting.name, f"{waiting.stem}.log"}


def test_a_log_that_grew_is_cut_to_its_bound_when_it_begins_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "LOG_PAGES", 50)
    with Archive.open(tmp_path, write=True) as archive, sqlite3.connect(tmp_path / "news.db") as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM captures").fetchone()
        archive.connection.execute("CREATE TABLE ballast AS SELECT zeroblob(2000000) AS x")
        assert (tmp_path / "news.db-wal").stat().st_size > 2_000_000
        reader.execute("COMMIT")
        for number in range(2):
            archive.connection.execute("UPDATE ballast SET x = ?", [number])
        assert (tmp_path / "news.db-wal").stat().st_size <= 50 * 4096 + 4096
