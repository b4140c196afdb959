"""What the button "crawl now" does: it leaves a request for the service that runs (worker/handover.py)."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

from worker.handover import ask, takes_requests, waiting_for

PLUGIN = "crawl-now"
"""Where the metadata says who may: `plugins: {crawl-now: {allow: …}}`, an allow block of Datasette."""

PERMISSION = "crawl-now"

Outcome = Literal["asked", "already", "no_service", "failed"]


def name_of(connection: sqlite3.Connection, source: str) -> str | None:
    """The name of a source, or None where there is none of that id."""
    row = connection.execute("SELECT name FROM sources WHERE id = ?", [source]).fetchone()
    return row[0] if row else None


def hand_over(archive: Path, source: str) -> Outcome:
    """Ask the service of an archive for a crawl, once: a source that is waiting already is not asked for again."""
    if not takes_requests(archive):
        return "no_service"
    if source in waiting_for(archive):
        return "already"
    try:
        ask(archive, source, {})
    except OSError:
        return "failed"
    return "asked"
