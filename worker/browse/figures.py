"""Facts as rows of a page: the value in words, and the passage in which it stands."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from worker.browse.language import Language
from worker.browse.marks import plain
from worker.browse.values import in_words, province

COLUMNS = """f.id, f.article, f.kind, f.number, f.value, f.qualifier, f.text, f.province, f.year, f.start, f."end",
  f.indicator,
  a.title, a.published, s.name AS source_name, min(f.start, 90) AS at,
  CASE f.part WHEN 'body' THEN substr(a.body, max(f.start - 90, 0) + 1, min(f.start, 90) + f."end" - f.start + 110)
    ELSE '' END AS around"""
"""What `figure` needs of facts f, articles a and sources s; of the text at most 200 characters beside the fact's."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact as a row of a page: its value in words, and the passage around it."""

    row: sqlite3.Row
    value: str
    province: str
    before: str
    text: str
    after: str


def figure(row: sqlite3.Row, language: Language) -> Figure:
    """A row of COLUMNS, to be shown; of the passage, the paragraph that the fact stands in."""
    words = in_words(row["kind"], row["value"], row["qualifier"], language)
    around = row["around"] or ""
    at = row["at"]
    end = at + row["end"] - row["start"]
    before, after = around[:at].rsplit("\n", 1)[-1], around[end:].split("\n", 1)[0]
    return Figure(row, words, province(row["province"]), plain(before), plain(around[at:end]), plain(after))
