"""What is in an archive, what is due and what is wrong: the figures behind `worker status` and `worker sources`."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

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
