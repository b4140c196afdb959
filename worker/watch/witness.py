"""A witness of every fetch: what the last visits showed of a site itself, beside what its pages say.

The service crawls through it. What it saw is kept in memory only: after a restart the next visit shows it again.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from types import TracebackType

    from worker.config import Source
    from worker.fetch import Transport
    from worker.models import Capture

VISITS = 2
"""Visits of a source that are remembered: one may meet a site that is being repaired."""


class Door(NamedTuple):
    """One of the source's own doors (its home, feeds, sitemaps, listings): where it led, and the answer's status."""

    asked: str
    led_to: str
    status: int


@dataclass(slots=True)
class Visit:
    """What one visit showed. `certificate`: the earliest end of a certificate, with its beginning; None: no TLS."""

    doors: list[Door] = field(default_factory=list)
    answered: bool = False
    certificate: tuple[datetime, datetime] | None = None


class Witness:
    """A `Transport` that passes everything on to another one, and remembers."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._visits: dict[str, deque[Visit]] = defaultdict(lambda: deque(maxlen=VISITS))

    def begin(self, source: Source) -> None:
        """A visit begins; one that showed no door is forgotten for it."""
        visits = self._visits[source.id]
        if visits and not visits[-1].doors:
            visits.pop()
        visits.append(Visit())

    def visits(self, source_id: str) -> list[Visit]:
        """The last visits of a source, the newest last."""
        return list(self._visits[source_id])

    async def fetch(
        self, url: str, source: Source, *, etag: str | None = None, last_modified: str | None = None
    ) -> Capture:
        """See `Transport.fetch`."""
        capture = await self._transport.fetch(url, source, etag=etag, last_modified=last_modified)
        if visits := self._visits[source.id]:
            self._see(visits[-1], url, source, capture)
        return capture

    @staticmethod
    def _see(visit: Visit, url: str, source: Source, capture: Capture) -> None:
        visit.answered = True
        if url in source.doors:
            visit.doors.append(Door(url, capture.url, capture.status))
        shown = [valid for valid in (visit.certificate, capture.certificate) if valid]
        visit.certificate = min(shown, key=lambda valid: valid[1], default=None)

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.__aexit__(kind, error, trace)
