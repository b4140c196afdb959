"""Tasks come back in order and whole, whoever dies meanwhile; and where nobody can live, that is said soon."""

import pytest

from tests.deadly import halved
from worker.executors import Crew, ExecutorFailed, Killed
from worker.hands import hands

MOST_KILLED = 4


@pytest.fixture
def crew(monkeypatch):
    monkeypatch.setattr("worker.executors.MOST_KILLED", MOST_KILLED)
    made = Crew(halved, hands("local:2"))
    yield made
    made.close()


def given(crew, folder, *tasks, deadly=()):
    (folder / "deadly").write_text(" ".join(map(str, deadly)))
    for number, items in enumerate(tasks):
        crew.give(items, (folder,), number)


def test_answers_come_in_the_order_of_the_tasks(crew, tmp_path):
    given(crew, tmp_path, [1, 2], [3], [4, 5, 6])
    assert [crew.take() for _ in range(3)] == [(0, [0.5, 1.0]), (1, [1.5]), (2, [2.0, 2.5, 3.0])]


def test_an_item_that_ends_its_worker_is_found_and_the_others_are_done(crew, tmp_path):
    given(crew, tmp_path, [1, 2, 3, 4], [5, 6], deadly=[3, 5])
    assert crew.take() == (0, [0.5, 1.0, Killed(), 2.0])
    assert crew.take() == (1, [Killed(), 3.0])


def test_where_every_worker_ends_at_whatever_it_is_given_that_is_said_after_a_few_items(crew, tmp_path):
    given(crew, tmp_path, range(1000))
    (tmp_path / "no-memory").touch()
    with pytest.raises(ExecutorFailed, match=rf"end whatever they are given, {MOST_KILLED} pages in a row; is there"):
        crew.take()
    assert len(list(tmp_path.glob("process-*"))) < 20


def test_what_was_done_before_does_not_hide_that_workers_cannot_live_any_more(crew, tmp_path):
    given(crew, tmp_path, [1, 2])
    assert crew.take() == (0, [0.5, 1.0])
    (tmp_path / "no-memory").touch()
    given(crew, tmp_path, range(MOST_KILLED))
    with pytest.raises(ExecutorFailed, match="end whatever they are given"):
        crew.take()


def test_deadly_items_in_a_row_are_passed_over_however_many_they_are(crew, tmp_path):
    many = range(100, 100 + MOST_KILLED + 1)
    given(crew, tmp_path, [1], list(many), [2], deadly=many)
    assert crew.take() == (0, [0.5])
    assert crew.take() == (1, [Killed()] * len(many))
    assert crew.take() == (2, [1.0])
