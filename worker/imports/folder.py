"""A folder of saved pages: HTML, MHTML and .txt files, with or without an index.yaml such as seeds/ has.

Where a page came from is what the index says, else what the page says of itself, or the program that saved it, else
where it lies (host/path, as `wget -r` saves). The time is the index's, or the one that the saving program left, or that
of the file's last change: when it was saved, never today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from worker.fetch.offline import INDEX, read_index
from worker.imports import Found, Passed, Wanted, mhtml, savers, wacz, warc_file
from worker.models import MAX_PAGE, Capture

OTHER = "file of another kind"
NOT_READ = "file that cannot be read"

_HTML = "text/html"
_MIMES = {".html": _HTML, ".htm": _HTML, ".txt": "text/plain; charset=utf-8", **dict.fromkeys(mhtml.NAMES, _HTML)}
_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html)\b", re.I | re.S
)
"""How a page begins whose name does not say that it is one: `wget -r` saves list.aspx?id=5 under that name."""

_LOOKED_AT = 1000
_IN_ARCHIVES = (*warc_file.NAMES, *wacz.NAMES)


def read(folder: Path, wanted: Wanted) -> Iterator[Found | Passed]:
    """The pages of a folder and the folders in it, in the order of their names; a link out of it is no page of it.

    Raises SeedsError for a wrong index."""
    if (folder / INDEX).exists():
        for seed in read_index(folder):
            yield _found(seed.file, seed.url, seed.fetched_at, wanted)
        return
    folder = folder.absolute()  # "." has no name
    for path in sorted(folder.rglob("*")):
        if path.name.lower().endswith(_IN_ARCHIVES) or not path.is_file():
            continue
        if path.resolve().is_relative_to(folder.resolve()):
            yield _found(path, None, None, wanted, folder)


def _found(
    path: Path, url: str | None, at: datetime | None, wanted: Wanted, folder: Path | None = None
) -> Found | Passed:
    """A file's page, whose address and time are the index's, or told by the page or its place in `folder`."""
    try:
        mime = _MIMES.get(path.suffix.lower()) or (_HTML if folder and _looks_like_html(path) else None)
        if mime is None:
            return _other(path, folder)
        if path.stat().st_size > MAX_PAGE:
            return Passed("larger than a page", f"over {MAX_PAGE // 1024**2} MB")
        body, changed = path.read_bytes(), datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except OSError as error:
        return Passed(NOT_READ, f"{path}: {error.strerror or error}")
    said: tuple[str | None, datetime | None] = (None, None)
    if path.suffix.lower() in mhtml.NAMES:
        saved = mhtml.read(body)
        if saved is None:
            return _other(path, folder)
        body, mime, said = saved.body, saved.mime, (saved.url, saved.at)
    if folder is not None:
        url, at = said if said[0] else savers.told(body)
        url = url or savers.of_place(path, folder)
    if url is None or not wanted(url):
        return Passed("host of no source", url.split("/")[2]) if url else Passed("no address", path.name)
    headers = (("Content-Type", mime),)
    capture = Capture(url=url, fetched_at=at or changed, status=200, body=body, headers=headers)
    return Found(capture, listed=folder is None)


def _other(path: Path, folder: Path | None) -> Passed:
    return Passed(OTHER, path.suffix.lower()[:20]) if folder else Passed("not a page", path.name)


def _looks_like_html(path: Path) -> bool:
    with path.open("rb") as file:
        return _BEGINS.match(file.read(_LOOKED_AT)) is not None
