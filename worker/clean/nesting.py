"""Keep a page's tags from being nested so deep that reading them takes for ever.

HTML's rules make a parser look back over all open elements at many tags, so 100,000 unclosed ones cost it quadratic
time. Browsers stop nesting at 512 elements (Chromium's kMaximumHTMLParserDOMTreeDepth); so does this, before parsing.
"""

from __future__ import annotations

import re

MAX_DEPTH = 512

_UNLIKELY = 4_000
"""More tags without an end tag than an honest page has at any point; parsing so many levels takes 20 ms at most."""

_WINDOW = 16_384

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>?")

# Elements that never hold others, and those that their own kind ends by itself: thousands of them nest nothing.
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_ENDED_BY_THEIR_KIND = {"p", "li", "dt", "dd", "option", "optgroup", "rt", "rp"}
_OF_TABLES = {"tr", "td", "th", "thead", "tbody", "tfoot"}
_FLAT = frozenset(_VOID | _ENDED_BY_THEIR_KIND | _OF_TABLES)


def bounded(markup: str) -> str:
    """The markup itself, or, where tags may be nested beyond any honest page's depth, without those below MAX_DEPTH.

    The text between the tags stays. Linear in the markup.
    """
    # Most pages have so few tags that nothing needs to be counted window by window.
    return _flattened(markup) if markup.count("<") > _UNLIKELY and _may_be_deep(markup) else markup


def _may_be_deep(markup: str) -> bool:
    """Whether more than _UNLIKELY elements could be open at once, by counts of < and </ alone."""
    open_at_most = 0
    for start in range(0, len(markup), _WINDOW):
        end = start + _WINDOW
        tags = markup.count("<", start, end)
        open_at_most += tags - 2 * markup.count("</", start, end + 1)
        # Within a window all openings may come first: they count in full for the moment.
        if open_at_most + tags // 2 > _UNLIKELY:
            return True
        open_at_most = max(open_at_most, 0)
    return False


def _flattened(markup: str) -> str:
    kept: list[str] = []
    at = depth = 0
    for match in _TAG.finditer(markup):
        if match[2].lower() in _FLAT:
            continue
        if match[1]:
            drop = depth > MAX_DEPTH
            depth = max(depth - 1, 0)
        else:
            depth += 1
            drop = depth > MAX_DEPTH
        if drop:
            kept.append(markup[at : match.start()])
            at = match.end()
    kept.append(markup[at:])
    return "".join(kept)
