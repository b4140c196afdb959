"""What a page says of its article: title, publication date, authors, stated source, views, canonical address, lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from worker.clean import lexicon, lines
from worker.clean.metadata import authors, dates, titles
from worker.clean.metadata import head as heads
from worker.clean.pieces import plain

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from worker.clean.metadata.head import Head
    from worker.clean.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What was read beside the body; what the page does not state is empty or None, never guessed.

    `published` is ISO 8601: a day ("2023-11-22"), or a minute with its zone ("2024-03-20T11:23+07:00"), as
    `published_precision` says (day | minute). `byline` and `origin` are as written, `authors` the names in the byline,
    in the case that names have. `canonical` is an absolute address. `declared` says that the markup calls the page an
    article; portals leave that out, but say it of no listing. `vietnamese` says that its clock is that of Vietnam.
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
    declared: bool = False
    vietnamese: bool = False


def read(
    tree: LexborHTMLParser,
    url: str,
    fetched_at: datetime | None = None,
    profile: Profile | None = None,
    stated: Head | None = None,
) -> Metadata:
    """The metadata of a page's markup; what a profile's selectors find goes before all else.

    `stated` is what the markup states, where it has been read already.

    The byline, stated source and views that stand in the text only (`lines.byline` and its like) are for the caller to
    add. Never raises for what a page holds.
    """
    url = url if _is_address(url) else ""
    stated = stated or heads.read(tree)
    found = _of_profile(tree, profile) if profile else {}
    lower = {} if titles.is_borne_out(stated) and stated.headings else _lower_headings(tree)
    title = found.get("title") or titles.find(stated, url, lower)
    heading = next((node for text, node in lower.items() if title and title in text), None) or stated.heading
    page = dates.page(stated, url, fetched_at, title)
    when = dates.find(stated, page, heading, found.get("date", ""))
    byline = lines.byline(found["author"]) if found.get("author") else None
    origin = lines.origin(found["origin"]) if found.get("origin") else None
    byline = byline or (origin.byline if origin else None) or authors.find(stated, vietnamese=page.vietnamese)
    return Metadata(
        title=title,
        published=when.iso if when else None,
        published_precision=when.precision if when else None,
        byline=byline.text,
        authors=byline.authors,
        origin=origin.name if origin else found.get("origin", ""),
        views=lines.number_in(found.get("views", "")),
        canonical=_canonical(stated, url),
        lead=found.get("lead") or stated.meta("og:description", "description"),
        declared=_is_declared(stated),
        vietnamese=page.vietnamese,
    )


_FIELDS = ("title", "lead", "date", "author", "origin", "views")


def _of_profile(tree: LexborHTMLParser, profile: Profile) -> dict[str, str]:
    """The text that the first matching selector of each field finds."""
    found: dict[str, str] = {}
    for name in _FIELDS:
        for selector in getattr(profile, name):
            node = tree.css_first(selector)
            if node is None or not (text := plain(_value(node)[:1000])):
                continue
            if name != "title" or lexicon.find(text) is None:  # "« Quay lại" is set as headlines are
                found[name] = text
                break
    return found


def _value(node: LexborNode) -> str:
    attributes = node.attributes
    return attributes.get("content") or attributes.get("datetime") or node.text(separator=" ")


def _lower_headings(tree: LexborHTMLParser) -> dict[str, LexborNode]:
    """The h2, h3 and h4 of a page that has no h1, by their text."""
    return {plain(node.text(separator=" ")[:400]): node for node in tree.css("h2,h3,h4")[:80]}


def _is_declared(stated: Head) -> bool:
    """Whether JSON-LD, meta elements or microdata call the page an article. (og:type alone does so on listings too.)"""
    return bool(
        stated.articles
        or "article:published_time" in stated.metas
        or "articlebody" in stated.props
        or "datepublished" in stated.props
    )


def _is_address(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _canonical(stated: Head, url: str) -> str | None:
    """The address that the page calls its own, absolute; one of another scheme than the web's is none."""
    for address in (stated.canonical, stated.metas.get("og:url")):
        if not address or len(address) > 2000:
            continue
        try:
            absolute = urljoin(url, address.strip())
        except ValueError:
            continue
        if absolute.startswith(("http://", "https://")) and _is_address(absolute):
            return absolute
    return None
