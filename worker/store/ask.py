"""Asking for facts: one query behind `worker facts` and whoever else lists them, each with its sentence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from worker.store.masks import Masks
from worker.vietnamese import fold, nfc
from worker.vietnamese.sentences import around

_FACTS = """
SELECT facts.id, facts.kind, facts.text, facts.value, facts.number, facts.qualifier, facts.province, facts.year,
  facts.indicator, facts.scope, facts.part, facts.start, facts."end", articles.title, articles.url, articles.published,
  CASE facts.part WHEN 'title' THEN articles.title WHEN 'captions' THEN articles.captions
    WHEN 'byline' THEN articles.byline WHEN 'origin' THEN articles.origin ELSE articles.body END,
  facts.article
FROM facts JOIN articles ON articles.id = facts.article
  LEFT JOIN groups ON groups.id = articles.group_id AND groups.kind IN ('same', 'near')
WHERE (:kind IS NULL OR facts.kind = :kind)
  AND (:province IS NULL OR facts.province = :province)
  AND (:year IS NULL OR facts.year = :year)
  AND (:indicator IS NULL OR facts.indicator = :indicator)
  AND (groups.id IS NULL OR groups.canonical = articles.id)
ORDER BY facts.year, facts.province, facts.article, facts.part, facts.start, facts.id
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
) -> Iterator[Answer]:
    """The facts that pass every filter and whose sentence holds every word of `query`, marks or not; by year and place.

    `province` is a GSO code of the 63, where the fact holds. Copies of an article are passed over; so are people who
    hold no office, unless `private`, and their names in the sentences of others (worker/store/masks.py).
    """
    words = fold(nfc(query)).split()
    masks_of = lru_cache(256)(lambda article: Masks() if private else Masks.of(connection, [article]))
    asked = {"kind": kind, "province": province, "year": year, "indicator": indicator}
    for row in connection.execute(_FACTS, asked):
        value = json.loads(row[3])
        if value.get("private") and not private:
            continue
        part, start, text, article = row[10], row[11], row[16], row[17]
        sentence = around(text, start, row[12])
        folded = fold(sentence)
        if all(word in folded for word in words):
            masks = masks_of(article)
            at = text.find(sentence, max(start - len(sentence), 0))
            yield Answer(
                kind=row[1],
                text=row[2],
                value=value,
                number=row[4],
                qualifier=row[5],
                province=row[6],
                year=row[7],
                indicator=row[8],
                scope=row[9],
                sentence=masks.masked(article, sentence, part, at),
                title=masks.masked(article, row[13], "title"),
                url=row[14],
                published=row[15],
            )
