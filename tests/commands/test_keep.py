"""`worker verify`, `worker backup` and `worker vacuum`."""

import shutil
import sqlite3

import pytest


@pytest.fixture
def archive(offline_archive, tmp_path):
    shutil.copytree(offline_archive, tmp_path / "archive")
    return tmp_path / "archive"


def test_a_fresh_archive_is_sound(worker, archive):
    done = worker("verify", "--archive", archive)
    assert done.returncode == 0, done.stdout
    assert "is sound: 5 articles" in done.stdout


def test_a_fact_that_is_no_longer_at_its_words_is_told(worker, archive):
    with sqlite3.connect(archive / "news.db") as connection:
        connection.execute("UPDATE facts SET start = start + 1 WHERE id = (SELECT min(id) FROM facts)")
    done = worker("verify", "--archive", archive)
    assert done.returncode == 1
    assert "1 problems" in done.stderr and "fact" in done.stdout


def test_a_backup_is_an_archive_of_its_own(worker, archive, tmp_path):
    done = worker("backup", tmp_path / "copy", "--archive", archive)
    assert done.returncode == 0, done.stderr
    assert "5 articles are copied" in done.stdout
    shutil.rmtree(archive)
    assert "is sound" in worker("verify", "--archive", tmp_path / "copy").stdout


def test_vacuum_gives_room_back_and_loses_nothing(worker, archive):
    with sqlite3.connect(archive / "news.db") as connection:
        connection.execute("CREATE TABLE ballast AS SELECT zeroblob(5000000) AS x")
        connection.execute("DROP TABLE ballast")
    before = (archive / "news.db").stat().st_size
    done = worker("vacuum", "--archive", archive)
    assert done.returncode == 0, done.stderr
    assert (archive / "news.db").stat().st_size < before - 4_000_000
    assert worker("verify", "--archive", archive).returncode == 0
