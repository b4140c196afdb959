"""Times as a reader in Vietnam writes them."""

from __future__ import annotations

from datetime import datetime

from worker.vietnamese.clock import VIETNAM


def local(time: object) -> str:
    """A stored UTC time ("2025-02-01T00:00:00Z") as 01/02/2025 07:00 +07, in Vietnam; – where there is none."""
    if not isinstance(time, str) or not time:
        return "–"
    return datetime.fromisoformat(time).astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M +07")
