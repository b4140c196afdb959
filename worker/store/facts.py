"""Facts and the entities that they name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from worker.models import Fact
from worker.store.rows import insert
from worker.vietnamese import expand, fold, nfc, tone_key


class Row(NamedTuple):
    """A fact as the archive holds it, but for the entity, which has its key here and its name."""

    kind: str
    text: str
    part: str
    start: int
    end: int
    value: str
    number: float | None
    date_start: str | None
    date_end: str | None
    key: str | None
    qualifier: str | None
    rule: str
    confidence: float
    province: str | None
    year: int | None
    scope: str | None
    indicator: str | None
    name: str | None

    @property
    def told(self) -> tuple[object, ...]:
        """What the fact says: all but how its entity is spelled in this place."""
        return self[:-1]


def rows(facts: Iterable[Fact]) -> list[Row]:
    """Facts as rows; pure, so that it can be done where they were read."""
    found = []
    for fact in facts:
        number = None if fact.number is None else float(fact.number)  # as the column has it
        key = entity_key(fact.name) if fact.name else None
        place = (fact.part, fact.start, fact.end)
        says = (as_json(fact.value), number, fact.date_start, fact.date_end, key)
        read = (fact.qualifier, fact.rule, fact.confidence)
        holds = (fact.province, fact.year, fact.scope, fact.indicator)
        found.append(Row._make((fact.kind, fact.text, *place, *says, *read, *holds, fact.name or None)))
    return found


_COLUMNS = """
f.kind, f.text, f.part, f.start, f."end", f.value, f.number, f.date_start, f.date_end, e.key, f.qualifier, f.rule,
f.confidence, f.province, f.year, f.scope, f.indicator"""


def told(connection: sqlite3.Connection, article: int) -> list[tuple[object, ...]]:
    """What the facts of an article say, as `Row.told`, in the order in which they were written."""
    return connection.execute(
        f"SELECT {_COLUMNS} FROM facts AS f LEFT JOIN entities AS e ON e.id = f.entity"  # noqa: S608  # ours
        " WHERE f.article = ? ORDER BY f.id",
        [article],
    ).fetchall()


def put(connection: sqlite3.Connection, article: int, of: Sequence[Row]) -> None:
    """Write the facts of an article in the place of those it had."""
    connection.execute("DELETE FROM facts WHERE article = ?", [article])
    entities = _entities(connection, of)
    connection.executemany(
        'INSERT INTO facts (article, kind, text, part, start, "end", value, number, date_start, date_end, entity,'
        " qualifier, rule, confidence, province, year, scope, indicator)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(article, *fact[:9], entities.get((fact.kind, fact.key)), *fact[10:17]) for fact in of],
    )


@lru_cache(4096)  # articles of one site name the same places and people
def entity_key(name: str) -> str:
    """One spelling of a name, abbreviations spelled out. Marks stay: Lê Thị Hoa and Lê Thị Hoà are two people."""
    return " ".join(tone_key(expand(nfc(name))).casefold().split())


Key = tuple[str, str | None]
"""Kind and key of an entity."""


def _entities(connection: sqlite3.Connection, facts: Iterable[Row]) -> dict[Key, int]:
    """The ids of the entities that facts name; those that are new are made, in the order of the facts."""
    named: dict[Key, list[Row]] = {}
    for fact in facts:
        if fact.key is not None:
            named.setdefault((fact.kind, fact.key), []).append(fact)
    known = connection.execute(
        "SELECT e.kind, e.key, e.id, e.code FROM json_each(?) AS asked CROSS JOIN entities AS e"
        " ON e.kind = json_extract(asked.value, '$[0]') AND e.key = json_extract(asked.value, '$[1]')",
        [as_json(list(named))],
    )
    ids = {}
    for kind, key, number, had in known.fetchall():
        ids[kind, key] = number
        if had is None and (code := _code(named[kind, key])) is not None:
            connection.execute("UPDATE entities SET code = ? WHERE id = ?", [code, number])
    for of, said in named.items():
        if of not in ids:
            ids[of] = _new(connection, said)
    return ids


def _code(said: Iterable[Row]) -> str | None:
    """The code of a place, or the number of a document, as the first fact says it that does."""
    for fact in said:
        if '"code"' in fact.value or fact.kind == "document":
            value = json.loads(fact.value)
            code = value.get("code") or (value.get("number") if fact.kind == "document" else None)
            if code is not None:
                return str(code)
    return None


def _new(connection: sqlite3.Connection, said: Sequence[Row]) -> int:
    first = said[0]
    name, value = first.name or "", json.loads(first.value)
    data = {"code_2025": value["code_2025"]} if value.get("code_2025") else {}
    values = {"kind": first.kind, "name": name, "key": first.key, "folded": fold(nfc(name)), "data": as_json(data)}
    return insert(connection, "entities", values | {"code": _code(said)})


as_json = json.JSONEncoder(ensure_ascii=False, default=dict).encode
"""Values as the archive holds them; json.dumps would make an encoder for every fact."""
