"""Runs: what they say of a source's health, what the schedule noted on them, and when the next one is due."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime

from worker.config import Sources
from worker.store.rows import insert
from worker.store.times import moment, now, stamp

TRIGGERS = ("schedule", "manual", "rebuild", "import")
OUTCOMES = ("ok", "failed", "stopped", "skipped")


def sync_sources(connection: sqlite3.Connection, sources: Sources) -> None:
    """Make the rows of `sources` what sources.yaml says.

    A source that left the file keeps its row, as disabled. Nobody looks at it any more, so its alarms end, untold.
    """
    for source in sources.sources:
        connection.execute(
            "INSERT INTO sources (id, name, home, kind, province) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " name = excluded.name, home = excluded.home, kind = excluded.kind, province = excluded.province"
            " WHERE (name, home, kind, province)"
            " IS NOT (excluded.name, excluded.home, excluded.kind, excluded.province)",
            [source.id, source.name, source.home, source.kind, source.province],
        )
    enabled = {source.id for source in sources.sources if source.enabled}
    for source_id, health in connection.execute("SELECT id, health FROM sources").fetchall():
        if source_id not in enabled and health != "disabled":
            connection.execute("UPDATE sources SET health = 'disabled' WHERE id = ?", [source_id])
            connection.execute(
                "UPDATE alarms SET ended = ?, told = 2 WHERE source = ? AND ended IS NULL", [stamp(now()), source_id]
            )
        elif source_id in enabled and health == "disabled":
            connection.execute("UPDATE sources SET health = 'new', failing_since = NULL WHERE id = ?", [source_id])


def start(connection: sqlite3.Connection, source_id: str | None, trigger: str, at: datetime) -> int:
    """The id of a new run of a source, or of all (None)."""
    if trigger not in TRIGGERS:
        raise ValueError(f"a run is started by {', '.join(TRIGGERS)}, not {trigger!r}")
    return insert(connection, "runs", {"source": source_id, "trigger": trigger, "started": stamp(at)})


def finish(
    connection: sqlite3.Connection,
    run: int,
    *,
    outcome: str,
    counts: Mapping[str, int],
    at: datetime,
    error: str | None,
) -> None:
    """End a run, and let the source's health follow: failing since its first failure, well with the first good run.

    One that is `skipped`, as nobody could be asked anything, says nothing of the source.
    """
    if outcome not in OUTCOMES:
        raise ValueError(f"a run ends {', '.join(OUTCOMES)}, not {outcome!r}")
    connection.execute(
        "UPDATE runs SET finished = ?, outcome = ?, counts = ?, error = ? WHERE id = ?",
        [stamp(at), outcome, json.dumps(dict(counts)), error, run],
    )
    row = connection.execute("SELECT source FROM runs WHERE id = ?", [run]).fetchone()
    if row is None or row[0] is None or outcome == "skipped":
        return
    changes = {"ok": "health = 'ok', failing_since = NULL", "stopped": "health = health"}.get(
        outcome, "health = 'failing', failing_since = coalesce(failing_since, :at)"
    )
    connection.execute(
        f"UPDATE sources SET last_run = :at, {changes} WHERE id = :source",  # noqa: S608  # one of the three above
        {"at": stamp(at), "source": row[0]},
    )


def next_run(connection: sqlite3.Connection, source_id: str) -> datetime | None:
    """When the source is due, as it was set last."""
    row = connection.execute("SELECT next_run FROM sources WHERE id = ?", [source_id]).fetchone()
    return moment(row[0]) if row and row[0] else None


def set_next_run(connection: sqlite3.Connection, source_id: str, at: datetime | None) -> None:
    """Keep when the source is due."""
    connection.execute("UPDATE sources SET next_run = ? WHERE id = ?", [stamp(at) if at else None, source_id])


# What the schedule notes, and reads again


def note_run(connection: sqlite3.Connection, source: str, due: datetime | None, note: str | None) -> None:
    """Say of the source's last run when it was due, and why it was late, if it was."""
    connection.execute(
        "UPDATE runs SET due = ?, note = ? WHERE id = (SELECT max(id) FROM runs WHERE source = ?)",
        [stamp(due) if due else None, note, source],
    )


def skip_run(connection: sqlite3.Connection, source: str, due: datetime, at: datetime, why: str) -> None:
    """Record a run that did not take place."""
    values = {"source": source, "trigger": "schedule", "started": stamp(at), "finished": stamp(at)}
    insert(connection, "runs", values | {"outcome": "skipped", "due": stamp(due), "note": why})


def failures(connection: sqlite3.Connection, source: str) -> int:
    """How many visits in a row have failed, since the last good one.

    By their numbers: a visit of a day when the clock was years ahead must not count as the latest for years. They are
    looked at from the newest back, past those of other sources, so that the years before cost nothing.
    """
    row = connection.execute(
        "SELECT count(*) FROM runs NOT INDEXED WHERE source = :source AND outcome = 'failed' AND id > coalesce("
        "(SELECT id FROM runs NOT INDEXED WHERE source = :source AND outcome = 'ok' ORDER BY id DESC LIMIT 1), 0)",
        {"source": source},
    ).fetchone()
    return int(row[0])


def broken_off(connection: sqlite3.Connection, source: str) -> tuple[int, datetime | None]:
    """How many visits in a row, the last ones, never came to an end, and when the last of them began.

    Whoever made them was killed, or the power failed.
    """
    count, last = connection.execute(
        "SELECT count(*), max(started) FROM runs NOT INDEXED WHERE source = :source AND finished IS NULL"
        " AND id > coalesce((SELECT id FROM runs NOT INDEXED WHERE source = :source AND finished IS NOT NULL"
        " ORDER BY id DESC LIMIT 1), 0)",
        {"source": source},
    ).fetchone()
    return count, moment(last) if last else None


def is_well(connection: sqlite3.Connection, source: str, deaths: int) -> bool:
    """Whether a source waits for no longer than its schedule says: its last visit did not fail, and no more than so
    many `deaths` broke visits off. Where the table cannot be read, it is not said to be."""
    try:
        return not failures(connection, source) and broken_off(connection, source)[0] <= deaths
    except sqlite3.Error:  # told at the visit
        return False


def last_error(connection: sqlite3.Connection, source: str) -> str:
    """What the last failed visit said."""
    row = connection.execute(
        "SELECT error FROM runs NOT INDEXED WHERE source = ? AND outcome = 'failed' ORDER BY id DESC LIMIT 1",
        [source],
    ).fetchone()
    return str(row[0]) if row and row[0] else ""
