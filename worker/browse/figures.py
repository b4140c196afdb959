"""Facts as rows of a page: the value in words, and the passage in which it stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from worker.browse.language import Language
from worker.browse.marks import plain
from worker.browse.values import in_words, province
from worker.store.masks import Masks

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
    title: str
    province: str
    before: str
    text: str
    after: str


def figures(
    connection: sqlite3.Connection, rows: Sequence[sqlite3.Row], language: Language, *, private: bool = False
) -> tuple[Figure, ...]:
    """Rows of COLUMNS, to be shown. Around them private persons stand with their initials, unless `private`."""
    masks = Masks() if private else Masks.of(connection, {row["article"] for row in rows})
    return tuple(_figure(row, language, masks) for row in rows)


def _figure(row: sqlite3.Row, language: Language, masks: Masks) -> Figure:
    """One of them; of the passage, the paragraph that the fact stands in."""
    article, start, at = row["article"], row["start"], row["at"]
    around, end = row["around"] or "", at + row["end"] - start
    before, after = around[:at], around[end:]
    return Figure(
        row=row,
        value=in_words(row["kind"], row["value"], row["qualifier"], language),
        title=masks.masked(article, row["title"], "title"),
        province=province(row["province"]),
        before=plain(_before(masks.masked(article, before, at=start - at), whole=start <= AROUND)),
        text=plain(around[at:end]),
        after=plain(_after(masks.masked(article, after, at=row["end"]), whole=len(after) < AROUND)),
    )


def _before(text: str, *, whole: bool) -> str:
    """What stands before the fact in its paragraph, from a word's beginning on; `whole` where nothing was cut off."""
    paragraph, cut = text.rsplit("\n", 1)[-1], "\n" not in text and not whole
    return "… " + paragraph.partition(" ")[2] if cut else paragraph


def _after(text: str, *, whole: bool) -> str:
    """What follows in its paragraph, to a word's end."""
    paragraph, cut = text.split("\n", 1)[0], "\n" not in text and not whole
    return paragraph.rpartition(" ")[0] + " …" if cut else paragraph
