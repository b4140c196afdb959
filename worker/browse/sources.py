"""The sources page: which sites are followed, how they are, and what their last crawls came to."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from worker.browse.pages import counts

RUNS = 30
MONTHS = 24
"""Months of a source's rhythm, up to the newest of the archive."""

MOST_ALARMS = 20
"""Alarms that are over, shown below those that are not."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The articles of a source month by month: a path of SVG, 4 wide and at most 11 high a month."""

    months: int
    busy: int  # of them with articles
    last: str
    path: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its articles, its rhythm, what is wrong with it, and the counts of its last run."""

    source: sqlite3.Row
    articles: int
    latest: str | None
    rhythm: Rhythm
    alarms: tuple[sqlite3.Row, ...]
    last_counts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """What the template shows: sources that fail or have an alarm come first; `alarms` are the archive's own."""

    sources: tuple[SourceRow, ...]
    alarms: tuple[sqlite3.Row, ...]
    over: tuple[sqlite3.Row, ...]
    runs: tuple[tuple[sqlite3.Row, dict[str, Any]], ...]


def load(connection: sqlite3.Connection) -> SourcesPage:
    """The sources page."""
    articles: dict[str, dict[str, int]] = defaultdict(dict)
    for source, month, count in connection.execute(_ARTICLES):
        articles[source][month] = count
    months = _months(max((month for of in articles.values() for month in of), default=""))
    alarms: dict[str | None, list[sqlite3.Row]] = defaultdict(list)
    for alarm in connection.execute(_ALARMS):
        alarms[alarm["source"]].append(alarm)
    rows = [_row(row, articles[row["id"]], months, tuple(alarms[row["id"]])) for row in connection.execute(_SOURCES)]
    return SourcesPage(
        sources=tuple(sorted(rows, key=lambda row: (row.source["health"] != "failing", not row.alarms))),
        alarms=tuple(alarms[None]),
        over=tuple(connection.execute(_OVER, [MOST_ALARMS])),
        runs=tuple((row, counts(row["counts"])) for row in connection.execute(_RUNS, [RUNS])),
    )


def _row(
    source: sqlite3.Row, articles: dict[str, int], months: list[str], alarms: tuple[sqlite3.Row, ...]
) -> SourceRow:
    return SourceRow(
        source,
        sum(articles.values()),
        source["latest"],
        _rhythm([articles.get(month, 0) for month in months], months[-1] if months else ""),
        alarms,
        counts(source["counts"]),
    )


def _rhythm(counted: list[int], last: str) -> Rhythm:
    busiest = max(counted, default=0) or 1
    heights = [-(-110 * count // busiest) / 10 for count in counted]
    path = "".join(f"M{4 * at} 11.5v-{height:g}h3v{height:g}z" for at, height in enumerate(heights) if height)
    return Rhythm(len(counted), sum(map(bool, counted)), last, path)


def _months(last: str) -> list[str]:
    """The months up to the last one, as 2024-03; none where there is none."""
    if not last:
        return []
    end = int(last[:4]) * 12 + int(last[5:7]) - 1
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(end - MONTHS + 1, end + 1)]


_ARTICLES = "SELECT name, at, count FROM tallies WHERE what = 'articles'"

_ALARMS = "SELECT source, kind, message, began FROM alarms WHERE ended IS NULL ORDER BY began DESC"

_OVER = """
SELECT l.source, s.name, l.kind, l.message, l.began, l.ended FROM alarms l LEFT JOIN sources s ON s.id = l.source
WHERE l.ended IS NOT NULL ORDER BY l.ended DESC LIMIT ?"""

_SOURCES = """
SELECT s.*, r.started, r.outcome, r.counts, r.error,
  (SELECT max(published) FROM articles WHERE source = s.id) AS latest
FROM sources s LEFT JOIN runs r
  ON r.id = (SELECT id FROM runs WHERE source = s.id ORDER BY started DESC, id DESC LIMIT 1)
ORDER BY CASE s.health WHEN 'failing' THEN 0 WHEN 'ok' THEN 1 WHEN 'new' THEN 2 ELSE 3 END, s.name"""

_RUNS = """
SELECT r.id, r.source, s.name, r."trigger", r.started, r.finished, r.outcome, r.counts, r.error
FROM runs r LEFT JOIN sources s ON s.id = r.source ORDER BY r.started DESC, r.id DESC LIMIT ?"""
