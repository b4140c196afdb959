"""SQL functions that the queries of the site use."""

from __future__ import annotations

import sqlite3

from datasette import hookimpl

from worker.browse.values import in_province, province
from worker.store import search
from worker.store.masks import Masks
from worker.store.schema import register
from worker.store.standing import standing


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """What the archive's views call, `search_articles`, `province_name(code)`: one of the 63 by its GSO code,
    `in_province(code, asked)`: whether its name is, or has in it, what a reader asks for,
    `stands_for(province, org)`: how far a figure stands for its province (0: it is somebody else's), and
    `initialled(article, part, text)`: that part of an article, private persons with their initials.
    """

    def initialled(article: int, part: str, text: str) -> str:
        return Masks.of(conn, [article]).masked(article, text, part)

    register(conn)
    search.register(conn)
    conn.create_function("province_name", 1, province, deterministic=True)
    conn.create_function("in_province", 2, in_province, deterministic=True)
    conn.create_function("stands_for", 2, standing, deterministic=True)
    conn.create_function("initialled", 3, initialled)
