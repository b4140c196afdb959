"""What was removed around an article: the blocks of its page that are no part of it, each with the reason.

A menu is eighty blocks with one reason. Blocks that stand on the page one after the other and were removed for the same
reason share a row, as far as it has room, a block a line, and the row has the place of the first. A block of several
lines has a row of its own. In archives that older programs filled every block has one, until a rebuild.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from worker.models import Block, Label

MOST = 5_000
"""Removed blocks kept of a page; a page with more is a trap, and its bytes are in the WARC."""


ROOM = 900
"""Bytes of the text of a row that blocks share: a longer row would take a page of the file for itself."""


class Removed(NamedTuple):
    """A row, or a block by itself; `position` is the place of the first block among those of the page."""

    position: int
    text: str
    reason: str
    signal: str | None


def rows(blocks: Iterable[Block]) -> list[Removed]:
    """The rows for the removed ones of a page's blocks, in page order."""
    found: list[Removed] = []
    lines: list[str] = []
    shared: tuple[object, ...] = ()
    room = 0
    for position, block in islice(_removed(blocks), MOST):
        why = (position - len(lines), block.reason, block.signal)
        room -= len(block.text.encode("utf-8", "surrogatepass")) + 1
        if why == shared and room >= 0 and "\n" not in block.text:
            lines.append(block.text)
            continue
        if lines:
            found[-1] = found[-1]._replace(text="\n".join(lines))
        found.append(Removed(position, block.text, block.reason or "unknown", block.signal))
        lines, room = [block.text], ROOM - len(block.text.encode("utf-8", "surrogatepass"))
        shared = () if "\n" in block.text else (position, block.reason, block.signal)
    if lines:
        found[-1] = found[-1]._replace(text="\n".join(lines))
    return found


def _removed(blocks: Iterable[Block]) -> Iterator[tuple[int, Block]]:
    return ((position, block) for position, block in enumerate(blocks) if block.label is Label.CHROME)


def blocks(of: Iterable[Removed]) -> Iterator[Removed]:
    """The blocks that rows hold; one of several lines comes as so many."""
    for row in of:
        for number, line in enumerate(row.text.split("\n")):
            yield Removed(row.position + number, line, row.reason, row.signal)


def put(connection: sqlite3.Connection, article: int, removed: Iterable[Removed]) -> None:
    """Write the rows of an article in the place of those it had."""
    connection.execute("DELETE FROM removed WHERE article = ?", [article])
    connection.executemany(
        "INSERT INTO removed (article, position, text, reason, signal) VALUES (?, ?, ?, ?, ?)",
        [(article, *row) for row in removed],
    )


def stored(connection: sqlite3.Connection, article: int) -> list[Removed]:
    """The rows of an article."""
    found = connection.execute(
        "SELECT position, text, reason, signal FROM removed WHERE article = ? ORDER BY position", [article]
    )
    return [Removed(*row) for row in found]
