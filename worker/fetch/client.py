"""The transport that speaks HTTP with the real web, politely.

One `Client` serves all sources of a process: hosts have one queue each, sources one session each (connections and
cookies). One fetch, in order: is the address allowed, does robots.txt allow it, wait for one's turn, ask, read, and
once more for every redirect.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Self

import httpx

from worker.fetch import LONGEST_VALIDATOR, FetchError, body, challenge, failures, guard, tls
from worker.fetch.politeness import Holds, Host, Patience, http_date, retry_after
from worker.fetch.robots import LIMIT as ROBOTS_LIMIT
from worker.fetch.robots import TOKEN, Robots
from worker.fetch.session import Session
from worker.models import Capture

if TYPE_CHECKING:
    from types import TracebackType

    from protego import Protego

    from worker.config import Source

MAX_REDIRECTS = 10
_ROBOTS_REDIRECTS = 5  # RFC 9309 2.3.1.2: at least five
_REDIRECT_BODY = 64 * 1024

_NOTHING_BUT_URI = re.compile(r"[!-~]*")
_CONTACT = re.compile(r"(https?://|mailto:)?[\x21-\x27\x2a-\x7e]+(\.|@)[\x21-\x27\x2a-\x7e]+")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    asked: tuple[tuple[str, str], ...]  # the request's headers
    headers: tuple[tuple[str, str], ...]
    body: bytes
    certificate: tuple[datetime, datetime] | None
    redirect: httpx.URL | None = None


class Client:
    """A `Transport` over HTTP/1.1 and HTTP/2.

    `contact` is a web or e-mail address under which whoever runs the program can be reached; every request names it, or
    says that there is none. `patience` says how long to go on trying, `resolve` how names become addresses; `holds`
    keeps over a restart which hosts said when to come back.

    Raises:
        ValueError: `contact` is no address.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        patience: Patience | None = None,
        resolve: guard.Resolve = guard.resolve,
        holds: Holds | None = None,
    ) -> None:
        if contact is not None and not _CONTACT.fullmatch(contact):
            raise ValueError(f"{contact!r} is no contact: write a web or e-mail address, such as archive@example.org")
        self.user_agent = f"{TOKEN}/{version(TOKEN)} (keeps an archive of news; contact: {contact or 'not given'})"
        self._patience = patience or Patience()
        self._resolve = resolve
        self._holds = holds
        self._robots = Robots(self._patience)
        self._sessions: dict[str, Session] = {}
        self._hosts: dict[str, Host] = {}
        self._swept_at = 0.0

    async def fetch(
        self, url: str, source: Source, *, etag: str | None = None, last_modified: str | None = None
    ) -> Capture:
        """The capture of `url`. See `Transport.fetch`; `source` says how its host is treated and reached."""
        headers = _conditions(etag, last_modified)
        address = asked = _address(url)
        passed: list[str] = []
        challenged = False
        await self._sweep()
        while True:
            try:
                answer = await self._visit(address, source, headers)
            except FetchError as error:
                raise _of(url, error) from None
            if not challenged and (cookie := challenge.cookie(answer.status, answer.body)):
                challenged = True
                (await self._session(source)).remember(*cookie, host=address.raw_host.decode("ascii"))
                continue
            if answer.redirect is None:
                break
            passed.append(str(address) if passed else url)
            if len(passed) > MAX_REDIRECTS:
                raise FetchError(url, _too_many(passed, str(answer.redirect)))
            address = answer.redirect.copy_with(fragment=None)
            if not _is_twin(asked, address):
                headers = {}  # they speak of the page that was asked for, not of one that stands in its place
        if answer.status == 304 and not headers:
            raise FetchError(url, "the server answered 304 (Not Modified), though nothing was said of an earlier copy")
        return Capture(
            url=url if _NOTHING_BUT_URI.fullmatch(url) and not passed else str(address),  # what was sent
            fetched_at=datetime.now(UTC),
            status=answer.status,
            body=b"" if answer.status == 304 else answer.body,
            headers=answer.headers,
            redirected_from=tuple(passed),
            request_headers=answer.asked,
            certificate=answer.certificate,
        )

    async def _visit(self, url: httpx.URL, source: Source, headers: dict[str, str]) -> _Answer:
        """One hop: guard and robots.txt, then the request."""
        guard.check(url, source)
        delay = source.politeness.delay
        if source.politeness.robots == "obey":
            rules = await self._rules(url, source)
            if not rules.can_fetch(str(url), TOKEN):
                raise FetchError(str(url), "the site's robots.txt forbids it", permanent=True)
            delay = max(delay, min(rules.crawl_delay(TOKEN) or 0.0, self._patience.longest_crawl_delay))
        return await self._ask(url, source, headers, delay=delay)

    async def _rules(self, url: httpx.URL, source: Source) -> Protego:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        return await self._robots.rules(origin, partial(self._get_robots, source))

    async def _get_robots(self, source: Source, url: str) -> tuple[int, bytes]:
        address = httpx.URL(url)
        for _ in range(_ROBOTS_REDIRECTS + 1):
            guard.check(address, source)
            answer = await self._ask(address, source, {}, delay=source.politeness.delay, limit=ROBOTS_LIMIT)
            if answer.redirect is None:
                return answer.status, answer.body
            address = answer.redirect
        return 404, b""  # RFC 9309 2.3.1.2: too many redirects are as good as no file

    async def _ask(
        self, url: httpx.URL, source: Source, headers: dict[str, str], *, delay: float, limit: int | None = None
    ) -> _Answer:
        """Ask until there is an answer, at most `patience.attempts` times, each in its turn.

        The pauses between the attempts are the host's, not this request's: that is why no retry library does it.
        """
        host = self._host(_host_key(url))
        before: failures.Failed | None = None
        for left in reversed(range(self._patience.attempts)):
            try:
                async with host.turn(delay=delay, concurrency=source.politeness.concurrency):
                    answer = await self._once(url, source, headers, limit)
            except failures.NETWORK as error:
                failed = failures.explain(error)
            except failures.Failed as error:
                failed = error
            else:
                host.succeeded()
                return answer
            if failed.held and before:  # it was asked for, and that is why it failed
                failed = before
            elif failed.again:
                before = failed
                wait = host.failed(failed.reason, failed.retry_after)
                if self._holds and (failed.retry_after or 0) > self._patience.longest_wait:
                    self._holds.hold(_host_key(url), wait, failed.reason)
                if left and wait <= self._patience.longest_wait:
                    continue
            raise FetchError(
                str(url),
                failed.reason,
                retry_after=failed.retry_after,
                permanent=failed.permanent,
                held=failed.held,
                asked=not failed.held,
            )
        raise AssertionError("attempts is at least 1")

    def ask_anew(self) -> None:
        """Wait no longer, of our own accord, with hosts whose robots.txt could not be had: somebody wants to see."""
        self._robots.forget_failures()

    def _host(self, key: str) -> Host:
        """The queue of a host; one that said before a restart when to come back is held until then."""
        host = self._hosts.get(key)
        if host is None:
            host = self._hosts[key] = Host(self._patience)
            if self._holds and (held := self._holds.held(key)):
                host.hold(*held)
        return host

    async def _once(self, url: httpx.URL, source: Source, headers: dict[str, str], limit: int | None) -> _Answer:
        """One request within the source's time-out, to the end of its body."""
        session = await self._session(source)
        answered = False
        try:
            async with asyncio.timeout(source.network.timeout), session.ask(url, headers) as response:
                answered = True
                if response.status_code in failures.BUSY or response.status_code >= 500:
                    there = http_date(response.headers.get("date")) or datetime.now(UTC)
                    wait = retry_after(response.headers.get("retry-after"), there)
                    raise failures.status(response.status_code, wait)
                return await _read(response, limit)
        except TimeoutError:
            raise failures.late(source.network.timeout, answered=answered) from None

    async def _session(self, source: Source) -> Session:
        session = self._sessions.get(source.id)
        if session is not None and session.network != source.network:
            del self._sessions[source.id]
            await session.aclose()
            session = None
        if session is None:
            session = Session(source, user_agent=self.user_agent, resolve=self._resolve)
            self._sessions[source.id] = session
        return session

    async def _sweep(self) -> None:
        """Close connections that rest, and forget hosts that nobody asks: memory follows what is being crawled."""
        now = asyncio.get_running_loop().time()
        if now - self._swept_at < self._patience.sweep_every:
            return
        self._swept_at = now
        self._robots.forget_stale()
        self._hosts = {key: host for key, host in self._hosts.items() if not host.idle}
        for session in list(self._sessions.values()):
            if not session.running and now - session.used_at > self._patience.sweep_every:
                await session.rest()

    async def aclose(self) -> None:
        """Close every connection and forget the cookies."""
        sessions, self._sessions = list(self._sessions.values()), {}
        for session in sessions:
            await session.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers of a conditional request; a validator that no header can carry, or no server takes, is left out."""
    said = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {
        name: value
        for name, value in said.items()
        if value and len(value) <= LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    }


async def _read(response: httpx.Response, limit: int | None) -> _Answer:
    """The answer, read to its end. With `limit` what goes beyond is left; without, body.LIMIT holds."""
    parts = response.status_code, _text(response.request.headers), _text(response.headers)
    valid = tls.validity(response.extensions.get("network_stream"))
    announced = _announced(response)
    if response.next_request is not None:
        if announced is not None and announced <= _REDIRECT_BODY:  # read, so that the connection can be used again
            await body.read(response.aiter_raw(), "", limit=_REDIRECT_BODY, truncate=True)
        return _Answer(*parts, b"", valid, redirect=response.next_request.url)
    if limit is None and announced is not None and announced > body.LIMIT:
        raise body.TooBig
    packing = response.headers.get("content-encoding", "")
    truncate = limit is not None
    whole = await body.read(response.aiter_raw(), packing, limit=limit or body.LIMIT, truncate=truncate)
    return _Answer(*parts, whole, valid)


def _text(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)


def _announced(response: httpx.Response) -> int | None:
    length = response.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 18 else None


def _address(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url).copy_with(fragment=None)
    except (httpx.InvalidURL, TypeError, ValueError):
        raise FetchError(url, "it is no web address", permanent=True) from None
    guard.check_no_password(address)
    return address


def _of(url: str, error: FetchError) -> FetchError:
    """The error as that of the address that was asked for; where it met a redirect's target, the reason names it."""
    asked, met = _address(url), httpx.URL(error.url)
    held = error.held and _host_key(asked) == _host_key(met)
    again, reason = error.retry_after, error.reason
    if error.url not in (url, str(asked)):
        reason = f"{reason} ({error.url})"
        again = max(again or 0.0, failures.SELDOM) if error.permanent else again  # to be led there cost a request
    nobody = held and not error.asked
    return FetchError(url, reason, retry_after=again, permanent=error.permanent, held=held, asked=not nobody)


def _host_key(url: httpx.URL) -> str:
    """Who is asked: a host name; another port is another server, but http and https are one, and so is www."""
    host = url.raw_host.decode("ascii").rstrip(".").removeprefix("www.")
    return host if url.port is None else f"{host}:{url.port}"


def _is_twin(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether two addresses are one page's: another scheme, or the host with www."""
    return one.raw_path == other.raw_path and _host_key(one) == _host_key(other)


def _too_many(passed: list[str], last: str) -> str:
    if last in passed:
        return f"its redirects go in a circle (back to {last})"
    return f"it redirects more than {MAX_REDIRECTS} times (last to {last})"
