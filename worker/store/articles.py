"""The rows of one article: itself, its earlier texts, and its place in the search index."""

from __future__ import annotations

import json
import sqlite3

from worker.dedup.compare import Text
from worker.models import Article

COLUMNS = ("title", "lead", "body", "captions", "byline", "authors", "origin", "published", "published_precision")
"""The columns that are the article; the others say when and where it was seen."""

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
