"""The service over many days in minutes, on the sites of tests/world.py and a clock that is turned on.

Everything but the clock is the real thing: the loop, the client, the sockets, the crawl, the archive on disk.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import time_machine

from tests.world import BEGIN, Plan, World, world
from worker.config import Sources
from worker.fetch.client import Client
from worker.fetch.politeness import Patience
from worker.service import Clock, Service
from worker.store import Archive
from worker.watch.room import Room

STEP = 60.0  # seconds of the simulated clock between two turns of the loop
REST_AFTER = 7200.0
"""Simulated seconds without a visit. The program rests after ten; here, where the service, its pages and the test are
one process, each rest costs as much as several visits, and after ten seconds there would be one for nearly each."""

HURRY = Patience(backoff=0.005, backoff_cap=0.02, longest_wait=1.0, robots_again=0.05)
"""Pauses after trouble are real time, of which a simulated day has little."""


class Turned(Clock):
    """A clock that is turned on by a step as soon as nothing is in hand, and that can be set wrong."""

    def __init__(
        self,
        traveller: time_machine.Traveller,
        begin: datetime,
        until: datetime,
        tell: Sequence[Callable[[datetime], None]],
        set_at: list[tuple[datetime, timedelta]],
    ) -> None:
        self._traveller = traveller
        self._begin = begin
        self._until = until
        self._tell = tell
        self._set_at = set_at
        self._steady = 0.0
        self.service: Service | None = None

    def steady(self) -> float:
        return self._steady

    @property
    def true(self) -> datetime:
        """What time it is, whatever the machine's clock was set to."""
        return self._begin + timedelta(seconds=self._steady)

    async def wait(self, stop: asyncio.Event, most: float) -> None:
        assert self.service is not None
        for _ in range(3):
            await asyncio.sleep(0)
        while self.service.in_hand:
            await asyncio.sleep(0.001)
        self._steady += STEP
        self._traveller.shift(STEP)
        self.say()
        if self._set_at and self.true >= self._set_at[0][0]:
            self._traveller.shift(self._set_at.pop(0)[1])  # somebody sets the machine's clock
        if self.true >= self._until:
            self.service.stop("the days are over")

    def say(self) -> None:
        """Say what time it is to all who have to know."""
        for tell in self._tell:
            tell(self.true)


def simulate(
    directory: Path,
    plans: Sequence[Plan],
    days: float,
    *,
    each: Callable[[datetime], None] = lambda _: None,
    set_clock: dict[float, timedelta] | None = None,
    off: tuple[float, float] | None = None,
    told: list[str] | None = None,
    rest_after: float = REST_AFTER,
) -> None:
    """Run the service for so many days; it is `off` between two days; `set_clock` says on which day by how much.

    `each` is called after every minute, and before the first one, with the world's time. It rests after `rest_after`
    seconds without a visit.
    """
    ahead = sorted((BEGIN + timedelta(days=day), by) for day, by in (set_clock or {}).items())
    with world(plans, days, directory) as here:
        for begin, end in [(0.0, off[0]), (off[1], days)] if off else [(0.0, days)]:
            with time_machine.travel(BEGIN + timedelta(days=begin), tick=False) as traveller:
                clock = Turned(
                    traveller, *(BEGIN + timedelta(days=day) for day in (begin, end)), (here.clock.turn, each), ahead
                )
                asyncio.run(_serve(directory, here, clock, told, rest_after))


async def _serve(directory: Path, here: World, clock: Turned, told: list[str] | None, rest_after: float) -> None:
    async def tell(title: str, text: str) -> bool:
        if told is not None:
            told.append(title)
        return True

    with Archive.open(directory, write=True) as archive:
        archive.sync_sources(Sources(sources=here.sources))
        async with Client(patience=HURRY, resolve=here.resolve) as client:
            room = Room(directory, enough=0)
            clock.service = Service(
                here.sources, archive, client, tells=[tell], room=room, clock=clock, rest_after=rest_after
            )
            clock.say()
            await clock.service.run()


def visits(directory: Path) -> dict[str, list[datetime]]:
    """When each source was visited by its schedule."""
    made = defaultdict(list)
    with sqlite3.connect(directory / "news.db") as connection:
        sql = "SELECT source, started FROM runs WHERE outcome <> 'skipped' ORDER BY id"
        for source, started in connection.execute(sql):
            made[source].append(datetime.fromisoformat(started))
    return made


def alarms(directory: Path) -> list[tuple[str, str, datetime, datetime | None]]:
    """The alarms there were: source, kind, beginning, end."""
    with sqlite3.connect(directory / "news.db") as connection:
        rows = connection.execute("SELECT source, kind, began, ended FROM alarms ORDER BY id").fetchall()
    time = datetime.fromisoformat
    return [(source, kind, time(began), time(ended) if ended else None) for source, kind, began, ended in rows]
