"""The index of sampled shingles: which archived articles may share passages with a text. It lives in SQLite only."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable

MOST = 48
"""Articles kept under one shingle, the first ones. What more articles than that have in common is a phrase of the trade
or a press release; a copy of one still shares all its other shingles, and the first copies, with the earlier ones."""

CANDIDATES = 12
"""Articles that are looked at closely, those that share the most first."""


def lookup(connection: sqlite3.Connection, sample: Iterable[int]) -> tuple[Counter[int], set[int]]:
    """How many shingles of a sample each article has; and the shingles that can take no more articles."""
    rows = connection.execute(
        "SELECT hash, article FROM shingles WHERE hash IN (SELECT value FROM json_each(?))", [json.dumps(list(sample))]
    ).fetchall()
    full = {number for number, articles in Counter(number for number, _ in rows).items() if articles >= MOST}
    return Counter(article for _, article in rows), full


def add(connection: sqlite3.Connection, article: int, sample: Iterable[int], full: Iterable[int] = ()) -> None:
    """File an article under the shingles of its sample, but for those that are full."""
    connection.executemany(
        "INSERT OR IGNORE INTO shingles (hash, article) VALUES (?, ?)",
        [(number, article) for number in sorted(set(sample).difference(full))],
    )


def remove(connection: sqlite3.Connection, article: int, sample: Iterable[int]) -> None:
    """Take an article out; `sample` is of the text that it was filed with."""
    connection.executemany(
        "DELETE FROM shingles WHERE hash = ? AND article = ?", [(number, article) for number in sample]
    )
