"""What systemd hears of the service."""

import os
import socket

import pytest

from tests.conftest import ROOT
from tests.test_running import configure, running, wait_for
from worker.notify import notify, watchdog_interval


@pytest.fixture
def systemd(tmp_path, monkeypatch):
    """The socket on which systemd would listen."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(str(tmp_path / "notify"))
    listener.settimeout(30)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    yield listener
    listener.close()


def test_the_service_says_ready_alive_and_stopping(tmp_path, systemd, monkeypatch):
    monkeypatch.setenv("WATCHDOG_USEC", "200000")
    configure(tmp_path, {"id": "off", "name": "x", "home": "https://a.invalid/", "kind": "union", "enabled": False})
    with running(tmp_path) as (_, events):
        wait_for("service ready", events)
        assert systemd.recv(100) == b"READY=1"
        assert {systemd.recv(100) for _ in range(3)} == {b"WATCHDOG=1"}
    heard = [systemd.recv(100)]
    while heard[-1] != b"STOPPING=1":
        heard.append(systemd.recv(100))
    assert set(heard[:-1]) <= {b"WATCHDOG=1"}


def test_without_systemd_nothing_is_sent(monkeypatch):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not notify("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", "/nowhere/socket")
    assert not notify("READY=1")


@pytest.mark.parametrize(
    ("usec", "pid", "seconds"), [("", "", None), ("0", "", None), ("x", "", None), ("60000000", "1", None)]
)
def test_no_watchdog_is_fed_where_none_is_set_or_it_is_another_s(monkeypatch, usec, pid, seconds):
    monkeypatch.setenv("WATCHDOG_USEC", usec)
    monkeypatch.setenv("WATCHDOG_PID", pid)
    assert watchdog_interval() is seconds


def test_the_watchdog_is_fed_twice_in_its_interval(monkeypatch):
    monkeypatch.setenv("WATCHDOG_USEC", "60000000")
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
    assert watchdog_interval() == 30


def test_the_unit_is_hardened_and_names_absolute_paths(worker, tmp_path):
    shown = worker("service", "show", "--archive", tmp_path / "my archive", "--user", "archive").stdout
    assert f'ReadWritePaths="{tmp_path}/my archive"' in shown
    assert f"--sources {ROOT}/sources.yaml" in shown
    for line in ("User=archive", "ProtectSystem=strict", "NoNewPrivileges=yes", "MemoryMax=1G", "Type=notify"):
        assert f"\n{line}\n" in shown
    installed = worker("service", "install", "--directory", tmp_path, "--archive", tmp_path / "my archive")
    assert installed.returncode == 0
    assert (tmp_path / "union-news-archive.service").read_text("utf-8") == shown
    refused = worker("service", "install", "--directory", tmp_path / "none")
    assert refused.returncode == 1 and "cannot be written" in refused.stderr
    assert worker("service", "show", "--user", "a b").returncode == 2
