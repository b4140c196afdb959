"""Cron lines, as every cron reads them.

APScheduler's own reader counts the days of the week from Monday, so `0 6 * * 1` would be Tuesday's, and wants both days
to be right where a line names one of the month and one of the week; any cron takes either.
"""

from __future__ import annotations

import re
from datetime import tzinfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_PART = re.compile(r"(?:(?P<all>\*)|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>\d{1,2}))?")


def cron_trigger(line: str, zone: tzinfo, jitter: int = 0) -> BaseTrigger:
    """The trigger of a cron line of five fields, up to `jitter` seconds late; raises ValueError."""
    minute, hour, day, month, weekday = line.split()
    when = {"minute": minute, "hour": hour, "month": month, "timezone": zone}
    weekdays = ",".join(_weekdays(weekday))
    if day.startswith("*") or weekday.startswith("*"):
        return CronTrigger(**when, day=day, day_of_week=weekdays, jitter=jitter)
    either = [CronTrigger(**when, day=day), CronTrigger(**when, day_of_week=weekdays)]
    return OrTrigger(either, jitter=jitter)


def _weekdays(field: str) -> list[str]:
    """The names of the days that the last field means: 0 and 7 are Sunday.

    >>> _weekdays("5-7")
    ['fri', 'sat', 'sun']
    """
    return list(dict.fromkeys(_DAYS[number % 7] for part in field.split(",") for number in _numbers(part)))


def _numbers(part: str) -> range:
    match = _PART.fullmatch(part)
    if match is None or match["step"] == "0" or (match["step"] and not (match["all"] or match["last"])):
        raise ValueError(f"{part!r} names no days of the week")
    if match["all"]:
        first, last = 0, 6
    else:
        first = _number(match["first"])
        last = _number(match["last"]) if match["last"] else first
    # From Friday to Monday, or to Sunday, is over the end of the week.
    return range(first, last + 7 * (last < first) + 1, int(match["step"] or 1))


def _number(day: str) -> int:
    if day.lower() in _DAYS:
        return _DAYS.index(day.lower())
    if re.fullmatch("[0-7]", day):
        return int(day)
    raise ValueError(f"{day!r} is no day of the week; 0 and 7 are Sunday, 1 is Monday")
