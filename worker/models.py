"""The nouns of the program, as frozen dataclasses. No logic beyond what a noun says of itself.

Text is always NFC Unicode; offsets are code points; times are timezone-aware datetimes in UTC.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

MAX_PAGE = 64 * 1024 * 1024
"""Bytes of one page after decompression, wherever it is read from: four times what the crawler ever fetches."""


class Label(StrEnum):
    """What a block is. Every block of a page gets exactly one."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    BYLINE = "byline"
    DATE = "date"
    SOURCE = "source"
    CHROME = "chrome"


IN_BODY = frozenset({Label.LEAD, Label.BODY, Label.HEADING})
"""The labels whose blocks make up `Article.body`, in page order."""


class PageKind(StrEnum):
    """What a page is. Only articles become articles; the rest is recorded with its kind."""

    ARTICLE = "article"
    LISTING = "listing"
    ATTACHMENT = "attachment"
    NOT_FOUND = "not-found"  # also the "soft" one: status 200, text "không tìm thấy"
    MAINTENANCE = "maintenance"
    LOGIN = "log-in"
    CHALLENGE = "challenge"  # a first answer that only sets a cookie by script
    SPAM = "spam"  # taken over by gambling spam
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A URL that was found, with what the place where it was found says of it."""

    url: str
    found_on: str | None = None
    title: str | None = None
    published: str | None = None  # ISO date or datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One response, as it came.

    `body` is the payload after transfer and content decoding: the bytes that `charset` (the Content-Type's, if it names
    one) is said to decode. Header names are as sent. `certificate` says from when to when the server's is valid, where
    TLS was spoken; it is not archived.
    """

    url: str
    fetched_at: datetime
    status: int
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = ()
    redirected_from: tuple[str, ...] = ()
    request_headers: tuple[tuple[str, str], ...] = ()  # as sent; none where nothing was asked of a server
    certificate: tuple[datetime, datetime] | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name (any case), or None."""
        name = name.lower()
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def mime(self) -> str:
        """The media type, lower-case, without parameters; empty where the server names none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The charset that the Content-Type header declares, lower-case."""
        for parameter in (self.header("content-type") or "").split(";")[1:]:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "charset":
                return value.strip().strip("\"'").lower() or None
        return None

    @property
    def digest(self) -> str:
        """SHA-256 of the body, as `sha256:<hex>`."""
        return f"sha256:{hashlib.sha256(self.body).hexdigest()}"


class Block(NamedTuple):
    """A paragraph-sized piece of a page, with its label. (A tuple: a page has hundreds, and these are quickly made.)

    `reason` says why a block is chrome ("lexicon: share bar", "repeated", "alt text", …)
    and `signal` which of the four decided: profile, lexicon, structure, memory.
    """

    text: str
    kind: str  # p, h1…h6, li, tr, quote, pre, caption, alt, line
    path: str  # where it stood: "div#main>p" in a DOM, "line 12" in saved text
    label: Label
    reason: str | None = None
    signal: str | None = None

    @property
    def digest(self) -> int:
        """What the memory of a source knows the block by: see `text_digest`."""
        return text_digest(self.text)


def text_digest(text: str) -> int:
    """A signed 64-bit hash of a block's text, digits masked and case folded.

    A visitor counter that changes at every hit keeps its digest; SQLite holds the number as it is.
    """
    return _digest_of_line(text) if len(text) <= _LINE else _digest(text)


_LINE = 200  # characters of a line that is likely to come again
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def _digest(text: str) -> int:
    masked = _DIGITS.sub("0", text.casefold())
    return int.from_bytes(hashlib.blake2b(masked.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


_digest_of_line = lru_cache(maxsize=8_192)(_digest)  # a site's chrome is the same lines on page after page


@dataclass(frozen=True, slots=True)
class Sighting:
    """How often a block was seen on one source."""

    pages: int
    in_body: int  # on how many of them it was taken for a part of the article


@dataclass(frozen=True, slots=True)
class Memory:
    """What the earlier pages of one source taught about its blocks: digest -> sighting."""

    pages: int = 0
    seen: Mapping[int, Sighting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The article of a page. Its text columns are what the offsets of facts count in.

    `body` is the whole text, one paragraph a line: lead (also kept as `lead`), headings, paragraphs, lists, tables row
    by row; `captions` one caption a line; `byline` and `origin` (the stated source) as written. `published` is ISO
    8601, a day ("2023-11-22") or a minute with its zone ("2024-03-20T11:23+07:00"), None where the page does not
    state it.
    """

    url: str
    title: str
    body: str
    lead: str = ""
    captions: str = ""
    byline: str = ""
    origin: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_precision: str | None = None  # day | minute
    views: int | None = None

    def part(self, name: str) -> str:
        """The text of a column that facts may point into: title, body, captions, byline or origin."""
        if name not in PARTS:
            raise ValueError(f"an article has no part {name!r}; its parts are {', '.join(PARTS)}")
        text: str = getattr(self, name)
        return text


PARTS = ("title", "body", "captions", "byline", "origin")


FACT_KINDS = (
    "money", "quantity", "ratio", "person", "organisation", "place", "date", "document",
    "programme", "theme", "event", "award", "election", "cluster",
)  # fmt: skip
"""The kinds of facts in the order in which a reader wants them: numbers first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact with its evidence: `article.part(part)[start:end] == text`, in code points.

    `value` is normalised by kind; `number`, `date_start` and `date_end` repeat it in a
    form that SQL can compare. `name` is the canonical name of the entity that the fact names, if it names one.
    `province` (GSO code of the 63) and `year` say where and when the fact holds, `scope` from where that was read:
    sentence, paragraph, article or source.
    """

    kind: str
    text: str
    part: str
    start: int
    end: int
    value: Mapping[str, Any]
    rule: str
    confidence: float = 1.0
    qualifier: str | None = None
    number: int | float | None = None
    date_start: str | None = None
    date_end: str | None = None
    name: str | None = None
    province: str | None = None
    year: int | None = None
    scope: str | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refined:
    """What the pure middle makes of one capture."""

    kind: PageKind
    charset: str
    charset_from: str  # bom | header | meta | content | default
    canonical: str | None  # rel=canonical or og:url, as the page declares it, absolute
    blocks: tuple[Block, ...] = ()
    article: Article | None = None
    facts: tuple[Fact, ...] = ()
