"""Private persons on the site (worker/store/telling.py says who they are): who sees them, and how lists leave them out.

Whoever has the permission `see-private` (the operator) sees them; no list, table or query of the public site has them.
An article's own pages show its words as its site published them. What gathers the words of many is masked
(worker/store/masks.py) or closed to the public.
"""

from __future__ import annotations

import re

from datasette.utils import tilde_decode

PERMISSION = "see-private"

PUBLIC = "facts.id NOT IN (SELECT fact FROM private_facts)"
"""SQL that holds for the facts that everybody may see."""

_NAMED_IN_PUBLIC = f"EXISTS (SELECT 1 FROM facts WHERE facts.entity = entities.id AND {PUBLIC})"  # noqa: S608 - constants

_ROWS = {"facts": PUBLIC, "entities": _NAMED_IN_PUBLIC}

OPEN_TABLES = frozenset(
    {
        *("facts", "entities", "indicators", "offices", "conflicts", "statements", "named", "tallies"),
        *("sources", "captures", "runs", "alarms", "doors", "groups", "group_members", "_sqlite_migrations"),
    }
)
"""Tables and views that everybody may open: those that hold no running text of pages, where anybody may be named, and
no list of who is private. All others, those of a later version too, are for whoever sees private persons."""

_ROW = re.compile(r"/news/(facts|entities)/\d{1,18}(\.\w+)?")
"""The address of one row of a table with private persons, as the site spells it."""


def public_rows(table: str) -> str | None:
    """SQL for the rows of a table that everybody may see; None where that is all of them.

    An entity is listed once some fact names it that everybody may see.
    """
    return _ROWS.get(table.lower())


def misspelled(path: str) -> bool:
    """Is it the address of such a row in another spelling, which Datasette reads alike but no check of ours knows?

    Tables go by any case, names by escapes (`~66acts`), and numbers by whatever SQLite takes for one (`448e0`, ` 448`).

    >>> misspelled("/news/facts/448.json"), misspelled("/news/FACTS/448"), misspelled("/news/facts/+448")
    (False, True, True)
    """
    parts = path.split("/")
    return len(parts) == 4 and tilde_decode(parts[2]).lower() in _ROWS and not _ROW.fullmatch(path)
