"""A file on the web, copied to the disk through the guarded client: no private address, whatever it redirects to."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx

from worker.config import Network, Source
from worker.fetch import FetchError, failures, guard
from worker.fetch.client import Client
from worker.fetch.session import Session
from worker.imports import ImportFailed

SILENCE = 60.0
"""Seconds without a byte after which a server is given up."""

_MOST_REDIRECTS = 5


def download(url: str, to: Path, *, contact: str | None, allow_private: bool) -> None:
    """Copy what an address gives into a file. Raises ImportFailed with a sentence."""
    try:
        asyncio.run(_download(url, to, contact, allow_private))
    except FetchError as error:
        raise ImportFailed(f"{url} cannot be imported: {error.reason}") from None
    except failures.NETWORK as error:
        raise ImportFailed(f"{url} cannot be imported: {failures.explain(error).reason}") from None


async def _download(url: str, to: Path, contact: str | None, allow_private: bool) -> None:
    at = httpx.URL(url)
    for _ in range(_MOST_REDIRECTS + 1):
        network = Network(allow_private=allow_private)
        source = Source(id="import", name="import", home=str(at), kind="press", network=network)
        guard.check(at, source)
        session = Session(source, user_agent=Client(contact=contact).user_agent, resolve=guard.resolve)
        try:
            to_there = await _once(session, at, to)
        finally:
            await session.aclose()
        if to_there is None:
            return
        at = to_there
    raise ImportFailed(f"{url} cannot be imported: it redirects more than {_MOST_REDIRECTS} times")


async def _once(session: Session, url: httpx.URL, to: Path) -> httpx.URL | None:
    """One request; where it is redirected to, or None where the file is there."""
    async with session.ask(url, {"Accept": "*/*", "Accept-Encoding": "identity"}) as response:
        if response.next_request is not None:
            return response.next_request.url
        if response.status_code != httpx.codes.OK:
            raise ImportFailed(f"{url} cannot be imported: the server answered {response.status_code}")
        pieces = response.aiter_raw()
        with to.open("wb") as file:
            while True:
                try:
                    async with asyncio.timeout(SILENCE):
                        piece = await anext(pieces, None)
                except TimeoutError:
                    raise ImportFailed(f"{url} cannot be imported: nothing came for {SILENCE:.0f} seconds") from None
                if piece is None:
                    return None
                file.write(piece)
