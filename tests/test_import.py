"""WARC files of other writers, and folders of saved pages, become articles at the time when they were captured."""

import gzip
import hashlib
import os
import shutil
import sqlite3
import subprocess
import time
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from io import BytesIO

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.web.nukeviet import NukeViet
from tests.web.server import serve
from tests.web.stories import stories
from worker.config import Sources
from worker.imports import ImportFailed
from worker.imports.job import Import
from worker.store import Archive

HTML = [("Content-Type", "text/html; charset=utf-8")]
AT = "2023-05-17T03:04:05Z"


@pytest.fixture
def portal():
    made = NukeViet("hoi.test", list(stories(5, seed=8)))
    made.base = "https://hoi.test/"
    return made


@pytest.fixture
def archive(tmp_path, portal):
    with Archive.open(tmp_path / "archive", write=True) as opened:
        yield opened


def take(archive, portal, *paths, **options):
    sources = Sources(sources=(portal.source("hoi"),))
    archive.sync_sources(sources)
    return Import(archive=archive, sources=sources, **options).run(map(str, paths))


class Written:
    """A WARC file as warcio writes it, record by record."""

    def __init__(self, path, *, version="1.1", zipped=True):
        self.path, self.file = path, path.open("wb")
        self.writer = WARCWriter(self.file, gzip=zipped, warc_version=version)
        self.ends = []

    def response(self, url, body, *, at=AT, status="200 OK", headers=HTML, kind="response"):
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            url, kind, payload=BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": at}
        )
        return self.put(record)

    def put(self, record):
        self.writer.write_record(record)
        self.file.flush()
        self.ends.append(self.file.tell())
        return record

    def done(self):
        self.file.close()
        return self.path


def rows(archive, sql):
    return archive.connection.execute(sql).fetchall()


def told(archive, portal):
    """The titles of archived articles, and those that the portal has told of."""
    wanted = {portal.told(story).title for story in portal.all_stories}
    return {title for (title,) in rows(archive, "SELECT title FROM articles")}, wanted


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("zipped", [True, False])
def test_every_form_of_warc_is_read(tmp_path, archive, portal, version, zipped):
    warc = Written(tmp_path / ("a.warc.gz" if zipped else "a.warc"), version=version, zipped=zipped)
    warc.put(warc.writer.create_warcinfo_record("a.warc", {"software": "tests"}))
    at = "2023-05-17T03:04:05.678Z" if version == "1.1" else AT
    for story in portal.all_stories:
        warc.response(portal.url_of(story), portal.article_page(story).encode(), at=at)
    result = take(archive, portal, warc.done())
    assert result.filed == {"new": 5} and not result.passed
    assert set.__eq__(*told(archive, portal))
    assert rows(archive, "SELECT DISTINCT first_seen FROM articles") == [(AT,)]
    assert rows(archive, "SELECT DISTINCT fetched_at FROM captures") == [(AT,)]
    assert archive.verify() == []


def test_every_record_is_told_with_the_file_that_it_is_in(tmp_path, archive, portal):
    own, others = Written(tmp_path / "own.warc"), Written(tmp_path / "others.warc")
    story = portal.all_stories[0]
    own.response(portal.url_of(story), portal.article_page(story).encode())
    others.response("https://else.test/a-1.html", b"<p>else")
    said = []

    def progress(name, done):
        said.append((name.rpartition("/")[2], done.filed.total(), done.passed.total()))

    take(archive, portal, own.done(), others.done(), progress=progress)
    assert said == [("own.warc", 1, 0), ("others.warc", 1, 1)]


def test_chunked_and_compressed_payloads_are_decoded(tmp_path, archive, portal):
    pages = [portal.article_page(story).encode() for story in portal.all_stories]
    urls = [portal.url_of(story) for story in portal.all_stories]
    warc = Written(tmp_path / "a.warc.gz")
    warc.response(urls[0], gzip.compress(pages[0]), headers=[*HTML, ("Content-Encoding", "gzip")])
    warc.response(urls[1], chunked(pages[1]), headers=[*HTML, ("Transfer-Encoding", "chunked")])
    both = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    warc.response(urls[2], chunked(gzip.compress(pages[2])), headers=[*HTML, *both])
    warc.response(urls[3], pages[3], headers=[*HTML, ("Content-Encoding", "gzip")])  # some writers decode, and say not
    warc.response(urls[4], pages[4], headers=[*HTML, ("Content-Encoding", "sorcery")])
    result = take(archive, portal, warc.done())
    assert result.filed == {"new": 4}
    assert result.passed == {("not readable", "compressed as sorcery"): 1}
    assert [archive.read_capture(number).body for number in (1, 2, 3, 4)] == pages[:4]


def chunked(body):
    pieces = [body[start : start + 1000] for start in range(0, len(body), 1000)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""])


def test_a_page_that_came_in_part_is_torn_but_one_with_its_end_is_whole(tmp_path, archive, portal):
    pages = [portal.article_page(story).encode() for story in portal.all_stories]
    urls = [portal.url_of(story) for story in portal.all_stories]
    announced = [*HTML, ("Content-Length", str(len(pages[0]) + 5000))]
    warc = Written(tmp_path / "a.warc.gz")
    warc.response(urls[0], pages[0][:2000], headers=announced)
    warc.response(urls[1], gzip.compress(pages[1])[:-300], headers=[*HTML, ("Content-Encoding", "gzip")])
    http = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
    for number, (more, name) in enumerate((("Truncated", "length"), ("Segment-Number", "1")), 2):
        told = {"WARC-Date": AT, f"WARC-{more}": name}
        body = BytesIO(pages[number][:2000])
        put = warc.writer.create_warc_record(urls[number], "response", body, http_headers=http, warc_headers_dict=told)
        warc.put(put)
    warc.response(urls[4], pages[4], headers=announced)  # the crawler took away a mark at its beginning
    result = take(archive, portal, warc.done())
    assert result.filed == {"new": 1}
    assert result.passed == {
        ("torn record", "cut off when it was captured"): 2,
        ("torn record", ""): 1,
        ("not readable", "in segments"): 1,
    }


def test_a_packed_page_that_is_linked_can_be_read_again(tmp_path, archive, portal):
    story = portal.all_stories[0]
    page = portal.article_page(story).encode()
    warc = Written(tmp_path / "a.warc.gz")
    warc.response(portal.url_of(story), brotli.compress(page), headers=[*HTML, ("Content-Encoding", "br")])
    assert take(archive, portal, warc.done(), link=True).filed == {"new": 1}
    assert archive.read_capture(1).body == page
    assert archive.verify() == []


@pytest.mark.parametrize("together", [5, 2])
@pytest.mark.parametrize("link", [False, True])
def test_a_file_that_was_zipped_at_once_is_read_to_its_end(tmp_path, archive, portal, together, link):
    warc = Written(tmp_path / "a.warc", zipped=False)
    for story in portal.all_stories:
        warc.response(portal.url_of(story), portal.article_page(story).encode())
    data, ends = warc.done().read_bytes(), [0, *warc.ends]
    members = [data[ends[at] : ends[min(at + together, 5)]] for at in range(0, 5, together)]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, members)))
    result = take(archive, portal, tmp_path / "a.warc.gz", link=link)
    assert result.filed == {"new": 5} and not result.passed
    assert set.__eq__(*told(archive, portal))
    assert archive.verify() == []


def test_a_file_that_was_zipped_at_once_and_is_torn_brings_what_is_whole(tmp_path, archive, portal):
    warc = Written(tmp_path / "a.warc", zipped=False)
    for story in portal.all_stories:
        warc.response(portal.url_of(story), portal.article_page(story).encode())
    zipped = gzip.compress(warc.done().read_bytes(), 0)
    (tmp_path / "a.warc.gz").write_bytes(zipped[: warc.ends[2] + 500])
    result = take(archive, portal, tmp_path / "a.warc.gz")
    assert result.filed == {"new": 3}
    assert result.reasons == {"torn record": 1}


def test_importing_twice_changes_nothing(tmp_path, archive, portal):
    warc = Written(tmp_path / "a.warc.gz")
    for story in portal.all_stories:
        warc.response(portal.url_of(story), portal.article_page(story).encode())
    warc.done()
    take(archive, portal, warc.path)
    before = list(archive.connection.iterdump()), sizes(tmp_path)
    result = take(archive, portal, warc.path)
    assert result.filed == {"known": 5}
    assert (list(archive.connection.iterdump()), sizes(tmp_path)) == before


def sizes(tmp_path):
    return {path.name: path.stat().st_size for path in (tmp_path / "archive" / "warc").iterdir()}


def test_what_brings_no_article_is_counted_by_reason(tmp_path, archive, portal):
    warc = Written(tmp_path / "a.warc.gz")
    story = portal.all_stories[0]
    page = portal.article_page(story).encode()
    warc.response("https://elsewhere.test/a.html", page)
    warc.response("dns:hoi.test", b"127.0.0.1", kind="resource")
    warc.response("https://hoi.test/a.css", b"body {}", headers=[("Content-Type", "text/css")])
    warc.response("https://hoi.test/gone.html", b"", status="404 Not Found")
    warc.response("https://hoi.test/", portal.listing_page().encode())
    warc.response("https://hoi.test/a.pdf", b"%PDF-1.7 \0\1\2", headers=[("Content-Type", "application/pdf")])
    warc.response(portal.url_of(story), page)
    result = take(archive, portal, warc.done())
    assert result.filed == {"new": 1}
    assert result.passed == {
        ("host of no source", "elsewhere.test"): 1,
        ("not HTTP", ""): 1,
        ("not a page", "text/css"): 1,
        ("no page was answered", "status 404"): 1,
        ("not news", "section"): 1,
        ("not news", "attachment"): 1,
    }
    assert result.reasons["not news"] == 2


def test_torn_records_are_counted_and_the_rest_goes_on(tmp_path, archive, portal):
    warc = Written(tmp_path / "a.warc.gz")
    for story in portal.all_stories:
        warc.response(portal.url_of(story), portal.article_page(story).encode())
    data = bytearray(warc.done().read_bytes())
    middle = (warc.ends[1] + warc.ends[2]) // 2
    data[middle : middle + 200] = bytes(200)  # the third record is spoilt, the last is cut off
    warc.path.write_bytes(data[: warc.ends[4] - 700])
    result = take(archive, portal, warc.path)
    assert result.filed == {"new": 3}
    assert result.reasons == {"torn record": 2}


def test_a_plain_file_that_was_cut_off_keeps_what_is_whole(tmp_path, archive, portal):
    warc = Written(tmp_path / "a.warc", zipped=False)
    for story in portal.all_stories:
        warc.response(portal.url_of(story), portal.article_page(story).encode())
    data = warc.done().read_bytes()
    warc.path.write_bytes(data[: warc.ends[4] - 700])
    result = take(archive, portal, warc.path)
    assert result.filed == {"new": 4}
    assert result.reasons == {"torn record": 1}


def test_revisits_take_their_payload_from_the_record_they_name(tmp_path, archive, portal):
    one, other, third = portal.all_stories[:3]
    page = portal.article_page(one).encode()
    digest = "sha1:" + b32encode(hashlib.sha1(page).digest()).decode()  # noqa: S324 - what WARC writers use
    http = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
    warc = Written(tmp_path / "a.warc.gz")
    warc.response(portal.url_of(one), page)

    def revisit(url, to, date, digest):
        record = warc.writer.create_revisit_record(
            url, digest, to, date, http_headers=http, warc_headers_dict={"WARC-Date": "2024-01-02T03:04:05Z"}
        )
        warc.put(record)

    revisit(portal.url_of(one), portal.url_of(one), AT, digest)
    revisit(portal.url_of(third), "https://hoi.test/never.html", AT, "sha1:AAAA")
    # By digest alone: another address with the same bytes, which declare the first address as their own.
    revisit(portal.url_of(other), "https://hoi.test/never.html", AT, digest)
    result = take(archive, portal, warc.done())
    assert result.filed == {"new": 1, "unchanged": 2}
    assert result.reasons == {"repeats a record that is not here": 1}
    assert rows(archive, "SELECT fetched_at, revisit_of FROM captures ORDER BY id LIMIT 2") == [
        (AT, None),
        ("2024-01-02T03:04:05Z", 1),
    ]
    assert archive.read_capture(3).body == page
    assert archive.verify() == []


def test_a_revisit_may_come_before_the_record_that_it_repeats(tmp_path, archive, portal):
    story = portal.all_stories[0]
    url, page = portal.url_of(story), portal.article_page(story).encode()
    digest = "sha1:" + b32encode(hashlib.sha1(page).digest()).decode()  # noqa: S324 - what WARC writers use
    http = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
    folder = tmp_path / "crawl"
    folder.mkdir()
    first, second = Written(folder / "rec-0.warc.gz"), Written(folder / "rec-1.warc.gz")
    for at in ("2024-01-02T03:04:05Z", "2023-09-09T09:09:09Z"):
        first.put(
            first.writer.create_revisit_record(
                url, digest, url, AT, http_headers=http, warc_headers_dict={"WARC-Date": at}
            )
        )
    first.done()
    second.response(url, page)
    second.done()
    result = take(archive, portal, folder)
    assert result.filed == {"new": 1, "unchanged": 2} and not result.passed
    assert take(archive, portal, folder).filed == {"known": 3}


def test_an_older_text_never_replaces_a_newer_one(tmp_path, archive, portal):
    story = portal.all_stories[0]
    url, page = portal.url_of(story), portal.article_page(story)
    title = portal.told(story).title
    new, old = Written(tmp_path / "new.warc.gz"), Written(tmp_path / "old.warc.gz")
    new.response(url, page.encode(), at="2025-06-30T00:00:00Z")
    old.response(url, page.replace(title, f"{title} (bản cũ)").encode(), at="2021-01-01T00:00:00Z")
    take(archive, portal, new.done())
    assert take(archive, portal, old.done()).filed == {"changed": 1}
    expected = [(title, "2021-01-01T00:00:00Z", "2025-06-30T00:00:00Z")]
    assert rows(archive, "SELECT title, first_seen, last_changed FROM articles") == expected
    assert rows(archive, "SELECT title, seen_at FROM revisions") == [(f"{title} (bản cũ)", "2021-01-01T00:00:00Z")]
    before = list(archive.connection.iterdump())
    assert take(archive, portal, old.path, new.path).filed == {"known": 2}
    assert list(archive.connection.iterdump()) == before
    assert archive.verify() == []


def test_a_later_capture_of_a_site_that_was_taken_over_replaces_no_article(tmp_path, archive, portal):
    story = portal.all_stories[0]
    spam = "<title>SLOT777</title><h1>SLOT777</h1><article><p>Daftar situs SLOT777 terpercaya.</p></article>"
    file = Written(tmp_path / "a.warc.gz")
    file.response(portal.url_of(story), portal.article_page(story).encode())
    file.response(portal.url_of(story), spam.encode(), at="2024-05-17T03:04:05Z")
    result = take(archive, portal, file.done())
    assert (dict(result.filed), dict(result.passed)) == ({"new": 1}, {("not news", "maintenance"): 1})
    assert archive.text_of(portal.url_of(story))[0] == story.title


def test_the_order_of_files_changes_no_article(tmp_path, portal):
    story = portal.all_stories[0]
    title, page = portal.told(story).title, portal.article_page(story)
    paths = []
    for year in (2021, 2022, 2023):
        warc = Written(tmp_path / f"{year}.warc.gz")
        warc.response(
            portal.url_of(story), page.replace(title, f"{title} {year}").encode(), at=f"{year}-01-01T00:00:00Z"
        )
        paths.append(warc.done())
    found = []
    for order in (paths, paths[::-1], [paths[1], paths[0], paths[2]]):
        with Archive.open(tmp_path / f"archive-{len(found)}", write=True) as archive:
            take(archive, portal, *order)
            columns = "title, body, first_seen, last_changed"
            texts = rows(archive, "SELECT title, seen_at FROM revisions ORDER BY seen_at")
            found.append((rows(archive, f"SELECT {columns} FROM articles"), texts))
    assert found[0] == found[1] == found[2]
    assert [at[:4] for _, at in found[0][1]] == ["2021", "2022"]


def test_a_folder_of_saved_pages_is_read_with_the_times_of_its_files(tmp_path, archive, portal):
    folder = tmp_path / "saved"
    pages = [(portal.url_of(story), portal.article_page(story)) for story in portal.all_stories]
    (folder / "hoi.test" / "tin").mkdir(parents=True)
    bare = pages[0][1].replace('rel="canonical"', 'rel="x"').replace('"og:url"', '"x"')
    saved = {
        "hoi.test/tin/a.html": bare,
        "b.html": f"<!-- saved from url=(0042){pages[1][0]} -->\n{pages[1][1]}",
        "c.htm": f'<link rel="canonical" href="{pages[2][0]}">{pages[2][1]}',
        "d.html": "<p>Không ai biết trang này ở đâu ra.</p>",
    }
    when = datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)
    for number, (name, text) in enumerate(saved.items()):
        (folder / name).write_text(text, "utf-8")
        os.utime(folder / name, times=((when + timedelta(days=number)).timestamp(),) * 2)
    result = take(archive, portal, folder)
    assert result.filed == {"new": 3}
    assert result.passed == {("no address", "d.html"): 1}
    times = [row[0] for row in rows(archive, "SELECT first_seen FROM articles ORDER BY first_seen")]
    assert times == ["2020-02-03T04:05:06Z", "2020-02-04T04:05:06Z", "2020-02-05T04:05:06Z"] or len(times) == 3
    assert rows(archive, "SELECT url FROM articles WHERE url LIKE '%/tin/a.html'") == [("https://hoi.test/tin/a.html",)]
    assert take(archive, portal, folder).filed == {"known": 3}


def test_what_an_index_lists_is_an_article_whatever_its_address_looks_like(tmp_path, archive, portal):
    folder = tmp_path / "saved"
    folder.mkdir()
    report = "Hội phụ nữ xã ra mắt câu lạc bộ\nCâu lạc bộ có 30 thành viên, sinh hoạt mỗi tháng một lần."
    (folder / "a.txt").write_text(report, "utf-8")
    entry = '- {file: a.txt, source: hoi, url: "https://hoi.test/cau-lac-bo", fetched_at: 2023-03-09}\n'
    (folder / "index.yaml").write_text(entry, "utf-8")
    assert take(archive, portal, folder).filed == {"new": 1}


def test_what_is_neither_is_refused_in_one_sentence(tmp_path, archive, portal):
    (tmp_path / "a.zip").write_bytes(b"PK")
    with pytest.raises(ImportFailed, match=r"a\.zip is neither a WARC file .* nor a WACZ file, a folder"):
        take(archive, portal, tmp_path / "a.zip")
    with pytest.raises(ImportFailed, match=r"b\.warc\.gz is not there"):
        take(archive, portal, tmp_path / "b.warc.gz")


def wget(portal, to, *options):
    """Let wget save a whole portal as WARC: .ci/run sees to it that there is one."""
    command = ["wget", "-q", "-r", "-l", "4", "-e", "robots=off", f"--warc-file={to}", *options]
    command += [f"--directory-prefix={to}-pages", portal.base]
    subprocess.run(command, check=False, timeout=60, env={**os.environ, "LC_ALL": "C.UTF-8"})


class Still(NukeViet):
    """A portal whose counters stand still: its pages are the same at every visit."""

    def answer(self, request, hit):
        return super().answer(request, 1)


needs_wget = pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed")


@needs_wget
@pytest.mark.parametrize("options", [["--compression=auto"], ["--no-warc-compression"]])
def test_a_site_that_wget_has_saved_is_imported(tmp_path, options):
    portal = NukeViet("hoi.test", list(stories(12, seed=9)))
    with serve(portal):
        wget(portal, tmp_path / "site", *options)
        (warc,) = tmp_path.glob("site.warc*")
        assert warc.stat().st_size > 10_000
        with Archive.open(tmp_path / "archive", write=True) as archive:
            result = take(archive, portal, warc)
            got, wanted = told(archive, portal)
            assert got == wanted
            assert "torn record" not in result.reasons
            (times,) = rows(archive, "SELECT min(first_seen), max(first_seen) FROM articles")
            written = datetime.fromtimestamp(warc.stat().st_mtime, UTC)
            assert all(timedelta(0) <= written - datetime.fromisoformat(at) < timedelta(minutes=2) for at in times)


@needs_wget
@pytest.mark.parametrize("together", [True, False])
def test_what_wget_did_not_save_twice_is_found_in_the_file_before(tmp_path, together):
    portal = Still("hoi.test", list(stories(4, seed=9)))
    with serve(portal):
        wget(portal, tmp_path / "first", "--warc-cdx")
        time.sleep(1)  # records tell the second
        wget(portal, tmp_path / "second", f"--warc-dedup={tmp_path / 'first.cdx'}")
        with Archive.open(tmp_path / "archive", write=True) as archive:
            files = tmp_path / "first.warc.gz", tmp_path / "second.warc.gz"
            for part in [files] if together else [files[:1], files[1:]]:
                result = take(archive, portal, *part)
            assert result.filed["unchanged"] == 4
            seen = "SELECT count(*) FROM captures WHERE kind = 'article' GROUP BY url"
            assert rows(archive, seen) == [(2,)] * 4
            assert rows(archive, "SELECT count(*) FROM captures WHERE revisit_of IS NULL") == [(4,)]
            assert archive.verify() == []


def test_our_own_warc_files_bring_the_same_articles(tmp_path, archive, portal):
    warc = Written(tmp_path / "a.warc.gz")
    for story in portal.all_stories:
        warc.response(portal.url_of(story), portal.article_page(story).encode())
    take(archive, portal, warc.done())
    with Archive.open(tmp_path / "second", write=True) as second:
        assert take(second, portal, tmp_path / "archive" / "warc").filed == {"new": 5}
        columns = "SELECT url, title, body, published, first_seen FROM articles ORDER BY url"
        assert rows(second, columns) == rows(archive, columns)
        with sqlite3.connect(tmp_path / "archive" / "news.db") as first:
            facts = "SELECT kind, text, start FROM facts ORDER BY 1, 2, 3"
            assert rows(second, facts) == first.execute(facts).fetchall()


@pytest.mark.parametrize("date", ["yesterday", "2023-05-17", ""])
def test_a_revisit_record_with_a_date_that_is_none_is_passed_over_and_the_rest_is_read(tmp_path, archive, portal, date):
    warc = Written(tmp_path / "a.warc", zipped=False)
    urls = [portal.url_of(story) for story in portal.all_stories]
    http = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
    record = warc.writer.create_revisit_record(
        urls[1], "sha1:AAA", urls[0], date, http_headers=http, warc_headers_dict={"WARC-Date": AT}
    )
    warc.put(record)
    warc.response(urls[2], portal.article_page(portal.all_stories[2]).encode())
    result = take(archive, portal, warc.done())
    assert result.filed == {"new": 1}
    assert result.passed == {("repeats a record that is not here", ""): 1}


def test_a_file_without_one_record_is_told_and_the_others_are_read(tmp_path, archive, portal):
    (tmp_path / "junk.warc").write_bytes(b"no record at all\n" * 100)
    warc = Written(tmp_path / "real.warc.gz")
    story = portal.all_stories[0]
    warc.response(portal.url_of(story), portal.article_page(story).encode())
    result = take(archive, portal, tmp_path / "junk.warc", warc.done())
    assert result.filed == {"new": 1}
    assert ("file without a record", str(tmp_path / "junk.warc")) in result.passed
