"""Bytes of a page in, its labelled blocks and its article out. Pure: no clock, no network, no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from worker.clean import blocks, body
from worker.clean.chrome import digest
from worker.models import IN_BODY, Article, Block, Label, PageKind, Refined

if TYPE_CHECKING:
    from worker.config import Source
    from worker.models import Capture, Memory

MAX_BYTES = 20_000_000
"""What is read of a page; the rest is left. The largest article page that we have met has under 4 MB."""


def clean(capture: Capture, source: Source | None, memory: Memory) -> Refined:
    """The page of a capture as labelled blocks, in page order, with its article; `facts` stay empty.

    `source` says what is known of the site, `memory` what its earlier pages taught. Never raises for what a page holds.
    """
    text = capture.body[:MAX_BYTES].decode(capture.charset or "utf-8", "replace")
    tree = LexborHTMLParser(text)
    if tree.body is None:
        return Refined(kind=PageKind.EMPTY, charset="utf-8", charset_from="default", canonical=None)
    pieces, boxes = blocks.read(tree.body)
    _, kept = body.choose(pieces, boxes)
    heading = tree.css_first("h1") or tree.css_first("title")
    title = blocks.plain(heading.text()) if heading is not None else ""
    labelled = tuple(
        Block(
            text=piece.text,
            kind=piece.kind,
            path=piece.box.tag,
            label=Label.TITLE if piece.text == title else Label.BODY if index in kept else Label.CHROME,
            digest=digest(piece.text),
            reason=None if index in kept else "outside the article",
            signal=None if index in kept else "structure",
        )
        for index, piece in enumerate(pieces)
    )
    text = "\n".join(block.text for block in labelled if block.label in IN_BODY)
    return Refined(
        kind=PageKind.ARTICLE if text else PageKind.EMPTY,
        charset=capture.charset or "utf-8",
        charset_from="header" if capture.charset else "default",
        canonical=None,
        blocks=labelled,
        article=Article(url=capture.url, title=title, body=text) if text else None,
    )
