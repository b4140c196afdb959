"""How a host is treated: one queue, a pause between two requests, and a longer one after trouble.

All times are seconds of the event loop's clock. Trouble holds the host's whole queue, not the one request: a server
that answers 429 or 503 wants to hear less, not the same from another task.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

_DAY = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a fetch goes on trying. The defaults suit real sites; tests make them shorter.

    `attempts`: requests for one page before it fails. `backoff`: the pause after the first failure; it doubles with
    each failure in a row, up to `backoff_cap`. `longest_wait`: a longer pause is not sat out: the fetch fails and says
    in `retry_after` when to come back. `robots_again`: how long a host is left alone when its robots.txt could not be
    had. `robots_ttl`: how long a robots.txt holds (RFC 9309: not more than a day). `longest_crawl_delay`: a Crawl-delay
    beyond it is taken for a mistake and cut to it. `sweep_every`: how often connections that rest are closed.
    """

    attempts: int = 3
    backoff: float = 1.0
    backoff_cap: float = 300.0
    longest_wait: float = 30.0
    robots_again: float = 600.0
    robots_ttl: float = _DAY
    longest_crawl_delay: float = 120.0
    sweep_every: float = 30.0


class Holds(Protocol):
    """Where it is kept over a restart which hosts are to be left alone."""

    def held(self, host: str) -> tuple[float, str] | None:
        """For how many seconds more, and why; None where the host may be asked."""
        ...

    def hold(self, host: str, seconds: float, why: str) -> None:
        """Keep that a host is to be left alone for so many seconds."""
        ...


class HeldError(Exception):
    """The host is to be left alone for longer than a fetch waits; `seconds` says how long, the message why."""

    def __init__(self, seconds: float, why: str) -> None:
        super().__init__(why)
        self.seconds = seconds


class Host:
    """The queue of one host."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._line = asyncio.Lock()  # first come, first served
        self._left = asyncio.Event()
        self._running = 0
        self._next_start = 0.0
        self._held_until = 0.0
        self._held_why = ""
        self._failures = 0

    @asynccontextmanager
    async def turn(self, *, delay: float, concurrency: int) -> AsyncIterator[None]:
        """Wait for one's turn, then hold one of `concurrency` places.

        Two starts are at least `delay` apart, and up to half as much again (jitter: a crawler should not tick).

        Raises:
            HeldError: the host is held for longer than `patience.longest_wait`.
        """
        async with self._line:
            while self._running >= concurrency:
                self._left.clear()
                await self._left.wait()
            await self._until_free()
            self._running += 1
            self._next_start = _now() + delay * random.uniform(1.0, 1.5)  # noqa: S311 - jitter, not a secret
        try:
            yield
        finally:
            self._running -= 1
            self._left.set()

    async def _until_free(self) -> None:
        while (wait := max(self._next_start, self._held_until) - _now()) > 0:
            if (held := self._held_until - _now()) > self._patience.longest_wait:
                raise HeldError(held, self._held_why)
            await asyncio.sleep(wait)

    def succeeded(self) -> None:
        """The host answered as it should: the next failure is a first one again."""
        self._failures = 0

    def failed(self, why: str, retry_after: float | None) -> float:
        """Hold the queue after a failure, for what the host asked for or a growing pause. Returns the seconds."""
        self._failures += 1
        pause = min(self._patience.backoff * 2 ** min(self._failures - 1, 30), self._patience.backoff_cap)
        wait: float = max(pause * random.uniform(0.75, 1.25), retry_after or 0.0)  # noqa: S311 - jitter, not a secret
        self.hold(wait, why)
        return wait

    def hold(self, seconds: float, why: str) -> None:
        """Hold the queue for so long at least."""
        if _now() + seconds > self._held_until:
            self._held_until, self._held_why = _now() + seconds, why

    @property
    def idle(self) -> bool:
        """Nobody waits, runs, or is held, and its failures are long ago: a new queue would behave the same."""
        now = _now()
        held_until = self._held_until + (self._patience.backoff_cap if self._failures else 0.0)
        return not (self._running or self._line.locked()) and now >= max(self._next_start, held_until)


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, at most a day; None if it is none.

    RFC 9110 10.2.3: a number of seconds, or a date, which is one of the server's clock: so is `now`, where it says.

    >>> retry_after("120", datetime(2025, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Wed, 01 Jan 2025 00:01:00 GMT", datetime(2025, 1, 1, tzinfo=UTC))
    60.0
    """
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), _DAY)
    date = http_date(value)
    return min(max((date - now).total_seconds(), 0.0), _DAY) if date else None


def http_date(value: str | None) -> datetime | None:
    """The moment of a date in a header; None if it is none."""
    try:
        date = parsedate_to_datetime(value or "")
    except (ValueError, OverflowError):
        return None
    return date.replace(tzinfo=date.tzinfo or UTC)


def _now() -> float:
    return asyncio.get_running_loop().time()
