"""A page as it stood, with what was removed marked: for looking at in a browser.

Nothing of the page runs or loads: of its markup only the names of harmless elements are kept, without attributes, and
all text is escaped.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from worker.clean.encoding import decode
from worker.clean.nesting import bounded
from worker.models import Block, Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from worker.models import Capture, Refined

_TAGS = """
    address article aside blockquote br caption center dd div dl dt em b i strong figcaption figure footer
    h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section span sub sup table tbody td tfoot th thead tr u ul
"""
_KEPT_TAGS = frozenset(_TAGS.split())
_UNSEEN = "script style noscript template svg object embed canvas iframe head title select textarea"
_NOT_SHOWN = frozenset(_UNSEEN.split())
_WORDS = re.compile(r"\w+")

_HEAD = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; --kept: light-dark(#e3f4e4, #16351b); --gone: light-dark(#fbe3e1, #47201d); }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }}
header.legend {{ border-bottom: 1px solid; margin-bottom: 1.5rem; padding-bottom: .75rem; }}
mark {{ color: inherit; background: var(--kept); border-radius: .15rem; }}
mark.chrome {{ background: var(--gone); text-decoration: line-through; text-decoration-thickness: 1px; }}
small.why {{ font: .75rem system-ui, sans-serif; opacity: .8; margin-inline: .3rem; white-space: nowrap; }}
ul, ol {{ padding-left: 1.25rem; }}
table {{ border-collapse: collapse; }} td, th {{ padding: .1rem .4rem; vertical-align: top; }}
</style></head><body>
<header class="legend"><strong>{title}</strong><br>{summary}<br>
<mark>kept</mark> <mark class="chrome">removed</mark> <small class="why">why, and what decided</small></header>
"""


def page(capture: Capture, refined: Refined) -> str:
    """The HTML of a page that shows a capture's page with the labels that cleaning gave its blocks."""
    removed = sum(block.label is Label.CHROME for block in refined.blocks)
    summary = f"{refined.kind}, {refined.charset}: {len(refined.blocks) - removed} blocks kept, {removed} removed"
    head = _HEAD.format(title=escape(capture.url or "saved page"), summary=escape(summary))
    if capture.mime == "text/plain":
        lines = (f"<p>{_marked(block.text, block, begins=True)}</p>\n" for block in refined.blocks)
        return "".join((head, *lines, "</body></html>\n"))
    root = LexborHTMLParser(bounded(decode(capture.body, capture.charset).text.encode())).body
    return "".join((head, *(_walk(root, _Follower(refined.blocks)) if root else ()), "</body></html>\n"))


class _Follower:
    """Tells which block a text node belongs to: both come in page order, so their words are followed side by side."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._blocks = blocks
        self._words = [_key(block.text) for block in blocks]
        self._at = self._done = 0

    def block(self, text: str) -> tuple[Block | None, bool]:
        """The block that this text is of, and whether the block begins with it; None where it is of no block."""
        key = _key(text)
        if not key:
            return None, False
        for at in range(self._at, min(self._at + _AHEAD, len(self._blocks))):
            start = self._words[at].find(key, self._done if at == self._at else 0)
            if start >= 0:
                self._at, self._done = at, start + len(key)
                return self._blocks[at], start == 0
        return None, False


_AHEAD = 40  # blocks in which a text is looked for: those between have no text node of their own (a joined row's cells)


def _key(text: str) -> str:
    return "".join(_WORDS.findall(text))


def _walk(root: LexborNode, follower: _Follower) -> Iterator[str]:
    """The page's markup in page order, piece by piece; iterative, for pages may be nested deep."""
    stack: list[tuple[LexborNode, str]] = []
    node = root.first_child
    while node is not None:
        tag = node.tag or ""
        child = None
        if tag == "-text":
            yield from _lines(node.text_content or "", follower)
        elif tag not in _NOT_SHOWN and not tag.startswith("-"):
            shown = tag if tag in _KEPT_TAGS else "span"
            child = node.first_child
            if child is not None:
                yield f"<{shown}>"
                stack.append((node, shown))
            elif tag in ("br", "hr"):
                yield f"<{tag}>"
        following = child or node.next
        while following is None and stack:
            closed, shown = stack.pop()
            yield f"</{shown}>"
            following = closed.next
        node = following


def _lines(text: str, follower: _Follower) -> Iterator[str]:
    """A text node, marked: as a whole, or line by line where it is of several blocks, as a poem in `pre` is."""
    block, begins = follower.block(text)
    if block is None and "\n" in text:
        for line in text.splitlines(keepends=True):
            block, begins = follower.block(line)
            yield _marked(line, block, begins=begins) if block else escape(line)
    else:
        yield _marked(text, block, begins=begins) if block else escape(text)


def _marked(text: str, block: Block, *, begins: bool) -> str:
    if block.label is not Label.CHROME:
        why = f'<small class="why">{escape(block.label)}</small>' if begins and block.label is not Label.BODY else ""
        return f'<mark class="{escape(block.label)}">{escape(text)}</mark>{why}'
    why = f'<small class="why">{escape(block.reason or "")} ({escape(block.signal or "")})</small>' if begins else ""
    return f'<mark class="chrome">{escape(text)}</mark>{why}'
