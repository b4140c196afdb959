"""Writing one row, given as a mapping. Table and column names are the program's own, never a page's."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def insert(connection: sqlite3.Connection, table: str, values: Mapping[str, object]) -> int:
    """Insert a row; its id."""
    columns = ", ".join(f'"{name}"' for name in values)
    cursor = connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608  # own names
        list(values.values()),
    )
    return int(cursor.lastrowid or 0)


def update(connection: sqlite3.Connection, table: str, row: int, values: Mapping[str, object]) -> None:
    """Set columns of the row with that id."""
    columns = ", ".join(f'"{name}" = ?' for name in values)
    connection.execute(
        f"UPDATE {table} SET {columns} WHERE id = ?",  # noqa: S608  # own names
        [*values.values(), row],
    )
