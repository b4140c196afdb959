"""`worker browse`: Datasette on the archive."""

from __future__ import annotations

from pathlib import Path

import click

from worker.commands.options import archive_option


@click.command()
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the front page in a browser.")
@click.option("--operator", is_flag=True, help="Print an address that signs you in: free SQL, and every fact.")
@click.option("--crawl-now", is_flag=True, help="Likewise, with a button at each source that has it crawled.")
def browse(archive_dir: Path, host: str, port: int, open_browser: bool, operator: bool, crawl_now: bool) -> None:
    """Look at the archive in a browser, while the worker writes or not.

    \b
    worker browse
    worker browse --archive /srv/archive --port 8002
    """
    from worker.browse import serve

    serve(archive_dir, host=host, port=port, open_browser=open_browser, operator=operator, crawl_now=crawl_now)
