"""Rows that pass from one archive to another as they are: sources, links, the texts of documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from worker.config import Source
from worker.dedup.canonical import canonical
from worker.store import attachments
from worker.store.times import moment
from worker.store.transaction import transaction

_LINK = ("url", "address", "found_on", "found_at", "title", "published", "state", "attempts", "next_try", "error")
_RUN = ("source", '"trigger"', "started", "finished", "outcome", "counts", "error", "due", "note")
_PIECE = 1000


def stored_source(connection: sqlite3.Connection, source_id: str) -> Source | None:
    """A source as far as its row tells, or None where there is no such row."""
    row = connection.execute("SELECT id, name, home, kind, province FROM sources WHERE id = ?", [source_id]).fetchone()
    names = ("id", "name", "home", "kind", "province")
    return None if row is None else Source.model_validate(dict(zip(names, row, strict=True)))


def put_source(connection: sqlite3.Connection, source: Source) -> None:
    """Make a row for a source that sources.yaml does not have: nobody visits it."""
    with transaction(connection):
        connection.execute(
            "INSERT INTO sources (id, name, home, kind, province, health) VALUES (?, ?, ?, ?, ?, 'disabled')",
            [source.id, source.name, source.home, source.kind, source.province],
        )


def add_links(connection: sqlite3.Connection, other: sqlite3.Connection, sources: Mapping[str, str]) -> int:
    """Take over the links that are not known here, with what became of them; how many. `sources`: theirs -> ours."""
    added, last = 0, 0
    while rows := other.execute(
        f"SELECT rowid, source, {', '.join(_LINK)} FROM links WHERE rowid > ? ORDER BY rowid LIMIT ?",  # noqa: S608  # own names
        [last, _PIECE],
    ).fetchall():
        with transaction(connection):
            for _, source, *values in rows:
                if source in sources:
                    added += connection.execute(
                        f"INSERT INTO links (source, {', '.join(_LINK)}) VALUES ({', '.join('?' * (len(_LINK) + 1))})"  # noqa: S608  # likewise
                        " ON CONFLICT DO NOTHING",
                        [sources[source], *values],
                    ).rowcount
        last = rows[-1][0]
    return added


def add_runs(connection: sqlite3.Connection, other: sqlite3.Connection, sources: Mapping[str, str]) -> dict[int, int]:
    """Take over the runs that came to an end and are not known here; their id here of every one there.

    `sources`: theirs -> ours. A run is known by its source, what started it, and when.
    """
    ids: dict[int, int] = {}
    names = ", ".join(_RUN)
    known = " AND ".join(f"{name} IS ?" for name in _RUN[:4])
    marks = ", ".join("?" * len(_RUN))
    with transaction(connection):
        for number, source, *values in other.execute(
            f"SELECT id, {names} FROM runs WHERE finished IS NOT NULL ORDER BY id"  # noqa: S608  # our own names
        ):
            row = [sources.get(source), *values]
            if source is not None and row[0] is None:
                continue
            here = connection.execute(f"SELECT id FROM runs WHERE {known}", row[:4]).fetchone()  # noqa: S608  # likewise
            if here is None:
                here = connection.execute(f"INSERT INTO runs ({names}) VALUES ({marks}) RETURNING id", row).fetchone()  # noqa: S608  # likewise
            ids[number] = here[0]
    return ids


def next_try(connection: sqlite3.Connection, url: str) -> datetime | None:
    """When an address is due, as its link has it: filing an older capture of it must not forget that."""
    row = connection.execute("SELECT next_try FROM links WHERE url = ?", [canonical(url)]).fetchone()
    return moment(row[0]) if row and row[0] else None


def put_attachments(connection: sqlite3.Connection, other: sqlite3.Connection) -> int:
    """Take over the texts of documents whose captures are here; how many."""
    done = 0
    rows = other.execute(
        "SELECT a.url, c.url, c.fetched_at, a.pages, a.problem, a.text FROM attachments AS a"
        " JOIN captures AS c ON c.id = a.capture ORDER BY a.id"
    )
    for url, captured, at, pages, problem, text in rows:
        here = connection.execute(
            "SELECT id, NOT EXISTS (SELECT 1 FROM attachments AS a JOIN captures ON captures.id = a.capture"
            "   WHERE a.url = :key AND captures.fetched_at >= :at)"
            " FROM captures WHERE url = :url AND fetched_at = :at",
            {"key": canonical(url), "url": captured, "at": at},
        ).fetchone()
        if here and here[1]:
            with transaction(connection):
                attachments.put(connection, url, here[0], text=text, pages=pages, problem=problem)
            done += 1
    return done
