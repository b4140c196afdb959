"""The database file: opening it, its schema and its migrations."""

from __future__ import annotations

import os
import shutil
import sqlite3
from functools import cache
from importlib.resources import files
from pathlib import Path

from worker.store.copying import copy_database
from worker.store.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveFull,
    ArchiveMissing,
    ArchiveTooNew,
    ArchiveUnwritable,
)
from worker.store.query import bare, title_tags
from worker.vietnamese import fold, nfc, tone_key
from worker.vietnamese.offices import office

BUSY_SECONDS = 30.0
"""How long a statement waits for another process's lock: longer than any checkpoint or backup step takes."""

LOG_PAGES = 32_000
"""Pages of 4 kB that the write-ahead log may hold: 128 MB, about four hundred articles. The one that writes them back
takes ten times as long as any other."""

SET = "archive"
"""The name of our migrations in the table of sqlite-utils."""


@cache
def migrations() -> dict[str, str]:
    """Name -> SQL of every migration, in order."""
    folder = files("worker.store").joinpath("migrations")
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".sql")), key=lambda item: item.name)
    return {item.name.removesuffix(".sql"): item.read_text("utf-8") for item in found}


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that views and statements of this package call."""
    connection.create_function("tone_key", 1, lambda text: tone_key(nfc(text)), deterministic=True)
    connection.create_function("fold", 1, lambda text: fold(nfc(text)), deterministic=True)
    connection.create_function("bare", 1, lambda text: bare(nfc(text)), deterministic=True)
    connection.create_function("title_tags", 1, title_tags, deterministic=True)
    connection.create_function("office", 1, lambda role: office(role) if role else None, deterministic=True)


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that can only read, also where the directory cannot be written."""
    check_there(path)
    base = path.resolve().as_uri()
    for mode in ("?mode=ro", "?mode=ro&immutable=1"):
        connection = sqlite3.connect(f"{base}{mode}", uri=True, isolation_level=None, timeout=BUSY_SECONDS)
        try:
            _check_age(connection, path)
        except sqlite3.OperationalError as error:
            connection.close()
            # A log beside the file holds pages that an immutable reader would not see.
            if mode.endswith("=1") or _has_log(path):
                raise ArchiveError(f"{path} cannot be read: {error}") from None
            continue
        except sqlite3.DatabaseError as error:
            connection.close()
            raise _damaged(path, error) from None
        except ArchiveError:
            connection.close()
            raise
        register(connection)
        return connection
    raise AssertionError("unreachable: the last mode returns or raises")


def check_there(path: Path) -> None:
    """Raise ArchiveMissing where there is no database, and ArchiveError where it is another account's."""
    try:
        path.stat()
        readable = os.access(path, os.R_OK)
    except PermissionError:  # of the directory
        readable = False
    except OSError:
        raise ArchiveMissing(f"there is no archive in {path.parent} yet; `worker crawl` makes one") from None
    if not readable:
        raise ArchiveError(f"{path} cannot be read: it is another account's; run this as that one (sudo -u ACCOUNT …)")


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    try:
        return log.stat().st_size > 0
    except FileNotFoundError:  # also where the writer ends, and removes it, at this moment
        return False


def open_writer(path: Path) -> sqlite3.Connection:
    """The connection that writes; the file is made, or brought up to date, first.

    Journal in WAL mode, so that readers never wait. `synchronous` is FULL: with NORMAL a power cut takes back whatever
    was committed since the system last wrote by itself, half a minute of pages, and of a new archive its first ones
    with all tables, while their bytes stay in the WARC.
    The log is written back every `LOG_PAGES`: rarely enough that hardly a page has to wait for it.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS, cached_statements=256)
    except sqlite3.OperationalError as error:
        raise _unwritable(path, error) from None
    try:
        if path.stat().st_size:
            _check_age(connection, path, pending_is_fine=True)
        for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -16000"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        connection.execute("PRAGMA secure_delete = FAST")  # else merges of the search index overwrite what they free
        connection.execute(f"PRAGMA journal_size_limit = {LOG_PAGES * 4096}")  # one that readers held up shrinks again
        _sort_beside(connection, path)
        register(connection)
        _migrate(connection, path)
    except sqlite3.OperationalError as error:
        connection.close()
        raise _unwritable(path, error) from None
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _damaged(path, error) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _sort_beside(connection: sqlite3.Connection, path: Path) -> None:
    """Let SQLite's temporary files lie on the archive's own disk, unless it is told another place: what /var/tmp holds
    is often little, or in memory, as in a container, and none of the archive's room helps an upgrade or a vacuum then.
    """
    if "SQLITE_TMPDIR" not in os.environ:
        place = str(path.parent.resolve()).replace("'", "''")
        connection.execute(f"PRAGMA temp_store_directory = '{place}'")


def _unwritable(path: Path, error: sqlite3.OperationalError) -> ArchiveError:
    """SQLite calls it an I/O error where a file that it needs beside the database cannot grow on a full disk."""
    if shutil.disk_usage(path.parent).free < _NEEDED:
        return ArchiveFull(f"there is no room left on the disk of {path}; free some space and try again")
    return ArchiveUnwritable(f"the archive cannot be written: {path}: {error}")


_NEEDED = 64 * 1024
"""Bytes that SQLite's shared memory and log need to begin with."""


def _damaged(path: Path, error: sqlite3.DatabaseError) -> ArchiveDamaged:
    return ArchiveDamaged(f"{path} is no archive, or a damaged one ({error}); restore it from a backup")


def applied(connection: sqlite3.Connection) -> list[str]:
    """The names of the migrations that the database has had."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return []
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", [SET])
    return [name for (name,) in rows]


def _check_age(connection: sqlite3.Connection, path: Path, *, pending_is_fine: bool = False) -> None:
    had = applied(connection)
    # The table of migrations alone is what a kill leaves of an archive that was just being made.
    if not had and connection.execute("SELECT 1 FROM sqlite_master WHERE tbl_name <> '_sqlite_migrations'").fetchone():
        raise ArchiveDamaged(f"{path} is a database, but no archive of this program; name another directory")
    if unknown := [name for name in had if name not in migrations()]:
        raise ArchiveTooNew(f"{path} was made by a newer program (it has {unknown[-1]}); upgrade this one")
    if not pending_is_fine and not had:
        raise ArchiveDamaged(f"{path} is empty{_what_to_do(path)}")
    if not pending_is_fine and len(had) < len(migrations()):
        raise ArchiveError(
            f"{path} was made by an older program; `worker vacuum` brings it up to date, as `worker run` does"
        )


def check_not_lost(path: Path) -> None:
    """Raise ArchiveDamaged where captures lie beside a database that is gone or empty: a new one would know of none."""
    if (not path.exists() or (not path.stat().st_size and not _has_log(path))) and _has_bytes(path):
        raise ArchiveDamaged(f"{path} is {'empty' if path.exists() else 'gone'}{_what_to_do(path)}")


def _has_bytes(path: Path) -> bool:
    return any(file.stat().st_size > _WARCINFO for file in (path.parent / "warc").glob("*.warc.gz"))


_WARCINFO = 1000
"""Bytes: a file that holds the record that begins each, and no other, has fewer."""


def _what_to_do(path: Path) -> str:
    if not _has_bytes(path):
        return "; `worker crawl` begins the archive"
    return (
        f", though {path.parent / 'warc'} holds captures: restore it from a backup, or move that folder away and"
        " take it in with `worker import`"
    )


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply what is missing, each migration in a transaction; a copy of the file is made before, where it has rows."""
    had = applied(connection)
    if len(had) == len(migrations()):
        return
    if had:
        copy = path.with_name(f"{path.name}.before-{next(name for name in migrations() if name not in had)}")
        _copy(connection, copy)
    from sqlite_utils import Database, Migrations

    steps = Migrations(SET)
    for name, sql in migrations().items():
        steps(name=name)(_step(sql))
    steps.apply(Database(connection))


def _step(sql: str):  # type: ignore[no-untyped-def]  # sqlite-utils types its own step
    def step(db):  # type: ignore[no-untyped-def]  # likewise
        db.executescript(sql)

    return step


def _copy(connection: sqlite3.Connection, copy: Path) -> None:
    """A whole copy, or an error that says why not; never half a one under that name."""
    half = copy.with_name(copy.name + ".part")
    try:
        copy_database(connection, half)
        half.replace(copy)
    except (sqlite3.Error, OSError) as error:
        raise ArchiveUnwritable(f"no copy of the archive could be made before upgrading it: {copy}: {error}") from None
