"""The page of one person, programme, document, organisation or place: every passage that names it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from worker.browse.charts import Bar, bars
from worker.browse.figures import COLUMNS, Figure, figures
from worker.browse.language import Language
from worker.browse.pages import address, page_number
from worker.store.privacy import PUBLIC, public_rows

ROWS = 40
"""Passages on one page."""

MOST_COUNTED = 3_000
"""Passages that are counted and can be paged through; of what is named more often, the page says so, and no years."""


@dataclass(frozen=True, slots=True)
class EntityPage:
    """What the template shows. `offices` are those of a person."""

    entity: sqlite3.Row
    offices: tuple[sqlite3.Row, ...]
    passages: tuple[Figure, ...]
    by_year: tuple[Bar, ...]
    count: int
    more: bool  # than are counted
    page: int
    pages: int


def load(
    connection: sqlite3.Connection, number: int, arguments: Mapping[str, Any], language: Language, *, private: bool
) -> EntityPage | None:
    """The page of an entity, or None where there is none that this reader may see."""
    entity = connection.execute(_ENTITY.format(visible=1 if private else public_rows("entities")), [number]).fetchone()
    if entity is None:
        return None
    public = "" if private else f"AND {PUBLIC}"
    named = connection.execute(_COUNT.format(public=public), [number, MOST_COUNTED + 1]).fetchone()[0]
    count, more = min(named, MOST_COUNTED), named > MOST_COUNTED
    years = [] if more else connection.execute(_YEARS.format(public=public), [number]).fetchall()
    pages = max(-(-count // ROWS), 1)
    page = page_number(arguments, pages)
    rows = connection.execute(_PASSAGES.format(public=public), [number, ROWS, (page - 1) * ROWS]).fetchall()
    return EntityPage(
        entity=entity,
        offices=tuple(connection.execute(_OFFICES, [number])),
        passages=figures(connection, rows, language, private=private),
        by_year=bars([(year, articles, language.number(articles), None) for year, articles in years if year][:15]),
        count=count,
        more=more,
        page=page,
        pages=pages,
    )


def address_of(page: EntityPage, number: int) -> str:
    """The address of another page of the same passages."""
    return address(f"/named/{page.entity['id']}", page=number if number > 1 else None)


_ENTITY = "SELECT id, kind, name, code FROM entities WHERE id = ? AND {visible}"

_COUNT = "SELECT count(*) FROM (SELECT 1 FROM facts WHERE entity = ? {public} LIMIT ?)"

_YEARS = """
SELECT substr(a.published, 1, 4) AS year, count(*)
FROM (SELECT article FROM facts WHERE entity = ? {public}) AS f JOIN articles a ON a.id = f.article
GROUP BY year ORDER BY year DESC"""

_PASSAGES = f"""
WITH chosen AS MATERIALIZED (
  SELECT facts.id FROM facts WHERE facts.entity = ? {{public}} ORDER BY facts.id DESC LIMIT ? OFFSET ?)
SELECT {COLUMNS}
FROM chosen JOIN facts f ON f.id = chosen.id
JOIN articles a ON a.id = f.article
JOIN sources s ON s.id = a.source
ORDER BY f.id DESC"""  # noqa: S608 - made of constants

_OFFICES = """
SELECT role, nullif(organisation, '') AS organisation, first_named, last_named, articles, first_article, last_article
FROM named WHERE entity = ? AND role <> '' ORDER BY last_named DESC, articles DESC LIMIT 50"""
