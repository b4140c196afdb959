"""`worker merge`: an archive made apart becomes a part of this one.

Captures are told apart by address, moment and payload, articles by canonical address. Every page that is not here yet
is read again and filed at the time when it was captured, as an import does, so that groups, facts and revisions come
out as if one crawler had seen it all. Links keep what became of them and when to look again, captures the request that
they answered and the run that brought them; the other archive stays as it is. A merge that was cut off is simply begun
again: what is here already is passed over.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from json import loads
from pathlib import Path
from typing import TYPE_CHECKING

from worker.config import Source
from worker.refine import refine
from worker.store import Archive, ArchiveError
from worker.store.errors import ArchiveDamaged, PageFailed, one_page
from worker.store.merging import add_links, add_runs, next_try, put_attachments, put_source, stored_source
from worker.store.ranges import Place, is_own
from worker.store.warc import asked
from worker.values import site_host

if TYPE_CHECKING:
    from worker.config import Sources

LONGEST_REPORT = 20
"""Captures that could not be read that are told one by one with the run, and `TOLD` of them to whoever merges."""

TOLD = 200


@dataclass(slots=True)
class Merged:
    """What a merge did: captures by what became of them, links, documents, and what could not be read.

    `outside`: captures that only refer to files outside of their archives, which were not read.
    """

    filed: Counter[str] = field(default_factory=Counter)
    links: int = 0
    runs: int = 0
    attachments: int = 0
    sources: list[str] = field(default_factory=list)  # that sources.yaml does not have
    skipped: list[str] = field(default_factory=list)  # a sentence each, of the first `TOLD`
    unread: int = 0
    outside: int = 0
    stopped: bool = False


@dataclass(slots=True, kw_only=True)
class Merge:
    """Takes other archives into one that is open for writing; `linked`: with records that they only refer to."""

    archive: Archive
    sources: Sources
    linked: bool = False
    stopping: Callable[[], bool] = lambda: False
    result: Merged = field(default_factory=Merged)
    _of: dict[str | None, Source] = field(default_factory=dict)  # id over there -> the source here

    def run(self, directories: list[Path]) -> Merged:
        """Merge archives, in order. Raises an ArchiveError where one cannot be read, or is this one."""
        for directory in directories:
            if directory.resolve() == self.archive.directory.resolve():
                raise ArchiveError(f"{directory} is the archive that it would be merged into; name another one")
            with Archive.open(directory, write=False) as other:
                self._one(other)
            if self.result.stopped:
                break
        return self.result

    def _one(self, other: Archive) -> None:
        other.connection.text_factory = lambda text: text.decode("utf-8", "replace")  # it may hold what is no text
        self._match(other.connection)
        ids = {theirs: source.id for theirs, source in self._of.items() if theirs}
        self.result.links += add_links(self.archive.connection, other.connection, ids)
        runs, added = add_runs(self.archive.connection, other.connection, ids)
        self.result.runs += added
        run = self.archive.start_run(None, "import")
        outcome, error = "failed", ""
        try:
            self._captures(other, runs, run)
            if not self.result.stopped:
                self._attachments(other)
            outcome, error = "stopped" if self.result.stopped else "ok", "; ".join(self.result.skipped[:LONGEST_REPORT])
        except BaseException as stop:
            error = str(stop) or type(stop).__name__
            raise
        finally:
            self.archive.finish_run(run, outcome=outcome, counts=dict(self.result.filed), error=error or None)

    def _match(self, other: sqlite3.Connection) -> None:
        """Find the source here of every source over there: by its host, else it becomes one of its own."""
        self._of = {}
        for (theirs,) in other.execute("SELECT id FROM sources ORDER BY id").fetchall():
            source = stored_source(other, theirs)
            if source is None:
                continue
            here = self.sources.of_url(source.home) or self._as_stored(source)
            self._of[theirs] = here
            if self.sources.get(here.id) is None and here.id not in self.result.sources:
                self.result.sources.append(here.id)

    def _as_stored(self, source: Source) -> Source:
        """The source of that home in our rows; a new row, under a name that is free, where there is none."""
        name, number = source.id, 2
        while (known := self.sources.get(name) or stored_source(self.archive.connection, name)) is not None:
            if site_host(known.home) == site_host(source.home):
                return known
            name, number = f"{source.id}-{number}", number + 1
        made = source.model_copy(update={"id": name})
        put_source(self.archive.connection, made)
        return made

    def _captures(self, other: Archive, runs: Mapping[int, int], run: int) -> None:
        """File what is not here, in the order in which it was captured."""
        rows = other.connection.execute("SELECT id FROM captures ORDER BY fetched_at, id")
        for number in array("q", (number for (number,) in rows)):
            if self.stopping():
                self.result.stopped = True
                return
            try:
                with one_page(f"capture {number}"):
                    self._capture(other, number, runs, run)
            except PageFailed as failure:
                self._skip(f"capture {number} of {other.directory}: {failure}")

    def _capture(self, other: Archive, number: int, runs: Mapping[int, int], run: int) -> None:
        """File one capture under its run there, or under this one where that one is not known."""
        url, at, digest, theirs, redirected, brought_by, *place = other.connection.execute(
            "SELECT url, fetched_at, digest, source, redirected_from, run, warc_file, warc_offset, warc_length"
            " FROM captures WHERE id = ?",
            [number],
        ).fetchone()
        source = self._of.get(theirs) or self.sources.of_url(url)
        here = self.archive.connection.execute(
            "SELECT 1 FROM captures WHERE url = ? AND fetched_at = ? AND digest = ?", [url, at, digest]
        ).fetchone()
        if here or source is None:
            self.result.filed["known" if here else "of no source"] += 1
            return
        if not self.linked and not is_own(place[0]):
            self.result.outside += 1
            return
        try:
            capture = replace(
                other.read_capture(number, own=not self.linked),
                redirected_from=tuple(loads(redirected or "[]")),
                request_headers=asked(other.directory / "warc", Place(*place)),
            )
        except ArchiveDamaged as error:
            self._skip(str(error))
            return
        refined = refine(capture, source, self.archive.memory(source.id))
        again = next_try(self.archive.connection, url)
        filed = self.archive.file(capture, refined, source, runs.get(brought_by, run), elder=True, next_try=again)
        self.result.filed[filed.outcome.value] += 1

    def _attachments(self, other: Archive) -> None:
        """Take over the texts of documents."""
        for failure in put_attachments(self.archive.connection, other.connection):
            if failure is None:
                self.result.attachments += 1
            else:
                self._skip(f"a document of {other.directory}: {failure}")

    def _skip(self, why: str) -> None:
        self.result.unread += 1
        if len(self.result.skipped) < TOLD:
            self.result.skipped.append(why)
