"""Captures and sources for the tests of discovery."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from worker.config import Source
from worker.discover import find
from worker.models import Capture, Link

HOME = "https://phunu.example.vn/"


def capture(body: str | bytes, url: str = HOME, mime: str = "text/html; charset=utf-8") -> Capture:
    """A page as it may have been fetched."""
    raw = body.encode() if isinstance(body, str) else body
    now = datetime(2025, 3, 1, tzinfo=UTC)
    return Capture(url=url, fetched_at=now, status=200, body=raw, headers=(("Content-Type", mime),))


def links(capture: Capture, source: Source) -> list[Link]:
    """The article links of a page."""
    return list(find(capture, source).links)


def source(**changes: Any) -> Source:
    """The source whose home is HOME."""
    return Source.model_validate({"id": "phunu", "name": "Phụ nữ", "home": HOME, "kind": "union", **changes})
