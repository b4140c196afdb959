"""Two texts side by side: an earlier text of an article and the one that replaced it, or an article and its copy."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from markupsafe import Markup

from worker.browse.marks import plain
from worker.dedup.changes import Change, changes

_TAGS = {"removed": "del", "added": "ins"}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the comparison: same, changed, added or removed."""

    fate: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the template shows: the rows `before` and `after` (id, title, body, seen_at, source_name), and what differs.

    The two are of one article, or of two that are copies; `seen_at` is when either text was captured.
    """

    before: sqlite3.Row
    after: sqlite3.Row
    title: Markup
    lines: tuple[Line, ...]
    differ: bool


def of_revision(connection: sqlite3.Connection, article_id: int, revision_id: int) -> Comparison | None:
    """An earlier text beside its successor, or None where there is no such revision."""
    old = connection.execute(_REVISION, [article_id, revision_id]).fetchone()
    if old is None:
        return None
    new = connection.execute(_NEXT, [article_id, old["seen_at"], old["seen_at"], revision_id]).fetchone()
    return _compared(old, new or connection.execute(_PRESENT, [article_id]).fetchone())


def of_copies(connection: sqlite3.Connection, article_id: int, other_id: int) -> Comparison | None:
    """An article beside another of one of its groups, or None where they share none."""
    if connection.execute(_TOGETHER, [article_id, other_id]).fetchone() is None:
        return None
    before, after = (connection.execute(_PRESENT, [one]).fetchone() for one in (article_id, other_id))
    return _compared(before, after)


def _compared(before: sqlite3.Row, after: sqlite3.Row) -> Comparison:
    title, body = ([*changes(before[part], after[part])] for part in ("title", "body"))
    return Comparison(
        before=before,
        after=after,
        title=Markup(" ").join(map(_html, title)),
        lines=tuple(Line(change.fate, _html(change)) for change in body),
        differ=any(change.fate != "same" for change in (*title, *body)),
    )


def _html(change: Change) -> Markup:
    """A paragraph with the runs of its words that came and went; a paragraph that is the same without marks."""
    return Markup(" ").join(_run(run.fate, run.text) for run in change.runs)


def _run(fate: str, text: str) -> Markup:
    if fate not in _TAGS:
        return Markup.escape(plain(text))
    return Markup("<{0}>{1}</{0}>").format(Markup(_TAGS[fate]), plain(text))  # noqa: S704 - one of the two above


_PRESENT = """
SELECT a.id, a.title, a.body, a.last_changed AS seen_at, s.name AS source_name
FROM articles a JOIN sources s ON s.id = a.source WHERE a.id = ?"""
_EARLIER = """
SELECT a.id, r.title, r.body, r.seen_at, s.name AS source_name
FROM revisions r JOIN articles a ON a.id = r.article JOIN sources s ON s.id = a.source"""
_REVISION = f"{_EARLIER} WHERE r.article = ? AND r.id = ?"
_NEXT = f"""
{_EARLIER} WHERE r.article = ? AND (r.seen_at > ? OR (r.seen_at = ? AND r.id > ?)) ORDER BY r.seen_at, r.id LIMIT 1"""
_TOGETHER = """
SELECT 1 FROM group_members one JOIN group_members other USING (group_id) WHERE one.article = ? AND other.article = ?"""
