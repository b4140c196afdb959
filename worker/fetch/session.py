"""One source's connections and cookies: an httpx client whose network is guarded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, cast

import httpcore
import httpx
import structlog

from worker.fetch import body, tls
from worker.fetch.guard import GuardedBackend, Resolve

if TYPE_CHECKING:
    from worker.config import Source

_KEEP_ALIVE = 15.0
"""Seconds that an idle connection is kept: more than the longest usual delay, less than servers wait."""

_COOKIES = 100
_COOKIE_BYTES = 6 * 1024
"""A site that sets more cookies, or larger ones, is not meant to be remembered: its jar is emptied. Servers take some
8 KB of headers, and answer 400 to more, for ever, if nobody forgot."""

_ASKED = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi,en;q=0.5",
    "Accept-Encoding": body.ACCEPT,
}

log = structlog.get_logger()


class Session:
    """The connections of one source, with its TLS setting, its guard and its cookies.

    Raises:
        tls.TlsError: the TLS setting cannot be used.
    """

    def __init__(self, source: Source, *, user_agent: str, resolve: Resolve) -> None:
        self.network = source.network
        self.used_at = 0.0
        self.running = 0
        self._source_id = source.id
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls.context(source.network),
            max_connections=source.politeness.concurrency + 2,  # one more host after a redirect, one for robots.txt
            max_keepalive_connections=source.politeness.concurrency,
            keepalive_expiry=_KEEP_ALIVE,
            http2=True,
            network_backend=GuardedBackend(
                allow_private=source.network.allow_private, timeout=source.network.timeout, resolve=resolve
            ),
        )
        self._jar = CookieJar(_Sendable())
        self._client = httpx.AsyncClient(
            transport=_Wire(self._pool),
            cookies=self._jar,
            headers={"User-Agent": user_agent, **_ASKED},
            timeout=None,  # noqa: S113 - the caller has a deadline for the whole of a request
            follow_redirects=False,
            trust_env=False,
        )
        self._extensions = {} if source.network.tls == "strict" else {"trace": self._log_tls}

    @asynccontextmanager
    async def ask(self, url: httpx.URL, headers: dict[str, str]) -> AsyncIterator[httpx.Response]:
        """GET, with the body unread; closed at the end. Raises what httpcore, ssl and the guard raise."""
        self.running += 1
        kept = [len(cookie.name) + len(cookie.value or "") for cookie in self._jar]
        if len(kept) > _COOKIES or sum(kept) > _COOKIE_BYTES:
            self._jar.clear()
        try:
            request = self._client.build_request("GET", url, headers=headers, extensions=self._extensions)
            response = await self._client.send(request, stream=True)
            try:
                yield response
            finally:
                await response.aclose()
        finally:
            self.running -= 1
            self.used_at = asyncio.get_running_loop().time()

    def remember(self, name: str, value: str, *, host: str) -> None:
        """Keep a cookie that a script of `host` set."""
        self._client.cookies.set(name, value, domain=host)

    async def _log_tls(self, event: str, info: dict[str, Any]) -> None:
        """httpcore's trace: every connection whose TLS is weaker than usual is logged."""
        if event == "connection.start_tls.started":
            host = info["server_hostname"]
            log.warning("TLS is weakened by a setting", source=self._source_id, host=host, tls=self.network.tls)

    async def rest(self) -> None:
        """Close the connections and keep the cookies; the next request opens new ones."""
        await self._pool.aclose()

    async def aclose(self) -> None:
        """Close everything."""
        await self._client.aclose()


class _Sendable(DefaultCookiePolicy):
    """Takes the cookies that a header can carry: no others could ever be sent back."""

    def set_ok(self, cookie: Cookie, request: Any) -> bool:
        text = f"{cookie.name}{cookie.value or ''}{cookie.path}"
        return text.isascii() and text.isprintable() and super().set_ok(cookie, request)


class _Wire(httpx.AsyncBaseTransport):
    """httpcore's pool as httpx's transport. httpcore's own errors pass: they hold the cause, httpx's only its text."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        stream = _Stream(cast("AsyncIterator[bytes]", answer.stream))
        return httpx.Response(answer.status, headers=answer.headers, stream=stream, extensions=answer.extensions)

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, stream: AsyncIterator[bytes]) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        if (close := getattr(self._stream, "aclose", None)) is not None:
            await close()
