"""The service when everything goes wrong: kills, full and read-only disks, sites that hang, readers that never stop."""

import asyncio
import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import httpx
import pytest

from tests.archive.conftest import serving
from tests.conftest import ROOT
from tests.simulation import HURRY
from tests.test_health import until
from tests.test_running import configure, source
from tests.web import NukeViet, serve, stories
from tests.web.server import Answer
from worker.config import Sources
from worker.dedup.canonical import canonical
from worker.fetch.client import Client
from worker.service import Service
from worker.store import Archive
from worker.watch.room import Room

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    ["worker.cli", "worker.service", "worker.fetch.client", "worker.store", "worker.config"]
)


class Hanging(NukeViet):
    """A portal whose articles never come to their end."""

    def answer(self, request, hit):
        answer = super().answer(request, hit)
        return Answer(delay=600) if request.path.endswith(".html") else answer


def asked(tmp_path, sql):
    with sqlite3.connect(tmp_path / "archive" / "news.db") as connection:
        return connection.execute(sql).fetchall()


def serve_archive(directory, log):
    """`worker run`, in a process that was forked from one that has loaded the program."""
    from worker.commands.run import run

    os.dup2(os.open(directory / log, os.O_WRONLY | os.O_CREAT), 2)
    options = ["--sources", str(directory / "sources.yaml"), "--archive", str(directory / "archive")]
    run.main(options, standalone_mode=False)


@contextmanager
def forked(tmp_path):
    """`worker run` on tmp_path, as `running` has it, in a tenth of the time; it is told to stop on leaving."""
    log = f"log-{time.monotonic_ns()}"
    process = _PROCESSES.Process(target=serve_archive, args=(tmp_path, log))
    process.start()

    def events():
        lines = (tmp_path / log).read_text("utf-8").splitlines() if (tmp_path / log).exists() else []
        return [json.loads(line) for line in lines if line.endswith("}")]

    try:
        yield process, events
        process.terminate()
        process.join(30)
    finally:
        process.kill()
        process.join()


def test_told_to_stop_it_does_not_wait_for_a_site_that_hangs_and_blames_nobody(tmp_path):
    portal = Hanging(stories=list(stories(5, seed=1)))
    with serve(portal) as web:
        configure(tmp_path, source(web, portal, network={"allow_private": True, "timeout": "300s"}))
        with forked(tmp_path) as (process, events):
            while not any(path.endswith(".html") for path in web.asked(portal)):
                time.sleep(0.02)
    assert process.exitcode == 0
    assert events()[-1]["event"] == "service stopped"
    assert asked(tmp_path, "SELECT outcome, error FROM runs") == [("stopped", None)]
    assert asked(tmp_path, "SELECT health, next_run FROM sources") == [("new", None)]  # so it is due at once


BUSY = """
import asyncio
from worker.commands import run
class Service:
    def stop(self, why): pass
run.PATIENCE = 0.3
async def read_a_page_for_ever():
    run._stop_when_told(Service())
    print("busy", flush=True)
    while True: pass
asyncio.run(read_a_page_for_ever())
"""


def test_told_to_stop_while_a_page_takes_all_the_time_there_is_the_process_ends_all_the_same():
    with subprocess.Popen([sys.executable, "-c", BUSY], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        process.kill()


CRAMPED = """
import asyncio, resource, signal
from worker.commands import run
class Service:
    def stop(self, why): told.set()
async def serve():
    run._stop_when_told(Service())
    pages = int(open("/proc/self/statm").read().split()[0])
    most = pages * resource.getpagesize() + (4 << 20)  # less than a thread needs
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    signal.raise_signal(signal.SIGTERM)
    await told.wait()
    print("finished")
told = asyncio.Event()
asyncio.run(serve())
"""


def test_told_to_stop_where_there_is_no_memory_for_a_thread_it_finishes_what_is_in_hand():
    done = subprocess.run(
        [sys.executable, "-c", CRAMPED], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, "finished\n"), done.stderr


UNDER_NOHUP = """
import asyncio, signal
from worker.commands import run
async def serve():
    run._stop_when_told(None)
    signal.raise_signal(signal.SIGHUP)
    print("goes on")
signal.signal(signal.SIGHUP, signal.SIG_IGN)
asyncio.run(serve())
"""


def test_under_nohup_it_outlives_its_terminal():
    done = subprocess.run(
        [sys.executable, "-c", UNDER_NOHUP], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "goes on\n", "")


def test_killed_again_and_again_at_any_moment_it_loses_nothing_and_does_nothing_twice(tmp_path):
    dice = random.Random(3)  # noqa: S311 - moments, not secrets
    portals = [NukeViet(f"portal-{number}.test", list(stories(6, seed=number))) for number in range(3)]
    with serve(*portals) as web:
        entries = [source(web, portal, id=f"portal-{number}") for number, portal in enumerate(portals)]
        configure(tmp_path, *entries)
        for kill in range(3):
            before = len(web.requests)
            with forked(tmp_path) as (process, events):
                while len(web.requests) < before + dice.randrange(1, 9) and process.is_alive():
                    time.sleep(0.002)
                time.sleep(dice.random() * 0.03)
                assert process.is_alive(), events()[-3:]
                process.kill()
            with Archive.open(tmp_path / "archive", write=True) as archive:
                assert archive.verify() == [], kill
        with forked(tmp_path) as (_process, events):
            # What was found before a kill may be all there is: those visits ask for the rest.
            while {event["source"] for event in events() if event["event"] == "source visited"} < {
                entry["id"] for entry in entries
            }:
                time.sleep(0.05)
        wanted = {canonical(portal.url_of(story)) for portal in portals for story in portal.all_stories}
    assert {url for (url,) in asked(tmp_path, "SELECT url FROM articles")} == wanted
    assert asked(tmp_path, "SELECT url FROM captures GROUP BY url HAVING count(*) > 1") == []
    assert asked(tmp_path, "SELECT count(*) FROM sources WHERE next_run IS NULL OR health <> 'ok'") == [(0,)]


@contextmanager
def mounted(directory, *options):
    """A file system of our own, where one may be mounted."""
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("mounting is for root")
    if subprocess.run(["mount", *options, directory], capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", directory], check=True)


def test_a_disk_that_fills_up_stops_the_service_s_fetching_is_told_and_room_lets_it_go_on(tmp_path):
    told = []

    async def tell(title, text):
        told.append((title, text))
        return True

    async def scenario(source):
        with Archive.open(tmp_path, write=True) as archive:
            archive.sync_sources(Sources(sources=(source,)))
            (tmp_path / "ballast").write_bytes(bytes(shutil.disk_usage(tmp_path).free - 600_000))
            async with Client(patience=HURRY) as client:
                room = Room(tmp_path, enough=0)
                service = Service([source], archive, client, tells=[tell], room=room)
                task = asyncio.create_task(service.run())
                await until(lambda: told)
                full = service.full
                (tmp_path / "ballast").unlink()
                room._refused -= room.again  # five minutes later
                await until(lambda: archive.connection.execute("SELECT 1 FROM runs WHERE outcome = 'ok'").fetchone())
                await until(lambda: len(told) > 1)
                service.stop("test")
                await task
            return full, archive.connection.execute("SELECT count(*) FROM articles").fetchone()[0], archive.verify()

    portal = NukeViet(stories=list(stories(30, seed=5)))
    with mounted(tmp_path, "-t", "tmpfs", "-o", "size=48m", "tmpfs"), serve(portal):
        full, articles, wrong = asyncio.run(scenario(portal.source("portal")))
    assert full
    assert [title for title, _ in told] == ["Broken: the archive (full)", "Recovered: the archive (full)"]
    assert "no room left" in told[0][1]
    assert articles == 30
    assert wrong == []


def test_on_a_read_only_file_system_the_service_says_so_in_a_sentence(tmp_path, worker):
    configure(tmp_path, {"id": "off", "name": "x", "home": "https://a.invalid/", "kind": "union", "enabled": False})
    directory = tmp_path / "disk"
    directory.mkdir()
    with mounted(directory, "-t", "tmpfs", "-o", "size=4m,ro", "tmpfs"):
        done = worker("run", "--archive", directory / "archive", "--sources", tmp_path / "sources.yaml")
    assert done.returncode == 1
    assert re.fullmatch(r"worker: the archive cannot be written: .*Read-only file system\n", done.stderr)


def test_datasette_that_reads_hard_all_the_while_hinders_nothing_and_is_hindered_by_nothing(tmp_path):
    portals = [NukeViet(f"portal-{number}.test", list(stories(12, seed=number))) for number in range(2)]
    pages = ("/", "/search?q=phu+nu", "/indicators", "/news/entities?_sort=name", "/news/runs.json?_size=100")
    answers, enough = [], threading.Event()

    def read(address):
        with httpx.Client(timeout=60) as client:
            number = 0
            while not enough.is_set():
                number += 1
                answers.append(
                    (pages[number % len(pages)], client.get(address + pages[number % len(pages)]).status_code)
                )

    with Archive.open(tmp_path / "archive", write=True):
        pass
    with serve(*portals) as web, serving(tmp_path / "archive", log=tmp_path / "browse.log") as address:
        entries = [source(web, portal, id=f"portal-{number}") for number, portal in enumerate(portals)]
        configure(tmp_path, *entries)
        readers = [threading.Thread(target=read, args=(address,)) for _ in range(4)]
        for reader in readers:
            reader.start()
        with forked(tmp_path) as (_process, events):
            while sum(event["event"] == "source visited" for event in events()) < 2:
                time.sleep(0.05)
        enough.set()
        for reader in readers:
            reader.join()
    assert {event["event"] for event in events() if event["level"] != "info"} == {"no contact"}
    assert len(answers) > 10
    assert {status for _, status in answers} == {200}, set(answers)
    assert "locked" not in (tmp_path / "browse.log").read_text()
    assert asked(tmp_path, "SELECT count(*) FROM articles") == [(24,)]
