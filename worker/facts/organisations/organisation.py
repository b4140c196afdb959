"""An organisation where a text names it, and the sorts of phrases that name one."""

from __future__ import annotations

from dataclasses import dataclass

from worker.facts.places.place import Place

SORTS = ("central", "union", "area", "party", "body", "alone", "department", "branch", "cluster", "quoted", "numbered",
         "section", "open", "free", "committee", "cell", "field", "society", "home")  # fmt: skip
OUTSIDE = ("bank", "company", "school", "press", "military", "hospital", "international")
"""They stand by themselves: no province, district or commune must be said."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation where it is named: words [first, end). `place` is whose it is; `entity` tells namesakes apart.

    `name` says it in the article's own words, completed; `entity` in the archive's. `whole` is what a body belongs to.
    """

    first: int
    end: int
    name: str
    level: str
    rule: str
    place: Place | None = None
    entity: str = ""
    confidence: float = 1.0
    wants_place: bool = False  # it is nobody's yet: only a neighbour in its list can say whose
    whole: Organisation | None = None
