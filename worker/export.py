"""The archive for other tools: an index of its WARC files (CDXJ) and a web archive in one file (WACZ).

Sources: https://specs.webrecorder.net/cdxj/0.1.0/ and https://specs.webrecorder.net/wacz/1.1.1/. Only what has rows is
exported, so a service may go on writing meanwhile.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from worker.store import ranges
from worker.store.copying import drafted, pieces
from worker.store.errors import ArchiveDamaged, ArchiveError
from worker.store.ranges import is_address
from worker.store.verify import captures as damaged

if TYPE_CHECKING:
    from worker.store import Archive

_GZIP = b"\x1f\x8b"
_WWW = re.compile(r"^www\d*\.")
_CAPTURES = """
SELECT id, url, fetched_at, status, mime, digest, revisit_of, warc_file, warc_offset, warc_length FROM captures
"""
_PAGES = """
SELECT captures.url, captures.fetched_at, articles.title FROM articles JOIN captures ON captures.id = articles.capture
ORDER BY captures.fetched_at, articles.id
"""


def surt(url: str) -> str:
    """The key that an address is looked up by: its host turned round, in small letters, parameters in order.

    >>> surt("https://www.phunu.caobang.gov.vn/vi/news/?b=2&a=1")
    'vn,gov,caobang,phunu)/vi/news?a=1&b=2'
    """
    parts = urlsplit(url.lower())
    host = ",".join(reversed(_WWW.sub("", parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    path = parts.path.rstrip("/") or "/"
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{host}{port}){path}{query}"


def cdxj(archive: Archive, moved: Mapping[int, tuple[str, int, int]] | None = None) -> Iterator[str]:
    """The lines of the index, sorted as its readers search it; `moved` says where records of captures are instead.

    Raises ArchiveError where there is nothing to make an index of, ArchiveDamaged where a file that it names is gone.
    """
    _files(archive)
    moved = moved or {}
    captures = archive.connection.execute(_CAPTURES)
    yield from sorted(_line(*row[1:-3], *moved.get(row[0], row[-3:])) for row in captures)


def _files(archive: Archive) -> list[tuple[str, int]]:
    """The files that captures name, and up to which byte of each there are such. Raises as `cdxj` does."""
    ends = "SELECT warc_file, max(warc_offset + warc_length) FROM captures GROUP BY warc_file ORDER BY warc_file"
    files = archive.connection.execute(ends).fetchall()
    if not files:
        raise ArchiveError(
            f"{archive.directory} holds no page yet, so there is nothing to export; crawl or import first"
        )
    for file, _ in files:
        if not is_address(file) and not (archive.directory / "warc" / file).exists():
            raise ArchiveDamaged(f"{archive.directory / 'warc' / file} is gone; restore it from a backup")
    return files


def _line(url: str, at: str, status: int, mime: str | None, digest: str, revisit_of: int | None, *where: Any) -> str:
    file, offset, length = where
    told = {
        "url": url,
        "mime": "warc/revisit" if revisit_of else mime or "unk",
        "status": str(status),
        "digest": digest,
        "length": str(length),
        "offset": str(offset),
        "filename": file,
    }
    return f"{surt(url)} {_compact(at)} {json.dumps(told, ensure_ascii=True)}"


def _compact(at: str) -> str:
    return datetime.fromisoformat(at).astimezone(UTC).strftime("%Y%m%d%H%M%S")


def pages(archive: Archive) -> Iterator[str]:
    """The articles, as the list of pages that a reader of the file begins with."""
    yield json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "Articles"})
    for number, (url, at, title) in enumerate(archive.connection.execute(_PAGES), 1):
        yield json.dumps({"id": str(number), "url": url, "ts": at, "title": title}, ensure_ascii=False)


def wacz(archive: Archive, to: Path, title: str) -> None:
    """Write the whole archive into one WACZ file; it takes the place of `to` when it is whole.

    Of files that are referred to (`worker import --link`) it gets the records that are, and no others. Raises
    ArchiveDamaged where a record is not what its row says, before anything is copied (an earlier file stays), and
    ArchiveError where there is no page yet, or `to` is a file of another kind, lies in the archive, cannot be written,
    or is being written.
    """
    archive.keep_out(to)
    if to.exists() and not zipfile.is_zipfile(to):
        raise ArchiveError(f"{to} is there, and is no WACZ file; name another one, or move it away")
    with drafted(to) as draft, _at_one_moment(archive):
        files = _files(archive)
        _check(archive, files)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED, allowZip64=True) as packed:
            _pack(packed, archive, files, title)


@contextmanager
def _at_one_moment(archive: Archive) -> Iterator[None]:
    """Read inside what is archived now: a page that is filed meanwhile would be in the index, and not in the bytes."""
    archive.connection.execute("BEGIN")
    try:
        yield
    finally:
        archive.connection.execute("ROLLBACK")


def _pack(packed: zipfile.ZipFile, archive: Archive, files: list[tuple[str, int]], title: str) -> None:
    """Put the bytes, their index, the list of articles, and what describes all of these into a WACZ file."""
    resources = []
    linked = _Linked(archive)
    for file, end in files:
        if not is_address(file):
            source = archive.directory / "warc" / file
            resources.append(_put(packed, f"archive/{file}", partial(pieces, source, 0, end)))
        elif not linked.places:
            resources.append(_put(packed, f"archive/{linked.NAME}", linked.records))
    resources.append(_put(packed, "indexes/index.cdx", lambda: _lines(cdxj(archive, linked.places))))
    resources.append(_put(packed, "pages/pages.jsonl", lambda: _lines(pages(archive))))
    package = _package(title, resources)
    packed.writestr("datapackage.json", package)
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package.encode()).hexdigest()}"}
    packed.writestr("datapackage-digest.json", json.dumps(digest))


def _check(archive: Archive, files: list[tuple[str, int]]) -> None:
    """Raise ArchiveDamaged where a file is shorter than its rows say, or a record is not what its row says."""
    for file, end in files:
        path = archive.directory / "warc" / file
        if not is_address(file) and (lost := end - path.stat().st_size) > 0:
            raise ArchiveDamaged(f"{path} has lost its last {lost} bytes; `worker verify` tells what they held")
    for problem in damaged(archive.connection, archive.directory):
        raise ArchiveDamaged(f"{problem}; `worker verify` names all that is damaged; restore it from a backup")


@dataclass(slots=True)
class _Linked:
    """The records that captures refer to in files of others, put into one file; `places` says where they went."""

    NAME: ClassVar[str] = "linked.warc.gz"

    archive: Archive
    places: dict[int, tuple[str, int, int]] = field(default_factory=dict)  # capture -> file, offset, length

    def records(self) -> Iterator[bytes]:
        """The records, a gzip member each, in the order of their captures."""
        offset = 0
        for number, *_, file, start, length in self.archive.connection.execute(f"{_CAPTURES} ORDER BY id"):
            if is_address(file):
                record = ranges.read(self.archive.directory / "warc", ranges.Place(file, start, length))
                record = record if record.startswith(_GZIP) else gzip.compress(record)
                self.places[number] = (self.NAME, offset, len(record))
                offset += len(record)
                yield record


def _package(title: str, resources: list[dict[str, Any]]) -> str:
    told = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": title,
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "software": f"union-news-archive {version('union-news-archive')}",
        "resources": resources,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _put(packed: zipfile.ZipFile, path: str, content: Callable[[], Iterator[bytes]]) -> dict[str, Any]:
    """Copy content into the file; how the package describes it."""
    digest, size = hashlib.sha256(), 0
    with packed.open(path, "w", force_zip64=True) as member:
        for piece in content():
            member.write(piece)
            digest.update(piece)
            size += len(piece)
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}


def _lines(lines: Iterator[str]) -> Iterator[bytes]:
    for line in lines:
        yield f"{line}\n".encode()
