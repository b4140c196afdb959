"""The bytes: records that every tool reads, ends that were torn, files that are full."""

import errno
import gzip
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from tests.dedup.stories import BODY, OTHER_BODY, OTHER_TITLE, TITLE
from tests.store.pages import START, opened, page
from worker.models import MAX_PAGE, Capture
from worker.store import Archive, ArchiveDamaged, ArchiveUnwritable, warc
from worker.store.ranges import Place
from worker.store.warc import Earlier, Warc, members

URL = "https://songlam.example.vn/tin/1.html"


def capture(body=b"than trang", **more):
    return Capture(**({"url": URL, "fetched_at": START, "status": 200, "body": body} | more))


def records(path: Path):
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers, record.content_stream().read()) for record in ArchiveIterator(file)
        ]


def check(*paths):
    return subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", *paths], capture_output=True, text=True, check=False
    )


def test_a_capture_comes_back_as_it_was(tmp_path):
    sent = capture(
        "Nội dung".encode("utf-16"),
        status=203,
        headers=(("Content-Type", "text/html"), ("Content-Encoding", "br"), ("Content-Length", "7"), ("X-Ghi", "Đã")),
    )
    files = Warc(tmp_path / "warc", {})
    back = warc.read(tmp_path / "warc", files.append(sent))
    assert (back.url, back.fetched_at, back.status, back.body) == (sent.url, sent.fetched_at, 203, sent.body)
    assert back.header("content-encoding") == "br"
    assert back.header("content-length") == "7"
    assert back.mime == "text/html"
    files.close()


def test_request_response_and_revisit_are_what_other_tools_expect(tmp_path):
    files = Warc(tmp_path / "warc", {})
    first = capture(request_headers=(("User-Agent", "worker"), ("Host", "songlam.example.vn")))
    files.append(first)
    later = replace(first, fetched_at=START.replace(hour=5))
    files.append(later, Earlier(URL, START, first.digest))
    files.append(replace(later, status=304, body=b""), Earlier(URL, START, first.digest))
    files.close()
    path = tmp_path / "warc" / "news-000001.warc.gz"
    kinds = [kind for kind, _, _ in records(path)]
    assert kinds == ["warcinfo", "response", "request", "revisit", "request", "revisit", "request"]
    _, response, body = records(path)[1]
    assert body == first.body
    assert response.get_header("WARC-Payload-Digest") == first.digest
    assert response.get_header("WARC-Date") == "2026-11-20T01:00:00Z"
    revisit, not_modified = (headers for kind, headers, _ in records(path) if kind == "revisit")
    assert revisit.get_header("WARC-Profile").endswith("identical-payload-digest")
    assert revisit.get_header("WARC-Refers-To-Date") == "2026-11-20T01:00:00Z"
    assert not_modified.get_header("WARC-Profile").endswith("server-not-modified")
    checked = check(path)
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("digest pass") == 5
    with gzip.open(path) as whole:
        assert whole.readline() == b"WARC/1.1\r\n"


def test_the_request_for_an_address_with_vietnamese_letters_is_recorded_as_it_was_sent(tmp_path):
    files = Warc(tmp_path / "warc", {})
    files.append(capture(url="https://a.vn/tin/hội nghị.html?từ=Huế", request_headers=(("Host", "a.vn"),)))
    files.close()
    (path,) = (tmp_path / "warc").iterdir()
    with path.open("rb") as file:
        (line,) = [one.http_headers.statusline for one in ArchiveIterator(file) if one.rec_type == "request"]
    assert line == "/tin/h%E1%BB%99i%20ngh%E1%BB%8B.html?t%E1%BB%AB=Hu%E1%BA%BF HTTP/1.1"
    assert check(path).returncode == 0


def test_header_values_cannot_break_out_of_their_line(tmp_path):
    files = Warc(tmp_path / "warc", {})
    nasty = capture(headers=(("Set-Cookie", "a=1\r\nWARC-Type: x\r\n\r\n<html>"), ("X-Tên", "giá trị \u2028")))
    back = warc.read(tmp_path / "warc", files.append(nasty))
    files.close()
    assert back.body == nasty.body
    assert len(back.headers) == 2
    assert check(tmp_path / "warc" / "news-000001.warc.gz").returncode == 0


def test_a_full_file_is_followed_by_the_next(tmp_path):
    files = Warc(tmp_path / "warc", {}, rotate_at=3000)
    places = [files.append(capture(os.urandom(1000))) for _ in range(6)]
    files.close()
    names = sorted({place.file for place in places})
    assert names == ["news-000001.warc.gz", "news-000002.warc.gz", "news-000003.warc.gz"]
    for name in names:
        path = tmp_path / "warc" / name
        assert records(path)[0][0] == "warcinfo"
        assert check(path).returncode == 0
        assert path.stat().st_size < 3000 + 2000


def test_a_new_writer_goes_on_in_the_last_file(tmp_path):
    for n in range(2):
        files = Warc(tmp_path / "warc", {})
        files.append(capture(b"%d" % n))
        files.close()
    assert [body for _, _, body in records(tmp_path / "warc" / "news-000001.warc.gz")][1:] == [b"0", b"1"]


@pytest.mark.parametrize("torn", ["half a record", "zeros", "garbage", "one byte"])
def test_a_torn_end_is_cut_off_to_the_last_whole_record(tmp_path, torn):
    with opened(tmp_path) as archive:
        filed = archive.file(*page(TITLE, BODY))
    path = tmp_path / "warc" / "news-000001.warc.gz"
    whole = path.read_bytes()
    tail = {
        "half a record": gzip.compress(b"WARC/1.1\r\n" + os.urandom(5000))[:3000],
        "zeros": bytes(4096),
        "garbage": b"\x1f\x8b\x08\x00 khong phai gzip",
        "one byte": b"\x1f",
    }[torn]
    path.write_bytes(whole + tail)
    with opened(tmp_path) as archive:
        assert path.read_bytes() == whole
        archive.file(*page(OTHER_TITLE, OTHER_BODY))
        assert archive.read_capture(filed.capture_id).body.decode().startswith(TITLE)
    assert check(path).returncode == 0
    assert [kind for kind, _, _ in records(path)] == ["warcinfo", "response", "response"]


def test_whole_records_without_rows_are_kept(tmp_path):
    with opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY))
    path = tmp_path / "warc" / "news-000001.warc.gz"
    files = Warc(tmp_path / "warc", {})
    files.append(capture(b"khong co hang"))
    files.close()
    size = path.stat().st_size
    with opened(tmp_path) as archive:
        assert path.stat().st_size == size
        filed = archive.file(*page(OTHER_TITLE, OTHER_BODY))
        assert archive.read_capture(filed.capture_id).body.decode().startswith(OTHER_TITLE)


LOSSES = {
    "its bytes": lambda file: file.write_bytes(b""),
    "the file": lambda file: file.unlink(),
    "the whole folder": lambda file: shutil.rmtree(file.parent),
}


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES)
def test_records_are_never_written_where_lost_ones_should_be(tmp_path, lose):
    with opened(tmp_path) as archive:
        lost = archive.file(*page(TITLE, BODY))
    lose(tmp_path / "warc" / "news-000001.warc.gz")
    with opened(tmp_path) as archive:
        filed = archive.file(*page(OTHER_TITLE, OTHER_BODY))
        file = "SELECT warc_file FROM captures WHERE id = ?"
        assert archive.connection.execute(file, [filed.capture_id]).fetchone() == ("news-000002.warc.gz",)
        with pytest.raises(ArchiveDamaged, match=r"news-000001\.warc\.gz (holds no whole record|cannot be read)"):
            archive.read_capture(lost.capture_id)


def test_bytes_that_are_no_record_are_told_without_showing_them(tmp_path):
    spoilt = gzip.compress("n\x07át không phải bản ghi\r\n".encode())
    (tmp_path / "news-000001.warc.gz").write_bytes(spoilt)
    with pytest.raises(ArchiveDamaged, match=r"holds no whole record at 0: its bytes are no record$"):
        warc.read(tmp_path, Place("news-000001.warc.gz", 0, len(spoilt)))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2000), st.integers(0, 2**16))
def test_reading_anything_anywhere_gives_a_record_or_a_clear_error(tmp_path_factory, noise, at):
    directory = tmp_path_factory.mktemp("warc")
    files = Warc(directory, {})
    place = files.append(capture())
    files.close()
    path = directory / place.file
    whole = path.read_bytes()
    path.write_bytes(whole[: at % len(whole)] + noise)
    for spot in (place, Place(place.file, at % len(whole), len(noise) + 1), Place("khong-co.warc.gz", 0, 9)):
        try:
            assert warc.read(directory, spot).url == URL
        except ArchiveDamaged as error:
            assert str(directory) in str(error)
    ends = [member.offset + member.length for member in members(path)]
    assert ends == sorted(ends)
    assert all(end <= path.stat().st_size for end in ends)


def test_an_archive_that_was_only_read_leaves_torn_ends_alone(tmp_path):
    with opened(tmp_path):
        pass
    path = tmp_path / "warc" / "news-000001.warc.gz"
    path.write_bytes(b"\x1f")
    with Archive.open(tmp_path, write=False):
        assert path.read_bytes() == b"\x1f"


def test_a_file_that_cannot_be_looked_at_keeps_its_captures(tmp_path, monkeypatch):
    with opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY))
    file = tmp_path / "warc" / "news-000001.warc.gz"
    before = file.read_bytes()

    def stale(_handle):
        raise OSError(errno.ESTALE, "Stale file handle")

    with opened(tmp_path) as archive:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fstat", stale)
            patch.setattr(Path, "stat", lambda path, **_: stale(path))
            with pytest.raises(ArchiveUnwritable, match="Stale file handle"):
                archive.file(*page(OTHER_TITLE, OTHER_BODY))
        assert file.read_bytes() == before
        archive.file(*page(OTHER_TITLE, OTHER_BODY))
        assert archive.verify() == []


def test_behind_what_a_failing_disk_lets_nobody_cut_off_nothing_is_written(tmp_path, monkeypatch):
    def fails(*_):
        raise OSError(errno.EIO, "Input/output error")

    with opened(tmp_path) as archive:
        archive.file(*page(TITLE, BODY))
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fails)
            patch.setattr(os, "ftruncate", fails)
            with pytest.raises(ArchiveUnwritable, match=r"news-000001\.warc\.gz: Input/output error"):
                archive.file(*page(OTHER_TITLE, OTHER_BODY))
        archive.file(*page(OTHER_TITLE, OTHER_BODY))
        assert archive.verify() == []
        names = archive.connection.execute("SELECT warc_file FROM captures ORDER BY id").fetchall()
    assert names == [("news-000001.warc.gz",), ("news-000002.warc.gz",)]


def test_a_record_of_few_bytes_that_holds_gigabytes_is_refused(tmp_path):
    files = Warc(tmp_path, {})
    place = files.append(capture(bytes(MAX_PAGE + 1)))
    assert place.length < 100_000
    with pytest.raises(ArchiveDamaged, match="its page has more than 64 MB"):
        warc.read(tmp_path, place)
    files.close()


@pytest.mark.parametrize("lost", [1, 9, 300, 700])
def test_a_record_that_lost_its_end_is_no_page_of_half_a_text(tmp_path, lost):
    files = Warc(tmp_path / "warc", {})
    place = files.append(capture(os.urandom(1000)))
    files.close()
    os.truncate(tmp_path / "warc" / place.file, place.offset + place.length - lost)
    with pytest.raises(ArchiveDamaged, match="holds no whole record"):
        warc.read(tmp_path / "warc", place)
