"""The rows of one article: itself, its earlier texts, and its place in the search index; and what they say."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from worker.dedup.canonical import canonical
from worker.dedup.compare import Text
from worker.models import Article

COLUMNS = ("title", "lead", "body", "captions", "byline", "authors", "origin", "published", "published_precision")
"""The columns that are the article; the others say when and where it was seen."""

DECIDING = ("published", "origin")
"""Those that decide, beside the text, which articles are its copies and which of them is the original."""

MERGED = 16
"""Pages of the search index that are merged with each article. An article fills about two and a half, which are merged
once in every level of eight segments: a million articles make seven."""


def stored(connection: sqlite3.Connection, url: str) -> tuple[int, dict[str, object]] | None:
    """The id and the columns of the article at a canonical address."""
    row = connection.execute(
        f"SELECT id, {', '.join(COLUMNS)} FROM articles WHERE url = ?",  # noqa: S608  # our own column names
        [url],
    ).fetchone()
    return None if row is None else (row[0], dict(zip(COLUMNS, row[1:], strict=True)))


def columns(article: Article) -> dict[str, object]:
    """The columns of an article, as they are stored."""
    values: dict[str, object] = {name: getattr(article, name) for name in COLUMNS}
    values["authors"] = json.dumps(article.authors, ensure_ascii=False)
    return values


def texts(article: Article, text: Text, capture: int, at: str) -> dict[str, object]:
    """The columns that a new text sets: the article's, and where and when it was seen. `text` is the article's own."""
    return columns(article) | {
        "views": article.views,
        "last_changed": at,
        "words": text.words,
        "fingerprint": text.fingerprint,
        "capture": capture,
        "gone_at": None,
    }


def keep_revision(connection: sqlite3.Connection, article_id: int) -> None:
    """Keep the present text of an article as an earlier one, before it is changed."""
    connection.execute(
        "INSERT INTO revisions (article, seen_at, title, body, digest, capture)"
        " SELECT articles.id, captures.fetched_at, title, body, digest, capture"
        " FROM articles JOIN captures ON captures.id = articles.capture WHERE articles.id = ?",
        [article_id],
    )


def index(connection: sqlite3.Connection, article_id: int) -> None:
    """Put an article into the search index, as it stands now, with its facts, and merge a little of what is there."""
    connection.execute(
        "INSERT INTO articles_fts (rowid, title, body, title_folded, body_folded, tags)"
        " SELECT id, title, body, title_folded, body_folded, tags FROM articles_search WHERE id = ?",
        [article_id],
    )
    connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('merge', ?)", [MERGED])


def unindex(connection: sqlite3.Connection, article_id: int) -> None:
    """Take an article out of the search index; to be called before any change of its text or facts."""
    connection.execute(
        "INSERT INTO articles_fts (articles_fts, rowid, title, body, title_folded, body_folded, tags)"
        " SELECT 'delete', id, title, body, title_folded, body_folded, tags FROM articles_search WHERE id = ?",
        [article_id],
    )


class Version(NamedTuple):
    """A text that an article has, or had, since `seen_at`."""

    seen_at: str
    title: str
    body: str


def versions(connection: sqlite3.Connection, url: str) -> list[Version]:
    """The texts that the article of an address has had, the earliest first, the present one last."""
    rows = connection.execute(
        "SELECT seen_at, title, body FROM (SELECT seen_at, r.id AS n, r.title, r.body FROM revisions AS r"
        " JOIN articles ON articles.id = r.article WHERE url = :url"
        " UNION ALL SELECT last_changed, 9e18, title, body FROM articles WHERE url = :url) ORDER BY seen_at, n",
        {"url": canonical(url)},
    )
    return [Version(*row) for row in rows]


def text_of(connection: sqlite3.Connection, url: str) -> tuple[str, str] | None:
    """Title and body of the article of an address."""
    row = connection.execute("SELECT title, body FROM articles WHERE url = ?", [canonical(url)]).fetchone()
    return (row[0], row[1]) if row else None


def published(connection: sqlite3.Connection, url: str) -> str | None:
    """The date that the article of an address states: ISO 8601, None where it states none or is not archived."""
    row = connection.execute("SELECT published FROM articles WHERE url = ?", [canonical(url)]).fetchone()
    return row[0] if row else None


def is_there(connection: sqlite3.Connection, url: str) -> bool:
    """Whether the article of an address is archived, and its page was there when it was last asked for."""
    row = connection.execute("SELECT gone_at FROM articles WHERE url = ?", [canonical(url)]).fetchone()
    return row is not None and row[0] is None
