"""What all pages of the site share: the reader's language, the database, the permission to look."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Base400, Request, Response
from jinja2 import Environment, Template

from worker.browse import site
from worker.browse.language import COOKIE, LANGUAGES, Language, languages
from worker.browse.privacy import PERMISSION

DATABASE = "news"

LONGEST_MS = 8000
"""The site's own questions may take so long, four times what Datasette lets others take: how much they read is known,
and on a disk that was not read since the machine started a slow answer is better than none."""

asked = threading.Event()
"""Set whenever somebody has asked for a page (see worker/browse/keeper.py)."""

T = TypeVar("T")


class Missing(Base400):  # type: ignore[misc]  # Datasette has no types
    """There is no such page; the message is a sentence in the reader's language.

    No NotFound: what raises that at an address that ends in a slash is led to the same one without it, and the front
    page to itself, for ever.
    """

    status = 404


def language_of(request: Request | None) -> Language:
    """The reader's language: `_lang` in the address, else the cookie, else Vietnamese."""
    known = languages(site())
    if request is not None:
        for wish in (request.args.get("_lang"), request.cookies.get(COOKIE)):
            if wish in known:
                return known[wish]
    return known[LANGUAGES[0]]


async def read(datasette: Datasette, request: Request, question: Callable[[sqlite3.Connection], T]) -> T:
    """What `question` answers from a read-only connection, in a thread, within `LONGEST_MS`.

    Raises Missing where there is no archive, Forbidden where the reader may not see it.
    """
    if DATABASE not in datasette.databases:
        raise Missing(language_of(request)("error.no_archive"))
    await datasette.ensure_permissions(request.actor, [("view-database", DATABASE), "view-instance"])
    asked.set()

    def within_limit(connection: sqlite3.Connection) -> T:
        with sqlite_timelimit(connection, LONGEST_MS):
            return question(connection)

    try:
        answer: T = await datasette.get_database(DATABASE).execute_fn(within_limit)
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise QueryInterrupted(error, "", {}) from error
        raise
    return answer


class _AtOnce(Template):
    """A template that nothing is waited for in, which takes half the time: Datasette's own wait at every call."""

    async def render_async(self, *values: Any, **more: Any) -> str:
        return self.render(*values, **more)


@cache
def _environment(datasette: Datasette) -> Environment:
    """The environment of the pages that say all that they show."""
    environment: Environment = datasette.jinja_env.overlay(enable_async=False)
    environment.template_class = _AtOnce
    return environment


async def show(datasette: Datasette, request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page of the site."""
    at_once = _environment(datasette).get_template(template)
    return Response.html(await datasette.render_template(at_once, values, request=request), status=status)


async def sees_private(datasette: Datasette, request: Request) -> bool:
    """May this reader see private persons in lists?"""
    return bool(await datasette.permission_allowed(request.actor, PERMISSION, default=False))


def counts(text: str | None) -> dict[str, Any]:
    """The counts of a run, out of their JSON."""
    try:
        loaded = json.loads(text or "{}")
    except ValueError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


def file_of(connection: sqlite3.Connection) -> str:
    """The database file of a connection, of which answers are kept."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def directory_of(connection: sqlite3.Connection) -> Path:
    """The directory of the archive."""
    return Path(file_of(connection)).parent


def page_number(arguments: Mapping[str, Any], pages: int) -> int:
    """The number of the page that is asked for: the first, where what is asked for makes no sense."""
    text = str(arguments.get("page") or "1")[:9]
    return min(int(text), pages) if text.isascii() and text.isdigit() and int(text) > 0 else 1


def address(path: str, **arguments: object) -> str:
    """A path with a query string; arguments that are empty are left out."""
    given = {key: value for key, value in arguments.items() if value not in (None, "", [], ())}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path
