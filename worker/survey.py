"""A look at a site: where its new articles appear, what it runs on, and what its first articles would look like.

`worker sources add` writes an entry from it; `worker sources check` holds it against an entry that is there.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from worker import discover, doors, limit
from worker.clean import profile
from worker.discover.absent import absent
from worker.discover.home import Doors, sends_on
from worker.discover.page import tree_of
from worker.facts.gazetteer import hosts
from worker.fetch import FetchError, Transport
from worker.limit import TooLong, at_most
from worker.models import Capture, PageKind
from worker.refine import refine
from worker.store.errors import PageFailed, one_page
from worker.values import provinces
from worker.vietnamese import fold, nfc

if TYPE_CHECKING:
    from worker.config import Source

T = TypeVar("T")

SAMPLES = 3
"""Articles that are looked at."""

LONGEST = 900.0
"""Seconds that a look may take, all pauses included."""

_MOST_NAMED = 100  # articles of one door that are kept in mind: some of them are looked at
_TRIED = 6  # doors of a kind that are opened: enough to tell, and still polite
_LONGEST_NAME = 120
_LONGEST_TEXT = 300_000
_PARTS = re.compile(r"\s+[-|–—:•]+\s+|\s*\|\s*")
_PUBLISHER = re.compile(r"^(?:trung ương |ban |các )?(?:hội|báo|cổng|tạp chí|trang|ủy ban|ubnd|sở)\b", re.IGNORECASE)
_SIGNERS = ("hội lhpn tỉnh", "hội lhpn thành phố", "hội liên hiệp phụ nữ tỉnh", "hội liên hiệp phụ nữ thành phố", "báo")
_PRESS = re.compile(r"^(?:báo|tạp chí|thời báo)\b", re.IGNORECASE)
_UNION = re.compile(r"phụ nữ|phunu|lhpn", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sample:
    """One article as it would be archived."""

    url: str
    kind: PageKind
    title: str = ""
    published: str | None = None
    words: int = 0


@dataclass(slots=True)
class Survey:
    """What was seen. `doors` holds only what opens and names articles; `problems` are sentences."""

    home: str
    name: str = ""
    kind: str = "government"
    province: str | None = None  # GSO code of the 63
    profile: str | None = None
    doors: Doors = field(default_factory=Doors)
    samples: list[Sample] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


async def survey(source: Source, transport: Transport) -> Survey:
    """Look at a source's home, its doors (its own, else those that the home page shows) and its first articles.

    Whatever a site answers, the look comes to its end within `LONGEST`, and says so.
    """
    seen = Survey(source.home)
    try:
        async with asyncio.timeout(LONGEST):
            await _look(source, transport, seen)
    except TimeoutError:
        seen.problems.append(f"the look was given up after {LONGEST / 60:g} minutes; the site is slow to answer")
    return seen


def _read(url: str, seen: Survey, reading: Callable[[], T]) -> T | None:
    """What a page says, read within a bound of time; None and a problem where it cannot be read."""
    try:
        with one_page(url), at_most(limit.LINKS):
            return reading()
    except (PageFailed, TooLong) as failure:
        seen.problems.append(f"{url} could not be read: {failure}")
        return None


async def _look(source: Source, transport: Transport, seen: Survey) -> None:
    capture = await _fetched(source.home, source, transport, seen)
    if capture is None:
        return
    if not doors.same_site(source.home, capture.url):
        seen.problems.append(f"{source.home} has moved to {capture.url}")
    _read(source.home, seen, partial(_identify, capture, seen))
    articles = _articles(_page(source.home, capture, source, seen))
    own = Doors(source.discover.feeds, source.discover.sitemaps, source.discover.listings)
    shown = own
    if not any(_all(own)):
        there = await _shown(capture, source, transport, seen)
        shown = replace(there, listings=tuple(dict.fromkeys((capture.url, *there.listings))))  # a menu names itself
    if not articles and (target := sends_on(capture)):
        seen.problems.append(f"{source.home} only sends browsers on to {target}; write that as its home:")
    opened: dict[str, list[str]] = {"feeds": [], "sitemaps": [], "listings": []}
    for kind, found in opened.items():
        for url in getattr(shown, kind)[: None if shown is own else _TRIED]:
            named = await _named(url, source, transport, seen if shown is own else Survey(""))
            if named:
                found.append(url)
                articles = [*named, *articles] if kind == "feeds" else [*articles, *named]
            elif named is not None and shown is own:
                seen.problems.append(f"{url} opens, but names no articles")
        seen.doors = Doors(*(tuple(urls) for urls in opened.values()))
    await _sample(list(dict.fromkeys(articles)), source, transport, seen)


async def _shown(home: Capture, source: Source, transport: Transport, seen: Survey) -> Doors:
    """The doors that a home page shows; none where it cannot be read."""
    try:
        with one_page(home.url):
            return await doors.shown(home, source, transport)
    except (PageFailed, TooLong) as failure:
        seen.problems.append(f"{home.url} could not be read: {failure}")
        return Doors()


def _all(doors: Doors) -> tuple[str, ...]:
    return (*doors.feeds, *doors.sitemaps, *doors.listings)


async def _fetched(url: str, source: Source, transport: Transport, seen: Survey) -> Capture | None:
    """The page, or None and a problem."""
    try:
        capture = await transport.fetch(url, source)
    except FetchError as failure:
        seen.problems.append(str(failure).rstrip("."))
        return None
    if capture.status != HTTPStatus.OK:
        seen.problems.append(f"{url} answers {capture.status}")
        return None
    return capture


async def _named(url: str, source: Source, transport: Transport, seen: Survey) -> list[str] | None:
    """The articles that a door names; None: it does not open."""
    capture = await _fetched(url, source, transport, seen)
    if capture is None:
        return None
    page = _page(url, capture, source, seen)
    if page and page.door is discover.Door.SITEMAP_INDEX and page.onward:
        below = await _fetched(page.onward[0], source, transport, seen)
        page = _page(page.onward[0], below, source, seen) if below else page
    return _articles(page) if page else None


def _page(url: str, capture: Capture, source: Source, seen: Survey) -> discover.Found | None:
    """What a page names; None and a problem where it cannot be read, or something else stands in its place."""
    page = _read(url, seen, partial(discover.find, capture, source))
    if page and (instead := _read(url, seen, partial(absent, capture, page, source))):
        seen.problems.append(f"{url} names no articles: {instead.why}")
        return None
    return page


def _articles(page: discover.Found | None) -> list[str]:
    return [link.url for link in page.links[:_MOST_NAMED]] if page else []


def _identify(capture: Capture, seen: Survey) -> None:
    """Name, kind, province and system of a site, from its home page and its address."""
    tree = tree_of(capture)
    seen.profile = _family(capture)
    node = tree.css_first('meta[property="og:site_name"]')
    title = tree.css_first("title")
    text = (node.attributes.get("content") if node else None) or (title.text() if title else "")
    parts = [part for part in _PARTS.split(nfc(" ".join((text or "")[:1000].split()))) if _PUBLISHER.search(part)]
    body = nfc(" ".join((tree.body.text(separator=" ") if tree.body else "")[:_LONGEST_TEXT].split()))
    seen.name = max(parts, key=len, default=_signed(body))[:_LONGEST_NAME]
    host = urlsplit(seen.home).hostname or ""
    if _PRESS.search(seen.name):
        seen.kind = "press"
    elif _UNION.search(seen.name) or _UNION.search(host):
        seen.kind = "union"
    seen.province = _province(seen.name) or hosts.province_of(seen.home)


def _family(capture: Capture) -> str | None:
    family = profile.detect(tree_of(capture))
    return family.name if family else None


def _signed(text: str) -> str:
    """The publisher that a page names last: it signs at its foot."""
    folded = text.casefold()
    found = [
        (folded.rfind(f"{who} {province.casefold()}"), f"{who} {province}")
        for who in _SIGNERS
        for province in provinces().values()
    ]
    place, name = max(found)
    return text[place : place + len(name)] if place >= 0 else ""


def _province(name: str) -> str | None:
    """The province that a publisher's name holds; None where it holds none, or several."""
    text = fold(name).casefold()
    known = {code: fold(province).casefold() for code, province in provinces().items()}
    found = [code for code, province in known.items() if re.search(rf"\b{re.escape(province)}\b", text)]
    return found[0] if len(found) == 1 else None


async def _sample(urls: list[str], source: Source, transport: Transport, seen: Survey) -> None:
    """Fetch and refine the first articles; more than one that is none means that something is wrong."""
    if not urls:
        seen.problems.append(f"no articles were found from {source.home}; name feeds or listings under discover:")
        return
    for url in urls[:SAMPLES]:
        capture = await _fetched(url, source, transport, seen)
        if capture is None:
            continue
        seen.profile = seen.profile or _read(url, seen, partial(_family, capture))
        refined = _read(url, seen, partial(refine, capture, source, facts=False))
        if refined is None:
            continue
        if (article := refined.article) is None:
            seen.samples.append(Sample(url, refined.kind))
            seen.problems.append(f"{url} was taken for an article, and is a page of kind {refined.kind.value}")
        else:
            seen.samples.append(Sample(url, refined.kind, article.title, article.published, len(article.body.split())))
    if seen.samples and not any(sample.title for sample in seen.samples):
        seen.problems.append("none of the first articles has a title; see `worker explain` and the clean: settings")
