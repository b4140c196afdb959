"""How far a figure stands for its province, so that provinces are compared by what they tell of themselves.

A commune's 40 orphans are told in its province, and so are those that a firm or the police of the province sponsor.
None of them is the province's number, and none may be set beside another's.
"""

from __future__ import annotations

from functools import cache

from worker.values import provinces

OTHERS, UNSAID, OWN = range(3)
"""Of somebody else in the province; nobody is said to own it; of the province's own union."""

_RENAMED = {"46": ("Thừa Thiên Huế",)}  # a city since January 2025, and Huế since then


def standing(province: str | None, org: str | None) -> int:
    """How far the figure of `org` stands for a province, a GSO code of the 63.

    Without a province it is of several or of the whole country, which is nobody's to stand for."""
    if org is None or province is None:
        return UNSAID
    return OWN if (province, org) in _unions() else OTHERS


@cache
def _unions() -> frozenset[tuple[str, str]]:
    """The provinces with the names of their unions: a province may be raised to a city."""
    names = ((code, name) for code, first in provinces().items() for name in (first, *_RENAMED.get(code, ())))
    return frozenset((code, f"Hội LHPN {sort} {name}") for code, name in names for sort in ("tỉnh", "TP"))
