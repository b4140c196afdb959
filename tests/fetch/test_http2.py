"""HTTP/2, and its ways of going wrong."""

from __future__ import annotations

import asyncio

import pytest

from tests.fetch.conftest import HURRY, local, loopback
from tests.web.faults import PAGE
from tests.web.faults_h2 import Http2Faults
from worker.fetch import FetchError
from worker.fetch.client import Client
from worker.models import Capture

pytestmark = pytest.mark.usefixtures("our_root")


def fetched(*names: str, timeout: float = 20) -> tuple[list[Capture | FetchError], Http2Faults]:
    """What becomes of these addresses, fetched one after another by one client, and the server."""

    async def run() -> tuple[list[Capture | FetchError], Http2Faults]:
        outcomes: list[Capture | FetchError] = []
        async with Http2Faults() as web, Client(patience=HURRY, resolve=loopback) as client:
            source = local(web.url(""), network={"timeout": timeout})
            for name in names:
                try:
                    outcomes.append(await client.fetch(web.url(name), source))
                except FetchError as error:
                    outcomes.append(error)
            return outcomes, web

    return asyncio.run(run())


def test_pages_of_a_host_come_over_one_connection():
    outcomes, web = fetched("good", "good?2", "good?3")
    assert [outcome.body for outcome in outcomes if isinstance(outcome, Capture)] == [PAGE] * 3
    assert web.connections == 1


@pytest.mark.parametrize("name", ["goaway-once", "reset-stream-once"])
def test_an_exchange_that_the_server_ends_is_tried_again(name: str):
    outcomes, web = fetched(name)
    assert isinstance(outcomes[0], Capture)
    assert outcomes[0].body == PAGE
    assert web.asked[name] == 2


@pytest.mark.parametrize("name", ["goaway", "reset-stream"])
def test_an_exchange_that_the_server_always_ends_is_reported(name: str):
    (outcome,), web = fetched(name)
    assert isinstance(outcome, FetchError)
    assert "the server ended the HTTP/2 exchange" in outcome.reason
    assert not outcome.permanent
    assert web.asked[name] == 3


def test_after_a_goaway_the_next_page_is_asked_for_on_a_new_connection():
    outcomes, web = fetched("goaway-after-answer", "good")
    assert all(isinstance(outcome, Capture) for outcome in outcomes)
    assert web.connections == 2


def test_a_body_that_ends_too_early_is_reported():
    (outcome,), web = fetched("body-cut")
    assert isinstance(outcome, FetchError)
    assert web.asked["body-cut"] == 3


def test_a_stream_that_never_answers_meets_the_deadline_and_the_connection_lives_on():
    outcomes, _ = fetched("silent", "good", timeout=1)
    assert isinstance(outcomes[0], FetchError)
    assert "no answer came within 1 s" in outcomes[0].reason
    assert isinstance(outcomes[1], Capture)
