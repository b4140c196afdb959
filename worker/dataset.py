"""The archive as a data set: its tables as CSV, JSON Lines or Parquet, with a data dictionary beside them.

The directory is a Data Package (https://datapackage.org/standard/data-package/): datapackage.json says what each file
and each column holds, dictionary.csv the same for a spreadsheet. All files are of one moment of the archive, also while
the worker writes. Private persons stay out unless they are asked for: the facts that name them
(worker/store/telling.py), the running text of pages, where anybody may be named, and in titles their names, of which
the initials are left.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worker.browse.dictionary import Column, Table, tables
from worker.spreadsheet import inert
from worker.store.copying import drafted
from worker.store.errors import ArchiveError
from worker.store.masks import Masks
from worker.store.privacy import OPEN_TABLES, public_rows

if TYPE_CHECKING:
    from worker.store import Archive

WRITTEN = (
    *("sources", "articles", "facts", "entities", "groups", "group_members", "revisions", "captures", "attachments"),
    *("indicators", "offices", "conflicts"),
)
"""The tables that are written where none are named, if private persons are wanted; else those of them for everybody."""

_TEXTS = {"articles": frozenset(("lead", "body", "captions"))}
"""Tables for everybody but for these columns: the running text of pages."""

_PACKAGE = "datapackage.json"
_NAME = "union-news-archive"

BATCH = 5_000
"""Rows that are held at once, and that a row group of Parquet has."""

Row = tuple[Any, ...]


class DatasetError(ArchiveError):
    """What was asked for cannot be written; the message says why."""


def export(
    archive: Archive,
    to: Path,
    form: str,
    *,
    names: Sequence[str] = (),
    private: bool = False,
    told: Callable[[str, int], None] = lambda _, __: None,
) -> None:
    """Write tables into the directory `to`, in the form csv, jsonl or parquet, and tell of each file with its rows.

    `names` are the tables wanted (none: those of WRITTEN). A file takes the place of an earlier one when it is whole.
    Raises DatasetError for a table that is none, for one that is not for everybody without `private`, and where Parquet
    is wanted and arro3 is not installed, or `to` holds an earlier export of the other sort (`private` or not), and
    ArchiveError where `to` lies in the archive, cannot be written, or is being written.
    """
    write = _WRITERS[form]
    if form == "parquet":
        _arro3()
    archive.keep_out(to)
    connection = archive.connection
    to.mkdir(parents=True, exist_ok=True)
    connection.execute("BEGIN")  # one moment for all tables
    try:
        chosen = _chosen(connection, names, private=private)
        _keep_apart(to, private=private)
        resources = []
        for table in chosen:
            path = to / f"{table.name}.{form}"
            with drafted(path) as draft:
                count = write(draft, table, _rows(connection, table, private=private))
            resources.append(_resource(table, path, form, count))
            told(path.name, count)
    finally:
        connection.execute("ROLLBACK")
    _describe(to, chosen, resources, private=private)


def _keep_apart(to: Path, *, private: bool) -> None:
    """Let no directory hold tables for everybody beside others: whoever publishes it would publish both.

    Raises DatasetError. The directory says which ones it holds before the first of them is there.
    """
    try:
        earlier = json.loads((to / _PACKAGE).read_text("utf-8"))
    except (OSError, ValueError):
        _describe(to, (), (), private=private)
        return
    if isinstance(earlier, dict) and earlier.get("name") == _NAME and earlier.get("private", False) != private:
        holds, now = ("without", "with") if private else ("with", "without")
        raise DatasetError(
            f"{to} holds an export {holds} --private, and one {now} it does not belong beside that; name another"
            " directory, or remove this one"
        )


def _chosen(connection: sqlite3.Connection, names: Sequence[str], *, private: bool) -> list[Table]:
    known = {table.name: table for table in tables(connection)}
    if unknown := [name for name in names if name not in known]:
        raise DatasetError(f"there is no table {unknown[0]}; there are {', '.join(known)}")
    if private:
        return [known[name] for name in dict.fromkeys(names or WRITTEN)]
    if closed := [name for name in names if not _is_open(name)]:
        raise DatasetError(
            f"{closed[0]} holds the text of pages, where private persons are named; add --private, and keep the file"
        )
    return [_without_texts(known[name]) for name in dict.fromkeys(names or filter(_is_open, WRITTEN))]


def _is_open(table: str) -> bool:
    return table in OPEN_TABLES or table in _TEXTS


def _without_texts(table: Table) -> Table:
    texts = _TEXTS.get(table.name, frozenset())
    return replace(table, columns=tuple(column for column in table.columns if column.name not in texts))


def _rows(connection: sqlite3.Connection, table: Table, *, private: bool) -> Iterator[Row]:
    """The rows of a table that everybody may see, or all of them."""
    condition = None if private else public_rows(table.name)
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    where = f" WHERE {condition}" if condition else ""
    order = f" ORDER BY {', '.join(table.key)}" if table.key else ""
    rows = connection.execute(f"SELECT {columns} FROM {table.name}{where}{order}")  # noqa: S608 - names out of the schema
    return rows if private or table.name != "articles" else _masked(connection, rows, table)


def _masked(connection: sqlite3.Connection, rows: Iterator[Row], table: Table) -> Iterator[Row]:
    """Articles with initials for the private persons in their titles."""
    names = [column.name for column in table.columns]
    number, title = names.index("id"), names.index("title")
    while batch := list(islice(rows, BATCH)):
        masks = Masks.of(connection, [row[number] for row in batch])
        for row in batch:
            shown = masks.masked(row[number], row[title] or "", "title")
            yield (*row[:title], shown, *row[title + 1 :])


def _csv(path: Path, table: Table, rows: Iterator[Row]) -> int:
    """RFC 4180 in UTF-8; null is an empty cell, JSON is as written, no text a formula (worker.spreadsheet).

    Whoever counts in texts takes another form: an apostrophe moves them by one.
    """
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in table.columns)
        for row in rows:
            writer.writerow(map(inert, row))
            count += 1
    return count


def _jsonl(path: Path, table: Table, rows: Iterator[Row]) -> int:
    """One object a line; what is JSON in the archive is part of the object."""
    names = [column.name for column in table.columns]
    inside = [number for number, column in enumerate(table.columns) if column.json]
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            values = list(row)
            for number in inside:
                values[number] = json.loads(values[number]) if values[number] else values[number]
            file.write(json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False) + "\n")
            count += 1
    return count


def _parquet(path: Path, table: Table, rows: Iterator[Row]) -> int:
    """One row group a batch, compressed with Zstandard."""
    core, io = _arro3()
    kinds = {"integer": core.DataType.int64(), "number": core.DataType.float64()}
    types = [kinds.get(column.type, core.DataType.string()) for column in table.columns]
    names = [column.name for column in table.columns]
    schema = core.Schema([core.Field(name, kind) for name, kind in zip(names, types, strict=True)])
    count = 0

    def batches() -> Iterator[Any]:
        nonlocal count
        while batch := list(islice(rows, BATCH)):
            count += len(batch)
            columns = [
                core.Array([_typed(value, column) for value in values], type=kind)
                for values, column, kind in zip(zip(*batch, strict=True), table.columns, types, strict=True)
            ]
            yield core.RecordBatch.from_arrays(columns, schema=schema)

    reader = core.RecordBatchReader.from_batches(schema, batches())
    io.write_parquet(reader, path, compression="zstd(3)", max_row_group_size=BATCH)
    return count


def _typed(value: Any, column: Column) -> Any:
    """A value as its column's type has it: SQLite lets any value stand in any column."""
    if value is None:
        return None
    if column.type == "integer":
        return int(value)
    return float(value) if column.type == "number" else str(value)


def _arro3() -> tuple[Any, Any]:
    try:
        from arro3 import core, io
    except ImportError:
        raise DatasetError(
            "Parquet needs arro3, which is not installed; install union-news-archive[parquet], its extra"
        ) from None
    return core, io


_WRITERS: dict[str, Callable[[Path, Table, Iterator[Row]], int]] = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}


def _resource(table: Table, path: Path, form: str, rows: int) -> dict[str, Any]:
    """A file, as the package describes it."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    fields = [
        {"name": column.name, "type": "object" if column.json and form == "jsonl" else column.type}
        | {"title": column.meaning, "description": column.meaning_en}
        for column in table.columns
    ]
    refers = [
        {"fields": [column.name], "reference": {"resource": column.refers[0], "fields": [column.refers[1]]}}
        for column in table.columns
        if column.refers
    ]
    return {
        "name": table.name,
        "path": path.name,
        "format": form,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "rows": rows,
        "title": table.meaning,
        "description": table.meaning_en,
        "schema": {"fields": fields, "primaryKey": list(table.key), "foreignKeys": refers},
    }


def _describe(to: Path, chosen: Sequence[Table], resources: Sequence[dict[str, Any]], *, private: bool) -> None:
    """The dictionary, twice: as a Data Package, and as a table."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": _NAME,
        "private": private,
        "title": "Kho lưu trữ tin Hội Liên hiệp Phụ nữ Việt Nam",
        "description": "Archive of the news of the Vietnam Women's Union: articles, and the facts that they state.",
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "version": version("union-news-archive"),
        "resources": list(resources),
    }
    with drafted(to / _PACKAGE) as draft:
        draft.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")
    with drafted(to / "dictionary.csv") as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("table", "column", "type", "refers_to", "meaning_vi", "meaning_en"))
        for table in chosen:
            for column in table.columns:
                refers = ".".join(column.refers) if column.refers else ""
                writer.writerow((table.name, column.name, column.type, refers, column.meaning, column.meaning_en))
