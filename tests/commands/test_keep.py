"""`worker verify`, `worker backup` and `worker vacuum`."""

import json
import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import time

import pytest

from worker.store import Archive
from worker.store.lock import Lock

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["worker.store", "worker.store.backup"])


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
    assert "has a problem; restore what it names" in done.stderr and "fact" in done.stdout


def _spoil(database):
    """Overwrite where articles, facts and the search index begin, as a failing disk does."""
    roots = "SELECT rootpage FROM sqlite_master WHERE tbl_name IN ('articles', 'facts', 'articles_fts_data')"
    with sqlite3.connect(database) as connection:
        pages = [page for (page,) in connection.execute(roots) if page]
    with database.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 40)


def test_a_database_that_a_failing_disk_has_spoilt_is_told_as_such(worker, archive, tmp_path):
    _spoil(archive / "news.db")
    done = worker("verify", "--archive", archive)
    assert done.returncode == 1
    assert (
        "database file cannot be checked" in done.stdout
        and "problems; restore what they name from a backup" in done.stderr
    )
    for command in (
        ["status"],
        ["search", "vừa sức"],
        ["facts", "--kind", "money"],
        ["vacuum"],
        ["export", "data", tmp_path / "to"],
    ):
        done = worker(*command, "--archive", archive)
        assert done.returncode == 1
        assert "database is damaged" in done.stderr and "`worker verify` says where" in done.stderr, command


def test_a_backup_is_an_archive_of_its_own(worker, archive, tmp_path):
    done = worker("backup", tmp_path / "copy", "--archive", archive)
    assert done.returncode == 0, done.stderr
    assert "5 articles are copied" in done.stdout
    shutil.rmtree(archive)
    assert "is sound" in worker("verify", "--archive", tmp_path / "copy").stdout


def test_the_status_says_when_the_last_backup_was_made_and_that_it_is_old(worker, archive, tmp_path):
    assert "backup     none yet" in worker("status", "--archive", archive).stdout
    worker("backup", tmp_path / "copy", "--archive", archive)
    fresh = worker("status", "--archive", archive)
    assert (f"to {tmp_path / 'copy'}" in fresh.stdout, fresh.returncode) == (True, 0)
    note = json.loads((archive / "news.backup").read_text())
    (archive / "news.backup").write_text(json.dumps(note | {"at": "2026-01-01T20:15:00Z"}))
    old = worker("status", "--archive", archive)
    assert "backup     02/01/2026 03:15 +07 to" in old.stdout and "older than eight days" in old.stdout
    assert old.returncode == 1


def test_a_backup_names_the_files_that_are_referred_to_and_not_copied(worker, archive, tmp_path):
    (archive / "warc" / "news-000001.warc.gz").rename(tmp_path / "theirs.warc.gz")
    with sqlite3.connect(archive / "news.db") as connection:
        connection.execute("UPDATE captures SET warc_file = ?", [str(tmp_path / "theirs.warc.gz")])
    done = worker("backup", tmp_path / "copy", "--archive", archive)
    assert done.returncode == 0, done.stderr
    assert f"{tmp_path / 'theirs.warc.gz'} (5 records)" in done.stdout


def back_up(archive, to):
    with Archive.open(archive, write=False) as reader:
        reader.backup(to)


def test_a_backup_that_is_killed_at_any_moment_leaves_the_last_whole_copy_and_the_next_one_takes_its_place(
    archive, tmp_path
):
    dice, to, kills = random.Random(2), tmp_path / "copy", 0  # noqa: S311 - moments, not secrets
    for _ in range(8):
        process = _PROCESSES.Process(target=back_up, args=(archive, to))
        process.start()
        while process.is_alive() and not list(to.glob("news.db.part*")):
            time.sleep(0.0002)
        time.sleep(dice.random() * 0.02)
        process.kill()
        process.join()
        kills += process.exitcode != 0
        for whole in (archive, to) if (to / "news.db").exists() else (archive,):
            with Archive.open(whole, write=False) as reader:
                assert reader.verify() == []
    assert kills >= 3
    back_up(archive, to)
    assert sorted(path.name for path in to.iterdir()) == ["backup.lock", "news.db", "warc"]
    with Archive.open(to, write=False) as copy:
        assert copy.verify() == []


def test_a_disk_that_is_too_small_for_a_copy_is_told_and_keeps_the_last_one(worker, archive, tmp_path):
    to = tmp_path / "disk"
    to.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", to]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        done = worker("backup", to / "copy", "--archive", archive)
        assert done.returncode == 1
        assert done.stderr.startswith(f"worker: no copy could be made in {to / 'copy'}: ") and "full" in done.stderr
        assert sorted(path.name for path in (to / "copy").iterdir()) == ["backup.lock", "warc"]
    finally:
        subprocess.run(["umount", "-l", to], check=True)


def test_vacuum_gives_room_back_and_loses_nothing(worker, archive):
    with sqlite3.connect(archive / "news.db") as connection:
        connection.execute("CREATE TABLE ballast AS SELECT zeroblob(5000000) AS x")
        connection.execute("DROP TABLE ballast")
    before = (archive / "news.db").stat().st_size
    done = worker("vacuum", "--archive", archive)
    assert done.returncode == 0, done.stderr
    assert (archive / "news.db").stat().st_size < before - 4_000_000
    assert worker("verify", "--archive", archive).returncode == 0


def test_a_file_of_the_copy_that_has_its_size_and_not_its_bytes_is_copied_anew(worker, archive, tmp_path):
    assert worker("backup", tmp_path / "copy", "--archive", archive).returncode == 0
    file = tmp_path / "copy" / "warc" / "news-000001.warc.gz"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2))
    done = worker("backup", tmp_path / "copy", "--archive", archive)
    assert (done.returncode, done.stderr) == (0, "")
    assert file.read_bytes() == whole


def test_a_backup_of_an_archive_that_lost_bytes_leaves_those_of_the_copy(worker, archive, tmp_path):
    worker("backup", tmp_path / "copy", "--archive", archive)
    file = archive / "warc" / "news-000001.warc.gz"
    whole = file.read_bytes()
    file.write_bytes(whole[:9000])
    done = worker("backup", tmp_path / "copy", "--archive", archive)
    assert done.returncode == 1
    assert f"{file} has lost bytes: {len(whole):,} were filed, 9,000 are there" in done.stderr
    assert (tmp_path / "copy" / "warc" / file.name).read_bytes() == whole
    assert worker("verify", "--archive", tmp_path / "copy").returncode == 0


def test_a_backup_of_an_archive_whose_bytes_are_spoilt_leaves_those_of_the_copy(worker, archive, tmp_path):
    worker("backup", tmp_path / "copy", "--archive", archive)
    file = archive / "warc" / "news-000001.warc.gz"
    whole = file.read_bytes()
    file.write_bytes(bytes(9000) + whole[9000:])
    assert worker("backup", tmp_path / "copy", "--archive", archive).returncode == 0  # it has what is needed
    assert (tmp_path / "copy" / "warc" / file.name).read_bytes() == whole


def test_a_copy_is_not_replaced_by_one_of_an_empty_or_another_archive(worker, archive, tmp_path):
    worker("backup", tmp_path / "copy", "--archive", archive)
    before = (tmp_path / "copy" / "news.db").read_bytes()
    with Archive.open(tmp_path / "empty", write=True):
        pass
    done = worker("backup", tmp_path / "copy", "--archive", tmp_path / "empty")
    assert done.returncode == 1
    assert "copy of another archive, or this one has lost pages" in done.stderr
    assert (tmp_path / "copy" / "news.db").read_bytes() == before


def test_a_copy_is_not_replaced_by_one_that_is_not_sound(worker, archive, tmp_path):
    worker("backup", tmp_path / "copy", "--archive", archive)
    with sqlite3.connect(archive / "news.db") as connection:
        connection.execute("UPDATE facts SET text = 'khác' WHERE id = 7")
    done = worker("backup", tmp_path / "copy", "--archive", archive)
    assert done.returncode == 1
    assert "is not brought up to date, the copy would not be sound: fact 7 says 'khác'" in done.stderr
    assert worker("verify", "--archive", tmp_path / "copy").returncode == 0


def test_what_is_no_copy_is_not_written_over(worker, archive, tmp_path):
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "news.db").write_text("my notes")
    done = worker("backup", tmp_path / "copy", "--archive", archive)
    assert (done.returncode, (tmp_path / "copy" / "news.db").read_text()) == (1, "my notes")
    assert "is no copy of an archive" in done.stderr


def test_of_two_backups_into_one_directory_the_second_says_who_is_there(worker, archive, tmp_path):
    (tmp_path / "copy").mkdir()
    lock = Lock(tmp_path / "copy" / "backup.lock")
    lock.take()
    done = worker("backup", tmp_path / "copy", "--archive", archive)
    assert done.returncode == 1
    assert "a copy is being made there already" in done.stderr and f"process {os.getpid()}" in done.stderr
    lock.release()
    assert worker("backup", tmp_path / "copy", "--archive", archive).returncode == 0


@pytest.mark.parametrize(
    "command",
    [
        ("backup", "{archive}/warc"),
        ("backup", "{archive}"),
        ("export", "wacz", "{archive}/news.db"),
        ("export", "data", "{archive}/data"),
    ],
    ids=" ".join,
)
def test_nothing_is_written_into_the_archive_that_is_copied(worker, archive, command):
    before = kept(archive)
    done = worker(*(part.format(archive=archive) for part in command), "--archive", archive)
    assert done.returncode == 1
    assert "lies in the archive itself" in done.stderr
    assert kept(archive) == before


def kept(archive):
    """What is in its files, but for the log that a reader opens."""
    files = (path for path in archive.rglob("*") if path.is_file() and path.name[-4:] not in ("-wal", "-shm"))
    return {path: path.read_bytes() for path in files}


def test_vacuum_makes_no_archive_where_there_is_none(worker, tmp_path):
    done = worker("vacuum", "--archive", tmp_path / "typo")
    assert done.returncode == 1
    assert "there is no archive" in done.stderr and not (tmp_path / "typo").exists()
