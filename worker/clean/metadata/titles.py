"""The title of an article, out of what h1, JSON-LD, OpenGraph, microdata and the title element say.

These agree on most pages. Where they differ, the site's name, a kicker or a rewording has come in, and the rules below
say which statement is the headline; each names the cause that it was found for.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from worker.clean.pieces import plain
from worker.vietnamese import fold

if TYPE_CHECKING:
    from worker.clean.metadata.head import Head

_LONGEST = 400  # characters of a title; h1 elements that hold whole articles are none


@dataclass(frozen=True, slots=True)
class _Stated:
    """The title as each place states it, without the site's name; empty where it states none."""

    shown: str  # h1 or the visible itemprop=headline
    linked: str  # JSON-LD headline
    shared: str  # og:title
    tweeted: str  # twitter:title
    window: str  # the title element


def find(head: Head, url: str, headings: Iterable[str] = ()) -> str:
    """The headline.

    `headings` are lower headings in page order, for pages without an h1 and for those whose h1 nothing bears out.
    """
    if len(head.headings) == 1 and _all_agree(head):
        return head.headings[0]
    stated = _stated(head, url, headings)
    title = _chosen(stated)
    return title or stated.shared or stated.linked or stated.shown or stated.tweeted or stated.window


def is_borne_out(head: Head) -> bool:
    """Whether the title element and og:title have nearly all words of an h1.

    Else the h1 names the section, a box of other news, or the day's motto, and the headline is a lower heading.
    """
    told = f"{head.title} {head.metas.get('og:title', '')}"
    others = set(_key(told[: 2 * _LONGEST]).split())
    return not others or any(
        10 * len(words & others) >= 8 * len(words) for words in (set(_key(text).split()) for text in head.headings[:40])
    )


def _all_agree(head: Head) -> bool:
    """Whether h1, og:title and JSON-LD say the same, letter for letter: most pages are settled so."""
    title = head.headings[0]
    return len(title) <= _LONGEST and all(
        stated == title for stated in (head.metas.get("og:title"), head.articles and head.articles[0].get("headline"))
    )


def _chosen(said: _Stated) -> str:
    """The statement that is the headline, by which of h1, JSON-LD and og:title agree."""
    shown, linked, shared = map(_key, (said.shown, said.linked, said.shared))
    if shared and shown != shared and (_is_kicked(shown, shared) or _is_kicked(shared, shown)):
        return said.shared  # "Kicker: headline" in one of the two: what is shared says which belongs to it
    if linked and linked == shared:
        return said.linked
    if shown and shown == shared:  # both may have been reworded for readers; JSON-LD keeps what was published first
        return said.linked if linked and _is_another(linked, shown) else said.shown
    if shown and not linked:
        agreed = {_key(said.tweeted), _key(said.window)}
        return said.shared if shared and shared in agreed and shown not in agreed else said.shown
    # No two agree, or h1 and JSON-LD do: what the window's title bears out, else what is shown.
    return said.linked if linked and (not shown or linked == _key(said.window)) else said.shown


def _is_kicked(longer: str, shorter: str) -> bool:
    """Whether a headline is another with a few words before it."""
    return len(longer) > len(shorter) >= 12 and longer.endswith(f" {shorter}")


def _is_another(linked: str, shown: str) -> bool:
    """Whether JSON-LD has a headline of its own: as long as one, and neither part of the shown one nor more of it."""
    return linked.count(" ") >= 3 and linked not in shown and shown not in linked


# --- the statements, cleaned ------------------------------------------------------------------------------------------


def _stated(head: Head, url: str, headings: Iterable[str]) -> _Stated:
    site = _site_names(head, url)
    linked = next((text for node in head.articles[:1] if (text := _clean(node.get("headline")))), "")
    linked = linked or next((text for node in head.articles[:1] if (text := _clean(node.get("name")))), "")
    shared, tweeted = _clean(head.metas.get("og:title")), _clean(head.metas.get("twitter:title"))
    window = _clean(head.title or head.metas.get("title"))
    others = [text for text in (linked, shared, tweeted, window) if text]
    shown = _without_site(_shown(head, url, headings, others, site), set(), site)
    known = {_key(shown)} - {""}
    linked = _without_site(linked, known, site)
    known |= {_key(linked)} - {""}
    return _Stated(shown, linked, *(_without_site(text, known, site) for text in (shared, tweeted, window)))


def speaks_of(title: str, text: str) -> float:
    """The share of a title's words that a text has, too."""
    words = set(_key(title).split())
    return len(words.intersection(_key(text).split())) / max(1, len(words))


def _clean(text: object) -> str:
    """One line, with entities decoded that were encoded twice."""
    if isinstance(text, list):
        text = text[0] if text else ""
    if not isinstance(text, str) or len(text) > 4 * _LONGEST:
        return ""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    text = plain(_TAGS.sub("", text) if "<" in text else text)
    text = _DAY_BEHIND.sub("", text)
    return text if len(text) <= _LONGEST else ""


_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,100}>")
_DAY_BEHIND = re.compile(r"\s*[(\[]\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:[ ,-]+\d{1,2}[:h]\d{2}(?::\d{2})?)?[)\]]$")
"""What portals set behind a headline: "… tại xã Tân Lập (12/10/2024)"."""
_NOT_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=64)  # a page states its title again and again
def _key(text: str) -> str:
    """What titles are compared by: words in lower case."""
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


def _shown(head: Head, url: str, headings: Iterable[str], others: list[str], site: set[str]) -> str:
    """The h1 that is the headline: of several the one most like the other statements, never the site's name."""
    candidates = [text for heading in head.headings[:40] if (text := _clean(heading)) and _key(text) not in site]
    candidates += [text for value in head.props.get("headline", [])[:3] if (text := _clean(value))]
    if candidates and headings and (below := _lower_heading("", headings, others)):
        return below
    if len(candidates) == 1 or (candidates and not others):
        return candidates[0]
    if candidates:
        likeness = {text: _likeness(text, others) for text in reversed(candidates)}
        best = max(reversed(likeness), key=likeness.__getitem__)
        return best if likeness[best] > 0.3 else candidates[0]
    return _lower_heading(url, headings, others)


def _lower_heading(url: str, headings: Iterable[str], others: list[str]) -> str:
    """For a page without an h1: the heading that the other statements or the address spell."""
    slug = set(_SLUG_WORD.findall(fold(unquote(urlsplit(url).path))))
    for heading in headings:
        text = _clean(heading)
        words = set(_SLUG_WORD.findall(fold(text)))
        if len(words) >= 4 and (len(words & slug) / len(words) >= 0.8 or _begins_one(text, others)):
            return text
    return ""


def _begins_one(text: str, others: Iterable[str]) -> bool:
    key = _key(text) + " "
    return any((_key(other) + " ").startswith(key) for other in others)


_SLUG_WORD = re.compile(r"[a-z0-9]+")


def _likeness(text: str, others: Iterable[str]) -> float:
    """The greatest share of words that a text has in common with one of the others (of their union)."""
    words = set(_key(text).split())
    unions = ((words & other, words | other) for other in (set(_key(one).split()) for one in others))
    return max((len(both) / len(either) for both, either in unions if either), default=0.0)


# --- the site's name --------------------------------------------------------------------------------------------------

_SEPARATOR = re.compile(r"\s+[-–—|·•*«»:/]{1,2}\s+|\s*[|｜»«]\s*|--|\s+[-–—]|(?<=\w):\s+")


def _site_names(head: Head, url: str) -> set[str]:
    names = {
        _key(_clean(head.metas.get(name)))
        for name in ("og:site_name", "application-name", "apple-mobile-web-app-title")
    }
    names |= set(map(_key, head.banners[:3]))
    for node in (*head.articles[:3], *head.things[:20]):
        names |= {_key(_clean(name)) for name in _names_of(node)}
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    names |= {_key(host), host.split(".")[0]}
    return names - {""}


def _names_of(node: dict[str, object]) -> Iterator[object]:
    publisher = node.get("publisher")
    if isinstance(publisher, dict):
        yield publisher.get("name")
    if node.get("@type") in ("WebSite", "Organization", "NewsMediaOrganization"):
        yield node.get("name")


def _without_site(text: str, known: set[str], site: set[str]) -> str:
    """The title without what follows or precedes it: the site's name, and with it the section's.

    Where a part of it is the headline as another place states it, all else goes; otherwise only parts that name the
    site, from the end and then from the start.
    """
    breaks = list(_SEPARATOR.finditer(text))[:12]
    for at in breaks:
        if _key(text[: at.start()]) in known:
            return text[: at.start()]
    ends = len(text)
    for at in reversed(breaks):
        if at.start() == 0 or not _names_site(text[at.end() : ends], site):
            break
        ends = at.start()
    text = text[:ends].strip()
    if breaks and breaks[0].start() < ends and _names_site(text[: breaks[0].start()], site):
        text = text[breaks[0].end() :]
    return text


def _names_site(part: str, site: set[str]) -> bool:
    key = _key(part)
    squeezed = fold(key).replace(" ", "")
    return bool(key) and (key in site or any(squeezed == fold(name).replace(" ", "") for name in site))
