"""`worker export`: what other tools make of the archive."""

import fcntl
import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile

import pytest
from warcio.archiveiterator import ArchiveIterator

from worker import export
from worker.export import surt
from worker.store import Archive, copying


def test_every_line_of_the_index_leads_to_its_record(worker, offline_archive):
    done = worker("export", "cdxj", "--archive", offline_archive)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 5 and lines == sorted(lines)
    for line in lines:
        key, moment, told = line.split(" ", 2)
        told = json.loads(told)
        assert key == surt(told["url"]) and len(moment) == 14 and told["status"] == "200"
        with (offline_archive / "warc" / told["filename"]).open("rb") as file:
            file.seek(int(told["offset"]))
            record = next(iter(ArchiveIterator(io.BytesIO(file.read(int(told["length"]))))))
        assert record.rec_headers.get_header("WARC-Target-URI") == told["url"]
        assert f"sha256:{hashlib.sha256(record.content_stream().read()).hexdigest()}" == told["digest"]


def test_an_index_is_made_of_no_archive_without_pages_or_whose_files_are_gone(worker, offline_archive, tmp_path):
    Archive.open(tmp_path / "empty", write=True).close()
    shutil.copytree(offline_archive, tmp_path / "gone")
    shutil.rmtree(tmp_path / "gone" / "warc")
    for name, told in (("empty", "holds no page yet"), ("gone", "news-000001.warc.gz is gone; restore it")):
        done = worker("export", "cdxj", "--archive", tmp_path / name)
        assert (done.returncode, done.stdout) == (1, "")
        assert told in done.stderr and done.stderr.count("\n") == 1


def test_a_wacz_holds_bytes_index_and_pages_each_with_its_hash(worker, offline_archive, tmp_path):
    done = worker("export", "wacz", tmp_path / "a.wacz", "--archive", offline_archive, "--title", "Lưu trữ")
    assert done.returncode == 0 and "5 captures" in done.stdout
    with zipfile.ZipFile(tmp_path / "a.wacz") as packed:
        assert packed.testzip() is None
        package = json.loads(packed.read("datapackage.json"))
        assert package["title"] == "Lưu trữ"
        for resource in package["resources"]:
            content = packed.read(resource["path"])
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert len(list(ArchiveIterator(io.BytesIO(packed.read("archive/news-000001.warc.gz"))))) >= 5
        head, *pages = map(json.loads, packed.read("pages/pages.jsonl").decode().splitlines())
        assert head["format"] == "json-pages-1.0" and len(pages) == 5 and all(page["title"] for page in pages)
        assert packed.getinfo("archive/news-000001.warc.gz").compress_type == zipfile.ZIP_STORED


def test_a_wacz_of_an_archive_with_a_damaged_record_names_it_and_takes_the_place_of_none(
    worker, offline_archive, tmp_path
):
    archive, whole = tmp_path / "archive", tmp_path / "a.wacz"
    assert worker("export", "wacz", whole, "--archive", offline_archive).returncode == 0
    before = whole.read_bytes()
    shutil.copytree(offline_archive, archive)
    with sqlite3.connect(archive / "news.db") as connection:
        spoilt, offset, length = connection.execute(
            "SELECT id, warc_offset, warc_length FROM captures ORDER BY warc_offset LIMIT 1 OFFSET 1"
        ).fetchone()
    file = archive / "warc" / "news-000001.warc.gz"
    data = bytearray(file.read_bytes())
    data[offset + length // 2] ^= 1  # a bit
    file.write_bytes(data)
    (tmp_path / ".a.wacz.new").symlink_to("/dev/full")  # nothing is copied before the records are looked at
    done = worker("export", "wacz", whole, "--archive", archive)
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert f"capture {spoilt} is lost: {file} holds no whole record at {offset}" in done.stderr
    assert whole.read_bytes() == before and sorted(path.name for path in tmp_path.iterdir()) == ["a.wacz", "archive"]


def test_a_page_that_is_filed_while_a_wacz_is_written_is_in_none_of_its_parts(offline_archive, tmp_path, monkeypatch):
    shutil.copytree(offline_archive, tmp_path / "archive")

    def pieces(*where):
        with sqlite3.connect(tmp_path / "archive" / "news.db") as service:
            columns = "status, mime, digest, warc_file, warc_length"
            service.execute(
                f"INSERT INTO captures (url, fetched_at, {columns}, warc_offset)"
                f" SELECT 'https://phunu.vn/later', fetched_at, {columns}, 9000000 FROM captures LIMIT 1"
            )
        return copying.pieces(*where)

    monkeypatch.setattr(export, "pieces", pieces)
    with Archive.open(tmp_path / "archive", write=False) as archive:
        export.wacz(archive, tmp_path / "a.wacz", "Lưu trữ")
        assert archive.status()["captures"] == 6
    with zipfile.ZipFile(tmp_path / "a.wacz") as packed:
        assert len(packed.read("indexes/index.cdx").splitlines()) == 5


def test_webrecorder_s_own_tool_finds_the_wacz_valid(worker, offline_archive, tmp_path):
    pytest.importorskip("wacz", reason="a tool of the group peers")
    worker("export", "wacz", tmp_path / "a.wacz", "--archive", offline_archive)
    command = [sys.executable, "-c", "from wacz.main import main; raise SystemExit(main())", "validate", "-f"]
    done = subprocess.run([*command, tmp_path / "a.wacz"], capture_output=True, text=True, check=False)
    assert "the passed WACZ is valid" in done.stdout + done.stderr, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://example.vn", "vn,example)/"),
        ("https://www2.Example.vn:443/A/?b=1&a=2", "vn,example)/a?a=2&b=1"),
        ("http://127.0.0.1:8080/x", "1,0,0,127:8080)/x"),
    ],
)
def test_addresses_have_one_key(url, key):
    assert surt(url) == key


def test_a_wacz_of_an_archive_that_lost_bytes_takes_the_place_of_none(worker, offline_archive, tmp_path):
    torn, whole = tmp_path / "torn", tmp_path / "a.wacz"
    shutil.copytree(offline_archive, torn)
    worker("export", "wacz", whole, "--archive", torn)
    kept = whole.read_bytes()
    with (torn / "warc" / "news-000001.warc.gz").open("r+b") as file:
        file.truncate(file.seek(0, 2) - 3500)
    done = worker("export", "wacz", whole, "--archive", torn)
    assert done.returncode == 1 and "has lost its last 3500 bytes" in done.stderr
    assert whole.read_bytes() == kept


def test_a_file_that_is_no_wacz_is_not_written_over(worker, offline_archive, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    done = worker("export", "wacz", tmp_path / "notes.txt", "--archive", offline_archive)
    assert (done.returncode, (tmp_path / "notes.txt").read_text()) == (1, "mine")
    assert "is no WACZ file" in done.stderr
    for _ in range(2):  # one that is there already is replaced
        assert worker("export", "wacz", tmp_path / "a.wacz", "--archive", offline_archive).returncode == 0


@pytest.mark.parametrize("what", [("wacz", "a.wacz"), ("data", "sources.csv")])
def test_a_file_that_cannot_be_written_or_is_being_written_is_named(worker, offline_archive, tmp_path, what):
    form, name = what
    command = ("export", form, tmp_path / name if form == "wacz" else tmp_path, "--archive", offline_archive)
    (tmp_path / f".{name}.new").symlink_to("/dev/full")
    full = worker(*command)
    assert (full.returncode, full.stderr) == (
        1,
        f"worker: {tmp_path / name} cannot be written: No space left on device\n",
    )
    with (tmp_path / f".{name}.new").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        both = worker(*command)
    assert (both.returncode, f"{tmp_path / name} is being written by another process" in both.stderr) == (1, True)
    assert not (tmp_path / name).exists()
    assert worker(*command).returncode == 0  # nothing in the way of the next one
