"""WACZ files: the WARC files in a ZIP file. Source: https://specs.webrecorder.net/wacz/1.1.1/"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING, BinaryIO

from worker.imports import Found, Passed, Wanted, torn_zip, warc_file

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

NAMES = (".wacz",)

TORN = "torn WACZ file"

_FOLDER = "archive/"
_HEADER = struct.Struct("<26xHH")  # of a member: the lengths of its name and of its extra field stand at its end


def read(
    file: BinaryIO, wanted: Wanted, name: str | None = None, start: int = 0, *, inner: bool = False
) -> Iterator[Found | Passed]:
    """What the records of the WARC files in it are. Raises OSError where the file cannot be read.

    WACZ files in it are read as well, for so a collection of several crawls is downloaded; but not those in an `inner`
    one. With a `name`, pages say where their records lie: in that file, in which this one begins at `start`.
    """
    try:
        packed = zipfile.ZipFile(file)
        members = _members(packed.infolist(), inner)
    except OSError:
        raise
    except Exception:  # noqa: BLE001  # zipfile raises what it likes for bytes that are no ZIP file
        yield from _before_the_tear(file, wanted, (name, start))
        yield Passed(TORN)
        return
    for member in sorted(members, key=lambda one: one.filename):
        try:
            yield from _records(file, packed, member, wanted, (name, start))
        except Exception as error:  # and for members that are torn, locked, or packed in ways that it does not know
            if isinstance(error, OSError) and member.compress_type == zipfile.ZIP_STORED:
                raise
            yield Passed(TORN)
    if not members:
        yield Passed(warc_file.NO_RECORD)


def _before_the_tear(file: BinaryIO, wanted: Wanted, whole: tuple[str | None, int]) -> Iterator[Found | Passed]:
    """What the WARC files are that stand in a file without its end, as a download leaves it that broke off."""
    for member in torn_zip.members(file):
        if _FOLDER in member.name and member.name.lower().endswith(warc_file.NAMES):
            part = BufferedReader(Part(file, member.start, member.size))
            yield from warc_file.read(part, wanted, whole[0], whole[1] + member.start)


def _members(infos: list[zipfile.ZipInfo], inner: bool) -> list[zipfile.ZipInfo]:
    """The WARC files in archive/, or wherever they lie where somebody has packed them otherwise; and WACZ files."""
    files = [one for one in infos if one.filename.lower().endswith(warc_file.NAMES)]
    others = [] if inner else [one for one in infos if one.filename.lower().endswith(NAMES)]
    return [one for one in files if _FOLDER in one.filename] + others or files


def _records(
    file: BinaryIO, packed: zipfile.ZipFile, member: zipfile.ZipInfo, wanted: Wanted, whole: tuple[str | None, int]
) -> Iterator[Found | Passed]:
    reader = partial(read, inner=True) if member.filename.lower().endswith(NAMES) else warc_file.read
    if member.compress_type == zipfile.ZIP_STORED:
        begins = _start(file, member)
        part = BufferedReader(Part(file, begins, member.file_size))
        yield from reader(part, wanted, whole[0], whole[1] + begins)
    else:  # the specification does not allow it; seeking back is slow there, but only torn records need it
        with packed.open(member) as stream:
            yield from reader(stream, wanted)  # type: ignore[arg-type]  # likewise


def _start(file: BinaryIO, member: zipfile.ZipInfo) -> int:
    """Where the bytes of a stored member begin."""
    file.seek(member.header_offset)
    name, extra = map(int, _HEADER.unpack(file.read(_HEADER.size)))
    return member.header_offset + _HEADER.size + name + extra


class Part(RawIOBase):
    """A part of a file, as a file of its own; nothing else may read the file meanwhile."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def seekable(self) -> bool:
        """It can be read from anywhere."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a byte of the part."""
        self._at = max(0, offset + (0, self._at, self._size)[whence])
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read on, up to the end of the part."""
        view = memoryview(buffer).cast("B")
        self._file.seek(self._start + self._at)
        data = self._file.read(max(0, min(len(view), self._size - self._at)))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
