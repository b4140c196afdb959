"""The frontier, the runs and the sources: what is due, what came of it, and how well a source is."""

from datetime import timedelta

import pytest

from tests.store.pages import SONGLAM, START, THANHMY, opened, source
from worker.config import Sources
from worker.models import Link
from worker.store import Archive

HOUR = timedelta(hours=1)


@pytest.fixture
def archive(tmp_path):
    with opened(tmp_path) as archive:
        yield archive


def one(archive, sql, *values):
    return archive.connection.execute(sql, values).fetchone()


def at(n):
    return f"https://songlam.example.vn/tin/{n}.html"


def test_links_are_filed_once_with_what_the_listing_said(archive):
    found = [Link(url=at(1), found_on=SONGLAM.home, title="Tin một", published="2026-11-19"), Link(url=at(2))]
    assert archive.add_links("songlam", found, START) == [at(1), at(2)]
    assert archive.add_links("songlam", [Link(url=at(2)), Link(url=at(3))], START + HOUR) == [at(3)]
    assert one(archive, "SELECT found_on, found_at, title, published, state FROM links WHERE url = ?", at(1)) == (
        SONGLAM.home,
        "2026-11-20T01:00:00Z",
        "Tin một",
        "2026-11-19",
        "new",
    )
    assert archive.knows("http://www.songlam.example.vn/tin/1.html?utm_source=x")
    assert not archive.knows(at(9))


def test_new_links_come_first_then_those_due_the_longest(archive):
    archive.add_links("songlam", [Link(url=at(n)) for n in range(5)], START)
    archive.add_links("thanhmy", [Link(url="https://thanhmy.example.vn/1")], START)
    archive.mark(at(0), "failed", error="timed out", next_try=START + 3 * HOUR)
    archive.mark(at(1), "done", next_try=START + 2 * HOUR)
    archive.mark(at(2), "done")
    archive.mark(at(3), "refused", error="robots.txt", next_try=START + 9 * HOUR)
    assert archive.due_links("songlam", START) == [at(4)]
    assert archive.due_links("songlam", START + 4 * HOUR) == [at(4), at(1), at(0)]
    assert archive.due_links("songlam", START + 4 * HOUR, limit=2) == [at(4), at(1)]


def test_attempts_count_failures_in_a_row(archive):
    archive.add_links("songlam", [Link(url=at(1))], START)
    for _ in range(3):
        archive.mark(at(1), "failed", error="timed out", next_try=START)
    assert archive.attempts(at(1)) == 3
    archive.mark(at(1), "done")
    assert archive.attempts(at(1)) == 0
    assert one(archive, "SELECT error FROM links") == (None,)
    with pytest.raises(ValueError, match="not 'lost'"):
        archive.mark(at(1), "lost")


def test_a_run_says_what_came_of_it_and_how_the_source_is(archive):
    def run(outcome, hours, error=None):
        run = archive.start_run("songlam", "schedule", START + hours * HOUR)
        done = START + hours * HOUR + HOUR / 2
        archive.finish_run(run, outcome=outcome, counts={"new": hours}, error=error, finished=done)
        return one(archive, "SELECT health, failing_since, last_run FROM sources WHERE id = 'songlam'")

    assert run("ok", 0) == ("ok", None, "2026-11-20T01:30:00Z")
    assert run("failed", 1, "refused") == ("failing", "2026-11-20T02:30:00Z", "2026-11-20T02:30:00Z")
    assert run("failed", 2, "refused") == ("failing", "2026-11-20T02:30:00Z", "2026-11-20T03:30:00Z")
    assert run("stopped", 3) == ("failing", "2026-11-20T02:30:00Z", "2026-11-20T04:30:00Z")
    assert run("ok", 4) == ("ok", None, "2026-11-20T05:30:00Z")
    assert one(archive, 'SELECT "trigger", outcome, counts, error FROM runs WHERE id = 2') == (
        "schedule",
        "failed",
        '{"new": 1}',
        "refused",
    )
    with pytest.raises(ValueError, match="started by"):
        archive.start_run("songlam", "whim")
    with pytest.raises(ValueError, match="ends ok"):
        archive.finish_run(1, outcome="perhaps", counts={})


def test_a_run_of_all_sources_belongs_to_none(archive):
    run = archive.start_run(None, "rebuild")
    archive.finish_run(run, outcome="ok", counts={})
    assert one(archive, "SELECT source, outcome FROM runs") == (None, "ok")


def test_when_a_source_is_due_outlives_the_process(archive):
    assert archive.next_run("songlam") is None
    archive.set_next_run("songlam", START)
    with Archive.open(archive.directory, write=False) as reader:
        assert reader.next_run("songlam") == START
    archive.set_next_run("songlam", None)
    assert archive.next_run("songlam") is None


def test_sources_follow_the_file_and_none_is_ever_dropped(archive):
    renamed = source("songlam", name="Hội LHPN tỉnh Sông Lam")
    archive.sync_sources(Sources(sources=(renamed, source("moi", enabled=False))))
    rows = archive.connection.execute("SELECT id, name, health FROM sources ORDER BY id").fetchall()
    assert rows == [
        ("moi", "Hội LHPN moi", "disabled"),
        ("songlam", "Hội LHPN tỉnh Sông Lam", "new"),
        ("thanhmy", "Hội LHPN thanhmy", "disabled"),
    ]
    archive.sync_sources(Sources(sources=(SONGLAM, THANHMY)))
    assert one(archive, "SELECT health FROM sources WHERE id = 'thanhmy'") == ("new",)
