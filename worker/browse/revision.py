"""What changed between an earlier text of an article and the one that replaced it."""

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
class RevisionPage:
    """What the template shows: `before` and `after` say when either text was captured."""

    article: sqlite3.Row
    before: str
    after: str
    title: Markup
    lines: tuple[Line, ...]


def load(connection: sqlite3.Connection, article_id: int, revision_id: int) -> RevisionPage | None:
    """The comparison of a revision with its successor, or None where there is no such revision."""
    article = connection.execute(
        "SELECT id, title, body, last_changed FROM articles WHERE id = ?", [article_id]
    ).fetchone()
    old = connection.execute(_REVISION, [article_id, revision_id]).fetchone()
    if article is None or old is None:
        return None
    new = connection.execute(_NEXT, [article_id, old["seen_at"], old["seen_at"], revision_id]).fetchone()
    title, body, when = (
        (new["title"], new["body"], new["seen_at"]) if new else (article["title"], article["body"], None)
    )
    return RevisionPage(
        article=article,
        before=old["seen_at"],
        after=when or article["last_changed"],
        title=Markup(" ").join(_html(change) for change in changes(old["title"], title)),
        lines=tuple(Line(change.fate, _html(change)) for change in changes(old["body"], body)),
    )


def _html(change: Change) -> Markup:
    """A paragraph with the runs of its words that came and went; a paragraph that is the same without marks."""
    return Markup(" ").join(_run(run.fate, run.text) for run in change.runs)


def _run(fate: str, text: str) -> Markup:
    if fate not in _TAGS:
        return Markup.escape(plain(text))
    return Markup("<{0}>{1}</{0}>").format(Markup(_TAGS[fate]), plain(text))  # noqa: S704 - one of the two above


_REVISION = "SELECT id, seen_at, title, body FROM revisions WHERE article = ? AND id = ?"
_NEXT = """
SELECT title, body, seen_at FROM revisions
WHERE article = ? AND (seen_at > ? OR (seen_at = ? AND id > ?)) ORDER BY seen_at, id LIMIT 1"""
