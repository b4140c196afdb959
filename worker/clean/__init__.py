"""Bytes of a page in, its labelled blocks and its article out. Pure: no clock, no network, no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from worker.clean import blocks, body, profile, text
from worker.clean.chrome import digest
from worker.clean.encoding import Decoded, decode
from worker.clean.metadata import Metadata
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
    decoded = decode(capture.body[:MAX_BYTES], capture.charset)
    if capture.mime == "text/plain":
        labelled, metadata = text.read(decoded.text, capture.fetched_at, profile.of_source(source) if source else None)
        return _refined(capture, decoded, tuple(labelled), metadata)
    tree = LexborHTMLParser(decoded.text)
    if tree.body is None:
        return _refined(capture, decoded, (), Metadata())
    pieces, boxes = blocks.read(tree.body)
    _, kept = body.choose(pieces, boxes)
    heading = tree.css_first("h1") or tree.css_first("title")
    title = blocks.plain(heading.text()) if heading is not None else ""
    labelled_pieces = tuple(
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
    return _refined(capture, decoded, labelled_pieces, Metadata(title=title))


def _refined(capture: Capture, decoded: Decoded, labelled: tuple[Block, ...], metadata: Metadata) -> Refined:
    """The blocks and what was read beside them, as one page."""
    whole = "\n".join(block.text for block in labelled if block.label in IN_BODY)
    article = None
    if whole:
        article = Article(
            url=capture.url,
            title=metadata.title,
            lead=metadata.lead,
            body=whole,
            captions="\n".join(block.text for block in labelled if block.label is Label.CAPTION),
            byline=metadata.byline,
            authors=metadata.authors,
            origin=metadata.origin,
            published=metadata.published,
            published_precision=metadata.published_precision,
            views=metadata.views,
        )
    return Refined(
        kind=PageKind.ARTICLE if article else PageKind.EMPTY,
        charset=decoded.charset,
        charset_from=decoded.charset_from,
        canonical=metadata.canonical,
        blocks=labelled,
        article=article,
    )
