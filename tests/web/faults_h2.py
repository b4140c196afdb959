"""An HTTP/2 server that misbehaves on purpose: every fault has an address, as in tests.web.faults."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Self

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import RequestReceived

from tests.web import faults_tls
from tests.web.faults import PAGE


@dataclass(slots=True)
class Http2Faults:
    """The server, on a free port of 127.0.0.1, as portal.test.

    Addresses: good; goaway (ends the connection instead of answering); goaway-once; goaway-after-answer; reset-stream;
    reset-stream-once; body-cut (ends the stream before Content-Length); silent (never answers).
    """

    asked: Counter[str] = field(default_factory=Counter)
    connections: int = 0
    _server: asyncio.Server | None = None
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    def url(self, target: str) -> str:
        """The address of a fault."""
        assert self._server is not None
        return f"https://portal.test:{self._server.sockets[0].getsockname()[1]}/{target}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=faults_tls.server("portal", "h2"))
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
        connection = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        try:
            while data := await reader.read(65536):
                for event in connection.receive_data(data):
                    if isinstance(event, RequestReceived):
                        self._answer(connection, event)
                writer.write(connection.data_to_send())
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass  # the client left, or the test is over
        finally:
            self._open.discard(task)
            writer.close()

    def _answer(self, connection: H2Connection, event: RequestReceived) -> None:
        target = dict(event.headers)[":path"].removeprefix("/")
        self.asked[target] += 1
        stream, name = event.stream_id, target
        if target.endswith("-once"):
            name = target.removesuffix("-once") if self.asked[target] == 1 else "good"
        if name == "goaway":
            connection.close_connection(ErrorCodes.ENHANCE_YOUR_CALM, last_stream_id=0)
        elif name == "reset-stream":
            connection.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)
        elif name == "robots.txt":
            connection.send_headers(stream, [(":status", "404")], end_stream=True)
        elif name != "silent":
            length = len(PAGE) + 10 * (name == "body-cut")
            headers = [(":status", "200"), ("content-type", "text/html"), ("content-length", str(length))]
            connection.send_headers(stream, headers)
            connection.send_data(stream, PAGE, end_stream=True)
            if name == "goaway-after-answer":
                connection.close_connection(last_stream_id=stream)
