"""Errors as pages of the site, in the reader's language; what asks for JSON gets Datasette's own answer."""

from __future__ import annotations

import sqlite3
import traceback
from typing import Any

import datasette.handle_exception
from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils import tilde_decode
from datasette.utils.asgi import Base400, NotFound, Request, Response
from datasette.views.base import DatasetteError

from worker.browse.pages import DATABASE, language_of

# Where it finds Rich, Datasette prints the local variables of every call for each page that is not there: half a second
# in which nobody else is answered, and hundreds of lines of the archive's texts in the log.
datasette.handle_exception.rich = None


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Any:
    """A page for what is the reader's mistake, or a query that took too long. Programming errors stay Datasette's."""

    async def page() -> Response | None:
        found = _status_and_message(request, exception)
        if found is None:
            return None
        status, message = found
        if request.path.endswith(".json"):
            return _as_json(status, message) if _mistaken(exception) else None
        return await _as_page(datasette, request, status, message)

    return page


@hookimpl
def forbidden(datasette: Datasette, request: Request, message: str) -> Any:
    """The page of what this reader may not see."""

    language = language_of(request)
    error = message if message.startswith(language("crawl_now.forbidden")) else language("error.closed")

    async def page() -> Response:
        status, said = 403, error
        if "table" in request.url_vars and not await _is_table(datasette, request.url_vars["table"]):
            status, said = 404, language("error.nowhere")
        if request.path.endswith(".json"):
            return _as_json(status, said)
        return await _as_page(datasette, request, status, said)

    return page


async def _is_table(datasette: Datasette, name: str) -> bool:
    """Is there such a table, in any spelling? That it is closed is said of those alone."""
    if DATABASE not in datasette.databases:
        return True
    sql = "SELECT 1 FROM sqlite_master WHERE name = ? COLLATE NOCASE"
    return bool((await datasette.get_database(DATABASE).execute(sql, [tilde_decode(name)])).rows)


async def _as_page(datasette: Datasette, request: Request, status: int, error: str) -> Response:
    html = await datasette.render_template("error.html", {"status": status, "error": error}, request=request)
    return Response.html(html, status=status)


def _as_json(status: int, error: str) -> Response:
    return Response.json({"ok": False, "error": error, "status": status, "title": None}, status=status)


def _mistaken(exception: Exception) -> bool:
    """Does Datasette call this its own failure, though it is the reader's mistake?

    A column to sort by that is none; a part of a key for the row of a table whose key has more; `_timelimit=abc`, and
    other words of an address that it cannot read.
    """
    if isinstance(exception, sqlite3.ProgrammingError):
        return "binding" in str(exception) or "null character" in str(exception)
    if isinstance(exception, _UNREADABLE):
        return _raised_in(exception).startswith("datasette.")
    return isinstance(exception, DatasetteError) and exception.status == 500


_UNREADABLE = (ValueError, OverflowError, TypeError, KeyError, AssertionError)
"""What comes of a number or of JSON that is none, or that holds something else than it should, and of a table to which
a form is sent."""


def _raised_in(exception: Exception) -> str:
    """The module that an exception was raised in, or whose words it could not read as JSON."""
    modules = [frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_tb(exception.__traceback__)]
    return next((name for name in reversed(modules) if not name.startswith("json")), "")


def _status_and_message(request: Request, exception: Exception) -> tuple[int, str] | None:
    if isinstance(exception, QueryInterrupted) or getattr(exception, "title", "") == "SQL Interrupted":
        return 503, language_of(request)("error.too_long")
    if isinstance(exception, NotFound):
        return 404, language_of(request)("error.nowhere")
    if _mistaken(exception):
        return 400, language_of(request)("error.not_asked")
    if isinstance(exception, DatasetteError):
        return exception.status, "" if exception.message_is_html else str(exception.message)
    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0]) if exception.args else ""
    return None
