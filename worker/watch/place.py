"""Whether the archive still lies where it was opened.

A disk can go away and come back, and an operator can put a backup in its place. A service that goes on then writes into
a file that has no name any more, and all of it is lost at its end.
"""

from __future__ import annotations

import os
from pathlib import Path

from worker.store import ArchiveError


class Place:
    """The database file of an archive, as it was when this was made."""

    def __init__(self, directory: Path) -> None:
        self._file = directory / "news.db"
        self._was = self._identity()

    def check(self) -> None:
        """Raise ArchiveError where the file is gone, or is another one."""
        try:
            now = self._identity()
        except OSError as error:
            raise ArchiveError(f"{self._file} is gone while the service was using it: {error.strerror}") from None
        if now != self._was:
            raise ArchiveError(
                f"{self._file} was replaced while the service was using the one before;"
                " stop the service first the next time, and start it now"
            )

    def _identity(self) -> tuple[int, int]:
        status = os.stat(self._file)  # noqa: PTH116  # every second
        return status.st_dev, status.st_ino
