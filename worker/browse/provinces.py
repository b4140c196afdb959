"""The map of an indicator: the largest figure that is told of each province, in one year or in all."""

from __future__ import annotations

import sqlite3

from worker.browse.kept import kept
from worker.browse.language import Language
from worker.browse.map import Map, Told, draw
from worker.browse.pages import file_of
from worker.browse.values import in_words

LONG = 600.0
"""Seconds that a map is kept: it changes little from one article to the next."""


def load(connection: sqlite3.Connection, indicator: str, year: str, scheme: str, language: Language) -> Map:
    """The map of an indicator. `year` is a year or empty; `scheme` "34" or "63"."""
    where = {"indicator": indicator, "year": year}
    rows = kept(
        ("map", file_of(connection), indicator, year),
        lambda: connection.execute(_LARGEST, where).fetchall(),
        seconds=LONG,
    )
    told = {
        row["province"]: Told(
            row["number"],
            in_words(row["kind"], row["value"], row["qualifier"], language),
            f"/news/article/{row['article']}#f{row['id']}",
        )
        for row in rows
    }
    return draw(told, scheme)


# Which figure is the largest is settled in the index of `statements`, before any fact is read.
_LARGEST = """
SELECT f.id, f.article, f.kind, f.value, f.qualifier, f.province, most.number
FROM (
  SELECT fact, max(value) AS number FROM statements
  WHERE kind = 'indicator' AND name = :indicator AND province IS NOT NULL AND value IS NOT NULL
    AND (:year = '' OR year = cast(:year AS INTEGER))
  GROUP BY province) AS most
JOIN facts AS f ON f.id = most.fact"""
