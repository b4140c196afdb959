"""The members of a ZIP file whose end is missing, as after a download that broke off.

What a ZIP file holds is listed at its end, and told once more before each member; the latter is read here. Source:
APPNOTE.TXT of the ZIP file format, 4.3.7 (local file header), 4.4.4 (flags), 4.5.3 (sizes of more than 4 GB).
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_STORED

_HEADER = struct.Struct("<4s2xHH8xIIHH")  # signature, flags, method, packed size, size, lengths of name and extra field
_SIGNATURE = b"PK\x03\x04"
_SIZE_BEHIND = 0x08  # a flag: the size was not known yet when the header was written, and stands behind the member
_LARGE = 0xFFFFFFFF  # a size that stands in the extra field
_EXTRA = struct.Struct("<HH")  # what a part of the extra field is, and how long
_ZIP64 = 1
_WINDOW = 1 << 20


class Member(NamedTuple):
    """A member that is stored as it is: its name, and which bytes of the file it has."""

    name: str
    start: int
    size: int


def members(file: BinaryIO) -> Iterator[Member]:
    """The stored members from the file's beginning on, the last one as far as it is there; none of what is no ZIP file.

    Compressed ones are passed over. The file may be read between two of them. Raises OSError where it cannot be read.
    Linear in the file's size, and quick where headers tell how large members are.
    """
    end = file.seek(0, os.SEEK_END)
    at = 0
    while True:
        file.seek(at)
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size or not header.startswith(_SIGNATURE):
            return
        _, flags, method, packed, size, name_length, extra_length = _HEADER.unpack(header)
        name, extra = file.read(name_length), file.read(extra_length)
        start = at + _HEADER.size + name_length + extra_length
        at = _next(file, start) if flags & _SIZE_BEHIND else start + _whole(packed, size, extra)
        at = min(at, end)
        if method == ZIP_STORED and start < at:
            yield Member(name.decode("utf-8", "replace"), start, at - start)


def _whole(packed: int, size: int, extra: bytes) -> int:
    """How many bytes a member has, whose header may leave its size to the extra field."""
    if packed != _LARGE:
        return packed
    at = 0
    while at + _EXTRA.size <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, at)
        at += _EXTRA.size
        if kind == _ZIP64:  # the size comes first, if it is large, too
            sizes = extra[at + 8 * (size == _LARGE) : at + length][:8]
            return int.from_bytes(sizes, "little") if len(sizes) == 8 else packed
        at += length
    return packed


def _next(file: BinaryIO, start: int) -> int:
    """Where the next member's header begins, which is looked for: the bytes between belong to this one."""
    file.seek(start)
    at, kept = start, b""
    while data := file.read(_WINDOW):
        window = kept + data
        found = window.find(_SIGNATURE)
        if found >= 0:
            return at + found
        kept = window[-len(_SIGNATURE) + 1 :]
        at += len(window) - len(kept)
    return at + len(kept)
