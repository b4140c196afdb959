"""MHTML files (.mht, .mhtml): a page and its pictures in one message, as Chromium and its kin save it. RFC 2557."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import NamedTuple

NAMES = (".mht", ".mhtml")

_DEEPEST = 3  # parts in parts: a frame's page is no deeper


class Saved(NamedTuple):
    """The page of a file: its bytes and their type, and where and when it was saved, as far as the file says."""

    body: bytes
    mime: str
    url: str | None
    at: datetime | None


def read(data: bytes) -> Saved | None:
    """The page that was saved, the first HTML of the message; None where there is none."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        page = _page(message, _DEEPEST)
        if page is None:
            return None
        body = page.get_payload(decode=True)
    except (ValueError, LookupError, RecursionError, AssertionError):  # what is no message, or one made to break it
        return None
    if not isinstance(body, bytes):
        return None
    url = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    mime = _header(page, "Content-Type") or "text/html"
    return Saved(
        body, mime, url if url.startswith(("http://", "https://")) else None, _moment(_header(message, "Date"))
    )


def _page(part: Message, depth: int) -> Message | None:
    """The first HTML of a message."""
    if part.get_content_type() in ("text/html", "application/xhtml+xml"):
        return part
    inner = part.get_payload() if depth and part.is_multipart() else []
    found = (_page(one, depth - 1) for one in inner if isinstance(one, Message))
    return next((one for one in found if one is not None), None)


def _header(part: Message, name: str) -> str:
    return " ".join(str(part.get(name) or "").split())


def _moment(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
