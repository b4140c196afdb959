"""The bytes of a capture, given out so that they can do nothing: as text to read, or as a file to keep."""

from __future__ import annotations

import codecs
import sqlite3
from dataclasses import dataclass

from worker.browse.pages import directory_of
from worker.store.ranges import Place, is_own
from worker.store.warc import read as read_record

LONGEST_CHAIN = 8
"""Captures that repeat an earlier one are followed this far; the store makes chains of one."""

INERT = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The Content-Security-Policy of raw bytes: whatever they are, they run and load nothing."""


@dataclass(frozen=True, slots=True)
class RawCapture:
    """A payload with the charset that it was read in; `text` says whether it can be shown as text."""

    body: bytes
    mime: str
    charset: str

    @property
    def text(self) -> bool:
        """Is it text of some kind (HTML too, which is shown as its source)?"""
        return self.mime.startswith("text/") or self.mime in ("application/xhtml+xml", "application/xml", "")

    def as_utf8(self) -> bytes:
        """The text in UTF-8, or the bytes as they are where the charset is none that Python knows."""
        try:
            codecs.lookup(self.charset)
        except LookupError:
            return self.body
        return self.body.decode(self.charset, "replace").encode()


def load(connection: sqlite3.Connection, capture_id: int) -> RawCapture | None:
    """The payload of a capture, from the WARC file beside the database; None where there is no such capture.

    Only what the database points to can be read, and only below warc/. Raises ArchiveDamaged where the file is not what
    the row says.
    """
    row = connection.execute(_CAPTURE, [capture_id]).fetchone()
    first = row
    for _ in range(LONGEST_CHAIN):
        if row is None or row["revisit_of"] is None:
            break
        row = connection.execute(_CAPTURE, [row["revisit_of"]]).fetchone()
    if row is None or not is_own(row["warc_file"]):
        return None
    place = Place(row["warc_file"], row["warc_offset"], row["warc_length"])
    body = read_record(directory_of(connection) / "warc", place).body
    return RawCapture(body, (row["mime"] or "").lower(), first["charset"] or row["charset"] or "utf-8")


_CAPTURE = "SELECT mime, charset, warc_file, warc_offset, warc_length, revisit_of FROM captures WHERE id = ?"
