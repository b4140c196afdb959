"""Getting a page: one contract, two ways of keeping it.

`worker.fetch.client.Client` speaks HTTP with the real web; `worker.fetch.offline.Offline` serves the five saved pages
of seeds/. A crawl is given a `Transport` and does not know which of the two it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

if TYPE_CHECKING:
    from types import TracebackType

    from worker.config import Source
    from worker.models import Capture


LONGEST_VALIDATOR = 1000
"""Characters of an ETag that are sent back; real ones have some dozens, and servers answer 400 to headers of 8 KB."""


class FetchError(Exception):
    """A page could not be had. The message is one sentence that says which and why.

    `reason` is the why without the address. `retry_after` is how many seconds to leave the page (and its host) alone
    before the next try, None where nobody asked for a wait. `permanent` says that trying again is pointless until the
    settings or the site change (robots.txt forbids it, the address is private): such a link is refused, not failed.
    `held` says that the page was not asked for: its host is left alone for now, and so are all other pages of it;
    `asked` is False where nothing else was asked of the host for it either.
    """

    def __init__(
        self,
        url: str,
        reason: str,
        *,
        retry_after: float | None = None,
        permanent: bool = False,
        held: bool = False,
        asked: bool = True,
    ) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason
        self.retry_after = retry_after
        self.permanent = permanent
        self.held = held
        self.asked = asked

    def __str__(self) -> str:
        return f"{self.url} was not fetched: {self.reason}."


@runtime_checkable
class Transport(Protocol):
    """Where captures come from. An async context manager: leaving it closes what it holds open."""

    async def fetch(
        self, url: str, source: Source, *, etag: str | None = None, last_modified: str | None = None
    ) -> Capture:
        """The capture of `url`, fetched the way `source` says.

        With `etag` or `last_modified` (as an earlier capture had them) the request is conditional; an unchanged page
        comes back as a capture with status 304 and an empty body. Answers of any final status are captures (200, 404,
        410, 403 …).

        Raises:
            FetchError: no answer worth keeping was had: connection, time-out, robots.txt, guard, TLS, size, or a server
                that still says 429 or 5xx after the retries.
        """
        ...

    async def __aenter__(self) -> Self:
        """Open it."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what it holds open."""
        ...
