"""What changed between an earlier text of an article and the one that replaced it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup

from worker.browse.marks import plain

MOST_LINES = 2000
MOST_WORDS = 3000
"""Longer texts are compared less finely: comparing takes time with the square of the length."""

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the comparison: same, changed, added or dropped."""

    kind: str
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
        title=_words(old["title"], title),
        lines=tuple(compared(old["body"], body)),
    )


def compared(old: str, new: str) -> Iterator[Line]:
    """Two texts paragraph by paragraph, with the words that came and went inside a paragraph that changed."""
    before, after = old.split("\n")[:MOST_LINES], new.split("\n")[:MOST_LINES]
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            yield from (Line("same", _plain(text)) for text in before[a:b])
            continue
        pairs = min(b - a, d - c) if step == "replace" else 0
        for one, other in zip(before[a : a + pairs], after[c : c + pairs], strict=True):
            yield Line("changed", _words(one, other))
        yield from (Line("dropped", _tag("del", text)) for text in before[a + pairs : b])
        yield from (Line("added", _tag("ins", text)) for text in after[c + pairs : d])


def _words(old: str, new: str) -> Markup:
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    if len(before) > MOST_WORDS or len(after) > MOST_WORDS:
        return _tag("del", old) + _tag("ins", new)
    out = Markup()
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            out += _plain("".join(before[a:b]))
            continue
        if b > a:
            out += _tag("del", "".join(before[a:b]))
        if d > c:
            out += _tag("ins", "".join(after[c:d]))
    return out


def _plain(text: str) -> Markup:
    return Markup.escape(plain(text))


def _tag(name: str, text: str) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(name), plain(text))  # noqa: S704 - `name` is del or ins


_REVISION = "SELECT id, seen_at, title, body FROM revisions WHERE article = ? AND id = ?"
_NEXT = """
SELECT title, body, seen_at FROM revisions
WHERE article = ? AND (seen_at > ? OR (seen_at = ? AND id > ?)) ORDER BY seen_at, id LIMIT 1"""
