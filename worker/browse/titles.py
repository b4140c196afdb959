"""The titles of articles, and the names of entities, where other pages list them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from worker.store.masks import Masks
from worker.store.privacy import public_rows


def titles(connection: sqlite3.Connection, articles: Collection[int], *, private: bool = False) -> dict[int, str]:
    """Article -> title, in which private persons stand with their initials, unless `private`."""
    masks = Masks() if private else Masks.of(connection, articles)
    rows = connection.execute(_TITLES, [json.dumps(list(articles))])
    return {article: masks.masked(article, title, "title") for article, title in rows}


def names(connection: sqlite3.Connection, entities: Collection[int], *, private: bool = False) -> dict[int, str]:
    """Entity -> name, of those that everybody may see; of all, if `private`."""
    visible = "1" if private else public_rows("entities")
    return dict(connection.execute(_NAMES.format(visible=visible), [json.dumps(list(entities))]))


_TITLES = (
    "SELECT articles.id, articles.title FROM json_each(?) AS asked CROSS JOIN articles ON articles.id = asked.value"
)

_NAMES = (
    "SELECT entities.id, entities.name FROM json_each(?) AS asked CROSS JOIN entities ON entities.id = asked.value"
    " WHERE {visible}"
)
