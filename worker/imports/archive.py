"""Another archive of this program: its captures with the times when they were made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from json import loads
from pathlib import Path
from urllib.parse import urlsplit

from worker.imports import Found, Passed, Wanted
from worker.store import Archive, ArchiveDamaged
from worker.store.errors import PageFailed, one_page
from worker.store.ranges import is_own

FILE = "news.db"
"""What makes a folder an archive."""

_CAPTURES = "SELECT id, url, kind, redirected_from, warc_file FROM captures WHERE id > ? ORDER BY id LIMIT 1000"


def read(directory: Path, wanted: Wanted, *, everything: bool = False) -> Iterator[Found | Passed]:
    """The captures of an archive in the order in which they were made; articles, or `everything`.

    Raises an ArchiveError where it cannot be read.
    """
    with Archive.open(directory, write=False) as archive:
        archive.connection.text_factory = lambda text: text.decode("utf-8", "replace")  # it may hold what is no text
        last = 0
        while rows := archive.connection.execute(_CAPTURES, [last]).fetchall():
            for number, url, kind, redirected, file in rows:
                if not everything and kind != "article":
                    yield Passed("not news", kind or "")
                    continue
                try:
                    with one_page(f"capture {number}"):
                        found = _found(archive, wanted, number, url, redirected, file)
                except PageFailed as failure:
                    found = Passed("not readable", str(failure))
                yield found
            last = rows[-1][0]


def _found(
    archive: Archive, wanted: Wanted, number: int, url: str, redirected: str | None, file: str
) -> Found | Passed:
    if not wanted(url):
        return Passed("host of no source", urlsplit(url).netloc)
    if not is_own(file):
        return Passed("not readable", "lies outside of its archive")
    try:
        capture = archive.read_capture(number, own=True)
    except ArchiveDamaged:
        return Passed("torn record")
    return Found(replace(capture, redirected_from=tuple(loads(redirected or "[]"))))
