"""The pure middle: bytes in, article and facts out. No clock, no network, no database, no globals that change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from worker.clean import clean
from worker.models import Capture, Memory, Refined

if TYPE_CHECKING:
    from worker.config import Source

NOTHING_SEEN = Memory()


def refine(capture: Capture, source: Source | None, memory: Memory = NOTHING_SEEN, *, facts: bool = True) -> Refined:
    """Clean a capture and read its facts.

    `source` says what is known of the site (None: nothing), `memory` what its earlier pages taught. The same three give
    the same result on any machine. Never raises for what a page holds: a page that is no article says so in its `kind`.
    """
    refined = clean(capture, source, memory)
    if not facts or refined.article is None:
        return refined
    from worker.facts import extract  # many rules, of which a process that only files pages needs none

    return replace(refined, facts=extract(refined.article, source))
