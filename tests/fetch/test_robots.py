"""robots.txt, as RFC 9309 says."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fetch.conftest import of
from tests.web.faults import FAULTS, PAGE, Faults, Request, answer, redirect
from worker.fetch import FetchError
from worker.fetch.client import Client
from worker.fetch.politeness import Patience
from worker.fetch.robots import TOKEN, Robots, parse
from worker.limit import at_most
from worker.models import Capture

HIDE = b"User-agent: *\nDisallow: /hidden\n"


def saying(*answers: bytes):
    """A robots.txt that answers with each of these once, then with the last for ever."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(answers[min(request.number, len(answers)) - 1])

    return behave


def outcome(client: Client, robots, target: str = "good", **changes: object) -> tuple[Capture | FetchError, Faults]:
    async def run() -> tuple[Capture | FetchError, Faults]:
        async with Faults(robots=robots) as web, client:
            try:
                return await client.fetch(web.url(target), of(web, **changes)), web
            except FetchError as error:
                return error, web

    return asyncio.run(run())


def test_what_it_forbids_is_refused_and_never_asked_for(client: Client):
    error, web = outcome(client, saying(answer(HIDE)), "hidden/page")
    assert isinstance(error, FetchError)
    assert error.permanent
    assert "robots.txt forbids it" in str(error)
    assert web.asked["hidden/page"] == 0


def test_it_can_be_ignored_where_the_source_says_so(client: Client):
    capture, web = outcome(client, saying(answer(HIDE)), "hidden/page", politeness={"robots": "ignore"})
    assert isinstance(capture, Capture)
    assert web.asked["robots.txt"] == 0


@pytest.mark.parametrize("status", ["400 Bad Request", "401 No", "403 Forbidden", "404 Not Found", "410 Gone"])
def test_none_at_all_allows_everything(client: Client, status: str):
    capture, _ = outcome(client, saying(answer(HIDE, status)), "hidden/page")
    assert isinstance(capture, Capture)


@pytest.mark.parametrize(
    ("robots", "words"),
    [
        (saying(answer(b"", "500 Internal Server Error")), "the server answered 500"),
        (saying(answer(b"", "429 Too Many Requests")), "the server answered 429"),
        (FAULTS["drop"], "closed the connection without an answer"),
        (FAULTS["stall-before-answer"], "no answer came within 0.5 s"),
        (FAULTS["stall-in-body"], "was not finished within 0.5 s"),
        (FAULTS["gzip-damaged"], "damaged"),
        (FAULTS["length-too-long"], "broke off"),
    ],
)
def test_one_that_cannot_be_had_forbids_everything_for_now(client: Client, robots, words: str):
    error, web = outcome(client, robots, network={"timeout": 0.5})
    assert isinstance(error, FetchError)
    assert not error.permanent
    assert error.retry_after is not None
    assert "robots.txt could not be had" in str(error)
    assert words in str(error)
    assert web.asked["good"] == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00\x01\x02",
        b"<!doctype html><h1>404</h1>",
        b"User-agent\nDisallow /hidden",
        b"Disallow: /hidden",
    ],
    ids=["empty", "binary", "a page", "no colons, no agent", "no agent"],
)
def test_one_that_says_nothing_allows_everything(body: bytes):
    assert parse(body).can_fetch("https://a.vn/good", TOKEN)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: *\nDisallow: /a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", True),
        ("User-agent: *\nDisallow: /*.html$", False),
        (f"User-agent: {TOKEN}\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        (f"User-agent: {TOKEN.upper()}\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        (f"User-agent: {TOKEN}/0.1 (keeps an archive of news)\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        (f"User-agent: other\nUser-agent: {TOKEN}\nDisallow: /a", False),
        (f"User-agent: {TOKEN}\nUser-agent: other\nDisallow: /a", False),
        (f"User-agent: other\nDisallow: /\n\nUser-agent: {TOKEN}\nDisallow: /z", True),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: *\nDisallow: /z\n\nUser-agent: *\nDisallow: /a", False),
        ("\ufeffUser-agent: *\nDisallow: /a", False),
        ("# chú thích\n\nUser-agent: * # mọi máy\n\nDisallow: /a", False),
        ("User-agent: *\rDisallow: /a", False),
    ],
)
def test_groups_and_rules_are_read_as_the_standard_says(text: str, allowed: bool):
    assert parse(text.encode()).can_fetch("https://a.vn/a/b/c.html", TOKEN) is allowed


def test_sitemaps_are_named_wherever_they_stand():
    text = "User-agent: other\nDisallow: /\nSitemap: https://a.vn/s.xml\nUser-agent: *\nAllow: /\nSitemap: /t.xml"
    assert list(parse(text.encode()).sitemaps) == ["https://a.vn/s.xml", "/t.xml"]


def test_it_is_asked_for_once_for_many_pages_also_at_the_same_moment(client: Client):
    async def run() -> int:
        async with Faults(robots=saying(answer(HIDE))) as web, client:
            source = of(web, politeness={"concurrency": 4})
            await asyncio.gather(*(client.fetch(web.url(f"good?{page}"), source) for page in range(8)))
            return web.asked["robots.txt"]

    assert asyncio.run(run()) == 1


def test_a_redirect_of_it_is_followed(client: Client):
    moved = saying(redirect("/rules"))

    async def rules(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(HIDE))

    FAULTS["rules"] = rules
    try:
        error, _ = outcome(client, moved, "hidden/page")
    finally:
        del FAULTS["rules"]
    assert isinstance(error, FetchError)
    assert error.permanent


def test_one_that_redirects_without_end_is_as_good_as_none(client: Client):
    capture, web = outcome(client, saying(redirect("/robots.txt")))
    assert isinstance(capture, Capture)
    assert web.asked["robots.txt"] == 6


def test_a_huge_one_is_read_as_far_as_the_standard_asks(client: Client):
    body = HIDE + b"# " + b"x" * 2_000_000 + b"\nDisallow: /good\n"
    capture, _ = outcome(client, saying(answer(body)))
    assert isinstance(capture, Capture)
    assert capture.body == PAGE


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: robot{n}\n" for n in range(30_000)) + "Disallow: /\n" * 10_000,
        "User-agent: *\n" + "Disallow: /*a*b*c*d*e*f$\n" * 20_000,
        "User-agent: *\n" + "".join(f"Disallow: /{n}\nUser-agent: *\n" for n in range(10_000)),
        "User-agent: *\nsitemap" + " " * 400_000 + "\nuser-agent" + " " * 90_000 + "\n",
    ],
)
def test_a_hostile_one_is_read_in_bounded_time(text: str):
    with at_most(20):  # it raises; a pattern that looks back without end would else take a quarter of an hour to fail
        parse(text.encode()).can_fetch("https://a.vn/" + "abcdef" * 300, TOKEN)


@given(st.binary(max_size=500))
@settings(deadline=None)
def test_no_bytes_break_it(body: bytes):
    parse(body).can_fetch("https://a.vn/x", TOKEN)


class _Site:
    """Answers for robots.txt one after another; an exception is raised."""

    def __init__(self, *answers: tuple[int, bytes] | FetchError) -> None:
        self.answers = list(answers)

    async def get(self, url: str) -> tuple[int, bytes]:
        answer = self.answers.pop(0)
        if isinstance(answer, FetchError):
            raise answer
        return answer


DOWN = FetchError("https://a.vn/robots.txt", "the server answered 500")


def test_it_is_asked_for_again_after_its_time_and_the_old_one_holds_while_it_cannot_be_had():
    async def run() -> None:
        robots, site = Robots(Patience(robots_ttl=0, robots_again=0)), _Site((200, HIDE), DOWN, (200, b""))
        for allowed in (False, False, True):
            rules = await robots.rules("https://a.vn", site.get)
            assert rules.can_fetch("https://a.vn/hidden", TOKEN) is allowed
        assert site.answers == []

    asyncio.run(run())


def test_a_host_whose_robots_txt_failed_is_left_alone_for_a_while_and_then_asked_again():
    async def run() -> None:
        robots, site = Robots(Patience(robots_again=3600)), _Site(DOWN)
        for _ in range(3):
            with pytest.raises(FetchError) as caught:
                await robots.rules("https://a.vn", site.get)
            assert 3500 < (caught.value.retry_after or 0) <= 3600
        again, site = Robots(Patience(robots_again=0)), _Site(DOWN, (404, b""))
        with pytest.raises(FetchError):
            await again.rules("https://a.vn", site.get)
        assert (await again.rules("https://a.vn", site.get)).can_fetch("https://a.vn/", TOKEN)

    asyncio.run(run())


def test_those_of_hosts_without_number_are_kept_in_bounded_room_and_a_site_s_own_is_among_them():
    """Whoever has a domain can lead a crawl to a million hosts, each with rules of ten megabytes."""
    asked: Counter[str] = Counter()
    huge = b"User-agent: *\n" + b"".join(b"Disallow: /*a*%d$\n" % number for number in range(15_000))

    async def get(url: str) -> tuple[int, bytes]:
        asked[url] += 1
        return 200, HIDE if "own" in url else huge

    async def run() -> None:
        robots = Robots(Patience())
        for number in range(20):
            await robots.rules("https://own.vn", get)
            await robots.rules(f"https://r{number}.evil.vn", get)
        await robots.rules("https://r19.evil.vn", get)
        await robots.rules("https://r0.evil.vn", get)

    asyncio.run(run())
    assert asked["https://own.vn/robots.txt"] == asked["https://r19.evil.vn/robots.txt"] == 1
    assert asked["https://r0.evil.vn/robots.txt"] == 2


def test_no_more_hosts_than_so_many_are_kept_whatever_they_say(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("worker.fetch.robots.MOST_HOSTS", 10)
    asked: Counter[str] = Counter()

    async def get(url: str) -> tuple[int, bytes]:
        asked[url] += 1
        raise FetchError(url, "the connection was refused")

    async def run() -> None:
        robots = Robots(Patience())
        for number in [*range(11), 10, 0]:
            with pytest.raises(FetchError):
                await robots.rules(f"https://r{number}.evil.vn", get)

    asyncio.run(run())
    assert asked["https://r0.evil.vn/robots.txt"] == 2
    assert asked["https://r10.evil.vn/robots.txt"] == 1


def test_a_crawl_delay_slows_the_crawl(client: Client):
    async def run() -> float:
        async with Faults(robots=saying(answer(b"User-agent: *\nCrawl-delay: 0.3\n"))) as web, client:
            start = asyncio.get_running_loop().time()
            for page in range(3):
                await client.fetch(web.url(f"good?{page}"), of(web))
            return asyncio.get_running_loop().time() - start

    assert asyncio.run(run()) >= 0.6  # two pauses at the least: a bound from below, which a slow machine keeps too


def test_a_crawl_delay_of_an_hour_is_taken_for_a_mistake():
    client = Client(patience=Patience(longest_crawl_delay=0.01))
    capture, _ = outcome(client, saying(answer(b"User-agent: *\nCrawl-delay: 3600\n")))
    assert isinstance(capture, Capture)
