"""Crawls that are killed (SIGKILL) at random moments, and what must hold afterwards."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import yaml
from warcio.archiveiterator import ArchiveIterator

from tests.web.nukeviet import NukeViet
from tests.web.server import Web, serve
from tests.web.stories import stories
from worker.dedup.canonical import canonical
from worker.store import Archive

# A server process that has loaded the program forks a crawl in milliseconds; it is a process of its own all the same.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    ["worker.cli", "worker.crawl", "worker.fetch.client", "worker.store", "worker.config"]
)

PATIENCE = 120.0
"""Seconds after which a crawl that neither asks for pages nor ends is called stuck."""


def _crawl(directory: Path, options: tuple[str, ...]) -> None:
    from worker.commands.crawl import crawl

    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - it is no file
        os.dup2(nowhere.fileno(), 1)
    files = ["--sources", str(directory / "sources.yaml"), "--archive", str(directory / "archive")]
    crawl.main(["portal", *options, *files], standalone_mode=False)


@dataclass
class Tried:
    """A site whose crawl is killed again and again. `problems` says what did not hold."""

    directory: Path
    pages: int
    dice: Random
    options: tuple[str, ...] = ()
    kills: int = 0
    problems: list[str] = field(default_factory=list)

    def run(self, kills: int) -> None:
        """Kill the crawl so many times, or until it has come to its end; then let it come there."""
        portal = NukeViet(stories=list(stories(self.pages, seed=self.dice.randrange(1000))), validators=True)
        with serve(portal) as web:
            entry = {"id": "portal", "name": "Cổng", "home": portal.base, "kind": "union"}
            entry |= {"network": {"allow_private": True}, "politeness": {"delay": 0}}
            entry["discover"] = {"listings": [portal.base]}  # the feed names the newest thirty only
            (self.directory / "sources.yaml").write_text(yaml.safe_dump({"sources": [entry]}), "utf-8")
            self.most = max(2, 2 * (self.pages + portal.pages) // kills)
            while self.kills < kills and self._round(web, killed=True):
                self._check()
            self._round(web, killed=False)
            self._check()
            self._check_end(portal)

    def _round(self, web: Web, *, killed: bool) -> bool:
        """One crawl; whether it was cut off."""
        before, first = self._stored(), len(web.requests)
        process = _PROCESSES.Process(target=_crawl, args=(self.directory, self.options))
        process.start()
        if killed:
            self._wait(process, web, first + self.dice.randrange(1, self.most))
            time.sleep(self.dice.random() * 0.02)  # into the page: while it is read, refined, written, committed
            if process.is_alive():
                os.kill(process.pid, signal.SIGKILL)
        process.join(PATIENCE)
        asked = [canonical(web.url_of(host, request.path)) for host, request in web.requests[first:]]
        if again := before.intersection(asked):
            self.problems.append(f"{sorted(again)[0]} was stored, and fetched again")
        if process.exitcode == -signal.SIGKILL:
            self.kills += 1
            return True
        if process.exitcode != 0:
            self.problems.append(f"a crawl ended with status {process.exitcode}")
        return False

    def _wait(self, process: multiprocessing.process.BaseProcess, web: Web, requests: int) -> None:
        end = time.monotonic() + PATIENCE
        while len(web.requests) < requests and process.is_alive() and time.monotonic() < end:
            time.sleep(0.0005)

    def _stored(self) -> set[str]:
        if not (self.directory / "archive" / "news.db").exists():
            return set()
        with sqlite3.connect(self.directory / "archive" / "news.db") as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'captures'").fetchone():
                return set()
            return {canonical(url) for (url,) in connection.execute("SELECT url FROM captures WHERE status = 200")}

    def _check(self) -> None:
        """Open the archive as the next writer does, and look at all of it."""
        with Archive.open(self.directory / "archive", write=True) as archive:
            self.problems += archive.verify()  # PRAGMA integrity_check is its first question
            files = sorted((self.directory / "archive" / "warc").glob("*.gz"))
            for file in files:
                with file.open("rb") as stream:
                    last = file.stat().st_size
                    records = ArchiveIterator(stream, check_digests=True)
                    for record in records:
                        record.content_stream().read()
                    if records.get_record_offset() + records.get_record_length() != last:
                        self.problems.append(f"{file.name} cannot be read to its end")

    def _check_end(self, portal: NukeViet) -> None:
        with sqlite3.connect(self.directory / "archive" / "news.db") as connection:
            urls = [url for (url,) in connection.execute("SELECT url FROM articles")]
            captured = connection.execute("SELECT url FROM captures GROUP BY url HAVING count(*) > 1").fetchall()
        wanted = {canonical(portal.url_of(story)) for story in portal.all_stories}
        self.problems += [f"{url} is lost" for url in wanted.difference(urls)]
        self.problems += [f"{url} is no article of the site" for url in set(urls).difference(wanted)]
        self.problems += [f"{url} is captured twice" for (url,) in captured]
