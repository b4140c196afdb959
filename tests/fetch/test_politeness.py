"""The queue of a host. Time is made up: it jumps to the next moment at which something happens."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.fetch.politeness import HeldError, Host, Patience, retry_after

T = TypeVar("T")
NOW = datetime(2025, 1, 1, tzinfo=UTC)


class _Jumping(selectors.DefaultSelector):
    """A selector that does not wait: it moves the clock."""

    ahead = 0.0

    def select(self, timeout: float | None = None) -> Any:
        self.ahead += timeout or 0.0
        return super().select(0)


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run without waiting."""
    selector = _Jumping()
    loop = asyncio.SelectorEventLoop(selector)
    loop.time = lambda: selector.ahead  # type: ignore[method-assign]
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()


def now() -> float:
    return asyncio.get_running_loop().time()


async def starts(host: Host, count: int, *, delay: float, concurrency: int = 1, takes: float = 0.0) -> list[float]:
    """When so many requests start that all come at once and take so long each."""
    begun: list[float] = []

    async def one() -> None:
        async with host.turn(delay=delay, concurrency=concurrency):
            begun.append(now())
            await asyncio.sleep(takes)

    await asyncio.gather(*(one() for _ in range(count)))
    return begun


def gaps(begun: list[float]) -> list[float]:
    return [round(later - earlier, 6) for earlier, later in pairwise(begun)]


def test_two_requests_are_a_delay_apart_and_never_tick():
    apart = gaps(run(starts(Host(Patience()), 40, delay=2.0)))
    assert all(2.0 <= gap <= 3.0 for gap in apart)
    assert len(set(apart)) > 20


def test_a_slow_answer_is_awaited_before_the_next_request():
    assert all(gap >= 7.0 for gap in gaps(run(starts(Host(Patience()), 5, delay=2.0, takes=7.0))))


def test_so_many_requests_run_at_once_as_a_source_allows():
    async def most() -> int:
        host, running, peak = Host(Patience()), 0, 0

        async def one() -> None:
            nonlocal running, peak
            async with host.turn(delay=0, concurrency=3):
                running += 1
                peak = max(peak, running)
                await asyncio.sleep(1)
                running -= 1

        await asyncio.gather(*(one() for _ in range(20)))
        return peak

    assert run(most()) == 3


def test_who_comes_first_is_served_first():
    async def order() -> list[int]:
        host, served = Host(Patience()), []

        async def one(number: int) -> None:
            async with host.turn(delay=1, concurrency=1):
                served.append(number)

        await asyncio.gather(*(one(number) for number in range(10)))
        return served

    assert run(order()) == list(range(10))


def test_one_who_gives_up_waiting_leaves_the_queue_intact():
    async def begun() -> list[float]:
        host = Host(Patience())
        async with host.turn(delay=2, concurrency=1):
            waiting = asyncio.create_task(starts(host, 1, delay=2))
            await asyncio.sleep(0)
            waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        return await starts(host, 2, delay=2)

    assert len(run(begun())) == 2


def test_failures_in_a_row_make_longer_and_longer_pauses_up_to_a_cap():
    async def pauses() -> list[float]:
        host = Host(Patience(backoff=1, backoff_cap=60))
        return [host.failed("it answered 500", None) for _ in range(12)]

    waits = run(pauses())
    for wait, middle in zip(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60], strict=True):
        assert 0.75 * middle <= wait <= 1.25 * middle


def test_a_success_makes_the_next_failure_a_first_one():
    async def wait() -> float:
        host = Host(Patience(backoff=1))
        for _ in range(5):
            host.failed("it answered 500", None)
        host.succeeded()
        return host.failed("it answered 500", None)

    assert run(wait()) <= 1.25


def test_what_a_host_asks_for_holds_its_whole_queue():
    async def begun() -> list[float]:
        host = Host(Patience(longest_wait=30))
        host.failed("it answered 429", 20.0)
        return await starts(host, 3, delay=1)

    assert run(begun())[0] >= 20.0


def test_a_longer_hold_is_not_sat_out_and_says_why_and_for_how_long():
    async def ask() -> None:
        host = Host(Patience(longest_wait=30))
        host.failed("the server answered 503", 3600.0)
        await asyncio.sleep(600)
        async with host.turn(delay=1, concurrency=1):
            pass

    with pytest.raises(HeldError, match="503") as caught:
        run(ask())
    assert caught.value.seconds == pytest.approx(3000)


def test_a_hold_that_comes_while_one_waits_is_seen():
    async def ask() -> None:
        host = Host(Patience(longest_wait=30))
        async with host.turn(delay=10, concurrency=2):
            waiting = asyncio.create_task(starts(host, 1, delay=10, concurrency=2))
            await asyncio.sleep(1)
            host.failed("the server answered 429", 600.0)
        await waiting

    with pytest.raises(HeldError):
        run(ask())


def test_after_a_hold_the_host_is_asked_again_however_often_it_failed():
    async def begun() -> list[float]:
        host = Host(Patience(longest_wait=30, backoff_cap=300))
        for _ in range(1000):
            host.failed("it answered 500", None)
        await asyncio.sleep(400)
        return await starts(host, 1, delay=0)

    assert len(run(begun())) == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Wed, 01 Jan 2025 00:02:00 GMT", 120),
        ("Wednesday, 01-Jan-25 00:02:00 GMT", 120),
        ("Tue, 31 Dec 2024 00:00:00 GMT", 0),
        ("99999999999999999999", 86400),
        ("Wed, 01 Jan 2031 00:00:00 GMT", 86400),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("Wed, 01 Jan 2025 00:00:99999999999999999999 GMT", None),
        ("Wed, 01 Jan 2025 00:00:00 +99999999999999999999", None),
        ("٣", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str | None, seconds: float | None):
    assert retry_after(value, NOW) == seconds


def test_a_host_whose_failures_are_long_ago_is_forgotten_like_any_other():
    async def idle() -> list[bool]:
        host = Host(Patience(backoff=1.0, backoff_cap=300.0))
        seen = [host.idle]
        host.failed("it is down", None)
        for wait in (10.0, 300.0):
            seen.append(host.idle)
            await asyncio.sleep(wait)
        return [*seen, host.idle]

    assert run(idle()) == [True, False, False, True]


@given(st.text(max_size=60))
def test_any_retry_after_gives_nothing_or_at_most_a_day(value: str):
    wait = retry_after(value, NOW)
    assert wait is None or 0 <= wait <= 86400
