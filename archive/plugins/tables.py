"""The cells of Datasette's own pages, as the readers of a language write them; articles by their titles."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request
from markupsafe import Markup

from worker.browse.columns import written
from worker.browse.language import Language
from worker.browse.marks import plain
from worker.browse.pages import language_of, read, sees_private
from worker.browse.titles import titles

NAMING = ("article", "canonical")
"""Columns that name an article."""


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None, table: str | None) -> dict[str, Any]:
    """`presented(rows)`: the rows of a table; `cell(column, value)`: one of a question."""
    language = language_of(request)

    async def presented(rows: list[Any]) -> list[Any]:
        addressed = await _addressed(datasette, request, rows)
        for row in rows:
            values = {cell["column"]: cell["raw"] for cell in row}
            for cell in row:
                if cell["column"] in NAMING:
                    cell["value"] = addressed.get(cell["raw"], cell["value"])
                elif (text := written(table, values, cell["column"], cell["raw"], language)) is not None:
                    cell["value"] = text
        return rows

    return {"presented": presented, "cell": lambda column, value: _cell(column, value, language)}


async def _addressed(datasette: Datasette, request: Request | None, rows: list[Any]) -> dict[int, Markup]:
    """The articles that the rows name: their titles, which lead to them."""
    named = {cell["raw"] for row in rows for cell in row if cell["column"] in NAMING}
    if request is None or not named:
        return {}
    private = await sees_private(datasette, request)
    found = await read(datasette, request, lambda connection: titles(connection, named, private=private))
    link = Markup('<a href="{}" lang="vi">{}</a>')
    return {
        number: link.format(datasette.urls.path(f"/news/article/{number}"), plain(title))
        for number, title in found.items()
    }


def _cell(column: str, value: object, language: Language) -> object:
    if isinstance(value, Markup):
        return value
    stored = int(value) if isinstance(value, str) and value.isdecimal() else value  # Datasette gives text
    text = written(None, {}, column, stored, language)
    return value if text is None else text
