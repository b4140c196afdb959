"""A machine that gives no more: what it lacks is told, and no page or site is blamed for it."""

import errno
import os
import sqlite3
import subprocess
import sys

import httpcore
import pytest

from tests.conftest import ROOT
from tests.test_running import configure, source
from tests.web import NukeViet, serve, stories
from worker.fetch import failures
from worker.shortage import Shortage
from worker.store.errors import PageFailed, one_page


def crawl(tmp_path, files):
    """Crawl with one process more that reads, where only so many files may be open in each."""
    command = [sys.executable, "-m", "worker", "crawl", "portal", "--processes", "2", "--archive", tmp_path / "archive"]
    limited = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *command, "--sources", tmp_path / "sources.yaml"]
    return subprocess.run(limited, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_a_crawl_that_may_open_no_more_files_says_so_and_leaves_its_pages_as_they_were(tmp_path):
    portal = NukeViet(stories=list(stories(3, seed=1)))
    with serve(portal) as web:
        configure(tmp_path, source(web, portal))
        short = crawl(tmp_path, 16)
        with sqlite3.connect(tmp_path / "archive" / "news.db") as connection:
            health = connection.execute("SELECT health FROM sources").fetchone()
            tried = connection.execute("SELECT count(*), max(attempts) FROM links").fetchone()
            runs = connection.execute("SELECT outcome FROM runs").fetchall()
        assert crawl(tmp_path, 256).returncode == 0
    assert short.returncode == 1
    assert short.stderr.startswith("worker: no more files may be open: raise the limit (`ulimit -n`"), short.stderr
    assert (health, tried, runs) == (("new",), (3, 0), [("stopped",)])


def test_a_connection_for_which_there_is_no_file_left_is_not_the_site_s_fault():
    error = httpcore.ConnectError(OSError(errno.EMFILE, os.strerror(errno.EMFILE)))
    with pytest.raises(Shortage, match="no more files may be open"):
        failures.explain(error)


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.ENOSPC])
def test_what_the_machine_lacks_is_no_failure_of_a_page(number):
    with pytest.raises(Shortage), one_page("https://a.vn/1.html"):
        raise OSError(number, os.strerror(number))


def test_a_file_that_is_not_there_is_one():
    with pytest.raises(PageFailed), one_page("https://a.vn/1.html"):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
