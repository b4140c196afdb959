"""A WARC file that was zipped at once and not a record: `gzip crawl.warc` does so.

Its records cannot be found one by one: it is inflated from its beginning to its end, and again from its beginning where
somebody goes back in it.
"""

from __future__ import annotations

import zlib
from gzip import BadGzipFile, GzipFile
from io import RawIOBase
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_TORN = (EOFError, zlib.error, BadGzipFile)


class Unzipped(RawIOBase):
    """What gzip members hold, from the one that begins at `start` on; ends where one is `torn`.

    Nothing else may read the file meanwhile.
    """

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file, self._start = file, start
        self.torn = False
        self._begin()

    def _begin(self) -> None:
        self._file.seek(self._start)
        self._zipped = GzipFile(fileobj=self._file, mode="rb")
        self._at = 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def seekable(self) -> bool:
        """It can be read from anywhere, in its time."""
        return True

    def tell(self) -> int:
        """How many bytes stand before the next."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a byte, counted from the beginning or from here."""
        wanted = max(0, offset + (0, self._at)[whence])
        if wanted < self._at:
            self._begin()
        while self._at < wanted and self.read(min(1 << 20, wanted - self._at)):
            pass
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read on, up to the end or to where it is torn."""
        view = memoryview(buffer).cast("B")
        try:
            data = self._zipped.read1(len(view))
        except _TORN:
            self.torn, data = True, b""
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
