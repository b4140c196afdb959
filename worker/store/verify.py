"""Is the archive what it promises to be? Every check says in a sentence what does not hold, and changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from worker.dedup.apart import unless_apart
from worker.dedup.compare import Text, compare
from worker.models import PARTS
from worker.store import warc
from worker.store.errors import ArchiveDamaged, ArchiveLocked, ArchiveUnwritable
from worker.store.lock import Lock
from worker.store.ranges import Place
from worker.store.schema import register
from worker.store.times import stamp

SAMPLE = 5_000
"""Articles, evenly spread, that a reader looks up in the search index."""

WORDS = 12
"""Last words of a title or body that an article is looked up by."""

MOST = 100
"""Problems of one kind that are told; an archive with more is restored from a backup, not read about."""


def verify(connection: sqlite3.Connection, directory: Path, *, writable: bool, whole: bool = False) -> list[str]:
    """What is wrong with an archive, a sentence each; empty where all is well.

    A connection that cannot write looks articles up in the search index, `SAMPLE` of them at most, and compares all
    ids: SQLite takes its own full check for a change. With `whole` that check is made all the same where nobody else
    writes the archive, and where somebody does, every article is looked up.
    """
    problems: list[str] = []
    for name, check in _checks(_index if writable else _index_whole if whole else _index_answers).items():
        try:
            found = list(islice(check(connection, directory), MOST + 1))
        except sqlite3.DatabaseError as error:
            found = [f"the {name} cannot be checked: {error}"]
        problems += found[:MOST]
        if len(found) > MOST:
            problems.append(f"and more of the {name} like these")
    return problems


Check = Callable[[sqlite3.Connection, Path], Iterator[str]]


def _checks(index: Check) -> dict[str, Check]:
    return {
        "database file": _file,
        "references": _references,
        "facts": _facts,
        "search index": index,
        "groups": _groups,
        "copies": _copies,
        "captures": captures,
    }


def _file(connection: sqlite3.Connection, _: Path) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"news.db is damaged: {line}"


def _references(connection: sqlite3.Connection, _: Path) -> Iterator[str]:
    for table, row, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {parent} that is not there"


def _facts(connection: sqlite3.Connection, _: Path) -> Iterator[str]:
    part = " ".join(f"WHEN '{name}' THEN articles.{name}" for name in PARTS)
    wrong = f'substr(CASE part {part} END, start + 1, "end" - start) IS NOT facts.text'
    rows = connection.execute(
        f"SELECT facts.id, article, part, facts.text FROM facts JOIN articles ON articles.id = article WHERE {wrong}"  # noqa: S608  # own names
    )
    for fact, article, name, text in rows:
        yield f"fact {fact} says {text[:60]!r}, which does not stand at its place in the {name} of article {article}"


def _index(connection: sqlite3.Connection, directory: Path) -> Iterator[str]:
    try:
        connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        yield "the search index does not say what the articles say"
        yield from _index_ids(connection, directory)


def _index_whole(connection: sqlite3.Connection, directory: Path) -> Iterator[str]:
    """SQLite's own check, by a connection that could write, while the lock keeps other writers out."""
    lock = Lock(directory / "news.lock")
    try:
        lock.take()
    except (ArchiveLocked, ArchiveUnwritable):
        yield from _index_ids(connection, directory)
        yield from _looked_up(connection, 1)
        return
    try:
        with closing(sqlite3.connect(directory / "news.db", isolation_level=None)) as writer:
            register(writer)
            yield from _index(writer, directory)
    finally:
        lock.release()


def _index_answers(connection: sqlite3.Connection, directory: Path) -> Iterator[str]:
    yield from _index_ids(connection, directory)
    every = connection.execute("SELECT count(*) / ? + 1 FROM articles_fts_docsize", [SAMPLE]).fetchone()[0]
    yield from _looked_up(connection, every)


def _looked_up(connection: sqlite3.Connection, every: int) -> Iterator[str]:
    """Articles, one in `every`, are found by their own titles and by their last words, with marks and without."""
    for article, *texts in connection.execute(
        "SELECT id, title, body, title_folded, body_folded FROM articles_search WHERE id % ? = 0"
        " AND id IN (SELECT id FROM articles_fts_docsize)",
        [every],
    ):
        parts = zip(("title", "body", "title_folded", "body_folded"), texts, strict=True)
        phrases = [(column, " ".join(text.split()[-WORDS:]).replace('"', " ")) for column, text in parts]
        sought = " AND ".join(f'{column} : "{phrase}"' for column, phrase in phrases if _has_words(phrase))
        if sought and not _finds(connection, sought, article):
            yield f"article {article} is not found in the search index by its own words"


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _finds(connection: sqlite3.Connection, sought: str, article: int) -> bool:
    one = "SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? AND rowid = ?"
    return connection.execute(one, [sought, article]).fetchone() is not None


def _index_ids(connection: sqlite3.Connection, _: Path) -> Iterator[str]:
    for sql, what in (
        ("SELECT id FROM articles EXCEPT SELECT id FROM articles_fts_docsize", "is not in the search index"),
        ("SELECT id FROM articles_fts_docsize EXCEPT SELECT id FROM articles", "is in the search index only"),
    ):
        for (article,) in connection.execute(sql):
            yield f"article {article} {what}"


def _groups(connection: sqlite3.Connection, _: Path) -> Iterator[str]:
    for group, members, centre in connection.execute(
        "SELECT id, count(article), sum(article = canonical) FROM groups LEFT JOIN group_members ON group_id = id"
        " GROUP BY id HAVING count(article) < 2 OR sum(article = canonical) IS NOT 1"
    ):
        yield f"group {group} has {members} members, and {'a' if centre else 'no'} canonical article among them"
    for article, group in connection.execute(
        "SELECT id, group_id FROM articles WHERE group_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM group_members AS m"
        " JOIN groups AS g ON g.id = m.group_id"
        " WHERE m.group_id = articles.group_id AND article = articles.id AND g.kind <> 'related')"
    ):
        yield f"article {article} says it is in group {group}, which does not know it as a copy"
    for article, group in connection.execute(
        "SELECT article, m.group_id FROM group_members AS m JOIN groups AS g ON g.id = m.group_id"
        " JOIN articles ON articles.id = article WHERE g.kind <> 'related' AND articles.group_id IS NOT m.group_id"
    ):
        yield f"group {group} counts article {article} among its copies, which says otherwise"


def _copies(connection: sqlite3.Connection, _: Path) -> Iterator[str]:
    """Every member is a copy of its canonical article, by today's measure."""
    centre: tuple[int, Text, str | None] | None = None
    for group, canonical, article, title, body, published in connection.execute(
        "SELECT g.id, canonical, article, title, body, published FROM groups AS g"
        " JOIN group_members AS m ON m.group_id = g.id JOIN articles ON articles.id = article"
        " WHERE g.kind <> 'related' AND article <> canonical ORDER BY g.id"
    ):
        if centre is None or centre[0] != canonical:
            row = connection.execute("SELECT title, body, published FROM articles WHERE id = ?", [canonical]).fetchone()
            if row is None:
                continue  # told among the references
            centre = (canonical, Text(*row[:2]), row[2])
        text = Text(title, body)
        if not unless_apart(compare(centre[1], text), centre[1], text, centre[2], published).are_copies:
            yield f"article {article} is in group {group}, but no copy of {canonical}; worker rebuild groups anew"


def captures(connection: sqlite3.Connection, directory: Path) -> Iterator[str]:
    """Every capture's record is in its WARC file, and says what the row says."""
    for row in connection.execute(
        "SELECT c.id, c.url, c.fetched_at, c.digest, c.warc_file, c.warc_offset, c.warc_length, first.digest"
        " FROM captures AS c LEFT JOIN captures AS first ON first.id = c.revisit_of"
        " ORDER BY c.warc_file, c.warc_offset"
    ):
        capture_id, url, fetched_at, digest, *place, first_digest = row
        try:
            capture = warc.read(directory / "warc", Place(*place))
        except ArchiveDamaged as error:
            yield f"capture {capture_id} is lost: {error}"
            continue
        if (capture.url, stamp(capture.fetched_at)) != (url, fetched_at):
            yield f"capture {capture_id} is of {url} at {fetched_at}, but its record is of another page"
        elif digest != (first_digest or capture.digest):
            yield f"capture {capture_id} of {url} has another payload than its row says"
