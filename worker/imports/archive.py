"""Another archive of this program: its captures with the times when they were made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from json import loads
from pathlib import Path

from worker.imports import Found, Passed, Wanted
from worker.store import Archive, ArchiveDamaged
from worker.store.ranges import is_own

FILE = "news.db"
"""What makes a folder an archive."""

_CAPTURES = "SELECT id, url, kind, redirected_from, warc_file FROM captures WHERE id > ? ORDER BY id LIMIT 1000"


def read(directory: Path, wanted: Wanted, *, everything: bool = False) -> Iterator[Found | Passed]:
    """The captures of an archive in the order in which they were made; articles, or `everything`.

    Raises an ArchiveError where it cannot be read.
    """
    with Archive.open(directory, write=False) as archive:
        last = 0
        while rows := archive.connection.execute(_CAPTURES, [last]).fetchall():
            for number, url, kind, redirected, file in rows:
                if not everything and kind != "article":
                    yield Passed("not news", kind or "")
                elif not wanted(url):
                    yield Passed("host of no source", url.split("/")[2])
                elif not is_own(file):
                    yield Passed("not readable", "lies outside of its archive")
                else:
                    yield _found(archive, number, redirected)
            last = rows[-1][0]


def _found(archive: Archive, number: int, redirected: str | None) -> Found | Passed:
    try:
        capture = archive.read_capture(number, own=True)
    except ArchiveDamaged:
        return Passed("torn record")
    return Found(replace(capture, redirected_from=tuple(loads(redirected or "[]"))))
