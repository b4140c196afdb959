"""A chrome memory beside the archive, learned from nothing while a rebuild reads a source's pages again."""

from __future__ import annotations

import sqlite3
from array import array
from dataclasses import dataclass

from worker.models import Memory, Sighting
from worker.store.chrome import WINDOW, ChromeMemory, Seen

_TABLES = ("chrome", "chrome_recent", "chrome_uncounted")


@dataclass(frozen=True, slots=True)
class Packed:
    """A memory as it travels to another process: numbers only, in a fixed order."""

    pages: int = 0
    digests: bytes = b""
    counts: bytes = b""  # pages and in_body of each digest

    @classmethod
    def of(cls, memory: Memory) -> Packed:
        """A memory, packed."""
        digests = sorted(memory.seen)
        counts = array("l")
        for digest in digests:
            sighting = memory.seen[digest]
            counts.extend((sighting.pages, sighting.in_body))
        return cls(memory.pages, array("q", digests).tobytes(), counts.tobytes())

    @property
    def nbytes(self) -> int:
        """How much travels."""
        return len(self.digests) + len(self.counts)

    def open(self) -> Memory:
        """The memory."""
        digests, counts = array("q", self.digests), array("l", self.counts)
        sightings = map(Sighting, counts[::2], counts[1::2])
        return Memory(self.pages, dict(zip(digests, sightings, strict=True)))


class ScratchMemory:
    """The memory of one source, in a database of its own that ends with it; the archive's is replaced by `put`."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._connection = sqlite3.connect("", isolation_level=None)  # in memory, and in a nameless file where it grows
        for statement in (
            "CREATE TABLE sources (id TEXT PRIMARY KEY, pages INTEGER NOT NULL DEFAULT 0)",
            "CREATE TABLE articles (id INTEGER PRIMARY KEY, first_seen TEXT NOT NULL)",
            "CREATE TABLE chrome (source TEXT, digest INTEGER, text TEXT NOT NULL, reason TEXT, pages INTEGER NOT NULL,"
            " in_body INTEGER NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,"
            " PRIMARY KEY (source, digest)) WITHOUT ROWID",
            "CREATE TABLE chrome_recent (article INTEGER PRIMARY KEY, source TEXT, in_body BLOB, around BLOB)",
            "CREATE TABLE chrome_uncounted (source TEXT, article INTEGER, in_body INTEGER, reason TEXT, seen_at TEXT,"
            " digests BLOB, PRIMARY KEY (source, article, in_body, reason)) WITHOUT ROWID",
        ):
            self._connection.execute(statement)
        self._connection.execute("INSERT INTO sources (id) VALUES (?)", [source])
        self._chrome = ChromeMemory(self._connection, fleeting=True)
        self._recent: list[int] = []

    def learn(self, article: int, seen: Seen, at: str) -> None:
        """Count the blocks of an article's page."""
        self._connection.execute("INSERT INTO articles VALUES (?, ?)", [article, at])
        self._chrome.learn(self._source, article, seen, at)
        self._recent.append(article)
        if len(self._recent) > 2 * WINDOW:
            old, self._recent = self._recent[:WINDOW], self._recent[WINDOW:]
            self._connection.executemany("DELETE FROM articles WHERE id = ?", [(one,) for one in old])

    def packed(self) -> Packed:
        """The memory as it stands now."""
        return Packed.of(self._chrome.of(self._source))

    def put(self, connection: sqlite3.Connection) -> None:
        """Put it in the place of what the archive remembers of the source; to be called inside a transaction."""
        self._chrome.settle(self._source)
        for table in _TABLES:
            connection.execute(f"DELETE FROM {table} WHERE source = ?", [self._source])  # noqa: S608  # own names
            cursor = self._connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608  # likewise
            columns = ", ".join(column[0] for column in cursor.description)
            marks = ", ".join("?" * len(cursor.description))
            connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", cursor)  # noqa: S608  # likewise
        (pages,) = self._connection.execute("SELECT pages FROM sources").fetchone()
        connection.execute("UPDATE sources SET pages = ? WHERE id = ?", [pages, self._source])

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
