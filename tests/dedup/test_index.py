"""The index of sampled shingles: who is found under which of them, and what is left when an article goes."""

from collections import Counter

import pytest

from tests.store.pages import opened
from worker.dedup import index


@pytest.fixture
def connection(tmp_path):
    with opened(tmp_path) as archive:
        yield archive.connection


def add(connection, article, sample):
    index.add(connection, article, sample, index.lookup(connection, sample).filed)


def test_articles_are_found_by_what_they_share_and_rare_shingles_weigh_more(connection):
    for article, sample in {1: {10, 20, 30}, 2: {20, 30, 40}, 3: {30}}.items():
        add(connection, article, sample)
    found = index.lookup(connection, {20, 30, 99})
    assert found.filed == {20: [1, 2], 30: [1, 2, 3]}
    assert found.votes == Counter({1: 2, 2: 2, 3: 1})
    assert found.rare == pytest.approx({1: 1 / 2 + 1 / 3, 2: 1 / 2 + 1 / 3, 3: 1 / 3})


def test_a_full_shingle_keeps_its_first_articles_and_makes_nobody_rare(connection, monkeypatch):
    monkeypatch.setattr(index, "MOST", 2)
    for article in (1, 2, 3):
        add(connection, article, {7})
    found = index.lookup(connection, {7})
    assert found.filed == {7: [1, 2]}
    assert (found.votes, found.rare) == (Counter({1: 1, 2: 1}), {})


def test_who_is_taken_out_is_found_no_more_and_a_shingle_of_nobody_is_gone(connection):
    for article in (1, 2):
        add(connection, article, {5, 6 + article})
    index.remove(connection, 1, {5, 7, 99})
    assert index.lookup(connection, {5, 7, 8}).filed == {5: [2], 8: [2]}
    assert connection.execute("SELECT hash FROM shingles ORDER BY 1").fetchall() == [(5,), (8,)]


def test_who_comes_back_stands_where_it_stood_so_that_a_rebuild_makes_the_same_index(connection):
    for article in (1, 2, 3):
        add(connection, article, {5})
    index.remove(connection, 2, {5})
    add(connection, 2, {5})
    assert index.lookup(connection, {5}).filed == {5: [1, 2, 3]}


def test_nothing_is_found_of_a_text_without_shingles_or_in_an_empty_archive(connection):
    assert index.lookup(connection, set()).filed == {}
    assert index.lookup(connection, {1}).filed == {}
