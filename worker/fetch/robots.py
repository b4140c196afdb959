"""robots.txt, as RFC 9309 says: what a host asks crawlers to leave alone, and how slowly it wants to be read.

No file (4xx) allows everything. A file that cannot be had (5xx, 429, time-out, any network error) forbids everything
for now; one that was read before goes on holding. It is asked for again after a day.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from protego import Protego

from worker.fetch import FetchError

if TYPE_CHECKING:
    from worker.fetch.politeness import Patience

LIMIT = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309 2.5: at least 500 KiB); the rest is left."""

TOKEN = "union-news-archive"  # noqa: S105 - a name, not a secret
"""The product token that a robots.txt can address."""

_RULES = 10_000
"""Lines that are kept of the groups that concern us."""

MOST_HOSTS = 4_000
MOST_BYTES = 2 * 1024 * 1024
"""What is kept of all hosts together. Rules take fifty times the room of their text, and whoever has a domain has
millions of hosts that a page can lead to; a thousand sites that mean well have no more than this."""

_AGENT = re.compile(r"\s*user[- ]?agent\s*:?\s*(\S*)", re.IGNORECASE)
_SITEMAP = re.compile(r"\s*site-?maps?(?:\s*:)?\s*\S", re.IGNORECASE)  # no two \s* side by side: quadratic

Get = Callable[[str], Awaitable[tuple[int, bytes]]]
"""A URL in, status and body out (redirects followed). Raises FetchError."""


@dataclass(slots=True)
class _Entry:
    rules: Protego | None = None
    size: int = 0  # bytes of the file that they were read from
    expires: float = 0.0
    error: FetchError | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Robots:
    """The robots.txt files of all hosts, each fetched once a day at most."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._entries: dict[str, _Entry] = {}

    async def rules(self, origin: str, get: Get) -> Protego:
        """What `origin` ("https://host:port") asks for.

        Raises:
            FetchError: its robots.txt could not be had; nothing may be fetched for now.
        """
        entry = self._entries[origin] = self._entries.pop(origin, _Entry())  # behind those not asked for longer
        async with entry.lock:
            now = asyncio.get_running_loop().time()
            if due := now >= entry.expires:
                await self._renew(entry, f"{origin}/robots.txt", get)
                self._make_room()
        if entry.rules is not None:
            return entry.rules
        error = entry.error
        assert error is not None  # noqa: S101 - _renew() sets one of the two
        if error.permanent:
            raise FetchError(error.url, error.reason, permanent=True)
        left = max(entry.expires - asyncio.get_running_loop().time(), 1.0)
        reason = f"{error.reason}; its robots.txt could not be had, so nothing else is asked for the next {left:.0f} s"
        raise FetchError(error.url, reason, retry_after=left, held=True, asked=due and error.asked)

    def forget_failures(self) -> None:
        """Let every robots.txt that could not be had be asked for at the next page, unless its host said when."""
        for entry in self._entries.values():
            if entry.rules is None and entry.error and not (entry.error.permanent or entry.error.retry_after):
                entry.expires = 0.0

    async def _renew(self, entry: _Entry, url: str, get: Get) -> None:
        try:
            status, body = await get(url)
        except FetchError as error:
            # Another one, for what was raised holds all that was in hand then.
            entry.error = FetchError(
                error.url, error.reason, retry_after=error.retry_after, permanent=error.permanent, asked=error.asked
            )
            wait = error.retry_after or self._patience.robots_again
        else:
            said = body if status < 300 else b""
            entry.rules, entry.size = parse(said), len(said)
            wait = self._patience.robots_ttl
        entry.expires = asyncio.get_running_loop().time() + wait

    def _make_room(self) -> None:
        """Forget those that nobody asked for longest, while there are too many. They are asked for anew if need be."""
        count, size = len(self._entries), sum(entry.size for entry in self._entries.values())
        for origin, entry in list(self._entries.items()):
            if count <= MOST_HOSTS and size <= MOST_BYTES:
                return
            if not entry.lock.locked():
                del self._entries[origin]
                count, size = count - 1, size - entry.size

    def forget_stale(self) -> None:
        """Drop what nobody asked for in a long time: a service that runs for months meets many hosts."""
        now = asyncio.get_running_loop().time() - self._patience.robots_ttl
        for origin in [o for o, entry in self._entries.items() if now >= entry.expires and not entry.lock.locked()]:
            del self._entries[origin]


def parse(body: bytes) -> Protego:
    """The rules of a robots.txt, whatever its bytes are: what is no rule is passed over."""
    text = body[:LIMIT].decode("utf-8-sig", "replace")
    return Protego.parse("\n".join(_concerning_us(text.splitlines())))


def _concerning_us(lines: list[str]) -> list[str]:
    """The groups for us or for everyone, and the sitemaps: keeps parsing linear where a file names a million robots."""
    kept: list[str] = []
    ours = heads = False
    for line in lines:
        if match := _AGENT.match(line):
            agent = match[1].lower().partition("/")[0]  # whoever copies it from a log copies the version, too
            mine = agent == "*" or (agent.strip("*") != "" and agent.strip("*") in TOKEN)
            ours = mine or (heads and ours)
            heads = True
            if mine:
                kept.append(f"User-agent: {agent}")
        elif _SITEMAP.match(line):
            kept.append(line)
        elif line.partition("#")[0].strip():
            heads = False
            if ours:
                kept.append(line)
        if len(kept) >= _RULES:
            break
    return kept
