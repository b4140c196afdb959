"""`worker rebuild`."""

import json
import shutil
import sqlite3

import pytest


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
    assert "1 people, places and other names are named no more, and were dropped." in done.stdout
    again = json.loads(worker("rebuild", "--archive", archive, "--executor", "local:1", "--json").stdout)
    assert (again["articles"], again["changed"], again["stopped"]) == (5, 0, False)
    assert "is sound" in worker("verify", "--archive", archive).stdout


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
