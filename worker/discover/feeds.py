"""Feeds: RSS and Atom through feedparser, JSON Feed, and a NukeViet habit that makes minutes of months."""

from __future__ import annotations

import calendar
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from worker.clean.encoding import decode, without_halves
from worker.discover import hints
from worker.discover.addresses import absolute
from worker.discover.sitemaps import unpacked
from worker.models import Capture, Link
from worker.vietnamese import nfc

MAX_ITEMS = 1_000
LIMIT = 4 * 1024 * 1024
"""Bytes of a feed that are read; feeds are below 1 MB, and feedparser takes seconds for more than this."""

_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_ADDRESS = re.compile(r"\s*(?:https?:/)?/", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,500}>")
_JSON_FEED = re.compile(rb"jsonfeed\.org\\?/version\\?/")
"""Its version, which may stand behind everything else; PHP writes its slashes as \\/."""

_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class _Item:
    url: str
    title: str
    date: str  # as written
    time: datetime | None  # as feedparser reads it, in UTC


def feed_links(capture: Capture) -> list[Link]:
    """The items of a feed, in its order, with title and date. Empty where the bytes are no feed; a .gz is unpacked."""
    capture = replace(capture, body=unpacked(capture.body, LIMIT))
    items = _json_items(capture) if is_json(capture.body) else _xml_items(capture)
    dates = [hints.iso(item.date) or (hints.minute(item.time) if item.time else None) for item in items]
    if _minutes_are_months(capture.body, items):
        dates = [date and _without_minute(date) for date in dates]
    return [
        Link(url=item.url, found_on=capture.url, title=item.title or None, published=date)
        for item, date in zip(items, dates, strict=True)
    ]


def is_json(body: bytes) -> bool:
    """Whether the bytes claim to be a JSON Feed."""
    begins = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return begins and _JSON_FEED.search(body, 0, LIMIT) is not None


def _xml_items(capture: Capture) -> list[_Item]:
    import feedparser

    text = _DECLARATION.sub("", decode(capture.body[:LIMIT], capture.charset).text.lstrip())
    if _ENTITY.search(text):  # no feed declares entities; who does wants them expanded
        return []
    try:
        parsed = feedparser.parse(
            io.BytesIO(
                text.encode()
            ),  # a stream, not bytes: feedparser takes bytes that are a file's name for that file
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": capture.url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # noqa: BLE001 - feedparser lets errors of all kinds out where a feed is damaged
        return []
    return [item for entry in parsed.entries[:MAX_ITEMS] if (item := _xml_item(entry, capture.url))]


def _xml_item(entry: Any, base: str) -> _Item | None:
    url = _where(entry.get("link"), entry.get("id"), base)
    if url is None:
        return None
    when = "published" if entry.get("published") else "updated"
    parts = entry.get(f"{when}_parsed")
    try:
        time = datetime.fromtimestamp(calendar.timegm(parts), UTC) if parts else None
    except (ValueError, OverflowError, OSError):
        time = None
    return _Item(url, _title(str(entry.get("title") or "")), str(entry.get(when) or ""), time)


def _json_items(capture: Capture) -> list[_Item]:
    try:
        data = json.loads(without_halves(decode(capture.body[:LIMIT], capture.charset).text))
    except (ValueError, RecursionError):
        return []
    entries = data.get("items") if isinstance(data, dict) else None
    items = []
    for entry in entries[:MAX_ITEMS] if isinstance(entries, list) else []:
        if isinstance(entry, dict) and (url := _where(entry.get("url"), entry.get("id"), capture.url)):
            date = str(entry.get("date_published") or entry.get("date_modified") or "")
            items.append(_Item(url, _title(str(entry.get("title") or "")), date, None))
    return items


def _where(link: object, number: object, base: str) -> str | None:
    """The address of an item: that of its link, or else its id, where that is an address and no number or name."""
    texts = [str(link or ""), str(number) if isinstance(number, str) and _ADDRESS.match(number) else ""]
    return next((found for text in texts if text and (found := absolute(text, base))), None)


def _title(text: str) -> str:
    return nfc(" ".join(_TAGS.sub(" ", text[: 4 * _LONGEST_TITLE]).split())[:_LONGEST_TITLE])


def _minutes_are_months(body: bytes, items: Sequence[_Item]) -> bool:
    """NukeViet formats pubDate with gmdate('D, j M Y H:m:s'), where m is the month.

    The feed names its maker; where it does not, three items and more whose minutes all equal their months betray it.
    """
    times = [item.time for item in items if item.time]
    if not times or any(time.minute != time.month for time in times):
        return False
    return b"NukeViet" in body[:8192] or len(times) >= 3


def _without_minute(date: str) -> str:
    """The hour of a time, in a form that keeps saying so: 2017-11-09T15+07:00."""
    return re.sub(r"(T\d\d):\d\d", r"\1", date)
