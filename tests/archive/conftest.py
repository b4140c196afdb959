"""The site as its readers meet it: the real server in a process of its own, and a real Chromium."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.archive import altered as alterations
from worker.store import summaries
from worker.store.schema import open_writer

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(archive: Path, *command: str, log: Path) -> Iterator[str]:
    """The address of a server on this archive: `worker browse`, or the command given (which gets --port)."""
    port = free_port()
    arguments = list(command) or [sys.executable, "-m", "worker", "browse", "--archive", str(archive)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*arguments, "--port", str(port)], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/-/versions.json", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            server.wait(20)
        server.kill()
        server.wait()


def for_operator(archive: Path) -> tuple[str, ...]:
    """The command of a server at which an operator can sign in."""
    return (sys.executable, "-u", "-m", "worker", "browse", "--archive", str(archive), "--operator")


def sign_in(address: str, log: Path) -> str:
    """The cookie of the operator: the address that such a server prints to its log works only once."""
    token = re.search(r"/-/auth-token\?token=\w+", log.read_text())
    assert token
    return str(httpx.get(address + token[0], timeout=60).cookies["ds_actor"]).strip('"')


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1800):  # a crowded machine starts slowly
        if server.poll() is not None:
            pytest.fail(f"the server ended:\n{log.read_text()}")
        with suppress(httpx.HTTPError):
            httpx.get(address, timeout=10)
            return
        time.sleep(0.1)
    pytest.fail(f"the server does not answer:\n{log.read_text()}")


def get(address: str) -> str:
    """The page at an address, which must be there."""
    return httpx.get(address, timeout=60).raise_for_status().text


@pytest.fixture(scope="session")
def site(offline_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site on the archive of the five seeds."""
    with serving(offline_archive, log=tmp_path_factory.mktemp("site") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def altered_archive(offline_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds' archive with what tests.archive.altered says."""
    archive = tmp_path_factory.mktemp("altered") / "archive"
    shutil.copytree(offline_archive, archive)
    with closing(open_writer(archive / "news.db")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in alterations.STATEMENTS:
            connection.execute(statement)
        summaries.rebuild(connection)
    return archive


@pytest.fixture(scope="session")
def altered(altered_archive: Path) -> Iterator[str]:
    """The site on it; an operator can sign in with what the server prints to `log` beside the archive."""
    with serving(altered_archive, *for_operator(altered_archive), log=altered_archive.parent / "log") as address:
        yield address


@pytest.fixture(scope="session")
def operator(altered: str, altered_archive: Path) -> str:
    """The cookie of who has signed in there as operator."""
    return sign_in(altered, altered_archive.parent / "log")


@pytest.fixture
def changed(offline_archive: Path, tmp_path: Path) -> Callable[..., Path]:
    """`changed(sql, …)`: a copy of the seeds' archive in which something is otherwise."""

    def change(*statements: str) -> Path:
        archive = tmp_path / "changed"
        shutil.copytree(offline_archive, archive)
        with closing(open_writer(archive / "news.db")) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            for statement in statements:
                connection.execute(statement)
            summaries.rebuild(connection)
        return archive

    return change


# A module's, not the session's: while Playwright is open its event loop runs in this thread, and tests of other modules
# that the same process runs need loops of their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


class Complaints(list[str]):
    """What a page did that no page of the site may do."""

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.append(f"script error: {error}"))
        page.on("dialog", lambda dialog: (self.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:")):
            self.append(f"request: {request.url}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a fresh context. Afterwards: no script error, no policy violation, nothing asked of another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, complaints = context.new_page(), Complaints()
    complaints.listen(page)
    yield page
    context.close()
    assert not complaints, complaints


def rows(archive: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"{(archive / 'news.db').as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()
