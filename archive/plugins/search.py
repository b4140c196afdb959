"""/search: the search page; /search.csv and /search.atom: the same answer to take away."""

from __future__ import annotations

import sqlite3
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from worker.browse import spreadsheet
from worker.browse.marks import plain
from worker.browse.pages import language_of, read, sees_private, show
from worker.browse.search import MOST_CHOICES, MOST_HITS, Question, load, results
from worker.store.search import Hit

FEED_ENTRIES = 50


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The search page and its two exports."""
    return [(r"^/search$", page), (r"^/search\.csv$", as_csv), (r"^/search\.atom$", as_atom)]


async def page(datasette: Datasette, request: Request) -> Response:
    """The search page."""
    question, language = Question.of(request.args), language_of(request)
    private = await sees_private(datasette, request)
    found = await read(datasette, request, lambda connection: load(connection, question, language, private=private))
    return await show(datasette, request, "search.html", page=found, most_choices=MOST_CHOICES)


async def as_csv(datasette: Datasette, request: Request) -> Response:
    """All hits (the first thousand), one a row, for a spreadsheet."""
    hits = await _hits(datasette, request, MOST_HITS)
    header = ("id", "published", "source", "title", "url", "passage")
    rows = ((hit.article_id, hit.published, hit.source, hit.title.text, hit.url, hit.body.text) for hit in hits)
    return spreadsheet.as_csv("search", header, rows)


async def as_atom(datasette: Datasette, request: Request) -> Response:
    """The newest hits as a feed, for whoever wants to hear of what comes in."""
    language = language_of(request)
    hits = await _hits(datasette, request, FEED_ENTRIES, newest=True)
    seen = await read(datasette, request, lambda connection: _first_seen(connection, hits))
    base = f"{request.scheme}://{request.host}"
    here = base + request.full_path
    title = " · ".join(filter(None, (Question.of(request.args).q, language("site.name"))))
    entries = sorted(hits, key=lambda hit: seen[hit.article_id], reverse=True)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f'<title>{_xml(title)}</title><id>{_xml(here)}</id><link rel="self" href={quoteattr(plain(here))}/>',
        f"<updated>{max(seen.values(), default='1970-01-01T00:00:00Z')}</updated>",
        f"<author><name>{_xml(language('site.full'))}</name></author>",
        *(_entry(hit, base + datasette.urls.path(f"/news/article/{hit.article_id}"), seen) for hit in entries),
        "</feed>",
    ]
    return Response("\n".join(lines), content_type="application/atom+xml; charset=utf-8")


async def _hits(datasette: Datasette, request: Request, limit: int, *, newest: bool = False) -> tuple[Hit, ...]:
    question = Question.of({**{name: request.args.get(name) for name in request.args}, "page": "1"})
    found = await read(datasette, request, lambda connection: results(connection, question, limit=limit, newest=newest))
    return found.hits


def _first_seen(connection: sqlite3.Connection, hits: tuple[Hit, ...]) -> dict[int, str]:
    marks = ", ".join("?" * len(hits))
    sql = f"SELECT id, first_seen FROM articles WHERE id IN ({marks})"  # noqa: S608 - nothing but question marks
    return {row[0]: row[1] for row in connection.execute(sql, [hit.article_id for hit in hits])}


def _entry(hit: Hit, address: str, seen: dict[int, str]) -> str:
    return (
        f"<entry><title>{_xml(hit.title.text)}</title><id>{_xml(address)}</id><link href={quoteattr(plain(address))}/>"
        f"<updated>{seen[hit.article_id]}</updated><summary>{_xml(hit.body.text)}</summary></entry>"
    )


def _xml(text: str) -> str:
    return escape(plain(text))
