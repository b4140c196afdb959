"""A file on the web, copied to the disk through the guarded client: no private address, whatever it redirects to."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx

from worker.config import Network, Source
from worker.fetch import FetchError, failures, guard
from worker.fetch.client import Client
from worker.fetch.session import Session
from worker.imports import ImportFailed
from worker.watch.room import ENOUGH

PATIENCE = 60.0
LEAST = 64 * 1024
"""Of a server that brings fewer bytes than these in so many seconds nothing more is awaited."""

_MOST_REDIRECTS = 5


def download(url: str, to: Path, *, contact: str | None, allow_private: bool) -> None:
    """Copy what an address gives into a file. Raises ImportFailed with a sentence."""
    try:
        asyncio.run(_download(url, to, contact, allow_private))
    except (FetchError, *failures.NETWORK) as error:
        reason = error.reason if isinstance(error, FetchError) else failures.explain(error).reason
        reason = reason.replace("network.allow_private", "--allow-private")  # a source's setting, an import's option
        raise ImportFailed(f"{url} cannot be imported: {reason}") from None


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
        await _save(response.aiter_raw(), to, url)
    return None


async def _save(pieces: AsyncIterator[bytes], to: Path, url: httpx.URL) -> None:
    with to.open("wb") as file:
        while True:
            if shutil.disk_usage(to.parent).free < ENOUGH:
                raise ImportFailed(f"{url} cannot be imported: the disk of {to.parent.parent} has no room for it")
            so_far = file.tell()
            try:
                async with asyncio.timeout(PATIENCE):
                    while file.tell() - so_far < LEAST:
                        piece = await anext(pieces, None)
                        if piece is None:
                            return
                        file.write(piece)
            except TimeoutError:
                came = f"{file.tell() - so_far} bytes came in {PATIENCE:.0f} seconds"
                raise ImportFailed(f"{url} cannot be imported: only {came}") from None
