"""The service over many days in minutes: portals of tests/web, a clock that is turned on, and faults on certain days.

Everything but the clock and the sockets is the real thing: the loop, the crawl, the archive on disk.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Self

import time_machine

from tests.web.nukeviet import NukeViet
from tests.web.server import Request
from tests.web.stories import story
from worker.config import Source, Sources
from worker.fetch import FetchError
from worker.models import Capture, PageKind
from worker.service import Clock, Service
from worker.store import Archive
from worker.watch.room import Room

BEGIN = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
STEP = 60.0  # seconds of the simulated clock between two turns of the loop
_DATES = re.compile(rb"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d[T ]?[\d:+Z-]*")


@dataclass
class Site:
    """A portal that publishes by a rhythm, and what is the matter with it between two moments."""

    portal: NukeViet
    source: Source
    ahead: list[datetime]  # when its next articles appear, the next one last
    fault: str | None = None
    broken: tuple[datetime, datetime] = (BEGIN, BEGIN)
    number: int = 0

    def has(self, fault: str, now: datetime) -> bool:
        """Whether that is the matter now."""
        return self.fault == fault and self.broken[0] <= now < self.broken[1]

    def publish(self, now: datetime) -> None:
        """Publish what is due; a silent site does not, and never makes up for it."""
        while self.ahead and self.ahead[-1] <= now:
            when = self.ahead.pop()
            if not self.has("silent", when):
                self.number += 1
                told = story(self.number, seed=hash_of(self.source.id), paragraphs=5)
                self.portal.publish(replace(told, published=when, edited=None))


def hash_of(name: str) -> int:
    """A number of a name that is the same in every process."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(name))


def site(number: int, days: int, fault: str | None = None) -> Site:
    """A site with a habit of its own: some several times a day, most daily, some weekly, some by chance."""
    dice = Random(number)  # noqa: S311 - a world, not secrets
    apart = (timedelta(hours=8), timedelta(days=1), timedelta(days=1), timedelta(days=7))[number % 4]
    apart = timedelta(days=1) if fault else apart
    by_chance = number % 5 == 4 and not fault
    when, times = BEGIN + timedelta(hours=dice.uniform(0, 10)) - 36 * apart, []
    while when < BEGIN + timedelta(days=days):
        times.append(when + timedelta(minutes=dice.uniform(0, 40)))
        when += apart * dice.expovariate(1) if by_chance else apart
    portal = NukeViet(f"site-{number}.example", validators=True)
    listing = portal.base.rstrip("/") + portal.page_path(1)
    schedule = "auto" if number % 3 == 0 else "every 6h"
    source = portal.source(f"site-{number}", schedule=schedule, discover={"listings": [listing]})
    broken = (BEGIN + timedelta(days=days / 2), BEGIN + timedelta(days=days * 0.75))
    return Site(portal, source, sorted(times, reverse=True), fault, broken)


@dataclass
class World:
    """The transport of the simulation: every site answers from memory, or as its fault has it."""

    sites: dict[str, Site]
    hits: Counter[str] = field(default_factory=Counter)

    async def fetch(
        self, url: str, source: Source, *, etag: str | None = None, last_modified: str | None = None
    ) -> Capture:
        """See worker.fetch.Transport."""
        now, here = datetime.now(UTC), self.sites[source.id]
        if here.has("down", now):
            raise FetchError(url, "the connection was refused")
        here.publish(now)
        here.portal.notice = PageKind.SPAM if here.has("spam", now) else None
        headers = {"if-none-match": etag, "if-modified-since": last_modified}
        path = url[len(here.portal.base) - 1 :]
        self.hits[url] += 1
        answer = here.portal.answer(
            Request("GET", path, {name: value for name, value in headers.items() if value}), self.hits[url]
        )
        body, moved = answer.body, False
        if path.endswith(".html"):
            moved = here.has("moved", now)
            if here.has("undated", now):
                body = _DATES.sub(b"", body)
            if here.has("short", now) and body:
                body = "<html><title>Tin</title><body><h1>Tin</h1><p>Xem thêm trên ứng dụng.</p></body></html>".encode()
        final = url.replace(".example", "-moi.example") if moved else url
        return Capture(
            url=final,
            fetched_at=now,
            status=answer.status,
            body=body,
            headers=answer.headers,
            redirected_from=(url,) if moved else (),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass


class Turned(Clock):
    """A clock that is turned on by a step as soon as nothing is in hand, and that can be set wrong."""

    def __init__(self, traveller: time_machine.Traveller, until: datetime, each: Callable[[datetime], None]) -> None:
        self._traveller = traveller
        self._steady = 0.0
        self._until = until
        self._each = each
        self.service: Service | None = None

    def steady(self) -> float:
        return self._steady

    async def wait(self, stop: asyncio.Event, most: float) -> None:
        assert self.service is not None
        for _ in range(3):
            await asyncio.sleep(0)
        while self.service.in_hand:
            await asyncio.sleep(0)
        self._steady += STEP
        self._traveller.shift(STEP)
        self._each(self.now())
        if self.now() >= self._until:
            self.service.stop("the days are over")

    def set_by(self, how_much: timedelta) -> None:
        """Somebody sets the clock."""
        self._traveller.shift(how_much)


def simulate(
    directory: Path,
    sites: list[Site],
    days: float,
    *,
    each: Callable[[datetime], None] = lambda _: None,
    set_clock: dict[float, timedelta] | None = None,
    off: tuple[float, float] | None = None,
    told: list[str] | None = None,
) -> None:
    """Run the service for so many days; it is `off` between two days; `set_clock` says on which day by how much."""
    world = World({one.source.id: one for one in sites})
    ahead = sorted((set_clock or {}).items(), reverse=True)
    parts = [(0.0, off[0]), (off[1], days)] if off else [(0.0, days)]

    async def tell(title: str, text: str) -> bool:
        if told is not None:
            told.append(title)
        return True

    async def serve(traveller: time_machine.Traveller, begin: float, until: datetime) -> None:
        def turn(now: datetime) -> None:
            each(now)
            if ahead and begin + clock.steady() / 86400 >= ahead[-1][0]:
                clock.set_by(ahead.pop()[1])

        clock = Turned(traveller, until, turn)
        sources = [one.source for one in sites]
        with Archive.open(directory, write=True) as archive:
            archive.sync_sources(Sources(sources=tuple(sources)))
            clock.service = Service(sources, archive, world, tell=tell, room=Room(directory, 0), clock=clock)
            await clock.service.run()

    for begin, end in parts:
        with time_machine.travel(BEGIN + timedelta(days=begin), tick=False) as traveller:
            asyncio.run(serve(traveller, begin, BEGIN + timedelta(days=end)))


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
