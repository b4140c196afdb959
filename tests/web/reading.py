"""Reading the tests' web the way a crawl does, without one: a capture from a real socket, a memory of earlier pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.request import urlopen

from tests.web.portal import TODAY
from worker.models import IN_BODY, Capture, Memory, Refined, Sighting

NOW = TODAY.astimezone(UTC) + timedelta(hours=1)
"""When every page is taken to have been fetched: on the day that the portals' clocks show."""


def capture(url: str) -> Capture:
    """The response to a GET request."""
    with urlopen(url, timeout=10) as response:  # noqa: S310 - addresses of the tests' own web
        return Capture(
            url=url,
            fetched_at=NOW,
            status=response.status,
            body=response.read(),
            headers=tuple(response.getheaders()),
        )


def page(url: str, html: str) -> Capture:
    """A page as if it had been fetched."""
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Capture(url=url, fetched_at=NOW, status=200, body=html.encode(), headers=headers)


def remember(pages: Iterable[Refined]) -> Memory:
    """What those pages of one source taught, counted as models.Sighting says."""
    seen: dict[int, Sighting] = {}
    count = 0
    for refined in pages:
        count += 1
        inside = {block.digest for block in refined.blocks if block.label in IN_BODY}
        for digest in {block.digest for block in refined.blocks}:
            before = seen.get(digest, Sighting(0, 0))
            seen[digest] = Sighting(before.pages + 1, before.in_body + (digest in inside))
    return Memory(pages=count, seen=seen)
