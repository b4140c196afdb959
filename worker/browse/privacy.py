"""Private persons: people whom a page names without their holding an office (a child, a family that was given a house).

Their facts carry `"private": true`. The article keeps its words, as its page has them; but no list, table or query of
the site gathers such people for the public. Whoever has the permission `see-private` (the operator) sees them.
"""

from __future__ import annotations

PERMISSION = "see-private"

PUBLIC_FACT = "({facts}.kind <> 'person' OR coalesce(json_extract({facts}.value, '$.private'), 0) = 0)"
"""SQL that holds for the facts that everybody may see; `facts` is the name of the table in the query."""

_NAMED_IN_OFFICE = """(entities.kind <> 'person' OR EXISTS (
  SELECT 1 FROM facts f WHERE f.entity = entities.id AND {public}))""".format(public=PUBLIC_FACT.format(facts="f"))  # noqa: S608 - made of constants

_TABLES = {"facts": PUBLIC_FACT.format(facts="facts"), "entities": _NAMED_IN_OFFICE}


def public_rows(table: str) -> str | None:
    """SQL for the rows of a table that everybody may see; None where that is all of them.

    A person is listed once some page names them with an office.
    """
    return _TABLES.get(table)
