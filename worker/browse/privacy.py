"""Private persons on the site (worker/store/telling.py says who they are): who sees them, and how lists leave them out.

Whoever has the permission `see-private` (the operator) sees them; no list, table or query of the public site has them.
An article's own pages show its words as its site published them. What gathers the words of many is masked
(worker/store/masks.py) or closed to the public.
"""

from __future__ import annotations

import re

from datasette.utils import tilde_decode

from worker.store.privacy import WITH_PRIVATE

PERMISSION = "see-private"

_ROW = re.compile(r"/news/(facts|entities)/\d{1,18}(\.\w+)?")
"""The address of one row of a table with private persons, as the site spells it."""


def misspelled(path: str) -> bool:
    """Is it the address of such a row in another spelling, which Datasette reads alike but no check of ours knows?

    Tables go by any case, names by escapes (`~66acts`), and numbers by whatever SQLite takes for one (`448e0`, ` 448`).

    >>> misspelled("/news/facts/448.json"), misspelled("/news/FACTS/448"), misspelled("/news/facts/+448")
    (False, True, True)
    """
    parts = path.split("/")
    return len(parts) == 4 and tilde_decode(parts[2]).lower() in WITH_PRIVATE and not _ROW.fullmatch(path)
