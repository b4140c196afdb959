"""Going through a WARC file that is gzipped a record, to see what its records are and where: most are not wanted.

A payload that nobody wants is inflated, for only so it is known where the next record begins, and then dropped. What
does not look as it should is left to whoever reads records, and tells what is wrong with them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_CHUNK = 1 << 14
_HEAD = 1 << 14
"""Bytes of a record, inflated, in which its headers have to end."""

_LENGTH = re.compile(rb"\r\nContent-Length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
_TYPE = re.compile(rb"\r\nWARC-Type:[ \t]*([\w-]+)[ \t]*\r\n", re.IGNORECASE)
_URL = re.compile(rb"\r\nWARC-Target-URI:[ \t]*<?([!-;=?-~]+)>?[ \t]*\r\n", re.IGNORECASE)
_FOLDED = re.compile(rb"\r\n[ \t]")
_END = b"\r\n\r\n"


class Skimmed(NamedTuple):
    """A whole record: where its gzip member begins and ends, its type, and the address that it is of, '' for none."""

    offset: int
    end: int
    type: str
    url: str


def records(file: BinaryIO, start: int = 0) -> Iterator[Skimmed]:
    """The records from `start` on; ends before the first that is torn, or is no gzip member by itself.

    The file may be read elsewhere between two of them. Raises OSError.
    """
    members = _Members(file, start)
    while True:
        offset = members.at
        try:
            described = _described(head := members.begin())
            if described is None or members.rest(described[0]) != described[0] - len(head):
                return
        except (zlib.error, EOFError):
            return
        yield Skimmed(offset, members.at, *described[1:])


def holds_several(file: BinaryIO, at: int) -> bool:
    """Whether another record follows in the gzip member that begins there: the file was not zipped a record."""
    members = _Members(file, at)
    try:
        described = _described(head := members.begin())
        if described is None:
            return False
        size, behind = len(head), head[described[0] :]
        while not behind and not members.ended:
            piece = members.more()
            behind = piece[max(0, described[0] - size) :]
            size += len(piece)
    except (zlib.error, EOFError):
        return False
    return behind.lstrip(b"\r\n").startswith(b"WARC/")


def is_spoilt(file: BinaryIO, at: int) -> bool:
    """Whether what begins there as a gzip member is none within its first bytes; warcio would read these raw."""
    file.seek(at)
    data, unzip = file.read(_CHUNK), zlib.decompressobj(zlib.MAX_WBITS + 16)
    try:
        while data and not unzip.eof:
            unzip.decompress(data, _HEAD)
            data = unzip.unconsumed_tail
    except zlib.error:
        return True
    return False


class _Members:
    """Inflates the gzip members of a file one after the other."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        self._read = start  # up to where the file was read
        self._data = b""  # what was read and not inflated
        self._unzip = zlib.decompressobj(zlib.MAX_WBITS + 16)

    @property
    def at(self) -> int:
        """Where the next bytes stand that are to be inflated."""
        return self._read - len(self._data)

    @property
    def ended(self) -> bool:
        """Whether the member in hand is at its end."""
        return self._unzip.eof

    def begin(self) -> bytes:
        """How the next member begins. Raises EOFError where there is none, or a part of one; zlib.error."""
        self._unzip = zlib.decompressobj(zlib.MAX_WBITS + 16)
        head = self.more()
        while len(head) < _HEAD and _END not in head and not self.ended:
            head += self.more()
        return head

    def rest(self, most: int) -> int:
        """How many bytes of the member follow; not counted on where they are more than so many. Raises as `begin`."""
        size = 0
        while not self.ended and size <= most:
            size += len(self.more())
        return size

    def more(self) -> bytes:
        """What the member in hand goes on with. Raises as `begin`."""
        if not self._data:
            self._file.seek(self._read)
            if not (data := self._file.read(_CHUNK)):
                raise EOFError
            self._read += len(data)
            self._data = data
        inflated = self._unzip.decompress(self._data, _HEAD)
        self._data = self._unzip.unused_data if self._unzip.eof else self._unzip.unconsumed_tail
        return inflated


def _described(head: bytes) -> tuple[int, str, str] | None:
    """How long a record is, its type and address, as its headers say; None where they do not say it plainly."""
    end = head.find(_END)
    if end < 0 or not head.startswith(b"WARC/1."):
        return None
    headers = head[: end + 2]
    length, kind, url = _LENGTH.search(headers), _TYPE.search(headers), _URL.search(headers)
    if length is None or kind is None or _FOLDED.search(headers):
        return None
    if url is None and b"target-uri" in headers.lower():
        return None
    whole = end + len(_END) + int(length[1]) + len(_END)
    return whole, kind[1].decode().lower(), url[1].decode() if url else ""
