"""What the site puts around the article, recognised by its names and across the pages of one source."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from worker.clean import names
from worker.models import text_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.clean.pieces import Box
    from worker.models import Memory

UNTOLD, NEW, KNOWN, TEASED, COMMON, REPEATED = range(6)
"""How a block stands in the memory of its source: not known, which says nothing yet; never seen; in the body of some
page; on some pages, in the body of none (as chrome is, and as the lead of an article is that other pages tease);
chrome, as it is on most; chrome that was taken for the body there, as what stands within the text is."""

ENOUGH = 3
"""From this many earlier pages on it says something that a block was on none of them, or on most."""

MANY = 10
"""From this many earlier pages on, what most of them have is chrome; of fewer, what all of them have."""

_MOST = 0.6


def standings(memory: Memory, texts: Sequence[str]) -> list[int]:
    """How each block of a page stands in the memory of its source; empty where that teaches nothing of this page.

    A block that was on earlier pages, but in no article there, is chrome. One that was in the body of some page is not
    condemned for being common, for sentences of the genre are; but what most pages have is no sentence of an article.
    That a block is new says something where other blocks are not: else the site was built anew.
    """
    if not memory.pages:
        return []
    most = _MOST * memory.pages if memory.pages >= MANY else max(memory.pages, ENOUGH)
    found = []
    for text in texts:
        sighting = memory.seen.get(text_digest(text))
        if sighting is None or not sighting.pages:
            found.append(NEW)
        elif sighting.pages >= most:
            found.append(REPEATED if sighting.in_body > 1 else COMMON)
        else:
            found.append(KNOWN if sighting.in_body else TEASED)
    if found.count(REPEATED) >= _SENTENCES:
        found = _unless_bulletin(texts, found)
    if memory.pages == 1 and _is_seen_again(texts, found):
        return []
    if memory.pages < ENOUGH or found.count(NEW) > (1 - _FAMILIAR) * len(found):
        return [UNTOLD if standing == NEW else standing for standing in found]
    return found


def _is_seen_again(texts: Sequence[str], found: Sequence[int]) -> bool:
    """Whether this is the only page of its site that was seen, again: of its text more was in a body than is new."""
    known = sum([len(text) for text, standing in zip(texts, found, strict=True) if standing == KNOWN])
    return known > sum([len(text) for text, standing in zip(texts, found, strict=True) if standing == NEW])


_SENTENCES = 3  # of a bulletin, at the least: one that tells a number on every page is a banner with a counter


def _unless_bulletin(texts: Sequence[str], found: list[int]) -> list[int]:
    """Where more text is repeated in sentences with numbers than is new, the page is a bulletin of its source, which
    is the same every day but for its numbers (they are masked in a memory): the sentences are known, and no chrome."""
    told = {at for at, (text, one) in enumerate(zip(texts, found, strict=True)) if one == REPEATED and _counts(text)}
    new = sum([len(text) for text, one in zip(texts, found, strict=True) if one == NEW])
    if len(told) < _SENTENCES or sum([len(texts[at]) for at in told]) <= new:
        return found
    return [KNOWN if at in told else one for at, one in enumerate(found)]


def _counts(text: str) -> bool:
    """Whether a text is a sentence, with a number in it."""
    return text.count(" ") >= 10 and text.rstrip('"”’»)').endswith((".", ";", "!", "…")) and bool(_DIGIT.search(text))


_DIGIT = re.compile(r"\d")

_FAMILIAR = 0.1
"""Of a page's blocks: so many of a known template are, at the least, its menus and its footer."""


_REASONS = {
    "comment": "comments",
    "nav": "navigation",
    "foot": "footer",
    "cookie": "cookie notice",
    "subscribe": "subscription",
    "letter": "subscription",
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
    "marquee": "ticker",
    "figure": "caption",
    "figcaption": "caption",
}


def reason_of(box: Box) -> str:
    """What an element's own tag and names call it, if that is no part of an article; else empty."""
    return _TAG_REASONS.get(box.tag) or _named(box.names if box.names >= 0 else names.of_box(box))


@lru_cache(maxsize=8192)
def _named(found: int) -> str:
    return next((reason for group, reason in _REASONS.items() if found & names.bit(group)), "")
