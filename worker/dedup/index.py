"""The index of sampled shingles: which archived articles may share passages with a text. It lives in SQLite only."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

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

    `filed`: the articles under each of its shingles that any has, the first filed first. `votes`: how many of these
    shingles each article has; `rare`: likewise, each shingle counting one over the number of articles that have it, and
    none where it is full: it can take no more articles.
    """

    filed: Mapping[int, list[int]]
    votes: Counter[int]
    rare: Mapping[int, float]


def lookup(connection: sqlite3.Connection, sought: Iterable[int]) -> Found:
    """The articles that have some of these shingles."""
    filed = _filed(connection, sought)
    rare: defaultdict[int, float] = defaultdict(float)
    for articles in filed.values():
        if len(articles) < MOST:
            share = 1 / len(articles)
            for article in articles:
                rare[article] += share
    return Found(filed, Counter(chain.from_iterable(filed.values())), rare)


def add(connection: sqlite3.Connection, article: int, sample: Iterable[int], filed: Mapping[int, list[int]]) -> None:
    """File an article under the shingles of its sample, but for those that are full; `filed` is what was looked up."""
    new = [(number, [*filed.get(number, ()), article]) for number in sample]
    _put(connection, [(number, articles) for number, articles in new if len(articles) <= MOST])


def remove(connection: sqlite3.Connection, article: int, sample: Iterable[int]) -> None:
    """Take an article out; `sample` is of the text that it was filed with."""
    left = {
        number: [one for one in articles if one != article]
        for number, articles in _filed(connection, sample).items()
        if article in articles
    }
    _put(connection, [(number, articles) for number, articles in left.items() if articles])
    empty = [(number,) for number, articles in left.items() if not articles]
    connection.executemany("DELETE FROM shingles WHERE hash = ?", empty)


def _filed(connection: sqlite3.Connection, sought: Iterable[int]) -> dict[int, list[int]]:
    rows = connection.execute(
        "SELECT hash, articles FROM json_each(?) AS sought CROSS JOIN shingles ON hash = sought.value",
        [json.dumps(sorted(sought))],
    ).fetchall()
    lists = json.loads(f"[[{'],['.join(articles for _, articles in rows)}]]")  # at once: a tenth of the time
    return {number: articles for (number, _), articles in zip(rows, lists, strict=False)}


def _put(connection: sqlite3.Connection, rows: Iterable[tuple[int, list[int]]]) -> None:
    """Write the articles under each shingle, in the order of their ids: the same however the archive came about."""
    written = [(number, ",".join(map(str, sorted(articles)))) for number, articles in sorted(rows)]
    connection.executemany("INSERT OR REPLACE INTO shingles (hash, articles) VALUES (?, ?)", written)
