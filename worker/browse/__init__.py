"""Show an archive in a browser: the real Datasette, with the site of `archive/` on it.

The site (metadata, settings, templates, plugins, static files, languages) belongs to the program; an archive is a
directory that holds news.db and warc/. The two meet here, so that any archive is read on the same site.
`datasette archive/` does the same for the archive of the project, without this module.
"""

from __future__ import annotations

import json
import socket
import sqlite3
import sys
import time
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from worker.store.errors import ArchiveDamaged, ArchiveError, ArchiveMissing, ArchiveTooNew
from worker.store.schema import open_reader


class BrowseError(Exception):
    """The archive cannot be shown; the message is one sentence for the person who asked."""


@cache
def site() -> Path:
    """The directory of the site: `worker/site` in an installed wheel, `archive/` in a checkout."""
    packaged = Path(__file__).parents[1] / "site"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "archive"


def serve(
    archive: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    *,
    open_browser: bool = False,
    operator: bool = False,
    crawl_now: bool = False,
) -> None:
    """Serve an archive until Ctrl-C.

    `archive` holds news.db; `port` 0 takes a free one. `operator` prints an address, good for one use, that signs its
    reader in as the operator, who may write SQL and see every fact, and with `crawl_now` have the service crawl a
    source. In a directory that holds no archive yet, one is waited for. Raises ArchiveError where it cannot be read,
    BrowseError where the port cannot be had.
    """
    _check_port(host, port)
    _wait_for(archive)
    from click import ClickException
    from datasette.cli import cli

    with ExitStack() as held:
        metadata = site() / "metadata.yaml"
        if crawl_now:
            metadata = Path(held.enter_context(TemporaryDirectory())) / "metadata.yaml"
            metadata.write_text(_with_crawl_now((site() / "metadata.yaml").read_text("utf-8")), "utf-8")
        arguments = ["serve", *datasette_arguments(archive, metadata), "--host", host, "--port", str(port)]
        arguments += ["--open"] * open_browser + ["--root"] * (operator or crawl_now)
        try:
            cli.main(arguments, prog_name="datasette", standalone_mode=False)
        except ClickException as error:
            raise BrowseError(f"Datasette cannot show {archive}: {error.format_message()}") from error
        except sqlite3.OperationalError as error:
            raise BrowseError(
                f"{archive} cannot be shown: {error}; where it cannot be written, a worker must have it open: start"
                " `worker run` first, or show a copy that `worker backup` made"
            ) from error


def _wait_for(archive: Path) -> None:
    """Return once there is an archive to read: the worker may be started after the site, and takes a moment."""
    waiting = False
    while True:
        try:
            return open_reader(archive / "news.db").close()
        except (ArchiveDamaged, ArchiveTooNew):
            raise
        except ArchiveError as error:
            if not waiting and not (isinstance(error, ArchiveMissing) and archive.is_dir()):
                raise
            if not waiting:
                sys.stderr.write(f"worker: {error}; the site begins as soon as it is there (Ctrl-C gives up)\n")
                sys.stderr.flush()
            waiting = True
        time.sleep(0.5)


def _with_crawl_now(metadata: str) -> str:
    """The metadata, with the operator allowed to have sources crawled."""
    return f"{metadata}\nplugins: {{crawl-now: {{allow: {{id: root}}}}}}\n"


def datasette_arguments(archive: Path, metadata: Path | None = None) -> list[str]:
    """What `datasette serve` is told of the archive and the site, with that metadata (None: the site's own).

    The project's own archive is a Datasette configuration directory, and needs no more than its name. Any other is
    shown with the same site, named part by part.
    """
    here = site()
    metadata = metadata or here / "metadata.yaml"
    if archive.resolve() == here.resolve() and metadata == here / "metadata.yaml":
        return [str(archive)]
    settings = json.loads((here / "settings.json").read_text("utf-8"))
    arguments = [str(archive / "news.db"), "--metadata", str(metadata)]
    arguments += ["--template-dir", str(here / "templates"), "--plugins-dir", str(here / "plugins")]
    arguments += ["--static", f"static:{here / 'static'}"]
    for name, value in settings.items():
        text = ("on" if value else "off") if isinstance(value, bool) else str(value)
        arguments += ["--setting", name, text]
    return arguments


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BrowseError(f"cannot listen on {host}:{port}: {reason}; choose another with --port") from error
