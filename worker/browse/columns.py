"""The cells of Datasette's tables and questions as readers write them; CSV and JSON keep what is stored."""

from __future__ import annotations

from collections.abc import Mapping

from worker.browse.language import Language
from worker.browse.values import in_words, plain_words

WORDS = {
    ("facts", "kind"): "kind",
    ("facts", "scope"): "scope",
    ("facts", "part"): "column",
    ("facts", "indicator"): "indicator",
    ("entities", "kind"): "kind",
    ("named", "kind"): "kind",
    ("groups", "kind"): "article.copies_of",
    ("removed", "reason"): "reason",
    ("chrome", "reason"): "reason",
    ("sources", "kind"): "source_kind",
    ("sources", "health"): "health",
    ("runs", "trigger"): "trigger",
    ("runs", "outcome"): "outcome",
    ("alarms", "kind"): "alarm",
    ("statements", "kind"): "kind",
    ("statements", "scope"): "scope",
    ("statements", "name"): "indicator",
    (None, "indicator"): "indicator",
    (None, "kind"): "kind",
    (None, "name"): "indicator",  # where it is one: what is told differently is an indicator or an event
    (None, "scope"): "scope",
}
"""Where the words for the values of a column stand in the language files. Questions have no table."""

_MOMENTS = frozenset(
    {
        "fetched_at",
        "started",
        "finished",
        "due",
        "began",
        "ended",
        "failing_since",
        "last_run",
        "next_run",
        "first_seen",
        "last_changed",
        "last_seen",
        "found_at",
        "next_try",
        "seen_at",
        "gone_at",
    }
)
_DAYS = frozenset({"published", "first_named", "last_named", "date_start", "date_end", "least", "most"})
_NUMBERS = frozenset(
    {
        "number",
        "value",
        "total_vnd",
        "amounts",
        "articles",
        "words",
        "tellings",
        "least",
        "most",
        "count",
        "total",
        "warc_length",
    }
)


def written(table: str | None, row: Mapping[str, object], column: str, value: object, language: Language) -> str | None:
    """A value in the reader's language; None where it stands as it is stored. `row` is that of the table.

    >>> from worker.browse import site
    >>> from worker.browse.language import languages
    >>> written(None, {}, "total_vnd", 1576046000000, languages(site())["vi"])
    '1.576.046.000.000'
    """
    if table == "facts" and column == "value" and row.keys() >= {"kind", "qualifier"}:  # a reader may leave columns out
        return in_words(str(row["kind"]), value, _text(row["qualifier"]), language)
    if isinstance(value, float) or (isinstance(value, int) and column in _NUMBERS):
        return language.number(value, 2 if column in _NUMBERS else 3)
    if not isinstance(value, str):
        return None
    if column in _MOMENTS or column in _DAYS:
        return language.moment(value) if column in _MOMENTS else language.published(value, weekday=False)
    if (table, column) == ("entities", "data"):
        return plain_words(value)
    words = WORDS.get((table, column))
    return language.of(words, value) if words else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
