"""SQL functions that the queries of the site use."""

from __future__ import annotations

import sqlite3

from datasette import hookimpl

from worker.browse.values import province
from worker.store import search
from worker.store.schema import register


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """`province_name(code)`: one of the 63 by its GSO code; `search_articles`, and what the archive's views call."""
    register(conn)
    search.register(conn)
    conn.create_function("province_name", 1, province, deterministic=True)
