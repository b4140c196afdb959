"""Copies and files that are whole: a database while others write to it, and what takes another file's place."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from worker.store.errors import ArchiveDamaged, ArchiveLocked, ArchiveUnwritable

_PIECE = 1 << 20


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


def take_place(draft: Path, of: Path) -> None:
    """Let a file that is whole take another's place, also where the power is cut then: else its name would be there
    before its bytes, and an empty file be left."""
    sync(draft)
    draft.replace(of)
    with suppress(OSError):  # a directory that may not be read; the name is there soon
        sync(of.parent)


def pieces(file: Path, start: int, end: int) -> Iterator[bytes]:
    """The bytes of a file from `start` up to `end`, or to where it ends before."""
    with file.open("rb") as source:
        source.seek(start)
        while (size := min(_PIECE, end - source.tell())) > 0 and (piece := source.read(size)):
            yield piece


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """A file beside `path` to be written inside; it takes the place of `path` when it is whole, else nothing is left.

    Raises ArchiveLocked where another process is writing the same, ArchiveUnwritable where the disk takes no more.
    """
    draft = path.with_name(f".{path.name}.new")
    try:
        handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise ArchiveUnwritable(f"{path} cannot be written: {error.strerror}") from None
    try:
        _hold(handle, draft, path)
        try:
            yield draft
            take_place(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        if error.filename not in (None, os.fspath(draft)):  # what was to be read
            raise
        raise ArchiveUnwritable(f"{path} cannot be written: {error.strerror}") from None
    finally:
        os.close(handle)


def _hold(handle: int, draft: Path, path: Path) -> None:
    """Be the only one that writes a draft. The system releases it when the process ends, in any way."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        own = os.path.samestat(os.fstat(handle), draft.stat())  # it was not given its name meanwhile
    except OSError:
        own = False
    if not own:
        raise ArchiveLocked(f"{path} is being written by another process; wait for it, or name another place")
