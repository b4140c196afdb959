"""What can be taken away from Datasette's own pages: all rows of a table, and CSV as files of the site's kind: numbers,
texts and the byte order mark that spreadsheets read rightly, and no cell that one would run.
"""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import parse_qsl, urlencode

import datasette.views.base
from datasette import hookimpl
from jinja2 import Environment

from worker.browse.search import MOST_HITS
from worker.browse.spreadsheet import MOST_ROWS, Writer

# Datasette offers no hook between a row and its CSV; of the module it uses nothing but the writer.
datasette.views.base.csv = SimpleNamespace(writer=Writer)

AT_ONCE = 1000
"""Rows that Datasette gives at once (`max_returned_rows` of settings.json)."""


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """The addresses that templates lead to, and how much is behind those of the site's own lists."""
    env.filters.update(as_file=as_file, all_rows=all_rows, most_at_once=most_at_once)
    env.globals.update(most_rows=MOST_ROWS, most_hits=MOST_HITS)


def as_file(address: str) -> str:
    """The address of a CSV of Datasette's, which is kept as a file; without this a browser shows it as a text."""
    return _changed(address, _dl="on")


def all_rows(address: str, count: int | None) -> str:
    """The address of a table's CSV with every row, as a file; `count` is how many there are, where that is known.

    Datasette's own has the first thousand, from the page on that is looked at, and does not say so. More are streamed,
    in the order of the table: to sort them anew for each thousand would take too long. A spreadsheet can sort.

    >>> all_rows("/news/facts.csv?kind=money&_sort_desc=number&_next=9&_size=max", 4000)
    '/news/facts.csv?kind=money&_stream=on&_dl=on'
    """
    if count is not None and count <= AT_ONCE:
        return _changed(address, _next=None, _size="max", _dl="on")
    return _changed(address, _next=None, _size=None, _sort=None, _sort_desc=None, _stream="on", _dl="on")


def most_at_once(address: str) -> str:
    """The address of a table's JSON from its first row on, as much as Datasette gives; it says itself what follows."""
    return _changed(address, _next=None, _size="max")


def _changed(address: str, **changes: str | None) -> str:
    path, _, query = address.partition("?")
    asked = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in changes]
    return f"{path}?{urlencode(asked + [(name, value) for name, value in changes.items() if value is not None])}"
