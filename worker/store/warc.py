"""The bytes: WARC 1.1 files (ISO 28500) under archive/warc, a gzip member a record, as every replay tool reads them.

A record is compressed in memory and appended with one write; it is synced, alone or with those of other pages, before
its row gets committed. So after a crash the end of a file may hold records without rows (harmless) or half a record
(cut off at the next start), but never a row without its record.
"""

from __future__ import annotations

import errno
import os
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from importlib.metadata import version
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

from worker.models import Capture
from worker.store import ranges
from worker.store.copying import sync
from worker.store.errors import ArchiveDamaged, ArchiveFull, ArchiveUnwritable
from worker.store.payload import payload
from worker.store.ranges import Place
from worker.store.times import stamp

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

ROTATE_AT = 1_000_000_000
"""Bytes after which the next file begins."""

NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

_NAME = "news-{:06}.warc.gz"
_NUMBER = re.compile(r"news-(\d{6})\.warc\.gz")
_CHUNK = 1 << 16
_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
# The body is stored decoded, so these headers would lie; renamed as Common Crawl does, they still tell what came.
_OF_TRANSFER = {"content-encoding": "X-Crawler-Content-Encoding", "transfer-encoding": "X-Crawler-Transfer-Encoding"}
_GIVEN_BACK = {renamed.lower(): name.title() for name, renamed in _OF_TRANSFER.items()}
_LENGTH = "X-Crawler-Content-Length"
_BREAKS = re.compile(r"[\x00\r\n]+")
_NO_TOKEN = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_NO_TEXT = re.compile(r"[^\t -~]+")
_NO_TARGET = re.compile(r"[^!-~]+")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The capture that a revisit record refers to."""

    url: str
    fetched_at: datetime
    digest: str


class Warc:
    """Appends records. `directory` is archive/warc; `committed` tells up to where a file's bytes have rows."""

    def __init__(self, directory: Path, committed: dict[str, int], *, rotate_at: int = ROTATE_AT) -> None:
        self._directory = directory
        self._rotate_at = rotate_at
        self._file: IO[bytes] | None = None
        self._size = 0
        self._unsynced = False
        try:
            directory.mkdir(exist_ok=True)
            self._resume(committed)
        except OSError as error:
            raise ArchiveUnwritable(f"the archive cannot be written: {directory}: {error.strerror}") from None

    def _resume(self, committed: dict[str, int]) -> None:
        """Take up the last file, without a torn end."""
        names = [*committed, *(item.name for item in self._directory.iterdir())]
        self._number = max((int(match[1]) for name in names if (match := _NUMBER.fullmatch(name))), default=1)
        path = self._directory / _NAME.format(self._number)
        known = committed.get(path.name, 0)
        size = path.stat().st_size if path.exists() else 0
        if size < known:
            # Records are missing that rows point to. Appending here would put others in their place.
            self._number += 1
        elif size:
            self._cut_torn(path, known, size)

    def _cut_torn(self, path: Path, known: int, size: int) -> None:
        """Cut off what lies behind the last whole record."""
        whole = known
        for place in members(path, known):
            whole = place.offset + place.length
        if whole < size:
            os.truncate(path, whole)

    def append(self, capture: Capture, earlier: Earlier | None = None, *, made: Sequence[bytes] = ()) -> Place:
        """Write a capture: a response record, or a revisit record where `earlier` has the same payload.

        Where the capture brings the request's headers, the request is recorded as well. `made` are its `records`, where
        they have been made already. Nothing is safe before `sync`.
        """
        packed = made or records(capture, earlier)
        if self._file is not None and self._size >= self._rotate_at:
            self.sync()
            self.close()
            self._number += 1
        file = self._file or self._open()
        place = Place(self._name, self._size, len(packed[0]))
        self._unsynced = True
        try:
            for record in packed:
                file.write(record)
                self._size += len(record)
        except OSError as error:
            failure = self._failure(error)
            self._cut_to(place.offset)
            raise failure from None
        return place

    def sync(self) -> None:
        """Let what was appended survive a power cut."""
        if self._file is not None and self._unsynced:
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                raise self._failure(error) from None
            self._unsynced = False

    def end(self) -> tuple[str, int]:
        """The file in hand and its size in bytes."""
        if self._file is None:
            self._open()
        return self._name, self._size

    def cut_back(self, end: tuple[str, int]) -> None:
        """Cut off what was appended since that was the `end`: its rows could not be committed."""
        if self._file is not None and self._name == end[0]:
            self._cut_to(end[1])

    @property
    def _name(self) -> str:
        return _NAME.format(self._number)

    def _open(self) -> IO[bytes]:
        path = self._directory / self._name
        empty = False
        try:
            file = self._file = path.open("ab", buffering=0)
            self._size = os.fstat(file.fileno()).st_size
            empty = self._size == 0
            if empty:
                info = _warcinfo(path.name)
                file.write(info)
                self._size = len(info)
                sync(self._directory)
        except OSError as error:
            failure = self._failure(error)
            if empty:  # never what was not seen to be so: it may hold captures
                self._cut_to(0)
            self.close()
            raise failure from None
        return file

    def _cut_to(self, offset: int) -> None:
        """Cut off what must not stay. Where the disk refuses even that, nothing more is written behind it: the next
        record begins another file."""
        if self._file is None:
            return
        try:
            os.ftruncate(self._file.fileno(), offset)
            self._size = offset
        except OSError:
            self.close()
            self._number += 1

    def _failure(self, error: OSError) -> Exception:
        path = self._directory / self._name
        if error.errno in _NO_ROOM:
            return ArchiveFull(f"there is no room left for {path}; free some space and crawl again")
        return ArchiveUnwritable(f"the archive cannot be written: {path}: {error.strerror}")

    def close(self) -> None:
        """Close the file in hand."""
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):  # what a row points to was synced before
                file.close()


def members(path: Path, start: int = 0) -> Iterator[Place]:
    """The whole gzip members of a file from `start` on, in order; ends before the first that is torn or no gzip."""
    offset = position = start
    with path.open("rb") as file:
        file.seek(start)
        unzip = zlib.decompressobj(zlib.MAX_WBITS + 16)
        data = file.read(_CHUNK)
        while data:
            try:
                unzip.decompress(data, _CHUNK)
                while unzip.unconsumed_tail:
                    unzip.decompress(unzip.unconsumed_tail, _CHUNK)
            except zlib.error:
                return
            if not unzip.eof:
                position += len(data)
                data = file.read(_CHUNK)
                continue
            rest = unzip.unused_data
            end = position + len(data) - len(rest)
            yield Place(path.name, offset, end - offset)
            offset = position = end
            data = rest or file.read(_CHUNK)
            unzip = zlib.decompressobj(zlib.MAX_WBITS + 16)


def _zipped(record: ArcWarcRecord) -> bytes:
    from warcio.warcwriter import WARCWriter

    plain = BytesIO()
    WARCWriter(plain, gzip=False, warc_version="1.1").write_record(record)
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return packer.compress(plain.getbuffer()) + packer.flush()


def _builder() -> Any:
    from warcio.recordbuilder import RecordBuilder

    return RecordBuilder(warc_version="1.1")


def _warcinfo(name: str) -> bytes:
    info = {
        "software": f"union-news-archive/{version('union-news-archive')}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    return _zipped(_builder().create_warcinfo_record(name, info))


def records(capture: Capture, earlier: Earlier | None = None) -> list[bytes]:
    """The records of one capture, zipped, the one that its row points to first."""
    from warcio.statusandheaders import StatusAndHeaders

    builder = _builder()
    headers = {"WARC-Date": stamp(capture.fetched_at)}
    http = StatusAndHeaders(_status_line(capture.status), _stored_headers(capture), protocol="HTTP/1.1")
    if earlier is None:
        headers["WARC-Payload-Digest"] = capture.digest
        main = builder.create_warc_record(
            capture.url,
            "response",
            payload=BytesIO(capture.body),
            length=len(capture.body),
            http_headers=http,
            warc_headers_dict=headers,
        )
    else:
        main = builder.create_revisit_record(
            capture.url,
            earlier.digest,
            earlier.url,
            stamp(earlier.fetched_at),
            http_headers=http,
            warc_headers_dict=headers,
        )
        if capture.status == HTTPStatus.NOT_MODIFIED:
            main.rec_headers.replace_header("WARC-Profile", NOT_MODIFIED_PROFILE)
    packed = [_zipped(main)]
    if capture.request_headers:
        packed.append(_zipped(_request(builder, capture, main.rec_headers.get_header("WARC-Record-ID"))))
    return packed


def _request(builder: Any, capture: Capture, response_id: str) -> ArcWarcRecord:
    from warcio.statusandheaders import StatusAndHeaders

    parts = urlsplit(capture.url)
    target = _NO_TARGET.sub(_percent, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    headers = [_header(name, value) for name, value in capture.request_headers]
    return builder.create_warc_record(
        capture.url,
        "request",
        http_headers=StatusAndHeaders(f"GET {target} HTTP/1.1", headers, is_http_request=True),
        warc_headers_dict={"WARC-Date": stamp(capture.fetched_at), "WARC-Concurrent-To": response_id},
    )


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _stored_headers(capture: Capture) -> list[tuple[str, str]]:
    stored = []
    for name, value in capture.headers:
        renamed = _LENGTH if name.lower() == "content-length" else _OF_TRANSFER.get(name.lower(), name)
        stored.append(_header(renamed, value))
    stored.append(("Content-Length", str(len(capture.body))))
    return stored


def _header(name: str, value: str) -> tuple[str, str]:
    """A header that is one line of ASCII, whatever the server sent: what cannot stand there is percent-encoded."""
    return _NO_TOKEN.sub("-", name) or "-", _NO_TEXT.sub(_percent, _BREAKS.sub(" ", value))


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def read(directory: str | os.PathLike[str], place: Place) -> Capture:
    """The capture that was written at `place`; of a revisit record the headers only, with an empty body.

    `directory` may be an address that fsspec reads. Raises ArchiveDamaged where no whole record begins there.
    """
    return read_all(directory, [place])[0]()


def asked(directory: str | os.PathLike[str], place: Place) -> tuple[tuple[str, str], ...]:
    """The headers of the request whose answer lies at `place`, where its record lies behind it; else none."""
    from warcio.archiveiterator import ArchiveIterator

    try:
        data = ranges.read(directory, Place(place.file, place.offset, place.length + _CHUNK))
        answer, request = islice(ArchiveIterator(BytesIO(data)), 2)
        of = request.rec_headers.get_header("WARC-Concurrent-To")
        if request.rec_type == "request" and of == answer.rec_headers.get_header("WARC-Record-ID"):
            return tuple(request.http_headers.headers)
    except Exception:  # noqa: BLE001  # warcio raises what it likes where no whole record follows
        return ()
    return ()


def read_all(directory: str | os.PathLike[str], places: Sequence[Place]) -> list[Callable[[], Capture]]:
    """For each place what gives the capture there, as `read` does; the bytes are read at once."""
    found = ranges.read_all(directory, places)
    return [partial(_read, directory, place, data) for place, data in zip(places, found, strict=True)]


def _read(directory: str | os.PathLike[str], place: Place, packed: bytes | OSError) -> Capture:
    path = ranges.whole(directory, place.file)
    if isinstance(packed, OSError):
        raise ArchiveDamaged(f"{path} cannot be read: {packed.strerror or packed}") from None
    if lost := place.length - len(packed):
        raise ArchiveDamaged(f"{path} holds no whole record at {place.offset}: its last {lost} bytes are missing")
    try:
        return _parsed(packed)
    except Exception as error:  # noqa: BLE001  # warcio raises what it likes for bytes that are no record
        ours = isinstance(error, ValueError) or type(error).__module__.startswith("worker.")
        said = str(error) if ours else "its bytes are no record"  # warcio's words hold the bytes themselves
        raise ArchiveDamaged(f"{path} holds no whole record at {place.offset}: {said}") from None


def _parsed(packed: bytes) -> Capture:
    from warcio.archiveiterator import ArchiveIterator

    record = next(iter(ArchiveIterator(BytesIO(packed))))
    if record.rec_type not in ("response", "revisit"):
        raise ValueError(f"it is a {record.rec_type} record")
    headers = [
        (_GIVEN_BACK.get(name.lower(), name), value)
        for name, value in record.http_headers.headers
        if name.lower() != "content-length"
    ]
    headers = [("Content-Length" if name == _LENGTH else name, value) for name, value in headers]
    body = payload(record)  # ours are stored decoded; those of others are not
    if lost := missing(record):
        raise ValueError(f"{lost} bytes of its payload are missing")
    return Capture(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        status=int(record.http_headers.get_statuscode()),
        headers=tuple(headers),
        body=body,
    )


def missing(record: ArcWarcRecord) -> int:
    """How many bytes a record says that it has beyond those that are there, once its payload has been read."""
    left: int = getattr(record.raw_stream, "limit", 0)
    return left if left and not record.raw_stream.read(1) else 0
