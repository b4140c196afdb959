"""WARC files (1.0 and 1.1; plain, or gzip a record) of any crawler, read with warcio; torn records are passed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from worker.imports import Found, Passed, Repeated, Wanted
from worker.models import MAX_PAGE, Capture
from worker.store.ranges import Place

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

NAMES = (".warc", ".warc.gz")

NO_RECORD = "file without a record"

_MAGIC = (b"WARC/1.", b"\x1f\x8b\x08")  # how a record begins, plain or gzipped
_STEP = 1 << 20
_HTTP = ("http://", "https://")
_NO_PAGES = ("image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript")


def read(file: BinaryIO, wanted: Wanted, name: str | None = None, start: int = 0) -> Iterator[Found | Passed]:
    """What the records of a file are, in order. Raises OSError where the file cannot be read.

    With a `name`, pages say where their records lie: in the file of that name, in which this one begins at `start`.
    """
    from warcio.archiveiterator import ArchiveIterator

    head = file.read(max(map(len, _MAGIC)))
    magic = next((one for one in _MAGIC if head.startswith(one)), _MAGIC[0])
    offset: int | None = 0
    whole = 0
    while offset is not None:
        file.seek(offset)
        records = ArchiveIterator(file)
        begun = True  # whether the record at `offset` is the one that an error is about
        try:
            for record in records:
                offset, begun = records.offset, True
                found = _found(record, wanted)
                if name is not None and isinstance(found, Found) and found.repeats is None:
                    found = replace(found, place=Place(name, start + offset, records.get_record_length()))
                begun = False
                whole += 1
                if found is not None:
                    yield found
        except OSError:
            raise
        except Exception:  # noqa: BLE001  # warcio raises what it likes for bytes that are no record
            if begun:
                yield Passed("torn record")
        else:
            break
        offset = _next_start(file, offset + 1, magic)
    if not whole:
        yield Passed(NO_RECORD)


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
    if record.rec_type not in ("response", "revisit", "resource"):
        return None  # requests, and what crawlers say of themselves
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
    if record.rec_type == "resource" or not url.startswith(_HTTP) or record.http_headers is None:
        return Passed("not HTTP")
    if not wanted(url):
        return Passed("host of no source", url.split("/")[2])
    status = record.http_headers.get_statuscode()
    if status != "200" and not (record.rec_type == "revisit" and status == "304"):
        return Passed("no page was answered", f"status {status[:3]}")
    mime = (record.http_headers.get_header("Content-Type") or "").strip().lower()
    return Passed("not a page", mime.partition(";")[0]) if mime.startswith(_NO_PAGES) else None


def _moment(text: str | None) -> datetime | None:
    """The time of a record, to the second, as the archive keeps it."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).replace(microsecond=0)


def _body(record: ArcWarcRecord) -> bytes | Passed:
    """The payload without transfer and content coding. Raises what it likes where the record is torn."""
    from warcio.bufferedreaders import BufferedReader

    coding = (record.http_headers.get_header("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "none", "utf-8", *BufferedReader.get_supported_decompressors()):
        return Passed("not readable", f"compressed as {coding[:20]}")
    stream = record.content_stream()
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_STEP):
        parts.append(part)
        size += len(part)
        if size > MAX_PAGE:
            return Passed("larger than a page", f"over {MAX_PAGE // 1024**2} MB")
    left = getattr(record.raw_stream, "limit", 0)
    if left and not record.raw_stream.read(1):
        raise ValueError(f"{left} bytes of the record are missing")
    return b"".join(parts)
