"""What is normal for a source, and when it is not: the judgement itself, without an archive."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from worker.store.habits import Reading
from worker.watch.normal import pages, silent, site, undecided, unlike_itself
from worker.watch.witness import Door, Visit

NOW = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)


def every(days, count=40):
    """Articles at even distances, the last one one distance ago."""
    return [NOW - timedelta(days=days * number) for number in range(1, count + 1)]


def by_chance(days, seed, over=180):
    dice, times, at = Random(seed), [], NOW - timedelta(days=over)  # noqa: S311 - dates, not secrets
    while (at := at + timedelta(days=dice.expovariate(1 / days))) < NOW:
        times.append(at)
    return times


def articles(count, seed=1, **changed):
    """Readings of so many pages, each read once; the newest first."""
    dice = Random(seed)  # noqa: S311 - figures, not secrets
    made = [
        {
            "url": f"https://a.example/{seed}-{number}",
            "words": dice.randint(150, 900),
            "dated": True,
            "facts": dice.randint(3, 40),
            "removed": dice.uniform(0.3, 0.6),
        }
        for number in range(count)
    ]
    return [Reading(**(reading | changed)) for reading in made]


@pytest.mark.parametrize("days", [0.1, 1, 3])
def test_a_regular_source_that_falls_silent_is_noticed_within_two_of_its_intervals(days):
    appeared = every(days)
    noticed = next(
        wait for wait in range(1, 2000) if silent(appeared, appeared[0], appeared[0] + timedelta(hours=wait))
    )
    assert 1.5 * days * 24 <= noticed <= max(2 * days * 24, 1.5 * days * 24 + 1)


def _alarmed(appeared, begin, days):
    """The days after `begin` on which a source that brings nothing more is called silent."""
    known = [at for at in appeared if at <= begin]
    return [day for day in range(days) if silent(known, known[-1], begin + timedelta(days=day, hours=12))]


@pytest.mark.parametrize("year", range(2024, 2031))
@pytest.mark.parametrize("weekends", [True, False])
def test_a_source_that_rests_for_a_week_at_its_first_tet_is_not_called_silent(year, weekends):
    tet = {2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 2)}
    eve = datetime(year, *tet[year], 3, tzinfo=UTC) - timedelta(days=2)
    daily = [eve - timedelta(days=day) for day in range(120, 0, -1)]
    appeared = [at for at in daily if weekends or at.weekday() < 5]
    assert _alarmed(appeared, appeared[-1], 9) == []
    assert _alarmed(appeared, appeared[-1], 40)[-1:] == [39], "one that never comes back is"


def test_days_of_rest_hide_no_silence_at_other_times_and_a_tet_that_was_kept_is_no_habit():
    begin = datetime(2026, 3, 29, 3, tzinfo=UTC)
    daily = [begin - timedelta(days=day) for day in range(120, -1, -1)]
    with_tet = [at for at in daily if not datetime(2026, 2, 14, tzinfo=UTC) < at < datetime(2026, 2, 24, tzinfo=UTC)]
    assert _alarmed(daily, begin, 9) == _alarmed(with_tet, begin, 9) == list(range(2, 9))


@pytest.mark.parametrize(
    ("last", "back"),
    [((2026, 4, 29), (2026, 5, 4)), ((2026, 4, 24), (2026, 4, 28)), ((2026, 8, 31), (2026, 9, 4))],
)
def test_nor_is_one_that_rests_over_a_long_weekend(last, back):
    begin, back = datetime(*last, 9, tzinfo=UTC), datetime(*back, 2, tzinfo=UTC)
    daily = [begin - timedelta(days=day) for day in range(100, -1, -1)]
    assert silent(daily, begin, back) is None


def test_a_source_that_is_known_for_a_few_days_only_may_rest_at_the_weekend():
    week = [
        NOW.replace(hour=1) - timedelta(days=day) + timedelta(minutes=20 * n) for day in range(4) for n in range(24)
    ]
    assert silent(week, max(week), max(week) + timedelta(days=8)) is None
    assert silent([*week, *every(1, 100)], max(week), max(week) + timedelta(days=8)) is not None


@pytest.mark.parametrize("days", [0.5, 2, 7])
def test_a_source_that_publishes_by_chance_gives_no_false_alarm_in_years(days):
    false = 0
    for seed in range(20):
        appeared = by_chance(days, seed)
        for number in range(25, len(appeared)):
            known, following = appeared[:number], appeared[number]
            if following - known[-1] < timedelta(days=4 * days):
                continue
            false += silent(known, known[-1], following) is not None
    assert false == 0


def test_a_source_of_which_little_is_known_is_never_called_silent():
    assert silent(every(1, 20), NOW - timedelta(days=300), NOW) is None
    assert silent([], None, NOW) is None


def test_the_sentence_says_how_long_it_was_and_what_to_do():
    assert silent(every(1), NOW - timedelta(days=1), NOW + timedelta(days=9)) == (
        "nothing new for 10.0 days, where 1.0 days between two articles are usual;"
        " look whether the site has moved its news, or changed its listing"
    )


ODD = {"short": {"words": 20}, "undated": {"dated": False}, "facts": {"facts": 0}, "chrome": {"removed": 0.95}}


@pytest.mark.parametrize(("kind", "broken"), ODD.items())
def test_pages_that_are_suddenly_unlike_all_before_are_noticed_and_two_good_ones_end_it(kind, broken):
    before, standing = articles(60), frozenset({kind})
    assert list(unlike_itself([*articles(2, 2, **broken), *before])) == [kind]
    assert unlike_itself([*articles(1, 3), *articles(2, 2, **broken), *before]) == {}
    assert list(unlike_itself([*articles(1, 3), *articles(2, 2, **broken), *before], standing)) == [kind]
    assert unlike_itself([*articles(2, 3), *articles(2, 2, **broken), *before], standing) == {}


@pytest.mark.parametrize("broken", ODD.values())
def test_one_odd_page_is_no_alarm_and_where_little_is_known_two_are_none_either(broken):
    assert unlike_itself([*articles(1, 2, **broken), *articles(500)]) == {}
    assert unlike_itself([*articles(2, 2, **broken), *articles(30)]) == {}


@pytest.mark.parametrize(("kind", "broken"), ODD.items())
def test_earlier_articles_that_read_oddly_at_the_next_look_show_a_changed_layout_where_little_is_known(kind, broken):
    before = articles(30)
    looked_at_again = [replace(reading, **broken) for reading in before[:2]]
    assert list(unlike_itself([*looked_at_again, *before])) == [kind]


@pytest.mark.parametrize(("kind", "broken"), ODD.items())
def test_a_look_at_a_page_that_reads_as_it_did_hides_nothing_and_one_that_is_well_again_ends_it(kind, broken):
    before, odd = articles(60), articles(2, 2, **broken)
    assert list(unlike_itself([before[3], *odd, *before])) == [kind]
    assert unlike_itself([replace(odd[0], words=500, dated=True, facts=9, removed=0.4), *odd, *before]) == {}


@pytest.mark.parametrize(("kind", "broken"), ODD.items())
def test_an_alarm_lasts_until_the_new_look_has_become_the_habit(kind, broken):
    before = articles(60)
    assert all(list(unlike_itself([*articles(count, 2, **broken), *before])) == [kind] for count in range(2, 60))
    assert unlike_itself([*articles(400, 2, **broken), *before]) == {}


def test_of_a_source_that_is_odd_at_times_there_must_be_more_in_a_row_than_ever():
    at_times = [*articles(60), *articles(3, 5, dated=False), *articles(60, 6)]
    assert unlike_itself([*articles(3, 2, dated=False), *at_times]) == {}
    assert set(unlike_itself([*articles(4, 2, dated=False), *at_times])) == {"undated"}


def test_a_page_without_any_text_is_short_and_nothing_else():
    empty = [Reading(f"https://a.example/{number}", 0) for number in range(2)]
    assert set(unlike_itself([*empty, *articles(60)])) == {"short"}


def test_what_was_always_so_is_no_alarm():
    assert unlike_itself(articles(60, dated=False, facts=0, words=30, removed=0.95)) == {}


def test_ordinary_articles_are_no_alarm_in_any_order():
    assert not any(unlike_itself(articles(80, seed)) for seed in range(300))


def test_pages_that_all_lead_to_another_host_are_noticed():
    moved = ("article", "https://new.example/bai-1.html", '["https://www.old.example/bai-1.html"]')
    assert "new.example" in pages([moved] * 4)["moved"]
    assert pages([moved] * 3 + [("article", "https://old.example/bai-2.html", None)]) == {}


def test_a_redirect_to_the_same_site_with_or_without_www_is_none():
    same = ("article", "https://www.old.example/bai-1.html", '["http://old.example/bai-1.html"]')
    assert pages([same] * 4) == {}


def test_gambling_spam_is_noticed_before_anything_is_known_of_the_source():
    assert "spam" in pages([("spam", "https://a.example/1", None)] * 2)
    assert pages([("spam", "https://a.example/1", None)]) == {}


HERE, FEED, THERE = "https://old.example/tin/", "https://old.example/rss", "https://new.example/"
WELL = Visit([Door(HERE, HERE, 200), Door(FEED, FEED, 404)], True)
MOVED = Visit([Door(HERE, THERE, 200), Door(FEED, THERE, 200)], True)
CLOSED = Visit([Door(HERE, HERE, 403), Door(FEED, FEED, 404)], True)


@pytest.mark.parametrize(("kind", "visit"), [("moved", MOVED), ("closed", CLOSED)])
def test_doors_that_are_wrong_at_two_visits_in_a_row_are_noticed_and_one_good_visit_ends_it(kind, visit):
    assert site([visit], frozenset(), NOW) == site([WELL, visit], frozenset(), NOW) == {}
    assert list(site([visit, visit], frozenset(), NOW)) == [kind]
    assert list(site([visit], frozenset({kind}), NOW)) == [kind]  # after a restart the alarm goes on
    assert site([visit, WELL], frozenset({kind}), NOW) == {}


def test_a_visit_that_showed_no_door_or_nothing_leaves_those_alarms_as_they_are():
    assert undecided([]) == {"moved", "closed", "certificate"}
    assert undecided([Visit([], True)]) == {"moved", "closed"}
    assert undecided([WELL]) == frozenset()


@pytest.mark.parametrize(("lifetime", "told"), [(365, 14), (90, 14), (45, 7), (6, 1)])
def test_a_certificate_is_told_two_weeks_before_its_end_or_a_short_one_in_the_last_sixth_of_its_life(lifetime, told):
    def left(days):
        until = NOW + timedelta(days=days)
        return site([Visit([], True, (until - timedelta(days=lifetime), until))], frozenset(), NOW)

    assert left(told + 1) == {}
    assert list(left(told - 0.6)) == ["certificate"]
