"""What the client makes of each misbehaviour: what comes out, how often it asked, and what it reports."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass

import pytest

from tests.fetch.conftest import local, of
from tests.web.faults import CHALLENGE, FAULTS, PAGE, Faults
from worker.fetch import FetchError
from worker.fetch.client import Client
from worker.fetch.politeness import Patience
from worker.models import Capture


@dataclass(frozen=True)
class Archived:
    """The fetch gives a capture of this body and status, after so many requests."""

    body: bytes = PAGE
    status: int = 200
    asked: int = 1


@dataclass(frozen=True)
class Reported:
    """The fetch fails, after so many requests, with these words; `refused` is FetchError.permanent."""

    words: str
    asked: int = 3
    refused: bool = False
    retry_after: tuple[float, float] | None = None


A_MONTH = (30 * 86400, 30 * 86400)
"""To find out that a page is too large, or leads to where nothing is fetched, costs its site something each time."""

SLOW = {"stall-before-answer", "stall-in-headers", "stall-in-body", "stall-once", "drip"}
"""These are given half a second; all others have time, so that a busy machine does not fail them."""

EXPECTED: dict[str, Archived | Reported] = {
    # right, however odd
    "good": Archived(),
    "not-found": Archived(b"not here", 404),
    "gone": Archived(b"gone", 410),
    "forbidden": Archived(b"no", 403),
    "soft-not-found": Archived("<h1>Không tìm thấy trang</h1>".encode()),
    "empty": Archived(b""),
    "no-content": Archived(b"", 204),
    "wrong-charset": Archived(),
    "early-hints": Archived(),
    "no-length": Archived(),
    "redirect-to-nowhere": Archived(b"", 302),
    "redirect-to-conditional": Archived(),
    "labelled-gzip-but-plain": Archived(),
    "conditional": Archived(),
    "conditional-without-www": Archived(),
    "needs-cookie": Archived(asked=2),
    "odd-cookie": Archived(),
    "large-cookies": Archived(),
    "needs-cookie-by-script": Archived(asked=2),
    "needs-cookie-by-script-for-ever": Archived(CHALLENGE, asked=2),
    "gzip": Archived(PAGE * 20),
    "deflate": Archived(),
    "raw-deflate": Archived(),
    "moved": Archived(),
    "length-too-short": Archived(PAGE[:-10]),
    "farewell-after-answer": Archived(),
    # broken for a moment
    "drop-once": Archived(asked=2),
    "stall-once": Archived(asked=2),
    "error-once": Archived(asked=2),
    "busy-once-seconds": Archived(asked=2),
    "busy-once-date": Archived(asked=2),
    # broken connections
    "drop": Reported("the server closed the connection without an answer"),
    "reset": Reported("the connection was reset"),
    "reset-in-headers": Reported("the connection was reset"),
    "reset-in-body": Reported("the connection was reset"),
    "drop-in-headers": Reported("the server closed the connection without an answer"),
    "length-too-long": Reported(f"the body broke off after {len(PAGE)} of {len(PAGE) + 100} bytes"),
    "no-last-chunk": Reported("the body broke off"),
    # slow
    "stall-before-answer": Reported("no answer came within 0.5 s"),
    "stall-in-headers": Reported("no answer came within 0.5 s"),
    "stall-in-body": Reported("the answer was not finished within 0.5 s"),
    "drip": Reported("the answer was not finished within 0.5 s"),
    # harmful bodies
    "gzip-bomb": Reported("it is larger than 15 MB", asked=1, refused=True, retry_after=A_MONTH),
    "endless": Reported("it is larger than 15 MB", asked=1, refused=True, retry_after=A_MONTH),
    "huge-by-announcement": Reported("it is larger than 15 MB", asked=1, refused=True, retry_after=A_MONTH),
    "gzip-cut": Reported("its packed body breaks off"),
    "gzip-damaged": Reported("its packed body is damaged"),
    "brotli-unasked": Reported("its body is packed as br, which was not asked for"),
    # no HTTP
    "garbage": Reported("the answer breaks the rules of HTTP"),
    "no-status-line": Reported("the answer breaks the rules of HTTP"),
    "two-lengths": Reported("the answer breaks the rules of HTTP"),
    "broken-chunk": Reported("the answer breaks the rules of HTTP"),
    "huge-headers": Reported("the answer breaks the rules of HTTP"),
    "not-modified-unasked": Reported("answered 304 (Not Modified), though nothing was said", asked=1),
    # redirects
    "redirect-chain": Archived(),
    "redirect-circle": Reported("its redirects go in a circle", asked=6),
    "redirect-circle-back": Reported("its redirects go in a circle", asked=6),
    "redirect-to-file": Reported("it is no http or https address", asked=1, refused=True, retry_after=A_MONTH),
    "redirect-to-script": Reported("it redirects to something that is no address", asked=1),
    "redirect-to-metadata": Reported("is a link-local address", asked=1, refused=True, retry_after=A_MONTH),
    "redirect-to-odd-port": Reported("port 22 is not allowed", asked=1, refused=True, retry_after=A_MONTH),
    "redirect-to-no-host": Reported("it is no http or https address", asked=1, refused=True, retry_after=A_MONTH),
    "redirect-to-no-name": Reported("it redirects to something that is no address", asked=1),
    "redirect-to-no-address": Reported("it is no http or https address", asked=1, refused=True, retry_after=A_MONTH),
    # busy
    "error": Reported("the server answered 500 (Internal Server Error)"),
    "unknown-error": Reported("the server answered 525"),
    "busy-for-an-hour": Reported("the server answered 503 (Service Unavailable)", asked=1, retry_after=(3600, 3600)),
    "busy-until-a-date": Reported("the server answered 503 (Service Unavailable)", asked=1, retry_after=(7100, 7200)),
}


def test_every_fault_has_an_expectation():
    """Listings are fetched as any page is; what is found on them is told in tests/discover/test_faults.py."""
    listings = {name for name in FAULTS if "listing" in name or "sitemap" in name}
    assert set(EXPECTED) == set(FAULTS) - listings


@pytest.mark.parametrize("name", EXPECTED)
def test_a_fault_is_archived_or_reported(name: str, client: Client):
    async def run() -> tuple[Capture | FetchError, int]:
        async with Faults() as web, client:
            try:
                source = of(web, network={"timeout": 0.5 if name in SLOW else 20})
                outcome: Capture | FetchError = await client.fetch(web.url(name), source)
            except FetchError as error:
                outcome = error
            return outcome, web.asked[name]

    outcome, asked = asyncio.run(run())
    expected = EXPECTED[name]
    if isinstance(expected, Archived):
        assert isinstance(outcome, Capture), outcome
        assert (outcome.body, outcome.status) == (expected.body, expected.status)
    else:
        assert isinstance(outcome, FetchError), outcome
        assert expected.words in str(outcome)
        assert "\n" not in str(outcome)
        assert outcome.permanent == expected.refused
        if expected.retry_after is None:
            assert outcome.retry_after is None
        else:
            assert expected.retry_after[0] <= outcome.retry_after <= expected.retry_after[1]
    assert asked == expected.asked


def test_a_refused_connection_is_tried_again_and_reported(client: Client):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    async def run() -> None:
        async with client:
            home = f"http://127.0.0.1:{port}/"
            await client.fetch(home, local(home, politeness={"robots": "ignore"}))

    with pytest.raises(FetchError, match="the connection was refused") as caught:
        asyncio.run(run())
    assert not caught.value.permanent


def test_a_connection_that_the_server_closed_between_two_pages_is_replaced(client: Client):
    async def run() -> tuple[list[Capture], int]:
        async with Faults() as web, client:
            first = await client.fetch(web.url("farewell-after-answer"), of(web))
            await asyncio.sleep(0.05)
            return [first, await client.fetch(web.url("good"), of(web))], web.connections

    captures, connections = asyncio.run(run())
    assert [capture.status for capture in captures] == [200, 200]
    assert connections == 2


def test_pages_of_one_host_share_a_connection(client: Client):
    async def run() -> int:
        async with Faults() as web, client:
            for page in range(5):
                await client.fetch(web.url(f"good?{page}"), of(web))
            return web.connections

    assert asyncio.run(run()) == 1


def test_after_a_deadline_the_next_page_is_fetched_by_the_same_session():
    patience = Patience(attempts=1, backoff=0.01)

    async def run() -> Capture:
        async with Faults() as web, Client(patience=patience) as client:
            source = of(web, network={"timeout": 1.5})
            for name in ("stall-in-body", "stall-before-answer"):
                with pytest.raises(FetchError):
                    await client.fetch(web.url(name), source)
            return await client.fetch(web.url("good"), source)

    assert asyncio.run(run()).body == PAGE
