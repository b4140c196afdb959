"""The watch over the sources on a real archive, in a short simulation: what breaks is noticed, the rest left alone."""

import asyncio
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from tests.simulation import alarms, simulate, visits
from tests.world import BEGIN, Plan
from worker.config import Sources
from worker.store import Archive, report
from worker.store import alarms as stored
from worker.store.transaction import transaction
from worker.watch.normal import KINDS
from worker.watch.teller import AGAIN, TRIES, Teller


def broken(number, fault, days=(2, 3), **settings):
    """A site that something is the matter with from one day to another."""
    begin, end = (BEGIN + timedelta(days=day) for day in days)
    return Plan(number=number, fault=fault, broken=(begin, end), **settings)


@pytest.fixture(scope="module")
def four_days(tmp_path_factory):
    """An archive after four days: one site down from the second day to the third, one full of spam, two sound."""
    directory, told = tmp_path_factory.mktemp("days"), []
    few = {"earlier": 6}
    plans = [broken(1, "down", **few), broken(2, "spam", **few), Plan(number=6, schedule="auto", **few)]
    plans.append(Plan(number=8, **few))
    simulate(directory, plans, 4, told=told, set_clock={1.0: timedelta(days=-400), 1.01: timedelta(days=400)})
    return directory, told


def test_what_broke_is_alarmed_and_what_recovered_ends_its_alarm(four_days):
    directory, _ = four_days
    found = {(source, kind): (began, ended) for source, kind, began, ended in alarms(directory)}
    assert set(found) == {("site-1", "failing"), ("site-2", "spam")}
    for began, _ in found.values():
        assert timedelta() < began - (BEGIN + timedelta(days=2)) <= timedelta(hours=24)
    ended = found["site-1", "failing"][1]
    assert ended is not None
    assert ended > BEGIN + timedelta(days=3)


def test_someone_is_told_once_each_way(four_days):
    _, told = four_days
    assert sorted(told) == [
        "Broken: site-1 (failing)",
        "Broken: site-2 (spam)",
        "Recovered: site-1 (failing)",
    ]


def test_a_failing_source_is_asked_ever_more_rarely_and_its_first_good_answer_restores_the_rhythm(four_days):
    directory, _ = four_days
    times = visits(directory)["site-1"]
    down = [time for time in times if BEGIN + timedelta(days=2) <= time < BEGIN + timedelta(days=3)]
    waits = [after - before for before, after in zip(down, times[times.index(down[0]) + 1 :], strict=False)]
    assert waits[0] < timedelta(hours=7) < timedelta(hours=11) < waits[1]
    with sqlite3.connect(directory / "news.db") as connection:
        (due,) = connection.execute("SELECT next_run FROM sources WHERE id = 'site-1'").fetchone()
    assert datetime.fromisoformat(due) - times[-1] < timedelta(hours=7)


def test_once_the_network_is_back_nobody_waits_as_if_it_had_been_the_site(tmp_path):
    outage = (0.5, 2.5)
    plans = [
        broken(number, "down", outage, schedule=f"every {hours}h", earlier=3)
        for number, hours in enumerate((1, 2, 3, 5, 6), 1)
    ]
    simulate(tmp_path, plans, 3.2)
    back = BEGIN + timedelta(days=outage[1])
    with sqlite3.connect(tmp_path / "news.db") as connection:
        sql = "SELECT min(started) FROM runs WHERE outcome = 'ok' AND started > ? GROUP BY source"
        well = [datetime.fromisoformat(at) for (at,) in connection.execute(sql, [back.isoformat()])]
    assert len(well) == 5
    assert max(well) - min(well) < timedelta(minutes=10)


def test_a_clock_that_is_set_to_another_year_and_back_stops_nothing(four_days):
    directory, _ = four_days
    steady = [time for time in visits(directory)["site-8"] if time > BEGIN + timedelta(days=1, hours=1)]
    assert len(steady) >= 11
    assert max(after - before for before, after in pairwise(steady)) < timedelta(hours=7)


def test_status_exits_with_1_while_an_alarm_is_open_and_says_which(tmp_path, worker):
    simulate(tmp_path, [broken(1, "down", (1, 9), earlier=3)], 2)
    said = worker("status", "--archive", tmp_path)
    assert said.returncode == 1
    assert "site-1, failing since" in said.stdout and "closed the connection" in said.stdout
    as_json = json.loads(worker("status", "--json", "--archive", tmp_path).stdout)
    assert [(alarm["source"], alarm["kind"]) for alarm in as_json["alarms"]] == [("site-1", "failing")]
    (source,) = as_json["by_source"]
    assert (source["id"], source["health"]) == ("site-1", "failing")
    assert source["last_run"] < source["next_run"]


def test_status_exits_with_1_when_nobody_makes_the_visits_that_are_due(tmp_path, worker):
    day = timedelta(days=1)
    with Archive.open(tmp_path, write=True) as archive:
        archive.sync_sources(Sources(sources=(Plan(number=1).portal().source("site"),)))
        now = datetime.now(UTC)
        archive.finish_run(archive.start_run("site", "schedule", now - 3 * day), outcome="ok", counts={})
        archive.set_next_run("site", now - 1.5 * day)
        assert report.overdue(archive.connection, now - 0.6 * day) is None  # a night without power is none
    said = worker("status", "--archive", tmp_path)
    assert said.returncode == 1
    assert "no service runs; start it" in said.stdout
    with Archive.open(tmp_path, write=True) as archive:
        archive.start_run("site", "manual", now - 0.5 * day)
    assert worker("status", "--archive", tmp_path).returncode == 0  # somebody crawls by hand


def test_the_alarms_of_a_source_that_is_taken_out_of_the_file_end_and_nobody_is_told(tmp_path):
    source = Plan(number=1).portal().source("gone")
    with Archive.open(tmp_path, write=True) as archive:
        archive.sync_sources(Sources(sources=(source,)))
        with transaction(archive.connection):
            stored.settle(archive.connection, "gone", {"silent": "nothing new"}, KINDS, BEGIN)
        assert stored.standing(archive.connection, "gone") == {"silent"}
        archive.sync_sources(Sources(sources=(source.model_copy(update={"enabled": False}),)))
        assert stored.standing(archive.connection, "gone") == frozenset()
        assert stored.untold(archive.connection) == []


def test_what_was_missed_while_the_service_was_off_is_made_up_once_and_noted_with_the_reason(tmp_path):
    simulate(tmp_path, [Plan(number=1, earlier=3), Plan(number=7, earlier=3)], 2, off=(0.5, 1.5))
    with sqlite3.connect(tmp_path / "news.db") as connection:
        notes = connection.execute("SELECT source, note FROM runs WHERE note IS NOT NULL ORDER BY source").fetchall()
    assert [source for source, _ in notes] == ["site-1", "site-7"]
    assert all(note.endswith("UTC: not running") for _, note in notes)


def test_where_nobody_can_be_told_it_is_tried_again(tmp_path):
    answers = iter([False, True, True])
    heard = []

    async def tell(title, text):
        heard.append(title)
        return next(answers)

    async def scenario(archive):
        teller = Teller(archive, [tell])
        for hour, full in ((0, "no room"), (1, None)):
            now = BEGIN + timedelta(hours=hour)
            teller.keep_full(full, now)
            for wait in (timedelta(), AGAIN / 2, AGAIN, AGAIN * 2):
                teller.look(now + wait)
                await asyncio.gather(*teller.tasks)
                asked.append(len(heard))

    asked = []
    with Archive.open(tmp_path, write=True) as archive:
        asyncio.run(scenario(archive))
    assert asked == [1, 1, 2, 2, 3, 3, 3, 3]  # not before ten minutes have passed, and never twice
    assert heard == ["Broken: the archive (full)"] * 2 + ["Recovered: the archive (full)"]


def test_an_address_that_is_out_of_order_is_tried_again_alone_and_given_up_in_the_end(tmp_path):
    heard, tries, works = [], [], []

    async def good(title, text):
        heard.append(title)
        return True

    async def bad(title, text):
        tries.append(title)
        return bool(works)

    async def scenario(archive):
        teller, now = Teller(archive, [good, bad]), BEGIN
        teller.keep_full("no room", now)
        for number in range(TRIES + 50):
            now += AGAIN
            teller.look(now)
            await asyncio.gather(*teller.tasks)
            if number == 4:
                teller.keep_full(None, now)
        assert len(tries) < TRIES + 10
        works.append(True)
        given_up = len(tries)
        teller.keep_full("no room again", now)
        for _ in range(3):
            now += AGAIN
            teller.look(now)
            await asyncio.gather(*teller.tasks)
        return given_up

    with Archive.open(tmp_path, write=True) as archive:
        given_up = asyncio.run(scenario(archive))
    assert heard == ["Broken: the archive (full)", "Recovered: the archive (full)", "Broken: the archive (full)"]
    assert tries[given_up:] == ["Broken: the archive (full)"]  # what comes later is told, what was given up is not


def test_a_clock_that_is_set_back_by_years_keeps_nobody_untold(tmp_path):
    answers, heard = iter([False, True]), []

    async def tell(title, text):
        heard.append(title)
        return next(answers)

    async def scenario(archive):
        teller = Teller(archive, [tell])
        teller.keep_full("no room", BEGIN)
        for now in (BEGIN + timedelta(days=3650), BEGIN):
            teller.look(now)
            await asyncio.gather(*teller.tasks)

    with Archive.open(tmp_path, write=True) as archive:
        asyncio.run(scenario(archive))
    assert len(heard) == 2
