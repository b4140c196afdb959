"""The doors that are still to be opened: pages of listings and sitemaps where a walk was cut off."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

MOST = 10_000
"""Doors of one source that are kept; a site that names more of them is left at that."""


def ahead(connection: sqlite3.Connection, source_id: str, *, backfill: bool) -> list[str]:
    """The addresses still to be opened, in the order in which they were found."""
    rows = connection.execute(
        "SELECT url FROM doors WHERE source = ? AND backfill = ? ORDER BY id LIMIT ?", [source_id, backfill, MOST]
    )
    return [url for (url,) in rows]


def keep(connection: sqlite3.Connection, source_id: str, urls: Iterable[str], *, backfill: bool) -> None:
    """Remember doors until they are dropped."""
    connection.executemany(
        "INSERT INTO doors (source, url, backfill) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(source_id, url, backfill) for url in urls],
    )


def drop(connection: sqlite3.Connection, source_id: str, url: str | None, *, backfill: bool) -> None:
    """Forget a door, or, where none is named, all doors of a walk: it is at its end."""
    connection.execute(
        "DELETE FROM doors WHERE source = ? AND backfill = ? AND (? IS NULL OR url = ?)",
        [source_id, backfill, url, url],
    )
