"""What is in an archive, what is due and what is wrong: the figures behind `worker status` and `worker sources`."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from worker.store.times import now, stamp

_SOURCES = """
SELECT id, name, home, kind, province, health, failing_since, last_run, next_run,
  (SELECT count(*) FROM articles WHERE source = sources.id) AS articles,
  (SELECT error FROM runs WHERE source = sources.id ORDER BY started DESC, id DESC LIMIT 1) AS error
FROM sources ORDER BY id
"""


def source_rows(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """The sources with their health, number of articles and the error of the last run."""
    return _rows(connection, _SOURCES)


def status(connection: sqlite3.Connection, directory: Path, writer: str | None) -> dict[str, Any]:
    """The archive in figures; `bytes` is what news.db and warc/ take on disk, `failing` the sources that are."""
    one = connection.execute
    return {
        "articles": one("SELECT count(*) FROM articles").fetchone()[0],
        "sources": one("SELECT count(DISTINCT source) FROM articles").fetchone()[0],
        "facts": one("SELECT count(*) FROM facts").fetchone()[0],
        "captures": one("SELECT count(*) FROM captures").fetchone()[0],
        "bytes": _size(directory),
        "backlog": one("SELECT count(*) FROM links WHERE state = 'new'").fetchone()[0],
        "failed_links": one("SELECT count(*) FROM links WHERE state = 'failed'").fetchone()[0],
        "last_run": one("SELECT max(finished) FROM runs").fetchone()[0],
        "writer": writer,
        "failing": [row for row in source_rows(connection) if row["health"] == "failing"],
    }


def due_at_once(connection: sqlite3.Connection, at: datetime | None = None) -> tuple[int, str | None]:
    """How many sources are due, those that were never visited among them; and when the next of the others is."""
    waiting, later = connection.execute(
        "SELECT count(*) FILTER (WHERE coalesce(next_run, '') <= :now), min(next_run) FILTER (WHERE next_run > :now)"
        " FROM sources WHERE health <> 'disabled'",
        {"now": stamp(at or now())},
    ).fetchone()
    return waiting, later


def overdue(connection: sqlite3.Connection, at: datetime | None = None) -> str | None:
    """Since when a visit is due that nobody makes, as stored: for more than a day, in which there was no other either.

    None where no service ever planned a visit, or where somebody crawls by hand.
    """
    (due,) = connection.execute("SELECT min(next_run) FROM sources WHERE health <> 'disabled'").fetchone()
    long_ago = stamp((at or now()) - timedelta(days=1))
    last = connection.execute("SELECT started FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return due if due and due < long_ago and (last is None or last[0] < long_ago) else None


def last_day(connection: sqlite3.Connection, at: datetime | None = None) -> dict[str, int]:
    """The last 24 hours: new articles, and runs that took place, failed, were skipped or late."""
    since = stamp((at or now()) - timedelta(days=1))
    articles = connection.execute("SELECT count(*) FROM articles WHERE first_seen >= ?", [since]).fetchone()[0]
    row = connection.execute(
        "SELECT count(*) FILTER (WHERE outcome IS NOT 'skipped'), count(*) FILTER (WHERE outcome = 'failed'),"
        " count(*) FILTER (WHERE outcome = 'skipped'),"
        " count(*) FILTER (WHERE outcome IS NOT 'skipped' AND note IS NOT NULL) FROM runs WHERE started >= ?",
        [since],
    ).fetchone()
    return {"articles": articles} | dict(zip(("runs", "failed", "skipped", "late"), row, strict=True))


def _rows(connection: sqlite3.Connection, sql: str) -> list[dict[str, Any]]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _size(directory: Path) -> int:
    total = 0
    for file in (*directory.glob("news.db*"), *(directory / "warc").glob("*")):
        with suppress(FileNotFoundError):  # the writer removes its log when it ends
            total += file.stat().st_size
    return total
