"""The sources page: which sites are followed, how they are, and what their last crawls came to."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from worker.browse.kept import kept
from worker.browse.pages import counts

RUNS = 30


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its articles, and the counts of its last run."""

    source: sqlite3.Row
    articles: int
    latest: str | None
    last_counts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """What the template shows: those that fail come first."""

    sources: tuple[SourceRow, ...]
    runs: tuple[tuple[sqlite3.Row, dict[str, Any]], ...]


def load(connection: sqlite3.Connection) -> SourcesPage:
    """The sources page."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    articles = kept(
        ("sources", path),
        lambda: {row[0]: (row[1], row[2]) for row in connection.execute(_ARTICLES)},
    )
    return SourcesPage(
        sources=tuple(
            SourceRow(row, *articles.get(row["id"], (0, None)), counts(row["counts"]))
            for row in connection.execute(_SOURCES)
        ),
        runs=tuple((row, counts(row["counts"])) for row in connection.execute(_RUNS, [RUNS])),
    )


_ARTICLES = "SELECT source, count(*), max(published) FROM articles GROUP BY source"

_SOURCES = """
SELECT s.*, r.started, r.outcome, r.counts, r.error
FROM sources s LEFT JOIN runs r ON r.id = (SELECT max(id) FROM runs WHERE source = s.id)
ORDER BY CASE s.health WHEN 'failing' THEN 0 WHEN 'ok' THEN 1 WHEN 'new' THEN 2 ELSE 3 END, s.name"""

_RUNS = """
SELECT r.id, r.source, s.name, r."trigger", r.started, r.finished, r.outcome, r.counts, r.error
FROM runs r LEFT JOIN sources s ON s.id = r.source ORDER BY r.id DESC LIMIT ?"""
