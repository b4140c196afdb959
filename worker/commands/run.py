"""`worker run`: the background service."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from worker.commands.options import archive_option, sources_option

if TYPE_CHECKING:
    from worker.service import Service
    from worker.store import Archive

PATIENCE = 9.0
"""Seconds after the word to stop in which the process ends."""


@click.command()
@sources_option
@archive_option
@click.option("--port", type=click.IntRange(0, 65535), help="Answer /healthz and /metrics on 127.0.0.1 at this port.")
def run(sources_file: Path, archive_dir: Path, port: int | None) -> None:
    """Run as a service: visit every source by its schedule, until SIGTERM, SIGINT or SIGHUP.

    \b
    worker run
    worker run --archive /srv/archive --sources /etc/sources.yaml --port 9090
    """
    import asyncio
    import sys

    import structlog

    from worker.config import load
    from worker.fetch.client import Client
    from worker.service import Service
    from worker.store import Archive
    from worker.store.hosts import Hosts
    from worker.watch.push import pushers
    from worker.workshop import Workshop

    readable = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=_Log,
    )
    sources = load(sources_file)

    async def serve() -> None:
        with Archive.open(archive_dir, write=True) as archive:
            archive.sync_sources(sources)
            if sources.contact is None:
                hint = f"write `contact: you@example.org` into {sources_file}, so that a site's owner can reach you"
                structlog.get_logger().warning("no contact", hint=hint)
            async with Client(contact=sources.contact, holds=Hosts(archive.connection)) as client:
                workshop = Workshop(archive, readers=1)
                tells = pushers(sources.notify)
                service = Service(
                    sources.sources, archive, client, tells=tells, workshop=workshop, ask_anew=client.ask_anew
                )
                async with AsyncExitStack() as stack:
                    if port is not None:
                        await stack.enter_async_context(_watched(archive, service, port))
                    _stop_when_told(service)
                    await service.run()

    asyncio.run(serve())


class _Log:
    """Lines on standard error. What cannot be written there, as its reader is gone or its disk is full, is left out: it
    must neither end the service nor keep it from ending."""

    def msg(self, line: str) -> None:
        """Write a line, if it can be."""
        with suppress(OSError):
            os.write(
                2, f"{line}\n".encode("utf-8", "replace")
            )  # a buffer would keep what failed, to fail again at the end

    debug = info = warning = error = critical = msg


def _stop_when_told(service: Service) -> None:
    """Let SIGTERM, SIGINT and SIGHUP stop the service, and end the process soon after, whatever it is doing then."""
    import asyncio
    import signal
    import threading
    from types import FrameType

    loop = asyncio.get_running_loop()

    def told(number: int, _frame: FrameType | None) -> None:
        last = threading.Timer(PATIENCE, _leave)
        last.daemon = True
        with suppress(RuntimeError):  # there is no memory for a thread: what is in hand is finished all the same
            last.start()
        loop.call_soon_threadsafe(service.stop, signal.Signals(number).name)

    under_nohup = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    for number in (signal.SIGTERM, signal.SIGINT, *(() if under_nohup else (signal.SIGHUP,))):
        # Not the loop's own handlers: they wait until a long page is read.
        signal.signal(number, told)


def _leave() -> None:
    """End here and now. What is not committed is not in the archive: the next service does it again."""
    import structlog

    structlog.get_logger().warning("service left", why=f"something was still in hand after {PATIENCE:g} seconds")
    os._exit(0)


@asynccontextmanager
async def _watched(archive: Archive, service: Service, port: int) -> AsyncIterator[None]:
    import structlog

    from worker.watch.http import watched

    async with AsyncExitStack() as stack:
        try:
            chosen = await stack.enter_async_context(watched(archive, service, port))
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else error  # asyncio's own words name the port once more
            raise click.ClickException(
                f"cannot listen on 127.0.0.1:{port}: {why}; choose another with --port"
            ) from None
        structlog.get_logger().info("watched", healthz=f"http://127.0.0.1:{chosen}/healthz")
        yield  # what goes wrong from here on is no matter of the port
