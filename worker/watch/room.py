"""Whether the disk has room for another page."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile

ENOUGH = 200 * 1024**2
"""Bytes below which fetching stops: the write-ahead log may grow to 128 MB, and the system needs some too."""

TRY_AGAIN = timedelta(minutes=5)
"""After a page could not be written on a disk that seemed to have room."""

_PROBE = 1024**2  # bytes that must go onto a disk that refused a page, before it is believed again


@dataclass(slots=True)
class Room:
    """The room on the archive's disk. Once it was too little, a quarter more than `enough` must be free to go on."""

    directory: Path
    enough: int = ENOUGH
    full: bool = False
    again: timedelta = TRY_AGAIN
    _refused: datetime | None = None
    _why: str = ""

    def refuse(self, why: str, now: datetime) -> None:
        """A page could not be written, whatever the disk says of itself: a quota, a file system that was made read-only
        after an error, a limit on the size of files. `why` is the archive's own sentence."""
        self._refused, self._why, self.full = now, why, True

    def look(self, now: datetime) -> str | None:
        """Look again; a sentence where nothing can be written."""
        if self._refused and not timedelta() <= now - self._refused < self.again:
            self._refused = None if self._takes_a_file() else now
        if self._refused:
            self.full = True
            return f"nothing is fetched until {self.directory} can be written again: {self._why}"
        free = shutil.disk_usage(self.directory).free
        self.full = free < (self.enough * 1.25 if self.full else self.enough)
        if not self.full:
            return None
        return (
            f"the disk of {self.directory} has only {free / 1024**2:.0f} MB left, so nothing is fetched;"
            " make room, and it goes on by itself"
        )

    def _takes_a_file(self) -> bool:
        try:
            with TemporaryFile(dir=self.directory) as file:
                file.write(bytes(_PROBE))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            return False
        return True
