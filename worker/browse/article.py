"""The article page: one article with its facts, copies, earlier texts, and what was removed from its page."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from markupsafe import Markup

from worker.browse.citation import Citation, cite
from worker.browse.language import Language
from worker.browse.marks import Span, marked
from worker.browse.titles import titles
from worker.browse.values import in_words, province
from worker.models import FACT_KINDS
from worker.store import removed
from worker.store.privacy import PUBLIC
from worker.store.removed import Removed

MOST_FACTS = 3000
"""More facts of one article are not shown (the largest of the seeds has some 200)."""

MOST_REMOVED = 2000
"""Likewise of the blocks that were removed from its page."""

_CELLS = " | "
_ITEM = re.compile(r"[-–—+*•]\s*(?=\S)")
_LONGEST_HEADING = 130
_SENTENCE_END = tuple(".!?…;:,”\"')")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of the body: lead, p, heading, item, or a table with its rows of cells."""

    kind: str
    html: Markup
    rows: tuple[tuple[Markup, ...], ...] = ()


@dataclass(slots=True)
class FactRow:
    """A row of the table of facts: one value, with every place that it was read from."""

    number: int
    kind: str
    value: str
    text: str
    province: str
    year: int | None
    scope: str | None
    indicator: str | None
    mentions: list[tuple[str, str]] = field(default_factory=list)  # anchor in the page, part


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What the template shows. Markup is escaped already; everything else is escaped by the template."""

    article: sqlite3.Row
    title: Markup
    byline: Markup
    origin: Markup
    paragraphs: tuple[Paragraph, ...]
    captions: tuple[Markup, ...]
    facts: tuple[tuple[str, tuple[FactRow, ...]], ...]
    unlisted: int  # facts on private persons, left out
    groups: tuple[sqlite3.Row, ...]
    titles: Mapping[int, str]  # of the articles in them
    revisions: tuple[sqlite3.Row, ...]
    removed: tuple[Removed, ...]
    citation: Citation
    counts: Mapping[str, int]  # how often each kind of fact is marked in the text


def load(connection: sqlite3.Connection, article_id: int, language: Language, *, private: bool) -> ArticlePage | None:
    """The page of an article, or None where there is no such article. `private` shows private persons too."""
    article = connection.execute(_ARTICLE, [article_id]).fetchone()
    if article is None:
        return None
    facts = connection.execute(_FACTS, [article_id, MOST_FACTS]).fetchall()
    shown = [fact for fact in facts if private or fact["public"]]
    rows, spans = _rows_and_spans(shown, language)
    groups = connection.execute(_GROUPS, {"id": article_id}).fetchall()
    captions = _dealt(article["captions"], spans.get("captions", []))

    def part(name: str) -> Markup:
        return marked(article[name], spans.get(name, ()))

    return ArticlePage(
        article=article,
        title=part("title"),
        byline=part("byline"),
        origin=part("origin"),
        paragraphs=tuple(_paragraphs(article["body"], article["lead"], spans.get("body", []))),
        captions=tuple(marked(line, here, offset) for line, offset, here in captions if line.strip()),
        facts=rows,
        unlisted=len(facts) - len(shown),
        groups=tuple(groups),
        titles=titles(connection, {row["id"] for row in groups}, private=private),
        revisions=tuple(connection.execute(_REVISIONS, [article_id])),
        removed=tuple(islice(removed.blocks(removed.stored(connection, article_id)), MOST_REMOVED)),
        citation=cite(article, language),
        counts={kind: sum(len(row.mentions) for row in of_kind) for kind, of_kind in rows},
    )


def web_address(url: str) -> str | None:
    """The address if a reader may follow it: http and https only, so no `javascript:` ever becomes a link."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def _rows_and_spans(
    facts: list[sqlite3.Row], language: Language
) -> tuple[tuple[tuple[str, tuple[FactRow, ...]], ...], dict[str, list[Span]]]:
    """The table of facts by kind, and the spans to mark by part."""
    rows: dict[tuple[object, ...], FactRow] = {}
    spans: dict[str, list[Span]] = {}
    anchors: dict[tuple[str, int, int], str] = {}
    for fact in facts:
        words = in_words(fact["kind"], fact["value"], fact["qualifier"], language)
        key = (fact["kind"], words, fact["province"], fact["year"], fact["indicator"])
        row = rows.get(key)
        if row is None:
            context = (province(fact["province"]), fact["year"], fact["scope"], fact["indicator"])
            row = rows[key] = FactRow(len(rows) + 1, fact["kind"], words, fact["text"], *context)
        anchor = anchors.setdefault((fact["part"], fact["start"], fact["end"]), f"f{fact['id']}")
        row.mentions.append((anchor, fact["part"]))
        label = f"{language.of('kind', fact['kind'])}: {words}"
        spans.setdefault(fact["part"], []).append(
            Span(fact["start"], fact["end"], fact["kind"], row.number, label, f"f{fact['id']}")
        )
    order = {kind: place for place, kind in enumerate(FACT_KINDS)}
    kinds = sorted({row.kind for row in rows.values()}, key=lambda kind: (order.get(kind, len(order)), kind))
    return tuple((kind, tuple(row for row in rows.values() if row.kind == kind)) for kind in kinds), spans


def _dealt(text: str, spans: list[Span]) -> Iterator[tuple[str, int, list[Span]]]:
    """Each line with its offset and the spans that touch it, which are dealt out in one pass, both being in order."""
    waiting = sorted(spans, key=lambda span: span.start)
    offset, taken = 0, 0
    reaching: list[Span] = []
    for line in text.split("\n"):
        end = offset + len(line)
        reaching = [span for span in reaching if span.end > offset]
        while taken < len(waiting) and waiting[taken].start < end:
            reaching.append(waiting[taken])
            taken += 1
        yield line, offset, reaching
        offset = end + 1


def _paragraphs(body: str, lead: str, spans: list[Span]) -> Iterator[Paragraph]:
    """The body as it is set on the page. The rows of a table are the lines that hold its cell separator."""
    lines = list(_dealt(body, spans))
    table: list[tuple[Markup, ...]] = []
    for number, (line, offset, here) in enumerate(lines):
        if _CELLS in line:
            table.append(tuple(_cells(line, offset, here)))
            continue
        if table:
            yield Paragraph("table", Markup(), tuple(table))
            table = []
        if line.strip():
            following = next((text for text, _, _ in lines[number + 1 : number + 4] if text.strip()), "")
            yield Paragraph(_kind(line, lead, following, first=number == 0), marked(line, here, offset))
    if table:
        yield Paragraph("table", Markup(), tuple(table))


def _cells(line: str, offset: int, spans: list[Span]) -> Iterator[Markup]:
    for cell in line.split(_CELLS):
        yield marked(cell, spans, offset)
        offset += len(cell) + len(_CELLS)


def _kind(line: str, lead: str, following: str, *, first: bool) -> str:
    """How a line is set: the archive keeps what is said, so a heading is known by its look.

    It is short, ends as no sentence does, and something longer follows.
    """
    text = line.strip()
    if first and lead and text == lead.split("\n", 1)[0].strip():
        return "lead"
    if _ITEM.match(text):
        return "item"
    short = len(text) <= _LONGEST_HEADING and not text.endswith(_SENTENCE_END)
    return "heading" if short and not first and len(following) > len(text) else "p"


_ARTICLE = """
SELECT a.*, s.name AS source_name, s.home AS source_home, s.kind AS source_kind, s.province AS source_province,
  c.url AS capture_url, c.fetched_at, c.status, c.mime, c.charset, c.digest, c.warc_file, c.warc_offset, c.warc_length
FROM articles a JOIN sources s ON s.id = a.source JOIN captures c ON c.id = a.capture
WHERE a.id = ?"""

_FACTS = f"""
SELECT id, kind, text, part, start, "end", value, qualifier, province, year, scope, indicator, confidence,
  {PUBLIC} AS public
FROM facts WHERE article = ? ORDER BY start, "end" DESC, id LIMIT ?"""  # noqa: S608 - made of constants

_GROUPS = """
SELECT g.kind, g.canonical = other.article AS is_canonical, other.article AS id, other.similarity,
  a.published, a.published_precision, s.name AS source_name,
  g.kind <> 'related' AND other.evidence ->> 'copy_of' = mine.article AS is_copy,
  g.kind <> 'related' AND mine.evidence ->> 'copy_of' = other.article AS is_original
FROM group_members mine
JOIN groups g ON g.id = mine.group_id
JOIN group_members other ON other.group_id = g.id AND other.article <> mine.article
JOIN articles a ON a.id = other.article
JOIN sources s ON s.id = a.source
WHERE mine.article = :id ORDER BY g.kind DESC, other.similarity DESC LIMIT 100"""

_REVISIONS = """
SELECT id, seen_at, title, digest, capture FROM revisions WHERE article = ? ORDER BY seen_at DESC LIMIT 100"""
