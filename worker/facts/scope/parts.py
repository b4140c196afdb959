"""Which numbers are parts of another of the same indicator: "nhận đỡ đầu 120 em, trong đó 36 em …", or what came of it:
"giới thiệu 90 hội viên ưu tú, kết nạp 40".

Both stand under the indicator; who adds them up counts the part twice, so it is marked. Where no word says so, sums do:
what stands behind a colon and adds up to what stands before it ("80 triệu đồng: Hội 30 triệu, gia đình 50 triệu").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from worker.facts import cues
from worker.facts.scope.indicators import outcomes
from worker.facts.span import Context, Span

_OF_IT = re.compile(rf"(?<!\w)(?:{cues.any_of('parts')}(?!\w)|trong (?:số |tổng số )?[0-9])")
NEAR = 400
"""Characters behind a whole in which its parts stand."""
MOST = 12
"""Numbers behind a whole that are added up."""
_OPENS = re.compile(r"[:(]|(?<!\w)gồm(?!\w)")
BESIDE = 120
"""And what came of it."""


def of(context: Context, measured: Sequence[tuple[Span, str | None]]) -> set[int]:
    """Where the parts begin, of the numbers of a part of the article with their indicators, in their order."""
    found: set[int] = set()
    for position, ((before, indicator), (behind, other)) in enumerate(pairwise(measured)):
        alike = _alike(before, indicator, behind, other)
        if alike and _OPENS.search(context.key, before.end, max(before.end, behind.start)):
            found.update(_adding_up(context, measured[position : position + MOST + 1]))
    wholes: dict[str, Span] = {}
    for span, indicator in measured:
        if indicator is None or span.start in found:
            continue
        whole = wholes.get(indicator)
        if whole is not None and (_is_part(context, whole, span) or _came_of_it(context, whole, span, indicator)):
            found.add(span.start)
        else:
            wholes[indicator] = span
    return found


def _is_part(context: Context, whole: Span, span: Span) -> bool:
    if span.start - whole.end > NEAR or span.kind != whole.kind or (span.number or 0) > (whole.number or 0):
        return False
    first = max(context.paragraph(span.start)[0], whole.end)
    between = context.key[first : span.start]
    marks = list(_OF_IT.finditer(between))
    if not marks or first > whole.end:
        return False
    at = first + marks[-1].start()
    opens = context.sentence(at)[0] == context.sentence(span.start)[0]
    return opens and ";" not in context.key[at : span.start]


def _adding_up(context: Context, measured: Sequence[tuple[Span, str | None]]) -> list[int]:
    """Where the numbers begin, of those behind the first one in its sentence, that are its parts by their sum."""
    (whole, indicator), *others = measured
    sentence, total, starts = context.sentence(whole.start), 0.0, []
    for span, other in others:
        if not _alike(whole, indicator, span, other) or context.sentence(span.start) != sentence:
            break
        total += span.number or 0
        starts.append(span.start)
        if total >= (whole.number or 0):
            break
    return starts if len(starts) > 1 and total == whole.number else []


def _alike(whole: Span, indicator: str | None, span: Span, other: str | None) -> bool:
    """Do two numbers count the same?"""
    return span.kind == whole.kind and (span.kind == "money" or (indicator is not None and other == indicator))


def _came_of_it(context: Context, whole: Span, span: Span, indicator: str) -> bool:
    outcome = outcomes().get(indicator)
    between = context.key[whole.end : span.start]
    if outcome is None or len(between) > BESIDE or "\n" in between or (span.number or 0) > (whole.number or 0):
        return False
    return any(outcome.search(said) for said in (between.rstrip(), context.key[span.end : span.end + 25]))
