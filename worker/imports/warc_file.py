"""WARC files (1.0 and 1.1; plain, gzip a record, or zipped at once) of any crawler, read with warcio.

Torn records are passed over. Of a file that is gzipped a record, warcio reads only those that are wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BufferedReader
from typing import TYPE_CHECKING, BinaryIO

from worker.imports import Found, Passed, Repeated, Wanted, skimming
from worker.imports.skimming import Skimmed
from worker.imports.zipped_whole import Unzipped
from worker.models import MAX_PAGE, Capture
from worker.store.payload import TooLarge, UnknownCoding, payload
from worker.store.ranges import Place
from worker.store.warc import missing

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

NAMES = (".warc", ".warc.gz")

NO_RECORD = "file without a record"
TORN = "torn record"

_MAGIC = (b"WARC/1.", b"\x1f\x8b\x08")  # how a record begins, plain or gzipped
_STEP = 1 << 20
_PAGES = ("response", "revisit", "resource")  # the others are requests, and what crawlers say of themselves
_HTTP = ("http://", "https://")
_END = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_TAIL = 2000
_NO_PAGES = ("image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript")


def read(file: BinaryIO, wanted: Wanted, name: str | None = None, start: int = 0) -> Iterator[Found | Passed]:
    """What the records of a file are, in order. Raises OSError where the file cannot be read.

    With a `name`, pages say where their records lie: in the file of that name, in which this one begins at `start`.
    """
    head = file.read(max(map(len, _MAGIC)))
    magic = next((one for one in _MAGIC if head.startswith(one)), _MAGIC[0])
    offset: int | None = 0
    whole = 0
    while offset is not None:
        for record in skimming.records(file, offset):
            offset, whole = record.end, whole + 1
            if (found := _skimmed(file, record, wanted)) is not None:
                yield _placed(found, name, start + record.offset, record.end - record.offset)
        if magic != _MAGIC[0] and skimming.is_spoilt(file, offset):
            yield Passed(TORN)
            offset = _next_start(file, offset + 1, magic)
            continue
        if magic != _MAGIC[0] and skimming.holds_several(file, offset):
            yield from _zipped_whole(file, offset, wanted)
            return
        rest = _Rest(file, offset)
        yield from rest.read(wanted, name, start)
        whole += rest.whole
        offset = None if rest.torn_at is None else _next_start(file, rest.torn_at + 1, magic)
    if not whole:
        yield Passed(NO_RECORD)


def _zipped_whole(file: BinaryIO, offset: int, wanted: Wanted) -> Iterator[Found | Passed]:
    """The records of a file that was zipped at once; none has a place where it can be referred to."""
    plain = Unzipped(file, offset)
    torn = False
    for found in read(BufferedReader(plain), wanted):
        torn = torn or found == Passed(TORN)
        yield found
    if plain.torn and not torn:
        yield Passed(TORN)


def _skimmed(file: BinaryIO, record: Skimmed, wanted: Wanted) -> Found | Passed | None:
    """What a whole record is, read only as far as that needs."""
    if record.type not in _PAGES:
        return None
    if (passed := _of_nobody(record.type, record.url, wanted)) is not None:
        return passed
    from warcio.archiveiterator import ArchiveIterator

    file.seek(record.offset)
    try:
        return _found(next(iter(ArchiveIterator(file))), wanted)
    except OSError:
        raise
    except Exception:  # noqa: BLE001  # warcio raises what it likes for bytes that are no record
        return Passed(TORN)


def _placed(found: Found | Passed, name: str | None, offset: int, length: int) -> Found | Passed:
    """What was found, with the place of its record where it may be referred to."""
    if name is None or isinstance(found, Passed) or found.repeats is not None:
        return found
    return replace(found, place=Place(name, offset, length))


@dataclass(slots=True)
class _Rest:
    """The records from an offset on, as warcio reads them: `whole` were, and the one at `torn_at` was not."""

    file: BinaryIO
    offset: int
    whole: int = 0
    torn_at: int | None = None

    def read(self, wanted: Wanted, name: str | None, start: int) -> Iterator[Found | Passed]:
        """What they are, up to the first at which warcio fails."""
        from warcio.archiveiterator import ArchiveIterator

        self.file.seek(self.offset)
        records = ArchiveIterator(self.file)
        begun = True  # whether the record at `offset` is the one that an error is about
        try:
            for record in records:
                self.offset, begun = records.offset, True
                found = _found(record, wanted)
                if isinstance(found, Found):
                    found = _placed(found, name, start + self.offset, records.get_record_length())
                begun = False
                self.whole += 1
                if found is not None:
                    yield found
        except OSError:
            raise
        except Exception:  # noqa: BLE001  # warcio raises what it likes for bytes that are no record
            self.torn_at = self.offset
            if begun:
                yield Passed(TORN)


def _next_start(file: BinaryIO, start: int, magic: bytes) -> int | None:
    """Where the next record may begin, None at the end of the file."""
    file.seek(start)
    position, data = start, file.read(_STEP)
    while data:
        if (at := data.find(magic)) >= 0:
            return position + at
        keep = data[-len(magic) + 1 :]
        more = file.read(_STEP)
        position += len(data) - len(keep)
        data = keep + more if more else b""
    return None


def _found(record: ArcWarcRecord, wanted: Wanted) -> Found | Passed | None:
    headers = record.rec_headers
    url = (headers.get_header("WARC-Target-URI") or "").strip("<>")
    if record.rec_type not in _PAGES:
        return None
    at = _moment(headers.get_header("WARC-Date"))
    if (passed := _passed_over(record, url, wanted)) is not None or at is None:
        return passed or Passed("no time")
    revisit = record.rec_type == "revisit"
    body = b"" if revisit else _body(record)
    if isinstance(body, Passed):
        return body
    capture = Capture(url=url, fetched_at=at, status=200, body=body, headers=tuple(record.http_headers.headers))
    digest = headers.get_header("WARC-Payload-Digest")
    if not revisit:
        return Found(capture, digest)
    to, date = headers.get_header("WARC-Refers-To-Target-URI"), headers.get_header("WARC-Refers-To-Date")
    return Found(capture, digest, Repeated(to, _moment(date), digest))


def _passed_over(record: ArcWarcRecord, url: str, wanted: Wanted) -> Passed | None:
    """Why a record's payload need not be read, if its headers say so."""
    if (passed := _of_nobody(record.rec_type, url, wanted)) is not None:
        return passed
    if record.http_headers is None:
        return Passed("not HTTP")
    status = record.http_headers.get_statuscode()
    if status != "200" and not (record.rec_type == "revisit" and status == "304"):
        return Passed("no page was answered", f"status {status[:3]}")
    mime = (record.http_headers.get_header("Content-Type") or "").strip().lower()
    return Passed("not a page", mime.partition(";")[0]) if mime.startswith(_NO_PAGES) else None


def _of_nobody(kind: str, url: str, wanted: Wanted) -> Passed | None:
    """Why a record need not be looked at, if its type or its address says so."""
    if kind == "resource" or not url.startswith(_HTTP):
        return Passed("not HTTP")
    return None if wanted(url) else Passed("host of no source", url.split("/")[2])


def _moment(text: str | None) -> datetime | None:
    """The time of a record, to the second, as the archive keeps it."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).replace(microsecond=0)


def _body(record: ArcWarcRecord) -> bytes | Passed:
    """The payload without transfer and content coding. Raises what it likes where the record is torn."""
    if record.rec_headers.get_header("WARC-Segment-Number"):
        return Passed("not readable", "in segments")
    try:
        body = payload(record)
    except TooLarge:
        return Passed("larger than a page", f"over {MAX_PAGE // 1024**2} MB")
    except UnknownCoding as unknown:
        return Passed("not readable", f"compressed as {unknown.coding}")
    if lost := missing(record):
        raise ValueError(f"{lost} bytes of the record are missing")
    return Passed(TORN, "cut off when it was captured") if _is_cut_off(record, body) else body


def _is_cut_off(record: ArcWarcRecord, body: bytes) -> bool:
    """Whether a page came in part: so its crawler says, or less came than announced; and no end of HTML is there."""
    if _END.search(body[-_TAIL:]):
        return False
    announced = record.http_headers.get_header("Content-Length") or ""
    short = announced.isascii() and announced.isdigit() and record.payload_length < int(announced[:15])
    chunked = record.http_headers.get_header("Transfer-Encoding")  # then it announces nothing
    return bool(record.rec_headers.get_header("WARC-Truncated")) or (short and not chunked)
