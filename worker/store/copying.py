"""A copy of a database that is whole, made while others write to it."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from worker.store.errors import ArchiveDamaged


def copy_database(connection: sqlite3.Connection, to: Path) -> None:
    """Copy the database as it is at one moment to the file `to`, and check the copy.

    Raises ArchiveDamaged, sqlite3.Error and OSError, with nothing left of the copy. What a kill leaves is half a copy,
    which the next one replaces: whoever needs a whole one gives it its name afterwards.
    """
    forget(to)
    try:
        target = sqlite3.connect(to, isolation_level=None)
        try:
            target.execute("PRAGMA journal_mode = OFF")  # nobody goes back to half a copy
            connection.backup(target)
            # A copy is read before it is written to: without a log beside it, it can be read from anywhere.
            target.execute("PRAGMA journal_mode = DELETE")
            (verdict,) = target.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            target.close()
        if verdict != "ok":
            raise ArchiveDamaged(f"the archive is damaged, and so would be its copy: {verdict}; run `worker verify`")
    except BaseException:
        with suppress(OSError):
            forget(to)
        raise


def forget(file: Path) -> None:
    """Remove a database with the logs that a kill left beside it: they would be played back into the next one."""
    for log in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + log).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Let a file's bytes, or the names in a directory, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # as some file systems of the network say of a directory
            raise
    finally:
        os.close(handle)
