"""One transaction: all of it or nothing, whatever ends it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from worker.store.errors import explained, of_database


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what happens inside, or roll it back and let the error through: an ArchiveError where the disk failed."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        _roll_back(connection)
        if isinstance(error, sqlite3.Error) and of_database(error):
            raise explained(error) from error
        raise


@contextmanager
def savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """Undo what happens inside a transaction where it fails, and let the error through; the rest of it may go on."""
    connection.execute("SAVEPOINT inside")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):  # as below
            connection.execute("ROLLBACK TO inside")
            connection.execute("RELEASE inside")
        raise
    connection.execute("RELEASE inside")


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        with suppress(sqlite3.Error):  # some errors have rolled back already; the first error is the one to tell
            connection.execute("ROLLBACK")
