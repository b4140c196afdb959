"""What the site puts around the article, recognised across the pages of one source."""

from __future__ import annotations

import hashlib
import re

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def digest(text: str) -> int:
    """A signed 64-bit hash of a block's text, digits masked and case folded.

    A visitor counter that changes at every hit keeps its digest; SQLite holds the number as it is.
    """
    masked = _DIGITS.sub("0", text.casefold())
    return int.from_bytes(hashlib.blake2b(masked.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
