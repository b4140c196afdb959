"""`worker rebuild`."""

import json
import shutil
import sqlite3

import pytest

from worker.commands import progress, rebuild
from worker.rebuild_report import Report


@pytest.fixture
def archive(offline_archive, tmp_path):
    shutil.copytree(offline_archive, tmp_path / "archive")
    with sqlite3.connect(tmp_path / "archive" / "news.db") as connection:
        connection.execute("DELETE FROM facts WHERE article = 1 AND kind = 'money'")
        connection.execute("UPDATE articles SET origin = 'không rõ' WHERE id = 2")
        connection.execute(
            "INSERT INTO entities (kind, name, key, folded) VALUES ('place', 'Đâu đó', 'đâu đó', 'dau do')"
        )
    return tmp_path / "archive"


def test_it_says_what_changed_and_changes_it(worker, archive):
    would = worker("rebuild", "--dry-run", "--archive", archive)
    assert would.returncode == 0, would.stderr
    assert "5 articles were read again, 2 would change." in would.stdout
    done = worker("rebuild", "--archive", archive, "--executor", "local:2")
    assert "5 articles were read again, 2 changed." in done.stdout
    assert "facts: money" in done.stdout and "article 2" in done.stdout
    assert "1 name is named no more (people, places and others): dropped." in done.stdout
    again = json.loads(worker("rebuild", "--archive", archive, "--executor", "local:1", "--json").stdout)
    assert (again["articles"], again["changed"], again["stopped"]) == (5, 0, False)
    assert "is sound" in worker("verify", "--archive", archive).stdout


def test_how_far_it_is_is_told_now_and_then(capsys, monkeypatch):
    tell = rebuild._telling()
    tell(Report(articles=8))
    monkeypatch.setattr(progress, "SOMETIMES", 0.0)
    tell(Report(articles=16, changed=2))
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "16 articles read again so far, 2 with changes\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--source", "nirgends"], "nirgends is not in sources.yaml"),
        (["--executor", "local:0"], "write local, local:N"),
        (["--executor", "cloud"], "'cloud' is no executor"),
    ],
)
def test_wrong_options_are_told(worker, archive, options, said):
    done = worker("rebuild", "--archive", archive, *options)
    assert done.returncode == 2
    assert said in done.stderr


def test_where_no_page_can_be_read_it_fails_and_forgets_nothing(worker, archive):
    def known():
        with sqlite3.connect(archive / "news.db") as connection:
            return connection.execute("SELECT id, pages FROM sources ORDER BY id").fetchall()

    before = known()
    done = worker("rebuild", "--files", archive / "nowhere", "--archive", archive)
    assert done.returncode == 1
    assert "5 pages could not be read; what is archived there is as it was" in done.stderr
    assert known() == before and any(pages for _, pages in before)
    with sqlite3.connect(archive / "news.db") as connection:
        assert connection.execute("SELECT outcome FROM runs ORDER BY id DESC").fetchone() == ("failed",)


def test_it_makes_no_archive_where_there_is_none(worker, tmp_path):
    done = worker("rebuild", "--archive", tmp_path / "typo")
    assert done.returncode == 1
    assert "there is no archive" in done.stderr and not (tmp_path / "typo").exists()


def test_control_c_while_its_processes_begin_lets_what_is_in_hand_be_finished(interrupted, archive):
    command = ("-m", "worker", "rebuild", "--archive", archive, "--executor", "local:2")
    code, _, err = interrupted(*command, when="forkserver")
    assert (code, err) == (
        1,
        "worker: stopping after the page in hand; once more ends at once\n"
        "worker: it was stopped before its end; `worker rebuild` with the same options goes on\n",
    )
