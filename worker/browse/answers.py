"""Whole pages kept for some seconds, for readers who are not signed in: what many ask for at once is made once.

A page is what its address (with the host, which Datasette's own pages repeat), its query and the language cookie say;
nothing else of a request changes it, unless somebody is signed in. Then nothing is kept and nothing kept is given.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any

from worker.browse.headers import Asgi, Message, Receive, Send
from worker.browse.language import COOKIE

SECONDS = 15.0
"""How old a page may be. What the worker files is seen that much later."""

ROOM = 32 * 1024**2
"""Bytes of pages that are kept; those asked for longest ago go first."""

SIGNED_IN = "ds_actor"
"""Datasette's cookie of whoever is signed in."""

_KEPT = re.compile(
    r"/|/(search|indicators|offices|programmes|documents|conflicts|sources|schema|news)|/named/\d+|/news/article/\d+"
    r"|/news/facts"
)
"""The pages of the site, the list of tables and the table of facts; Datasette's own follow its own rules."""

Key = tuple[str, bytes, str, bytes, str]
"""Scheme, host, path, query and language."""


@dataclass(slots=True)
class _Answer:
    at: float
    messages: list[Message]

    @property
    def size(self) -> int:
        return sum(len(message.get("body", b"")) for message in self.messages)

    @property
    def keeps(self) -> bool:
        """Is it a page that is the same for everybody?"""
        start = self.messages[0]
        names = {name.lower() for name, _ in start.get("headers", [])}
        return start["status"] == 200 and b"set-cookie" not in names


@dataclass(slots=True)
class Answers:
    """The pages that are kept."""

    _kept: OrderedDict[Key, _Answer] = field(default_factory=OrderedDict)
    _making: dict[Key, asyncio.Future[None]] = field(default_factory=dict)
    _size: int = 0

    def fresh(self, key: Key) -> list[Message] | None:
        """A page that is young enough."""
        answer = self._kept.get(key)
        if answer is None or time.monotonic() - answer.at > SECONDS:
            return None
        self._kept.move_to_end(key)
        return answer.messages

    def put(self, key: Key, messages: list[Message]) -> None:
        """Keep a page, if it is one that may be."""
        answer = _Answer(time.monotonic(), messages)
        if not answer.keeps or answer.size > ROOM // 8:
            return
        self._drop(key)
        self._kept[key] = answer
        self._size += answer.size
        while self._size > ROOM:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        if (gone := self._kept.pop(key, None)) is not None:
            self._size -= gone.size

    async def wait(self, key: Key) -> list[Message] | None:
        """The page, once somebody else has made it; None for who is to make it, and must call `done`."""
        while (making := self._making.get(key)) is not None:
            await asyncio.shield(making)
            if (messages := self.fresh(key)) is not None:
                return messages
        self._making[key] = asyncio.get_running_loop().create_future()
        return None

    def done(self, key: Key) -> None:
        """Let those go on who wait for the page."""
        self._making.pop(key).set_result(None)


def with_answers(app: Asgi) -> Asgi:
    """The application, with its pages kept."""
    answers = Answers()

    async def wrapped(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        key = key_of(scope)
        if key is None:
            await app(scope, receive, send)
        elif (kept := answers.fresh(key) or await answers.wait(key)) is not None:
            for message in kept:
                await send(message)
        else:
            messages: list[Message] = []

            async def keep(message: Message) -> None:
                messages.append(message)
                await send(message)

            try:
                await app(scope, receive, keep)
                answers.put(key, messages)
            finally:
                answers.done(key)

    return wrapped


def key_of(scope: MutableMapping[str, Any]) -> Key | None:
    """What a request asks for, where it may be answered with a page that is kept."""
    if scope["type"] != "http" or scope["method"] != "GET" or not _KEPT.fullmatch(scope["path"]):
        return None
    headers = dict(scope["headers"])
    if b"authorization" in headers:
        return None
    try:
        cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        return None
    if SIGNED_IN in cookies or "ds_messages" in cookies:
        return None
    language = cookies[COOKIE].value if COOKIE in cookies else ""
    return scope["scheme"], headers.get(b"host", b""), scope["path"], scope.get("query_string", b""), language
