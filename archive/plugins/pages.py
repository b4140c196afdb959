"""The front page, and the pages of figures, names and sources; each list also as CSV."""

from __future__ import annotations

from functools import partial
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from worker.browse import conflicts, crawl_now, dictionary, entity, front, indicators, named, sources, spreadsheet
from worker.browse.pages import DATABASE, Missing, directory_of, language_of, read, sees_private, show
from worker.handover import waiting_for
from worker.models import FACT_KINDS


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The pages."""
    lists = [
        route
        for kind, path in named.PATHS.items()
        for route in (
            (rf"^{path}$", partial(named_page, kind)),
            (rf"^{path}\.csv$", partial(named_csv, kind)),
        )
    ]
    return [
        (r"^/$", front_page),
        (r"^/indicators$", indicators_page),
        (r"^/indicators\.csv$", indicators_csv),
        (r"^/conflicts$", conflicts_page),
        (r"^/sources$", sources_page),
        (r"^/schema$", schema_page),
        (r"^/named/(?P<id>\d{1,18})$", entity_page),
        *lists,
    ]


def arguments(request: Request) -> dict[str, str]:
    """What the address asks for."""
    return {name: request.args.get(name) for name in request.args}


async def front_page(datasette: Datasette, request: Request) -> Response:
    """What is in the archive; how to make one, where there is none."""
    language = language_of(request)
    if DATABASE not in datasette.databases:
        raise Missing(language("error.no_archive"))
    await _ask_known(datasette, request)
    private = await sees_private(datasette, request)
    page = await read(
        datasette, request, lambda connection: front.load(connection, arguments(request), language, private=private)
    )
    return await show(datasette, request, "front.html", page=page, address_of=front.address_of)


async def _ask_known(datasette: Datasette, request: Request) -> None:
    """Raise Missing where an indicator is asked for of which nothing is told: figures of another are no answer."""
    asked = request.args.get("indicator")
    if asked and asked not in dict(await read(datasette, request, indicators.known_indicators)):
        raise Missing(language_of(request)("error.no_indicator", id=asked))


async def indicators_page(datasette: Datasette, request: Request) -> Response:
    """The Union's own figures."""
    await _ask_known(datasette, request)
    language = language_of(request)
    page = await read(datasette, request, lambda connection: indicators.load(connection, arguments(request), language))
    return await show(datasette, request, "indicators.html", page=page, address_of=indicators.address_of)


async def indicators_csv(datasette: Datasette, request: Request) -> Response:
    """The figures that are asked for, each with the address of its sentence."""
    await _ask_known(datasette, request)
    language, most = language_of(request), spreadsheet.MOST_ROWS
    base = f"{request.scheme}://{request.host}{datasette.urls.path('/')}".rstrip("/")
    rows = await read(
        datasette,
        request,
        lambda connection: indicators.table(connection, arguments(request), language, most, base),
    )
    return spreadsheet.as_csv("indicators", indicators.HEADER, rows)


async def named_page(kind: str, datasette: Datasette, request: Request) -> Response:
    """Who held which office; programmes; documents."""
    page = await read(datasette, request, lambda connection: named.load(connection, kind, arguments(request)))
    return await show(datasette, request, "named.html", page=page, address_of=named.address_of, path=named.PATHS[kind])


async def named_csv(kind: str, datasette: Datasette, request: Request) -> Response:
    """The same as a table."""
    words, most = str(request.args.get("q") or "")[: named.LONGEST], spreadsheet.MOST_ROWS
    rows = await read(datasette, request, lambda connection: named.rows_of(connection, kind, words, most))
    columns = ["name", "code", "role", "organisation", "first_named", "last_named", "articles"]
    if kind != "document":
        columns.remove("code")
    if kind != "person":
        columns = [column for column in columns if column not in ("role", "organisation")]
    return spreadsheet.as_csv(named.PATHS[kind][1:], columns, ([row[column] for column in columns] for row in rows))


async def entity_page(datasette: Datasette, request: Request) -> Response:
    """One person, programme, document, organisation or place, and where it is named."""
    number, language = int(request.url_vars["id"]), language_of(request)
    private = await sees_private(datasette, request)
    page = await read(
        datasette,
        request,
        lambda connection: entity.load(connection, number, arguments(request), language, private=private),
    )
    if page is None:
        raise Missing(language("error.no_entity", id=number))
    return await show(datasette, request, "entity.html", page=page, address_of=entity.address_of)


async def conflicts_page(datasette: Datasette, request: Request) -> Response:
    """What articles tell differently."""
    await _ask_known(datasette, request)
    language = language_of(request)
    page = await read(datasette, request, lambda connection: conflicts.load(connection, arguments(request), language))
    return await show(datasette, request, "conflicts.html", page=page, address_of=conflicts.address_of)


async def schema_page(datasette: Datasette, request: Request) -> Response:
    """Every table and column, and what it means."""
    found = await read(datasette, request, dictionary.tables)
    return await show(datasette, request, "schema.html", tables=found, kinds=FACT_KINDS)


async def sources_page(datasette: Datasette, request: Request) -> Response:
    """The sites that are followed."""
    page = await read(datasette, request, sources.load)
    may_crawl = bool(await datasette.permission_allowed(request.actor, crawl_now.PERMISSION, default=False))
    waiting = waiting_for(await read(datasette, request, directory_of)) if may_crawl else frozenset()
    return await show(datasette, request, "sources.html", page=page, may_crawl=may_crawl, waiting=waiting)
