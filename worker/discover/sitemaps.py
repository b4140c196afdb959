"""Sitemaps (sitemaps.org 0.9): lists of pages, indexes of lists, Google's news fields, gzip, plain text.

Read as a stream by expat, which never opens anything; a document that declares entities is not read on, whatever they
expand to. What was read before a mistake in the XML is kept.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from worker.discover import hints
from worker.discover.addresses import LONGEST, absolute
from worker.models import Capture, Link
from worker.vietnamese import nfc

MAX_ENTRIES = 50_000
"""Addresses of one sitemap, as the protocol has it."""

UNPACKED_LIMIT = 50 * 1024 * 1024
"""Bytes of one sitemap when unpacked, as the protocol has it."""

_PIECE = 64 * 1024
_DEPTH = 20
_FIELDS = frozenset({(name, parent) for name in ("loc", "lastmod") for parent in ("url", "sitemap")}) | {
    ("title", "news"),
    ("publication_date", "news"),
}
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap holds: pages, or, as an index, the sitemaps below it, newest first."""

    links: tuple[Link, ...] = ()
    below: tuple[Link, ...] = ()


def read(capture: Capture) -> Sitemap:
    """The entries of a sitemap. `published` is the news date where it stands there, else lastmod."""
    body = unpacked(capture.body)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Sitemap(links=_lines(body, capture))
    reader = _Reader(capture.url)
    reader.read(body)
    below = sorted(reader.below, key=lambda link: link.published or "", reverse=True)
    return Sitemap(links=tuple(reader.links), below=tuple(below))


def unpacked(body: bytes) -> bytes:
    """The bytes of a .gz file, cut at UNPACKED_LIMIT; other bytes as they are."""
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, UNPACKED_LIMIT)
    except zlib.error:
        return b""


def _lines(body: bytes, capture: Capture) -> tuple[Link, ...]:
    """A plain-text sitemap: an address a line."""
    text = body[:UNPACKED_LIMIT].decode("utf-8", "replace")
    found = (line.strip() for line in text.split("\n", MAX_ENTRIES)[:MAX_ENTRIES])
    return tuple(
        Link(url=url, found_on=capture.url)
        for line in found
        if line.startswith(("http://", "https://")) and " " not in line and (url := absolute(line, capture.url))
    )


class _Enough(Exception):  # noqa: N818 - a way out of the parser, not an error
    pass


@dataclass(slots=True)
class _Reader:
    """expat's handlers: what stands directly in <url> and <sitemap>, and in <news:news> inside."""

    base: str
    links: list[Link] = field(default_factory=list)
    below: list[Link] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _entry: dict[str, str] = field(default_factory=dict)
    _text: list[str] = field(default_factory=list)
    _size: int = 0

    def read(self, body: bytes) -> None:
        """Read until the end, a mistake, or what is too much."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        try:
            for start in range(0, len(body), _PIECE):
                parser.Parse(body[start : start + _PIECE], False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, _Enough):
            return

    def _entity(self, *_: object) -> None:
        raise _Enough

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._open.append(name.rpartition(" ")[2].lower())
        self._text, self._size = [], 0
        if len(self._open) > _DEPTH:
            raise _Enough
        if self._open[-1] in ("url", "sitemap"):
            self._entry = {}

    def _characters(self, text: str) -> None:
        if self._size <= LONGEST:
            self._text.append(text)
            self._size += len(text)

    def _end(self, _: str) -> None:
        name = self._open.pop()
        parent = self._open[-1] if self._open else ""
        text = "".join(self._text).strip()
        if (name, parent) in _FIELDS:
            self._entry.setdefault(name, text)
        elif name in ("url", "sitemap"):
            self._keep(self.links if name == "url" else self.below)

    def _keep(self, where: list[Link]) -> None:
        entry, self._entry = self._entry, {}
        if url := absolute(entry.get("loc", ""), self.base):
            date = hints.iso(entry.get("publication_date") or entry.get("lastmod") or "")
            title = nfc(" ".join(entry.get("title", "").split())) or None
            where.append(Link(url=url, found_on=self.base, title=title, published=date))
        if len(where) >= MAX_ENTRIES:
            raise _Enough
