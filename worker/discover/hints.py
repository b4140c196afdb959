"""Dates that stand beside a link, in a feed or in a sitemap, as ISO 8601. Hints only: the article's own page decides.

What has no zone is Vietnam's time (+07:00).
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from worker.vietnamese.clock import VIETNAM

_EARLIEST, _LATEST = 1990, 2100
_LONGEST = 200  # characters of a text that is looked at

_CLOCK = r"(?P<{0}hour>[01]?\d|2[0-3])\s?[:hg]\s?(?P<{0}minute>[0-5]\d)(?:[:.][0-5]\d)?"
_DAY = (
    r"(?<![\d/.-])(?P<day>[0-3]?\d)\s?(?P<mark>[/.-])\s?(?P<month>[0-3]?\d)\s?(?P=mark)\s?"
    r"(?P<year>(?:19|20)\d\d)(?![\d/])"
)
_GAP = r"[\s,|•-]{0,5}"
SPOKEN = re.compile(
    rf"(?:{_CLOCK.format('a')}\s?(?P<ahalf>[AaPp][Mm]|SA|CH)?{_GAP}(?:ngày\s)?)?"
    rf"{_DAY}"
    rf"(?:{_GAP}(?:lúc\s|at\s)?{_CLOCK.format('b')}\s?(?P<bhalf>[AaPp][Mm]|SA|CH)?)?"
)
"""Day, month and year, with a time before or after it where there is one: "22/11/2023", "15:25 - 09/11/2017"."""

_EPOCH = re.compile(r"[1-9]\d{9}(?:\d{3})?")
"""Seconds or milliseconds since 1970."""

_ISO = re.compile(
    r"(?P<day>(?:19|20)\d\d-[01]\d-[0-3]\d)"
    r"(?:[T ](?P<time>[0-2]\d:[0-5]\d)(?::[0-5]\d(?:\.\d{1,9})?)?\s?(?P<zone>Z|[+-][0-2]\d:?[0-5]\d)?)?"
)


def iso(text: str) -> str | None:
    """The date (and minute, with its zone) that a text of any usual form names, or None.

    >>> iso("Thu, 9 Nov 2017 08:11:07 GMT"), iso("15:25 - 09/11/2017"), iso("2024-03-20")
    ('2017-11-09T15:11+07:00', '2017-11-09T15:25+07:00', '2024-03-20')
    """
    text = text.strip()[:_LONGEST]
    if _EPOCH.fullmatch(text):
        return minute(datetime.fromtimestamp(int(text[:10]), VIETNAM))
    if match := _ISO.match(text):
        return _from_iso(match)
    if match := SPOKEN.search(text):
        return spoken(match)
    try:
        return minute(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return None


def spoken(match: re.Match[str]) -> str | None:
    """The date of a match of SPOKEN, or None where there is no such day."""
    which = "b" if match["bhour"] else "a"
    half = (match[f"{which}half"] or "").upper()
    day, month = int(match["day"]), int(match["month"])
    if half in ("AM", "PM"):  # an English clock stands beside an English date: month first
        day, month = month, day
    hour = int(match[f"{which}hour"] or 0)
    if half:
        hour = hour % 12 + 12 * (half in ("PM", "CH"))
    try:
        time = datetime(int(match["year"]), month, day, hour, int(match[f"{which}minute"] or 0), tzinfo=VIETNAM)
    except ValueError:
        return None
    return minute(time) if match[f"{which}hour"] else time.date().isoformat()


def minute(time: datetime) -> str | None:
    """A time as ISO 8601 in Vietnam's zone, to the minute; None where it is far from any article's."""
    if not _EARLIEST <= time.year < _LATEST:
        return None
    time = time.replace(tzinfo=VIETNAM) if time.tzinfo is None else time.astimezone(VIETNAM)
    return time.isoformat(timespec="minutes")


def _from_iso(match: re.Match[str]) -> str | None:
    try:
        if match["time"] is None:
            return datetime.fromisoformat(match["day"]).date().isoformat()
        return minute(datetime.fromisoformat(f"{match['day']}T{match['time']}{match['zone'] or ''}"))
    except ValueError:
        return None
