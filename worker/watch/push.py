"""Telling someone through Apprise: e-mail, Telegram, Zalo-capable webhooks and whatever else has an Apprise address."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

import structlog

from worker.watch.teller import Tell

LONGEST = 60.0
"""Seconds that an address may take."""

log = structlog.get_logger()


def pushers(addresses: Sequence[str]) -> list[Tell]:
    """A function for each of those addresses (`notify:` of sources.yaml) that tells it."""
    return [_pusher(address) for address in addresses]


def _pusher(address: str) -> Tell:
    async def tell(title: str, text: str) -> bool:
        try:
            told = await asyncio.wait_for(asyncio.to_thread(_push, address, title, text), LONGEST)
        except Exception:  # noqa: BLE001  # the address was not reached in time, or whatever one of a hundred plug-ins raises
            told = False
        if not told:
            kind = urlsplit(address).scheme  # the rest of it is secret
            log.warning("not told", by=kind, title=title, hint="check `notify:` in sources.yaml; it is tried again")
        return told

    return tell


def _push(address: str, title: str, text: str) -> bool:
    from apprise import Apprise  # heavy, and needed only when something breaks

    apprise = Apprise()
    apprise.add(address)
    return bool(apprise.notify(title=title, body=text))
