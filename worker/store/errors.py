"""What can be wrong with an archive. Every message is one sentence for the person who runs the program."""

# ruff: noqa: N818  # the names say what is the matter; that it is an error, the class above them does

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from worker.shortage import Shortage, shortage

log = structlog.get_logger()

_LONGEST = 200
"""Characters of a library's own words in a sentence of ours."""


class ArchiveError(Exception):
    """The archive cannot be used; the message says what, where and what to do."""


class ArchiveLocked(ArchiveError):
    """Another process writes to this archive."""


class ArchiveTooNew(ArchiveError):
    """A newer program made this archive."""


class ArchiveUnwritable(ArchiveError):
    """The archive's directory or files cannot be written."""


class ArchiveFull(ArchiveError):
    """The disk has no room left; nothing of the page in hand was kept."""


class ArchiveMissing(ArchiveError):
    """There is no archive to read."""


class ArchiveDamaged(ArchiveError):
    """A file of the archive is not what it should be."""


class PageFailed(Exception):
    """One page could not be read or filed, for a reason that nobody foresaw; the message is what was said then."""


def of_database(error: BaseException) -> bool:
    """Whether something is wrong with the database itself, rather than with what was to be written into it."""
    of_values = (sqlite3.DataError, sqlite3.IntegrityError, sqlite3.NotSupportedError, sqlite3.ProgrammingError)
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, of_values)


def explained(error: sqlite3.Error) -> ArchiveError:
    """The sentence for an error of the database file."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # what Python itself finds wrong with a text has none
    if code == sqlite3.SQLITE_FULL:
        return ArchiveFull("there is no room left for the archive; free some space and try again")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return ArchiveUnwritable(f"the archive cannot be written: {error}")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "constructor failed" in str(error):
        return ArchiveDamaged(
            f"the archive's database is damaged ({error}); `worker verify` says where, and a backup has what it held"
        )
    return ArchiveError(f"the archive's database failed: {error}")


@contextmanager
def one_page(url: str) -> Iterator[None]:
    """Do inside what is done for one page: whatever is raised there is that page's failure alone, a PageFailed.

    What is wrong with the archive is wrong for every page, and is let through; so is what the machine lacks, as a
    Shortage. A service's log gets the traceback.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, ArchiveError | Shortage) or of_database(error):
            raise
        if short := shortage(error):
            raise short from error
        if structlog.is_configured():  # a command tells its user the sentence alone
            log.exception("page failed", url=url)
        said = " ".join(str(error).split())[:_LONGEST]
        raise PageFailed(f"this program fails at it ({type(error).__name__}{': ' if said else ''}{said})") from error
