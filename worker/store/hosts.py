"""The hosts that are to be left alone for a while, kept over a restart: who said "in six hours" is not asked before."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from worker.store.times import moment, now, stamp
from worker.store.transaction import transaction

LONGEST = timedelta(days=2)
"""No host is left alone for so long: a time beyond it was kept when the clock was wrong."""


class Hosts:
    """The `Holds` (worker.fetch.politeness) of an archive; one that `writes` nothing keeps nothing, and looks."""

    def __init__(self, connection: sqlite3.Connection, *, writes: bool = True) -> None:
        self._connection = connection
        self._writes = writes

    def held(self, host: str) -> tuple[float, str] | None:
        """For how many seconds more a host is to be left alone, and why; None where it may be asked."""
        row = self._connection.execute("SELECT until, why FROM held_hosts WHERE host = ?", [host]).fetchone()
        left = moment(row[0]) - now() if row else timedelta()
        return (left.total_seconds(), row[1]) if timedelta() < left < LONGEST else None

    def hold(self, host: str, seconds: float, why: str) -> None:
        """Keep that a host is to be left alone for so many seconds. What is over by now is forgotten."""
        if not self._writes:
            return
        with transaction(self._connection):
            self._connection.execute("DELETE FROM held_hosts WHERE until <= ?", [stamp(now())])
            self._connection.execute(
                "INSERT OR REPLACE INTO held_hosts (host, until, why) VALUES (?, ?, ?)",
                [host, stamp(now() + timedelta(seconds=seconds)), why],
            )
