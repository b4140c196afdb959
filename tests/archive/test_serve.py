"""`worker browse` and `datasette archive/`: which archive they show, and what they say when they cannot."""

import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.archive.conftest import ROOT, free_port, get, serving, wait_for
from tests.sealed import sealed
from worker.browse import BrowseError, datasette_arguments, serve, site
from worker.store import Archive, ArchiveDamaged, ArchiveMissing

TITLE = "Cụm thi đua Hội Liên hiệp phụ nữ các tỉnh đồng bằng sông Hồng"


def test_any_archive_is_shown_with_the_site_of_the_program(site: str):
    assert TITLE in get(f"{site}/")
    assert "Câu hỏi soạn sẵn" in get(f"{site}/news")


def test_datasette_shows_the_archive_directory_itself(offline_archive: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    shutil.copytree(site(), archive, ignore=shutil.ignore_patterns("news.db*", "news.lock", "warc"))
    shutil.copy(offline_archive / "news.db", archive)
    datasette = str(Path(sys.executable).parent / "datasette")
    with serving(archive, datasette, str(archive), log=tmp_path / "log") as address:
        assert TITLE in get(f"{address}/")
        assert "<mark>Hồng</mark>" in get(f"{address}/search?q=song+hong")
        assert "Tiền theo tỉnh và năm" in get(f"{address}/news")


def test_datasette_says_how_to_make_an_archive_where_there_is_none(tmp_path: Path):
    archive = tmp_path / "archive"
    shutil.copytree(site(), archive, ignore=shutil.ignore_patterns("news.db*", "news.lock", "warc"))
    datasette = str(Path(sys.executable).parent / "datasette")
    with serving(archive, datasette, str(archive), log=tmp_path / "log") as address:
        for path in ("/", "/search?q=hoi"):
            answer = httpx.get(address + path, timeout=60)
            assert answer.status_code == 404
            assert "worker crawl --offline" in answer.text


def test_the_projects_own_archive_needs_no_more_than_its_name():
    assert datasette_arguments(site()) == [str(site())]


def test_a_directory_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(ArchiveMissing, match=str(tmp_path)):
        serve(tmp_path / "nowhere", port=0)


def test_a_site_that_is_started_first_says_what_it_waits_for_and_begins_when_it_is_there(
    offline_archive: Path, tmp_path: Path
):
    archive, log, port = tmp_path / "archive", tmp_path / "log", free_port()
    archive.mkdir()
    command = [sys.executable, "-m", "worker", "browse", "--archive", str(archive), "--port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        while "begins as soon as it is there" not in log.read_text():
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        shutil.copy(offline_archive / "news.db", archive)
        wait_for(f"http://127.0.0.1:{port}/-/versions.json", server, log)
        assert TITLE in get(f"http://127.0.0.1:{port}/")
    finally:
        server.kill()
        server.wait()


def test_a_file_that_is_no_archive_is_named(tmp_path: Path):
    (tmp_path / "news.db").write_bytes(b"not a database, but long enough to be looked at" * 50)
    with pytest.raises(ArchiveDamaged, match=r"news\.db"):
        serve(tmp_path, port=0)


def test_an_archive_that_can_only_be_read_is_shown_where_it_can_be_and_else_says_what_to_do(
    worker, offline_archive: Path, tmp_path: Path
):
    archive = tmp_path / "archive"
    archive.mkdir()
    shutil.copy(offline_archive / "news.db", archive)
    with sealed(archive):
        done = worker("browse", "--archive", archive, "--port", free_port())
    assert done.returncode == 1
    assert f"{archive} cannot be shown" in done.stderr
    assert "start `worker run` first" in done.stderr
    with Archive.open(offline_archive, write=False) as living:
        living.backup(tmp_path / "copy")
    with sealed(tmp_path / "copy"), serving(tmp_path / "copy", log=tmp_path / "log") as address:
        assert TITLE in get(f"{address}/")


def test_a_port_that_is_taken_is_named(offline_archive: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BrowseError, match=rf"127\.0\.0\.1:{port}.*--port"):
            serve(offline_archive, port=port)


def test_the_command_says_in_one_line_what_is_wrong(worker, tmp_path: Path):
    done = worker("browse", "--archive", tmp_path / "nowhere")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert str(tmp_path) in done.stderr


def test_the_site_reads_and_never_writes(site: str, offline_archive: Path):
    before = (offline_archive / "news.db").read_bytes()
    for path in ("/", "/search?q=hoi", "/news/article/1", "/news/facts", "/news/money"):
        get(site + path)
    assert (offline_archive / "news.db").read_bytes() == before
    with sqlite3.connect(f"{(offline_archive / 'news.db').as_uri()}?mode=ro", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
