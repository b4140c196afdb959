"""The table of facts, which has millions of rows: how many is kept as pages are filed, and not counted for a reader;
and, in large tables, rows that are alike in what they are sorted by follow one another in one order on all pages.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode
from datasette.utils.asgi import Request, Response
from datasette.views.table import TableView

from worker.browse import keeper
from worker.browse.pages import DATABASE, read, sees_private
from worker.models import FACT_KINDS

LAST = "\U0010ffff"
"""No text that a row has comes after it, and no number after a text."""


@hookimpl
def startup(datasette: Datasette) -> None:
    """Begin to keep what takes long."""
    if DATABASE in datasette.databases:
        keeper.start(Path(datasette.get_database(DATABASE).path))


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The pages of these tables, whose rows have a number each, before Datasette's."""
    return [(r"^/(?P<database>news)/(?P<table>facts|entities|statements|runs)(\.(?P<format>\w+))?$", page)]


async def page(datasette: Datasette, request: Request, send: Any) -> Response | None:
    """Datasette's page of a table, which counts facts only where they are few: millions take seconds."""
    query = request.query_string
    if request.url_vars["table"] == "facts" and not {"article", "entity", "_nocount"}.intersection(request.args):
        query += "&_nocount=1"
    query += _begun(request)
    request.scope["query_string"] = query.removeprefix("&").encode("latin-1")
    shown: Response | None = await TableView.as_view(datasette)(request, send)
    return shown


def _begun(request: Request) -> str:
    """What makes the first page of sorted rows begin as the later ones go on; empty where nothing is to be done.

    Datasette sorts alike rows by their number from the second page on, and leaves them on the first as SQLite finds
    them: what stands there out of turn comes a second time, or never. So that page is asked for as the one that
    follows a row before all others.
    """
    if request.args.get("_next"):
        return ""
    match bool(request.args.get("_sort")), bool(request.args.get("_sort_desc")):
        case True, False:
            return "&_next=$null,0"
        case False, True:
            return f"&_next={tilde_encode(LAST)},0"
    return ""


@hookimpl
def extra_template_vars(database: str | None, table: str | None, request: Request | None, datasette: Datasette) -> Any:
    """`facts_kept`: how many facts there are, of all kinds or of the one asked for; None beside other filters."""

    async def count() -> dict[str, int | None]:
        kind = _kind(request) if request is not None and (database, table) == (DATABASE, "facts") else None
        if request is None or kind is None:
            return {"facts_kept": None}
        private = await sees_private(datasette, request)
        return {"facts_kept": await read(datasette, request, lambda connection: _count(connection, kind, private))}

    return count


def _kind(request: Request) -> str | None:
    """The kind that alone is asked for, empty for all kinds; None where something else is asked, too."""
    asked = {name for name in request.args if not name.startswith("_")} | {"_where"}.intersection(request.args)
    kind = request.args.get("kind") or ""
    return kind if asked <= {"kind"} and len(request.args.getlist("kind")) < 2 and kind in ("", *FACT_KINDS) else None


def _count(connection: sqlite3.Connection, kind: str, private: bool) -> int:
    return int(connection.execute(_KEPT, {"kind": kind, "private": private}).fetchone()[0])


_KEPT = """
SELECT coalesce(sum(iif(what = 'facts', count, -count)), 0) FROM tallies
WHERE (what = 'facts' OR what = 'private' AND NOT :private) AND (:kind = '' OR name = :kind)"""
