"""Rows that pass from one archive to another: sources, links, the texts of documents.

Whoever made the other one wrote into its rows what he liked; what this program would not have written stays there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from worker.config import Source
from worker.dedup.canonical import canonical
from worker.store import attachments
from worker.store.errors import PageFailed, one_page
from worker.store.links import STATES
from worker.store.times import moment, stamp
from worker.store.transaction import transaction

_LINK = ("url", "address", "found_on", "found_at", "title", "published", "state", "attempts", "next_try", "error")
_RUN = ("source", '"trigger"', "started", "finished", "outcome", "counts", "error", "due", "note")
_PIECE = 1000


def stored_source(connection: sqlite3.Connection, source_id: str) -> Source | None:
    """A source as far as its row tells, or None where there is no such row, or one that sources.yaml could not have."""
    row = connection.execute("SELECT id, name, home, kind, province FROM sources WHERE id = ?", [source_id]).fetchone()
    names = ("id", "name", "home", "kind", "province")
    try:
        return None if row is None else Source.model_validate(dict(zip(names, row, strict=True)))
    except ValueError:
        return None


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
                if source in sources and (link := _link(values)):
                    added += connection.execute(
                        f"INSERT INTO links (source, {', '.join(_LINK)}) VALUES ({', '.join('?' * (len(_LINK) + 1))})"  # noqa: S608  # likewise
                        " ON CONFLICT DO NOTHING",
                        [sources[source], *link],
                    ).rowcount
        last = rows[-1][0]
    return added


def _link(values: Sequence[object]) -> list[object] | None:
    """The columns `_LINK` of a link under the key that its address has by today's rules; None where it is none."""
    link = dict(zip(_LINK, values, strict=True))
    times = [link["found_at"], *filter(None, [link["next_try"]])]
    try:
        link["url"] = canonical(link["address"])  # type: ignore[arg-type]  # what is no text raises TypeError
        sound = all(stamp(moment(at)) == at for at in times)  # type: ignore[arg-type]  # likewise
    except (ValueError, TypeError):
        return None
    return list(link.values()) if sound and link["state"] in STATES and isinstance(link["attempts"], int) else None


def add_runs(
    connection: sqlite3.Connection, other: sqlite3.Connection, sources: Mapping[str, str]
) -> tuple[dict[int, int], int]:
    """Take over the runs that came to an end and are not known here: the id here of every one there, and how many came.

    `sources`: theirs -> ours. A run is known by its source, what started it, and when.
    """
    ids: dict[int, int] = {}
    added = 0
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
                added += 1
            ids[number] = here[0]
    return ids, added


def next_try(connection: sqlite3.Connection, url: str) -> datetime | None:
    """When an address is due, as its link has it: filing an older capture of it must not forget that."""
    row = connection.execute("SELECT next_try FROM links WHERE url = ?", [canonical(url)]).fetchone()
    return moment(row[0]) if row and row[0] else None


def put_attachments(connection: sqlite3.Connection, other: sqlite3.Connection) -> Iterator[PageFailed | None]:
    """Take over the texts of documents whose captures are here; of each, why it could not be, or None."""
    rows = other.execute(
        "SELECT a.url, c.url, c.fetched_at, a.pages, a.problem, a.text FROM attachments AS a"
        " JOIN captures AS c ON c.id = a.capture WHERE typeof(a.text) = 'text' ORDER BY a.id"
    )
    for row in rows:
        try:
            with one_page(row[0]), transaction(connection):
                put = _put_attachment(connection, *row)
        except PageFailed as failure:
            yield failure
        else:
            if put:
                yield None


def _put_attachment(
    connection: sqlite3.Connection, url: str, captured: str, at: str, pages: int, problem: str | None, text: str
) -> bool:
    """Take over a text, unless its capture is not here, or a later one's text is."""
    here = connection.execute(
        "SELECT id, NOT EXISTS (SELECT 1 FROM attachments AS a JOIN captures ON captures.id = a.capture"
        "   WHERE a.url = :key AND captures.fetched_at >= :at)"
        " FROM captures WHERE url = :url AND fetched_at = :at",
        {"key": canonical(url), "url": captured, "at": at},
    ).fetchone()
    if not here or not here[1]:
        return False
    attachments.put(connection, url, here[0], text=text, pages=pages, problem=problem)
    return True
