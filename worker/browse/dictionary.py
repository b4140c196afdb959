"""The data dictionary: every table and column of an archive, with its type and its meaning in both languages.

Names and types come from the database itself, meanings from the site's metadata.yaml; tests hold one to the other.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from worker.browse import site
from worker.own_data import parse_yaml

TYPES = {"TEXT": "string", "INTEGER": "integer", "REAL": "number", "BLOB": "binary"}
"""Types of SQLite, as data packages call them."""

JSON = frozenset({"value", "authors", "evidence", "counts", "data", "redirected_from"})
"""Columns that hold JSON."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type, its meaning in Vietnamese and English, and the table and column that it refers to."""

    name: str
    type: str
    meaning: str
    meaning_en: str
    refers: tuple[str, str] | None
    json: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view with its columns."""

    name: str
    meaning: str
    meaning_en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def tables(connection: sqlite3.Connection) -> list[Table]:
    """The tables and views that metadata.yaml describes, in its order."""
    known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    return [
        _table(connection, name, said)
        for name, said in _said(site() / "metadata.yaml").items()
        if name in known and not said.get("hidden")
    ]


@cache
def _said(path: Path) -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = parse_yaml(path.read_text("utf-8"))["databases"]["news"]["tables"]
    return loaded


def _table(connection: sqlite3.Connection, name: str, said: dict[str, Any]) -> Table:
    # xinfo: with the columns that are made of others; 1 are those of virtual tables that nobody reads
    info = list(connection.execute("SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1", [name]))
    links = connection.execute('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', [name])
    refers = {row[0]: (row[1], row[2]) for row in links}
    columns = tuple(
        Column(
            name=column,
            type=TYPES.get(declared) or _found(connection, name, column),
            meaning=said.get("columns", {}).get(column, ""),
            meaning_en=said.get("columns_en", {}).get(column, ""),
            refers=refers.get(column),
            json=column in JSON and name not in ("indicators", "statements"),
        )
        for column, declared, _ in info
    )
    key = tuple(row[0] for row in sorted(info, key=lambda row: row[2]) if row[2])
    return Table(name, said.get("description", ""), said.get("description_en", ""), key, columns)


def _found(connection: sqlite3.Connection, table: str, column: str) -> str:
    """The type of what stands in a column that declares none, as expressions of views do."""
    sql = f'SELECT upper(typeof("{column}")) FROM "{table}" WHERE "{column}" IS NOT NULL LIMIT 1'  # noqa: S608 - names out of the schema
    row = connection.execute(sql).fetchone()
    return TYPES.get(row[0], "string") if row else "string"
