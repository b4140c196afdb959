"""A source's rhythm, learned from when its articles appeared."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dedup.stories import BODY, TITLE
from tests.store.pages import SONGLAM, opened, page
from worker.rhythm import LATEST, SOONEST, back_off, rhythm
from worker.store.habits import appeared
from worker.watch.normal import silent

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 3, 1, 20, 0, tzinfo=VIETNAM)  # a Sunday evening


def daily_at(hour, minute=0, days=30):
    return [NOW.replace(hour=hour, minute=minute) - timedelta(days=day) for day in range(1, days)]


def visits(appeared, days):
    """The visits of so many days, each planned at the one before."""
    now, made = NOW, []
    while now < NOW + timedelta(days=days):
        now = rhythm(appeared, now)
        made.append(now)
    return made


def test_a_daily_article_is_fetched_within_a_quarter_of_an_hour_of_its_usual_time():
    usual = NOW.replace(hour=8, minute=5) + timedelta(days=1)
    assert timedelta() < rhythm(daily_at(8, 5), NOW) - usual <= timedelta(minutes=15)


@pytest.mark.parametrize("ahead", [timedelta(hours=7), timedelta(days=366)], ids=["zone", "year"])
@pytest.mark.parametrize("precision", ["minute", "day"])
def test_a_site_whose_clock_is_ahead_is_visited_when_its_articles_appear(tmp_path, ahead, precision):
    with opened(tmp_path) as archive:
        for day in range(1, 30):
            seen = datetime(2026, 11, 20, 1, 10, tzinfo=UTC) - timedelta(days=day)
            stated = (seen + ahead).astimezone(VIETNAM).isoformat(timespec="minutes")
            made = {"published": stated if precision == "minute" else stated[:10], "published_precision": precision}
            capture, *rest = page(f"{TITLE} {day}", BODY, hours=-24 * day, **made)
            archive.file(replace(capture, fetched_at=seen), *rest)
        now = datetime(2026, 11, 19, 23, 0, tzinfo=UTC)
        known = appeared(archive.connection, SONGLAM.id, now - timedelta(days=180))
    assert len(known) == 29
    due = datetime(2026, 11, 20, 1, 10, tzinfo=UTC)
    late = timedelta(minutes=30) if precision == "minute" else timedelta(hours=6)
    assert rhythm(known, now) - due <= late
    assert silent(known, None, now) is None
    assert silent(known, now - timedelta(days=1), now + timedelta(days=20)) is not None


def test_a_weekly_article_is_fetched_at_its_usual_time_and_the_source_is_looked_at_once_a_day_otherwise():
    mondays = [datetime(2026, 2, 23, 9, 0, tzinfo=VIETNAM) - timedelta(weeks=week) for week in range(8)]
    made = visits(mondays, 14)
    assert len(made) <= 16
    for monday in (datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM), datetime(2026, 3, 9, 9, 0, tzinfo=VIETNAM)):
        assert any(timedelta() < visit - monday <= timedelta(minutes=15) for visit in made)


def test_a_busy_paper_is_visited_often_while_it_works_and_seldom_at_night():
    appeared = [time + timedelta(minutes=10 * n) for time in daily_at(7) for n in range(72)]
    made = visits(appeared, 7)
    by_day = [visit for visit in made if 7 <= visit.astimezone(VIETNAM).hour < 19]
    assert len(by_day) > 6 * 20
    assert len(made) - len(by_day) <= 4 * 7


def test_days_without_an_hour_count_for_the_working_day():
    made = visits([(NOW - timedelta(days=day)).date() for day in range(1, 50) for _ in range(10)], 7)
    assert 8 * 7 <= len(made) <= 24 * 7
    assert sum(6 <= visit.astimezone(VIETNAM).hour <= 20 for visit in made) >= len(made) - 14


def test_an_occasion_of_many_articles_at_once_is_worth_one_visit():
    once = daily_at(8)
    assert rhythm([*once, *once, *once], NOW) == rhythm(once, NOW)


def test_a_source_of_which_nothing_is_known_is_visited_every_two_hours():
    assert rhythm([], NOW) == NOW + timedelta(hours=2)


def test_a_source_that_has_fallen_asleep_is_looked_at_once_a_day():
    assert rhythm([NOW - timedelta(days=400)], NOW) == NOW + timedelta(days=1)


def test_a_schedule_may_set_other_bounds():
    asleep, busy = [NOW - timedelta(days=400)], [NOW - timedelta(minutes=20 * n) for n in range(2000)]
    bounds = timedelta(hours=3), timedelta(days=7)
    assert rhythm(asleep, NOW, *bounds) == NOW + timedelta(days=7)
    assert rhythm(busy, NOW, *bounds) == NOW + timedelta(hours=3)
    assert rhythm([], NOW, *bounds) == NOW + timedelta(hours=3)
    assert rhythm(busy, NOW, timedelta(minutes=5), timedelta(hours=1)) <= NOW + timedelta(minutes=30)


def test_a_habit_of_months_ago_is_forgotten():
    long_ago = [time - timedelta(weeks=12) for time in daily_at(20, days=60)]
    assert rhythm([*long_ago, *daily_at(8)], NOW) == rhythm(daily_at(8), NOW)


def test_a_new_habit_shows_within_days():
    usual = NOW.replace(hour=8) + timedelta(days=1)
    assert timedelta() < rhythm(daily_at(8, days=4), NOW) - usual <= timedelta(minutes=15)


moments = st.datetimes(datetime(2025, 12, 1), datetime(2026, 4, 1)).map(lambda when: when.replace(tzinfo=UTC))  # noqa: DTZ001


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(moments, st.dates()), max_size=60), moments)
def test_whatever_the_articles_say_the_next_visit_lies_between_a_quarter_of_an_hour_and_a_day_ahead(appeared, now):
    assert SOONEST <= rhythm(appeared, now) - now <= LATEST


@pytest.mark.parametrize("hours", [0.25, 2, 24])
def test_a_failing_source_is_left_alone_for_ever_longer_up_to_a_day_and_never_given_up(hours):
    interval = timedelta(hours=hours)
    waits = [back_off(interval, failures) for failures in range(1, 60)]
    assert waits[0] == interval
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=1)


def test_a_source_that_is_visited_once_a_week_is_not_visited_more_often_because_it_fails():
    assert back_off(timedelta(days=7), 5) == timedelta(days=7)
