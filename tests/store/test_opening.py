"""Opening an archive: made, found, refused; one writer at a time; old ones brought up to date, newer ones not."""

import json
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.dedup.stories import BODY, TITLE
from tests.store.pages import content, opened, page
from worker.store import (
    Archive,
    ArchiveDamaged,
    ArchiveError,
    ArchiveLocked,
    ArchiveMissing,
    ArchiveTooNew,
    ArchiveUnwritable,
    schema,
)

HOLD = """
import sys, time
from pathlib import Path
from worker.store import Archive
with Archive.open(Path(sys.argv[1]), write=True):
    print("open", flush=True)
    time.sleep(60)
"""


def refusal(error):
    """The message, which is one sentence for a person."""
    text = str(error.value)
    assert "\n" not in text
    assert len(text) > 20
    return text


def test_a_new_archive_is_made_whole(tmp_path):
    with Archive.open(tmp_path / "deep" / "archive", write=True) as archive:
        assert archive.db.table_names()
        assert archive.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert archive.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert {item.name for item in (tmp_path / "deep" / "archive").iterdir()} >= {"news.db", "news.lock", "warc"}


def test_reading_needs_an_archive(tmp_path):
    with pytest.raises(ArchiveMissing) as error:
        Archive.open(tmp_path, write=False)
    assert str(tmp_path) in refusal(error)
    assert list(tmp_path.iterdir()) == []


def test_a_second_writer_is_refused_and_told_who_the_first_is(tmp_path):
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        first.stdout.readline()
        with pytest.raises(ArchiveLocked) as error:
            Archive.open(tmp_path, write=True)
        assert f"process {first.pid} " in refusal(error)
        with Archive.open(tmp_path, write=False) as reader:  # reading goes on
            assert reader.search("phụ nữ").hits == ()
        first.kill()
    with Archive.open(tmp_path, write=True):  # the lock goes with its process
        assert json.loads((tmp_path / "news.lock").read_text())["pid"] == os.getpid()


def test_two_writers_in_one_process_are_two(tmp_path):
    with Archive.open(tmp_path, write=True), pytest.raises(ArchiveLocked):
        Archive.open(tmp_path, write=True)


def test_an_archive_of_a_newer_program_is_left_alone(tmp_path):
    with opened(tmp_path) as archive:
        archive.connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('archive', '9999_later', '')"
        )
    before = (tmp_path / "news.db").read_bytes()
    for write in (True, False):
        with pytest.raises(ArchiveTooNew) as error:
            Archive.open(tmp_path, write=write)
        assert "9999_later" in refusal(error)
    assert (tmp_path / "news.db").read_bytes() == before
    with pytest.raises(ArchiveTooNew):  # the refused writer has let the lock go
        Archive.open(tmp_path, write=True)


@pytest.mark.parametrize("state", ["gone", "empty"])
def test_no_new_database_is_made_over_the_captures_of_one_that_was_lost(tmp_path, state):
    with opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY))
    lost = tmp_path / "news.db"
    lost.unlink() if state == "gone" else lost.write_bytes(b"")
    with pytest.raises(ArchiveDamaged, match=rf"news.db is {state}, though .*warc holds captures: restore it"):
        Archive.open(tmp_path, write=True)
    assert not lost.exists() or not lost.stat().st_size
    with pytest.raises(ArchiveError, match="no archive" if state == "gone" else "is empty, though"):
        Archive.open(tmp_path, write=False)


def test_an_archive_that_was_never_filled_is_begun(tmp_path):
    (tmp_path / "news.db").touch()
    with pytest.raises(ArchiveDamaged, match="is empty; `worker crawl` begins the archive"):
        Archive.open(tmp_path, write=False)
    with opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY))


@pytest.fixture
def later_migration(monkeypatch):
    """The program of tomorrow, with one migration more."""

    def add(sql):
        more = {**schema.migrations(), "0099_tomorrow": sql}
        monkeypatch.setattr(schema, "migrations", lambda: more)

    return add


def test_an_older_archive_is_brought_up_to_date_after_a_copy_was_made(tmp_path, later_migration):
    with opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY))
    later_migration("CREATE TABLE moods (id INTEGER PRIMARY KEY, mood TEXT); INSERT INTO moods (mood) VALUES ('vui');")
    with pytest.raises(ArchiveError, match="older program; `worker vacuum` brings it up to date"):
        Archive.open(tmp_path, write=False)
    with Archive.open(tmp_path, write=True) as archive:
        assert archive.connection.execute("SELECT mood FROM moods").fetchall() == [("vui",)]
        assert archive.connection.execute("SELECT title FROM articles").fetchall() == [(TITLE,)]
    copy = sqlite3.connect(tmp_path / "news.db.before-0099_tomorrow")
    assert copy.execute("SELECT title FROM articles").fetchall() == [(TITLE,)]
    assert copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'moods'").fetchone() == (0,)
    copy.close()


def test_a_migration_that_fails_changes_nothing(tmp_path, later_migration):
    with opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY))
        before = content(archive)
    with pytest.MonkeyPatch.context() as patch:
        more = {**schema.migrations(), "0099_tomorrow": "CREATE TABLE moods (id INTEGER); DELETE FROM nowhere;"}
        patch.setattr(schema, "migrations", lambda: more)
        with pytest.raises(ArchiveError) as error:
            Archive.open(tmp_path, write=True)
        refusal(error)
    with Archive.open(tmp_path, write=True) as archive:
        assert content(archive) == before


@pytest.mark.parametrize(
    "bytes_", [b"not a database at all, but long enough for a header " * 40, b"SQLite format 3\x00" * 99]
)
def test_what_is_no_database_is_not_touched(tmp_path, bytes_):
    (tmp_path / "news.db").write_bytes(bytes_)
    for write in (True, False):
        with pytest.raises(ArchiveDamaged) as error:
            Archive.open(tmp_path, write=write)
        assert "news.db" in refusal(error)
    assert (tmp_path / "news.db").read_bytes() == bytes_


def test_a_database_of_another_program_is_not_touched(tmp_path):
    strange = sqlite3.connect(tmp_path / "news.db")
    strange.execute("CREATE TABLE photos (id INTEGER)")
    strange.close()
    with pytest.raises(ArchiveDamaged, match="no archive of this program"):
        Archive.open(tmp_path, write=True)


def test_a_directory_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "archive").write_text("")
    with pytest.raises(ArchiveUnwritable) as error:
        Archive.open(tmp_path / "archive", write=True)
    assert str(tmp_path) in refusal(error)


def test_a_reader_sees_what_was_filed_while_the_writer_goes_on(tmp_path):
    with opened(tmp_path) as archive, Archive.open(tmp_path, write=False) as reader:
        archive.file(*page(TITLE, BODY))
        assert reader.search("sông lam").hits
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.connection.execute("DELETE FROM articles")
        capture, refined, of = page("Khác", BODY)
        with pytest.raises(ArchiveError, match="opened for reading"):
            reader.file(capture, refined, of)


def test_a_writer_waits_for_a_reader_s_lock_instead_of_failing(tmp_path):
    with opened(tmp_path) as archive:
        other = sqlite3.connect(tmp_path / "news.db", isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        import threading

        threading.Timer(0.3, other.rollback).start()
        archive.file(*page(TITLE, BODY))
        assert time.monotonic() - started >= 0.25
        other.close()


def open_as_nobody(directory, answer):
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    try:
        Archive.open(directory, write=False).close()
    except ArchiveError as error:
        answer.send(str(error))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
@pytest.mark.parametrize(("of_file", "of_directory"), [(0o640, 0o755), (0o644, 0o700)])
def test_an_archive_of_another_account_is_refused_in_a_sentence(tmp_path, of_file, of_directory):
    archive = Path(mkdtemp(dir="/tmp"))  # pytest's own directories are closed to others
    try:
        with Archive.open(archive, write=True):
            pass
        (archive / "news.db").chmod(of_file)
        archive.chmod(of_directory)
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("fork").Process(target=open_as_nobody, args=(archive, theirs))
        process.start()
        assert ours.poll(30)
        assert "news.db cannot be read: it is another account's; run this as that one" in ours.recv()
        process.join()
    finally:
        shutil.rmtree(archive)


def test_a_file_that_is_gone_before_it_was_measured_ends_no_status(tmp_path):
    with Archive.open(tmp_path, write=True) as archive:
        (tmp_path / "news.db-wal-that-went").symlink_to(tmp_path / "nowhere")
        assert archive.status()["bytes"] > 0


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux shows what is open")
def test_what_is_too_large_to_be_sorted_in_memory_is_sorted_on_the_archive_s_own_disk(tmp_path, monkeypatch):
    monkeypatch.delenv("SQLITE_TMPDIR", raising=False)
    directory = tmp_path / "Hội's archive"
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)"
    with Archive.open(directory, write=True) as archive:
        rows = archive.connection.execute(f"{many} SELECT randomblob(1000000) AS bytes FROM n ORDER BY bytes")
        rows.fetchone()
        places = [os.path.realpath(file) for file in Path("/proc/self/fd").iterdir()]
        rows.close()
    assert any(place.startswith(f"{directory}/etilqs_") for place in places), places
