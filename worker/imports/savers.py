"""What a saved page tells of where and when it was saved: the remarks of the programs that save pages, and its own."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import PurePath
from urllib.parse import quote

_HEAD = 200_000
_TAIL = 2_000

_BROWSER = re.compile(rb"<!-- saved from url=\(\d+\)(https?://[^\s>]{1,2000}) -->")
_SINGLEFILE = re.compile(
    rb"Page saved with SingleFile\s{1,20}url:\s{1,20}(https?://\S{1,2000})"
    rb"(?:\s{1,20}saved date:\s{1,20}(\w{3} \w{3} \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4}))?"
)
_HTTRACK = re.compile(
    rb"<!-- Mirrored from ([^\s/]{1,255}/\S{0,2000}) by HTTrack Website Copier/[^\n>]{0,100}\], ([^\n>]{10,60}) -->"
)
_LINK = re.compile(rb"<(?:link|meta)\b[^<>]{0,2000}>", re.IGNORECASE)
_IS_OWN = re.compile(rb"""=\s*["']?(?:canonical|og:url)["'\s>]""", re.IGNORECASE)
_ADDRESS = re.compile(rb"""(?:href|content)\s*=\s*["']?(https?://[^"'\s<>]{1,2000})""", re.IGNORECASE)

_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+(?::\d+)?")
_SAFE = "/%?=&;:@+$,!~*'()"
_ADDED = re.compile(r"(\?.*|\.(?:php|aspx?|jsp|cgi))\.html$", re.IGNORECASE)
"""What `wget -E` appends to a name that does not end like a page's."""


def told(body: bytes) -> tuple[str | None, datetime | None]:
    """The address that a saved page came from and when it was saved, as far as it says so."""
    head = body[:_HEAD]
    if saved := _SINGLEFILE.search(head):
        return _text(saved[1]), _moment(saved[2], "%a %b %d %Y %H:%M:%S GMT%z")
    if saved := _BROWSER.search(head):
        return _text(saved[1]), None
    if saved := _HTTRACK.search(head) or _HTTRACK.search(body[-_TAIL:]):
        return f"https://{_text(saved[1])}", _moment(saved[2], "%a, %d %b %Y %H:%M:%S GMT")
    for tag in _LINK.finditer(head):
        if _IS_OWN.search(tag[0]) and (address := _ADDRESS.search(tag[0])):
            return address[1].decode("utf-8", "replace").replace("&amp;", "&"), None
    return None, None


def of_place(path: PurePath, folder: PurePath) -> str | None:
    """The address of a file by its place, as `wget -r` saves: `phunu.example.vn/tin/a.html` anywhere in the folder, or
    below a folder whose own name is the host."""
    parts = (folder.name, *path.relative_to(folder).parts)
    begin = next((at for at, part in enumerate(parts[:-1]) if _HOST.fullmatch(part)), None)
    if begin is None:
        return None
    host, *places = parts[begin:]
    place = _ADDED.sub(r"\1", "/".join(places))
    if places[-1] == "index.html":  # so it is called where an address ends in a slash
        place = place[: -len("index.html")]
    return f"https://{host}/{quote(place, safe=_SAFE)}"


def _text(address: bytes) -> str:
    return address.decode("utf-8", "replace")


def _moment(text: bytes | None, form: str) -> datetime | None:
    with suppress(ValueError):
        at = datetime.strptime((text or b"").decode("ascii", "replace"), form)  # noqa: DTZ007  # HTTrack's form has no %z
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return None
