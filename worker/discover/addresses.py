"""Addresses as discovery sees them: made absolute, told apart by site, and reduced to the shape that articles share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit

from worker.discover.words import words
from worker.values import site_host
from worker.vietnamese import nfc

LONGEST = 2048
"""Characters of an address that is looked at; what is longer is none that a person would follow."""

_TWIN = re.compile(r"^(?:www\d?|m|mobile|wap|amp)\.")
_ENDING = re.compile(r"\.([a-z0-9]{1,5})$")
_NUMBER_AT_END = re.compile(r"(?:^|[-_.])(?P<mark>[a-z]{0,5})(?P<number>\d+)(?P<more>(?:[-_.]\d+){0,5})$")
_GUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_NUMBER = re.compile(r"\d+")
_NUMBERED = re.compile(r"\d+(?=$|:)")  # id=36:hoi-nghi, says Joomla
_SLUG_IN_QUERY = re.compile(r"/(?!page-)[^/]+-\d+$")  # op=Tin-tuc/Hoi-nghi-36, says NukeViet
_WORD = re.compile(r"[^\W\d_]+")
_SPACE = re.compile(r"[\t\r\n]+")
_NO_URI = re.compile(r"[^!-~]+")
"""What no address holds when it is asked for: Vietnamese letters, blanks, what commands a terminal."""

LONG_SLUG = 4
"""Words of a slug from which on it is likely a title ("hoi-nghi-tong-ket-nam"), not a section ("tin-tuc")."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart. `shape` is what the addresses of one kind of page share."""

    url: str
    host: str  # without www, m and the like
    folders: tuple[str, ...]  # the path without its last segment
    stem: str  # the last segment without its ending
    slug_words: int
    numbered: bool  # it carries a number or a GUID that tells it from others of its shape
    shape: str

    @property
    def trunk(self) -> tuple[str, ...]:
        """The path without ending: a section's trunk is the beginning of its pages' trunks."""
        return (*self.folders, self.stem) if self.stem else self.folders

    @property
    def could_be_article(self) -> bool:
        """Nothing but the address is known: does it look like one page among many?"""
        return self.numbered or self.slug_words >= LONG_SLUG


def absolute(href: str, base: str) -> str | None:
    """The address that a link leads to, as a browser asks for it, without fragment; None where it is no web page's.

    >>> absolute("/tin/hội nghị.html", "https://báophụnữ.vn/")
    'https://xn--bophn-xqa5094clca.vn/tin/h%E1%BB%99i%20ngh%E1%BB%8B.html'
    """
    href = _SPACE.sub("", href.strip())
    if not href or href.startswith("#") or len(href) > LONGEST:
        return None
    try:
        url = href if href.startswith(("http://", "https://")) else urljoin(base, href)
        parts = urlsplit(url)
        host = parts.hostname
        if host and not host.isascii():
            port = f":{parts.port}" if parts.port else ""
            parts = parts._replace(netloc=nfc(host).encode("idna").decode("ascii") + port)
            url = parts.geturl()
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or len(url) > LONGEST:
        return None
    return _NO_URI.sub(lambda match: quote(match[0], errors="replace"), url.partition("#")[0])


def site(url: str) -> str:
    """The host of an address without www, m and the like; empty where there is none."""
    return _TWIN.sub("", site_host(url))


def is_file(url: str) -> bool:
    """Whether the address ends like a document, a picture or a program."""
    ending = _ENDING.search(urlsplit(url).path.lower())
    return ending is not None and ending[1] in words().files


def take_apart(url: str) -> Address:
    """An absolute address, taken apart."""
    parts = urlsplit(url)
    segments = [_read(segment) for segment in parts.path.split("/") if segment]
    last = segments[-1] if segments else ""
    ending = _ENDING.search(last)
    stem = last[: ending.start()] if ending else last
    tail, words_of_slug, numbered = _tail(stem)
    keys, numbered_query = _query(parts)
    folders = tuple(segments[:-1])
    numbers = sum(segment.isdigit() for segment in folders)
    shape = "/".join(
        (str(len(folders)), "#" * numbers, tail, ending[1] if ending else "/" * parts.path.endswith("/"), keys)
    )
    return Address(
        url=url,
        host=site(url),
        folders=folders,
        stem=stem,
        slug_words=words_of_slug,
        numbered=numbered or numbered_query,
        shape=shape,
    )


def _read(segment: str) -> str:
    """A segment of a path as it is read: Vietnamese letters may be percent-encoded, which is no word or number."""
    return nfc(unquote(segment)).lower() if "%" in segment or not segment.isascii() else segment.lower()


def _tail(stem: str) -> tuple[str, int, bool]:
    """The shape of a last segment, the words of its slug, and whether it carries a telling number."""
    if _GUID.search(stem):
        return "guid", len(_WORD.findall(_GUID.sub("", stem))), True
    if match := _NUMBER_AT_END.search(stem):
        slug = len(_WORD.findall(stem[: match.start()]))
        # The longest of the numbers at the end is the page's: "…-lan-3-1200", "…-<id>-<section>".
        digits = max(map(len, _NUMBER.findall(match["number"] + match["more"])))
        size = "1" if digits <= 2 else "3" if digits <= 4 else "5" if digits <= 7 else "8"
        return f"{'s' if slug else ''}-{match['mark']}#{size}", slug, digits >= 3 or bool(match["mark"])
    slug = len(_WORD.findall(stem))
    return ("slug" if slug >= LONG_SLUG else "word" if slug else "", slug, False)


def _query(parts: SplitResult) -> tuple[str, bool]:
    """The keys of a query, and whether one of them carries an article's number; that one is marked."""
    pairs = parse_qsl(parts.query[:LONGEST], keep_blank_values=True, max_num_fields=None)
    telling = {key.lower() for key, value in pairs if _tells(key.lower(), value.lower())}
    keys = sorted({key.lower() for key, _ in pairs})
    return "&".join(f"{key}#" if key in telling else key for key in keys), bool(telling)


def _tells(key: str, value: str) -> bool:
    if key in words().article_keys and (_NUMBERED.match(value) or _GUID.fullmatch(value)):
        return True
    return _SLUG_IN_QUERY.search(value) is not None
