"""The reader's language in every template, the switch between languages, and the words of the data."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from html import unescape
from typing import Any
from urllib.parse import urlencode

from datasette import __version__, hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import await_me_maybe
from datasette.utils.asgi import Request, Response
from jinja2 import Environment
from markupsafe import Markup

from worker.browse import site
from worker.browse.article import web_address
from worker.browse.columns import WORDS
from worker.browse.language import COOKIE, LANGUAGES
from worker.browse.marks import plain, shown
from worker.browse.pages import Missing, language_of
from worker.browse.values import province

A_YEAR = 365 * 24 * 3600


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """What templates call; also where Datasette renders without a request.

    Whatever a template puts out passes `shown` first, and is escaped after it: no template can forget either.
    """
    env.finalize = shown
    env.filters["web_address"] = web_address
    env.filters["province"] = province
    env.globals.update(_words(None), asset=asset, facet_words=WORDS, languages=LANGUAGES)
    env.globals["datasette_version"] = __version__


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> Any:
    """The words in the reader's language, and the `links` that plugins add to the menu."""

    async def words() -> dict[str, Any]:
        actor = request.actor if request is not None else None
        hooks = pm.hook.menu_links(datasette=datasette, actor=actor, request=request)
        return {**_words(request), "links": [link for hook in hooks for link in await await_me_maybe(hook) or ()]}

    return words


def _words(request: Request | None) -> dict[str, Any]:
    """`say` speaks the reader's language; `switch(code)` is the address that changes it and comes back here."""
    here = request.full_path if request is not None and request.method == "GET" else "/"
    return {
        "say": language_of(request),
        "switch": lambda code: f"/-/language/{code}?" + urlencode({"next": here}),
    }


@cache
def asset(name: str) -> str:
    """A short digest of a static file, for its address: a new version is fetched at once."""
    return sha256((site() / "static" / name).read_bytes()).hexdigest()[:8]


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The language switch."""
    return [(r"^/-/language/(?P<code>[a-z]{2})$", switch)]


async def switch(request: Request) -> Response:
    """Remember the language in a cookie, and go back to where the reader was, on this site only."""
    code = request.url_vars["code"]
    if code not in LANGUAGES:
        raise Missing(language_of(request)("error.nowhere"))
    back = request.args.get("next") or "/"
    if not back.startswith("/") or back.startswith(("//", "/\\")) or any(ord(char) < 33 for char in back):
        back = "/"
    response = Response.redirect(back)
    response.set_cookie(COOKIE, code, max_age=A_YEAR, httponly=True, samesite="lax")
    return response


_MARK = re.compile(r"(</?mark>)")


@hookimpl
def render_cell(value: Any, column: str, row: Any, table: str | None, datasette: Datasette) -> Any:
    """Cells of the tables: provinces by name, articles as links to their page, text without hidden characters."""
    if table is not None and column == "province" and isinstance(value, str):
        return Markup("{} <small>{}</small>").format(plain(province(value)), plain(value))
    if table == "articles" and column == "title" and "id" in row.keys():  # noqa: SIM118 - rows of SQLite are no dicts
        return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"/news/article/{row['id']}"), plain(value))
    if table is None and column == "passage" and isinstance(value, str):
        return _passage(value)
    return None


def _passage(html: str) -> Markup:
    """A passage of search_articles(): its <mark> tags, and everything else as text, whoever wrote it."""
    pieces = (tag if tag in ("<mark>", "</mark>") else Markup.escape(plain(unescape(tag))) for tag in _MARK.split(html))
    return Markup("").join(Markup(piece) for piece in pieces)  # noqa: S704 - either a known tag or escaped
