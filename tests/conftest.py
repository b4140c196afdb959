"""What many tests need: the real command line, run in a process of its own."""

import subprocess
import sys
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


@pytest.fixture(scope="session")
def offline_archive(worker: Worker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the five seeds, made by the real pipeline. For reading: tests that write make their own."""
    archive = tmp_path_factory.mktemp("archive")
    done = worker("crawl", "--offline", "--archive", archive)
    assert done.returncode == 0, done.stderr
    return archive
