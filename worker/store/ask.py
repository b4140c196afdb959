"""Asking for facts: one query behind `worker facts` and whoever else lists them, each with its whole sentence."""

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
from worker.store.facts import entity_key
from worker.store.masks import Masks
from worker.store.privacy import PUBLIC
from worker.store.snippet import sought
from worker.vietnamese import fold
from worker.vietnamese.sentences import around

_WORD = re.compile(r"\w+")
_AS_STORED = (
    *("kind", "text", "number", "qualifier", "province", "year", "indicator", "scope", "org"),
    *("url", "published"),
)
"""Fields of an `Answer` that a row has as they are."""

# Only what is sorted by is sorted: with the texts of their articles, 36,000 facts made temporary files of 377 MB.
_ORDER = f"""
SELECT facts.id
FROM facts JOIN articles ON articles.id = facts.article
  LEFT JOIN groups ON groups.id = articles.group_id AND groups.kind IN ('same', 'near')
WHERE (:kind IS NULL OR facts.kind = :kind)
  AND (:province IS NULL OR facts.province = :province)
  AND (:year IS NULL OR facts.year = :year)
  AND (:indicator IS NULL OR facts.indicator = :indicator)
  AND (:orgs IS NULL OR facts.org IN (SELECT value FROM json_each(:orgs)))
  AND (groups.id IS NULL OR groups.canonical = articles.id)
  AND (:private OR {PUBLIC})
ORDER BY facts.year, facts.province, facts.article, facts.part, facts.start, facts.id
LIMIT :limit
"""  # noqa: S608 - a constant
_FACT = """
SELECT facts.kind, facts.text, facts.value, facts.number, facts.qualifier, facts.province, facts.year,
  facts.indicator, facts.scope, facts.part, facts.start, facts."end", articles.title, articles.url, articles.published,
  CASE facts.part WHEN 'title' THEN articles.title WHEN 'captions' THEN articles.captions
    WHEN 'byline' THEN articles.byline WHEN 'origin' THEN articles.origin ELSE articles.body END AS around,
  facts.article, facts.org
FROM facts JOIN articles ON articles.id = facts.article WHERE facts.id = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A fact and the words that say it: `text` stands in `sentence` at the character `at`.

    `org` is whose a number is, or where a person holds an office. A sentence that is cut has "…" at that end.
    """

    kind: str
    text: str
    value: dict[str, Any]
    number: float | None
    qualifier: str | None
    province: str | None
    year: int | None
    indicator: str | None
    scope: str | None
    org: str | None
    sentence: str
    at: int
    title: str
    url: str
    published: str | None


def facts(  # noqa: PLR0913 - each is a filter of its own, given by its name
    connection: sqlite3.Connection,
    query: str = "",
    *,
    kind: str | None = None,
    province: str | None = None,
    year: int | None = None,
    indicator: str | None = None,
    org: str | None = None,
    private: bool = False,
    limit: int | None = None,
) -> Iterator[Answer]:
    """The facts that pass every filter and whose sentence holds every term of `query`; by year and place.

    Terms are those of the search (worker.store.query.terms), compared without their marks. `province` is a GSO code of
    the 63, where the fact holds; `org` are words of an organisation's name (see `organisations`). Copies of an article
    are passed over; so are facts that name people who hold no office, unless `private`, and their names in the
    sentences of others (worker/store/masks.py).
    """
    terms = [sought([term], fold) for term in q.terms(query)]
    masks_of = lru_cache(256)(lambda article: Masks() if private else Masks.of(connection, [article]))
    orgs = json.dumps(organisations(connection, org)) if org else None
    asked = {"kind": kind, "province": province, "year": year, "indicator": indicator, "orgs": orgs, "private": private}
    enough = -1 if limit is None or terms else limit
    found = connection.execute(_ORDER, {**asked, "limit": enough})
    one = connection.cursor()
    one.row_factory = sqlite3.Row
    rows = (one.execute(_FACT, number).fetchone() for number in found)
    return islice(_answers(rows, terms, masks_of), limit)


def organisations(connection: sqlite3.Connection, name: str) -> list[str]:
    """The organisations whose name holds these words, in any order, abbreviated or not, with marks or without."""
    words = _words(name)
    names = connection.execute("SELECT DISTINCT org FROM facts WHERE org IS NOT NULL")
    return [one for (one,) in names if words <= _words(one) | _words(entity_key(one))]


def _words(name: str) -> set[str]:
    return set(_WORD.findall(fold(name)))


def _answers(
    rows: Iterator[sqlite3.Row], terms: Sequence[re.Pattern[str]], masks_of: Callable[[int], Masks]
) -> Iterator[Answer]:
    for row in rows:
        article, part, text, start, end = row["article"], row["part"], row["around"], row["start"], row["end"]
        passage = around(text, start, end)
        folded = fold(text[passage.start : passage.end])
        if all(term.search(folded) for term in terms):
            masks = masks_of(article)
            before = masks.masked(article, text[passage.start : start], part, passage.start)
            before = before if passage.opens else f"… {before}"
            behind = masks.masked(article, text[end : passage.end], part, end)
            said = masks.masked(article, text[start:end], part, start)
            yield Answer(
                value=json.loads(row["value"]),
                sentence=f"{before}{said}{behind}{'' if passage.closes else ' …'}",
                at=len(before),
                title=masks.masked(article, row["title"], "title"),
                **{name: row[name] for name in _AS_STORED},
            )
