"""The body of a response, unpacked, with a bound on both sides: bytes that come in and bytes that they unpack to."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

ACCEPT = "gzip, deflate"
"""What is asked for as Content-Encoding: what the standard library unpacks with a bound."""

LIMIT = 15 * 1024 * 1024
"""Bytes of a response, packed and unpacked. A page is seldom above 1 MB; an attached report may be 10."""

_MEMBERS = 1000
"""Members of one gzip stream; more only come from someone who wants to burn time."""

_GZIP, _ZLIB, _RAW = 31, 15, -15  # zlib's window bits: which wrapper to expect
_GZIP_MAGIC = b"\x1f\x8b"


class TooBig(Exception):  # noqa: N818 - a decision, not a mishap
    """A response goes beyond the limit."""


class BrokenBody(Exception):  # noqa: N818 - the word of the site's side
    """A packed body cannot be unpacked; the message says why, as the part of a sentence."""


class Unpacker:
    """Takes a body piece by piece and unpacks it as its Content-Encoding says, up to `limit` bytes.

    A body that is labelled gzip and is none is taken as it stands: servers mislabel error pages.

    >>> unpacker = Unpacker("", limit=10)
    >>> unpacker.feed(b"page"); unpacker.finish()
    b'page'
    """

    def __init__(self, encoding: str, *, limit: int) -> None:
        names = [name for part in encoding.split(",") if (name := part.strip().lower()) not in ("", "identity")]
        if len(names) > 1 or (names and names[0] not in ("gzip", "x-gzip", "deflate")):
            raise BrokenBody(f"its body is packed as {encoding.strip()[:60]}, which was not asked for")
        self._packing = names[0].removeprefix("x-") if names else None
        self._limit = limit
        self._raw = 0
        self._head = b""
        self._members = 0
        self._inflate: zlib._Decompress | None = None
        self._out = bytearray()

    def feed(self, piece: bytes) -> None:
        """Take the next piece. Raises TooBig or BrokenBody."""
        left = self._limit - self._raw
        self._raw += len(piece)
        self._take(piece[:left])
        if self._raw > self._limit or len(self._out) > self._limit:
            raise TooBig

    def _take(self, piece: bytes) -> None:
        if self._packing is not None and self._inflate is None:
            piece, self._head = self._head + piece, b""
            if len(piece) < len(_GZIP_MAGIC):
                self._head = piece
                return
            self._start(piece)
        if self._inflate is None:
            self._out += piece
        else:
            self._unpack(piece)

    def finish(self) -> bytes:
        """The whole body. Raises BrokenBody where its end is missing."""
        if self._inflate is None:
            return bytes(self._out) or self._head
        if not self._inflate.eof:
            raise BrokenBody("its packed body breaks off")
        return bytes(self._out)

    def so_far(self) -> bytes:
        """What has been unpacked until now."""
        return bytes(self._out[: self._limit])

    def _start(self, head: bytes) -> None:
        if self._packing == "gzip":
            bits = _GZIP if head.startswith(_GZIP_MAGIC) else None
        else:
            bits = _ZLIB if head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0 else _RAW
        if bits is None:
            self._packing = None
        else:
            self._inflate = zlib.decompressobj(bits)

    def _unpack(self, piece: bytes) -> None:
        while piece:
            assert self._inflate is not None  # noqa: S101 - feed() sees to it
            if self._inflate.eof:
                piece = self._next_member(piece)
                continue
            try:
                self._out += self._inflate.decompress(piece, self._limit + 1 - len(self._out))
            except zlib.error as error:
                raise BrokenBody(f"its packed body is damaged ({error})") from None
            if len(self._out) > self._limit:
                raise TooBig
            piece = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail

    def _next_member(self, piece: bytes) -> bytes:
        """Begin the next part of a gzip stream; what is none is dropped, as browsers do. Returns what to unpack."""
        piece, self._head = self._head + piece, b""
        if self._packing != "gzip" or not piece.startswith(_GZIP_MAGIC[: len(piece)]):
            self._packing = "ended"
            return b""
        if len(piece) < len(_GZIP_MAGIC):
            self._head = piece
            return b""
        self._members += 1
        if self._members > _MEMBERS:
            raise BrokenBody(f"its packed body has more than {_MEMBERS} parts")
        self._inflate = zlib.decompressobj(_GZIP)
        return piece


async def read(pieces: AsyncIterator[bytes], encoding: str, *, limit: int = LIMIT, truncate: bool = False) -> bytes:
    """The unpacked body of a response that comes in `pieces`.

    With `truncate` what lies beyond `limit` is left unread; without, it raises TooBig. Raises BrokenBody.
    """
    unpacker = Unpacker(encoding, limit=limit)
    try:
        async for piece in pieces:
            unpacker.feed(piece)
    except TooBig:
        if truncate:
            return unpacker.so_far()
        raise
    return unpacker.finish()
