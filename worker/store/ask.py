"""Asking for facts: one query behind `worker facts` and whoever else lists them, each with its sentence."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from worker.store import query as q
from worker.store.masks import Masks
from worker.store.privacy import PUBLIC
from worker.store.snippet import sought
from worker.vietnamese import fold
from worker.vietnamese.sentences import around

# Only what is sorted by is sorted: with the texts of their articles, 36,000 facts made temporary files of 377 MB.
_ORDER = f"""
SELECT facts.id
FROM facts JOIN articles ON articles.id = facts.article
  LEFT JOIN groups ON groups.id = articles.group_id AND groups.kind IN ('same', 'near')
WHERE (:kind IS NULL OR facts.kind = :kind)
  AND (:province IS NULL OR facts.province = :province)
  AND (:year IS NULL OR facts.year = :year)
  AND (:indicator IS NULL OR facts.indicator = :indicator)
  AND (groups.id IS NULL OR groups.canonical = articles.id)
  AND (:private OR {PUBLIC})
ORDER BY facts.year, facts.province, facts.article, facts.part, facts.start, facts.id
LIMIT :limit
"""  # noqa: S608 - a constant
_FACT = """
SELECT facts.kind, facts.text, facts.value, facts.number, facts.qualifier, facts.province, facts.year,
  facts.indicator, facts.scope, facts.part, facts.start, facts."end", articles.title, articles.url, articles.published,
  CASE facts.part WHEN 'title' THEN articles.title WHEN 'captions' THEN articles.captions
    WHEN 'byline' THEN articles.byline WHEN 'origin' THEN articles.origin ELSE articles.body END,
  facts.article
FROM facts JOIN articles ON articles.id = facts.article WHERE facts.id = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A fact and the words that say it."""

    kind: str
    text: str
    value: dict[str, Any]
    number: float | None
    qualifier: str | None
    province: str | None
    year: int | None
    indicator: str | None
    scope: str | None
    sentence: str
    title: str
    url: str
    published: str | None


def facts(
    connection: sqlite3.Connection,
    query: str = "",
    *,
    kind: str | None = None,
    province: str | None = None,
    year: int | None = None,
    indicator: str | None = None,
    private: bool = False,
    limit: int | None = None,
) -> Iterator[Answer]:
    """The facts that pass every filter and whose sentence holds every term of `query`; by year and place.

    Terms are those of the search (worker.store.query.terms), compared without their marks. `province` is a GSO code of
    the 63, where the fact holds. Copies of an article are passed over; so are facts that name people who hold no
    office, unless `private`, and their names in the sentences of others (worker/store/masks.py).
    """
    terms = [sought([term], fold) for term in q.terms(query)]
    masks_of = lru_cache(256)(lambda article: Masks() if private else Masks.of(connection, [article]))
    asked = {"kind": kind, "province": province, "year": year, "indicator": indicator, "private": private}
    enough = -1 if limit is None or terms else limit
    found = connection.execute(_ORDER, {**asked, "limit": enough})
    rows = (connection.execute(_FACT, number).fetchone() for number in found)
    return islice(_answers(rows, terms, masks_of), limit)


def _answers(
    rows: Iterator[Any], terms: Sequence[re.Pattern[str]], masks_of: Callable[[int], Masks]
) -> Iterator[Answer]:
    for row in rows:
        part, start, text, article = row[9], row[10], row[15], row[16]
        sentence = around(text, start, row[11])
        folded = fold(sentence)
        if all(term.search(folded) for term in terms):
            masks = masks_of(article)
            at = text.find(sentence, max(start - len(sentence), 0))
            yield Answer(
                kind=row[0],
                text=row[1],
                value=json.loads(row[2]),
                number=row[3],
                qualifier=row[4],
                province=row[5],
                year=row[6],
                indicator=row[7],
                scope=row[8],
                sentence=masks.masked(article, sentence, part, at),
                title=masks.masked(article, row[12], "title"),
                url=row[13],
                published=row[14],
            )
