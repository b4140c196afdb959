"""A folder of saved pages: .html, .htm and .txt files, with or without an index.yaml such as seeds/ has.

Where a page came from is what the index says, else what the page says of itself (the comment that browsers leave in a
saved page, rel=canonical, og:url), else where it lies (host/path, as `wget -r` saves). The time is the index's or that
of the file's last change: when it was saved, never today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from worker.fetch.offline import INDEX, read_index
from worker.imports import Found, Passed, Wanted
from worker.models import MAX_PAGE, Capture

_MIMES = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain; charset=utf-8"}
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(https?://[^\s>]{1,2000}) -->")
_LINK = re.compile(rb"<(?:link|meta)\b[^<>]{0,2000}>", re.IGNORECASE)
_IS_OWN = re.compile(rb"""=\s*["']?(?:canonical|og:url)["'\s>]""", re.IGNORECASE)
_ADDRESS = re.compile(rb"""(?:href|content)\s*=\s*["']?(https?://[^"'\s<>]{1,2000})""", re.IGNORECASE)
_HEAD = 200_000


def read(folder: Path, wanted: Wanted) -> Iterator[Found | Passed]:
    """The pages of a folder and the folders in it, in the order of their names; a link out of it is no page of it.

    Raises SeedsError for a wrong index."""
    if (folder / INDEX).exists():
        for seed in read_index(folder):
            yield _found(seed.file, seed.url, seed.fetched_at, wanted)
        return
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _MIMES and path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            saved = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
            yield _found(path, None, saved, wanted, folder)


def _found(path: Path, url: str | None, at: datetime, wanted: Wanted, folder: Path | None = None) -> Found | Passed:
    """A file's page, whose address is the index's (`url`), or told by the page or its place in `folder`."""
    mime = _MIMES.get(path.suffix.lower())
    if mime is None:
        return Passed("not a page", path.name)
    try:
        if path.stat().st_size > MAX_PAGE:
            return Passed("larger than a page", f"over {MAX_PAGE // 1024**2} MB")
        body = path.read_bytes()
    except OSError as error:
        return Passed("not readable", error.strerror or "")
    url = url or _own_address(body[:_HEAD]) or _address_of_place(path, folder)
    if url is None:
        return Passed("no address", path.name)
    if not wanted(url):
        return Passed("host of no source", url.split("/")[2])
    capture = Capture(url=url, fetched_at=at, status=200, body=body, headers=(("Content-Type", mime),))
    return Found(capture, listed=folder is None)


def _own_address(head: bytes) -> str | None:
    if saved := _SAVED_FROM.search(head):
        return saved[1].decode("ascii", "replace")
    for tag in _LINK.finditer(head):
        if _IS_OWN.search(tag[0]) and (address := _ADDRESS.search(tag[0])):
            return address[1].decode("utf-8", "replace").replace("&amp;", "&")
    return None


def _address_of_place(path: Path, folder: Path | None) -> str | None:
    """`phunu.example.vn/tin/a.html` below the folder, or the folder's own name where that is the host."""
    if folder is None:
        return None
    parts = path.relative_to(folder).parts
    if len(parts) > 1 and "." in parts[0]:
        return f"https://{'/'.join(parts)}"
    return f"https://{folder.name}/{'/'.join(parts)}" if "." in folder.name.strip(".") else None
