"""`/healthz` and `/metrics` (Prometheus) on 127.0.0.1: for whoever watches the server, nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sized
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from worker.store import alarms
from worker.store.times import moment

if TYPE_CHECKING:
    from worker.store import Archive

HUNG = 60.0
"""Seconds after which a loop that has not turned is called hung."""

_PATIENCE = 5.0  # seconds that a client has for its request
_BIGGEST = 8192  # bytes of it


class Watched(Protocol):
    """What is asked of the service: the visits in hand, whether the disk is full, how long ago its loop turned."""

    @property
    def in_hand(self) -> Sized:
        """The visits that go on."""
        ...

    @property
    def full(self) -> bool:
        """Whether nothing is fetched because the disk is full."""
        ...

    def since_alive(self) -> float:
        """Seconds since the loop turned last."""
        ...


class Figures(Collector):
    """The archive and the service in figures, read anew at each look. None of them counts all rows of a big table."""

    def __init__(self, archive: Archive, service: Watched) -> None:
        self._archive = archive
        self._service = service

    def collect(self) -> Iterable[Metric]:
        """The metrics, for Prometheus."""
        one = self._archive.connection.execute
        for name, text, value in (
            ("articles", "Articles in the archive.", one("SELECT max(id) FROM articles").fetchone()[0] or 0),
            ("captures", "Responses in the archive.", one("SELECT max(id) FROM captures").fetchone()[0] or 0),
            ("visits_in_hand", "Sources that are being visited now.", len(self._service.in_hand)),
            ("disk_full", "1 while nothing is fetched because the disk is full.", int(self._service.full)),
        ):
            yield GaugeMetricFamily(f"archive_{name}", text, value)
        yield self._by_source("last_run", "When the last visit ended, Unix time.", "last_run")
        yield self._by_source("next_run", "When the next visit is due, Unix time.", "next_run")
        links = GaugeMetricFamily("archive_links_waiting", "Pages that are found and not fetched.", labels=["source"])
        for source, count in one("SELECT source, count(*) FROM links WHERE state = 'new' GROUP BY source"):
            links.add_metric([source], count)
        yield links
        wrong = GaugeMetricFamily("archive_alarm", "1 for each open alarm.", labels=["source", "kind"])
        for alarm in alarms.alarms(self._archive.connection):
            wrong.add_metric([alarm.source or "", alarm.kind], 1)
        yield wrong

    def _by_source(self, name: str, text: str, column: str) -> Metric:
        family = GaugeMetricFamily(f"archive_source_{name}_seconds", text, labels=["source"])
        sql = f"SELECT id, {column} FROM sources WHERE {column} IS NOT NULL AND health <> 'disabled'"  # noqa: S608  # our own names
        for source, when in self._archive.connection.execute(sql):
            family.add_metric([source], moment(when).timestamp())
        return family


@asynccontextmanager
async def watched(archive: Archive, service: Watched, port: int) -> AsyncIterator[int]:
    """Answer on 127.0.0.1 while the block lasts; the port (0 lets the system choose one).

    Raises OSError where the port is taken.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(archive, service))

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _PATIENCE)
            # What watchers add behind a question mark changes nothing.
            path = [target.partition(b"?")[0] for target in head.split(b" ", 2)[1:2]]
            status, kind, body = _respond(path, registry, service)
            start = (
                f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            )
            writer.write(start.encode() + body)
            await asyncio.wait_for(writer.drain(), _PATIENCE)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", port, limit=_BIGGEST)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def _respond(path: list[bytes], registry: CollectorRegistry, service: Watched) -> tuple[str, str, bytes]:
    text = "text/plain; charset=utf-8"
    if path == [b"/metrics"]:
        return "200 OK", "text/plain; version=0.0.4; charset=utf-8", generate_latest(registry)
    if path != [b"/healthz"]:
        return "404 Not Found", text, b"there are /healthz and /metrics\n"
    if service.full:
        return "503 Service Unavailable", text, b"the disk is full\n"
    if service.since_alive() > HUNG:
        return "503 Service Unavailable", text, b"the service hangs\n"
    return "200 OK", text, b"ok\n"
