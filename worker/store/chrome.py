"""The chrome memory: how often each block was seen on the pages of a source.

A block that was seen once is kept only as long as its page is among the last `WINDOW` of its source: chrome comes back
within a few pages, and the paragraphs of a million articles do not belong in a memory. One that comes back gets a row.
A row is not written with every page that has its block, eighty of them a page: which blocks a page had is kept in one
row a page, and counted up every `TOGETHER` pages; of a memory that ends with its process, only that seldom.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from worker.models import IN_BODY, Block, Label, Memory, Sighting

WINDOW = 64
"""Pages of a source within which a block has to come back to be remembered."""

TOGETHER = 32
"""Pages of a source whose blocks are counted up at once."""

TOGETHER_FLEETING = 256
"""Likewise, of a memory that nobody reads in between."""

LONGEST_EXAMPLE = 500
"""Characters kept of a block's text, so that a person can tell what was remembered."""

MOST = 20_000
"""Blocks of one source that are taken into memory, those of most pages first."""

_ONCE = (Sighting(1, 0), Sighting(1, 1))  # what most of the memory holds, thousands of times a source


@dataclass(frozen=True, slots=True)
class Seen:
    """The blocks of a page as a memory counts them, each once; plain values, so that they travel well."""

    digests: array[int]
    inside: bytes  # 1: taken for a part of the article
    reasons: tuple[str, ...]  # '' for none
    examples: tuple[str, ...]  # the texts, as far as they are kept

    @classmethod
    def on(cls, blocks: Iterable[Block]) -> Seen:
        """Those of a page; one that stands in the article and around it counts as standing in it."""
        page: dict[int, Block] = {}
        for block in blocks:
            digest = block.digest
            if digest not in page or block.label in IN_BODY:
                page[digest] = block
        return cls(
            array("q", page),
            bytes(block.label in IN_BODY for block in page.values()),
            tuple((block.reason or "") if block.label is Label.CHROME else "" for block in page.values()),
            tuple(block.text[:LONGEST_EXAMPLE] for block in page.values()),
        )


@dataclass(slots=True)
class _Known:
    """What is remembered of one source, as the database has it."""

    pages: int
    seen: dict[int, Sighting]
    recent: deque[tuple[int, set[int]]]  # article, the blocks seen there and nowhere else yet
    rows: set[int] = field(default_factory=set)  # the blocks that have a row
    uncounted: dict[int, _Uncounted] = field(default_factory=dict)  # those whose row is behind
    behind: int = 0  # pages since they were counted up


@dataclass(slots=True)
class _Uncounted:
    """What a block's row does not say yet."""

    pages: int = 0
    in_body: int = 0
    reason: str = ""
    last_seen: str = ""


class ChromeMemory:
    """Reads and teaches the memory, through the connection that writes.

    A `fleeting` one has all in its rows only when it is settled: it is lost with its process anyhow.
    """

    def __init__(self, connection: sqlite3.Connection, *, fleeting: bool = False) -> None:
        self._connection = connection
        self._fleeting = fleeting
        self._sources: dict[str, _Known] = {}

    def of(self, source_id: str) -> Memory:
        """What the archived pages of a source taught. It grows as pages are filed; it does not change in between."""
        known = self._known(source_id)
        return Memory(pages=known.pages, seen=known.seen)

    def forget(self, source_id: str) -> None:
        """Read the source anew next time: somebody else has written its memory."""
        self._sources.pop(source_id, None)

    def forget_all(self) -> None:
        """Read every source anew next time: what was learned last has been rolled back."""
        self._sources.clear()

    def _known(self, source_id: str) -> _Known:
        if source_id not in self._sources:
            if len(self._sources) >= 100:  # so many sources are being crawled at once by nobody
                self._sources.pop(next(iter(self._sources)))
            self._sources[source_id] = self._read(source_id)
        return self._sources[source_id]

    def _read(self, source_id: str) -> _Known:
        row = self._connection.execute("SELECT pages FROM sources WHERE id = ?", [source_id]).fetchone()
        rows = self._connection.execute(
            "SELECT digest, pages, in_body FROM chrome WHERE source = ? ORDER BY pages DESC LIMIT ?", [source_id, MOST]
        )
        seen = {digest: Sighting(pages, in_body) for digest, pages, in_body in rows}
        known = _Known(pages=row[0] if row else 0, seen=seen, recent=deque(), rows=set(seen))
        recent = self._connection.execute(
            "SELECT article, in_body, around FROM chrome_recent WHERE source = ? ORDER BY article", [source_id]
        )
        for article, in_body, around in recent:
            once = dict.fromkeys(_unpacked(around), 0) | dict.fromkeys(_unpacked(in_body), 1)
            new = {digest: _ONCE[inside] for digest, inside in once.items() if digest not in known.rows}
            known.seen.update(new)
            known.recent.append((article, set(new)))
        waiting = self._connection.execute(
            "SELECT article, in_body, reason, seen_at, digests FROM chrome_uncounted WHERE source = ? ORDER BY article",
            [source_id],
        ).fetchall()
        for _, inside, reason, at, digests in waiting:
            for digest in _unpacked(digests):
                _count(known, digest, inside, reason, at)
        known.behind = len({article for article, *_ in waiting})
        return known

    def learn(self, source_id: str, article: int, seen: Seen, at: str) -> None:
        """Count the blocks of an article's page; to be called once an article, inside its transaction."""
        known = self._known(source_id)
        again: list[int] = []
        back: list[int] = []
        new: list[int] = []
        for number, digest in enumerate(seen.digests):
            (again if digest in known.rows else back if digest in known.seen else new).append(number)
        if again:
            self._count_again(source_id, known, article, seen, again, at)
        if back:
            self._promote(source_id, known, seen, back, at)
        self._remember(source_id, known, article, seen, new)
        known.pages += 1
        self._connection.execute("UPDATE sources SET pages = pages + 1 WHERE id = ?", [source_id])

    def _count_again(self, source_id: str, known: _Known, article: int, seen: Seen, which: list[int], at: str) -> None:
        for number in which:
            _count(known, seen.digests[number], seen.inside[number], seen.reasons[number], at)
        if not self._fleeting:
            self._note_uncounted(source_id, article, seen, which, at)
        known.behind += 1
        if known.behind >= (TOGETHER_FLEETING if self._fleeting else TOGETHER):
            self._count_up(source_id, known)

    def _note_uncounted(self, source_id: str, article: int, seen: Seen, which: list[int], at: str) -> None:
        alike: defaultdict[tuple[int, str], array[int]] = defaultdict(lambda: array("q"))
        for number in which:
            alike[seen.inside[number], seen.reasons[number]].append(seen.digests[number])
        self._connection.executemany(
            "INSERT INTO chrome_uncounted (source, article, in_body, reason, seen_at, digests)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(source_id, article, *key, at, digests.tobytes()) for key, digests in alike.items()],
        )

    def settle(self, source_id: str) -> None:
        """Count up what a source's last pages had, so that its rows say all; to be called inside a transaction."""
        self._count_up(source_id, self._known(source_id))

    def _count_up(self, source_id: str, known: _Known) -> None:
        self._connection.executemany(
            "UPDATE chrome SET pages = pages + ?, in_body = in_body + ?, reason = coalesce(nullif(?, ''), reason),"
            " last_seen = ? WHERE source = ? AND digest = ?",
            [
                (one.pages, one.in_body, one.reason, one.last_seen, source_id, digest)
                for digest, one in sorted(known.uncounted.items())
            ],
        )
        self._connection.execute("DELETE FROM chrome_uncounted WHERE source = ?", [source_id])
        known.uncounted.clear()
        known.behind = 0

    def _promote(self, source_id: str, known: _Known, seen: Seen, which: list[int], at: str) -> None:
        """The blocks came back: from the last pages into rows of their own."""
        wanted = {seen.digests[number] for number in which}
        first_on = {digest: article for article, once in known.recent for digest in wanted & once}
        for number in which:
            digest = seen.digests[number]
            before = known.seen[digest]
            now = Sighting(before.pages + 1, before.in_body + seen.inside[number])
            row = [source_id, digest, seen.examples[number], seen.reasons[number] or None, now.pages, now.in_body]
            self._connection.execute(
                "INSERT INTO chrome (source, digest, text, reason, pages, in_body, first_seen, last_seen) VALUES"
                " (?, ?, ?, ?, ?, ?, (SELECT first_seen FROM articles WHERE id = ?), ?) ON CONFLICT DO UPDATE SET"
                " pages = pages + 1, in_body = in_body + excluded.in_body, last_seen = excluded.last_seen",
                [*row, first_on[digest], at],
            )
            known.seen[digest] = now
            known.rows.add(digest)

    def _remember(self, source_id: str, known: _Known, article: int, seen: Seen, which: list[int]) -> None:
        parts = array("q"), array("q")  # around the article, inside
        for number in which:
            digest, inside = seen.digests[number], seen.inside[number]
            parts[inside].append(digest)
            known.seen[digest] = _ONCE[inside]
        self._connection.execute(
            "INSERT INTO chrome_recent (article, source, in_body, around) VALUES (?, ?, ?, ?)",
            [article, source_id, parts[1].tobytes(), parts[0].tobytes()],
        )
        known.recent.append((article, {*parts[0], *parts[1]}))
        while len(known.recent) > WINDOW:
            oldest, once = known.recent.popleft()
            self._connection.execute("DELETE FROM chrome_recent WHERE article = ?", [oldest])
            for digest in once - known.rows:
                known.seen.pop(digest, None)


def _count(known: _Known, digest: int, inside: int, reason: str, at: str) -> None:
    """Count a block that has a row for one more page."""
    if (before := known.seen.get(digest)) is not None:
        known.seen[digest] = Sighting(before.pages + 1, before.in_body + inside)
    one = known.uncounted.setdefault(digest, _Uncounted())
    one.pages += 1
    one.in_body += inside
    one.reason = reason or one.reason
    one.last_seen = at


def _unpacked(blob: bytes) -> array[int]:
    numbers: array[int] = array("q")
    numbers.frombytes(blob)
    return numbers
