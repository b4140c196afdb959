"""A real Dask cluster on loopback: one scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.conftest import ROOT

QUIET = {"DASK_LOGGING__DISTRIBUTED": "error", "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
QUIET |= {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}  # as docs/machines.md says
QUIET |= {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}


class Cluster:
    """The scheduler's address and the processes of the workers, the nannies where there are some."""

    def __init__(self, folder: Path, *, workers: int = 2, nanny: bool = False) -> None:
        self._folder, self._nanny = folder, nanny
        file = folder / "scheduler.json"
        self.scheduler = self._started("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", file)
        end = time.monotonic() + 60
        while not file.exists() or not file.read_text("utf-8").endswith("}"):
            assert self.scheduler.poll() is None and time.monotonic() < end, "the scheduler did not start"
            time.sleep(0.02)
        self.address = json.loads(file.read_text("utf-8"))["address"]
        self.workers = [self.worker() for _ in range(workers)]

    def worker(self) -> subprocess.Popen[bytes]:
        """Start another worker."""
        kind = "--nanny" if self._nanny else "--no-nanny"
        options = (kind, "--nthreads", "1", "--no-dashboard", "--local-directory", self._folder)
        return self._started("worker", self.address, *options)

    def _started(self, *command: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *map(str, command), *(("--host", "127.0.0.1"))],
            cwd=self._folder,
            env=os.environ | QUIET,
            stdout=subprocess.DEVNULL,
            stderr=(self._folder / "dask.log").open("ab"),
            start_new_session=True,
        )

    def close(self) -> None:
        """End every process, those that a nanny has started too."""
        for process in (*self.workers, self.scheduler):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its group: a nanny has children
            process.wait()


@contextmanager
def cluster(folder: Path, **options: object) -> Iterator[Cluster]:
    """A cluster for as long as it is needed."""
    folder.mkdir(exist_ok=True)
    made = Cluster(folder, **options)  # type: ignore[arg-type]
    try:
        yield made
    finally:
        made.close()
