"""Telling someone through Apprise: e-mail, Telegram, Zalo-capable webhooks and whatever else has an Apprise address."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from worker.watch.teller import Tell

log = structlog.get_logger()


def pusher(addresses: Sequence[str]) -> Tell | None:
    """A function that tells all those addresses (`notify:` of sources.yaml); None where there are none."""
    if not addresses:
        return None

    async def tell(title: str, text: str) -> bool:
        try:
            told = await asyncio.wait_for(asyncio.to_thread(_push, addresses, title, text), 60)
        except TimeoutError:
            told = False
        if not told:
            log.warning("nobody could be told", title=title, hint="check `notify:` in sources.yaml; it is tried again")
        return told

    return tell


def _push(addresses: Sequence[str], title: str, text: str) -> bool:
    from apprise import Apprise  # heavy, and needed only when something breaks

    apprise = Apprise()
    for address in addresses:
        apprise.add(address)
    return bool(apprise.notify(title=title, body=text))
