"""A rebuild on a real Dask cluster gives the archive that one process gives, whoever dies meanwhile."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from distributed import Client
from distributed.scheduler import KilledWorker

import worker.cluster
from tests.cluster import cluster
from tests.conftest import ROOT
from tests.test_rebuild import DEADLY, content, deadly, file, filed, read, rebuilt, spoilt
from worker.cluster import OnCluster
from worker.executors import ExecutorFailed
from worker.hands import hands
from worker.store import Archive

BEGUN = "SELECT 1 FROM runs WHERE \"trigger\" = 'rebuild' AND finished IS NULL AND counts LIKE '%\"article\": _%'"
BEGUN += " AND counts NOT LIKE '%\"articles\": 0,%'"


@pytest.fixture
def archive(tmp_path):
    """An archive as older, worse rules might have left it, and its sources."""
    directory = tmp_path / "archive"
    sources = filed(directory, hosts=1, articles=24)
    spoilt(directory)
    return directory, sources


def copies(archive, *names):
    for name in names:
        shutil.copytree(archive[0], archive[0].with_name(name))
    return [(archive[0].with_name(name), archive[1]) for name in names]


def killing(process, after):
    """Ends a process when so many articles are written."""

    def progress(report):
        if report.articles >= after and process.poll() is None:
            process.kill()
            process.wait()

    return progress


def killed_rebuild(archive, executor, tmp_path):
    """`worker rebuild` in a process that is killed when it has written something."""
    directory, sources = archive
    (tmp_path / "sources.yaml").write_text(sources.model_dump_json(exclude_defaults=True), "utf-8")
    command = [sys.executable, "-m", "worker", "rebuild", "--executor", executor, "--archive", directory]
    running = subprocess.Popen(
        [*command, "--sources", tmp_path / "sources.yaml"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < end and not read(directory, BEGUN):
        time.sleep(0.002)
    assert running.poll() is None, "it was at its end before it could be killed"
    running.kill()
    running.wait()


def loaded_by_scheduler(address, module):
    with Client(address, set_as_default=False) as client:
        return client.run_on_scheduler(lambda: module in sys.modules)


class Argument:
    """Is large enough to be sent once; the first worker to which it is brought dies of it."""

    nbytes = 5000

    def __init__(self, flag):
        self.flag = flag

    def __reduce__(self):
        return brought, (self.flag,)


def brought(flag):
    if not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "brought"


def test_an_argument_that_went_down_with_a_worker_is_sent_anew(tmp_path):
    argument = Argument(tmp_path / "flag")
    with cluster(tmp_path / "dask") as dask, Client(dask.address, set_as_default=False) as client:
        executor = OnCluster(client)
        with pytest.raises(KilledWorker):
            executor.submit(str, argument).result(60)
        assert executor.submit(str, argument).result(60) == "brought"


def test_workers_and_clients_may_die_and_the_archive_is_the_same_byte_for_byte(archive, tmp_path, monkeypatch):
    alone, worker_dies, client_dies, other_rules = copies(archive, "alone", "worker-dies", "client-dies", "other-rules")
    report = rebuilt(alone)
    with cluster(tmp_path / "dask") as dask:
        on_cluster = rebuilt(worker_dies, executor=dask.address, progress=killing(dask.workers[0], after=9))
        assert dask.workers[0].returncode is not None
        assert not loaded_by_scheduler(dask.address, "worker.facts")  # it hands on bytes, and takes nothing apart
        dask.workers.append(dask.worker())
        killed_rebuild(client_dies, dask.address, tmp_path)
        rebuilt(client_dies, executor=dask.address)
        monkeypatch.setattr(worker.cluster, "rules", lambda: "others")
        with pytest.raises(ExecutorFailed, match="another version of this program"):
            rebuilt(other_rules, executor=dask.address)
    assert on_cluster == report
    assert content(worker_dies[0]) == content(client_dies[0]) == content(alone[0])


def test_a_page_that_kills_workers_of_a_cluster_is_found_told_and_skipped(archive, tmp_path, monkeypatch):
    monkeypatch.setattr("worker.rebuild.TASK", 2)  # each halving costs a worker, and each worker its start
    with Archive.open(archive[0], write=True) as opened:
        source = archive[1].sources[0]
        url, title = opened.connection.execute("SELECT url, title FROM articles WHERE id = 11").fetchone()
        page = opened.latest_capture(url)
        file(opened, source, page.url, page.body.decode().replace(title, f"{title} {DEADLY}"), 900)
    alone, on_cluster = copies(archive, "alone", "on-cluster")
    wanted = rebuilt(alone, executor="local:2", work=deadly)
    assert len(wanted.skipped) == 1
    with cluster(tmp_path / "dask", workers=1, nanny=True) as dask:
        assert rebuilt(on_cluster, executor=dask.address, work=deadly) == wanted
    assert content(on_cluster[0]) == content(alone[0])


def test_a_scheduler_that_does_not_answer_is_said_in_a_sentence(archive, monkeypatch):
    monkeypatch.setattr(worker.cluster, "CONNECT", "0.3s")
    with pytest.raises(ExecutorFailed, match=r"^no scheduler answers at tcp://127\.0\.0\.1:9; start one"):
        rebuilt(archive, executor="tcp://127.0.0.1:9")


def test_a_cluster_without_workers_is_said_in_a_sentence(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(worker.cluster, "FIRST_WORKER", 0.3)
    with cluster(tmp_path / "dask", workers=0) as dask, pytest.raises(ExecutorFailed, match="has no workers"):
        rebuilt(archive, executor=dask.address)


def test_a_scheduler_that_goes_away_is_said_in_a_sentence(archive, tmp_path, monkeypatch):
    monkeypatch.setattr("worker.executors.PATIENCE", 0.5)
    monkeypatch.setattr("worker.rebuild.TASK", 2)  # so that much is left to do when it goes
    with cluster(tmp_path / "dask", workers=1) as dask, pytest.raises(ExecutorFailed, match="is gone"):
        rebuilt(archive, executor=dask.address, progress=killing(dask.scheduler, after=1))


@pytest.mark.parametrize("text", ["dask", "local:0", "local:x", "http://127.0.0.1", "tcp:127.0.0.1"])
def test_what_is_no_executor_is_refused(text):
    with pytest.raises(ValueError, match="is no executor"):
        hands(text)
