"""Sitemaps (sitemaps.org 0.9): lists of pages, indexes of lists, Google's news fields, gzip, plain text.

Read as a stream by expat, which never opens anything; a document that declares entities is not read on, whatever they
expand to. One with a mistake is read once more with the usual mistakes mended; else what stood before it is kept.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from worker.clean.encoding import decode
from worker.discover import hints
from worker.discover.addresses import LONGEST, absolute
from worker.models import Capture, Link
from worker.vietnamese import nfc

MAX_ENTRIES = 50_000
"""Addresses of one sitemap, as the protocol has it."""

UNPACKED_LIMIT = 50 * 1024 * 1024
"""Bytes of one sitemap when unpacked, as the protocol has it."""

_DEPTH = 20
_FIELDS = frozenset({(name, parent) for name in ("loc", "lastmod") for parent in ("url", "sitemap")}) | {
    ("title", "news"),
    ("publication_date", "news"),
}
_GZIP = b"\x1f\x8b"
_MEMBERS = 100  # of one .gz file
_BLANK = b"\xef\xbb\xbf \t\r\n"
_BEGIN = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_STRAY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap holds: pages, or, as an index, the sitemaps below it, newest first."""

    links: tuple[Link, ...] = ()
    below: tuple[Link, ...] = ()


def read(capture: Capture) -> Sitemap:
    """The entries of a sitemap. `published` is the news date where it stands there, else lastmod."""
    body = unpacked(capture.body).lstrip(_BLANK)
    if body.startswith((b"http://", b"https://")):
        return Sitemap(links=_lines(body, capture))
    reader = _Reader(capture.url)
    if not reader.read(body):
        mended = _Reader(capture.url)
        mended.read(_mended(body, capture))
        reader = max(reader, mended, key=lambda one: len(one.links) + len(one.below))
    below = sorted(reader.below, key=lambda link: link.published or "", reverse=True)
    return Sitemap(links=tuple(reader.links), below=tuple(below))


def unpacked(body: bytes, most: int = UNPACKED_LIMIT) -> bytes:
    """The bytes of a .gz file, at most so many; other bytes as they are."""
    if not body.startswith(_GZIP):
        return body
    whole = bytearray()
    for _ in range(_MEMBERS):  # what is put together of .gz files is one, too
        inflate = zlib.decompressobj(wbits=31)
        try:
            whole += inflate.decompress(body, most - len(whole))
        except zlib.error:
            break
        body = inflate.unused_data
        if len(whole) >= most or not body.startswith(_GZIP):
            break
    return bytes(whole)


def _mended(body: bytes, capture: Capture) -> bytes:
    """The XML without what makers of sitemaps get wrong: words before it, an encoding that it does not have, characters
    that XML has not, and a bare & in an address."""
    text = decode(body, capture.charset).text.translate(_CONTROLS)
    begin = _BEGIN.search(text)
    first, *rest = text[begin.start() if begin else 0 :].split("<![CDATA[")
    pieces = [_STRAY.sub("&amp;", first)]
    for part in rest:
        raw, end, behind = part.partition("]]>")
        pieces += ["<![CDATA[", raw, end, _STRAY.sub("&amp;", behind)]
    return "".join(pieces).encode("utf-8", "replace")


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

    def read(self, body: bytes) -> bool:
        """Read until the end, a mistake, or what is too much; whether it was no mistake."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(body, True)  # in small pieces a single endless tag would be read again with each of them
        except (expat.ExpatError, ValueError, LookupError):  # LookupError: of an encoding that nobody knows
            return False
        except _Enough:
            return True
        return True

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
