"""The background service as a process: what it visits, how it stops, and that there is only one."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.test_health import web_hook
from tests.web.nukeviet import NukeViet
from tests.web.server import serve
from tests.web.stories import stories
from worker.config import load
from worker.store import Archive, alarms
from worker.store.transaction import transaction
from worker.vietnamese.clock import VIETNAM


def source(web, portal, **settings):
    return {
        "id": "portal",
        "name": "Cổng thử",
        "home": web.url_of(portal),
        "kind": "union",
        "network": {"allow_private": True},
        "politeness": {"delay": 0},
        **settings,
    }


def configure(tmp_path, *entries, **settings):
    path = tmp_path / "sources.yaml"
    path.write_text(yaml.safe_dump({"sources": list(entries), **settings}, allow_unicode=True), "utf-8")
    return path


@contextmanager
def running(tmp_path, *, stop=signal.SIGTERM):
    """`worker run` on tmp_path; on leaving it is told to stop. Yields the process and a reader of its log."""
    log = tmp_path / f"log-{time.monotonic_ns()}"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "worker", "run", "--archive", tmp_path / "archive", "--sources", "sources.yaml"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=file,
        )

    def events():
        return [json.loads(line) for line in log.read_text("utf-8").splitlines()]

    try:
        yield process, events
    finally:
        if process.poll() is None:
            process.send_signal(stop)
        try:
            process.wait(timeout=30)
        finally:
            process.kill()


def wait_for(what, events, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if any(event["event"] == what for event in events()):
            return
        time.sleep(0.05)
    raise AssertionError(f"{what!r} was not logged: {events()[-5:]}")


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_visits_what_is_due_keeps_the_next_time_and_stops_when_told(tmp_path, stop):
    portal = NukeViet(stories=list(stories(6, seed=1)))
    with serve(portal) as web:
        configure(tmp_path, source(web, portal))
        with running(tmp_path, stop=stop) as (process, events):
            wait_for("source visited", events)
    assert process.returncode == 0
    assert events()[-1]["event"] == "service stopped"
    with sqlite3.connect(tmp_path / "archive" / "news.db") as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (6,)
        assert connection.execute('SELECT "trigger", outcome FROM runs').fetchall() == [("schedule", "ok")]
        assert connection.execute("SELECT next_run > last_run FROM sources").fetchone() == (1,)


def test_a_second_service_on_the_same_archive_is_refused_and_told_which_process_holds_it(tmp_path, worker):
    configure(tmp_path, {"id": "off", "name": "x", "home": "https://a.invalid/", "kind": "union", "enabled": False})
    with running(tmp_path) as (process, events):
        wait_for("service ready", events)
        before = datetime.now(VIETNAM)
        second = worker("run", "--archive", tmp_path / "archive", "--sources", tmp_path / "sources.yaml")
        crawl = worker("status", "--json", "--archive", tmp_path / "archive")
    assert second.returncode == 1
    assert f"process {process.pid}" in second.stderr and second.stderr.count("\n") == 1
    assert f"(since {before:%d/%m/%Y} " in second.stderr and " +07)" in second.stderr  # as all times that are shown
    assert f"process {process.pid}" in json.loads(crawl.stdout)["writer"]


def quiet(tmp_path, **settings):
    """An archive whose one source is not due, and has an alarm that nobody was told of."""
    entry = {"id": "portal", "name": "x", "home": "https://a.invalid/", "kind": "union"}
    sources = load(configure(tmp_path, entry, **settings))
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.sync_sources(sources)
        archive.set_next_run("portal", datetime.now(UTC) + timedelta(hours=1))
        with transaction(archive.connection):
            wrong = {"silent": "nothing new for 9 days"}
            alarms.settle(
                archive.connection, "portal", wrong, frozenset(wrong), datetime(2026, 1, 31, 17, 5, tzinfo=UTC)
            )


def test_an_alarm_is_pushed_to_where_notify_says_and_logged_and_shown_in_vietnam_s_time(tmp_path, worker):
    with web_hook() as (address, got):
        quiet(tmp_path, notify=[address])
        with running(tmp_path) as (process, events):
            wait_for("alarm", events)
            while not got and process.poll() is None:
                time.sleep(0.05)
        with running(tmp_path) as (_, events):  # once, also over a restart
            wait_for("service ready", events)
    assert [message["title"] for message in got] == ["Broken: portal (silent)"]
    said = worker("status", "--archive", tmp_path / "archive")
    assert "portal, silent since 01/02/2026 00:05 +07: nothing new for 9 days" in said.stdout
    assert said.returncode == 1


def test_in_a_terminal_the_log_is_for_people(tmp_path):
    quiet(tmp_path)
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "worker", "run", "--archive", "archive", "--sources", "sources.yaml"]
    with subprocess.Popen(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=theirs) as process:
        os.close(theirs)  # so that the end of the process is the end of what it says
        said = b""
        while b"nothing new for 9 days" not in said:  # nobody is named in `notify:`, so the log is told
            said += os.read(ours, 1000)
        process.terminate()
    os.close(ours)
    assert process.returncode == 0
    assert b"service ready" in said
    assert b"{" not in said


@pytest.mark.parametrize("log", ["gone", "/dev/full"])
def test_a_log_that_takes_nothing_neither_ends_the_service_nor_keeps_it_from_ending(tmp_path, log):
    portal = NukeViet(stories=list(stories(2, seed=3)))
    reading, writing = os.pipe()
    os.close(reading)
    with serve(portal) as web, Path("/dev/full").open("wb") as full:
        configure(tmp_path, source(web, portal))
        process = subprocess.Popen(
            [sys.executable, "-m", "worker", "run", "--archive", tmp_path / "archive", "--sources", "sources.yaml"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=writing if log == "gone" else full,
        )
        os.close(writing)
        try:
            until = time.monotonic() + 60
            while len([path for path in web.asked(portal) if path.endswith(".html")]) < 2:
                assert process.poll() is None and time.monotonic() < until
                time.sleep(0.05)
            process.terminate()
            assert process.wait(20) == 0
        finally:
            process.kill()
            process.wait()


def test_told_to_stop_in_the_middle_it_finishes_the_page_in_hand_and_goes_on_there_the_next_time(tmp_path):
    portal = NukeViet(stories=list(stories(12, seed=2)))
    with serve(portal) as web:
        configure(tmp_path, source(web, portal, politeness={"delay": "0.2s"}))
        with running(tmp_path) as (process, events):
            wait_for("page", events)
        assert process.returncode == 0
        with sqlite3.connect(tmp_path / "archive" / "news.db") as connection:
            (archived,) = connection.execute("SELECT count(*) FROM articles").fetchone()
            assert 1 <= archived < 12
            assert connection.execute("SELECT outcome FROM runs").fetchall() == [("stopped",)]
            connection.execute("UPDATE sources SET next_run = NULL")
        with running(tmp_path) as (process, events):
            wait_for("source visited", events)
        asked = [path for path in web.asked(portal) if path.endswith(".html")]
    with sqlite3.connect(tmp_path / "archive" / "news.db") as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (12,)
    assert len(asked) == len(set(asked)) == 12


def _others(process):
    """The processes that a process has started."""
    return [
        child for file in Path(f"/proc/{process.pid}/task").glob("*/children") for child in file.read_text().split()
    ]


def test_a_reader_that_is_killed_costs_no_page(tmp_path):
    portal = NukeViet(stories=list(stories(6, seed=7)))
    with serve(portal) as web:
        configure(tmp_path, source(web, portal, politeness={"delay": "0.2s"}))
        with running(tmp_path) as (process, events):
            wait_for("page", events)
            readers = [one for one in _others(process) if "spawn_main" in Path(f"/proc/{one}/cmdline").read_text()]
            os.kill(int(*readers), signal.SIGKILL)
            wait_for("source visited", events)
    assert [event["new"] for event in events() if event["event"] == "source visited"] == [6]
