"""Facts and the entities that they name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache

from worker.models import Fact
from worker.store.rows import insert
from worker.vietnamese import expand, fold, nfc, tone_key


def put_facts(connection: sqlite3.Connection, article: int, facts: Sequence[Fact]) -> None:
    """Write the facts of an article in the place of those it had."""
    connection.execute("DELETE FROM facts WHERE article = ?", [article])
    entities = _entities(connection, facts)
    rows = []
    for fact in facts:
        what = (fact.kind, fact.text, fact.part, fact.start, fact.end, as_json(fact.value), fact.number)
        when = (fact.date_start, fact.date_end)
        entity = entities[fact.kind, entity_key(fact.name)] if fact.name else None
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


Key = tuple[str, str]
"""Kind and key of an entity."""


def _entities(connection: sqlite3.Connection, facts: Iterable[Fact]) -> dict[Key, int]:
    """The ids of the entities that facts name; those that are new are made, in the order of the facts."""
    named: dict[Key, Fact] = {}
    codes: dict[Key, str] = {}
    for fact in facts:
        if fact.name:
            key = fact.kind, entity_key(fact.name)
            named.setdefault(key, fact)
            if (code := _code(fact)) is not None:
                codes.setdefault(key, code)
    known = connection.execute(
        "SELECT e.kind, e.key, e.id, e.code FROM json_each(?) AS asked CROSS JOIN entities AS e"
        " ON e.kind = json_extract(asked.value, '$[0]') AND e.key = json_extract(asked.value, '$[1]')",
        [as_json(list(named))],
    )
    ids = {}
    for kind, spelled, number, had in known.fetchall():
        ids[kind, spelled] = number
        if had is None and (kind, spelled) in codes:
            connection.execute("UPDATE entities SET code = ? WHERE id = ?", [codes[kind, spelled], number])
    for key, fact in named.items():
        if key not in ids:
            ids[key] = _new(connection, fact, key[1], codes.get(key))
    return ids


def _code(fact: Fact) -> str | None:
    """The code of a place, or the number of a document, where the fact says it."""
    code = fact.value.get("code") or (fact.value.get("number") if fact.kind == "document" else None)
    return None if code is None else str(code)


def _new(connection: sqlite3.Connection, fact: Fact, key: str, code: str | None) -> int:
    name = fact.name or ""
    data = {"code_2025": fact.value["code_2025"]} if fact.value.get("code_2025") else {}
    values = {"kind": fact.kind, "name": name, "key": key, "folded": fold(nfc(name)), "data": as_json(data)}
    return insert(connection, "entities", values | {"code": code})


as_json = json.JSONEncoder(ensure_ascii=False, default=dict).encode
"""Values as the archive holds them; json.dumps would make an encoder for every fact."""
