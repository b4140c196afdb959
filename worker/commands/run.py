"""`worker run`: the background service."""

from __future__ import annotations

from pathlib import Path

import click

from worker.commands.options import archive_option, sources_option


@click.command()
@sources_option
@archive_option
def run(sources_file: Path, archive_dir: Path) -> None:
    """Run as a service: visit every source by its schedule, until SIGTERM or SIGINT.

    \b
    worker run
    worker run --archive /srv/archive --sources /etc/worker/sources.yaml
    """
    import asyncio
    import sys

    import structlog

    from worker.config import load
    from worker.fetch.client import Client
    from worker.service import Service
    from worker.store import Archive

    readable = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    sources = load(sources_file)

    async def serve() -> None:
        with Archive.open(archive_dir, write=True) as archive:
            archive.sync_sources(sources)
            if sources.contact is None:
                hint = f"write `contact: you@example.org` into {sources_file}, so that a site's owner can reach you"
                structlog.get_logger().warning("no contact", hint=hint)
            async with Client(contact=sources.contact) as client:
                await Service(sources.sources, archive, client).run()

    asyncio.run(serve())
