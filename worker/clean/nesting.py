"""Keep a page's tags from being nested so deep, or so long, that reading them takes for ever.

HTML's rules make a parser look back over all open elements at many tags, so 100,000 unclosed ones cost it quadratic
time; to look over all attributes of a tag at each of them; and to open every <b> that nobody closed again in each
paragraph that follows, so that 84 kB become a tree of 4 GB. Browsers stop nesting at 512 elements (Chromium's
kMaximumHTMLParserDOMTreeDepth); so does this, before parsing.
"""

from __future__ import annotations

import re

MAX_DEPTH = 512

MAX_TAG = 65_536
"""Bytes: as many attributes as fit into it take a parser a quarter of a second."""

MAX_TAGS = 500_000
"""The longest real pages that we have met have under 60,000."""

_UNLIKELY = 4_000
"""More tags without an end tag than an honest page has at any point; parsing so many levels takes 20 ms at most."""

_WINDOW = 16_384

_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*)[^>]*>?")

# Elements that never hold others, and those that their own kind ends by itself: thousands of them nest nothing.
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_ENDED_BY_THEIR_KIND = {"p", "li", "dt", "dd", "option", "optgroup", "rt", "rp"}
_OF_TABLES = {"tr", "td", "th", "thead", "tbody", "tfoot"}
_FLAT = frozenset(name.encode() for name in _VOID | _ENDED_BY_THEIR_KIND | _OF_TABLES)


def bounded(markup: bytes) -> bytes:
    """The markup (UTF-8) itself, or, where it goes beyond any honest page, without what would make its tree too large.

    Tags below MAX_DEPTH and formatting that nobody closes are left out, what follows the first MAX_TAGS tags is, and a
    tag that is longer than MAX_TAG loses its attributes. The text between the tags stays. Linear in the
    markup.
    """
    if len(markup) > MAX_TAG:
        markup = _without_long_tags(markup)
    if len(markup) > _CROWDED:
        markup = _without_crowded_tags(markup)
    tags = markup.count(b"<")
    if tags > MAX_TAGS:
        markup, tags = _first_tags(markup), MAX_TAGS
    # Most pages have so few tags, or so few of formatting, that nothing needs to be followed from tag to tag.
    if tags * tags // 4 > _MOST_FORMATTED:
        most_open = max(_FORMATS, _MOST_FORMATTED // tags)
        if len(_FORMAT_BEGINS.findall(markup)) > most_open:
            markup = _without_open_formats(markup, most_open)
    return _flattened(markup) if tags > _UNLIKELY and _may_be_deep(markup) else markup


def _first_tags(markup: bytes) -> bytes:
    """The markup up to about its MAX_TAGS-th tag."""
    tags = at = 0
    while tags < MAX_TAGS and at < len(markup):
        tags += markup.count(b"<", at, at + _WINDOW)
        at += _WINDOW
    return markup[:at]


_FORMATS = 4
_MOST_FORMATTED = 1_000_000
"""So many elements may come of formatting that is opened again, if every other tag of the page opens it again: at most
a quarter of the square of the number of tags."""

_NAMES_OF_FORMATS = rb"(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[\s/>])"
"""The formatting elements of the HTML standard (13.2.4.3, the list of active formatting elements), but for those that
end one another: a, nobr."""

_FORMAT = re.compile(rb"<(/?)" + _NAMES_OF_FORMATS + rb"[^>]*>?", re.IGNORECASE)
_FORMAT_BEGINS = re.compile(rb"<[bceifstuBCEIFSTU](?i:|ig|ode|m|ont|mall|trike|trong|t)[\s/>]")
"""What all of these begin with, and hardly any others: three times as fast to look for."""


def _without_open_formats(markup: bytes, most: int) -> bytes:
    """The markup without formatting that is opened where more than `most` are open."""
    kept: list[bytes] = []
    at = opened = 0
    for match in _FORMAT.finditer(markup):
        drop = opened >= most and not match[1]
        opened += -1 if match[1] and opened else 0 if match[1] or drop else 1
        if drop:
            kept.append(markup[at : match.start()])
            at = match.end()
    return b"".join((*kept, markup[at:]))


def _without_long_tags(markup: bytes) -> bytes:
    """The markup with tags of more than MAX_TAG bytes cut down to their names. (A picture may be in one, as data.)

    Such a tag is told by a stretch without ">". The end of a script in it stays, for a script may have such a stretch.
    """
    kept: list[bytes] = []
    at = done = 0
    while at + MAX_TAG < len(markup):
        end = markup.rfind(b">", at, at + MAX_TAG)
        if end >= 0:
            at = end + 1
            continue
        stop = markup.find(b">", at + MAX_TAG)
        stop = len(markup) if stop < 0 else stop
        tag = _LONG_TAG.search(markup, at, stop)
        if tag is not None and stop - tag.start() > MAX_TAG:
            script = markup.find(b"</script", tag.end(), stop)
            stop = stop if script < 0 else script
            kept += (markup[done : tag.end()], b">" if script >= 0 else b"")
            done = stop
        at = stop
    return b"".join((*kept, markup[done:])) if kept else markup


_LONG_TAG = re.compile(rb"</?[a-zA-Z][a-zA-Z0-9-]{0,30}")


def _without_crowded_tags(markup: bytes) -> bytes:
    """The markup with tags of more than MAX_TAG bytes, whose values may hold ">", cut down to their names.

    The end of a script in what looks like one stays: a script may have a "<" and quotes without end.
    """
    if max(map(len, _QUOTED_TAG.findall(markup)), default=0) <= MAX_TAG:
        return markup
    kept: list[bytes] = []
    done = 0
    for tag in _QUOTED_TAG.finditer(markup):
        if tag.end() - tag.start() > MAX_TAG:
            name = _LONG_TAG.match(markup, tag.start())
            script = markup.find(b"</script", tag.start(), tag.end())
            kept += (markup[done : name.end() if name else tag.start()], b">" if script >= 0 else b"")
            done = tag.end() if script < 0 else script
    return b"".join((*kept, markup[done:]))


_QUOTED_TAG = re.compile(rb"""<[a-zA-Z][^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+""")
_CROWDED = 524_288
"""Bytes of a page that is looked through for such tags: smaller ones are done with in seconds, whatever they hold."""


_END_BEGINS = re.compile(rb"</")  # its findall counts twice as fast as bytes.count


def _may_be_deep(markup: bytes) -> bool:
    """Whether more than _UNLIKELY elements could be open at once, by counts of < and </ alone."""
    open_at_most = 0
    for start in range(0, len(markup), _WINDOW):
        tags = markup.count(b"<", start, start + _WINDOW)
        open_at_most += tags - 2 * len(_END_BEGINS.findall(markup, start, start + _WINDOW + 1))
        # Within a window all openings may come first: they count in full for the moment.
        if open_at_most + tags // 2 > _UNLIKELY:
            return True
        open_at_most = max(open_at_most, 0)
    return False


def _flattened(markup: bytes) -> bytes:
    kept: list[bytes] = []
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
    return b"".join(kept)
