"""Facts as rows of a page: the value in words, and the passage in which it stands."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from worker.browse.language import Language
from worker.browse.marks import plain
from worker.browse.values import in_words, province

AROUND = 110
"""Characters of the text that are read on either side of a fact."""

COLUMNS = f"""f.id, f.article, f.kind, f.number, f.value, f.qualifier, f.text, f.province, f.year, f.start, f."end",
  f.indicator, a.title, a.published, s.name AS source_name, min(f.start, {AROUND}) AS at,
  CASE f.part WHEN 'body'
    THEN substr(a.body, max(f.start - {AROUND}, 0) + 1, min(f.start, {AROUND}) + f."end" - f.start + {AROUND})
    ELSE '' END AS around"""
"""What `figure` needs of facts f, articles a and sources s."""


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
    around, at = row["around"] or "", row["at"]
    end = at + row["end"] - row["start"]
    before, after = _before(around[:at], whole=row["start"] <= AROUND), _after(around[end:])
    return Figure(row, words, province(row["province"]), plain(before), plain(around[at:end]), plain(after))


def _before(text: str, *, whole: bool) -> str:
    """What stands before the fact in its paragraph, from a word's beginning on; `whole` where nothing was cut off."""
    paragraph, cut = text.rsplit("\n", 1)[-1], "\n" not in text and not whole
    return "… " + paragraph.partition(" ")[2] if cut else paragraph


def _after(text: str) -> str:
    """What follows in its paragraph, to a word's end."""
    paragraph, cut = text.split("\n", 1)[0], "\n" not in text and len(text) == AROUND
    return paragraph.rpartition(" ")[0] + " …" if cut else paragraph
