"""Errors as pages of the site, in the reader's language; what asks for JSON gets Datasette's own answer."""

from __future__ import annotations

from typing import Any

import datasette.handle_exception
from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, NotFound, Request, Response
from datasette.views.base import DatasetteError

from worker.browse.pages import Missing, language_of

# Where it finds Rich, Datasette prints the local variables of every call for each page that is not there: half a second
# in which nobody else is answered, and hundreds of lines of the archive's texts in the log.
datasette.handle_exception.rich = None


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Any:
    """A page for what is the reader's mistake, or a query that took too long. Programming errors stay Datasette's."""

    async def page() -> Response | None:
        found = _status_and_message(request, exception)
        if found is None or request.path.endswith(".json"):
            return None
        status, message = found
        values = {"status": status, "error": message}
        html = await datasette.render_template("error.html", values, request=request)
        return Response.html(html, status=status)

    return page


@hookimpl
def forbidden(datasette: Datasette, request: Request, message: str) -> Any:
    """The page of what this reader may not see."""

    language = language_of(request)
    error = message if message.startswith(language("crawl_now.forbidden")) else language("error.closed")

    async def page() -> Response:
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": error, "status": 403, "title": None}, status=403)
        html = await datasette.render_template("error.html", {"status": 403, "error": error}, request=request)
        return Response.html(html, status=403)

    return page


def _status_and_message(request: Request, exception: Exception) -> tuple[int, str] | None:
    if isinstance(exception, QueryInterrupted) or getattr(exception, "title", "") == "SQL Interrupted":
        return 503, language_of(request)("error.too_long")
    if isinstance(exception, NotFound) and not isinstance(exception, Missing):
        return 404, language_of(request)("error.nowhere")
    if isinstance(exception, DatasetteError):
        return exception.status, "" if exception.message_is_html else str(exception.message)
    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0]) if exception.args else ""
    return None
