"""Asking again for a feed, a listing or a sitemap: where a site may answer that it is unchanged (304).

That answer costs the site next to nothing, and means that nothing new is behind the door. So it is only asked for where
- the door was read in full, and what it named is kept: its reading is kept after its links, so that one which was cut
  off counts for nothing;
- that was by today's rules: the same entries in sources.yaml and the same program, else other links may be taken;
- that was not long ago: a site that is wrong about itself is late by a day, and then known for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from worker.fetch import LONGEST_VALIDATOR
from worker.rules import with_entries
from worker.store.doors import Reading
from worker.store.times import now

if TYPE_CHECKING:
    from worker.config import Source
    from worker.models import Capture
    from worker.store import Archive

BELIEVED = timedelta(days=1)
"""How long a door is asked for with a condition; then it is read in full once, whatever it says of itself."""


class Readings:
    """The doors of a source as earlier walks read them. Other sources on its host, `beside` it, take links from it."""

    def __init__(self, archive: Archive, source: Source, beside: Sequence[Source]) -> None:
        self._archive = archive
        self._source = source
        self._rules = with_entries((source, *beside))

    def conditions(self, url: str) -> dict[str, str]:
        """What a request for a door says so that a 304 may come: `etag` and `last_modified`; nothing where none may."""
        before = self._before(url)
        if before is None or not timedelta(0) <= now() - before.read_at < BELIEVED:
            return {}
        said = {"etag": before.etag, "last_modified": before.last_modified}
        return {name: value for name, value in said.items() if value}

    def leads_to(self, url: str) -> tuple[str, ...]:
        """The doors behind a door that is unchanged: they may have changed all the same."""
        before = self._before(url)
        return before.leads_to if before else ()

    def of(self, url: str, capture: Capture, leads_to: Sequence[str], *, new: bool) -> Reading | None:
        """The reading to be kept of a door that was read in full, and brought something `new` or not; None: none.

        One that says of itself what it said before, and has something new, is wrong about itself, and stays so: its
        reading has neither validator.
        """
        said = capture.header("etag"), capture.header("last-modified")
        too_long = any(len(text or "") > LONGEST_VALIDATOR for text in said)
        if capture.status != HTTPStatus.OK or not any(said) or too_long:
            return None
        before = self._before(url)
        if before is not None:
            last = before.etag, before.last_modified
            if not any(last) or (new and last == said):
                said = None, None
        return Reading(capture.fetched_at, self._rules, *said, tuple(leads_to))

    def _before(self, url: str) -> Reading | None:
        before = self._archive.door_reading(self._source.id, url)
        return before if before is not None and before.rules == self._rules else None
