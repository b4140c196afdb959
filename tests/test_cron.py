"""Cron lines mean what they mean to cron."""

from datetime import UTC, datetime, timedelta

import pytest

from worker.cron import cron_trigger
from worker.values import _schedule as schedule

SUNDAY = datetime(2026, 3, 1, tzinfo=UTC)


def days(line, count=7):
    """The days of the fortnight from Sunday, the first of March 2026, on which the line fires."""
    trigger, fires, now = cron_trigger(line, UTC), [], SUNDAY
    while len(fires) < count and (fire := trigger.get_next_fire_time(None, now)):
        fires.append(fire)
        now = fire + timedelta(seconds=1)
    return [fire.day for fire in fires if fire < SUNDAY + timedelta(days=14)]


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [
        ("1", [2, 9]),
        ("0", [1, 8]),
        ("7", [1, 8]),
        ("sun", [1, 8]),
        ("MON", [2, 9]),
        ("1-5", [2, 3, 4, 5, 6, 9, 10]),
        ("5-7", [1, 6, 7, 8, 13, 14]),
        ("6,0", [1, 7, 8, 14]),
        ("sat-sun", [1, 7, 8, 14]),
        ("fri-mon", [1, 2, 6, 7, 8, 9, 13]),
        ("1-5/2", [2, 4, 6, 9, 11, 13]),
        ("*/3", [1, 4, 7, 8, 11, 14]),
        ("*", [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_days_of_the_week_are_counted_from_sunday(weekday, expected):
    assert days(f"30 6 * * {weekday}") == expected


def test_of_a_day_of_the_month_and_one_of_the_week_either_will_do():
    assert days("0 6 4,10 * 1") == [2, 4, 9, 10]
    assert days("0 6 4,10 * *") == [4, 10]


@pytest.mark.parametrize("weekday", ["8", "x", "1/2", "*/0", "", "1-", "mon#2", "٣"])
def test_what_names_no_day_of_the_week_is_told(weekday):
    with pytest.raises(ValueError, match=r"this cron line cannot be read|write"):
        schedule(f"0 6 * * {weekday}")


def test_a_visit_is_late_by_no_more_than_its_jitter():
    for line in ("0 6 4 * 1", "0 6 * * 1"):
        late = [cron_trigger(line, UTC, 60).get_next_fire_time(None, SUNDAY) for _ in range(20)]
        expected = datetime(2026, 3, 2, 6, tzinfo=UTC)
        assert all(timedelta() <= fire - expected <= timedelta(minutes=1) for fire in late)
        assert len(set(late)) > 10
