"""Answers to take away as CSV, for a spreadsheet: the site's own, and Datasette's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from datasette.utils.asgi import Response

from worker.browse.marks import plain
from worker.spreadsheet import inert

MOST_ROWS = 20_000
"""Rows of one file. Whoever wants everything has `worker export`."""

MARK = "\N{BYTE ORDER MARK}"
"""Begins every file: without it spreadsheets take the Vietnamese for something else."""

_EXACT = 2**53
"""Whole numbers below it are what they say also where they are kept as floating point."""


def as_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A file of that name."""
    text = io.StringIO()
    text.write(MARK)
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def cell(value: object) -> object:
    """A cell as it may be shown; numbers stay numbers.

    Whole ones are written without a point: where a comma stands before decimals, `34874.0` would be taken for a text.

    >>> cell(34874.0), cell(43.4), cell("=1+1")
    (34874, 43.4, "'=1+1")
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value if value is None or isinstance(value, int | float) else inert(plain(value))


class Writer:
    """What Datasette's pages write their CSV with, in the place of `csv.writer`; `file` has an asynchronous `write`."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._rows = csv.writer(file)
        self._begun = False

    async def writerow(self, row: Iterable[object]) -> None:
        """Write a row of cells as `cell` makes them."""
        if not self._begun:
            self._begun = True
            await self._file.write(MARK)
        await self._rows.writerow([cell(value) for value in row])
