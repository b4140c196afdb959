"""Answers to take away as CSV, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from datasette.utils.asgi import Response

from worker.browse.marks import plain
from worker.spreadsheet import inert

MOST_ROWS = 20_000
"""Rows of one file. Whoever wants everything has `worker export`."""


def as_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A file of that name, with a byte order mark: without it spreadsheets take the Vietnamese for something else."""
    text = io.StringIO()
    text.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def cell(value: object) -> object:
    """A cell as it may be shown; numbers stay numbers."""
    return value if value is None or isinstance(value, int | float) else inert(plain(value))
