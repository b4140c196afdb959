"""What a rebuild tells: how much was read again, what changed, what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from worker.store.rebuilding import Difference

EXAMPLES = 12
"""Articles that are told as examples of what changed."""

TOLD = 200
"""Pages that could not be read that are told one by one: of a lost WARC file none can, and all this is noted often."""


@dataclass(slots=True)
class Report:
    """What a rebuild has found so far. Counts are of articles, but for those of facts by kind."""

    articles: int = 0
    changed: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    facts_added: dict[str, int] = field(default_factory=dict)
    facts_dropped: dict[str, int] = field(default_factory=dict)
    no_article: int = 0  # today's rules see no article there; what is archived stays
    unread: int = 0  # pages that could not be read
    skipped: list[str] = field(default_factory=list)  # a sentence each, of the first `TOLD`
    examples: list[str] = field(default_factory=list)
    regrouped: int | None = None  # None: copies were not looked for again
    documents: int = 0  # PDF and DOCX whose text changed
    entities_dropped: int = 0

    def add(self, difference: Difference, article: int) -> None:
        """Count one article that was read again."""
        self.articles += 1
        if not difference:
            return
        self.changed += 1
        names = [*difference.fields, *(["removed blocks"] if difference.removed else [])]
        _count(self.fields, names)
        _count(self.facts_added, [kind for kind, _ in difference.added])
        _count(self.facts_dropped, [kind for kind, _ in difference.dropped])
        if len(self.examples) < EXAMPLES:
            self.examples.append(_told(article, difference, names))

    def skip(self, why: str) -> None:
        """Count a page that could not be read; `why` is a sentence."""
        self.unread += 1
        if len(self.skipped) < TOLD:
            self.skipped.append(why)


def _count(into: dict[str, int], names: Sequence[str]) -> None:
    for name, count in Counter(names).items():
        into[name] = into.get(name, 0) + count


def _told(article: int, difference: Difference, names: Sequence[str]) -> str:
    parts = [", ".join(names)] if names else []
    for sign, facts in (("+", difference.added), ("−", difference.dropped)):
        parts += [f"{sign} {kind} “{text[:60]}”" for kind, text in facts[:3]]
    return f"article {article} “{difference.title[:60]}”: {'; '.join(parts)}"
