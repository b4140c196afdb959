"""The map of an indicator: the largest figure that is told of each province, in one year or in all."""

from __future__ import annotations

import sqlite3

from worker.browse.kept import kept
from worker.browse.language import Language
from worker.browse.map import Map, Told, draw
from worker.browse.values import in_words

LONG = 600.0
"""Seconds that a map is kept: it changes little from one article to the next."""


def load(connection: sqlite3.Connection, indicator: str, year: str, scheme: str, language: Language) -> Map:
    """The map of an indicator. `year` is a year or empty; `scheme` "34" or "63"."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    where = {"indicator": indicator, "year": year}
    rows = kept(("map", path, indicator, year), lambda: connection.execute(_LARGEST, where).fetchall(), seconds=LONG)
    told = {
        row["province"]: Told(
            row["number"],
            in_words(row["kind"], row["value"], row["qualifier"], language),
            f"/news/article/{row['article']}#f{row['id']}",
        )
        for row in rows
    }
    return draw(told, scheme)


_LARGEST = """
SELECT f.id, f.article, f.kind, f.value, f.qualifier, f.province, max(f.number) AS number
FROM facts AS f
JOIN articles AS a ON a.id = f.article
LEFT JOIN groups AS g ON g.id = a.group_id AND g.kind IN ('same', 'near')
WHERE f.indicator = :indicator AND f.province IS NOT NULL AND f.number IS NOT NULL
  AND (:year = '' OR f.year = cast(:year AS INTEGER)) AND coalesce(g.canonical, a.id) = a.id
GROUP BY f.province"""
