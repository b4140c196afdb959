"""Dates as programs write them for programs: in meta elements, attributes, JSON-LD and microdata."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from worker.clean.when import When, stated
from worker.vietnamese.clock import VIETNAM

if TYPE_CHECKING:
    from worker.clean.metadata.dates import Page

_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:(?:\s*T\s*|\s+|(?P<php>[+-]\d\d|[A-Z]{2,5}))(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d(?:[.,]\d+)?)?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?(?!\d)"
)
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?([0-2]\d)([0-5]\d)(?:[0-5]\d)?(Z)?)?")
_MAIL = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4}) (\d\d):(\d\d)(?::\d\d)? ?([+-]\d{4}|GMT|UTC|Z)?")
_EPOCH = re.compile(r"(1\d{9})(?:\d{3})?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse(text: str, page: Page) -> When | None:
    """A machine's date: ISO 8601 and what is meant for it, compact digits, mail's form, seconds since 1970, or words.

    "2010-05-28+0702:39:00" is PHP's date("Y-m-dTH:i:s"), where T is the zone's name: the time follows the zone.
    """
    text = text.strip()[:80]
    if match := _ISO.match(text):
        zone = _zone(match["php"] or match["zone"], page)
        return _when(match["year"], match["month"], match["day"], match["hour"], match["minute"], zone)
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, utc = match.groups()
        return _when(year, month, day, hour, minute, UTC if utc else page.zone)
    if (match := _MAIL.search(text)) and match[2] in _MONTHS:
        month = str(_MONTHS.index(match[2]) + 1)
        return _when(match[3], month, match[1], match[4], match[5], _zone(match[6], page))
    if match := _EPOCH.fullmatch(text):
        at = datetime.fromtimestamp(int(match[1]), page.zone or UTC)
        return When(at.date(), at, 0, 0)
    return next(stated(text, day_first=page.day_first, zone=page.zone), None)


def _zone(text: str | None, page: Page) -> timezone | None:
    if not text:
        return page.zone
    if text in ("Z", "UTC", "GMT"):
        return UTC
    if text[0] not in "+-":  # a zone's name: that of Vietnam is the only one that such pages were seen with
        return VIETNAM if text == "ICT" or page.vietnamese else None
    digits = text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-shift if text[0] == "-" else shift) if shift < timedelta(hours=24) else None


def _when(year: str, month: str, day: str, hour: str | None, minute: str | None, zone: timezone | None) -> When | None:
    try:
        at = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), tzinfo=zone or UTC)
    except ValueError:
        return None
    # Midnight to the minute is a day that a program gave an hour.
    return When(at.date(), at if zone and hour and (at.hour or at.minute) else None, 0, 0)


def day_of(year: str, month: str, day: str) -> When | None:
    """The day of these numbers, or None where there is none."""
    return _when(year, month, day, None, None, None)
