"""What a page says of its article: title, publication date, authors, stated source, views, canonical address, lead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What was read beside the body; what the page does not state is empty or None, never guessed.

    `published` is ISO 8601: a day ("2023-11-22"), or a minute with its zone ("2024-03-20T11:23+07:00"), as
    `published_precision` says (day | minute). `byline` and `origin` are as written, `authors` the names in the byline,
    in the case that names have. `canonical` is an absolute address.
    """

    title: str = ""
    published: str | None = None
    published_precision: str | None = None
    byline: str = ""
    authors: tuple[str, ...] = ()
    origin: str = ""
    views: int | None = None
    canonical: str | None = None
    lead: str = ""
