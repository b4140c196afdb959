"""A web server that misbehaves on purpose, after the habit of Scrapy's mock server.

Every fault has an address: `Faults().url("stall-before-answer")`. Bytes are written by hand, so that the server can
break every rule. What was asked for is kept (`asked`), so that a test can say how often a client tried.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl

PAGE = "<!doctype html><title>Trang thử</title><p>Hội nghị tổng kết công tác Hội năm 2024.</p>".encode()
CHALLENGE = b'<script>document.cookie="D1N=5e6f";window.location.href="/"</script>'
BOMB_SIZE = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked: path with query, headers (lower-case names), and the how-manieth request of that path."""

    target: str
    headers: dict[str, str]
    number: int


Fault = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]
FAULTS: dict[str, Fault] = {}


def fault(name: str) -> Callable[[Fault], Fault]:
    """Give a fault its address."""

    def keep(behave: Fault) -> Fault:
        FAULTS[name] = behave
        return behave

    return keep


def answer(body: bytes = PAGE, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """A whole answer; `length` lies about the body's."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    if not any(header.lower().startswith("content-type:") for header in headers):
        lines.append("Content-Type: text/html; charset=utf-8")
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def redirect(to: str, *headers: str) -> bytes:
    """An answer that leads elsewhere."""
    return answer(b"", "302 Found", f"Location: {to}", *headers)


def reset(writer: asyncio.StreamWriter) -> None:
    """End the connection with a TCP reset instead of a farewell."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def forever() -> None:
    """Say nothing more until the server is closed."""
    await asyncio.Event().wait()


@dataclass(slots=True)
class Faults:
    """The server, on a free port of 127.0.0.1. `robots` answers for /robots.txt (404 where it is None)."""

    robots: Fault | None = None
    tls: ssl.SSLContext | None = None
    asked: Counter[str] = field(default_factory=Counter)
    seen: list[Request] = field(default_factory=list)
    connections: int = 0
    _server: asyncio.Server | None = None
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def open_connections(self) -> int:
        """How many connections nobody has closed yet."""
        return len(self._open)

    def url(self, target: str, host: str = "127.0.0.1") -> str:
        """The address of a fault."""
        return f"{'http' if self.tls is None else 'https'}://{host}:{self.port}/{target}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.connections += 1
        try:
            while not writer.is_closing() and (request := await self._read(reader)):
                await self._behave(request, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client left, or the test is over
        finally:
            self._open.discard(task)
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> Request | None:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        target = first.split(" ")[1].removeprefix("/")
        headers = {name.lower(): value.strip() for line in lines if line for name, _, value in [line.partition(":")]}
        self.asked[target] += 1
        request = Request(target, headers, self.asked[target])
        self.seen.append(request)
        return request

    async def _behave(self, request: Request, writer: asyncio.StreamWriter) -> None:
        name = request.target.partition("?")[0]
        known = {**FAULTS, "robots.txt": self.robots or FAULTS["not-found"]}
        await known.get(name, FAULTS["good"])(request, writer)
        if not writer.is_closing():
            await writer.drain()


def plain(name: str, data: bytes, *, close: bool = False) -> None:
    """A fault that always writes the same bytes."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        if close:
            await writer.drain()
            writer.close()

    FAULTS[name] = behave


def at_first(name: str, first: bytes, then: bytes | None = None) -> None:
    """A fault that goes away: the first answer, then a good one."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(first if request.number == 1 else then or answer())

    FAULTS[name] = behave


# ---- Answers that are right, however odd ---------------------------------------------------------------------------

plain("good", answer())
plain("not-found", answer(b"not here", "404 Not Found"))
plain("gone", answer(b"gone", "410 Gone"))
plain("forbidden", answer(b"no", "403 Forbidden"))
plain("soft-not-found", answer("<h1>Không tìm thấy trang</h1>".encode()))
plain("empty", answer(b""))
plain("no-content", b"HTTP/1.1 204 No Content\r\n\r\n")
plain("wrong-charset", answer(PAGE, "200 OK", "Content-Type: text/html; charset=utf-16"))
plain("early-hints", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + answer())
plain("no-length", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, close=True)
plain("redirect-to-nowhere", answer(b"", "302 Found"))
plain("redirect-to-conditional", redirect("/conditional"))
plain("labelled-gzip-but-plain", answer(PAGE, "200 OK", "Content-Encoding: gzip"))


@fault("needs-cookie")
async def _needs_cookie(request: Request, writer: asyncio.StreamWriter) -> None:
    seen = "seen=yes" in request.headers.get("cookie", "")
    writer.write(answer() if seen else redirect("/needs-cookie", "Set-Cookie: seen=yes; Path=/"))


@fault("odd-cookie")
async def _odd_cookie(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(PAGE, "200 OK", "Set-Cookie: ten=Hội; Path=/", "Set-Cookie: next=page; Path=/"))


@fault("large-cookies")
async def _large_cookies(request: Request, writer: asyncio.StreamWriter) -> None:
    """A cookie more for each page; as usual, more than 8 KB of them are not read."""
    if len(request.headers.get("cookie", "")) > 8000:
        writer.write(answer(b"Request Header Or Cookie Too Large", "400 Bad Request"))
    else:
        writer.write(answer(PAGE, "200 OK", f"Set-Cookie: read{request.number}={'x' * 900}; Path=/"))


@fault("needs-cookie-by-script")
async def _needs_cookie_by_script(request: Request, writer: asyncio.StreamWriter) -> None:
    script = b'<script>document.cookie="D1N=1a"+2;document.cookie="D1N=3c4d; path=/";location.reload()</script>'
    writer.write(answer() if "D1N=3c4d" in request.headers.get("cookie", "") else answer(script))


@fault("needs-cookie-by-script-for-ever")
async def _challenge_for_ever(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(CHALLENGE))


@fault("conditional")
async def _conditional(request: Request, writer: asyncio.StreamWriter) -> None:
    tag, day = '"one"', "Wed, 01 Jan 2025 00:00:00 GMT"
    same = request.headers.get("if-none-match") == tag or request.headers.get("if-modified-since") == day
    if same:
        writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode())
    else:
        writer.write(answer(PAGE, "200 OK", f"ETag: {tag}", f"Last-Modified: {day}"))


@fault("conditional-without-www")
async def _conditional_without_www(request: Request, writer: asyncio.StreamWriter) -> None:
    host = request.headers["host"]
    if host.startswith("www."):
        writer.write(redirect(f"http://{host.removeprefix('www.')}/{request.target}"))
    else:
        await _conditional(request, writer)


# ---- Connections that break ----------------------------------------------------------------------------------------


@fault("drop")
async def _drop(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.close()


@fault("drop-once")
async def _drop_once(request: Request, writer: asyncio.StreamWriter) -> None:
    if request.number == 1:
        writer.close()
    else:
        writer.write(answer())


@fault("reset")
async def _reset(request: Request, writer: asyncio.StreamWriter) -> None:
    reset(writer)


@fault("reset-in-headers")
async def _reset_in_headers(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-")
    await writer.drain()
    await asyncio.sleep(0.02)
    reset(writer)


@fault("reset-in-body")
async def _reset_in_body(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(PAGE, length=len(PAGE) * 2))
    await writer.drain()
    await asyncio.sleep(0.02)
    reset(writer)


plain("drop-in-headers", b"HTTP/1.1 200 OK\r\nContent-Type: text", close=True)
plain("length-too-long", answer(PAGE, length=len(PAGE) + 100), close=True)
plain("length-too-short", answer(PAGE, length=len(PAGE) - 10), close=True)
plain("no-last-chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n", close=True)


@fault("farewell-after-answer")
async def _farewell(request: Request, writer: asyncio.StreamWriter) -> None:
    """Promises to keep the connection, and closes it."""
    writer.write(answer(PAGE, "200 OK", "Connection: keep-alive"))
    await writer.drain()
    await asyncio.sleep(0.02)
    writer.close()


# ---- Servers that are slow -----------------------------------------------------------------------------------------


@fault("stall-before-answer")
async def _stall(request: Request, writer: asyncio.StreamWriter) -> None:
    await forever()


@fault("stall-once")
async def _stall_once(request: Request, writer: asyncio.StreamWriter) -> None:
    if request.number == 1:
        await forever()
    writer.write(answer())


@fault("stall-in-headers")
async def _stall_in_headers(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: te")
    await forever()


@fault("stall-in-body")
async def _stall_in_body(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(PAGE, length=len(PAGE) * 2))
    await forever()


@fault("drip")
async def _drip(request: Request, writer: asyncio.StreamWriter) -> None:
    """A byte now and then: no single wait is long, the whole never ends."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.01)


# ---- Bodies that harm ----------------------------------------------------------------------------------------------


@cache
def _bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(1024 * 1024)
    return b"".join(packer.compress(zeros) for _ in range(BOMB_SIZE // len(zeros))) + packer.flush()


@fault("gzip-bomb")
async def _gzip_bomb(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(_bomb(), "200 OK", "Content-Encoding: gzip"))


@fault("endless")
async def _endless(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(b"<p>" * 100_000)
        await writer.drain()


_PACKED = zlib.compress(PAGE * 20, wbits=31)
plain("gzip", answer(_PACKED, "200 OK", "Content-Encoding: gzip"))
plain("gzip-cut", answer(_PACKED[:-20], "200 OK", "Content-Encoding: gzip"))
plain("gzip-damaged", answer(_PACKED[:20] + b"\xff" * 40 + _PACKED[60:], "200 OK", "Content-Encoding: gzip"))
plain("deflate", answer(zlib.compress(PAGE), "200 OK", "Content-Encoding: deflate"))
plain("raw-deflate", answer(zlib.compress(PAGE, wbits=-15), "200 OK", "Content-Encoding: deflate"))
plain("brotli-unasked", answer(b"\x0b\x02\x80page\x03", "200 OK", "Content-Encoding: br"))
plain("huge-by-announcement", answer(b"", length=10 * 1024**3))


# ---- Answers that are no HTTP --------------------------------------------------------------------------------------

plain("garbage", b"\x16\x03\x01 this is no HTTP at all \xff\r\n\r\n", close=True)
plain("no-status-line", PAGE + b"\r\n\r\n", close=True)
plain("two-lengths", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nHello", close=True)
plain("broken-chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nHello\r\n0\r\n\r\n", close=True)
plain("huge-headers", b"HTTP/1.1 200 OK\r\nX-Pad: " + b"x" * 300_000 + b"\r\n\r\n", close=True)
plain("not-modified-unasked", b"HTTP/1.1 304 Not Modified\r\n\r\n")


# ---- Redirects -----------------------------------------------------------------------------------------------------

plain("moved", redirect("/good?from=moved#part"))
plain("redirect-circle", redirect("/redirect-circle-back"))
plain("redirect-circle-back", redirect("/redirect-circle"))
plain("redirect-to-file", redirect("file:///etc/passwd"))
plain("redirect-to-script", redirect("javascript:alert(1)"))
plain("redirect-to-metadata", redirect("http://169.254.169.254/latest/meta-data/"))
plain("redirect-to-odd-port", redirect("http://127.0.0.1:22/"))
plain("redirect-to-no-address", redirect("http://[half"))
plain("redirect-to-no-host", redirect("http://phunu..example/"))
plain("redirect-to-no-name", redirect("http://xn--/"))


@fault("redirect-chain")
async def _redirect_chain(request: Request, writer: asyncio.StreamWriter) -> None:
    """/redirect-chain?12 leads to ?11 and so on, and ?0 is a page."""
    left = int(request.target.partition("?")[2] or 0)
    writer.write(redirect(f"/redirect-chain?{left - 1}") if left else answer())


# ---- Servers that are busy -----------------------------------------------------------------------------------------

at_first("busy-once-seconds", answer(b"", "429 Too Many Requests", "Retry-After: 1"))
at_first("error-once", answer(b"", "500 Internal Server Error"))
plain("error", answer(b"", "500 Internal Server Error"))
plain("unknown-error", answer(b"", "525 Whatever"))
plain("busy-for-an-hour", answer(b"", "503 Service Unavailable", "Retry-After: 3600"))


@fault("busy-once-date")
async def _busy_once_date(request: Request, writer: asyncio.StreamWriter) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
    first = answer(b"", "503 Service Unavailable", f"Retry-After: {date}")
    writer.write(first if request.number == 1 else answer())


@fault("busy-until-a-date")
async def _busy_until_a_date(request: Request, writer: asyncio.StreamWriter) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    writer.write(answer(b"", "503 Service Unavailable", f"Retry-After: {date}"))
