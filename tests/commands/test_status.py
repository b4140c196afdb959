"""`worker status`: what is wrong is told, and by the exit status; who writes is named as what it is."""

import json

import pytest
from click.testing import CliRunner

from worker.commands.status import status as command
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


def test_little_room_is_told_in_megabytes(status, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 300 * 1024**2}))
    assert "disk       300 MB free" in status().output
