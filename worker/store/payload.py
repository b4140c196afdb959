"""What a record of an HTTP answer holds, without its transfer and content codings, and within a bound.

Crawlers keep what came over the wire, so a payload may be chunked and packed in every way that browsers ask for. Some
decode it and keep the headers: what is labelled as coded and is not so is taken as it stands.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import brotli

from worker.models import MAX_PAGE

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_STEP = 1 << 20
_GZIP, _ZLIB, _RAW = 31, 15, -15  # zlib's window bits: which wrapper to expect
_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_NONE = ("", "identity", "none", "utf-8")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_MOST_PARTS = 1000
"""Gzip members or zstd frames of one payload; more only come from someone who wants to burn time."""


class TooLarge(ValueError):  # noqa: N818  # a decision, not a mishap
    """A payload unpacks to more than a page can be: few bytes may hold gigabytes."""


class UnknownCoding(ValueError):  # noqa: N818  # likewise
    """A payload is packed in a way that nobody here unpacks; `coding` says how."""

    def __init__(self, coding: str) -> None:
        super().__init__(f"it is compressed as {coding}")
        self.coding = coding


def payload(record: ArcWarcRecord, most: int = MAX_PAGE) -> bytes:
    """The decoded payload of a record. Raises ValueError where it is torn, TooLarge and UnknownCoding."""
    transfer, content = (_codings(record, f"{name}-Encoding") for name in ("Transfer", "Content"))
    for coding in (*content, *transfer):
        if coding not in _DECODERS:
            raise UnknownCoding(coding[:20])
    data = _read(record.raw_stream, most)
    for coding in (*reversed(transfer), *reversed(content)):
        data = _decoded(data, coding, most)
    return data


def _codings(record: ArcWarcRecord, name: str) -> list[str]:
    """The codings that a header names, in the order in which they were applied."""
    value = (record.http_headers.get_header(name) or "") if record.http_headers else ""
    return [one for part in value.split(",") if (one := part.strip().lower().removeprefix("x-")) not in _NONE]


def _read(stream: Any, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_STEP):
        parts.append(part)
        if (size := size + len(part)) > most:
            raise TooLarge(f"its page has more than {most // 1024**2} MB")
    return b"".join(parts)


def _decoded(data: bytes, coding: str, most: int) -> bytes:
    try:
        decoded = _DECODERS[coding](data, most + 1)
    except (ValueError, zlib.error, EOFError, zstd.ZstdError) as error:
        if coding != "chunked" and _MARKUP.match(data):  # it was decoded before
            return data
        raise ValueError(f"what is labelled as {coding} is torn: {error}") from None
    if len(decoded) > most:
        raise TooLarge(f"its page has more than {most // 1024**2} MB")
    return decoded


def _unchunked(data: bytes, _: int) -> bytes:
    parts: list[bytes] = []
    at = 0
    while (size := _CHUNK.match(data, at)) is not None:
        end = size.end() + int(size[1], 16)
        if end == size.end():
            return b"".join(parts)
        if end > len(data):
            break
        parts.append(data[size.end() : end])
        at = end + (2 if data[end : end + 2] == b"\r\n" else 1)
    if not parts and size is None:  # it was taken out of its chunks before
        return data
    raise ValueError("its last chunk is missing")


def _gunzipped(data: bytes, most: int) -> bytes:
    return _in_parts(data, most, _GZIP_MAGIC, lambda: zlib.decompressobj(_GZIP))


def _unzstd(data: bytes, most: int) -> bytes:
    return _in_parts(data, most, _ZSTD_MAGIC, zstd.ZstdDecompressor)


def _in_parts(data: bytes, most: int, magic: bytes, begin: Callable[[], Any]) -> bytes:
    """One part after the other, up to `most` bytes; what follows the last is dropped, as browsers do."""
    if not data.startswith(magic):
        return data
    out = b""
    for _ in range(_MOST_PARTS):
        if not data.startswith(magic) or len(out) >= most:
            return out
        unpacker = begin()
        out += unpacker.decompress(data, most - len(out))
        if not unpacker.eof and len(out) < most:
            raise EOFError("its end is missing")
        data = unpacker.unused_data
    raise ValueError(f"it has more than {_MOST_PARTS} parts")


def _inflated(data: bytes, most: int) -> bytes:
    if not data:
        return data
    wrapped = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    unpacker = zlib.decompressobj(_ZLIB if wrapped else _RAW)
    out = unpacker.decompress(data, most)
    if not unpacker.eof and len(out) < most:
        raise EOFError("its end is missing")
    return out


def _unbrotli(data: bytes, most: int) -> bytes:
    if not data:
        return data
    unpacker = brotli.Decompressor()
    try:
        out: bytes = unpacker.process(data, output_buffer_limit=most)
    except brotli.error as error:
        raise ValueError(error) from None
    if not unpacker.is_finished() and len(out) < most:
        raise EOFError("its end is missing")
    return out


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "chunked": _unchunked,
    "gzip": _gunzipped,
    "deflate": _inflated,
    "br": _unbrotli,
    "zstd": _unzstd,
}
"""Coding -> what takes it off, up to about so many bytes."""
