"""Private persons: people whom a page names without their holding an office (a child, a family that was given a house).

Their facts carry `"private": true`. The article keeps its words, as its page has them; but no list, table or query of
the site gathers such people for the public, by their own facts or by one that holds their name ("the handing over of a
house to …"). Whoever has the permission `see-private` (the operator) sees them.
"""

from __future__ import annotations

PERMISSION = "see-private"

_FLAGGED = """(instr({0}.value, '"private"') > 0 AND coalesce(json_extract({0}.value, '$.private'), 0))"""
# instr() goes first: it settles nearly every row, and is fast.

_HOLDS_A_NAME = """({0}.kind IN ('event', 'award', 'election', 'programme', 'theme') AND EXISTS (
  SELECT 1 FROM facts held WHERE held.article = {0}.article AND held.kind = 'person' AND held.part = {0}.part
    AND held.start < {0}."end" AND held."end" > {0}.start AND {1}))"""


def public_fact(facts: str) -> str:
    """SQL that holds for the facts that everybody may see; `facts` is the table's name in the query."""
    return f"(NOT {_FLAGGED.format(facts)} AND NOT {_HOLDS_A_NAME.format(facts, _FLAGGED.format('held'))})"


_NAMED_IN_OFFICE = """(entities.kind <> 'person' OR EXISTS (
  SELECT 1 FROM facts WHERE facts.entity = entities.id AND {}))""".format(public_fact("facts"))  # noqa: S608 - constants

_TABLES = {"facts": public_fact("facts"), "entities": _NAMED_IN_OFFICE}


def public_rows(table: str) -> str | None:
    """SQL for the rows of a table that everybody may see; None where that is all of them.

    A person is listed once some page names them with an office.
    """
    return _TABLES.get(table)
