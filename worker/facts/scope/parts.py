"""Which numbers are parts of another of the same indicator: "nhận đỡ đầu 120 em, trong đó 36 em …".

Both stand under the indicator; who adds them up counts the part twice, so it is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from worker.facts import cues
from worker.facts.span import Context, Span

_OF_IT = re.compile(rf"(?<!\w)(?:{cues.any_of('parts')}(?!\w)|trong (?:số |tổng số )?[0-9])")
NEAR = 400
"""Characters behind a whole in which its parts stand."""


def of(context: Context, measured: Iterable[tuple[Span, str]]) -> set[int]:
    """Where the parts begin, of the numbers of a part of the article with their indicators, in their order."""
    wholes: dict[str, Span] = {}
    found: set[int] = set()
    for span, indicator in measured:
        whole = wholes.get(indicator)
        if whole is not None and _is_part(context, whole, span):
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
