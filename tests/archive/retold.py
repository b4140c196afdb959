"""An archive made larger by repetition: the rows of an article again, under later ids, another address, an earlier day.

    python -m tests.archive.retold DIRECTORY --articles 100000

Facts, copies, removed blocks and captures are repeated with their article (the captures point to the same WARC
records); the search index and the summaries are then made anew, so both are as large as those of so many articles.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time
from pathlib import Path

from worker.store import Archive, rebuilding, summaries
from worker.store.transaction import transaction

SHIFTED = ("groups", "captures", "articles", "group_members", "revisions", "removed", "facts")
"""Tables that are repeated, those that others refer to first."""

REFERS = {
    "articles": {"id": "articles", "group_id": "groups", "capture": "captures"},
    "captures": {"id": "captures", "revisit_of": "captures"},
    "groups": {"id": "groups", "canonical": "articles"},
    "group_members": {"group_id": "groups", "article": "articles"},
    "revisions": {"id": "revisions", "article": "articles", "capture": "captures"},
    "removed": {"article": "articles"},
    "facts": {"id": "facts", "article": "articles"},
}
"""Which columns are moved on by the ids of which table."""


def fill_up(directory: Path, articles: int) -> None:
    """Repeat the articles of an archive until there are so many; nothing where there are enough."""
    with Archive.open(directory, write=True) as archive:
        connection = archive.connection
        (had,) = connection.execute("SELECT count(*) FROM articles").fetchone()
        if not 0 < had < articles:
            return
        connection.execute("PRAGMA foreign_keys = OFF")
        tables = {table for columns in REFERS.values() for table in columns.values()}
        last = {table: connection.execute(f"SELECT ifnull(max(id), 0) FROM {table}").fetchone()[0] for table in tables}
        for number in range(1, -(-articles // had)):
            _say(f"told again, time {number}")
            with transaction(connection):
                _repeat(connection, number, last, min(had, articles - number * had))
        connection.execute("PRAGMA foreign_keys = ON")
        _say("the search index is made anew")
        rebuilding.reindex(connection)
        _say("and the summaries")
        with transaction(connection):
            summaries.rebuild(connection)
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _repeat(connection: sqlite3.Connection, number: int, last: dict[str, int], most: int) -> None:
    """One repetition of the first `most` articles. `last` are the last ids that there were at first."""
    shift = {table: by * number for table, by in last.items()}
    for table in SHIFTED:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = [_value(table, column, shift, number) for column in columns]
        names = ", ".join(f'"{column}"' for column in columns)
        chosen = _chosen(table, last, most)
        connection.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} WHERE {chosen}")


def _value(table: str, column: str, shift: dict[str, int], number: int) -> str:
    """What stands in a column of the repetition."""
    if column in REFERS[table]:
        return f'"{column}" + {shift[REFERS[table][column]]}'
    if column == "url":
        return f"url || '?lan={number}'"
    if column in ("published", "first_seen") and table == "articles":
        days = f"'-{number * 41} days'"
        return f"date({column}, {days}) || substr({column}, 11)"
    return f'"{column}"'


def _chosen(table: str, last: dict[str, int], most: int) -> str:
    """The rows that were there at first, of the first `most` articles."""
    article = {"articles": "id", "groups": "canonical", "captures": None}.get(table, "article")
    own = f"id <= {last[table]}" if table in last else "1"
    return f"{own} AND {article} <= {most}" if article else own


def _say(line: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {line}\n")
    sys.stdout.flush()


def main() -> None:
    """Parse, and repeat."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--articles", type=int, required=True)
    wanted = parser.parse_args()
    fill_up(wanted.directory, wanted.articles)


if __name__ == "__main__":
    main()
