"""Runs that are late, overlap or fall out are recorded with the reason; clocks that change by law change nothing."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.simulation import HURRY
from tests.web import NukeViet, serve, stories
from tests.web.server import Answer
from worker import service
from worker.config import Sources
from worker.fetch.client import Client
from worker.planning import next_fire
from worker.store import Archive

BEGIN = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Slow(NukeViet):
    """A portal that answers `hold` times when the test says so, and at once from then on."""

    def __init__(self, host, let_go, hold):
        super().__init__(host, stories(2, seed=1))
        self.let_go = let_go
        self.hold = hold

    def answer(self, request, hit):
        answer = super().answer(request, hit)
        if request.path != self.page_path(1) or hit > self.hold:
            return answer

        async def wait(_reader, writer):
            while not self.let_go(self):
                await asyncio.sleep(0.01)
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(answer.body)}\r\n\r\n"
            writer.write(head.encode() + answer.body)
            await writer.drain()

        return Answer(script=wait)


class Ticking(service.Clock):
    """A clock of which every turn of the loop takes ten seconds, until `done`."""

    def __init__(self, traveller, done):
        self.traveller = traveller
        self.done = done
        self.turns = 0

    def steady(self):
        return self.turns * 10.0

    async def wait(self, stop, most):
        await asyncio.sleep(0.005)
        self.turns += 1
        self.traveller.shift(10)
        if self.done():
            stop.set()


def serve_until(done, directory, sources):
    """Run the service on these sources until `done(archive)`; the runs: source, due, started, outcome, note."""

    async def scenario(traveller):
        with Archive.open(directory, write=True) as archive:
            archive.sync_sources(Sources(sources=tuple(sources)))
            async with Client(patience=HURRY) as client:
                clock = Ticking(traveller, lambda: done(archive.connection))
                await service.Service(sources, archive, client, clock=clock).run()

    with time_machine.travel(BEGIN, tick=False) as traveller:
        asyncio.run(scenario(traveller))
    with sqlite3.connect(directory / "news.db") as connection:
        return connection.execute("SELECT source, due, started, outcome, note FROM runs ORDER BY id").fetchall()


def count(sql):
    return lambda connection: connection.execute(f"SELECT count(*) FROM ({sql})").fetchone()[0]


def test_a_visit_that_lasts_beyond_the_next_time_lets_that_one_fall_out_with_the_reason_and_none_overlaps(tmp_path):
    portal = Slow("slow.test", lambda _: datetime.now(UTC) > BEGIN + timedelta(minutes=9), hold=1)
    with serve(portal):
        source = portal.source(
            "slow", schedule="every 2m", discover={"listings": [portal.base.rstrip("/") + "/vi/news/"]}
        )
        runs = serve_until(
            lambda connection: count("SELECT 1 FROM runs WHERE outcome = 'ok'")(connection) >= 2, tmp_path, [source]
        )
    assert [outcome for *_, outcome, _ in runs] == ["ok", "skipped", "ok"]
    _, due, _, _, note = runs[1]
    assert note == "the visit before was still going on"
    assert due < (BEGIN + timedelta(minutes=9)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert portal.hold == 1


def test_a_source_that_had_to_wait_for_others_is_visited_late_and_the_reason_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(service, "AT_ONCE", 1)
    let_go = lambda _: datetime.now(UTC) > BEGIN + timedelta(minutes=9)  # noqa: E731 - said twice
    portals = [Slow(f"slow-{number}.test", let_go, hold=1) for number in range(2)]
    with serve(*portals):
        sources = [portal.source(f"slow-{number}", schedule="every 6h") for number, portal in enumerate(portals)]
        runs = serve_until(
            lambda connection: count("SELECT 1 FROM runs WHERE outcome = 'ok'")(connection) >= 2, tmp_path, sources
        )
    assert [(source, note) for source, *_, note in runs] == [
        ("slow-0", None),
        ("slow-1", "1 other visits were going on"),
    ]


@pytest.mark.parametrize("night", [datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)])
@pytest.mark.parametrize(("schedule", "apart", "slack"), [("every 2h", 2, 0.2), ("30 2 * * *", 24, 1 / 30)])
def test_a_server_in_a_country_with_summer_time_keeps_the_schedule_over_the_nights_of_its_change(
    night, schedule, apart, slack
):
    """Europe changes its clocks on 29 March and 25 October 2026; Vietnam never does."""
    fires = []
    with time_machine.travel(night.astimezone(ZoneInfo("Europe/Berlin")), tick=False) as traveller:
        for _ in range(4):
            fires.append(next_fire(schedule, datetime.now(UTC)))
            traveller.move_to(fires[-1].astimezone(ZoneInfo("Europe/Berlin")))
    apart = [(after - before) / timedelta(hours=1) for before, after in pairwise(fires)]
    expected = 2 if schedule.startswith("every") else 24
    assert all(abs(hours - expected) <= slack + 1e-9 for hours in apart)
    if expected == 24:
        assert {fire.astimezone(VIETNAM).strftime("%H") for fire in fires} == {"02"}


def test_a_schedule_that_is_changed_for_a_closer_one_holds_from_the_next_start(tmp_path):
    portal = NukeViet("portal.test", stories(2, seed=1))
    done = lambda _: datetime.now(UTC) > BEGIN + timedelta(minutes=25)  # noqa: E731 - said twice
    with serve(portal):
        rare = serve_until(done, tmp_path, [portal.source("portal", schedule="every 20h")])
        often = serve_until(done, tmp_path, [portal.source("portal", schedule="every 10m")])
    assert len(rare) == 1
    assert len(often) == 3


class SetBack(Ticking):
    """A clock that is seven hours ahead, as one that was read in the wrong zone, and is set right after ten minutes."""

    async def wait(self, stop, most):
        await super().wait(stop, most)
        if self.turns == 60:
            self.traveller.shift(-7 * 3600)


def test_a_clock_that_is_set_back_by_some_hours_costs_no_visit(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.Ticking", SetBack)
    portals = [NukeViet(f"{number}.test", stories(2, seed=number)) for number in range(3)]
    right = BEGIN - timedelta(hours=7)
    with serve(*portals):
        schedules = ("every 10m", "*/10 * * * *", "auto 5m-10m")
        sources = [portal.source(f"s-{number}", schedule=schedules[number]) for number, portal in enumerate(portals)]
        done = lambda _: right + timedelta(minutes=40) < datetime.now(UTC) < right + timedelta(hours=1)  # noqa: E731
        runs = serve_until(done, tmp_path, sources)
    for source in sources:
        since = [
            started for one, _, started, *_ in runs if one == source.id and started < f"{BEGIN:%Y-%m-%dT%H:%M:%SZ}"
        ]
        assert len(since) >= 2, source.schedule
