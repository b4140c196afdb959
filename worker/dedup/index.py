"""The index of sampled shingles: which archived articles may share passages with a text. It lives in SQLite only."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

MOST = 48
"""Articles kept under one shingle, the first ones. What more articles than that have in common is a phrase of the trade
or a press release; a copy of one still shares all its other shingles, and the first copies, with the earlier ones."""

CANDIDATES = 12
"""Articles that are looked at closely, those that share the most first."""

RARE = 0.25
"""Rarity that makes an article a candidate: one shingle that it shares with three others, or many that more have."""

LIKELY = 0.6
"""Share of an article's kept shingles that makes it a candidate however common they are: copies of a press release."""


@dataclass(slots=True)
class Found:
    """What was found of a text in the index.

    `votes`: how many of its shingles each article has; `rare`: likewise, each shingle counting one over the number of
    articles that have it, and none where it is `full`: it can take no more articles.
    """

    votes: Counter[int]
    rare: dict[int, float]
    full: set[int]


def lookup(connection: sqlite3.Connection, sought: Iterable[int]) -> Found:
    """The articles that have some of these shingles."""
    rows = connection.execute(
        "SELECT hash, article FROM shingles WHERE hash IN (SELECT value FROM json_each(?))", [json.dumps(list(sought))]
    ).fetchall()
    if not rows:
        return Found(Counter(), {}, set())
    numbers, articles = zip(*rows, strict=True)
    spread = Counter(numbers)
    full = {number for number, count in spread.items() if count >= MOST}
    rare: defaultdict[int, float] = defaultdict(float)
    for number, article in rows:
        if number not in full:
            rare[article] += 1 / spread[number]
    return Found(Counter(articles), rare, full)


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
