"""Sums over the whole archive are asked for once a while, however many readers come."""

import queue
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.archive.conftest import rows
from worker.browse import conflicts, entity, keeper, site
from worker.browse import kept as keeping
from worker.browse.kept import MOST, kept
from worker.browse.language import languages
from worker.browse.pages import asked
from worker.store.schema import open_reader


def test_an_answer_is_kept_for_a_while():
    asked: list[int] = []
    key = object()

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert [kept(key, ask) for _ in range(3)] == [1, 1, 1]
    assert kept(key, ask, seconds=0) == 2


def test_questions_that_fail_leave_nothing_behind():
    before = len(keeping._asking)

    def fails() -> str:
        raise sqlite3.OperationalError("interrupted")

    for number in range(5):
        with pytest.raises(sqlite3.OperationalError):
            kept(("fails", number), fails)
    assert len(keeping._asking) == before


def test_an_answer_that_took_long_is_kept_longer(monkeypatch: pytest.MonkeyPatch):
    key, now = object(), [0.0]
    monkeypatch.setattr(keeping.time, "monotonic", lambda: now[0])

    def slow() -> str:
        now[0] += 0.1
        return f"asked at {now[0]:.1f}"

    assert kept(key, slow) == "asked at 0.1"
    now[0] = 0.1 + keeping.PATIENCE * 0.1 - 1
    assert kept(key, slow) == "asked at 0.1"
    now[0] += 2
    assert kept(key, slow) == "asked at 201.2"


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


def test_an_old_answer_is_given_where_a_new_one_takes_too_long():
    key = object()

    def interrupted() -> str:
        raise sqlite3.OperationalError("interrupted")

    with pytest.raises(sqlite3.OperationalError):
        kept(key, interrupted)
    assert kept(key, lambda: "old") == "old"
    assert kept(key, interrupted, seconds=0) == "old"


def test_the_list_of_conflicts_is_read_beside_the_readers(altered_archive: Path, monkeypatch: pytest.MonkeyPatch):
    keeper.ask(altered_archive / "news.db")
    monkeypatch.setattr(conflicts, "_told_differently", lambda *_: pytest.fail("a reader waits for all conflicts"))
    with closing(open_reader(altered_archive / "news.db")) as connection:
        connection.row_factory = sqlite3.Row
        assert conflicts.load(connection, {}, languages(site())["vi"]).count > 0


def test_nothing_is_read_anew_before_somebody_has_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    rounds: queue.Queue[Path] = queue.Queue()
    monkeypatch.setattr(keeper, "EVERY", 0.01)
    monkeypatch.setattr(keeper, "ask", rounds.put)
    keeper.start(tmp_path)
    assert rounds.get(timeout=60) == tmp_path
    with pytest.raises(queue.Empty):
        rounds.get(timeout=0.3)
    asked.set()
    assert rounds.get(timeout=60) == tmp_path


def test_what_is_named_very_often_is_not_counted_to_the_end(offline_archive: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(entity, "MOST_COUNTED", 2)
    most = "SELECT entity FROM facts WHERE entity IS NOT NULL GROUP BY entity ORDER BY count(*) DESC LIMIT 1"
    ((number,),) = rows(offline_archive, most)
    with closing(open_reader(offline_archive / "news.db")) as connection:
        connection.row_factory = sqlite3.Row
        page = entity.load(connection, number, {}, languages(site())["vi"], private=True)
    assert page is not None
    assert (page.count, page.more, page.by_year) == (2, True, ())


def test_only_so_many_answers_are_kept():
    first = object()
    kept(first, lambda: 1)
    for _ in range(MOST):
        kept(object(), lambda: 0)
    assert kept(first, lambda: 2) == 2
