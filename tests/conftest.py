"""What many tests need: the real command line, run in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

Worker = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def worker() -> Worker:
    """`worker("crawl", "--offline", cwd=…, stdin=…)`: run the command to its end; output as text."""

    def run(*args: object, cwd: Path = ROOT, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "worker", *map(str, args)]
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env}
        return subprocess.run(
            command, cwd=cwd, input=stdin, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run


@pytest.fixture
def interrupted(tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """`interrupted("-m", "worker", …)`: run Python in a terminal of its own, as it were, and press Control-C once
    it has started a process whose command holds `when`; exit status, output and errors."""

    def run(*args: object, when: str, stdin: bytes = b"") -> tuple[int, str, str]:
        (tmp_path / "stdin").write_bytes(stdin)
        with (tmp_path / "stdin").open("rb") as given:
            process = subprocess.Popen(
                [sys.executable, *map(str, args)],
                cwd=ROOT,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        try:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            end = time.monotonic() + 60
            while not any(when in _command(child) for child in children.read_text().split()):
                assert process.poll() is None and time.monotonic() < end, "it starts no such process"
            os.killpg(process.pid, signal.SIGINT)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
        return process.returncode, out.decode(), err.decode()

    return run


def _command(process: str) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:  # it is gone
        return ""


@pytest.fixture(scope="session")
def offline_archive(worker: Worker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the five seeds, made by the real pipeline. For reading: tests that write make their own."""
    archive = tmp_path_factory.mktemp("archive")
    done = worker("crawl", "--offline", "--archive", archive)
    assert done.returncode == 0, done.stderr
    return archive
