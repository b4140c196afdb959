"""Alarms: what is wrong with a source, or with the archive itself, since when, and who was told."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from worker.store.rows import insert
from worker.store.times import moment, stamp


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm; `source` is None where the archive itself is meant, `ended` while it lasts."""

    id: int
    source: str | None
    kind: str
    message: str
    began: datetime
    ended: datetime | None


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
