"""A loopback web of several hosts: each has an address of its own in 127.0.0.0/8 and a port that the system chose.

    with serve(NukeViet(stories=...), Liferay(stories=...)) as web:
        httpx.get(web.url_of(portal))
        web.hits[portal.host, "/robots.txt"]

A host is anything with `answer(request, hit) -> Answer`. Where an answer's `script` is set it gets the connection
itself, and may break every rule of HTTP with it.
"""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

MAX_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came: `path` with its query, header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One response. Content-Length is added; the body is gzipped for clients that accept it when `compress` is set.

    `script` takes the connection over instead, before anything is sent; it is closed afterwards.
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    compress: bool = False
    delay: float = 0.0
    script: Script | None = None


class Host(Protocol):
    """What answers at one address. `base` is set to that address, with a slash at the end, when serving begins.

    With an attribute `tls` (an ssl.SSLContext) it speaks https under its own name, which the client has to resolve.
    """

    host: str
    base: str

    def answer(self, request: Request, hit: int) -> Answer:
        """The response to a request; `hit` counts the requests for this path, from 1."""
        ...


@dataclass(slots=True)
class Web:
    """The hosts while they are served, and what was asked of them."""

    hosts: dict[str, Host] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)  # host's name -> address, for those that speak https
    hits: Counter[tuple[str, str]] = field(default_factory=Counter)  # (host's name, path with query) -> requests
    bodies: Counter[tuple[str, str]] = field(default_factory=Counter)  # likewise -> answers that were not just 304
    requests: list[tuple[str, Request]] = field(default_factory=list)  # (host's name, request), in order of arrival
    connections: Counter[str] = field(default_factory=Counter)  # host's name -> connections accepted
    errors: list[Exception] = field(default_factory=list)  # what the hosts themselves raised; serve raises the first

    def url_of(self, host: Host | str, path: str = "/") -> str:
        """The address of a path of a host, which is named or given."""
        name = host if isinstance(host, str) else host.host
        return self.hosts[name].base.rstrip("/") + path

    def asked(self, host: Host | str) -> list[str]:
        """The paths that were asked of a host, in order."""
        name = host if isinstance(host, str) else host.host
        return [request.path for asked, request in self.requests if asked == name]


@contextmanager
def serve(*hosts: Host) -> Iterator[Web]:
    """Serve hosts from a thread of their own until the block is left. The first stands at 127.0.0.1."""
    web = Web(hosts={host.host: host for host in hosts})
    if len(web.hosts) < len(hosts):
        raise ValueError("two hosts have the same name")
    started: threading.Event = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    failure: list[BaseException] = []

    def run() -> None:
        try:
            loop.run_until_complete(_serve(web, started, stop))
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits for the start
            failure.append(error)
        finally:
            loop.close()
            started.set()

    thread = threading.Thread(target=run, name="tests.web", daemon=True)
    thread.start()
    started.wait()
    if failure:
        raise failure[0]
    try:
        yield web
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        if broken := [*failure, *web.errors]:
            raise broken[0]


async def _serve(web: Web, started: threading.Event, stop: asyncio.Event) -> None:
    servers: list[asyncio.Server] = []
    open_connections: set[asyncio.Task[None]] = set()
    try:
        for number, host in enumerate(web.hosts.values()):
            address = f"127.0.{number // 250}.{number % 250 + 1}"
            tls = getattr(host, "tls", None)
            server = await asyncio.start_server(
                _accept(web, host, open_connections), address, 0, limit=MAX_HEAD, ssl=tls
            )
            web.addresses[host.host] = address
            name = f"https://{host.host}" if tls else f"http://{address}"
            host.base = f"{name}:{server.sockets[0].getsockname()[1]}/"
            servers.append(server)
        started.set()
        await stop.wait()
    finally:
        for server in servers:
            server.close()
        for task in open_connections:
            task.cancel()
        await asyncio.gather(*open_connections, return_exceptions=True)
        await asyncio.sleep(0)  # lets the transports finish their closing


def _accept(
    web: Web, host: Host, open_connections: set[asyncio.Task[None]]
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]:
    def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        web.connections[host.host] += 1
        task = asyncio.get_running_loop().create_task(_converse(web, host, reader, writer))
        open_connections.add(task)
        task.add_done_callback(open_connections.discard)

    return accepted


async def _converse(web: Web, host: Host, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one kept-alive connection."""
    try:
        while (request := await _read(reader)) is not None:
            web.requests.append((host.host, request))
            web.hits[host.host, request.path] += 1
            answer = host.answer(request, web.hits[host.host, request.path])
            if answer.delay:
                await asyncio.sleep(answer.delay)
            if answer.script is not None:
                await answer.script(reader, writer)
                return
            web.bodies[host.host, request.path] += answer.status != HTTPStatus.NOT_MODIFIED
            writer.write(_bytes(answer, request))
            await writer.drain()
            if request.headers.get("connection", "").lower() == "close":
                return
    except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        pass  # the client has gone, or speaks no HTTP: either way there is nobody to tell
    except Exception as error:  # noqa: BLE001 - kept for the test that is running, see Web.errors
        web.errors.append(error)
    finally:
        writer.close()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request, None at the end of the connection."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, _, rest = first.partition(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length") or 0))
    return Request(method, rest.rpartition(" ")[0], headers, body)


def _bytes(answer: Answer, request: Request) -> bytes:
    body = answer.body
    lines = [
        f"HTTP/1.1 {answer.status} {_phrase(answer.status)}",
        *(f"{name}: {value}" for name, value in answer.headers),
    ]
    if answer.compress and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 1, mtime=0)
        lines += ["Content-Encoding: gzip", "Vary: Accept-Encoding"]
    if answer.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Length: {len(body)}")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    return head if request.method == "HEAD" or answer.status == HTTPStatus.NOT_MODIFIED else head + body


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
