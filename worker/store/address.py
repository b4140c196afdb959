"""Under which address the article of a page is filed, where the page declares another than its own."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from worker.dedup.canonical import canonical, declared
from worker.dedup.compare import text_of, unlike
from worker.models import Article, Capture, Refined
from worker.store import articles

if TYPE_CHECKING:
    from worker.config import Source

Stored = tuple[int, dict[str, object]]
"""The id and the columns of an article (worker.store.articles.stored)."""


def of_page(
    connection: sqlite3.Connection, capture: Capture, refined: Refined, source: Source
) -> tuple[str, Stored | None]:
    """The canonical address of a page, and the article that stands there.

    An article that was filed under the page's own address stays there, whatever the page declares later. A declared
    address that belongs to an article with another title is a template's slip, and so is that of a listing; one whose
    own page has another text is that of the page before: the second page of an article declares the first. None of
    them is believed.
    """
    own, stated = canonical(capture.url), declared(capture.url, refined.canonical)
    row = articles.stored(connection, own)
    if row is not None or stated == own:
        return own, row
    row = articles.stored(connection, stated)
    if row is None and stated in _listings(connection, own, source):
        return own, None
    article = refined.article
    if row is not None and article is not None and _is_another(connection, article, stated, row):
        return own, None
    return stated, row


def give_back(connection: sqlite3.Connection, capture: Capture, refined: Refined) -> None:
    """Give an article its own address that was filed under this page's, because it declared that, and has nothing of
    this page's text: pages of some templates declare the next article, or the newest. It would be overwritten."""
    own, article = canonical(capture.url), refined.article
    row = articles.stored(connection, own)
    if row is None or article is None or row[1]["title"] == article.title:
        return
    page = _page_of(connection, row[0])
    if page not in (None, own) and articles.stored(connection, page) is None and _has_nothing_of(article, row):
        connection.execute("UPDATE articles SET url = ? WHERE id = ?", [page, row[0]])


def _listings(connection: sqlite3.Connection, own: str, source: Source) -> set[str]:
    """The source's own doors, and the one on which a page was found."""
    (found_on,) = connection.execute("SELECT found_on FROM links WHERE url = ?", [own]).fetchone() or (None,)
    found = set()
    for url in (*source.doors, found_on or source.home):
        with suppress(ValueError):
            found.add(canonical(url))
    return found


def _is_another(connection: sqlite3.Connection, article: Article, url: str, known: Stored) -> bool:
    """Whether the article that is `known` at an address is another than that of a page which declares it."""
    if known[1]["title"] != article.title:
        return True
    return _page_of(connection, known[0]) == url and _has_nothing_of(article, known)


def _page_of(connection: sqlite3.Connection, article: int) -> str | None:
    """The canonical address of the page that an article was read from."""
    row = connection.execute(
        "SELECT c.url FROM articles AS a JOIN captures AS c ON c.id = a.capture WHERE a.id = ?", [article]
    ).fetchone()
    return canonical(row[0]) if row else None


def _has_nothing_of(article: Article, known: Stored) -> bool:
    columns = known[1]
    return unlike(text_of(article.title, article.body), text_of(str(columns["title"]), str(columns["body"])))
