"""What the site puts around the article, recognised by its names and across the pages of one source."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from worker.clean import names

if TYPE_CHECKING:
    from worker.clean.blocks import Box
    from worker.models import Memory

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def digest(text: str) -> int:
    """A signed 64-bit hash of a block's text, digits masked and case folded.

    A visitor counter that changes at every hit keeps its digest; SQLite holds the number as it is.
    """
    masked = _DIGITS.sub("0", text.casefold())
    return int.from_bytes(hashlib.blake2b(masked.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def is_condemned(memory: Memory, block: int) -> bool:
    """Whether a block, by its digest, is known to be chrome: it was on earlier pages, and not in an article there.

    A block that was in the body of some page is not condemned for being common: sentences of the genre are.
    """
    sighting = memory.seen.get(block)
    return sighting is not None and sighting.pages > 0 and sighting.in_body == 0


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
    return _TAG_REASONS.get(box.tag) or _reason_of_names(box.names or names.read(box))


@cache
def _reason_of_names(found: int) -> str:
    return next((reason for group, reason in _REASONS.items() if found & names.bit(group)), "")
