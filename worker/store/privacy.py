"""Which rows everybody may see: telling.py says who a private person is, and `private_facts` which facts name one."""

from __future__ import annotations

PUBLIC = "facts.id NOT IN (SELECT fact FROM private_facts)"
"""SQL that holds for the facts that everybody may see."""

_NAMED_IN_PUBLIC = f"EXISTS (SELECT 1 FROM facts WHERE facts.entity = entities.id AND {PUBLIC})"  # noqa: S608 - constants

WITH_PRIVATE = {"facts": PUBLIC, "entities": _NAMED_IN_PUBLIC}
"""Tables with rows that not everybody may see -> SQL for those that everybody may."""


OPEN_TABLES = frozenset(
    {
        *("facts", "entities", "indicators", "offices", "conflicts", "statements", "named", "tallies"),
        *("sources", "captures", "runs", "alarms", "doors", "groups", "group_members", "_sqlite_migrations"),
    }
)
"""Tables and views that everybody may open: those that hold no running text of pages, where anybody may be named, and
no list of who is private. All others, those of a later version too, are for whoever sees private persons."""


def public_rows(table: str) -> str | None:
    """SQL for the rows of a table that everybody may see; None where that is all of them.

    An entity is listed once some fact names it that everybody may see.
    """
    return WITH_PRIVATE.get(table.lower())
