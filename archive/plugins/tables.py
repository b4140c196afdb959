"""The cells of Datasette's own pages, as the readers of a language write them; what names an article, an entity or a
place in a text leads there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode
from datasette.utils.asgi import Request
from markupsafe import Markup

from worker.browse import figures
from worker.browse.arrows import name_of
from worker.browse.columns import written
from worker.browse.language import Language
from worker.browse.pages import DATABASE, language_of, read, sees_private
from worker.browse.references import ARTICLES, ENTITY, References
from worker.browse.titles import names, titles
from worker.store.privacy import OPEN_TABLES

Rows = list[list[dict[str, Any]]]
"""The rows of a table as Datasette gives them to a template: a cell has its `column`, `raw` and `value`."""

CHOICES = {"indicator": "indicator", "first": "indicator", "second": "indicator"}
"""Parameters of questions -> where the words for what they may be stand in the language files."""


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None, table: str | None) -> dict[str, Any]:
    """What the templates of Datasette's pages call.

    `presented(rows)`: the rows of a table; `told(fact)`: a fact in its passage; `answered(columns, shown, stored)`: the
    rows of a question; `choices(parameter)`: what one can ask there by name, where that is known, with its words.
    """
    language = language_of(request)

    async def presented(rows: Rows) -> Rows:
        known = await _known(datasette, request, table, rows)
        for row in rows:
            values = {cell["column"]: cell["raw"] for cell in row}
            for cell in row:
                cell["value"] = _cell(datasette, known, values, cell, language)
        return rows

    async def told(fact: str) -> figures.Figure | None:
        if request is None:
            return None
        private = await sees_private(datasette, request)
        return await read(
            datasette, request, lambda connection: figures.one(connection, int(fact), language, private=private)
        )

    def answered(columns: Sequence[str], shown: Iterable[Any], stored: Iterable[Any]) -> Iterator[list[dict[str, Any]]]:
        return _answered(datasette, columns, shown, stored, language)

    def choices(parameter: str) -> list[tuple[str, str]]:
        return sorted(language.all(CHOICES[parameter]), key=itemgetter(1)) if parameter in CHOICES else []

    return {"presented": presented, "answered": answered, "told": told, "choices": choices}


async def _known(datasette: Datasette, request: Request | None, table: str | None, rows: Rows) -> References:
    """What the rows refer to."""
    if request is None or table is None:
        return References()
    private = await sees_private(datasette, request)
    articles = {cell["raw"] for row in rows for cell in row if cell["column"] in ARTICLES}
    entities = {cell["raw"] for row in rows for cell in row if cell["column"] == ENTITY}
    titled, named = await read(
        datasette,
        request,
        lambda connection: (
            titles(connection, articles, private=private),
            names(connection, entities, private=private),
        ),
    )
    return References(table, titled, named, await _labels(datasette, table, rows, private=private))


async def _labels(
    datasette: Datasette, table: str, rows: Rows, *, private: bool
) -> dict[tuple[str, object], tuple[str, str]]:
    """Other rows that these refer to and that this reader may open, where Datasette gives only their numbers."""
    labels: dict[tuple[str, object], tuple[str, str]] = {}
    for key in await datasette.get_database(DATABASE).foreign_keys_for_table(table):
        column, other = key["column"], key["other_table"]
        if column in (*ARTICLES, ENTITY) or not (private or other in OPEN_TABLES):
            continue
        cells = [cell for row in rows for cell in row if cell["column"] == column]
        bare = {cell["raw"] for cell in cells if cell["raw"] is not None and not isinstance(cell["value"], Markup)}
        if bare:
            said = await datasette.expand_foreign_keys(DATABASE, table, column, bare)
            labels |= {
                (column, value): (f"/{DATABASE}/{other}/{tilde_encode(str(value))}", str(label))
                for (_, value), label in said.items()
            }
    return labels


def _cell(
    datasette: Datasette, known: References, row: dict[str, Any], cell: dict[str, Any], language: Language
) -> object:
    column, value = cell["column"], cell["raw"]
    if value in ("", None):
        return ""
    text = known.link(datasette.urls, row, column) or written(known.table, row, column, value, language)
    return cell["value"] if text is None else text


def _answered(
    datasette: Datasette, columns: Sequence[str], shown: Iterable[Any], stored: Iterable[Any], language: Language
) -> Iterator[list[dict[str, Any]]]:
    """The rows of a question. What Datasette shows is text; what is stored says which of it are numbers."""
    for cells, values in zip(shown, stored, strict=False):
        row = dict(zip(columns, values, strict=True))
        yield [
            {"column": column, "value": _answer(datasette, row, column, cell, language), "type": type(value).__name__}
            for column, value, cell in zip(columns, values, cells, strict=True)
        ]


def _answer(datasette: Datasette, row: Mapping[str, Any], column: str, shown: object, language: Language) -> object:
    value = row[column]
    if value in ("", None):
        return ""
    if (name := name_of(row, column, language)) is not None:
        arrow = Markup('<a href="{}" class="go" aria-label="{}" title="{}">→</a>')
        return arrow.format(datasette.urls.path(value), name, name)
    text = None if isinstance(shown, Markup) else written(None, row, column, value, language)
    return shown if text is None else text
