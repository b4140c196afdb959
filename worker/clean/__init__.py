"""Bytes of a page in, its labelled blocks and its article out. Pure: no clock, no network, no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from worker.clean import html, kinds, lines, profile, text
from worker.clean.encoding import Decoded, Recoded, decode, recode
from worker.clean.nesting import bounded
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
    if (kind := kinds.of_bytes(capture)) is not None:
        return Refined(kind=kind, charset="", charset_from="default", canonical=None)
    body = capture.body[:MAX_BYTES]
    if capture.mime == "text/plain":
        decoded = decode(body, capture.charset)
        labelled, metadata = text.read(decoded.text, capture.fetched_at, profile.of_source(source) if source else None)
        return _refined(capture, decoded, html.Cleaned(tuple(labelled), metadata, links=0, linked=0.0))
    recoded = recode(body, capture.charset)  # its blocks are composed one by one: most of a page is markup
    tree = LexborHTMLParser(bounded(recoded.utf8))
    return _refined(capture, recoded, html.read(tree, capture, source, memory))


def _refined(capture: Capture, decoded: Decoded | Recoded, cleaned: html.Cleaned) -> Refined:
    """The blocks and what was read beside them, as one page; the mark of an agency that opens the text goes apart."""
    labelled, metadata = cleaned.blocks, cleaned.metadata
    inside = [block for block in labelled if block.label in IN_BODY]
    texts = [block.text for block in inside]
    agency = lines.agency(texts[0]) if texts else None
    if agency is not None:
        texts[0] = agency[1]
    whole = "\n".join(texts)
    article = None
    kind = kinds.of_page(
        capture,
        title=metadata.title,
        text="\n".join([block.text for block in labelled]),
        body=whole,
        beside="\n".join([block.text for block in labelled if block.reason not in _LINKS]),
        links=cleaned.links,
        linked=cleaned.linked,
        declared=metadata.declared,
        stated=metadata.published is not None,
    )
    if kind is PageKind.ARTICLE and whole:
        article = Article(
            url=capture.url,
            title=metadata.title,
            lead="\n".join([text for block, text in zip(inside, texts, strict=True) if block.label is Label.LEAD]),
            body=whole,
            captions=_captions(labelled),
            byline=metadata.byline,
            authors=metadata.authors,
            origin=metadata.origin or (agency[0] if agency else ""),
            published=metadata.published,
            published_precision=metadata.published_precision,
            views=metadata.views,
        )
    return Refined(
        kind=kind,
        charset=decoded.charset,
        charset_from=decoded.charset_from,
        canonical=metadata.canonical,
        blocks=labelled,
        article=article,
    )


_LINKS = frozenset(("links", "navigation", "footer", "related news", "other news", "side column"))
"""Why the blocks are chrome that say nothing of what the page is."""


def _captions(labelled: tuple[Block, ...]) -> str:
    """The captions, one a line; one that goes on in the next block, in lower case, is one caption."""
    lines: list[str] = []
    before: Block | None = None
    for block in labelled:
        if block.label is Label.CAPTION:
            if before is not None and before.label is Label.CAPTION and block.text[0].islower():
                lines[-1] += f" {block.text}"
            else:
                lines.append(block.text)
        before = block
    return "\n".join(lines)
