"""Archives of earlier programs: each opens in today's, whole, with a copy of what was before; killed while it does, the
next program goes on."""

import multiprocessing
import random
import shutil
import sqlite3
import time
from itertools import islice

import pytest

from tests.store.faults import numbered
from tests.store.pages import opened, page
from worker.store import Archive, ArchiveUnwritable, schema

NAMES = list(schema.migrations())
PAGES = 25

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["worker.store", "sqlite_utils"])


@pytest.fixture(scope="module")
def today(tmp_path_factory):
    """An archive of today's program."""
    directory = tmp_path_factory.mktemp("today")
    with opened(directory) as archive:
        for number in range(PAGES):
            archive.file(*numbered(number))
    return directory


def tables(connection):
    """The tables that hold what was archived."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {name for name in names if "fts" not in name and not name.startswith(("sqlite_", "_sqlite_"))}


def columns(connection, table):
    return [f'"{name}"' for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]


def aged(today, directory, count, monkeypatch):
    """The archive as the program would have made it that had so many migrations; what it could not hold is left out."""
    shutil.copytree(today, directory)
    (directory / "news.db").unlink()
    with monkeypatch.context() as patch:
        before = dict(islice(schema.migrations().items(), count))
        patch.setattr(schema, "migrations", lambda: before)
        connection = schema.open_writer(directory / "news.db")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("ATTACH ? AS today", [str(today / "news.db")])
    held = tables(connection)
    for table in held - {"shingles"}:
        names = ", ".join(columns(connection, table))
        connection.execute(f"INSERT OR REPLACE INTO main.{table} ({names}) SELECT {names} FROM today.{table}")
    kept = "hash, articles FROM today.shingles"
    if '"article"' in columns(connection, "shingles"):  # a row a shingle and article, as it once was
        kept = "hash, value FROM today.shingles, json_each('[' || articles || ']')"
    connection.execute(f"INSERT INTO main.shingles SELECT {kept}")
    connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    connection.close()
    return held


def counted(connection, held):
    """How much each table holds; of shingles how many different ones."""
    what = dict.fromkeys(held, "*") | {"shingles": "DISTINCT hash"}
    return {table: connection.execute(f"SELECT count({what[table]}) FROM {table}").fetchone() for table in held}


@pytest.mark.parametrize("count", range(1, len(NAMES)))
def test_an_archive_of_each_earlier_program_opens_whole_with_a_copy_of_what_was_before(
    today, tmp_path, monkeypatch, count
):
    directory = tmp_path / "archive"
    held = aged(today, directory, count, monkeypatch)
    with sqlite3.connect(directory / "news.db") as before:
        rows = counted(before, held)
    with Archive.open(directory, write=True) as archive:
        assert schema.applied(archive.connection) == NAMES
        assert archive.verify() == []
        assert counted(archive.connection, held) == rows
        assert archive.search("Bài số 7").hits
        assert archive.file(*numbered(PAGES + 1)).capture_id  # and it goes on
    with sqlite3.connect(directory / f"news.db.before-{NAMES[count]}") as copy:
        assert schema.applied(copy) == NAMES[:count]
        assert counted(copy, held) == rows


def upgrade(directory):
    with Archive.open(directory, write=True):
        pass


def test_killed_at_any_moment_of_an_upgrade_the_next_program_goes_on(today, tmp_path, monkeypatch):
    dice, kills = random.Random(7), 0  # noqa: S311 - moments, not secrets
    for attempt in range(6):
        directory = tmp_path / f"archive-{attempt}"
        held = aged(today, directory, 1 + attempt % 3, monkeypatch)
        process = _PROCESSES.Process(target=upgrade, args=(directory,))
        process.start()
        while not (directory / "news.db-wal").exists() and process.is_alive():
            time.sleep(0.0002)
        time.sleep(dice.random() * 0.05)
        process.kill()
        process.join()
        kills += process.exitcode != 0
        for copy in directory.glob("news.db.before-*"):
            if ".part" not in copy.name:
                with sqlite3.connect(copy) as connection:
                    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                    assert connection.execute("SELECT count(*) FROM captures").fetchone() == (PAGES,)
        with Archive.open(directory, write=True) as archive:
            assert schema.applied(archive.connection) == NAMES
            assert archive.verify() == []
            assert tables(archive.connection) >= held
            assert archive.connection.execute("SELECT count(*) FROM captures").fetchone() == (PAGES,)
    assert kills >= 2


def test_an_upgrade_for_which_there_is_no_room_is_refused_and_changes_nothing(today, tmp_path, monkeypatch):
    directory = tmp_path / "archive"
    aged(today, directory, 1, monkeypatch)
    before = (directory / "news.db").read_bytes()
    (directory / f"news.db.before-{NAMES[1]}").mkdir()  # where the copy should be
    with pytest.raises(ArchiveUnwritable, match="no copy of the archive could be made before upgrading it"):
        Archive.open(directory, write=True)
    assert (directory / "news.db").read_bytes() == before


@pytest.mark.parametrize("letter", "ðÐđ")
def test_only_where_an_article_has_an_eth_is_its_search_index_made_anew(tmp_path, monkeypatch, letter):
    with opened(tmp_path / "today") as archive:
        archive.file(*page("Hội nghị", f"Chị em {letter}ã về dự."))
    directory = tmp_path / "archive"
    aged(tmp_path / "today", directory, NAMES.index("0020_eth"), monkeypatch)
    with sqlite3.connect(directory / "news.db") as before:
        before.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
    before.close()
    with Archive.open(directory, write=True) as archive:
        assert len(archive.search("đã về").hits) == (letter != "đ")
