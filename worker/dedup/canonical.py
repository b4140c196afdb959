"""Canonical addresses: one spelling for all the addresses under which a site serves one page.

The canonical address is a key. It need not answer (the site may know only http, or only www), so whoever fetches keeps
the address as it was found.
"""

from __future__ import annotations

import csv
import re
import string
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import SplitResult, urlsplit

from worker.vietnamese import nfc

LONGEST = 4096
"""Characters of the longest address that is taken; no site needs more, and every index holds it."""

_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_LEGAL = _UNRESERVED | frozenset("!$&'()*+,;=:@/?%")
_ENCODED = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_STRAY_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_TWIN_HOST = re.compile(r"(?:www\d?|m|mobile|wap|amp)\.(?=[^.]+\.[^.]+)")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*|/\((?:[A-Z]\([^()/]*\))+\)(?=/)", re.IGNORECASE)
# NukeViet prints under /<module>/print/… and saves under /savefile/…, VCCorp prints under /print/….
_TWIN_SEGMENT = re.compile(
    r"/(?:print|savefile|amp|ban-in|in-bai|in-tin)(?=/[^/])|^/(?:m|mobile)(?=/[^/])", re.IGNORECASE
)
_TWIN_END = re.compile(r"(?<=[^/])/(?:amp|print)/?$|\.amp(?=$|\.html?$)", re.IGNORECASE)
_INDEX = re.compile(r"^/(?:index|default|home)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_SLASHES = re.compile(r"/{2,}")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u200b\ufeff]+")


class AddressError(ValueError):
    """What was given is no web address; the message is a sentence."""


def canonical(url: str) -> str:
    """The one address of a page, whatever its scheme, twin host, session, tracking or spelling.

    The result is https, ASCII and has no fragment. Raises AddressError, with one sentence, for what is no web address.

    >>> canonical("http://WWW.baobinhphuoc.com.vn:80/print/tin-tuc/a-12.html?utm_source=zalo#top")
    'https://baobinhphuoc.com.vn/tin-tuc/a-12.html'
    """
    return _known(url) if len(url) <= _USUAL else _canonical(url)


def _canonical(url: str) -> str:
    parts = _split(url)
    path = _path(parts.path)
    query = _query(parts.query)
    if not query and _INDEX.match(path):
        path = "/"
    return f"https://{_host(parts, url)}{path}" + (f"?{query}" if query else "")


_USUAL = 500  # characters of an address
_known = lru_cache(4096)(_canonical)  # from a listing into the archive an address is asked about half a dozen times


def declared(page: str, address: str | None) -> str:
    """The canonical address of a page that declares `address` as its own (rel=canonical, og:url).

    Both are absolute. The declaration counts where it names a page of the same host; one that names another host, or
    the home page from elsewhere (a common slip of templates), is passed over for the page's own address.
    """
    own = canonical(page)
    if not address:
        return own
    try:
        stated = canonical(address)
    except ValueError:
        return own
    ours, theirs = urlsplit(own), urlsplit(stated)
    if ours.netloc != theirs.netloc or (theirs.path in ("", "/") and not theirs.query):
        return own
    return stated


def _split(url: str) -> SplitResult:
    text = _INVISIBLE.sub("", url).strip()
    before_query, mark, query = text.partition("?")
    text = before_query.replace("\\", "/") + mark + query  # as browsers read it
    if len(text) > LONGEST:
        raise AddressError(f"{text[:60]}… is longer than an address may be ({LONGEST} characters)")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise AddressError(f"{_quoted(text)} is no address: {str(error)[:80]}") from None
    if parts.scheme.lower() not in _PORTS or not parts.hostname:
        raise AddressError(
            f"{_quoted(text)} is no web address; write one such as https://phunu.caobang.gov.vn/vi/news/tin-1.html"
        )
    if port == 0:
        raise AddressError(f"{_quoted(text)} names port 0, which nobody can listen on")
    return parts


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 100 else text[:100] + "…")


def _host(parts: SplitResult, url: str) -> str:
    host = nfc(parts.hostname or "").lower().rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            raise AddressError(f"{_quoted(url)} has a host name that cannot exist") from None
    if not _HOST.fullmatch(host) or ".." in host or len(host) > 253:
        raise AddressError(f"{_quoted(url)} has a host name that cannot exist")
    if not host.replace(".", "").isdigit():
        host = _TWIN_HOST.sub("", host, count=1) if _TWIN_HOST.match(host) else host
    port = parts.port
    return host if port is None or port in _PORTS.values() else f"{host}:{port}"


def _path(path: str) -> str:
    path = _SLASHES.sub("/", "/" + _spelled(_PATH_SESSION.sub("", path)))
    path = _without_dots(path)
    for _ in range(8):  # a twin of a twin is one too; more layers are no site's
        shorter = _TWIN_END.sub("", _TWIN_SEGMENT.sub("", path))
        if shorter == path:
            break
        path = shorter
    return path or "/"


def _without_dots(path: str) -> str:
    """The path with `.` and `..` resolved (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    """The query without tracking, sessions and views, in the order of the alphabet."""
    pairs = []
    for pair in query.replace("+", "%20").split("&"):
        name, equals, value = _spelled(pair).partition("=")
        if (name or value) and not _is_dropped(name.lower(), value):
            pairs.append(name + equals + value)
    return "&".join(sorted(pairs))


@cache
def _dropped() -> tuple[dict[str, re.Pattern[str] | None], tuple[str, ...]]:
    """Whole names (with the value that is dropped, if only one is) and beginnings of names, of parameters.csv."""
    lines = files("worker.dedup").joinpath("parameters.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    whole = {row["name"]: re.compile(row["value"]) if row["value"] else None for row in rows if row["name"][-1] != "*"}
    return whole, tuple(row["name"][:-1] for row in rows if row["name"][-1] == "*")


def _is_dropped(name: str, value: str) -> bool:
    whole, beginnings = _dropped()
    if name in whole:
        only = whole[name]
        return only is None or only.fullmatch(value) is not None
    return name.startswith(beginnings)


def _spelled(text: str) -> str:
    """Percent-encoding in one spelling: unreserved letters bare, the rest in capitals, UTF-8 in NFC."""
    text = _STRAY_PERCENT.sub("%25", text)
    text = nfc(_ENCODED.sub(_decoded, text))
    if all(char in _LEGAL for char in text):
        return text
    return "".join(char if char in _LEGAL else _encoded(char) for char in text)


def _decoded(match: re.Match[str]) -> str:
    """A run of %XX with what may stand bare decoded; bytes that are not UTF-8 stay encoded."""
    raw = bytes.fromhex(match[0].replace("%", ""))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0].upper()
    return "".join(char if char in _UNRESERVED or ord(char) > 127 else _encoded(char) for char in text)


def _encoded(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))
