"""A copy of an archive that is whole, made while the archive is written to; it never replaces a better one."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from worker.store.copying import copy_database, forget, pieces, sync, take_place
from worker.store.errors import ArchiveDamaged, ArchiveError, ArchiveFull, ArchiveLocked, ArchiveUnwritable
from worker.store.lock import Lock
from worker.store.schema import open_reader
from worker.store.times import moment, stamp
from worker.store.verify import verify

OLD = timedelta(days=8)
"""A last copy that is older than this was meant to be followed by others."""

_NOTE = "news.backup"
_LOCK = "backup.lock"
_LAST = "SELECT id, url, fetched_at FROM captures ORDER BY id DESC LIMIT 1"


class Copied(NamedTuple):
    """When an archive was copied last, in UTC, and into which directory."""

    at: datetime
    to: str


def note(directory: Path, to: Path, at: datetime) -> None:
    """Keep beside the archive that a copy of it was made and is sound; not where the archive cannot be written."""
    with suppress(OSError):
        half = directory / f"{_NOTE}.part"
        half.write_text(json.dumps({"at": stamp(at), "to": str(to.resolve())}, ensure_ascii=False), "utf-8")
        take_place(half, directory / _NOTE)


def last(directory: Path) -> Copied | None:
    """The last copy; None where none was ever made."""
    try:
        told = json.loads((directory / _NOTE).read_text("utf-8"))
        return Copied(moment(told["at"]), str(told["to"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_out(directory: Path, to: Path) -> None:
    """Raise ArchiveError where `to` is the archive of `directory` or lies in it: nothing is written over an archive."""
    if directory.resolve() in (to.resolve(), *to.resolve().parents):
        raise ArchiveError(f"{to} lies in the archive itself ({directory}); name a place outside of it")


def backup(connection: sqlite3.Connection, directory: Path, to: Path) -> None:
    """Copy the archive of `directory` into the directory `to`, check the copy, and let it take the earlier one's place.

    The database first, as it is at one moment, then the bytes of the WARC files that its rows refer to and the copy has
    not: records are appended and never changed, so bytes that are in the copy stay as they are, unless it is found to
    be spoilt (a power cut) and the archive is sound. An earlier copy stays until the new one has been checked. Raises
    ArchiveError where what is there is no earlier copy of this archive, ArchiveDamaged where the archive has lost bytes
    or the copy is not sound, ArchiveLocked, ArchiveFull and ArchiveUnwritable.
    """
    keep_out(directory, to)
    with _told(to):
        (to / "warc").mkdir(parents=True, exist_ok=True)
    with _alone(to), _told(to):
        _follows(connection, directory, to)
        half = to / "news.db.part"
        try:
            copy_database(connection, half)
            files = _files(half, directory)
            for file, end in files.items():
                _append(file, end, to / "warc" / file.name)
            sync(to / "warc")
            problems = _problems(half, to)
            if problems and not verify(connection, directory, writable=False):
                _mend(files, to)
                problems = _problems(half, to)
            if problems and (to / "news.db").exists():
                raise ArchiveDamaged(f"{to} is not brought up to date, the copy would not be sound: {problems[0]}")
            _publish(half, to)
        finally:
            with suppress(OSError):
                forget(half)
    if problems:
        raise ArchiveDamaged(f"the copy in {to} is not sound: {problems[0]}; run `worker verify`")


@contextmanager
def _told(to: Path) -> Iterator[None]:
    """Say in our own words why no copy can be made."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        what = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
        raise (ArchiveFull if full else ArchiveUnwritable)(f"no copy could be made in {to}: {what}") from None
    except sqlite3.Error as error:
        full = "full" in str(error)
        raise (ArchiveFull if full else ArchiveUnwritable)(f"no copy could be made in {to}: {error}") from None


@contextmanager
def _alone(to: Path) -> Iterator[None]:
    """Be the only one that copies into this directory."""
    lock = Lock(to / _LOCK)
    try:
        lock.take()
    except ArchiveLocked as error:
        raise ArchiveLocked(f"a copy is being made there already: {error}") from None
    try:
        yield
    finally:
        lock.release()


def _follows(connection: sqlite3.Connection, directory: Path, to: Path) -> None:
    """Raise ArchiveError unless what lies in `to` is an earlier copy of this archive, or nothing."""
    earlier = to / "news.db"
    if not earlier.exists():
        return
    try:
        with closing(sqlite3.connect(f"{earlier.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            row = copy.execute(_LAST).fetchone()
    except sqlite3.Error as error:
        raise ArchiveError(f"{earlier} is no copy of an archive, or a damaged one ({error}); move it away") from None
    if row is None:
        return
    ours = connection.execute("SELECT id, url, fetched_at FROM captures WHERE id = ?", row[:1]).fetchone()
    if ours != row:
        raise ArchiveError(
            f"{to} holds page {row[0]} of {row[2]} ({row[1]}), which {directory} has not: it is a copy of another"
            " archive, or this one has lost pages. It is left as it is; name another directory, or move it away"
        )


def _files(database: Path, directory: Path) -> dict[Path, int]:
    """The archive's WARC files, and up to which byte this copy of its database refers to each.

    Raises ArchiveDamaged where one is shorter than that: then an earlier copy is what there is to restore from.
    """
    ends = "SELECT warc_file, max(warc_offset + warc_length) FROM captures WHERE warc_file GLOB 'news-*' GROUP BY 1"
    with closing(sqlite3.connect(database)) as copy:
        files = {directory / "warc" / name: end for name, end in copy.execute(ends)}
    for file, end in files.items():
        size = file.stat().st_size if file.exists() else 0
        if size < end:
            raise ArchiveDamaged(
                f"{file} has lost bytes: {end:,} were filed, {size:,} are there; no copy is made, and an earlier one"
                " stays as it is to restore from"
            )
    return files


def _append(file: Path, end: int, to: Path) -> None:
    """Bring the copy of a WARC file up to byte `end`."""
    with to.open("ab") as copy:
        for piece in pieces(file, copy.tell(), end):
            copy.write(piece)
    sync(to)


def _problems(database: Path, to: Path) -> list[str]:
    """What is wrong with a copied database and the WARC files beside it."""
    with closing(open_reader(database)) as copy:
        return verify(copy, to, writable=False)


def _mend(files: dict[Path, int], to: Path) -> None:
    """Copy anew the files whose copies have other bytes."""
    for file, end in files.items():
        copy = to / "warc" / file.name
        if any(one != other for one, other in zip_longest(pieces(file, 0, end), pieces(copy, 0, end))):
            part = copy.with_name(f"{copy.name}.part")
            part.unlink(missing_ok=True)
            _append(file, end, part)
            part.replace(copy)
    sync(to / "warc")


def _publish(half: Path, to: Path) -> None:
    """Let a checked copy of the database take the place of the earlier one."""
    for log in ("-wal", "-shm"):  # of an earlier copy that somebody opened
        (to / f"news.db{log}").unlink(missing_ok=True)
    sync(half)
    half.replace(to / "news.db")
    sync(to)
