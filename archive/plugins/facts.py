"""The table of facts, which has millions of rows: how many is kept as pages are filed, and not counted for a reader."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from datasette.views.table import TableView

from worker.browse import keeper
from worker.browse.pages import DATABASE, read, sees_private
from worker.models import FACT_KINDS


@hookimpl
def startup(datasette: Datasette) -> None:
    """Begin to keep what takes long."""
    if DATABASE in datasette.databases:
        keeper.start(Path(datasette.get_database(DATABASE).path))


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The table's own page, before Datasette's."""
    return [(r"^/(?P<database>news)/(?P<table>facts)(\.(?P<format>\w+))?$", uncounted)]


async def uncounted(datasette: Datasette, request: Request, send: Any) -> Response | None:
    """Datasette's page of the facts, which counts them only where they are few: millions take seconds."""
    if not {"article", "entity", "_nocount"}.intersection(request.args):
        query = request.query_string
        request.scope["query_string"] = f"{query}&_nocount=1".removeprefix("&").encode("latin-1")
    shown: Response | None = await TableView.as_view(datasette)(request, send)
    return shown


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
