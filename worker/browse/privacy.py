"""Private persons on the site (worker/store/telling.py says who they are): who sees them, and how lists leave them out.

Whoever has the permission `see-private` (the operator) sees them; no list, table or query of the public site has them.
"""

from __future__ import annotations

PERMISSION = "see-private"

PUBLIC = "facts.id NOT IN (SELECT fact FROM private_facts)"
"""SQL that holds for the facts that everybody may see."""

_NAMED_IN_OFFICE = f"""(entities.kind <> 'person' OR EXISTS (
  SELECT 1 FROM facts WHERE facts.entity = entities.id AND {PUBLIC}))"""  # noqa: S608 - constants

_TABLES = {"facts": PUBLIC, "entities": _NAMED_IN_OFFICE}


def public_rows(table: str) -> str | None:
    """SQL for the rows of a table that everybody may see; None where that is all of them.

    A person is listed once some page names them with an office.
    """
    return _TABLES.get(table)
