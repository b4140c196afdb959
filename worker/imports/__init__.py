"""Other people's captures: WARC and WACZ files, folders of saved pages, other archives; each with its own times.

`Inputs.read` (inputs.py) yields what an argument of the command holds, a `Found` or a `Passed` with the reason;
`job.Import` files it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from worker.models import Capture
from worker.store.ranges import Place


class ImportFailed(Exception):  # noqa: N818  # ImportError is Python's own
    """Something cannot be imported; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page. Where `repeats` is set its body is empty: it is that of an earlier record."""

    capture: Capture
    digest: str | None = None  # of the payload, as the record states it
    repeats: Repeated | None = None
    place: Place | None = None  # of its record, in a file that can be referred to
    listed: bool = False  # by a person, in a folder's index: it is no section's page, whatever its address looks like


@dataclass(frozen=True, slots=True)
class Repeated:
    """The record whose payload a revisit record repeats, by address and time or by its digest."""

    url: str | None
    date: datetime | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A record or file that brings no page; `reason` in few words, `detail` what it is counted under below that."""

    reason: str
    detail: str = ""


Wanted = Callable[[str], bool]
"""Whether an address is of a site that is wanted: asked before a payload is read."""
