"""What can be imported: files here and elsewhere, packed and not, other archives; and what each brings is the same."""

import asyncio
import gzip
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.test_import import Written, rows, take
from tests.web.nukeviet import NukeViet
from tests.web.server import Answer, serve
from tests.web.stories import stories
from worker.export import wacz
from worker.imports import ImportFailed, download
from worker.store import Archive

TOLD = "SELECT url, title, body, published, first_seen FROM articles ORDER BY url"


@pytest.fixture
def portal():
    made = NukeViet("hoi.test", list(stories(4, seed=8)))
    made.base = "https://hoi.test/"
    return made


@pytest.fixture
def warc(tmp_path, portal):
    """A WARC file with every article of the portal."""
    written = Written(tmp_path / "a.warc.gz")
    for story in portal.all_stories:
        written.response(portal.url_of(story), portal.article_page(story).encode())
    return written.done()


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive", write=True) as opened:
        yield opened


@pytest.fixture
def imported(tmp_path, portal, warc):
    """Another archive, into which the file has been imported, and its articles."""
    with Archive.open(tmp_path / "other", write=True) as other:
        assert take(other, portal, warc).filed == {"new": 4}
        return tmp_path / "other", rows(other, TOLD)


class Files:
    """A host with files: what `answers` says."""

    host, base = "files.test", ""

    def __init__(self, **answers):
        self.answers = answers

    def answer(self, request, hit):
        return self.answers.get(request.path.strip("/").replace(".", "_"), Answer(status=404))


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wacz_file_brings_what_the_warc_files_in_it_bring(tmp_path, archive, portal, warc, imported, packing):
    with zipfile.ZipFile(tmp_path / "a.wacz", "w", packing) as packed:
        packed.writestr("pages/pages.jsonl", "{}\n")
        packed.write(warc, "archive/data.warc.gz")
        packed.write(warc, "indexes/none.warc.gz")
    assert take(archive, portal, tmp_path / "a.wacz").filed == {"new": 4}
    assert rows(archive, TOLD) == imported[1]


@pytest.mark.parametrize("name", ["data.warc.gz", "./archive/data.warc.gz", "mine/archive/data.warc.gz"])
def test_a_wacz_file_that_was_packed_by_hand_is_read(tmp_path, archive, portal, warc, imported, name):
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as packed:
        packed.write(warc, name)
    assert take(archive, portal, tmp_path / "a.wacz").filed == {"new": 4}
    assert rows(archive, TOLD) == imported[1]


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("link", [False, True])
def test_a_collection_of_wacz_files_is_read_with_all_of_them(tmp_path, archive, portal, warc, imported, packing, link):
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as packed:
        packed.write(warc, "archive/data.warc.gz")
    with zipfile.ZipFile(tmp_path / "all.wacz", "w", packing) as packed:
        packed.writestr("datapackage.json", '{"profile": "multi-wacz-package"}')
        packed.writestr("torn.wacz", b"PK")
        packed.write(tmp_path / "a.wacz", "20250401-a.wacz")
    result = take(archive, portal, tmp_path / "all.wacz", link=link)
    assert result.filed == {"new": 4}
    assert result.passed == {("torn WACZ file", str(tmp_path / "all.wacz")): 1}
    assert rows(archive, TOLD) == imported[1]
    assert archive.verify() == []


def test_our_own_wacz_comes_back(tmp_path, archive, portal, imported):
    with Archive.open(imported[0], write=False) as other:
        wacz(other, tmp_path / "ours.wacz", "ours")
    assert take(archive, portal, tmp_path / "ours.wacz").filed == {"new": 4}
    assert rows(archive, TOLD) == imported[1]


def test_a_wacz_file_that_broke_off_brings_the_records_that_are_there(tmp_path, archive, portal, warc, imported):
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as packed:
        packed.write(warc, "archive/data.warc.gz")
        packed.write(warc, "archive/more.warc.gz")
    whole = (tmp_path / "a.wacz").read_bytes()
    (tmp_path / "a.wacz").write_bytes(whole[: len(whole) // 2 + 2000])

    result = take(archive, portal, tmp_path / "a.wacz")

    assert result.filed["new"] == 4
    assert result.passed["torn WACZ file", str(tmp_path / "a.wacz")] == 1


def spoilt_waczs(folder, warc):
    """WACZ files of which each is wrong in a way of its own."""
    with zipfile.ZipFile(folder / "whole.zip", "w") as packed:
        packed.write(warc, "archive/data.warc.gz")
    with zipfile.ZipFile(folder / "packed.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(warc, "archive/data.warc.gz")
    whole, packed = (bytearray((folder / f"{name}.zip").read_bytes()) for name in ("whole", "packed"))
    listed = packed.find(b"PK\1\2")
    locked, strange, torn, lost = bytearray(packed), bytearray(packed), bytearray(packed), bytearray(whole)
    locked[6] = locked[listed + 8] = 1
    strange[8] = strange[listed + 10] = 99
    torn[200:300] = bytes(100)
    lost[(at := lost.find(b"PK\1\2") + 42) : at + 4] = b"\xff\xff\xff\x7f"  # where the member is said to begin
    for name, data in {"locked": locked, "strange": strange, "torn": torn, "lost": lost, "half": whole[:-30]}.items():
        (folder / f"{name}.wacz").write_bytes(data)


def test_wacz_files_that_are_torn_are_told_by_name_and_the_rest_of_the_folder_is_read(
    tmp_path, archive, portal, warc, imported
):
    folder = tmp_path / "folder"
    folder.mkdir()
    spoilt_waczs(folder, warc)
    with zipfile.ZipFile(folder / "none.wacz", "w") as packed:
        packed.writestr("pages/pages.jsonl", "{}\n")
    (folder / "gone.warc.gz").symlink_to(tmp_path / "nowhere")
    warc.rename(folder / "whole.warc.gz")
    taken = take(archive, portal, folder)
    assert taken.filed["new"] == 4
    assert rows(archive, TOLD) == imported[1]
    torn = {detail for reason, detail in taken.passed if reason == "torn WACZ file"}
    assert torn == {str(folder / f"{name}.wacz") for name in ("locked", "strange", "torn", "lost", "half")}
    assert taken.passed["file without a record", str(folder / "none.wacz")] == 1
    assert taken.reasons["file that cannot be read"] == 1


def test_another_archive_of_this_program_is_imported(archive, portal, imported):
    assert take(archive, portal, imported[0]).filed == {"new": 4}
    assert rows(archive, TOLD) == imported[1]
    assert take(archive, portal, imported[0]).filed == {"known": 4}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("url = 'nowhere'", "host of no source"),
        ("url = cast(x'ff' AS TEXT)", "host of no source"),
        ("redirected_from = '{'", "not readable"),
        ("warc_file = x'00'", "not readable"),
        ("warc_length = 1 << 40", "torn record"),
        ("warc_length = -1", "torn record"),
    ],
)
def test_a_row_of_another_archive_that_is_none_is_told_and_the_rest_is_read(archive, portal, imported, wrong, reason):
    with Archive.open(imported[0], write=True) as other:
        other.connection.execute(f"UPDATE captures SET {wrong} WHERE id = 2")
    taken = take(archive, portal, imported[0])
    assert (taken.filed, taken.reasons) == ({"new": 3}, {reason: 1})


def test_a_file_on_the_web_comes_through_the_guarded_client(archive, portal, warc, imported):
    moved = Answer(status=302, headers=(("Location", "/a.warc.gz"),))
    files = Files(a_warc_gz=Answer(body=warc.read_bytes()), moved_warc_gz=moved)
    with serve(files):
        with pytest.raises(ImportFailed, match="--allow-private would allow it"):
            take(archive, portal, f"{files.base}a.warc.gz")
        for name, what in (("moved.warc.gz", "new"), ("a.warc.gz", "known")):
            assert take(archive, portal, f"{files.base}{name}", allow_private=True).filed == {what: 4}
        with pytest.raises(ImportFailed, match="the server answered 404"):
            take(archive, portal, f"{files.base}b.warc.gz", allow_private=True)
        with pytest.raises(ImportFailed, match="cannot be linked"):
            take(archive, portal, f"{files.base}a.warc.gz", link=True)
    assert rows(archive, TOLD) == imported[1]
    assert {path.name for path in archive.directory.iterdir()} >= {"news.db", "warc"}
    assert not list(archive.directory.glob("import-*"))


async def _drip(_reader, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


def test_a_file_that_comes_too_slowly_or_finds_no_room_is_given_up(archive, portal, warc, monkeypatch):
    files = Files(slow_warc=Answer(script=_drip), a_warc_gz=Answer(body=warc.read_bytes()))
    with serve(files):
        monkeypatch.setattr(download, "PATIENCE", 0.5)
        with pytest.raises(ImportFailed, match=r"only [0-9]+ bytes came in"):
            take(archive, portal, f"{files.base}slow.warc", allow_private=True)
        monkeypatch.setattr(download, "ENOUGH", 1 << 60)
        with pytest.raises(ImportFailed, match="has no room for it"):
            take(archive, portal, f"{files.base}a.warc.gz", allow_private=True)
    assert not list(archive.directory.glob("import-*"))


def test_a_file_that_fsspec_reaches_is_read_where_it_lies(archive, portal, warc, imported):
    import fsspec

    with fsspec.open("memory://crawls/a.warc.gz", "wb") as file:
        file.write(warc.read_bytes())
    assert take(archive, portal, "memory://crawls/a.warc.gz").filed == {"new": 4}
    assert rows(archive, TOLD) == imported[1]
    with pytest.raises(ImportFailed, match=r"memory://crawls/b\.warc\.gz cannot be read"):
        take(archive, portal, "memory://crawls/b.warc.gz")
    with pytest.raises(ImportFailed, match="fsspec cannot read it"):
        take(archive, portal, "nowhere://a.warc.gz")


@pytest.mark.parametrize("form", ["gzip", "plain", "wacz", "memory"])
def test_linked_records_stay_where_they_lie(tmp_path, portal, form):
    import fsspec

    written = Written(tmp_path / ("a.warc" if form == "plain" else "a.warc.gz"), zipped=form != "plain")
    for story in portal.all_stories:
        written.response(portal.url_of(story), portal.article_page(story).encode())
    name = str(written.done())
    if form == "wacz":
        with zipfile.ZipFile(tmp_path / "a.wacz", "w") as packed:
            packed.writestr("pages/pages.jsonl", "{}\n")
            packed.write(name, "archive/a.warc.gz")
        name = str(tmp_path / "a.wacz")
    if form == "memory":
        with fsspec.open("memory://linked/a.warc.gz", "wb") as file:
            file.write(written.path.read_bytes())
        name = "memory://linked/a.warc.gz"
    with Archive.open(tmp_path / "linked", write=True) as linked:
        assert take(linked, portal, name, link=True).filed == {"new": 4}
        assert rows(linked, "SELECT DISTINCT warc_file FROM captures") == [(name,)]
        assert linked.verify() == []
        for number, story in enumerate(portal.all_stories, 1):
            assert linked.read_capture(number).body == portal.article_page(story).encode()
        assert take(linked, portal, name, link=True).filed == {"known": 4}
    assert sum(file.stat().st_size for file in (tmp_path / "linked" / "warc").iterdir()) < 1000
    with Archive.open(tmp_path / "linked", write=True) as linked:  # opened again, it begins a file of its own
        story = portal.all_stories[0]
        page = portal.article_page(story).replace("</p>", " Thêm.</p>", 1)
        more = Written(tmp_path / "more.warc.gz")
        more.response(portal.url_of(story), page.encode(), at="2024-01-01T00:00:00Z")
        take(linked, portal, more.done())
        assert linked.verify() == []


@pytest.mark.parametrize("zipped", [True, False])
def test_of_a_linked_file_a_wacz_gets_the_records_that_are_referred_to(tmp_path, archive, portal, zipped):
    written = Written(tmp_path / ("a.warc.gz" if zipped else "a.warc"), zipped=zipped)
    for story in portal.all_stories:
        written.response(f"https://another.example/{story.slug}.html", b"<p>Not ours.</p>" * 20_000)
        written.response(portal.url_of(story), portal.article_page(story).encode())
    name = str(written.done())
    with Archive.open(tmp_path / "linked", write=True) as linked:
        take(linked, portal, name, link=True)
        assert linked.linked_files() == {name: 4}
        wacz(linked, tmp_path / "linked.wacz", "linked")
        told = rows(linked, TOLD)
    with zipfile.ZipFile(tmp_path / "linked.wacz") as packed:
        index = [json.loads(line.split(" ", 2)[2]) for line in packed.read("indexes/index.cdx").decode().splitlines()]
        bytes_of = packed.read("archive/linked.warc.gz")
        assert [item for item in packed.namelist() if item.startswith("archive/")] == ["archive/linked.warc.gz"]
    assert b"another.example" not in gzip.decompress(bytes_of)
    for line in index:
        start, length = int(line["offset"]), int(line["length"])
        assert line["url"].encode() in gzip.decompress(bytes_of[start : start + length])
    (tmp_path / Path(name).name).unlink()
    assert take(archive, portal, tmp_path / "linked.wacz").filed == {"new": 4}
    assert rows(archive, TOLD) == told


def test_what_was_linked_and_is_gone_is_found_out(tmp_path, archive, portal, warc):
    shutil.copy(warc, tmp_path / "gone.warc.gz")
    take(archive, portal, tmp_path / "gone.warc.gz", link=True)
    (tmp_path / "gone.warc.gz").unlink()
    assert any("gone.warc.gz cannot be read" in problem for problem in archive.verify())
