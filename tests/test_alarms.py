"""What is normal for a source, and when it is not: the judgement itself, without an archive."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from worker.store.alarms import Figures
from worker.watch.normal import pages, silent, unlike_itself

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
    dice = Random(seed)  # noqa: S311 - figures, not secrets
    made = [
        {
            "words": dice.randint(150, 900),
            "dated": True,
            "facts": dice.randint(3, 40),
            "removed": dice.uniform(0.3, 0.6),
        }
        for _ in range(count)
    ]
    return [Figures(**(figure | changed)) for figure in made]


@pytest.mark.parametrize("days", [0.1, 1, 3])
def test_a_regular_source_that_falls_silent_is_noticed_after_two_of_its_intervals_or_a_day(days):
    appeared = every(days)
    noticed = next(
        wait for wait in range(1, 2000) if silent(appeared, appeared[0], appeared[0] + timedelta(hours=wait))
    )
    assert max(2 * days, 1) * 24 <= noticed <= max(2 * days, 1) * 24 + 1


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
        "nothing new for 10 days, where 1.0 days between two articles are usual;"
        " look whether the site has moved its news, or changed its listing"
    )


@pytest.mark.parametrize(
    ("kind", "broken"),
    [
        ("short", {"words": 20}),
        ("undated", {"dated": False}),
        ("facts", {"facts": 0}),
        ("chrome", {"removed": 0.95}),
    ],
)
def test_articles_that_are_suddenly_unlike_all_before_are_noticed_and_one_good_one_ends_it(kind, broken):
    before = articles(60)
    assert list(unlike_itself([*articles(4, 2, **broken), *before])) == [kind]
    assert unlike_itself([*articles(1, 3), *articles(4, 2, **broken), *before]) == {}


def test_two_odd_articles_are_no_alarm_unless_a_hundred_before_were_all_alike():
    odd = articles(2, 2, words=5, dated=False, facts=0, removed=0.99)
    assert unlike_itself([*odd, *articles(60)]) == {}
    assert set(unlike_itself([*odd, *articles(120)])) == {"short", "undated", "facts"}


def test_of_a_source_that_is_odd_at_times_it_takes_four_in_a_row():
    at_times = [*articles(60), *articles(3, 5, dated=False), *articles(60)]
    assert unlike_itself([*articles(3, 2, dated=False), *at_times]) == {}
    assert set(unlike_itself([*articles(4, 2, dated=False), *at_times])) == {"undated"}


def test_what_was_always_so_is_no_alarm():
    assert unlike_itself(articles(60, dated=False, facts=0, words=30, removed=0.95)) == {}


def test_ordinary_articles_are_no_alarm_in_any_order():
    assert not any(unlike_itself(articles(80, seed)) for seed in range(300))


def test_pages_that_all_lead_to_another_host_are_noticed():
    moved = ("article", "https://new.example/bai-1.html", '["https://www.old.example/bai-1.html"]')
    assert "new.example" in pages([moved] * 4, 30)["moved"]
    assert pages([moved] * 3 + [("article", "https://old.example/bai-2.html", None)], 30) == {}


def test_a_redirect_to_the_same_site_with_or_without_www_is_none():
    same = ("article", "https://www.old.example/bai-1.html", '["http://old.example/bai-1.html"]')
    assert pages([same] * 4, 30) == {}


def test_gambling_spam_is_noticed_before_anything_is_known_of_the_source():
    assert "spam" in pages([("spam", "https://a.example/1", None)] * 2, 0)
    assert pages([("spam", "https://a.example/1", None)], 0) == {}


def test_pages_without_any_text_are_noticed_where_there_were_articles():
    assert "short" in pages([("empty", "https://a.example/1", None)] * 4, 40)
    assert pages([("empty", "https://a.example/1", None)] * 4, 0) == {}
