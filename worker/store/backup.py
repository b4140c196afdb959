"""A copy of an archive that is whole, made while the archive is written to."""

from __future__ import annotations

import errno
import filecmp
import json
import os
import shutil
import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from worker.store.errors import ArchiveDamaged, ArchiveError, ArchiveFull, ArchiveUnwritable
from worker.store.times import moment, stamp

OLD = timedelta(days=8)
"""A last copy that is older than this was meant to be followed by others."""

_NOTE = "news.backup"


class Copied(NamedTuple):
    """When an archive was copied last, in UTC, and into which directory."""

    at: datetime
    to: str


def note(directory: Path, to: Path, at: datetime) -> None:
    """Keep beside the archive that a copy of it was made and is sound; not where the archive cannot be written."""
    with suppress(OSError):
        half = directory / f"{_NOTE}.part"
        half.write_text(json.dumps({"at": stamp(at), "to": str(to.resolve())}, ensure_ascii=False), "utf-8")
        half.replace(directory / _NOTE)


def last(directory: Path) -> Copied | None:
    """The last copy; None where none was ever made."""
    try:
        told = json.loads((directory / _NOTE).read_text("utf-8"))
        return Copied(moment(told["at"]), str(told["to"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def backup(connection: sqlite3.Connection, directory: Path, to: Path, *, compare: bool = False) -> None:
    """Copy the archive of `directory` into the directory `to`, and open the copy to see that it is sound.

    The database first, as it is at one moment, then the WARC files: so every row of the copy has its bytes. A copy that
    is there already is brought up to date; WARC files that cannot have changed are not copied again, unless their bytes
    are to be compared and differ.
    """
    if to.resolve() == directory.resolve():
        raise ArchiveError(f"{to} is the archive itself; name another directory for its copy")
    half = to / "news.db.part"
    try:
        (to / "warc").mkdir(parents=True, exist_ok=True)
        copy_database(connection, half)
        for file in sorted((directory / "warc").glob("*.warc.gz")):
            _copy_file(file, to / "warc" / file.name, compare=compare)
        _sync(to / "warc")
        for log in ("-wal", "-shm"):  # of an earlier copy that somebody opened
            (to / f"news.db{log}").unlink(missing_ok=True)
        _sync(half)
        half.replace(to / "news.db")
        _sync(to)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (ArchiveFull if full else ArchiveUnwritable)(f"no copy could be made in {to}: {error.strerror}") from None
    except sqlite3.Error as error:
        full = "full" in str(error)
        raise (ArchiveFull if full else ArchiveUnwritable)(f"no copy could be made in {to}: {error}") from None


def copy_database(connection: sqlite3.Connection, to: Path) -> None:
    """Copy the database as it is at one moment to the file `to`, and check the copy.

    Raises ArchiveDamaged, sqlite3.Error and OSError, with nothing left of the copy. What a kill leaves is half a copy,
    which the next one replaces: whoever needs a whole one gives it its name afterwards.
    """
    _forget(to)
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
            _forget(to)
        raise


def _forget(file: Path) -> None:
    """Remove a database with the logs that a kill left beside it: they would be played back into the next one."""
    for log in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + log).unlink(missing_ok=True)


def _copy_file(file: Path, to: Path, *, compare: bool) -> None:
    """Copy a WARC file, unless its copy has its size already: records are appended, never changed.

    `compare` looks at the bytes: after a power cut a file may have its size and not its bytes.
    """
    same = to.exists() and to.stat().st_size == file.stat().st_size
    if same and (not compare or filecmp.cmp(file, to, shallow=False)):
        return
    part = to.with_name(to.name + ".part")
    shutil.copyfile(file, part)
    _sync(part)
    part.replace(to)


def _sync(path: Path) -> None:
    """Let a file's bytes, or the names in a directory, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # as some file systems of the network say of a directory
            raise
    finally:
        os.close(handle)
