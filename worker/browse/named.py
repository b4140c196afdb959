"""The pages of who and what is named: people by their office, programmes, and the documents that are cited."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from worker.browse.kept import kept
from worker.browse.pages import address, file_of, page_number
from worker.vietnamese import fold, nfc

ROWS = 100
"""Rows on one page."""

LONGEST = 200
"""Characters of what is looked for; the rest is not."""

PATHS = {"person": "/offices", "programme": "/programmes", "document": "/documents"}
"""Where the entities of a kind are listed."""

_ORDERS = {"person": "n.organisation = '', n.organisation, n.role, n.last_named DESC, n.articles DESC, n.entity"}
_ORDER = "n.articles DESC, n.last_named DESC, n.entity"
"""People stand with those of their body; programmes and documents by how many articles name them."""


@dataclass(frozen=True, slots=True)
class NamedPage:
    """What the template shows: bodies, each with those named there; `words` is what was asked for."""

    kind: str
    words: str
    bodies: tuple[tuple[str, tuple[sqlite3.Row, ...]], ...]
    count: int
    page: int
    pages: int


def load(connection: sqlite3.Connection, kind: str, arguments: Mapping[str, Any]) -> NamedPage:
    """A page of those of a kind whose name, office or body holds every word asked for, with marks or without."""
    words = str(arguments.get("q") or "")[:LONGEST]
    count = kept(("named", file_of(connection), kind, words), lambda: _count(connection, kind, words))
    pages = max(-(-count // ROWS), 1)
    page = page_number(arguments, pages)
    shown = kept(
        ("rows", file_of(connection), kind, words, page),
        lambda: rows_of(connection, kind, words, ROWS, (page - 1) * ROWS),
    )
    bodies = tuple((body, tuple(rows)) for body, rows in groupby(shown, key=lambda row: row["organisation"] or ""))
    return NamedPage(kind, words, bodies, count, page, pages)


def rows_of(connection: sqlite3.Connection, kind: str, words: str, limit: int, offset: int = 0) -> list[sqlite3.Row]:
    """The rows that hold the words, in the order of the page."""
    condition, values = _having(kind, words)
    order = _ORDERS.get(kind, _ORDER)
    question = f"{_ROWS} WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?"
    return connection.execute(question, [*values, limit, offset]).fetchall()


def address_of(page: NamedPage, number: int) -> str:
    """The address of another page of the same list."""
    return address(PATHS[page.kind], q=page.words, page=number if number > 1 else None)


def _count(connection: sqlite3.Connection, kind: str, words: str) -> int:
    condition, values = _having(kind, words)
    return int(connection.execute(f"SELECT count(*) FROM named AS n WHERE {condition}", values).fetchone()[0])  # noqa: S608 - constants


def _having(kind: str, words: str) -> tuple[str, list[str]]:
    """The condition and its values."""
    wanted = fold(nfc(words)).split()
    return " AND ".join(["n.kind = ?", *["instr(n.folded, ?) > 0"] * len(wanted)]), [kind, *wanted]


_ROWS = """
SELECT n.entity, e.name, e.code, n.role, nullif(n.organisation, '') AS organisation, n.first_named, n.last_named,
  n.articles, n.first_article, n.last_article
FROM named AS n JOIN entities AS e ON e.id = n.entity"""
