"""Sites that publish by a rhythm of their own and break on certain days, served from a process of their own.

What time it is there, whoever turns the clock says: the world's time stands in a file that both processes have mapped.

    with world(plans, directory) as here:
        here.turn(BEGIN + timedelta(hours=3))
        here.sources, here.resolve       # for sources.yaml and the client
"""

from __future__ import annotations

import asyncio
import mmap
import multiprocessing
import os
import re
import ssl
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import trustme

from tests.web import FAMILIES, Portal, serve, story
from tests.web.nukeviet import NukeViet
from tests.web.server import Answer, Request
from worker.config import Source
from worker.fetch import tls
from worker.models import PageKind
from worker.watch.normal import EXPIRES

BEGIN = datetime(2099, 1, 5, 0, 0, tzinfo=UTC)
"""A Monday, and far ahead: OpenSSL judges certificates by the real clock, which nothing here turns."""

FAULTS = ("down", "silent", "short", "undated", "chrome", "moved", "closed", "spam", "certificate")
"""What can be the matter with a site; all but `down` are called so by their alarms too."""

_LAYOUT = {"short", "undated", "chrome"}
_DATES = re.compile(rb"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d[T ]?[\d:+Z-]*")
_NOTHING = "<html><title>Tin</title><body><h1>Tin</h1><p>Xem thêm trên ứng dụng.</p></body></html>".encode()
_BANNERS = "".join(
    f'<div class="banner-{number}"><a href="/lien-ket/{number}">Liên kết website đơn vị số {number}</a></div>'
    for number in range(800)
).encode()

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.world"])


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A site: how far `apart` its articles are (by the clock, or by chance), how many are there at the beginning, and
    what is the matter with it when.

    A `rough` one drops a request in a hundred, and has now and then a page of a few words or without a date.
    """

    number: int
    apart: timedelta = timedelta(days=1)
    by_chance: bool = False
    earlier: int = 36
    schedule: str = "every 6h"
    rough: bool = False
    fault: str | None = None
    broken: tuple[datetime, datetime] = (BEGIN, BEGIN)

    @property
    def id(self) -> str:
        return f"site-{self.number}"

    def has(self, fault: str, now: datetime) -> bool:
        """Whether that is the matter then."""
        return self.fault == fault and self.broken[0] <= now < self.broken[1]

    def portal(self) -> Portal:
        """Its portal, empty. Those that break are of the family whose pages the faults are made for."""
        family = NukeViet if self.fault else FAMILIES[self.number % len(FAMILIES)]
        return family(f"{self.id}.test", validators=self.number % 2 == 0)

    def times(self, days: float) -> list[datetime]:
        """When its articles appear until so many days have passed, the first one last."""
        dice = Random(self.number)  # noqa: S311 - a world, not secrets
        when, times = BEGIN + timedelta(hours=dice.uniform(0, 10)) - self.earlier * self.apart, []
        while when < BEGIN + timedelta(days=days):
            times.append(when + timedelta(minutes=dice.uniform(0, 40)))
            when += self.apart * dice.expovariate(1) if self.by_chance else self.apart
        return sorted(times, reverse=True)


class Clock:
    """A moment in a file that several processes have mapped."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(struct.pack("d", BEGIN.timestamp()))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 8)

    def now(self) -> datetime:
        return datetime.fromtimestamp(struct.unpack("d", self._map[:8])[0], UTC)

    def turn(self, to: datetime) -> None:
        self._map[:8] = struct.pack("d", to.timestamp())


class Site:
    """The server of a plan's portal."""

    def __init__(self, plan: Plan, days: float, clock: Clock, authority: trustme.CA) -> None:
        self._plan = plan
        self._clock = clock
        self._portal = plan.portal()
        self._ahead = plan.times(days)
        self._number = 0
        self._odd: set[str] = set()  # the addresses of pages without a date
        self.host = self._portal.host
        self.tls: ssl.SSLContext | None = None
        self.elsewhere = Elsewhere(self._portal, plan.id) if plan.fault == "moved" else None
        if plan.fault == "certificate":
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(self.host, not_after=plan.broken[0] + EXPIRES).configure_cert(self.tls)

    @property
    def base(self) -> str:
        return self._portal.base

    @base.setter
    def base(self, base: str) -> None:
        self._portal.base = base

    def answer(self, request: Request, hit: int) -> Answer:
        now, plan = self._clock.now(), self._plan
        self._publish(now)
        if plan.has("down", now) or (plan.rough and self._stumbles(request, hit)):
            return Answer(script=_drop)
        if plan.has("closed", now) and request.path != "/robots.txt":
            return Answer(status=403, body=b"Forbidden")
        if self.elsewhere and plan.has("moved", now):
            return Answer(status=301, headers=(("Location", self.elsewhere.base.rstrip("/") + request.path),))
        self._portal.notice = PageKind.SPAM if plan.has("spam", now) else None
        if plan.fault in _LAYOUT and plan.has(plan.fault, now):
            request = replace(request, headers={})  # a page of another layout is another page: no 304
        answer = self._portal.answer(request, hit)
        return replace(answer, body=self._altered(request.path, answer.body, now)) if answer.body else answer

    def _altered(self, path: str, body: bytes, now: datetime) -> bytes:
        """An article's page as the fault has it; anything else as it is."""
        if path not in self._portal._by_path:
            return body
        if self._plan.has("short", now):
            return _NOTHING
        if self._plan.has("chrome", now):
            return body.replace(b"</body>", _BANNERS + b"</body>")
        return _DATES.sub(b"", body) if path in self._odd or self._plan.has("undated", now) else body

    def _publish(self, now: datetime) -> None:
        """Publish what is due; a silent site does not, and never makes up for it."""
        while self._ahead and self._ahead[-1] <= now:
            when = self._ahead.pop()
            if self._plan.has("silent", when):
                continue
            self._number += 1
            told = story(self._number, seed=self._plan.number, paragraphs=5)
            told = replace(told, published=when, edited=None)
            if self._plan.rough and self._number % 20 == 7:
                told = replace(told, lead="", parts=told.parts[:1])
            if self._plan.rough and self._number % 30 == 11:
                self._odd.add(self._portal.path_of(told))
            self._portal.publish(told)

    def _stumbles(self, request: Request, hit: int) -> bool:
        return Random(f"{self.host}{request.path}{hit}").random() < 0.01  # noqa: S311 - a world, not secrets


class Elsewhere:
    """The host to which a portal has moved."""

    def __init__(self, portal: Portal, name: str) -> None:
        self.host = f"{name}-moi.test"
        self.base = ""
        self._portal = portal

    def answer(self, request: Request, hit: int) -> Answer:
        before, self._portal.base = self._portal.base, self.base
        try:
            return self._portal.answer(request, hit)
        finally:
            self._portal.base = before


async def _drop(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


@dataclass(frozen=True)
class World:
    """What the service needs to know of the world: the sources, and where their names lead."""

    sources: tuple[Source, ...]
    clock: Clock
    _addresses: dict[str, str]

    async def resolve(self, host: str, port: int) -> list[str]:
        """See worker.fetch.guard.Resolve."""
        return [self._addresses.get(host, host)]


@contextmanager
def world(plans: Sequence[Plan], days: float, directory: Path) -> Iterator[World]:
    """Serve the sites for so many days until the block is left. Their certificates are trusted meanwhile."""
    ours, theirs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_serve, args=(plans, days, directory, theirs), daemon=True)
    process.start()
    theirs.close()
    before = os.environ.get("SSL_CERT_FILE")
    try:
        bases, addresses = ours.recv()
        _trust(str(directory / "authority.pem"))
        sources = tuple(_source(plan, bases) for plan in plans)
        yield World(sources, Clock(directory / "clock"), addresses)
    finally:
        _trust(before)
        ours.close()  # the process ends with it
        process.join()


def _trust(file: str | None) -> None:
    if file:
        os.environ["SSL_CERT_FILE"] = file
    else:
        os.environ.pop("SSL_CERT_FILE", None)
    tls.forget_contexts()


def _source(plan: Plan, bases: dict[str, str]) -> Source:
    portal = plan.portal()
    portal.base = bases[portal.host]
    ports = [urlsplit(base).port for host, base in bases.items() if host.startswith(f"{plan.id}-")]
    return portal.source(
        plan.id,
        schedule=plan.schedule,
        discover={"listings": [portal.base.rstrip("/") + portal.page_path(1)]},
        network={"allow_private": True, "ports": [80, 443, *ports]},
    )


def _serve(plans: Sequence[Plan], days: float, directory: Path, pipe: Connection) -> None:
    authority, clock = trustme.CA(), Clock(directory / "clock")
    authority.cert_pem.write_to_path(str(directory / "authority.pem"))
    sites = [Site(plan, days, clock, authority) for plan in plans]
    with serve(*sites, *(site.elsewhere for site in sites if site.elsewhere)) as web:
        pipe.send(({name: host.base for name, host in web.hosts.items()}, web.addresses))
        try:
            pipe.recv()
        except EOFError:
            return
