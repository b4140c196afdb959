"""What pages state beside their text: when they were published, by whom, and from where.

A page that is looked at again may show less than before: a new layout drops the date, a script writes it. What was
stated once stays true, so each statement of an article is that of its latest capture that makes it. That depends on the
captures alone, not on the order in which they were filed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from worker.models import Article
from worker.store.ranges import Place

_FIELDS = {
    "published": ("published", "published_precision"),
    "byline": ("byline", "authors"),
    "origin": ("origin",),
}
"""Statement -> the fields of an article that make it; they are taken over together."""

_ADDRESSES = """
SELECT url FROM captures WHERE article = :article OR id IN
  (SELECT capture FROM articles WHERE id = :article UNION ALL SELECT capture FROM revisions WHERE article = :article)
"""
_CAPTURES = f"""
SELECT c.id, c.states, c.warc_file, c.warc_offset, c.warc_length,
  max(c.fetched_at, coalesce((SELECT max(fetched_at) FROM captures WHERE url = c.url AND revisit_of = c.id), '')) AS at
FROM captures AS c
WHERE c.url IN ({_ADDRESSES}) AND c.status = 200 AND c.kind = 'article' AND c.revisit_of IS NULL
ORDER BY at DESC, c.digest DESC, c.id DESC
"""  # noqa: S608  # two texts of this module


@dataclass(frozen=True, slots=True)
class Stating:
    """A capture of an article's page: when it was last seen, and what it states, None where that is not known."""

    capture: int
    at: str
    states: frozenset[str] | None
    place: Place


def by(article: Article) -> frozenset[str]:
    """The statements that an article makes."""
    return frozenset(name for name, fields in _FIELDS.items() if any(getattr(article, field) for field in fields))


def missing(article: Article) -> frozenset[str]:
    """The statements that an article does not make."""
    return frozenset(_FIELDS) - by(article)


def written(states: frozenset[str]) -> str:
    """Statements as the column `states` holds them."""
    return " ".join(sorted(states))


def taken_over(article: Article, other: Article, statements: frozenset[str]) -> Article:
    """The article with the given statements of another capture's."""
    fields = {field: getattr(other, field) for name in statements for field in _FIELDS[name]}
    return replace(article, **fields) if fields else article


def stored(url: str, columns: Mapping[str, Any]) -> Article:
    """An article as its row has it."""
    return Article(url=url, **dict(columns) | {"authors": tuple(json.loads(columns["authors"] or "[]"))})


def captures(connection: sqlite3.Connection, article: int) -> list[Stating]:
    """The captures of an article's page that brought it, the one that was seen last first."""
    return [
        Stating(number, at, None if states is None else frozenset(states.split()), Place(*place))
        for number, states, *place, at in connection.execute(_CAPTURES, {"article": article})
    ]


def put_under(connection: sqlite3.Connection, article: int, capture: int) -> None:
    """Keep that a capture is of an article that is known; its address may be one that the article never had."""
    connection.execute(
        f"UPDATE captures SET article = :article WHERE id = :capture AND url NOT IN ({_ADDRESSES})",  # noqa: S608  # ours
        {"article": article, "capture": capture},
    )
