"""Headers on every response, and private persons out of the public tables."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.filters import FilterArguments
from datasette.utils.asgi import NotFound, Request, Response
from datasette.views.row import RowView

from worker.browse.answers import with_answers
from worker.browse.headers import Asgi, with_headers
from worker.browse.pages import DATABASE, read, sees_private
from worker.browse.privacy import PERMISSION, public_rows


@hookimpl
def asgi_wrapper() -> Any:
    """The headers of worker.browse.headers on what worker.browse.answers keeps, and on all else."""

    def wrap(app: Asgi) -> Asgi:
        return with_headers(with_answers(app))

    return wrap


@hookimpl
def permission_allowed(actor: dict[str, Any] | None, action: str) -> bool | None:
    """The operator sees private persons; others only if the metadata says so."""
    return True if action == PERMISSION and actor and actor.get("id") == "root" else None


@hookimpl
def filters_from_request(request: Request, database: str, table: str, datasette: Datasette) -> Any:
    """Rows on private persons are no part of a table that the public sees."""

    async def filters() -> FilterArguments | None:
        condition = public_rows(table) if database == DATABASE else None
        if condition is None or await sees_private(datasette, request):
            return None
        return FilterArguments(where_clauses=[condition])

    return filters


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The pages of single rows of the tables that hold private persons; Datasette's own page follows the check."""
    return [
        (r"^/(?P<database>news)/(?P<table>facts|entities)/(?P<pks>\d{1,18})(\.(?P<format>\w+))?$", row),
    ]


async def row(datasette: Datasette, request: Request, send: Any) -> Response | None:
    """Datasette's page of a row, unless the row is one that this reader may not see."""
    table, number = request.url_vars["table"], int(request.url_vars["pks"])
    if not await sees_private(datasette, request):
        sql = f"SELECT 1 FROM {table} WHERE id = ? AND {public_rows(table)}"  # noqa: S608 - the route allows two tables
        if not await read(datasette, request, lambda connection: connection.execute(sql, [number]).fetchone()):
            raise NotFound("Row not found")
    shown: Response | None = await RowView.as_view(datasette)(request, send)
    return shown
