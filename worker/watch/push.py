"""Telling someone through Apprise: e-mail, Telegram, Zalo-capable webhooks and whatever else has an Apprise address.

Each message is told by a process of its own (`python -m worker.watch.push`): what Apprise loads for its hundred ways of
telling would stay in the service's memory for good, half as much again as the service needs while it waits.
"""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
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
            told = await asyncio.wait_for(_push(address, title, text), LONGEST)
        except (TimeoutError, OSError):  # OSError: no process can be started
            told = False
        if not told:
            kind = urlsplit(address).scheme  # the rest of it is secret
            log.warning("not told", by=kind, title=title, hint="check `notify:` in sources.yaml; it is tried again")
        return told

    return tell


async def _push(address: str, title: str, text: str) -> bool:
    command = (sys.executable, "-m", __name__)
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL)
    try:
        await process.communicate(json.dumps([address, title, text]).encode())  # not where `ps` shows it
        return process.returncode == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def main() -> int:
    """Tell what standard input says (address, title, text); 0 when it was taken."""
    from apprise import Apprise

    address, title, text = json.load(sys.stdin)
    apprise = Apprise()
    return 0 if apprise.add(address) and apprise.notify(title=title, body=text) else 1


if __name__ == "__main__":
    sys.exit(main())
