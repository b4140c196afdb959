"""Writing what a rebuild makes of stored pages: what is derived changes, what readers refer to stays.

The ids of articles, their addresses, when they were first seen and their revisions stay as they are. A new reading of
the same bytes is no revision: the site has changed nothing.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from worker.dedup.compare import Text, text_of
from worker.dedup.groups import Groups
from worker.models import Article, Refined
from worker.store import articles, facts, removed, rows, stated, summaries
from worker.store.facts import Row
from worker.store.ranges import Place
from worker.store.removed import Removed
from worker.store.stated import Stating

# The capture that an article is read from: the last one of its page that was an article.
_PAGE = """
SELECT a.id, a.first_seen, c.id, c.warc_file, c.warc_offset, c.warc_length FROM articles AS a
JOIN captures AS first ON first.id = a.capture
JOIN captures AS c ON c.id = coalesce(
  (SELECT id FROM captures WHERE url = first.url AND status = 200 AND kind = 'article' AND revisit_of IS NULL
   ORDER BY fetched_at DESC, digest DESC, id DESC LIMIT 1), first.id)
WHERE a.id = ?
"""


@dataclass(frozen=True, slots=True)
class StoredPage:
    """An article and the capture that it is read from; `at` is when it was first seen."""

    article: int
    at: str
    capture: int
    place: Place
    others: tuple[Stating, ...] = ()  # captures of the page that may state what this one does not, in this order


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a new reading changed in one article: names of columns, and facts that came and went."""

    title: str
    fields: tuple[str, ...] = ()
    added: tuple[tuple[str, str], ...] = ()  # kind, text
    dropped: tuple[tuple[str, str], ...] = ()
    removed: bool = False  # the blocks that were taken out of the page

    def __bool__(self) -> bool:
        return bool(self.fields or self.added or self.dropped or self.removed)


@dataclass(frozen=True, slots=True)
class Reading:
    """What today's rules read from an article's page, as the rows would hold it: made where the page is read."""

    columns: dict[str, object]
    views: int | None
    charset: str
    charset_from: str
    facts: list[Row]
    removed: list[Removed]

    @classmethod
    def of(cls, article: Article, refined: Refined) -> Reading:
        """An article, and what was refined with it."""
        rows_of = (facts.rows(refined.facts), removed.rows(refined.blocks))
        return cls(articles.columns(article), article.views, refined.charset, refined.charset_from, *rows_of)


def sources(connection: sqlite3.Connection) -> list[str]:
    """The sources that have articles, in the order in which they are rebuilt."""
    return [source for (source,) in connection.execute("SELECT DISTINCT source FROM articles ORDER BY source")]


def pages(connection: sqlite3.Connection, source: str) -> Iterator[StoredPage]:
    """The pages of a source's articles, in the order in which they were filed; read as they are asked for.

    The ids are read first, eight bytes each: a query may not stay open while its tables are written.
    """
    known = connection.execute("SELECT id FROM articles WHERE source = ? ORDER BY id", [source])
    ids = array("q", (number for (number,) in known))
    for number in ids:
        row = connection.execute(_PAGE, [number]).fetchone()
        others = tuple(
            one
            for one in stated.captures(connection, number)
            if one.capture != row[2] and (one.states is None or one.states)
        )
        yield StoredPage(row[0], row[1], row[2], Place(*row[3:]), others)


def differs(connection: sqlite3.Connection, article: int, new: Reading) -> Difference:
    """What would change in an article, whose page was read again."""
    return _compared(connection, article, new, removed.stored(connection, article))


def redo(
    connection: sqlite3.Connection, page: StoredPage, new: Reading, states: Mapping[int, str], *, regroup: bool
) -> Difference:
    """Make an article what today's rules read; what changed. To be called inside a transaction.

    `states` says what each capture states that was read for it (worker/store/stated.py).
    `regroup` files a changed text among its copies at once; a rebuild of everything does that for all at its end.
    """
    had = removed.stored(connection, page.article)
    difference = _compared(connection, page.article, new, had)
    if difference:
        _write(connection, page, new, difference, regroup=regroup)
    if had != new.removed:
        removed.put(connection, page.article, new.removed)
    connection.execute(
        "UPDATE captures SET charset = ?1, charset_from = ?2 WHERE id = ?3 AND (charset, charset_from) IS NOT (?1, ?2)",
        [new.charset, new.charset_from, page.capture],
    )
    connection.executemany("UPDATE captures SET states = ?2 WHERE id = ?1 AND states IS NOT ?2", sorted(states.items()))
    return difference


def _write(
    connection: sqlite3.Connection, page: StoredPage, new: Reading, difference: Difference, *, regroup: bool
) -> None:
    searched = bool(difference.fields or difference.added or difference.dropped)
    changed = bool({"title", "body", *articles.DECIDING}.intersection(difference.fields))
    if searched:
        articles.unindex(connection, page.article)
    if difference.fields:
        before = connection.execute("SELECT title, body FROM articles WHERE id = ?", [page.article]).fetchone()
        text = text_of(str(new.columns["title"]), str(new.columns["body"]))
        counted = {"words": text.words, "fingerprint": text.fingerprint, "views": new.views}
        groups = Groups(connection)
        if changed and regroup:
            groups.remove(page.article, text_of(*before))
        rows.update(connection, "articles", page.article, new.columns | counted | {"capture": page.capture})
    if difference.added or difference.dropped:
        facts.put(connection, page.article, new.facts)
    if changed and regroup:  # behind its facts, whose events tie it to others
        groups.add(page.article, text)
    if searched:
        articles.index(connection, page.article)
        summaries.refresh(connection, page.article)


def _compared(connection: sqlite3.Connection, article: int, new: Reading, had: list[Removed]) -> Difference:
    names = ", ".join(new.columns)
    before = connection.execute(
        f"SELECT {names} FROM articles WHERE id = ?",  # noqa: S608  # the program's own column names
        [article],
    ).fetchone()
    fields = [name for name, old in zip(new.columns, before, strict=True) if old != new.columns[name]]
    added, dropped = _come_and_gone(facts.told(connection, article), [fact.told for fact in new.facts])
    return Difference(
        title=str(new.columns["title"]),
        fields=tuple(fields),
        added=added,
        dropped=dropped,
        removed=had != new.removed and _blocks(had) != _blocks(new.removed),
    )


def _blocks(rows: list[Removed]) -> list[tuple[object, ...]]:
    """What was removed, wherever it stood and however it shares rows."""
    return [block[1:] for block in removed.blocks(rows)]


_Told = tuple[tuple[str, str], ...]


def _come_and_gone(old: list[tuple[object, ...]], new: list[tuple[object, ...]]) -> tuple[_Told, _Told]:
    """Kind and text of the facts that are only in the new ones, and of those that are only in the old."""
    if old == new:
        return (), ()
    added, dropped = Counter(new), Counter(old)
    added.subtract(old)
    dropped.subtract(new)
    return _told(added), _told(dropped)


def _told(of: Counter[tuple[object, ...]]) -> _Told:
    return tuple((str(row[0]), str(row[1])) for row in (+of).elements())


# What spans articles


def unfile_all(connection: sqlite3.Connection) -> None:
    """Forget every group and the index of shingles, before all articles are filed anew among their copies."""
    connection.execute("UPDATE articles SET group_id = NULL WHERE group_id IS NOT NULL")
    for table in ("group_members", "groups", "shingles"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608  # one of the three above


class Unfiled(NamedTuple):
    """An article that is to be filed among its copies, with what was last worked out of its text."""

    id: int
    title: str
    body: str
    fingerprint: int
    words: int


def unfiled(connection: sqlite3.Connection, after: int, together: int) -> Iterator[list[Unfiled]]:
    """The articles in the order of their ids, so many together; read as they are asked for."""
    columns = ", ".join(Unfiled._fields)
    query = f"SELECT {columns} FROM articles WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608  # our own column names
    while found := [Unfiled(*row) for row in connection.execute(query, [after, together])]:
        yield found
        after = found[-1].id


def refile(connection: sqlite3.Connection, groups: Groups, article: Unfiled, text: Text) -> None:
    """File an article among its copies; those of lower ids have been filed."""
    if (text.fingerprint, text.words) != (article.fingerprint, article.words):
        rows.update(connection, "articles", article.id, {"fingerprint": text.fingerprint, "words": text.words})
    groups.add(article.id, text)


def copies(connection: sqlite3.Connection) -> dict[int, int]:
    """Article -> the article that its group's copies were made from, for all that have copies."""
    return dict(
        connection.execute("SELECT articles.id, canonical FROM articles JOIN groups ON groups.id = articles.group_id")
    )


def drop_unnamed(connection: sqlite3.Connection) -> int:
    """Drop the entities that no fact names any more; how many."""
    unnamed = "NOT EXISTS (SELECT 1 FROM facts WHERE facts.entity = entities.id)"
    return connection.execute(f"DELETE FROM entities WHERE {unnamed}").rowcount  # noqa: S608  # no input in it


def reindex(connection: sqlite3.Connection) -> None:
    """Make the search index anew from the articles, and one segment of the many that it is made in."""
    for command in ("rebuild", "optimize"):
        connection.execute("INSERT INTO articles_fts (articles_fts) VALUES (?)", [command])


# Documents


class Document(NamedTuple):
    """A document as it was read last, and the capture that it was read from."""

    id: int
    url: str
    capture: int
    text: str
    pages: int | None
    problem: str | None


def documents(connection: sqlite3.Connection, after: int, limit: int, source: str | None) -> list[Document]:
    """The next documents, in the order of their ids; those of one source, or (None) of all."""
    rows = connection.execute(
        "SELECT a.id, a.url, capture, text, pages, problem FROM attachments AS a JOIN captures AS c ON c.id = capture"
        " WHERE a.id > ? AND c.source = coalesce(?, c.source) ORDER BY a.id LIMIT ?",
        [after, source, limit],
    )
    return [Document(*row) for row in rows]


# Where a rebuild is


def unfinished(connection: sqlite3.Connection) -> tuple[int, dict[str, object]] | None:
    """The run of a rebuild that was cut off, and what it noted last."""
    row = connection.execute(
        "SELECT id, counts FROM runs WHERE \"trigger\" = 'rebuild' AND finished IS NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return (row[0], json.loads(row[1])) if row else None


def note(connection: sqlite3.Connection, run: int, progress: dict[str, object]) -> None:
    """Keep where a rebuild is, in the transaction that brings it there."""
    connection.execute("UPDATE runs SET counts = ? WHERE id = ?", [json.dumps(progress, ensure_ascii=False), run])
