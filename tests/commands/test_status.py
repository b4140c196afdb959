"""`worker status`: what is wrong is told, and by the exit status; who writes is named as what it is."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from worker.commands.status import status as command
from worker.config import Source, Sources
from worker.handover import Inbox
from worker.store import Archive
from worker.watch import room


@pytest.fixture
def status(tmp_path):
    """`worker status` of the archive in tmp_path, in this process."""

    def run(*options):
        return CliRunner().invoke(command, ["--archive", str(tmp_path), *options])

    with Archive.open(tmp_path, write=True):
        pass
    return run


def test_a_disk_without_room_is_wrong_also_where_no_service_runs_that_could_say_so(status, monkeypatch):
    assert status().exit_code == 0
    monkeypatch.setattr(room, "ENOUGH", 2**62)
    said = status()
    assert said.exit_code == 1
    assert "too little room for the service to fetch anything" in said.output
    assert json.loads(status("--json").output)["full"]


def test_what_writes_is_called_the_service_only_where_it_is(status, tmp_path):
    assert "service    not running\n" in status().output
    with Archive.open(tmp_path, write=True):
        crawl = status()
        assert "service    not running; process " in crawl.output
        assert not json.loads(status("--json").output)["service"]
        Inbox(tmp_path).open()
        assert "service    process " in status().output
        assert json.loads(status("--json").output)["service"]


def test_the_sources_that_are_due_at_once_are_counted_before_the_next_time_is_told(status, tmp_path):
    def due(*times):
        names = ["never", "late", "later"]
        sources = [Source(id=name, name=name, home=f"https://{name}.invalid/", kind="union") for name in names]
        with Archive.open(tmp_path, write=True) as archive:
            archive.sync_sources(Sources(sources=tuple(sources)))
            for name, time in zip(names, times, strict=True):
                archive.set_next_run(name, time)
        told = json.loads(status("--json").output)
        (line,) = [line for line in status().output.splitlines() if "next run" in line]
        return line.removeprefix("  next run   "), told["due"], told["next_run"]

    assert "next run   –\n" in status().output
    ahead = datetime(2999, 12, 31, 17, 0, tzinfo=UTC)
    past = datetime.now(UTC) - timedelta(minutes=1)
    assert due(None, past, ahead) == ("2 sources at once; then 01/01/3000 00:00 +07", 2, "2999-12-31T17:00:00Z")
    assert due(None, ahead, ahead) == ("1 source at once; then 01/01/3000 00:00 +07", 1, "2999-12-31T17:00:00Z")
    assert due(None, None, None) == ("3 sources at once", 3, None)
    assert due(ahead, ahead, ahead) == ("01/01/3000 00:00 +07", 0, "2999-12-31T17:00:00Z")


def test_little_room_is_told_in_megabytes(status, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 300 * 1024**2}))
    assert "disk       300 MB free" in status().output
