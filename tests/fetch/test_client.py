"""What the client says to a site, and what it remembers of it."""

from __future__ import annotations

import asyncio

import pytest

from tests.fetch.conftest import HURRY, local, of
from tests.web.faults import PAGE, Faults
from worker.fetch import FetchError, Transport
from worker.fetch.client import MAX_REDIRECTS, Client
from worker.fetch.politeness import Patience
from worker.models import Capture


def test_a_client_is_a_transport(client: Client):
    assert isinstance(client, Transport)


def test_every_request_names_the_program_and_a_contact(client: Client):
    async def run() -> set[str]:
        async with Faults() as web, client:
            await client.fetch(web.url("good"), of(web))
            return {request.headers["user-agent"] for request in web.seen}

    (agent,) = asyncio.run(run())
    assert agent.startswith("union-news-archive/")
    assert "archive@example.org" in agent


@pytest.mark.parametrize("contact", ["https://example.org/bot", "mailto:a@example.org", "archive@example.org"])
def test_a_contact_is_a_web_or_mail_address(contact: str):
    assert contact in Client(contact=contact).user_agent


@pytest.mark.parametrize("contact", ["", "me", "a@b.c\r\nX-Evil: 1", "Nguyễn Văn A", "a b@example.org"])
def test_what_is_no_contact_is_refused(contact: str):
    with pytest.raises(ValueError, match="is no contact"):
        Client(contact=contact)


def test_a_capture_holds_what_was_asked_and_answered(client: Client):
    async def run() -> tuple[Capture, str]:
        async with Faults() as web, client:
            return await client.fetch(web.url("wrong-charset#part"), of(web)), web.url("wrong-charset#part")

    capture, url = asyncio.run(run())
    assert capture.url == url
    assert (capture.status, capture.body, capture.charset) == (200, PAGE, "utf-16")
    assert capture.header("content-length") == str(len(PAGE))
    assert dict(capture.request_headers)["Accept-Encoding"] == "gzip, deflate"
    assert capture.redirected_from == ()
    assert capture.fetched_at.tzinfo is not None


def test_a_fragment_is_not_sent(client: Client):
    async def run() -> list[str]:
        async with Faults() as web, client:
            await client.fetch(web.url("good#part"), of(web))
            return [request.target for request in web.seen]

    assert asyncio.run(run()) == ["robots.txt", "good"]


def test_a_redirect_is_followed_and_remembered(client: Client):
    async def run() -> tuple[Capture, Faults]:
        async with Faults() as web, client:
            return await client.fetch(web.url("moved"), of(web)), web

    capture, web = asyncio.run(run())
    assert capture.url.endswith("/good?from=moved")
    assert len(capture.redirected_from) == 1
    assert capture.redirected_from[0].endswith("/moved")
    assert web.connections == 1


@pytest.mark.parametrize("hops", [MAX_REDIRECTS, MAX_REDIRECTS + 1])
def test_ten_redirects_are_followed_and_no_more(client: Client, hops: int):
    async def run() -> Capture | FetchError:
        async with Faults() as web, client:
            try:
                return await client.fetch(web.url(f"redirect-chain?{hops}"), of(web))
            except FetchError as error:
                return error

    outcome = asyncio.run(run())
    if hops <= MAX_REDIRECTS:
        assert isinstance(outcome, Capture)
        assert len(outcome.redirected_from) == hops
    else:
        assert "redirects more than 10 times" in str(outcome)


def test_an_unchanged_page_costs_a_304(client: Client):
    async def run() -> list[Capture]:
        async with Faults() as web, client:
            source = of(web)
            first = await client.fetch(web.url("conditional"), source)
            etag, day = first.header("etag"), first.header("last-modified")
            url = web.url("conditional")
            return [
                first,
                await client.fetch(url, source, etag=etag),
                await client.fetch(url, source, last_modified=day),
                await client.fetch(url, source, etag='"another"'),
                await client.fetch(url, source, etag='"một"'),  # no header can carry it: the page is asked for anew
            ]

    first, by_tag, by_day, *changed = asyncio.run(run())
    assert [capture.status for capture in (first, by_tag, by_day, *changed)] == [200, 304, 304, 200, 200]
    assert by_tag.body == by_day.body == b""
    assert by_tag.header("etag") == '"one"'


def test_a_page_that_stands_in_the_place_of_the_one_asked_for_is_not_asked_for_with_its_conditions(client: Client):
    async def run() -> Capture:
        async with Faults() as web, client:
            return await client.fetch(web.url("redirect-to-conditional"), of(web), etag='"one"')

    capture = asyncio.run(run())
    assert capture.url.endswith("/conditional")
    assert (capture.status, capture.body) == (200, PAGE)  # its state is called "one" too, and is another page's


def test_the_twin_to_which_an_address_only_leads_is_asked_for_with_its_conditions():
    async def loopback(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async def run() -> int:
        async with Faults() as web, Client(patience=HURRY, resolve=loopback) as client:
            url = web.url("conditional-without-www", "www.hoi.test")
            return (await client.fetch(url, of(web), etag='"one"')).status

    assert asyncio.run(run()) == 304


def test_a_validator_longer_than_servers_take_is_not_sent_back(client: Client):
    async def run() -> list[int]:
        async with Faults() as web, client:
            await client.fetch(web.url("good"), of(web), etag=f'"{"x" * 9000}"', last_modified="y" * 9000)
            return [sum(map(len, request.headers.values())) for request in web.seen]

    assert max(asyncio.run(run())) < 1000


def test_cookies_last_for_a_session_and_belong_to_a_source(client: Client):
    async def run() -> list[int]:
        async with Faults() as web, client:
            asked = []
            for source in (of(web, id="one"), of(web, id="one"), of(web, id="two")):
                before = web.asked["needs-cookie"]
                await client.fetch(web.url("needs-cookie"), source)
                asked.append(web.asked["needs-cookie"] - before)
            return asked

    assert asyncio.run(run()) == [2, 1, 2]


def test_a_cookie_that_no_header_can_carry_is_left_and_the_site_is_read_on(client: Client):
    async def run() -> str:
        async with Faults() as web, client:
            for _ in range(2):
                await client.fetch(web.url("odd-cookie"), of(web))
            return web.seen[-1].headers["cookie"]

    assert asyncio.run(run()) == "next=page"


def test_a_site_that_sets_a_cookie_a_page_is_never_sent_more_than_servers_read(client: Client):
    async def run() -> set[int]:
        async with Faults() as web, client:
            return {(await client.fetch(web.url("large-cookies"), of(web))).status for _ in range(20)}

    assert asyncio.run(run()) == {200}


def test_a_host_that_asks_for_an_hour_is_left_alone_whatever_the_page(client: Client):
    async def run() -> tuple[FetchError, int]:
        async with Faults() as web, client:
            source = of(web)
            with pytest.raises(FetchError):
                await client.fetch(web.url("busy-for-an-hour"), source)
            with pytest.raises(FetchError) as caught:
                await client.fetch(web.url("good"), source)
            return caught.value, web.asked["good"]

    error, asked = asyncio.run(run())
    assert asked == 0
    assert 3500 < (error.retry_after or 0) <= 3600
    assert "is left alone" in str(error)
    assert "503" in str(error)


@pytest.mark.parametrize(("one", "other"), [("www.hoi.test", "hoi.test"), ("hoi.test", "www.hoi.test.")])
def test_a_host_and_its_twin_with_www_are_one_server_and_have_one_queue(one: str, other: str):
    async def loopback(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async def run() -> int:
        async with Faults() as web, Client(patience=HURRY, resolve=loopback) as client:
            for host, page in ((one, "busy-for-an-hour"), (other, "good")):
                with pytest.raises(FetchError):
                    await client.fetch(web.url(page, host), of(web))
            return web.asked["good"]

    assert asyncio.run(run()) == 0


def test_a_host_in_trouble_does_not_hold_up_others(client: Client):
    async def run() -> Capture:
        async with Faults() as troubled, Faults() as well, client:
            with pytest.raises(FetchError):
                await client.fetch(troubled.url("busy-for-an-hour"), of(troubled, id="troubled"))
            return await client.fetch(well.url("good"), of(well, id="well"))

    assert asyncio.run(run()).body == PAGE


def test_a_source_whose_network_settings_change_gets_new_connections(client: Client):
    async def run() -> None:
        async with Faults() as web, client:
            await client.fetch(web.url("good"), of(web))
            with pytest.raises(FetchError, match="loopback"):
                await client.fetch(web.url("good"), of(web, network={"allow_private": False}))

    asyncio.run(run())


def test_a_fetch_can_be_cancelled_and_leaves_the_client_usable(client: Client):
    async def run() -> Capture:
        async with Faults() as web, client:
            task = asyncio.create_task(client.fetch(web.url("stall-before-answer"), of(web)))
            while not web.asked["stall-before-answer"]:
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return await client.fetch(web.url("good"), of(web))

    assert asyncio.run(run()).body == PAGE


def test_leaving_the_client_closes_its_connections(client: Client):
    async def run() -> None:
        async with Faults() as web:
            async with client:
                await client.fetch(web.url("good"), of(web))
                assert web.open_connections
            async with asyncio.timeout(20):
                while web.open_connections:
                    await asyncio.sleep(0.01)

    asyncio.run(run())


def test_connections_that_rest_are_closed_and_opened_again():
    async def run() -> tuple[int, bytes]:
        patience = Patience(backoff=0.01, sweep_every=0.0)
        async with Faults() as web, Client(patience=patience) as client:
            await client.fetch(web.url("good"), of(web, id="one"))
            await client.fetch(web.url("good"), of(web, id="two"))
            capture = await client.fetch(web.url("good"), of(web, id="one"))
            return web.connections, capture.body

    assert asyncio.run(run()) == (3, PAGE)


def test_an_address_that_is_none_is_refused(client: Client):
    async def run() -> None:
        async with client:
            for url in ("", "tin-tuc", "http://[half", "http://a\x00b/", "https://" + "a" * 70_000):
                with pytest.raises(FetchError) as caught:
                    await client.fetch(url, local())
                assert caught.value.permanent

    asyncio.run(run())


def test_a_vietnamese_address_is_sent_percent_encoded(client: Client):
    async def run() -> str:
        async with Faults() as web, client:
            await client.fetch(web.url("tin-tức/hội nghị"), of(web))
            return web.seen[-1].target

    assert asyncio.run(run()) == "tin-t%E1%BB%A9c/h%E1%BB%99i%20ngh%E1%BB%8B"


def test_the_order_of_two_hosts_is_theirs_alone():
    """A slow host's queue does not wait for another's pages, nor they for it."""

    async def run() -> bool:
        async with Faults() as slow, Faults() as quick, Client(patience=HURRY) as client:
            waiting = asyncio.create_task(client.fetch(slow.url("stall-before-answer"), of(slow, id="slow")))
            await asyncio.gather(*(client.fetch(quick.url(f"good?{n}"), of(quick, id="quick")) for n in range(10)))
            undisturbed = not waiting.done()
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            return undisturbed

    assert asyncio.run(run())
