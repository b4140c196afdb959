"""POST /sources/<id>/crawl: an operator has the running service crawl a source at once.

Nobody may, unless the metadata says who: `plugins: {crawl-now: {allow: {id: root}}}`, which `worker browse --crawl-now`
does for the operator. The site itself crawls nothing and writes nothing but the request (worker/handover.py).
"""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import actor_matches_allow
from datasette.utils.asgi import Forbidden, Request, Response

from worker.browse.crawl_now import PERMISSION, PLUGIN, hand_over, name_of
from worker.browse.pages import Missing, directory_of, language_of, read


@hookimpl
def permission_allowed(datasette: Datasette, actor: dict[str, Any] | None, action: str) -> bool | None:
    """Those whom the metadata names."""
    if action != PERMISSION:
        return None
    allow = (datasette.plugin_config(PLUGIN) or {}).get("allow")
    return bool(actor and allow and actor_matches_allow(actor, allow))


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The one route."""
    return [(r"^/sources/(?P<id>[a-z0-9-]{1,100})/crawl$", crawl_now)]


async def crawl_now(datasette: Datasette, request: Request) -> Response:
    """Hand the crawl over, say so on the page of the sources. Datasette has checked the form's token already."""
    language, source = language_of(request), request.url_vars["id"]
    if request.method != "POST":
        return Response.text("Method not allowed", status=405, headers={"allow": "POST"})
    if not await datasette.permission_allowed(request.actor, PERMISSION, default=False):
        raise Forbidden(language("crawl_now.forbidden"))
    known = await read(datasette, request, lambda connection: name_of(connection, source))
    if known is None:
        raise Missing(language("error.no_source", id=source))
    outcome = hand_over(await read(datasette, request, directory_of), source)
    kind = datasette.INFO if outcome == "asked" else datasette.WARNING
    datasette.add_message(request, language(f"crawl_now.{outcome}", source=known), kind)
    return Response.redirect(datasette.urls.path("/sources"))
