"""Alarms, the schedule's own notes on runs, and the readings that sources are judged by."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from worker.models import Label, PageKind
from worker.store.rows import insert
from worker.store.times import moment, now, stamp
from worker.vietnamese.clock import VIETNAM

if TYPE_CHECKING:
    from worker.models import Refined

ENOUGH = 1000
"""The latest readings of a source that it is judged by."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm; `source` is None where the archive itself is meant, `ended` while it lasts."""

    id: int
    source: str | None
    kind: str
    message: str
    began: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a page read when it was captured: words of its text, whether it stated a date, facts, share of text removed.

    A page without any text has 0 words, and nothing else is known of it. `dated` is None for captures of programs that
    did not keep it.
    """

    url: str
    words: int
    dated: bool | None = None
    facts: int | None = None
    removed: float | None = None


def settle(
    connection: sqlite3.Connection, source: str | None, wrong: Mapping[str, str], known: frozenset[str], at: datetime
) -> None:
    """Open an alarm for each kind that is `wrong` (kind -> message), and end those of the `known` kinds that are not.

    An alarm that is open already keeps its beginning and its message.
    """
    rows = connection.execute("SELECT id, kind FROM alarms WHERE source IS ? AND ended IS NULL", [source]).fetchall()
    for alarm, kind in rows:
        if kind in known and kind not in wrong:
            connection.execute("UPDATE alarms SET ended = ? WHERE id = ?", [stamp(at), alarm])
    for kind in wrong.keys() - {kind for _, kind in rows}:
        values = {"source": source, "kind": kind, "message": wrong[kind], "began": stamp(at)}
        insert(connection, "alarms", values)


def alarms(connection: sqlite3.Connection, where: str = "ended IS NULL") -> list[Alarm]:
    """The alarms that are open now, oldest first; `where` asks for others."""
    sql = f"SELECT id, source, kind, message, began, ended FROM alarms WHERE {where} ORDER BY began, id"  # noqa: S608  # our own words
    return [
        Alarm(number, source, kind, message, moment(began), moment(ended) if ended else None)
        for number, source, kind, message, began, ended in connection.execute(sql)
    ]


def standing(connection: sqlite3.Connection, source: str) -> frozenset[str]:
    """The kinds of alarm that are open for a source."""
    rows = connection.execute("SELECT kind FROM alarms WHERE source = ? AND ended IS NULL", [source])
    return frozenset(kind for (kind,) in rows)


def untold(connection: sqlite3.Connection) -> list[Alarm]:
    """The alarms whose beginning, or whose end, nobody was told of yet."""
    return alarms(connection, "told = 0 OR (told = 1 AND ended IS NOT NULL)")


def mark_told(connection: sqlite3.Connection, alarm: Alarm) -> None:
    """Somebody was told of the alarm as it stands there."""
    connection.execute("UPDATE alarms SET told = ? WHERE id = ?", [2 if alarm.ended else 1, alarm.id])


# The schedule's notes


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


# What is normal


def appeared(connection: sqlite3.Connection, source: str, since: datetime) -> list[datetime | date]:
    """When the articles of a source appeared, as far as they say: a moment, or a day where no hour is stated.

    Articles without a date count once for each day on which such were first seen. None appeared later than it was seen:
    there are sites whose clock is ahead, by the seven hours of a wrong zone or by a year.
    """
    rows = connection.execute(
        "SELECT published, published_precision, first_seen FROM articles"
        " WHERE source = :source AND (published >= :since OR (published IS NULL AND first_seen >= :since))"
        " ORDER BY id DESC LIMIT 3000",
        {"source": source, "since": (since - timedelta(days=1)).date().isoformat()},
    ).fetchall()
    stated = [_appeared(published, precision, moment(seen)) for published, precision, seen in rows if published]
    undated = {date.fromisoformat(seen[:10]) for published, _, seen in rows if not published}
    return [*(when for when in stated if when), *sorted(undated)]


def _appeared(published: str, precision: str | None, seen: datetime) -> datetime | date | None:
    when = _when(published, precision)
    if isinstance(when, datetime):
        return min(when, seen)
    return min(when, seen.astimezone(VIETNAM).date()) if when else None


def _when(published: str, precision: str | None) -> datetime | date | None:
    try:
        if precision == "minute":
            when = datetime.fromisoformat(published)
            return when if when.tzinfo else when.date()
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def last_new(connection: sqlite3.Connection, source: str) -> datetime | None:
    """When the last new article of a source was filed."""
    row = connection.execute(
        "SELECT first_seen FROM articles WHERE id = (SELECT max(id) FROM articles WHERE source = ?)", [source]
    ).fetchone()
    return moment(row[0]) if row else None


def reading(refined: Refined) -> dict[str, int | float]:
    """The columns of a capture that say how its page read."""
    if refined.article is None:
        return {"words": 0} if refined.kind is PageKind.EMPTY else {}
    removed = sum(len(block.text) for block in refined.blocks if block.label is Label.CHROME)
    return {
        "words": len(refined.article.body.split()),
        "facts": len(refined.facts),
        "removed": removed / max(removed + len(refined.article.body), 1),
    }


def readings(connection: sqlite3.Connection, source: str) -> list[Reading]:
    """How the pages of a source read that were captured last, newest first. A page that is looked at again and has not
    changed is no new reading, and what a clock that was wrong put into the future is none at all."""
    rows = connection.execute(
        "SELECT url, words, instr(states, 'published') > 0, facts, removed FROM captures"
        " WHERE source = ? AND words IS NOT NULL AND fetched_at <= ? ORDER BY fetched_at DESC LIMIT ?",
        [source, stamp(now()), ENOUGH],
    )
    return [
        Reading(url, words, None if dated is None else bool(dated), facts, removed)
        for url, words, dated, facts, removed in rows
    ]


def last_captures(connection: sqlite3.Connection, source: str, count: int) -> list[tuple[str, str, str | None]]:
    """The last captures of a source, newest first: kind, address, and the addresses that led there (JSON)."""
    return connection.execute(
        "SELECT kind, url, redirected_from FROM captures WHERE source = ? ORDER BY id DESC LIMIT ?", [source, count]
    ).fetchall()


# For `worker status`


def due_at_once(connection: sqlite3.Connection, at: datetime | None = None) -> tuple[int, str | None]:
    """How many sources are due, those that were never visited among them; and when the next of the others is."""
    waiting, later = connection.execute(
        "SELECT count(*) FILTER (WHERE coalesce(next_run, '') <= :now), min(next_run) FILTER (WHERE next_run > :now)"
        " FROM sources WHERE health <> 'disabled'",
        {"now": stamp(at or now())},
    ).fetchone()
    return waiting, later


def overdue(connection: sqlite3.Connection, at: datetime | None = None) -> str | None:
    """Since when a visit is due that nobody makes, as stored: for more than a day, in which there was no other either.

    None where no service ever planned a visit, or where somebody crawls by hand.
    """
    (due,) = connection.execute("SELECT min(next_run) FROM sources WHERE health <> 'disabled'").fetchone()
    long_ago = stamp((at or now()) - timedelta(days=1))
    last = connection.execute("SELECT started FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return due if due and due < long_ago and (last is None or last[0] < long_ago) else None


def last_day(connection: sqlite3.Connection, at: datetime | None = None) -> dict[str, int]:
    """The last 24 hours: new articles, and runs that took place, failed, were skipped or late."""
    since = stamp((at or now()) - timedelta(days=1))
    articles = connection.execute("SELECT count(*) FROM articles WHERE first_seen >= ?", [since]).fetchone()[0]
    row = connection.execute(
        "SELECT count(*) FILTER (WHERE outcome IS NOT 'skipped'), count(*) FILTER (WHERE outcome = 'failed'),"
        " count(*) FILTER (WHERE outcome = 'skipped'),"
        " count(*) FILTER (WHERE outcome IS NOT 'skipped' AND note IS NOT NULL) FROM runs WHERE started >= ?",
        [since],
    ).fetchone()
    return {"articles": articles} | dict(zip(("runs", "failed", "skipped", "late"), row, strict=True))
