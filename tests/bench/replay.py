"""Replay: pywb, in an environment of its own that uv makes, shows a page of ours as it was archived.

python -m tests.bench.replay

A portal is crawled, indexed with `worker export cdxj`, and served by pywb from our WARC files; then every archived page
is asked for, and its bytes are compared with the archive's. Says so and skips where pywb cannot be installed.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.bench.crawl import country, crawl
from worker.export import cdxj
from worker.store import Archive

PYWB = "pywb==2.10.0"
PATIENCE = 60
"""Seconds for pywb to come up."""


def uvx() -> list[str] | None:
    """What runs a command of pywb in an environment of its own; None where that cannot be had."""
    own = Path(".tools/bin/uvx")
    found = shutil.which("uvx") or (str(own.resolve()) if own.exists() else None)
    if found is None:
        return None
    command = [found, "--quiet", "--python", "3.11", "--from", PYWB]
    tried = subprocess.run([*command, "wayback", "--version"], capture_output=True, check=False)
    return command if tried.returncode == 0 else None


def collect(archive: Path, to: Path) -> None:
    """Lay the archive out as a collection of pywb's: its WARC files and our index of them."""
    collection = to / "collections" / "news"
    (collection / "indexes").mkdir(parents=True)
    shutil.copytree(archive / "warc", collection / "archive")
    with Archive.open(archive, write=False) as opened:
        (collection / "indexes" / "index.cdxj").write_text("".join(f"{line}\n" for line in cdxj(opened)), "utf-8")


@contextmanager
def served(command: list[str], directory: Path) -> Iterator[str]:
    """pywb on a port of 127.0.0.1; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    wayback = [*command, "wayback", "--bind", "127.0.0.1", "--port", str(port)]
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(wayback, cwd=directory, stdout=log, stderr=log, start_new_session=True)
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except (URLError, ConnectionError):
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, 15)
        process.wait()


def main() -> int:
    """Replay every page of a small archive; the exit status is 1 when one came out different."""
    command = uvx()
    if command is None:
        print("skipped: uv cannot install pywb here")
        return 0
    wrong = []
    with country(2, 5) as bases, tempfile.TemporaryDirectory() as temporary:
        archive, collection = Path(temporary) / "archive", Path(temporary) / "pywb"
        crawl(bases, archive)
        collect(archive, collection)
        with Archive.open(archive, write=False) as opened, served(command, collection) as pywb:
            rows = opened.connection.execute("SELECT id, url, fetched_at FROM captures").fetchall()
            for capture, url, at in rows:
                moment = "".join(char for char in at if char.isdigit())[:14]
                try:
                    # id_: as it was archived
                    with urlopen(f"{pywb}/news/{moment}id_/{url}", timeout=30) as answer:  # noqa: S310 - pywb's own
                        same = answer.read() == opened.read_capture(capture).body
                except HTTPError as error:
                    wrong.append(f"{url}: {error}")
                    continue
                if not same:
                    wrong.append(f"{url}: other bytes")
        if wrong:
            sys.stdout.write((collection / "log").read_text("utf-8", "replace")[-2000:])
    print(f"{PYWB}: {len(rows) - len(wrong)} of {len(rows)} archived pages are replayed as they were")
    for line in wrong[:10]:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
