"""The offices page: who is named with which office, from when to when, body by body."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from worker.browse.kept import kept
from worker.browse.pages import address
from worker.vietnamese import fold, nfc

MOST_ROWS = 100
"""Holders of an office on one page."""

LONG = 300.0
"""Seconds that the list is kept: it is read from every fact on a person."""


@dataclass(frozen=True, slots=True)
class OfficesPage:
    """What the template shows: bodies, each with its holders of offices; `words` is what was asked for."""

    words: str
    bodies: tuple[tuple[str, tuple[sqlite3.Row, ...]], ...]
    count: int
    page: int
    pages: int


def load(connection: sqlite3.Connection, arguments: Mapping[str, Any]) -> OfficesPage:
    """Those whose name, office or body holds every word that is asked for, with marks or without."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    listed = kept(("offices", path), lambda: _all(connection), seconds=LONG)
    words = str(arguments.get("q") or "")[:200]
    wanted = fold(nfc(words)).split()
    found = [row for key, row in listed if all(word in key for word in wanted)]
    pages = max(-(-len(found) // MOST_ROWS), 1)
    number = str(arguments.get("page") or "1")
    page = min(int(number), pages) if number.isascii() and number.isdigit() and int(number[:9]) > 0 else 1
    shown = found[(page - 1) * MOST_ROWS : page * MOST_ROWS]
    bodies = tuple((body, tuple(rows)) for body, rows in groupby(shown, key=lambda row: row["organisation"] or ""))
    return OfficesPage(words, bodies, len(found), page, pages)


def address_of(page: OfficesPage, number: int) -> str:
    """The address of another page of the same list."""
    return address("/offices", q=page.words, page=number if number > 1 else None)


def _all(connection: sqlite3.Connection) -> list[tuple[str, sqlite3.Row]]:
    rows = connection.execute(_OFFICES).fetchall()
    return [(fold(nfc(" ".join(filter(None, (row["name"], row["role"], row["organisation"]))))), row) for row in rows]


_OFFICES = """
SELECT name, role, organisation, first_named, last_named, articles, first_article, last_article FROM offices
ORDER BY organisation IS NULL, organisation, role, last_named DESC, articles DESC LIMIT 50000"""
