"""Which rows everybody may see: telling.py says who a private person is, and `private_facts` which facts name one."""

from __future__ import annotations

PUBLIC = "facts.id NOT IN (SELECT fact FROM private_facts)"
"""SQL that holds for the facts that everybody may see."""

_NAMED_IN_PUBLIC = f"EXISTS (SELECT 1 FROM facts WHERE facts.entity = entities.id AND {PUBLIC})"  # noqa: S608 - constants

WITH_PRIVATE = {"facts": PUBLIC, "entities": _NAMED_IN_PUBLIC}
"""Tables with rows that not everybody may see -> SQL for those that everybody may."""


def public_rows(table: str) -> str | None:
    """SQL for the rows of a table that everybody may see; None where that is all of them.

    An entity is listed once some fact names it that everybody may see.
    """
    return WITH_PRIVATE.get(table.lower())
