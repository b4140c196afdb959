"""The archive: one directory with the database and the WARC files, and everything that is done to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack

from worker.models import Capture, Link, Memory, Refined
from worker.store import articles, attachments, captures, doors, links, report, runs, schema, summaries
from worker.store.chrome import ChromeMemory
from worker.store.errors import ArchiveError, ArchiveUnwritable
from worker.store.filing import Filed, Filing, Incoming, together
from worker.store.lock import Lock, holder
from worker.store.ranges import Place
from worker.store.search import Asked, Results, search
from worker.store.times import now
from worker.store.transaction import transaction
from worker.store.warc import Warc

if TYPE_CHECKING:
    from sqlite_utils import Database

    from worker.config import Source, Sources


class Archive:
    """An archive that is open, for reading or for writing; use it in a `with` statement.

    >>> with Archive.open(Path("archive"), write=True) as archive:  # doctest: +SKIP
    ...     archive.sync_sources(sources)
    ...     filed = archive.file(capture, refined, source)
    """

    def __init__(
        self, directory: Path, connection: sqlite3.Connection, lock: Lock | None = None, files: Warc | None = None
    ) -> None:
        self.directory = directory
        self.connection = connection
        self._lock = lock
        self._warc = files
        self._chrome = ChromeMemory(connection)

    @classmethod
    def open(cls, directory: Path, *, write: bool, make: bool = True) -> Self:
        """Open the archive in a directory; the one writer makes what is missing, unless it is told not to (`make`).

        Raises an ArchiveError whose message is a sentence for the user: ArchiveLocked where another process writes,
        ArchiveTooNew, ArchiveUnwritable, ArchiveDamaged, and ArchiveMissing where there is nothing to read.
        """
        path = directory / "news.db"
        if not write:
            return cls(directory, schema.open_reader(path))
        if not make:
            schema.check_there(path)
        schema.check_not_lost(path)
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveUnwritable(f"the archive cannot be written: {directory}: {error.strerror}") from None
        lock = Lock(directory / "news.lock")
        lock.take()
        try:
            connection = schema.open_writer(path)
            try:
                with transaction(connection):
                    summaries.ensure(connection)
                ends = "SELECT warc_file, max(warc_offset + warc_length) FROM captures WHERE warc_file GLOB 'news-*'"
                last = connection.execute(f"{ends} GROUP BY warc_file ORDER BY warc_file DESC LIMIT 1").fetchall()
                return cls(directory, connection, lock, Warc(directory / "warc", dict(last)))
            except BaseException:
                connection.close()
                raise
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Close the files and let the next writer in."""
        if self._warc is not None:
            self._warc.close()
        self.connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def db(self) -> Database:
        """The database as sqlite-utils sees it, for looking around."""
        from sqlite_utils import Database

        return Database(self.connection)

    # Sources and runs

    def sync_sources(self, sources: Sources) -> None:
        """Make the table `sources` what sources.yaml says."""
        with transaction(self.connection):
            runs.sync_sources(self.connection, sources)

    def start_run(self, source_id: str | None, trigger: str, started: datetime | None = None) -> int:
        """Begin a run (trigger: schedule, manual, rebuild, import); its id."""
        with transaction(self.connection):
            return runs.start(self.connection, source_id, trigger, started or now())

    def finish_run(
        self,
        run: int,
        *,
        outcome: str,
        counts: Mapping[str, int],
        error: str | None = None,
        finished: datetime | None = None,
    ) -> None:
        """End a run (outcome: ok, failed, stopped); the source's health follows."""
        with transaction(self.connection):
            runs.finish(self.connection, run, outcome=outcome, counts=counts, at=finished or now(), error=error)

    def next_run(self, source_id: str) -> datetime | None:
        """When the source is due, as it was set last."""
        return runs.next_run(self.connection, source_id)

    def set_next_run(self, source_id: str, at: datetime | None) -> None:
        """Keep when the source is due, over a restart."""
        with transaction(self.connection):
            runs.set_next_run(self.connection, source_id, at)

    # Links

    def add_links(self, source_id: str, found: Iterable[Link], found_at: datetime | None = None) -> list[str]:
        """File the links that were not known yet; the addresses of those, in order."""
        with transaction(self.connection):
            return links.add(self.connection, source_id, found, found_at or now())

    def due_links(self, source_id: str, at: datetime | None = None, *, limit: int | None = None) -> list[str]:
        """The addresses of a source to fetch now: never tried, or due for another try."""
        return links.due(self.connection, source_id, at or now(), limit)

    def mark(self, url: str, state: str, *, error: str | None = None, next_try: datetime | None = None) -> None:
        """Say what became of a link that brought no page to file (filing a page marks its link itself)."""
        with transaction(self.connection):
            links.mark(self.connection, url, state, error=error, next_try=next_try)

    def knows(self, url: str) -> bool:
        """Whether an address is among the links."""
        return links.knows(self.connection, url)

    def has_links(self, source_id: str) -> bool:
        """Whether any address of a source is known."""
        return links.has_any(self.connection, source_id)

    def attempts(self, url: str) -> int:
        """How often in a row a link has failed."""
        return links.attempts(self.connection, url)

    # Doors: what a walk through a source's listings and sitemaps has still ahead

    def doors_ahead(self, source_id: str, *, backfill: bool = False) -> list[str]:
        """The doors that an earlier walk found and did not get to."""
        return doors.ahead(self.connection, source_id, backfill=backfill)

    def keep_doors(
        self, source_id: str, urls: Iterable[str], *, backfill: bool = False, since: date | None = None
    ) -> None:
        """Remember doors, so that a walk that is cut off can go on with them."""
        with transaction(self.connection):
            doors.keep(self.connection, source_id, urls, backfill=backfill, since=since)

    def go_back_to(self, source_id: str, since: date | None) -> None:
        """Let a backfill that was cut off go back to that day; see worker.store.doors."""
        with transaction(self.connection):
            doors.go_back_to(self.connection, source_id, since)

    def drop_door(self, source_id: str, url: str, *, backfill: bool = False) -> None:
        """Forget a door that need not be opened any more."""
        with transaction(self.connection):
            doors.drop(self.connection, source_id, url, backfill=backfill)

    def end_walk(self, source_id: str, *, backfill: bool = False, since: date | None = None) -> None:
        """Forget all doors of a walk; see worker.store.doors."""
        with transaction(self.connection):
            doors.end_walk(self.connection, source_id, backfill=backfill, since=since)

    def end_backfill(self, source_id: str) -> None:
        """Forget a backfill of which no link waits for its first visit."""
        with transaction(self.connection):
            doors.end_backfill(self.connection, source_id)

    def door_read(self, source_id: str, url: str, reading: doors.Reading) -> None:
        """Forget a door of a usual walk that was read in full, and keep how: its links are kept already."""
        with transaction(self.connection):
            doors.put_reading(self.connection, source_id, url, reading)
            doors.drop(self.connection, source_id, url, backfill=False)

    def door_reading(self, source_id: str, url: str) -> doors.Reading | None:
        """How a door was last read in full."""
        return doors.reading(self.connection, source_id, url)

    # Pages

    def memory(self, source_id: str) -> Memory:
        """What the archived pages of a source taught about its blocks."""
        return self._chrome.of(source_id)

    def forget_memory(self, source_id: str) -> None:
        """Read the memory of a source anew when it is asked for next: a rebuild has replaced it."""
        self._chrome.forget(source_id)

    def validators(self, url: str) -> dict[str, str]:
        """What a conditional request for an address needs; see worker.store.captures."""
        return captures.validators(self.connection, url)

    def first_seen(self, url: str) -> datetime | None:
        """When an address was captured for the first time."""
        return captures.first_seen(self.connection, url)

    def found_at(self, url: str) -> datetime | None:
        """When a link was found."""
        return links.found_at(self.connection, url)

    def was_visited(self, url: str) -> bool:
        """Whether a link brought a page, whatever it was, and wherever it led."""
        return links.was_visited(self.connection, url)

    def is_there(self, url: str) -> bool:
        """Whether the article of an address is archived, and its page was there when it was last asked for."""
        return articles.is_there(self.connection, url)

    def text_of(self, url: str) -> tuple[str, str] | None:
        """Title and body of the article of an address, as archived."""
        return articles.text_of(self.connection, url)

    def published(self, url: str) -> str | None:
        """The date that the article of an address states: ISO 8601, None where it states none or is not archived."""
        return articles.published(self.connection, url)

    def versions(self, url: str) -> list[articles.Version]:
        """The texts that the article of an address has had, the earliest first, the present one last."""
        return articles.versions(self.connection, url)

    def latest_capture(self, url: str) -> Capture | None:
        """The last capture of an address that brought a page (status 200)."""
        latest = captures.latest(self.connection, url)
        return None if latest is None else self.read_capture(latest)

    def file(
        self,
        capture: Capture,
        refined: Refined,
        source: Source,
        run: int | None = None,
        *,
        next_try: datetime | None = None,
        elder: bool = False,
        place: Place | None = None,
    ) -> Filed:
        """File a page: its bytes, then capture, article, facts, groups and search index in one transaction.

        Its link is marked too, and `next_try` kept with it. Filing the same capture again changes nothing
        (worker/store/filing.py says what is written when). `elder` says that it may be older than what is archived of
        the page (worker/store/elder.py); what a crawl brings is not. `place` is where the capture lies already.
        """
        page = self._filing(Incoming(capture, refined, source, run, next_try, place=place))
        if elder:
            from worker.store.elder import Elder

            page = Elder.of(page) if Elder.fits(page) else page
        with together(page.connection, page.warc, page.chrome):
            return page.file()

    def file_all(self, pages: Sequence[Incoming]) -> list[Filed]:
        """File pages in one transaction: all of them or, where one cannot be filed, none."""
        filings = [self._filing(page) for page in pages]
        if not filings:
            return []
        with together(filings[0].connection, filings[0].warc, filings[0].chrome):
            return [page.file() for page in filings]

    def _filing(self, page: Incoming) -> Filing:
        if self._warc is None:
            raise ArchiveError(f"{self.directory} was opened for reading; open it with write=True to file pages")
        return Filing(self.connection, self._warc, self._chrome, page)

    def put_attachment(
        self, url: str, capture_id: int, *, text: str, pages: int | None = None, problem: str | None = None
    ) -> None:
        """File the text of a document that was captured; see worker.store.attachments."""
        with transaction(self.connection):
            attachments.put(self.connection, url, capture_id, text=text, pages=pages, problem=problem)

    def search_attachments(self, query: str, *, limit: int = 10) -> list[attachments.Attachment]:
        """The documents that hold all terms of a query."""
        return attachments.search(self.connection, query, limit)

    def read_capture(self, capture_id: int, *, own: bool = False) -> Capture:
        """A capture as it was filed, from its WARC record; the payload of a revisit comes from the first record.

        `own`: only from the archive's own files. Where another's archive says that a record lies is not to be believed.
        """
        return captures.read(self.connection, self.directory, capture_id, own=own)

    def source_status(self) -> list[dict[str, Any]]:
        """The sources with their health; see worker.store.report.source_rows."""
        return report.source_rows(self.connection)

    def status(self) -> dict[str, Any]:
        """The archive in figures; see worker.store.report.status."""
        return report.status(self.connection, self.directory, holder(self.directory / "news.lock"))

    def verify(self, *, whole: bool = False) -> list[str]:
        """What is wrong with the archive, a sentence each; see worker.store.verify."""
        from worker.store.verify import verify

        return verify(self.connection, self.directory, writable=self._warc is not None, whole=whole)

    def linked_files(self) -> dict[str, int]:
        """The files of others that captures refer to, and how many records of each."""
        return captures.linked_files(self.connection)

    def backup(self, to: Path) -> None:
        """Copy the whole archive into the directory `to`, while it is in use; see worker.store.backup."""
        from worker.store.backup import backup

        backup(self.connection, self.directory, to)

    def keep_out(self, to: Path) -> None:
        """Raise ArchiveError where `to` lies in the archive: what is written there would be written over it."""
        from worker.store.backup import keep_out

        keep_out(self.directory, to)

    def vacuum(self) -> None:
        """Give unused room back to the file system and refresh what the query planner knows."""
        try:
            self.connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
            self.connection.execute("VACUUM")
            self.connection.execute("ANALYZE")
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            raise ArchiveError(f"{self.directory / 'news.db'} cannot be vacuumed: {error}") from None

    def search(self, query: str, **asked: Unpack[Asked]) -> Results:
        """Search the articles; see worker.store.search.search."""
        return search(self.connection, query, **asked)
