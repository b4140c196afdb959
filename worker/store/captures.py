"""Captures as they were filed: their rows, and their bytes out of the WARC files."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from worker.dedup.canonical import canonical
from worker.models import Capture, PageKind
from worker.store import warc
from worker.store.errors import ArchiveDamaged
from worker.store.ranges import Place, is_address, is_own
from worker.store.times import moment, now

BELIEVED = timedelta(days=6)
"""How long a site is believed that a page is as it was: some caches and systems always say so. An article is looked at
in full after a week, and after a month."""


def read(connection: sqlite3.Connection, directory: Path, capture_id: int, *, own: bool = False) -> Capture:
    """A capture of the archive in `directory`; the payload of a revisit comes from the first record.

    `own`: only from the archive's own files. Where another's archive says that a record lies is not to be believed.
    Raises ArchiveDamaged where there is no such capture, or its record is not where its row says.
    """
    row = connection.execute(
        "SELECT warc_file, warc_offset, warc_length, revisit_of FROM captures WHERE id = ?", [capture_id]
    ).fetchone()
    if row is None:
        raise ArchiveDamaged(f"{directory} has no capture {capture_id}")
    if own and not is_own(row[0]):
        raise ArchiveDamaged(f"capture {capture_id} of {directory} lies in a file outside of it: {row[0]}")
    capture = warc.read(directory / "warc", Place(*row[:3]))
    if row[3] is None:
        return capture
    first = read(connection, directory, row[3], own=own)
    return replace(capture, body=first.body, status=first.status)


def latest(connection: sqlite3.Connection, url: str) -> int | None:
    """The last capture of an address, or of the article there, that brought a page (status 200)."""
    row = connection.execute(
        "SELECT id FROM captures WHERE status = 200 AND url IN"
        " (?, (SELECT c.url FROM articles JOIN captures AS c ON c.id = articles.capture WHERE articles.url = ?))"
        " ORDER BY fetched_at DESC, id DESC LIMIT 1",
        [url, canonical(url)],
    ).fetchone()
    return row[0] if row else None


def first_seen(connection: sqlite3.Connection, url: str) -> datetime | None:
    """When an address was captured for the first time."""
    first = connection.execute("SELECT min(fetched_at) FROM captures WHERE url = ?", [url]).fetchone()[0]
    return moment(first) if first else None


def validators(connection: sqlite3.Connection, url: str) -> dict[str, str]:
    """What a conditional request for an address needs: etag and last_modified, where known.

    None where its last page was no news, such as a notice of maintenance: a site that answers 304 then speaks of the
    article, and the archive has only the notice. None either where the page that is archived is `BELIEVED` no more.
    """
    row = connection.execute(
        "SELECT last.etag, last.last_modified, last.kind, first.fetched_at FROM captures AS last"
        " JOIN captures AS first ON first.id = coalesce(last.revisit_of, last.id)"
        " WHERE last.url = ? AND last.status = 200 ORDER BY last.fetched_at DESC LIMIT 1",
        [url],
    ).fetchone()
    if row is None or row[2] not in (PageKind.ARTICLE, PageKind.ATTACHMENT, PageKind.LISTING):
        return {}
    if now() - moment(row[3]) > BELIEVED:
        return {}
    return {name: value for name, value in zip(("etag", "last_modified"), row, strict=False) if value}


def linked_files(connection: sqlite3.Connection) -> dict[str, int]:
    """The files of others that captures refer to, and how many records of each."""
    sql = "SELECT warc_file, count(*) FROM captures WHERE warc_file NOT GLOB 'news-*' GROUP BY 1 ORDER BY 1"
    return {name: count for name, count in connection.execute(sql) if is_address(name)}
