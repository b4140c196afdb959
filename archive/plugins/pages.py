"""The front page, /indicators, /offices, /conflicts and /sources."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from worker.browse import conflicts, front, indicators, offices, sources
from worker.browse.pages import DATABASE, language_of, read, show


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The pages."""
    return [
        (r"^/$", front_page),
        (r"^/indicators$", indicators_page),
        (r"^/offices$", offices_page),
        (r"^/conflicts$", conflicts_page),
        (r"^/sources$", sources_page),
    ]


def arguments(request: Request) -> dict[str, str]:
    """What the address asks for."""
    return {name: request.args.get(name) for name in request.args}


async def front_page(datasette: Datasette, request: Request) -> Response:
    """What is in the archive; how to make one, where there is none."""
    language = language_of(request)
    if DATABASE not in datasette.databases:
        return await show(datasette, request, "error.html", error=language("error.no_archive"), status=404, title=None)
    page = await read(datasette, request, lambda connection: front.load(connection, arguments(request), language))
    return await show(datasette, request, "front.html", page=page, address_of=front.address_of)


async def indicators_page(datasette: Datasette, request: Request) -> Response:
    """The Union's own figures."""
    language = language_of(request)
    page = await read(datasette, request, lambda connection: indicators.load(connection, arguments(request), language))
    return await show(datasette, request, "indicators.html", page=page, address_of=indicators.address_of)


async def offices_page(datasette: Datasette, request: Request) -> Response:
    """Who held which office, and when."""
    page = await read(datasette, request, lambda connection: offices.load(connection, arguments(request)))
    return await show(datasette, request, "offices.html", page=page, address_of=offices.address_of)


async def conflicts_page(datasette: Datasette, request: Request) -> Response:
    """What articles tell differently."""
    language = language_of(request)
    page = await read(datasette, request, lambda connection: conflicts.load(connection, arguments(request), language))
    return await show(datasette, request, "conflicts.html", page=page, address_of=conflicts.address_of)


async def sources_page(datasette: Datasette, request: Request) -> Response:
    """The sites that are followed."""
    page = await read(datasette, request, sources.load)
    return await show(datasette, request, "sources.html", page=page)
