"""/news/article/<id>: an article to read, with its facts marked."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from worker.browse.article import load
from worker.browse.pages import language_of, read, sees_private, show


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The article page."""
    return [(r"^/news/article/(?P<id>\d{1,18})$", article)]


async def article(datasette: Datasette, request: Request) -> Response:
    """One article."""
    number = int(request.url_vars["id"])
    language = language_of(request)
    private = await sees_private(datasette, request)
    page = await read(datasette, request, lambda connection: load(connection, number, language, private=private))
    if page is None:
        raise NotFound(language("error.no_article", id=number))
    return await show(datasette, request, "article.html", page=page)
