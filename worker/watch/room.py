"""Whether the disk has room for another page."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

ENOUGH = 100 * 1024**2
"""Bytes below which fetching stops: the write-ahead log may grow to 64 MB, and the system needs some too."""

TRY_AGAIN = timedelta(minutes=5)
"""After a page found no room on a disk that seemed to have some."""


@dataclass(slots=True)
class Room:
    """The room on the archive's disk. Once it was too little, a quarter more than `enough` must be free to go on."""

    directory: Path
    enough: int = ENOUGH
    full: bool = False
    _refused: datetime | None = None

    def refuse(self, now: datetime) -> None:
        """A page found no room, whatever the disk says of itself: there is a quota, or a limit on the size of files."""
        self._refused = now

    def look(self, now: datetime) -> str | None:
        """Look again; a sentence where there is too little room."""
        if self._refused and timedelta() <= now - self._refused < TRY_AGAIN:
            self.full = True
            return f"no more fits into {self.directory} (a quota?), so nothing is fetched; make room, and it goes on"
        free = shutil.disk_usage(self.directory).free
        self.full = free < (self.enough * 1.25 if self.full else self.enough)
        if not self.full:
            return None
        return (
            f"the disk of {self.directory} has only {free / 1024**2:.0f} MB left, so nothing is fetched;"
            " make room, and it goes on by itself"
        )
