"""One writer an archive: the lock file says who it is."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from pathlib import Path

from worker.store.errors import ArchiveLocked, ArchiveUnwritable
from worker.store.times import moment, now, stamp
from worker.vietnamese.clock import VIETNAM

_GLANCE = 0.05
"""Seconds after which a reader that only asked who writes (`holder`) has let go again."""


class Lock:
    """Holds archive/news.lock for the life of the writer. The system releases it when the process ends, in any way.

    The file stays behind, empty of meaning; that the lock is held, not that the file exists, is what counts.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> None:
        """Become the writer, or raise ArchiveLocked with a sentence that names the process that is."""
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise ArchiveUnwritable(f"the archive cannot be written: {self._path}: {error.strerror}") from None
        if not _lock(handle):
            time.sleep(_GLANCE)
            if not _lock(handle):
                who = _holder(handle)
                os.close(handle)
                raise ArchiveLocked(f"{self._path.parent} is being written by {who}; stop it, or wait for it")
        self._file = handle
        try:
            self._sign(handle)
        except OSError as error:
            self.release()
            raise ArchiveUnwritable(f"the archive cannot be written: {self._path}: {error.strerror}") from None

    def _sign(self, handle: int) -> None:
        line = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "started": stamp(now())})
        os.ftruncate(handle, 0)
        os.pwrite(handle, line.encode() + b"\n", 0)

    def release(self) -> None:
        """Let the next writer in."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def holder(path: Path) -> str | None:
    """Who holds the lock now, for a reader; None where nobody does."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _holder(handle)
    else:
        return None
    finally:
        os.close(handle)


def _holder(handle: int) -> str:
    """Who signed the lock file; it is read while the other may be writing it."""
    try:
        signed = json.loads(os.pread(handle, 1000, 0))
        since = moment(signed["started"]).astimezone(VIETNAM)
        return f"process {signed['pid']} on {signed['host']} (since {since:%d/%m/%Y %H:%M} +07)"
    except (ValueError, KeyError, TypeError, OSError):
        return "another process"
