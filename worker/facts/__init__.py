"""Facts with their evidence: what an article counts, pays, dates, cites and names, and the very words that say so.

Rules and gazetteers only. Each module or folder of this package reads one kind; `MODULES` is the order in which they
run over every part of the article, so that a later one may look at what the earlier ones found (`Context.found`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from worker.facts import (
    awards,
    clusters,
    dates,
    documents,
    elections,
    events,
    money,
    officials,
    organisations,
    places,
    privacy,
    programmes,
    quantities,
    ratios,
    scope,
    themes,
)
from worker.facts.dates import years
from worker.facts.gazetteer import hosts
from worker.facts.span import Context, Module, Page, Span, parts_of
from worker.models import Article, Fact

if TYPE_CHECKING:
    from worker.config import Source

MODULES: tuple[Module, ...] = (
    dates,  # first, for a date is neither a ratio nor a sum
    documents,
    money,
    ratios,
    programmes,  # names before counts, for the 5 of "Gia đình 5 không, 3 sạch" counts nothing
    themes,
    quantities,
    places,
    organisations,
    officials,
    awards,
    elections,
    clusters,
    events,
)

LONGEST = 1000
"""A fact is said in at most so many characters; what a rule makes longer is a mistake."""

YIELDS: dict[str, frozenset[str]] = {
    "money": frozenset({"date"}),
    "ratio": frozenset({"date", "money"}),  # a date is never a ratio: 21/11, but 8/8 chỉ tiêu is no date to begin with
    "quantity": frozenset({"date", "document", "money", "ratio", "programme", "theme", "award"}),
}
"""A span is dropped where it begins inside one of these kinds that was found before it (the 5 of "Gia đình 5 không, 3
sạch", but not the 12 of 12 "Mái ấm tình thương"), or where it overlaps one of its own kind. Names may nest ("Hội LHPN
tỉnh Gia Lai" holds a place) unless their modules decide otherwise."""

NESTS = frozenset({"organisation", "place"})
"""Of these one may stand inside another of its kind: "Ban Thường vụ Tỉnh ủy" names the Tỉnh ủy too, and "Nhà văn hóa
thôn Đông" the village."""


def extract(article: Article, source: Source | None) -> tuple[Fact, ...]:
    """The facts of an article, by part, place and kind. The same article gives the same facts, whatever ran before.

    `source` says whose page it is (None: nobody's we know): its province stands in where the text says "tỉnh ta".
    """
    page = _page(article, source)
    contexts = parts_of(page)
    for context in contexts:
        _read(context)
    scoped = scope.fill(contexts)
    facts = privacy.marked(_fact(span, where, context) for context in contexts for span, where in scoped[context.part])
    page.forget()
    return facts


def _page(article: Article, source: Source | None) -> Page:
    published = years.of_publication(article)
    return Page(
        article=article,
        published=published,
        year=published.year if published else years.of_page(article),
        province=source.province if source else None,
        source_kind=source.kind if source else None,
        source_name=source.name if source else None,
        host_province=None if source else hosts.province_of(article.url),
    )


def _read(context: Context) -> None:
    """Run every module over a part; what is accepted of one is seen by the next."""
    for module in MODULES:
        if spans := list(module.find(context.text, context)):
            accepted = _Accepted(context)
            for span in spans:
                accepted.offer(span)
            context.extend(accepted.spans)


class _Accepted:
    """The spans of one module that neither overlap one another nor what they yield to."""

    def __init__(self, context: Context) -> None:
        self.spans: list[Span] = []
        self._context = context
        self._length = len(context.text)
        self._taken: dict[str, list[tuple[int, int]]] = defaultdict(list)  # kind -> intervals, in order

    def offer(self, span: Span) -> None:
        """Accept a span, unless it lies outside the text, is too long, or must yield."""
        start, end = span.start, span.end
        if not (0 <= start < end <= self._length and end - start <= LONGEST) or self._yields(span):
            return
        taken = self._taken[span.kind]
        at = bisect_left(taken, (start, end))
        before = taken[at - 1] if at else None
        if before and before[1] > start:
            if span.kind in NESTS and before[0] < start and end <= before[1]:
                self.spans.append(span)
            return
        if at < len(taken) and taken[at][0] < end:
            return
        taken.insert(at, (start, end))
        self.spans.append(span)

    def _yields(self, span: Span) -> bool:
        within = YIELDS.get(span.kind)
        if within and self._context.taken(span.start, span.start + 1, *within):
            return True
        return self._context.taken(span.start, span.end, span.kind)


def _fact(span: Span, where: scope.Scope, context: Context) -> Fact:
    return Fact(
        kind=span.kind,
        text=context.text[span.start : span.end],
        part=context.part,
        start=span.start,
        end=span.end,
        value=where.value(span.value),
        rule=span.rule,
        confidence=span.confidence,
        qualifier=span.qualifier,
        number=span.number,
        date_start=span.date_start,
        date_end=span.date_end,
        name=span.name,
        province=where.province,
        year=where.year,
        scope=where.level,
        indicator=where.indicator,
    )
