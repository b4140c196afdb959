"""Facts as rows of a page: the value in words, and the sentence in which it stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from worker.browse.language import Language
from worker.browse.marks import plain
from worker.browse.values import in_words, province
from worker.store.masks import Masks
from worker.store.privacy import PUBLIC
from worker.vietnamese.sentences import REACH, Passage, around

AROUND = REACH + 1
"""Characters of the text that are read on either side of a fact: one more than a sentence is looked for in."""

COLUMNS = f"""f.id, f.article, f.kind, f.number, f.value, f.qualifier, f.text, f.province, f.year, f.start, f."end",
  f.indicator, f.org, a.title, a.published, s.name AS source_name, min(f.start, {AROUND}) AS at,
  CASE f.part WHEN 'body'
    THEN substr(a.body, max(f.start - {AROUND}, 0) + 1, min(f.start, {AROUND}) + f."end" - f.start + {AROUND})
    ELSE '' END AS around"""
"""What `figure` needs of facts f, articles a and sources s."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact as a row of a page: its value in words, and the rest of its sentence."""

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


def one(connection: sqlite3.Connection, fact: int, language: Language, *, private: bool = False) -> Figure | None:
    """A fact by its number, or None where there is none that this reader may see."""
    rows = connection.execute(_ONE.format(visible="1" if private else PUBLIC), [fact]).fetchall()
    return next(iter(figures(connection, rows, language, private=private)), None)


def _figure(row: sqlite3.Row, language: Language, masks: Masks) -> Figure:
    """One of them."""
    article, start, at = row["article"], row["start"], row["at"]
    text, end = row["around"] or "", at + row["end"] - start
    said = around(text, at, end) if text else Passage(at, at, opens=True, closes=True)  # only bodies are read here
    before = masks.masked(article, text[said.start : at], at=start - at + said.start)
    after = masks.masked(article, text[end : said.end], at=row["end"])
    return Figure(
        row=row,
        value=in_words(row["kind"], row["value"], row["qualifier"], language),
        title=masks.masked(article, row["title"], "title"),
        province=province(row["province"]),
        before=plain(before if said.opens else f"… {before}"),
        text=plain(text[at:end]),
        after=plain(after if said.closes else f"{after} …"),
    )


_ONE = f"""
SELECT {COLUMNS} FROM facts AS f JOIN articles AS a ON a.id = f.article JOIN sources AS s ON s.id = a.source
WHERE f.id = (SELECT id FROM facts WHERE id = ? AND {{visible}})"""  # noqa: S608 - made of constants
