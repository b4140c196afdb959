"""The frontier: every address that was found, and what became of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from worker.dedup.canonical import canonical
from worker.models import Link
from worker.store.times import moment, stamp

TOO_FAR = timedelta(days=100)
"""No page is put off for so long: a time beyond it was set by a clock that was wrong, and the page is due."""

STATES = ("new", "done", "gone", "refused", "failed")


def add(connection: sqlite3.Connection, source_id: str, links: Iterable[Link], found_at: datetime) -> list[str]:
    """File the links that were not known yet; the addresses of those, in order. No web address: no link."""
    added = []
    for link in links:
        try:
            key = canonical(link.url)
        except ValueError:
            continue
        cursor = connection.execute(
            "INSERT INTO links (url, address, source, found_on, found_at, title, published)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [key, link.url, source_id, link.found_on, stamp(found_at), link.title, link.published],
        )
        if cursor.rowcount:
            added.append(link.url)
    return added


def due(connection: sqlite3.Connection, source_id: str, at: datetime, limit: int | None) -> list[str]:
    """The addresses to fetch: those never tried, oldest first, then those due for another try, longest due first; those
    that failed come last, as a host that fails several times in a row is left alone for that visit."""
    rows = connection.execute(
        "SELECT address FROM ("
        "  SELECT address, state, '' AS next_try, rowid AS n FROM links"
        "    WHERE source = :source AND state = 'new' AND next_try IS NULL"
        "  UNION ALL SELECT address, state, next_try, rowid FROM links"
        "    WHERE source = :source AND state IN ('new', 'done', 'gone', 'refused', 'failed') AND next_try <= :at"
        "  UNION ALL SELECT address, state, next_try, rowid FROM links"
        "    WHERE source = :source AND state IN ('new', 'done', 'gone', 'refused', 'failed') AND next_try > :far"
        ") ORDER BY state = 'failed', next_try, n LIMIT :limit",
        {"source": source_id, "at": stamp(at), "far": stamp(at + TOO_FAR), "limit": -1 if limit is None else limit},
    )
    return [address for (address,) in rows]


def mark(
    connection: sqlite3.Connection, url: str, state: str, *, error: str | None = None, next_try: datetime | None = None
) -> None:
    """Say what became of a link. Attempts count failures in a row; any other state begins anew."""
    if state not in STATES:
        raise ValueError(f"a link is {', '.join(STATES)}, not {state!r}")
    connection.execute(
        "UPDATE links SET state = ?, error = ?, next_try = ?,"
        " attempts = CASE WHEN ? = 'failed' THEN attempts + 1 ELSE 0 END WHERE url = ?",
        [state, error, stamp(next_try) if next_try else None, state, canonical(url)],
    )


def ask_at(connection: sqlite3.Connection, url: str, *, instead_of: str) -> None:
    """Ask for a link's page at the address that answers, where another scheme or twin host only leads there: one
    request each time, and what was said of its state is that address's."""
    one, other = (unquote("?".join(urlsplit(address)[2:4])) for address in (url, instead_of))
    if one == other and canonical(url) == canonical(instead_of):
        connection.execute(
            "UPDATE links SET address = ? WHERE url = ? AND address = ?", [url, canonical(url), instead_of]
        )


def attempts(connection: sqlite3.Connection, url: str) -> int:
    """How often in a row a link has failed."""
    row = connection.execute("SELECT attempts FROM links WHERE url = ?", [canonical(url)]).fetchone()
    return row[0] if row else 0


def knows(connection: sqlite3.Connection, url: str) -> bool:
    """Whether an address is among the links."""
    return connection.execute("SELECT 1 FROM links WHERE url = ?", [canonical(url)]).fetchone() is not None


def has_any(connection: sqlite3.Connection, source_id: str) -> bool:
    """Whether any address of a source is known."""
    return connection.execute("SELECT 1 FROM links WHERE source = ? LIMIT 1", [source_id]).fetchone() is not None


def found_at(connection: sqlite3.Connection, url: str) -> datetime | None:
    """When a link was found."""
    row = connection.execute("SELECT found_at FROM links WHERE url = ?", [canonical(url)]).fetchone()
    return moment(row[0]) if row else None


def was_visited(connection: sqlite3.Connection, url: str) -> bool:
    """Whether a link brought a page, whatever it was, and wherever it led."""
    row = connection.execute("SELECT state FROM links WHERE url = ?", [canonical(url)]).fetchone()
    return row is not None and row[0] in ("done", "gone")
