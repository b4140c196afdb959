"""What takes longer than a reader may wait, asked for beside the readers, and anew before it is old, while any read.

The list of what is told differently is read from every figure and event: two seconds of an archive of 100,000 articles
that lies cold on the disk, more than a page may take. The front page and the indicators are read with it, so that the
first reader of the day does not wait for the disk either.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

from worker.browse import conflicts, front, indicators, site
from worker.browse.cells import cells
from worker.browse.language import LANGUAGES, languages
from worker.browse.pages import asked
from worker.store.errors import ArchiveError
from worker.store.schema import open_reader

EVERY = conflicts.LONG * 0.8
"""Seconds between two rounds."""


def start(database: Path) -> None:
    """Keep what is asked of this database, in a thread that ends with the process."""
    threading.Thread(target=_rounds, args=[database], name="keeper", daemon=True).start()


def _rounds(database: Path) -> None:
    _read_ahead(database)
    while True:
        with suppress(sqlite3.Error, ArchiveError):  # whoever asks for the page itself is told what is wrong
            ask(database)
        asked.clear()
        time.sleep(EVERY)
        asked.wait()  # a night without readers costs nothing


def _read_ahead(database: Path) -> None:
    """Have the system read the file from one end to the other, if half of its free memory has room for it.

    After a start of the machine readers would otherwise wait for one place of the disk after another.
    """
    with suppress(OSError), database.open("rb") as file:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        if os.fstat(file.fileno()).st_size < free // 2:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)


def ask(database: Path) -> None:
    """One round."""
    language = languages(site())[LANGUAGES[0]]
    with closing(open_reader(database)) as connection:
        connection.row_factory = sqlite3.Row
        front.load(connection, {}, language)
        for indicator, _ in indicators.known_indicators(connection):
            cells(connection, indicator, seconds=0)
        conflicts.renew(connection)
