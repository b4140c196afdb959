"""The archive: SQLite and WARC, written by one process and read by any.

>>> from worker.store import Archive
>>> with Archive.open(directory, write=False) as archive:  # doctest: +SKIP
...     archive.search("mẹ đỡ đầu").hits
"""

from worker.store.archive import Archive
from worker.store.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveFull,
    ArchiveLocked,
    ArchiveMissing,
    ArchiveTooNew,
    ArchiveUnwritable,
)
from worker.store.filing import Filed, Outcome

__all__ = [
    "Archive",
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveFull",
    "ArchiveLocked",
    "ArchiveMissing",
    "ArchiveTooNew",
    "ArchiveUnwritable",
    "Filed",
    "Outcome",
]
