"""Facts and the entities that they name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from functools import lru_cache

from worker.models import Fact
from worker.store.rows import insert
from worker.vietnamese import expand, fold, nfc, tone_key


def put_facts(connection: sqlite3.Connection, article: int, facts: Iterable[Fact]) -> None:
    """Write the facts of an article in the place of those it had."""
    connection.execute("DELETE FROM facts WHERE article = ?", [article])
    ids: dict[tuple[str, str], int] = {}
    rows = []
    for fact in facts:
        entity = None
        if fact.name:
            key = (fact.kind, fact.name)
            if key not in ids:
                ids[key] = _entity(connection, fact, fact.name)
            entity = ids[key]
        what = (fact.kind, fact.text, fact.part, fact.start, fact.end, _json(fact.value), fact.number)
        when = (fact.date_start, fact.date_end)
        how = (fact.qualifier, fact.rule, fact.confidence)
        holds = (fact.province, fact.year, fact.scope, fact.indicator)
        rows.append((article, *what, *when, entity, *how, *holds))
    connection.executemany(
        'INSERT INTO facts (article, kind, text, part, start, "end", value, number, date_start, date_end, entity,'
        " qualifier, rule, confidence, province, year, scope, indicator)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


@lru_cache(4096)  # articles of one site name the same places and people
def entity_key(name: str) -> str:
    """One spelling of a name, abbreviations spelled out. Marks stay: Lê Thị Hoa and Lê Thị Hoà are two people."""
    return " ".join(tone_key(expand(nfc(name))).casefold().split())


def _entity(connection: sqlite3.Connection, fact: Fact, name: str) -> int:
    """The id of the entity that a fact names; it is made where it is new."""
    key = entity_key(name)
    code = fact.value.get("code") or (fact.value.get("number") if fact.kind == "document" else None)
    row = connection.execute("SELECT id, code FROM entities WHERE kind = ? AND key = ?", [fact.kind, key]).fetchone()
    if row:
        if row[1] is None and code is not None:
            connection.execute("UPDATE entities SET code = ? WHERE id = ?", [str(code), row[0]])
        return int(row[0])
    data = {"code_2025": fact.value["code_2025"]} if fact.value.get("code_2025") else {}
    values = {"kind": fact.kind, "name": name, "key": key, "folded": fold(nfc(name)), "data": _json(data)}
    return insert(connection, "entities", values | {"code": None if code is None else str(code)})


_json = json.JSONEncoder(ensure_ascii=False, default=dict).encode
