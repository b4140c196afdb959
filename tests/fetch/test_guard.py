"""Nothing but the public internet is connected to, and the connection goes to the address that was checked."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from ipaddress import IPv4Address, ip_address

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fetch.conftest import HURRY, local, of
from tests.web.faults import PAGE, Faults
from worker.fetch import FetchError, guard
from worker.fetch.client import Client
from worker.models import Capture

REFUSED = {
    "127.0.0.1": "loopback",
    "127.1.2.3": "loopback",
    "::1": "loopback",
    "10.0.0.1": "private",
    "172.16.0.1": "private",
    "192.168.1.1": "private",
    "100.64.0.1": "private",
    "fc00::1": "private",
    "169.254.169.254": "link-local",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "224.0.0.1": "multicast",
    "ff02::1": "multicast",
    "0.0.0.0": "unspecified",  # noqa: S104 - refused, not bound to
    "::": "unspecified",
    "240.0.0.1": "reserved",
    "255.255.255.255": "reserved",
    "192.0.2.1": "reserved",
    "198.18.0.1": "reserved",
    "192.0.0.192": "reserved",
    "192.88.99.1": "reserved",
    "3fff::1": "reserved",
    "::127.0.0.1": "reserved",
    "::ffff:0:10.0.0.1": "reserved",
    "fec0::1": "private",
    "2001:4860::5efe:10.0.0.1": "private",
    "2001:4860::200:5efe:a9fe:a9fe": "link-local",
    "168.63.129.16": "metadata service",
    "100.100.100.200": "metadata service",
    "fd00:ec2::254": "metadata service",
    "::ffff:127.0.0.1": "loopback",
    "::ffff:169.254.169.254": "link-local",
    "2002:7f00:0001::": "loopback",
    "64:ff9b::a00:1": "private",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe": "private",  # Teredo, whose client is 10.0.0.1
    "localhost": "no IP address",
}


@pytest.mark.parametrize(("address", "reason"), REFUSED.items())
def test_an_address_of_no_public_host_is_refused(address: str, reason: str):
    assert guard.refusal(address, allow_private=False) == reason


@pytest.mark.parametrize("address", ["8.8.8.8", "203.162.0.181", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_a_public_address_is_allowed(address: str):
    assert guard.refusal(address, allow_private=False) is None


@pytest.mark.parametrize(("address", "reason"), REFUSED.items())
def test_allow_private_opens_private_and_loopback_addresses_and_no_others(address: str, reason: str):
    opened = reason in ("private", "loopback")
    assert guard.refusal(address, allow_private=True) == (None if opened else reason)


@given(st.ip_addresses(v=4))
@settings(deadline=None)
def test_no_spelling_of_an_ipv4_address_gets_through_where_the_address_itself_does_not(ip: IPv4Address):
    plain = guard.refusal(str(ip), allow_private=False)
    packed = int(ip)
    for spelling in (
        f"::ffff:{ip}",
        str(ip_address((0x64FF9B << 96) + packed)),
        f"2002:{packed >> 16:x}:{packed & 0xFFFF:x}::",
    ):
        assert guard.refusal(spelling, allow_private=False) == plain


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://a.example/", "no http or https"),
        ("file:///etc/passwd", "no http or https"),
        ("gopher://127.0.0.1:6379/_x", "no http or https"),
        ("http://", "no http or https"),
        ("http://a b.example/", "no http or https"),
        ("http://user:secret@a.example/", "user name or password"),
        ("http://a.example:22/", "port 22 is not allowed"),
        ("https://a.example:6379/", "port 6379 is not allowed"),
    ],
)
def test_schemes_passwords_and_odd_ports_are_refused_before_anything_is_asked(url: str, words: str):
    asked = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["8.8.8.8"]

    async def run() -> None:
        async with Client(patience=HURRY, resolve=resolve) as client:
            await client.fetch(url, local(politeness={"robots": "ignore"}))

    with pytest.raises(FetchError, match=words) as caught:
        asyncio.run(run())
    assert caught.value.permanent
    assert "secret" not in str(caught.value)
    assert asked == []


@pytest.mark.parametrize("port", [80, 443, 8080, 8443, 81])
def test_ports_that_are_listed_or_that_the_source_itself_names_are_allowed(port: int):
    source = local("http://a.example:81/", discover={"feeds": ["https://a.example/rss"]})
    guard.check(httpx.URL(f"http://a.example:{port}/"), source)
    with pytest.raises(FetchError, match="port"):
        guard.check(httpx.URL(f"http://a.example:{port + 7}/"), source)


def test_ports_can_be_added():
    guard.check(httpx.URL("http://a.example:9000/"), local(network={"ports": [9000]}))
    with pytest.raises(FetchError, match="port"):
        guard.check(httpx.URL("http://a.example:9000/"), local())


def answering(*answers: list[str]):
    """A resolver that gives each of these answers once, then the last for ever."""
    left = list(answers)

    async def resolve(host: str, port: int) -> list[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


def outcome(addresses: list[list[str]], *, allow_private: bool, host: str = "portal.test") -> bytes | FetchError:
    async def run() -> bytes | FetchError:
        async with Faults() as web, Client(patience=HURRY, resolve=answering(*addresses)) as client:
            network = {"allow_private": allow_private, "ports": [web.port], "timeout": 5}
            try:
                return (await client.fetch(web.url("good", host), local(network=network))).body
            except FetchError as error:
                return error

    return asyncio.run(run())


def test_a_name_that_leads_to_the_loopback_is_refused_and_the_setting_is_named():
    error = outcome([["127.0.0.1"]], allow_private=False)
    assert isinstance(error, FetchError)
    assert error.permanent
    assert "portal.test leads to 127.0.0.1, which is a loopback address" in error.reason
    assert "network.allow_private would allow it" in error.reason


def test_the_metadata_service_is_refused_whatever_the_setting():
    error = outcome([["169.254.169.254"]], allow_private=True)
    assert isinstance(error, FetchError)
    assert error.permanent
    assert "allow_private" not in error.reason


def test_the_connection_goes_to_the_address_that_was_checked():
    assert (
        outcome([["127.0.0.1"]], allow_private=True) == PAGE
    )  # portal.test does not exist: only the checked address can


def test_a_name_that_changes_its_address_between_check_and_connection_gains_nothing():
    # One resolution a connection: robots.txt is asked at the first address; had the page's request resolved again and
    # connected unchecked, it would have reached the second.
    assert outcome([["127.0.0.1"], ["169.254.169.254"]], allow_private=True) == PAGE


def test_private_addresses_of_a_name_are_passed_over_where_it_has_others():
    assert outcome([["169.254.169.254", "127.0.0.1"]], allow_private=True) == PAGE


def test_the_next_address_is_tried_where_the_first_does_not_answer():
    assert outcome([["127.0.0.2", "127.0.0.1"]], allow_private=True) == PAGE  # the server listens on 127.0.0.1 alone


@contextmanager
def swallowing(address: str, port: int) -> Iterator[None]:
    """An address that answers nothing, as one behind a broken route: its queue of connections is full."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind((address, port))
        listener.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((address, port))
        yield


def test_an_address_that_swallows_everything_does_not_take_the_turn_of_the_next():
    async def run() -> Capture:
        async with Faults() as web, Client(patience=HURRY, resolve=answering(["127.0.0.9", "127.0.0.1"])) as client:
            with swallowing("127.0.0.9", web.port):
                network = {"ports": [web.port], "timeout": 5}
                return await client.fetch(web.url("good", "portal.test"), local(network=network))

    assert asyncio.run(run()).body == PAGE


def test_where_a_site_has_many_addresses_of_a_kind_that_does_not_work_here_the_other_kind_has_its_turn():
    nowhere = [f"fd00::{number}" for number in range(1, 7)]
    assert outcome([[*nowhere, "127.0.0.1"]], allow_private=True) == PAGE


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1"])
def test_other_spellings_of_an_address_are_resolved_and_then_refused(host: str):
    async def run() -> None:
        async with Client(patience=HURRY) as client:
            await client.fetch(
                f"http://{host}/", local(network={"allow_private": False}, politeness={"robots": "ignore"})
            )

    with pytest.raises(FetchError, match="loopback"):
        asyncio.run(run())


def test_a_redirect_is_checked_like_a_first_request(client: Client):
    async def run() -> None:
        async with Faults() as web, client:
            source = of(web, politeness={"robots": "ignore"})
            with pytest.raises(FetchError, match="link-local") as caught:
                await client.fetch(web.url("redirect-to-metadata"), source)
            assert caught.value.permanent
            assert caught.value.url == web.url("redirect-to-metadata")
            assert "http://169.254.169.254/" in str(caught.value)

    asyncio.run(run())
