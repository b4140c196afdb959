"""Facts as rows of a page: the value in words, and the sentence in which it stands."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from worker.browse.language import Language
from worker.browse.marks import plain
from worker.browse.values import in_words, province
from worker.store.masks import Masks
from worker.store.privacy import PUBLIC
from worker.vietnamese.sentences import around

COLUMNS = """f.id, f.article, f.kind, f.number, f.value, f.qualifier, f.text, f.province, f.year, f.indicator, f.org,
  f.part, f.start, f."end", a.title, a.published, s.name AS source_name"""
"""What `figures` needs of facts f, articles a and sources s."""


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
    passages = _passages(connection, rows, masks)
    return tuple(_figure(row, language, masks, passages.get(row["id"], _NONE)) for row in rows)


def one(connection: sqlite3.Connection, fact: int, language: Language, *, private: bool = False) -> Figure | None:
    """A fact by its number, or None where there is none that this reader may see."""
    rows = connection.execute(_ONE.format(visible="1" if private else PUBLIC), [fact]).fetchall()
    return next(iter(figures(connection, rows, language, private=private)), None)


def _passages(
    connection: sqlite3.Connection, rows: Sequence[sqlite3.Row], masks: Masks
) -> dict[int, tuple[str, str, str]]:
    """Of each fact that stands in a body: what its sentence says before it, its own words, and what comes after.

    A body is read once, however many facts it has: SQLite would look for the place of each from the body's beginning.
    Rows may have been read a while ago; one whose words are no longer where they were has no passage.
    """
    of: defaultdict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        if row["part"] == "body":
            of[row["article"]].append(row)
    return {
        row["id"]: _passage(body, row, masks)
        for article, body in connection.execute(_BODIES, [json.dumps(list(of))])
        for row in of[article]
        if body[row["start"] : row["end"]] == row["text"]
    }


def _passage(body: str, row: sqlite3.Row, masks: Masks) -> tuple[str, str, str]:
    start, end = row["start"], row["end"]
    said = around(body, start, end)
    before = masks.masked(row["article"], body[said.start : start], at=said.start)
    after = masks.masked(row["article"], body[end : said.end], at=end)
    return before if said.opens else f"… {before}", row["text"], after if said.closes else f"{after} …"


def _figure(row: sqlite3.Row, language: Language, masks: Masks, passage: tuple[str, str, str]) -> Figure:
    """One of them."""
    before, text, after = map(plain, passage)
    return Figure(
        row=row,
        value=in_words(row["kind"], row["value"], row["qualifier"], language),
        title=masks.masked(row["article"], row["title"], "title"),
        province=province(row["province"]),
        before=before,
        text=text,
        after=after,
    )


_NONE = ("", "", "")

_BODIES = "SELECT a.id, a.body FROM json_each(?) AS asked CROSS JOIN articles AS a ON a.id = asked.value"

_ONE = f"""
SELECT {COLUMNS} FROM facts AS f JOIN articles AS a ON a.id = f.article JOIN sources AS s ON s.id = a.source
WHERE f.id = (SELECT id FROM facts WHERE id = ? AND {{visible}})"""  # noqa: S608 - made of constants
