"""Attachments in the archive: their text, and finding them by it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from worker.dedup.canonical import canonical
from worker.store import query as q
from worker.store.snippet import Snippet, Spelling, snippet, sought, spelling
from worker.vietnamese import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attachment that was found. `article` is the address of the article that links to it."""

    url: str
    title: str
    article: str | None
    pages: int | None
    passage: Snippet


def put(
    connection: sqlite3.Connection, url: str, capture: int, *, text: str, pages: int | None, problem: str | None
) -> None:
    """File the text of an attachment, in the place of an earlier one. What it is called, and by whom, its link says."""
    key = canonical(url)
    row = connection.execute("SELECT id FROM attachments WHERE url = ?", [key]).fetchone()
    if row:
        connection.execute(
            "INSERT INTO attachments_fts (attachments_fts, rowid, body, body_folded)"
            " SELECT 'delete', id, body, body_folded FROM attachments_search WHERE id = ?",
            row,
        )
    title, found_on = connection.execute(
        "SELECT title, found_on FROM (SELECT 1) LEFT JOIN links ON links.url = ?", [key]
    ).fetchone()
    article = _article(connection, found_on) if found_on else None
    (number,) = connection.execute(
        "INSERT INTO attachments (url, article, title, capture, pages, problem, text) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (url) DO UPDATE SET capture = excluded.capture, pages = excluded.pages,"
        " problem = excluded.problem, text = excluded.text RETURNING id",
        [key, article, title or key.rpartition("/")[2], capture, pages, problem, text],
    ).fetchone()
    connection.execute(
        "INSERT INTO attachments_fts (rowid, body, body_folded)"
        " SELECT id, body, body_folded FROM attachments_search WHERE id = ?",
        [number],
    )


def _article(connection: sqlite3.Connection, found_on: str) -> int | None:
    """The article of a page, which may have been filed under another address that the page declares."""
    row = connection.execute(
        "SELECT id FROM articles WHERE url = ? OR capture IN (SELECT id FROM captures WHERE url = ?)"
        " ORDER BY url <> ? LIMIT 1",
        [canonical(found_on), found_on, canonical(found_on)],
    ).fetchone()
    return row[0] if row else None


def search(connection: sqlite3.Connection, query: str, limit: int) -> list[Attachment]:
    """The attachments that hold all terms of a query, those with the marks as typed first, then the newest."""
    found = q.terms(query)
    if not found:
        return []
    hits: dict[int, bool] = {}
    for spelled, column in ((q.exact, "body"), (fold, "body_folded")):
        rows = connection.execute(
            "SELECT rowid FROM attachments_fts WHERE attachments_fts MATCH ? ORDER BY rowid DESC LIMIT ?",
            [q.all_of(found, spelled, column), limit],
        )
        for (number,) in rows.fetchall():
            hits.setdefault(number, spelled is q.exact)
    return [
        _attachment(connection, number, found, spelling(is_exact=is_exact))
        for number, is_exact in [*hits.items()][:limit]
    ]


def _attachment(
    connection: sqlite3.Connection, number: int, terms: tuple[q.Term, ...], spelled: Spelling
) -> Attachment:
    url, title, article, pages, text = connection.execute(
        "SELECT a.url, a.title, articles.url, a.pages, a.text FROM attachments AS a"
        " LEFT JOIN articles ON articles.id = a.article WHERE a.id = ?",
        [number],
    ).fetchone()
    passage = snippet(text, sought(terms, spelled), spelled)
    return Attachment(url=url, title=title, article=article, pages=pages, passage=passage)
