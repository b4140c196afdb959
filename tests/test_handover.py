"""One-off crawls while the service runs: handed over, followed, and done once, whatever is killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time

from tests.conftest import ROOT
from tests.test_running import configure, running, source, wait_for
from tests.web.nukeviet import NukeViet
from tests.web.server import Answer, serve
from tests.web.stories import stories
from worker.handover import Inbox, ask, takes_requests
from worker.store import Archive


def options(tmp_path):
    return ["--archive", tmp_path / "archive", "--sources", tmp_path / "sources.yaml"]


def asked(tmp_path, sql):
    with sqlite3.connect(tmp_path / "archive" / "news.db") as connection:
        return connection.execute(sql).fetchall()


def test_a_crawl_is_done_by_the_service_that_runs_and_told_page_by_page(tmp_path, worker):
    portal = NukeViet(stories=list(stories(3, seed=4)))
    with serve(portal) as web:
        configure(tmp_path, source(web, portal))
        with running(tmp_path) as (_process, events):
            wait_for("source visited", events)
            address = portal.url_of(portal.newest[0])
            done = worker("crawl", address, "--json", *options(tmp_path))
        assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["counts"] == {"portal": {"unchanged": 1}}
    assert [(page["url"], page["outcome"]) for page in told["pages"]] == [(address, "unchanged")]
    assert asked(tmp_path, 'SELECT "trigger", outcome FROM runs ORDER BY id') == [("schedule", "ok"), ("manual", "ok")]
    assert list((tmp_path / "archive" / "requests").iterdir()) == []


def test_who_asks_gets_a_fresh_try_where_the_service_would_still_leave_the_site_alone(tmp_path, worker):
    class Mended(NukeViet):
        down = True

        def answer(self, request, hit):
            return Answer(status=503) if self.down else super().answer(request, hit)

    portal = Mended(stories=list(stories(3, seed=4)))
    with serve(portal) as web:
        configure(tmp_path, source(web, portal))
        with running(tmp_path) as (_process, events):
            wait_for("source visited", events)
            portal.down = False
            done = worker("crawl", "portal", "--json", *options(tmp_path))
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["counts"] == {"portal": {"new": 3}}


def test_what_the_service_does_not_know_is_refused_in_a_sentence(tmp_path, worker):
    portal, other = NukeViet(stories=list(stories(1, seed=5))), NukeViet(stories=list(stories(1)), host="other")
    with serve(portal, other) as web:
        configure(tmp_path, source(web, portal))
        with running(tmp_path) as (_process, events):
            wait_for("service ready", events)
            configure(tmp_path, source(web, portal), source(web, other, id="new-one"))
            done = worker("crawl", "new-one", *options(tmp_path))
    assert done.returncode == 1
    assert "the service does not know new-one; restart it" in done.stderr and done.stderr.count("\n") == 1


def test_a_job_that_a_kill_cut_off_is_done_by_the_next_service(tmp_path, worker):
    portal = NukeViet(stories=list(stories(8, seed=6)))
    with serve(portal) as web:
        configure(tmp_path, source(web, portal, politeness={"delay": "0.3s"}))
        with running(tmp_path) as (process, events):
            wait_for("page", events)
            process.terminate()
        with sqlite3.connect(tmp_path / "archive" / "news.db") as connection:
            connection.execute("UPDATE sources SET next_run = '2999-01-01T00:00:00Z', health = 'ok'")
        with running(tmp_path) as (process, events):
            wait_for("service ready", events)
            # The schedule itself stays out of the way: its time was put right to some hours ahead.
            result = []
            follower = threading.Thread(target=lambda: result.append(worker("crawl", "portal", *options(tmp_path))))
            follower.start()
            folder = tmp_path / "archive" / "requests"
            while not list(folder.glob("*.log")):
                assert process.poll() is None
                time.sleep(0.01)
            process.kill()
            follower.join(60)
        assert "the next one will do it" in result[0].stderr
        assert list(folder.glob("*.json"))
        with running(tmp_path) as (process, events):
            wait_for("source visited", events)
    assert asked(tmp_path, "SELECT count(*) FROM articles") == [(8,)]
    assert list(folder.glob("*.json")) == []


def test_a_source_that_is_switched_off_is_crawled_when_it_is_asked_for_and_then_left_alone(tmp_path, worker):
    portal = NukeViet(stories=list(stories(2)))
    with serve(portal) as web:
        configure(tmp_path, source(web, portal, enabled=False))
        with running(tmp_path) as (process, events):
            wait_for("service ready", events)
            done = worker("crawl", "portal", *options(tmp_path))
            again = worker("crawl", "portal", *options(tmp_path))
            assert process.poll() is None
    assert (done.returncode, done.stderr) == (again.returncode, again.stderr) == (0, "")
    assert asked(tmp_path, "SELECT count(*) FROM articles") == [(2,)]
    assert asked(tmp_path, "SELECT next_run FROM sources") == [(None,)]


def test_who_stops_following_is_told_that_the_service_goes_on(tmp_path):
    entry = {"id": "portal", "name": "x", "home": "https://a.invalid/", "kind": "union"}
    configure(tmp_path, entry)
    with Archive.open(tmp_path / "archive", write=True):
        Inbox(tmp_path / "archive").open()
        command = [sys.executable, "-m", "worker", "crawl", "portal", *options(tmp_path)]
        before = signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored
        follower = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        signal.signal(signal.SIGINT, before)
        folder = tmp_path / "archive" / "requests"
        while not list(folder.glob("*.json")):
            assert follower.poll() is None
            time.sleep(0.01)
        follower.send_signal(signal.SIGINT)
        _, said = follower.communicate(timeout=60)
        assert list(folder.glob("*.json"))
    assert follower.returncode == 130
    assert said.split("\n", 1)[0] == "worker: what was asked for is done by the running service all the same"
    assert said.endswith("worker: interrupted\n")


def test_who_asks_is_answered_where_the_service_cannot_read_the_question(tmp_path):
    with Archive.open(tmp_path, write=True):
        inbox = Inbox(tmp_path)
        inbox.open()
        before = os.umask(0o077)  # root's, who asks a service of another account
        try:
            assert ask(tmp_path, "a", {}).stat().st_mode & 0o044 == 0o044
        finally:
            os.umask(before)
        (tmp_path / "requests").joinpath("1.json").mkdir()  # as good as a file that may not be read, for root too
        for _request in inbox.waiting():
            pass
        answer = (tmp_path / "requests" / "1.log").read_text()
        assert json.loads(answer)["error"].startswith("the service cannot read what it was asked")


def test_a_file_that_is_no_request_is_put_aside(tmp_path):
    inbox = Inbox(tmp_path)
    inbox.open()
    for name, text in {
        "1.json": "[]",
        "2.json": "\x00",
        "3.json": '{"source": "a", "options": {"since": "soon"}}',
    }.items():
        (tmp_path / "requests" / name).write_text(text)
    (tmp_path / "requests" / "4.json").write_text('{"source": "a", "options": {"limit": 3, "evil": 1}}')
    assert [(request.source, request.options) for request in inbox.waiting()] == [("a", {"limit": 3})]
    assert sorted(path.name for path in (tmp_path / "requests").glob("*.bad")) == ["1.bad", "2.bad", "3.bad"]


def test_what_a_killed_service_leaves_behind_takes_no_requests(tmp_path):
    Inbox(tmp_path).open()
    (tmp_path / "news.lock").write_text("{}")
    assert not takes_requests(tmp_path)


def test_nor_where_another_than_that_service_holds_the_archive_by_now(tmp_path):
    with Archive.open(tmp_path, write=True):
        inbox = Inbox(tmp_path)
        inbox.open()
        assert takes_requests(tmp_path)
        (tmp_path / "requests" / "service").write_text("1\n")  # of a killed one; this process imports, say
        assert not takes_requests(tmp_path)


def test_a_crawl_that_the_service_fails_at_is_told_so_and_the_next_one_is_done(tmp_path, worker):
    portal, other = NukeViet(stories=list(stories(1, seed=4))), NukeViet(stories=list(stories(1)), host="other")
    third = NukeViet(host="third.test")
    with serve(portal, other, third) as web:
        configure(tmp_path, source(web, portal), source(web, other, id="second"))
        with running(tmp_path) as (_process, events):
            for _ in range(2):
                wait_for("source visited", events)
            with sqlite3.connect(tmp_path / "archive" / "news.db") as connection:
                connection.execute(
                    "CREATE TRIGGER refused BEFORE INSERT ON runs WHEN NEW.source = 'portal'"
                    " BEGIN SELECT RAISE(ABORT, 'nobody knows why'); END"
                )
            done = worker("crawl", *options(tmp_path))
            configure(tmp_path, source(web, portal), source(web, other, id="second"), source(web, third, id="third"))
            both = worker("crawl", *options(tmp_path))
    assert (done.returncode, done.stderr) == (1, "worker: the crawl of portal failed: nobody knows why\n")
    assert (both.returncode, both.stderr.splitlines()) == (
        1,
        [
            "worker: the crawl of portal failed: nobody knows why",
            "worker: the service does not know third; restart it after a change of sources.yaml",
        ],
    )
    assert asked(tmp_path, "SELECT source, outcome FROM runs WHERE \"trigger\" = 'manual'") == [("second", "ok")] * 2
