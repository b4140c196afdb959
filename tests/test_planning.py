"""When a source is due: its schedule, after a pause, after a clock was set."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from worker.planning import bounds, first_runs, next_fire, not_too_far, spread, trigger
from worker.vietnamese.clock import VIETNAM

NOW = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)


def test_an_interval_is_kept_with_a_jitter_of_a_tenth():
    every = trigger("every 2h")
    fires = {every.get_next_fire_time(NOW, NOW) - NOW for _ in range(50)}
    assert len(fires) > 10
    assert all(timedelta(hours=1, minutes=48) <= after <= timedelta(hours=2, minutes=12) for after in fires)


def test_a_cron_line_is_read_in_vietnam_s_time():
    fire = trigger("30 6 * * *").get_next_fire_time(None, NOW)
    expected = datetime(2026, 3, 2, 6, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert abs(fire - expected) <= timedelta(minutes=1)


@pytest.mark.parametrize("schedule", ["every 1m", "15 6,18 * * 1-5", "auto", "auto 5m-12h", "auto 4h - 7d"])
def test_every_schedule_that_the_configuration_accepts_has_a_trigger(schedule):
    assert trigger(schedule).get_next_fire_time(None, NOW) > NOW - timedelta(minutes=2)


def test_after_a_pause_missed_runs_are_made_up_once_the_longest_overdue_first_and_spread_out():
    runs = first_runs(
        {
            "on-time": NOW + timedelta(hours=1),
            "an-hour-late": NOW - timedelta(hours=1),
            "a-day-late": NOW - timedelta(days=1),
            "never-ran": None,
        },
        NOW,
    )
    assert runs["on-time"] == NOW + timedelta(hours=1)
    assert NOW <= runs["never-ran"] < runs["a-day-late"] < runs["an-hour-late"] < NOW + timedelta(minutes=1)


def test_sources_with_one_habit_drift_apart_and_none_is_left_alone_for_more_than_a_day():
    waits = {spread(NOW + timedelta(hours=6), NOW) - NOW for _ in range(50)}
    assert len(waits) > 10
    assert all(timedelta(hours=6) <= wait <= timedelta(hours=6.6) for wait in waits)
    assert all(spread(NOW + timedelta(hours=23), NOW) - NOW <= timedelta(days=1) for _ in range(50))
    assert spread(NOW + timedelta(days=7), NOW) - NOW == timedelta(days=7)


def test_a_due_time_that_a_clock_gone_wrong_has_put_years_ahead_is_put_right():
    assert not_too_far(NOW + timedelta(days=900), "every 2h", NOW) < NOW + timedelta(hours=3)
    assert not_too_far(NOW + timedelta(days=900), "auto", NOW) < NOW + timedelta(hours=3)


@pytest.mark.parametrize("schedule", ["every 2h", "every 7d", "30 6 * * 1", "auto", "auto 3d-7d"])
def test_a_due_time_that_the_schedule_itself_has_set_is_kept(schedule):
    due = next_fire(schedule, NOW)
    assert not_too_far(due, schedule, NOW) == due


@pytest.mark.parametrize("schedule", ["every 1h", "0 * * * *", "auto 15m-1h"])
def test_a_due_time_of_a_schedule_that_was_rarer_is_put_right_where_the_source_is_well(schedule):
    due = NOW + timedelta(hours=20)
    assert not_too_far(due, schedule, NOW, well=True) <= NOW + timedelta(hours=1.1)
    assert not_too_far(due, schedule, NOW) == due


@pytest.mark.parametrize("schedule", ["every 2h", "every 7d", "30 6 * * 1", "0 6 4 * 1", "auto", "auto 3d-7d"])
def test_a_due_time_of_a_source_that_is_well_is_kept_where_its_schedule_has_set_it(schedule):
    latest = bounds(schedule)
    due = NOW + latest[1] if latest else next_fire(schedule, NOW)
    assert not_too_far(due, schedule, NOW, well=True) == due


def test_a_source_that_was_put_off_for_a_day_because_it_fails_stays_put_off():
    assert not_too_far(NOW + timedelta(hours=25), "every 2h", NOW) == NOW + timedelta(hours=25)


def test_a_source_whose_rhythm_may_leave_it_alone_for_a_week_is_not_visited_after_a_restart_before_that():
    assert not_too_far(NOW + timedelta(days=7), "auto 1h-7d", NOW) == NOW + timedelta(days=7)


def test_what_never_ran_and_what_is_overdue_is_not_touched():
    assert not_too_far(None, "every 2h", NOW) is None
    assert not_too_far(NOW - timedelta(days=9), "every 2h", NOW) == NOW - timedelta(days=9)


def test_a_cron_line_that_never_comes_leaves_the_source_to_be_looked_at_daily():
    assert next_fire("0 0 31 2 *", NOW) == NOW + timedelta(days=1)


def test_a_cron_line_of_the_leap_day_waits_for_it_over_a_restart_and_over_the_year_that_has_none():
    before, after = datetime(2027, 3, 1, tzinfo=UTC), datetime(2096, 3, 1, tzinfo=UTC)
    fires = [next_fire("0 9 29 2 *", now) for now in (before, after)]
    assert [fire.astimezone(VIETNAM).date() for fire in fires] == [date(2028, 2, 29), date(2104, 2, 29)]
    assert [not_too_far(fire, "0 9 29 2 *", now) for fire, now in zip(fires, (before, after), strict=True)] == fires
