"""Sums over the whole archive are asked for once a while, however many readers come."""

import threading

from worker.browse.kept import MOST, kept


def test_an_answer_is_kept_for_a_while():
    asked: list[int] = []
    key = object()

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert [kept(key, ask) for _ in range(3)] == [1, 1, 1]
    assert kept(key, ask, seconds=0) == 2


def test_who_comes_while_it_is_asked_anew_gets_the_answer_that_is_there():
    key, asking, go_on = object(), threading.Event(), threading.Event()
    assert kept(key, lambda: "old") == "old"

    def slow() -> str:
        asking.set()
        go_on.wait(30)
        return "new"

    renewal = threading.Thread(target=lambda: kept(key, slow, seconds=0))
    renewal.start()
    assert asking.wait(30)
    assert kept(key, lambda: "asked twice", seconds=0) == "old"
    go_on.set()
    renewal.join(30)
    assert kept(key, lambda: "asked twice") == "new"


def test_a_question_that_failed_is_asked_again():
    key = object()

    def fail() -> str:
        raise ValueError

    for _ in range(2):
        try:
            kept(key, fail)
        except ValueError:
            continue
        raise AssertionError("a failure was kept")
    assert kept(key, lambda: "well") == "well"


def test_only_so_many_answers_are_kept():
    first = object()
    kept(first, lambda: 1)
    for _ in range(MOST):
        kept(object(), lambda: 0)
    assert kept(first, lambda: 2) == 2
