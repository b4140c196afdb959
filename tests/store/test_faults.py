"""What an archive is after its writer was killed, its disk was full, or its directory could not be written."""

import os
import random
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.dedup.stories import BODY, OTHER_BODY, OTHER_TITLE, TITLE
from tests.sealed import sealed
from tests.store.faults import PAGES, numbered
from tests.store.pages import content, opened, page
from worker.store import Archive, ArchiveError, ArchiveFull, ArchiveUnwritable, Outcome
from worker.store.transaction import transaction

ROOT = Path(__file__).parents[2]


def filing(archive, *limit):
    """A process that files pages and prints the number of each once it is committed."""
    command = [sys.executable, "-u", "-m", "tests.store.faults", archive, *map(str, limit)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def is_whole(directory, committed):
    """The archive holds all pages up to the last that was reported, and nothing in it contradicts anything."""
    with opened(directory) as archive:
        assert archive.verify() == []
        titles = {title for (title,) in archive.connection.execute("SELECT title FROM articles")}
        titles |= {title for (title,) in archive.connection.execute("SELECT title FROM revisions")}
        assert titles >= {f"Bài số {number}" for number in range(committed + 1)}
        captures = archive.connection.execute("SELECT count(*), count(DISTINCT url || fetched_at) FROM captures")
        assert len(set(captures.fetchone())) == 1
        for number in range(committed + 1, committed + 4):  # and it goes on
            outcome = archive.file(*numbered(number % PAGES)).outcome
            unsaid = number == committed + 1 and outcome is Outcome.UNCHANGED  # committed, and killed before it said so
            assert unsaid or outcome in (Outcome.NEW, Outcome.DUPLICATE, Outcome.CHANGED)
    warcs = sorted((directory / "warc").iterdir())
    check = [sys.executable, "-m", "warcio.cli", "check", *warcs]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("moment", range(5))
def test_a_writer_that_is_killed_at_any_moment_leaves_a_whole_archive(tmp_path, moment):
    chance = random.Random(moment)  # noqa: S311  # a moment, not a secret
    until, writes = chance.randrange(2, 120), -1
    with filing(tmp_path) as process:
        assert process.stdout is not None
        for line in process.stdout:
            writes = int(line)
            if writes >= until:
                break
        for _ in range(chance.randrange(20_000)):  # somewhere inside the next page
            pass
        process.kill()
        writes = max([writes, *(int(line) for line in process.stdout if line.strip().isdecimal())])
    assert writes >= until
    is_whole(tmp_path, writes)


def test_a_writer_that_is_killed_between_any_two_statements_leaves_groups_and_search_consistent(tmp_path):
    trials = [sys.executable, "-m", "tests.store.statements", tmp_path, "10", "1"]
    done = subprocess.run(trials, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]


@pytest.mark.parametrize("limit", [150_000, 700_000, 1_000_000])
def test_a_disk_that_is_full_stops_filing_and_damages_nothing(tmp_path, limit):
    """A limit on the size of files ends a write as a full disk does: part of it is written, then an error comes."""
    with opened(tmp_path):  # made while there is room
        pass
    with filing(tmp_path, limit) as process:
        assert process.stdout is not None
        lines = process.stdout.read().splitlines()
    assert process.returncode == 3, lines[-3:]
    assert re.fullmatch(r"stopped: (there is no room left for|the archive cannot be written).*", lines[-1])
    is_whole(tmp_path, int(lines[-2]) if len(lines) > 1 else -1)


@contextmanager
def small_disk(directory, size="16m"):
    """A file system of that size, where one may be mounted."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", directory], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", directory], check=True)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="mounting is for root")
def test_a_full_disk_is_told_and_filing_goes_on_when_there_is_room(tmp_path):
    with small_disk(tmp_path), opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY))
        ballast = tmp_path / "ballast"
        with ballast.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            while True:
                file.write(bytes(4096))
        filed = 0
        with pytest.raises(ArchiveFull, match="there is no room left"):  # there may be some inside the files
            for number in range(PAGES):
                before = content(archive)
                archive.file(*numbered(number))
                filed += 1
        assert content(archive) == before
        ballast.unlink()
        assert archive.file(*page(OTHER_TITLE, OTHER_BODY)).outcome is Outcome.NEW
        assert archive.file(*numbered(filed)).outcome in (Outcome.NEW, Outcome.DUPLICATE)
        assert archive.verify() == []


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="mounting is for root")
def test_an_archive_that_is_opened_on_a_full_disk_is_no_broken_one(tmp_path):
    with small_disk(tmp_path):
        with opened(tmp_path) as archive:
            archive.file(*page(TITLE, BODY))
        with (tmp_path / "ballast").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            while True:
                file.write(bytes(4096))
        with pytest.raises(ArchiveFull, match=r"no room left on the disk of .*news\.db; free some space"):
            Archive.open(tmp_path, write=True)


def test_an_archive_that_cannot_be_written_says_so_and_can_still_be_read(tmp_path):
    with opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY))
    with sealed(tmp_path) as read_only:
        with pytest.raises(ArchiveUnwritable, match=r"cannot be written: .*(Read-only|Permission)"):
            Archive.open(read_only, write=True)
        with Archive.open(read_only, write=False) as archive:
            assert archive.search("sông lam").hits
            assert archive.verify() == []


def test_an_error_that_sqlite_gave_no_number_is_told_as_others_are(tmp_path):
    with (
        Archive.open(tmp_path, write=True) as archive,
        pytest.raises(ArchiveError, match="database failed: Could not"),
        transaction(archive.connection),
    ):
        archive.connection.execute("SELECT cast(x'ff' AS TEXT)").fetchone()
