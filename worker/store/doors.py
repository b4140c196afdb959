"""The doors that are still to be opened, where a walk was cut off, and what those said that were opened before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from worker.store.times import moment, stamp

MOST = 10_000
"""Doors of one source that are kept; a site that names more of them is left at that."""

KEPT = timedelta(days=30)
"""How long a reading is kept; nothing is made of one that is older, and sites have doors with a day's date in them."""


WALKED = ""
"""Stands in the place of a door where a backfill has opened all, and not visited all that they named yet."""


class Reading(NamedTuple):
    """A door as it was last read in full: what it said of its state, by which rules, and where it leads in any case."""

    read_at: datetime
    rules: str
    etag: str | None
    last_modified: str | None
    leads_to: tuple[str, ...] = ()


def ahead(connection: sqlite3.Connection, source_id: str, *, backfill: bool) -> list[str]:
    """The addresses still to be opened, in the order in which they were found."""
    rows = connection.execute(
        "SELECT url FROM doors WHERE source = ? AND backfill = ? ORDER BY id LIMIT ?", [source_id, backfill, MOST]
    )
    return [url for (url,) in rows]


def keep(
    connection: sqlite3.Connection, source_id: str, urls: Iterable[str], *, backfill: bool, since: date | None = None
) -> None:
    """Remember doors until they are dropped, as long as they are not too many; a backfill's with how far it goes."""
    (kept,) = connection.execute(
        "SELECT count(*) FROM doors WHERE source = ? AND backfill = ?", [source_id, backfill]
    ).fetchone()
    for url in urls:
        if kept >= MOST:
            return
        kept += connection.execute(
            "INSERT INTO doors (source, url, backfill, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [source_id, url, backfill, since.isoformat() if since else None],
        ).rowcount


def go_back_to(connection: sqlite3.Connection, source_id: str, since: date | None) -> None:
    """Let the backfill that was cut off go back to that day (None: to the end).

    Where it went less far its doors are dropped: those that it has opened named more than was kept. Where it went
    further it is narrowed, and told so.
    """
    end_backfill(connection, source_id)
    day = since.isoformat() if since else None
    own = "source = ? AND backfill = 1"
    connection.execute(f"DELETE FROM doors WHERE {own} AND since > ifnull(?, '')", [source_id, day])  # noqa: S608 - ours
    connection.execute(f"UPDATE doors SET since = ? WHERE {own} AND since IS NOT ?", [day, source_id, day])  # noqa: S608


def drop(connection: sqlite3.Connection, source_id: str, url: str, *, backfill: bool) -> None:
    """Forget a door."""
    connection.execute("DELETE FROM doors WHERE source = ? AND backfill = ? AND url = ?", [source_id, backfill, url])


def end_walk(connection: sqlite3.Connection, source_id: str, *, backfill: bool, since: date | None) -> None:
    """Forget all doors of a walk; of a backfill it is kept that there are none, until all that it found is visited."""
    connection.execute("DELETE FROM doors WHERE source = ? AND backfill = ?", [source_id, backfill])
    if backfill:
        keep(connection, source_id, [WALKED], backfill=True, since=since)


def end_backfill(connection: sqlite3.Connection, source_id: str) -> None:
    """Forget a backfill of which no link waits for its first visit: the next one begins anew."""
    connection.execute(
        "DELETE FROM doors WHERE source = ? AND url = ?"
        " AND NOT EXISTS (SELECT 1 FROM links WHERE links.source = doors.source AND state = 'new')",
        [source_id, WALKED],
    )


def reading(connection: sqlite3.Connection, source_id: str, url: str) -> Reading | None:
    """What is known of a door from the last walk that read it in full."""
    row = connection.execute(
        "SELECT read_at, rules, etag, last_modified, leads_to FROM door_readings WHERE source = ? AND url = ?",
        [source_id, url],
    ).fetchone()
    if row is None:
        return None
    read_at, rules, etag, last_modified, leads_to = row
    return Reading(moment(read_at), rules, etag, last_modified, tuple(json.loads(leads_to)))


def put_reading(connection: sqlite3.Connection, source_id: str, url: str, read: Reading) -> None:
    """Keep what a door said, in the place of what it said before. The source's old readings go."""
    connection.execute(
        "DELETE FROM door_readings WHERE source = ? AND (url = ? OR read_at < ?)",
        [source_id, url, stamp(read.read_at - KEPT)],
    )
    connection.execute(
        "INSERT INTO door_readings (source, url, read_at, rules, etag, last_modified, leads_to)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [source_id, url, stamp(read.read_at), read.rules, read.etag, read.last_modified, json.dumps(read.leads_to)],
    )
