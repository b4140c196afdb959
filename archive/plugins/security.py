"""Headers on every response; private persons, and the server's own files, out of what the public sees."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.filters import FilterArguments
from datasette.utils.asgi import Request, Response
from datasette.views.row import RowView
from datasette.views.special import JsonDataView

from worker.browse.answers import with_answers
from worker.browse.headers import Asgi, Receive, Send, with_headers
from worker.browse.pages import DATABASE, Missing, language_of, read, sees_private
from worker.browse.privacy import PERMISSION, misspelled
from worker.store.privacy import OPEN_TABLES, public_rows


@hookimpl
def asgi_wrapper() -> Any:
    """The headers of worker.browse.headers on what worker.browse.answers keeps, and on all else."""

    def wrap(app: Asgi) -> Asgi:
        return with_headers(with_answers(_spelled(app)))

    return wrap


def _spelled(app: Asgi) -> Asgi:
    """The application, in which a row of a table with private persons has one address, which `row` checks."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        path = (scope.get("raw_path") or scope.get("path", "").encode()).partition(b"?")[0].decode("latin-1")
        if misspelled(path):
            scope = {**scope, "path": "/-/nowhere", "raw_path": b"/-/nowhere"}
        await app(scope, receive, send)

    return wrapped


@hookimpl
def permission_allowed(datasette: Datasette, actor: dict[str, Any] | None, action: str, resource: Any) -> Any:
    """The operator sees private persons, and tables that hold text; others only if the metadata says so."""
    if action == PERMISSION:
        return True if actor and actor.get("id") == "root" else None
    if action != "view-table" or resource[0] != DATABASE or resource[1] in OPEN_TABLES:
        return None

    async def closed() -> bool | None:
        return None if await datasette.permission_allowed(actor, PERMISSION, default=False) else False

    return closed()


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> Any:
    """`opens(table)`: may this reader open it?"""

    async def opens() -> dict[str, Any]:
        private = request is not None and await sees_private(datasette, request)
        return {"opens": lambda table: private or table in OPEN_TABLES}

    return opens


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
    """Datasette's pages that tell of the server, and of single rows of the tables that hold private persons."""
    return [
        (r"^/robots\.txt$", robots),
        (r"^/-/databases(\.(?P<format>json))?$", databases),
        (r"^/-/threads(\.(?P<format>json))?$", threads),
        (r"^/(?P<database>news)/(?P<table>facts|entities)/(?P<pks>\d{1,18})(\.(?P<format>\w+))?$", row),
    ]


def robots() -> Response:
    """What crawlers are told: nothing here is theirs to take."""
    return Response.text("User-agent: *\nDisallow: /\n")


async def databases(datasette: Datasette, request: Request, send: Any) -> Response | None:
    """Datasette's page of its databases; where they lie on the server is told to who has signed in."""
    told = datasette._connected_databases()
    if not await sees_private(datasette, request):
        told = [{name: value for name, value in one.items() if name != "path"} for one in told]
    return await _data(datasette, request, send, "databases.json", told)


async def threads(datasette: Datasette, request: Request, send: Any) -> Response | None:
    """Datasette's page of what it is doing; with the files that this stands in, for who has signed in."""
    told = datasette._threads()
    if not await sees_private(datasette, request):
        told = {name: value for name, value in told.items() if name.startswith("num_")}
    return await _data(datasette, request, send, "threads.json", told)


async def _data(datasette: Datasette, request: Request, send: Any, name: str, told: object) -> Response | None:
    shown: Response | None = await JsonDataView.as_view(datasette, name, lambda: told)(request, send)
    return shown


async def row(datasette: Datasette, request: Request, send: Any) -> Response | None:
    """Datasette's page of a row, unless the row is one that this reader may not see."""
    table, number = request.url_vars["table"], int(request.url_vars["pks"])
    if not await sees_private(datasette, request):
        sql = f"SELECT 1 FROM {table} WHERE id = ? AND {public_rows(table)}"  # noqa: S608 - the route allows two tables
        if not await read(datasette, request, lambda connection: connection.execute(sql, [number]).fetchone()):
            raise Missing(language_of(request)("error.nowhere"))
    shown: Response | None = await RowView.as_view(datasette)(request, send)
    return shown
