"""What the site puts around the article, recognised by its names and across the pages of one source."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from worker.clean import names
from worker.models import text_digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.clean.pieces import Box
    from worker.models import Memory

NEW, KNOWN, TEASED, COMMON = range(4)
"""How a block stands in the memory of its source: never seen; in the body of some page; on some pages, in the body of
none (as chrome is, and as the lead of an article is that other pages tease); chrome."""

ENOUGH = 3
"""From this many earlier pages on it says something that a block was on none of them, or on most."""

MANY = 10
"""From this many earlier pages on, what most of them have is chrome; of fewer, what all of them have."""

_MOST = 0.6


def standings(memory: Memory, texts: Iterable[str]) -> list[int]:
    """How each block of a page stands in the memory of its source; empty where there is no memory.

    A block that was on earlier pages, but in no article there, is chrome. One that was in the body of some page is not
    condemned for being common, for sentences of the genre are; but what most pages have is no sentence of an article.
    """
    if not memory.pages:
        return []
    unseen = NEW if memory.pages >= ENOUGH else KNOWN
    most = _MOST * memory.pages if memory.pages >= MANY else max(memory.pages, ENOUGH)
    found = []
    for text in texts:
        sighting = memory.seen.get(text_digest(text))
        if sighting is None or not sighting.pages:
            found.append(unseen)
        elif sighting.pages >= most:
            found.append(COMMON)
        else:
            found.append(KNOWN if sighting.in_body else TEASED)
    return found


_REASONS = {
    "comment": "comments",
    "nav": "navigation",
    "foot": "footer",
    "cookie": "cookie notice",
    "subscribe": "subscription",
    "share": "share bar",
    "related": "related news",
    "popular": "other news",
    "modal": "dialog",
    "hidden-attribute": "not shown",
    "ad": "advertisement",
    "side": "side column",
    "bio": "author",
    "byline": "author",
    "caption": "caption",
    "media": "media",
    "form": "form",
    "game": "game",
}
_TAG_REASONS = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "side column",
    "form": "form",
    "dialog": "dialog",
    "menu": "navigation",
    "figure": "caption",
    "figcaption": "caption",
}


def reason_of(box: Box) -> str:
    """What an element's own tag and names call it, if that is no part of an article; else empty."""
    return _reason_of(box.tag, box.names if box.names >= 0 else names.of_box(box))


@lru_cache(maxsize=8192)
def _reason_of(tag: str, found: int) -> str:
    named = (reason for group, reason in _REASONS.items() if found & names.bit(group))
    return _TAG_REASONS.get(tag) or next(named, "")
