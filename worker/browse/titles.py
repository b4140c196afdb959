"""The titles of articles where other pages list them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from worker.store.masks import Masks


def titles(connection: sqlite3.Connection, articles: Collection[int], *, private: bool = False) -> dict[int, str]:
    """Article -> title, in which private persons stand with their initials, unless `private`."""
    masks = Masks() if private else Masks.of(connection, articles)
    rows = connection.execute(_TITLES, [json.dumps(list(articles))])
    return {article: masks.masked(article, title, "title") for article, title in rows}


_TITLES = (
    "SELECT articles.id, articles.title FROM json_each(?) AS asked CROSS JOIN articles ON articles.id = asked.value"
)
