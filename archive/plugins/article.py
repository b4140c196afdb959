"""/news/article/<id>: an article; what differs in its earlier texts and its copies; the bytes that it was read from."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from worker.browse import capture, comparison
from worker.browse.article import load
from worker.browse.pages import Missing, language_of, read, sees_private, show
from worker.store.errors import ArchiveError


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The pages of an article."""
    return [
        (r"^/news/article/(?P<id>\d{1,18})$", article_page),
        (r"^/news/article/(?P<id>\d{1,18})/revision/(?P<revision>\d{1,18})$", revision_page),
        (r"^/news/article/(?P<id>\d{1,18})/beside/(?P<other>\d{1,18})$", copies_page),
        (r"^/news/capture/(?P<id>\d{1,18})$", raw_capture),
    ]


async def article_page(datasette: Datasette, request: Request) -> Response:
    """One article."""
    number = int(request.url_vars["id"])
    language = language_of(request)
    private = await sees_private(datasette, request)
    page = await read(datasette, request, lambda connection: load(connection, number, language, private=private))
    if page is None:
        raise Missing(language("error.no_article", id=number))
    return await show(datasette, request, "article.html", page=page)


async def revision_page(datasette: Datasette, request: Request) -> Response:
    """What changed after an earlier text."""
    return await _compared(datasette, request, comparison.of_revision, "revision")


async def copies_page(datasette: Datasette, request: Request) -> Response:
    """What is different in a copy."""
    return await _compared(datasette, request, comparison.of_copies, "other")


async def _compared(
    datasette: Datasette,
    request: Request,
    load: Callable[[Connection, int, int], comparison.Comparison | None],
    other: str,
) -> Response:
    first, second = int(request.url_vars["id"]), int(request.url_vars[other])
    page = await read(datasette, request, lambda connection: load(connection, first, second))
    if page is None:
        raise Missing(language_of(request)("error.no_article", id=first))
    return await show(datasette, request, "comparison.html", page=page)


async def raw_capture(datasette: Datasette, request: Request) -> Response:
    """The bytes of a capture: text as plain text, anything else as a download, neither ever as a page of this site."""
    number = int(request.url_vars["id"])
    try:
        raw = await read(datasette, request, lambda connection: capture.load(connection, number))
    except ArchiveError:
        raw = None
    if raw is None:
        raise Missing(language_of(request)("error.no_capture", id=number))
    headers = {"content-security-policy": capture.INERT}
    if raw.text:
        return Response(raw.as_utf8(), headers=headers, content_type="text/plain; charset=utf-8")
    headers["content-disposition"] = f'attachment; filename="capture-{number}.bin"'
    return Response(raw.body, headers=headers, content_type="application/octet-stream")
