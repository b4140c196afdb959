"""A full disk, /healthz and /metrics: the service while it runs, and Apprise with a real web hook."""

import asyncio
import http.server
import json
import socket
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from click import ClickException
from structlog.testing import capture_logs

from tests.simulation import HURRY
from tests.web import serve, stories
from tests.web.nukeviet import NukeViet
from worker import rhythm
from worker.commands.run import _watched
from worker.config import Sources
from worker.fetch.client import Client
from worker.handover import takes_requests
from worker.service import Service
from worker.store import Archive, alarms
from worker.store.transaction import transaction
from worker.watch import push
from worker.watch.http import watched
from worker.watch.push import pushers
from worker.watch.room import Room
from worker.watch.teller import Teller


def ask(port, path):
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


async def until(what):
    async with asyncio.timeout(60):
        while not what():
            await asyncio.sleep(0.02)


@pytest.fixture
def service():
    """`service(archive, room)`: a service on an archive, of one site."""
    portal = NukeViet(stories=stories(12, seed=3))
    with serve(portal):
        source = portal.source("site")

        def make(archive, room=None):
            archive.sync_sources(Sources(sources=(source,)))
            return Service([source], archive, Client(patience=HURRY), room=room)

        yield make


def test_a_full_disk_stops_fetching_with_an_alarm_and_room_lets_it_go_on(tmp_path, service):
    async def scenario():
        with Archive.open(tmp_path, write=True) as archive:
            room = Room(tmp_path, enough=2**62)
            running = service(archive, room)
            task = asyncio.create_task(running.run())
            async with watched(archive, running, 0) as port:
                await until(lambda: alarms.alarms(archive.connection))
                full = await asyncio.to_thread(ask, port, "/healthz")
                captures = archive.connection.execute("SELECT count(*) FROM captures").fetchone()[0]
                room.enough = 0
                await until(lambda: archive.connection.execute("SELECT 1 FROM runs WHERE outcome = 'ok'").fetchone())
                well = await asyncio.to_thread(ask, port, "/healthz")
            running.stop("test")
            await task
            ended = alarms.alarms(archive.connection, "ended IS NOT NULL")
            return full, captures, well, [alarm.kind for alarm in ended], archive.verify()

    full, captures, well, ended, wrong = asyncio.run(scenario())
    assert full == (503, "the disk is full\n") and captures == 0
    assert well == (200, "ok\n")
    assert ended == ["full"]
    assert wrong == []


def test_a_service_that_began_on_a_full_disk_takes_requests_once_there_is_room(tmp_path, service):
    async def scenario():
        with Archive.open(tmp_path, write=True) as archive:
            (tmp_path / "requests").write_text("")  # no folder can be made there, nor anything in it
            room = Room(tmp_path, enough=2**62)
            running = service(archive, room)
            task = asyncio.create_task(running.run())
            await until(lambda: alarms.alarms(archive.connection))
            before = takes_requests(tmp_path)
            (tmp_path / "requests").unlink()
            room.enough = 0
            await until(lambda: takes_requests(tmp_path))
            running.stop("test")
            await task
            return before

    assert not asyncio.run(scenario())


def test_a_source_whose_next_time_cannot_be_told_is_visited_all_the_same(tmp_path, service, monkeypatch):
    monkeypatch.setattr(rhythm, "SOONEST", timedelta(0))

    async def scenario():
        with Archive.open(tmp_path, write=True) as archive:
            archive.connection.execute("ALTER TABLE runs RENAME TO away")
            running = service(archive)
            with capture_logs() as logs:
                task = asyncio.create_task(running.run())
                await until(lambda: any(entry["event"] == "visit failed" for entry in logs))
            archive.connection.execute("ALTER TABLE away RENAME TO runs")
            await until(lambda: archive.connection.execute("SELECT 1 FROM runs WHERE outcome = 'ok'").fetchone())
            running.stop("test")
            await task
            return archive.verify()

    assert asyncio.run(scenario()) == []


def test_metrics_are_what_prometheus_reads_and_nothing_else_is_answered(tmp_path, service):
    from prometheus_client.parser import text_string_to_metric_families

    async def scenario():
        with Archive.open(tmp_path, write=True) as archive:
            async with watched(archive, service(archive), 0) as port:
                return [
                    await asyncio.to_thread(ask, port, path)
                    for path in ("/metrics", "/metrics?name=x", "/", "/metrics/../x")
                ]

    (status, text), (asked, _), *others = asyncio.run(scenario())
    names = {family.name for family in text_string_to_metric_families(text)}
    assert status == asked == 200 and {"archive_articles", "archive_disk_full", "archive_alarm"} <= names
    assert [status for status, _ in others] == [404, 404]


def test_what_goes_wrong_while_the_figures_are_shown_is_not_said_to_be_the_port(tmp_path, service):
    async def run(archive):
        async with _watched(archive, service(archive, Room(tmp_path)), 0):
            raise OSError(5, "Input/output error")

    with Archive.open(tmp_path, write=True) as archive, pytest.raises(OSError, match="Input/output error"):
        asyncio.run(run(archive))


def test_a_port_that_is_taken_is_named_once(tmp_path, service):
    async def run(archive, port):
        async with _watched(archive, service(archive, Room(tmp_path)), port):
            pass

    with Archive.open(tmp_path, write=True) as archive, socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ClickException) as caught:
            asyncio.run(run(archive, port))
    told = f"cannot listen on 127.0.0.1:{port}: Address already in use; choose another with --port"
    assert caught.value.message == told


def test_that_all_is_well_again_is_told_in_vietnam_s_time(tmp_path):
    told = []

    async def tell(title, text):
        told.append((title, text))
        return True

    with Archive.open(tmp_path, write=True) as archive:
        began, full = datetime(2026, 1, 31, 17, 5, tzinfo=UTC), frozenset({"full"})
        with transaction(archive.connection):
            alarms.settle(archive.connection, None, {"full": "no room"}, full, began)
            alarms.settle(archive.connection, None, {}, full, began + timedelta(hours=1))
        asyncio.run(Teller(archive, [tell]).tell_all(began + timedelta(hours=2)))
    assert told == [("Recovered: the archive (full)", "Since 01/02/2026 01:05 +07 well again: no room")]


def test_a_client_that_says_nothing_or_too_much_does_not_hinder_the_next(tmp_path, service):
    async def scenario():
        with Archive.open(tmp_path, write=True) as archive:
            async with watched(archive, service(archive), 0) as port:
                _, silent = await asyncio.open_connection("127.0.0.1", port)
                reader, loud = await asyncio.open_connection("127.0.0.1", port)
                loud.write(b"x" * 100_000)
                cut_off = await asyncio.wait_for(reader.read(), 60)
                answered = await asyncio.to_thread(ask, port, "/healthz")
                silent.close()
                loud.close()
                return cut_off, answered

    assert asyncio.run(scenario()) == (b"", (200, "ok\n"))


@contextmanager
def web_hook():
    """An address for `notify:`, and the messages that came there."""
    got = []

    class Hook(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"json://127.0.0.1:{server.server_port}/", got
        finally:
            server.shutdown()
            thread.join()


def test_apprise_carries_an_alarm_to_a_web_hook():
    with web_hook() as (address, got):
        (tell,) = pushers([address])
        told = asyncio.run(tell("Broken: x (failing)", "the last visits all failed"))
    assert told
    assert (got[0]["title"], got[0]["message"]) == ("Broken: x (failing)", "the last visits all failed")
    assert "apprise" not in sys.modules  # it would stay in the service's memory, and is half as large as that


def test_an_address_that_never_answers_is_waited_for_no_longer_than_promised(monkeypatch):
    monkeypatch.setattr(push, "LONGEST", 2.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        (tell,) = pushers([f"json://127.0.0.1:{silent.getsockname()[1]}/?rto=300&cto=300"])
        assert not asyncio.run(tell("a", "b"))


def test_an_address_that_does_not_answer_or_is_none_is_not_told():
    for tell in pushers(["json://127.0.0.1:1/", "no address"]):
        assert not asyncio.run(tell("a", "b"))
