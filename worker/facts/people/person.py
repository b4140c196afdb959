"""People and the offices that they hold, where a text names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from worker.facts import gazetteer


@lru_cache(maxsize=2048)
def written_out(role: str) -> str:
    """A role with its short words in full: "PCT TT" is "Phó Chủ tịch Thường trực".

    "Tân Chủ tịch" is "Chủ tịch": it tells since when somebody holds the office, and not which.
    """
    return _short_words().sub(lambda match: gazetteer.short_offices()[match[0]], role[4 * role.startswith(_NEWLY) :])


OF_THE_STATE = ("Chủ tịch nước", "Phó Chủ tịch nước", "Quyền Chủ tịch nước")
"""The offices that are held in no organisation: "Ủy viên Trung ương Đảng, Phó Chủ tịch nước"."""
_NEWLY = ("Tân ", "tân ")


@cache
def _short_words() -> re.Pattern[str]:
    longest_first = sorted(gazetteer.short_offices(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


class Office(NamedTuple):
    """One office, words [first, end), and whose it is; or a `rank`, which is none.

    `said` is the whole of it where nobody's name tells whose it is: "Bí thư Đảng đoàn".
    """

    first: int
    end: int
    role: str
    org: str | None
    said: str
    rank: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """The offices that are read from some word on, up to word `end`: the last of them, in words, and whose it is.

    `main`: which of the `offices` it is; `confidence`: how sure it is whose it is, where that is not said beside it.
    """

    end: int
    role: str | None
    org: str | None
    kind: str  # official | rank | member
    offices: tuple[Office, ...] = ()
    confidence: float = 1.0
    main: int = 0

    @property
    def also(self) -> tuple[Office, ...]:
        """The other offices that are told with it."""
        return tuple(one for place, one in enumerate(self.offices) if place != self.main and not one.rank)


@dataclass(frozen=True, slots=True)
class Person:
    """A person where they are named: words [first, end). `also` are the offices beside the one that is told last."""

    first: int
    end: int
    name: str
    rule: str
    role: str | None = None
    org: str | None = None
    private: bool = False
    confidence: float = 1.0
    also: tuple[Office, ...] = ()
