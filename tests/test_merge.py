"""Archives made apart become one, as if one crawler had seen everything."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.test_attachments import pdf
from tests.test_rebuild import HTML, START, content, file, read, rebuilt
from tests.web.country import country
from worker.config import Sources
from worker.imports.job import Import
from worker.merge import Merge
from worker.models import Capture, Link
from worker.refine import refine
from worker.store import Archive, ArchiveError

TOLD = "SELECT url, source, title, body, published, first_seen, last_changed, gone_at FROM articles ORDER BY url"
FACTS = "SELECT a.url, f.kind, f.text, f.part, f.start, f.value FROM facts AS f JOIN articles AS a ON a.id = article"
FACTS += " ORDER BY 1, 2, 4, 5, 3, 6"
COPIES = "SELECT m.url, c.url FROM articles AS m JOIN groups AS g ON g.id = m.group_id"
COPIES += " JOIN articles AS c ON c.id = g.canonical ORDER BY 1"
CAPTURES = "SELECT url, fetched_at, digest, status, kind FROM captures ORDER BY 1, 2"


@pytest.fixture(scope="module")
def portals():
    made = country(3, 5, seed=7)
    for portal in made:
        portal.base = f"https://{portal.host}/"
    return made


@pytest.fixture(scope="module")
def sources(portals):
    return Sources(sources=tuple(portal.source() for portal in portals))


def visited(directory, sources, visits):
    """An archive of a crawler that made these visits: (portal's source, url, html, minute)."""
    with Archive.open(directory, write=True) as archive:
        archive.sync_sources(sources)
        for visit in sorted(visits, key=lambda visit: visit[3]):
            file(archive, *visit)
    return directory


def visits_to(portal, source, *, after=0, change=lambda html: html):
    return [
        (source, portal.url_of(story), change(portal.article_page(story)), after + number)
        for number, story in enumerate(portal.all_stories)
    ]


@pytest.fixture(scope="module")
def apart(portals, sources, tmp_path_factory):
    """Two crawlers that have one portal in common, which changed between their visits; and one that saw it all."""
    folder = tmp_path_factory.mktemp("apart")
    first, second, third = zip(portals, sources.sources, strict=True)
    north = [*visits_to(*first), *visits_to(*second, after=20)]
    south = [*visits_to(*second, after=90, change=lambda html: html.replace("</p>", " (Cập nhật)</p>", 1))]
    south += visits_to(*third, after=120)
    return [
        visited(folder / name, sources, visits)
        for name, visits in (("north", north), ("south", south), ("all", north + south))
    ]


def merged(into, sources, *others, **options):
    with Archive.open(into, write=True) as archive:
        archive.sync_sources(sources)
        result = Merge(archive=archive, sources=sources, **options).run(list(others))
        assert archive.verify() == []
        return result


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_it_is_as_if_one_crawler_had_seen_everything(apart, sources, tmp_path, order):
    one, other = (apart[number] for number in order)
    shutil.copytree(one, tmp_path / "merged")
    result = merged(tmp_path / "merged", sources, other)
    assert not result.skipped and not result.sources
    whole = tmp_path / "whole"
    shutil.copytree(apart[2], whole)
    for directory in (tmp_path / "merged", whole):  # the memory of chrome depends on the order until it is rebuilt
        rebuilt((directory, sources))
    for told in (TOLD, FACTS, CAPTURES, "SELECT title, seen_at FROM revisions ORDER BY 1, 2"):
        assert read(tmp_path / "merged", told) == read(whole, told)
    groups = {frozenset(pair) for pair in read(tmp_path / "merged", COPIES)}
    assert groups == {frozenset(pair) for pair in read(whole, COPIES)}


def test_of_two_captures_of_one_second_the_same_text_is_kept_in_either_order(portals, sources, tmp_path):
    told = []
    visits = visits_to(portals[0], sources.sources[0])
    changed = visits_to(portals[0], sources.sources[0], change=lambda html: html.replace("</p>", " (Cập nhật)</p>", 1))
    one, other = visited(tmp_path / "one", sources, visits), visited(tmp_path / "other", sources, changed)
    for into, order in (("a", (one, other)), ("b", (other, one))):
        merged(tmp_path / into, sources, *order)
        texts = read(tmp_path / into, TOLD), read(tmp_path / into, "SELECT article, body FROM revisions ORDER BY 2")
        rebuilt((tmp_path / into, sources))
        assert read(tmp_path / into, TOLD) == texts[0]
        told.append(texts)
    assert told[0] == told[1] and len(told[0][1]) == len(visits)


def test_merging_into_a_new_archive_and_merging_again(apart, sources, tmp_path):
    result = merged(tmp_path / "new", sources, *apart[:2])
    assert result.filed["new"] + result.filed["duplicate"] == 15
    before = content(tmp_path / "new")
    again = merged(tmp_path / "new", sources, *apart[:2])
    assert set(again.filed) == {"known"} and content(tmp_path / "new") == before


def test_a_merge_that_was_stopped_goes_on(apart, sources, tmp_path):
    left = iter(range(9))
    first = merged(tmp_path / "new", sources, *apart[:2], stopping=lambda: next(left, None) is None)
    assert first.stopped and first.filed.total() == 9
    merged(tmp_path / "new", sources, *apart[:2])
    merged(tmp_path / "at-once", sources, *apart[:2])
    assert read(tmp_path / "new", TOLD) == read(tmp_path / "at-once", TOLD)
    assert read(tmp_path / "new", FACTS) == read(tmp_path / "at-once", FACTS)


def test_sources_that_the_file_does_not_have_come_as_they_are(apart, sources, portals, tmp_path):
    known = Sources(sources=sources.sources[:1])
    result = merged(tmp_path / "new", known, *apart[:2])
    assert result.sources == sorted(source.id for source in sources.sources[1:])
    assert read(tmp_path / "new", TOLD) == read(apart[2], TOLD)
    rows = dict(read(tmp_path / "new", "SELECT id, health FROM sources"))
    assert {rows[source.id] for source in sources.sources[1:]} == {"disabled"}
    provinces = "SELECT count(*) FROM sources WHERE province IS NOT NULL"
    assert read(tmp_path / "new", provinces) == read(apart[2], provinces)


def test_a_source_of_the_same_name_but_another_site_gets_a_name_of_its_own(apart, sources, tmp_path):
    taken = sources.sources[2].model_copy(update={"home": "https://khac.example.vn/"})
    other = Sources(sources=(*sources.sources[:2], taken))
    result = merged(tmp_path / "new", other, *apart[:2])
    assert result.sources == [f"{taken.id}-2"]
    assert read(tmp_path / "new", f"SELECT count(*) FROM articles WHERE source = '{taken.id}-2'") == [(5,)]


def test_links_documents_and_what_is_gone_come_too(sources, portals, tmp_path):
    portal, source = portals[0], sources.sources[0]
    story, document = portal.all_stories[0], f"{portals[0].base}uploads/ke-hoach.pdf"
    other = visited(tmp_path / "other", sources, visits_to(portal, source))
    with Archive.open(other, write=True) as archive:
        archive.add_links(source.id, [Link(url=document, found_on=portal.url_of(story), title="Kế hoạch")])
        archive.add_links(source.id, [Link(url=f"{portal.base}vi/news/chua-xem-99.html")])
        headers = (("Content-Type", "application/pdf"),)
        capture = Capture(url=document, fetched_at=START, status=200, body=pdf(), headers=headers)
        filed = archive.file(capture, refine(capture, source), source, next_try=START + timedelta(days=7))
        archive.put_attachment(document, filed.capture_id, text="Kế hoạch số 45", pages=1)
        page = archive.latest_capture(portal.url_of(story))
        gone = replace(page, status=404, body=b"khong co", fetched_at=page.fetched_at + timedelta(days=1))
        archive.file(gone, refine(gone, source), source)
    assert merged(tmp_path / "new", sources, other).attachments == 1
    links = "SELECT url, state, next_try, found_on, title FROM links ORDER BY url"
    assert read(tmp_path / "new", links) == read(other, links)
    attachments = "SELECT a.url, a.title, pages, text, articles.url FROM attachments AS a"
    attachments += " JOIN articles ON articles.id = a.article"
    assert read(tmp_path / "new", attachments) == read(other, attachments) != []
    assert read(tmp_path / "new", TOLD) == read(other, TOLD)
    assert len(read(tmp_path / "new", "SELECT 1 FROM articles WHERE gone_at IS NOT NULL")) == 1
    assert merged(tmp_path / "new", sources, other).attachments == 0


def test_requests_and_runs_come_too(sources, portals, tmp_path):
    portal, source = portals[0], sources.sources[0]
    asked = (("User-Agent", "worker"), ("Accept-Language", "vi"))
    with Archive.open(tmp_path / "other", write=True) as archive:
        archive.sync_sources(sources)
        run = archive.start_run(source.id, "schedule", START)
        for number, story in enumerate(portal.all_stories[:2]):
            page = {"headers": HTML, "body": portal.article_page(story).encode()}
            capture = Capture(
                url=portal.url_of(story), fetched_at=START, status=200, request_headers=asked[: 2 - number], **page
            )
            archive.file(capture, refine(capture, source), source, run)
        archive.finish_run(run, outcome="ok", counts={"new": 2}, finished=START)
        archive.start_run(source.id, "schedule", START + timedelta(hours=1))  # it was killed
    told = 'SELECT "trigger", started, finished, outcome, counts FROM runs WHERE source IS NOT NULL'
    for came in (1, 0):
        assert merged(tmp_path / "new", sources, tmp_path / "other").runs == came
        assert read(tmp_path / "new", told) == read(tmp_path / "other", told)[:1]
    brought = 'SELECT "trigger", count(*) FROM captures JOIN runs ON runs.id = run GROUP BY 1'
    assert read(tmp_path / "new", brought) == [("schedule", 2)]
    (file,) = (tmp_path / "new" / "warc").iterdir()
    with file.open("rb") as stream:
        requests = [record.http_headers.headers for record in ArchiveIterator(stream) if record.rec_type == "request"]
    assert sorted(requests, key=len) == [[*asked[:1]], [*asked]]


def test_a_capture_that_cannot_be_read_is_told_and_the_rest_comes(apart, sources, tmp_path):
    shutil.copytree(apart[0], tmp_path / "broken")
    with sqlite3.connect(tmp_path / "broken" / "news.db") as connection:
        (offset,) = connection.execute("SELECT warc_offset FROM captures WHERE id = 3").fetchone()
    with (tmp_path / "broken" / "warc" / "news-000001.warc.gz").open("r+b") as warc:
        warc.seek(offset)
        warc.write(b"\0" * 40)
    result = merged(tmp_path / "new", sources, tmp_path / "broken")
    assert len(result.skipped) == result.unread == 1 and "holds no whole record" in result.skipped[0]
    assert len(read(tmp_path / "new", TOLD)) == 9


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE links SET url = 'no address', address = 'no address'",
        "UPDATE links SET found_at = 'yesterday'",
        "UPDATE links SET next_try = '2026-99-99T00:00:00Z'",
        "UPDATE links SET state = 'odd'",
        "UPDATE links SET attempts = 'often'",
        "UPDATE links SET address = x'ff00'",
        "UPDATE sources SET kind = 'gossip'",
        "UPDATE sources SET home = 'nowhere'",
    ],
)
def test_a_row_that_this_program_would_not_have_written_stays_there(sources, portals, tmp_path, change):
    portal, source = portals[0], sources.sources[0]
    other = visited(tmp_path / "other", sources, visits_to(portal, source)[:1])
    with Archive.open(other, write=True) as archive:
        archive.add_links(source.id, [Link(url=f"{portal.base}vi/news/chua-xem-99.html")])
        archive.connection.execute(change)
    assert merged(tmp_path / "new", sources, other).links == 0
    assert len(read(tmp_path / "new", TOLD)) == 1, "the page itself is of a source that is known here"


def test_what_is_no_text_ends_no_merge(sources, portals, tmp_path):
    portal, source = portals[0], sources.sources[0]
    other = visited(tmp_path / "other", sources, visits_to(portal, source))
    with Archive.open(other, write=True) as archive:
        archive.add_links(source.id, [Link(url=f"{portal.base}vi/news/chua-xem-99.html")])
        for table, column in (("links", "title"), ("runs", "error"), ("captures", "etag"), ("sources", "name")):
            archive.connection.execute(f"UPDATE {table} SET {column} = cast(x'ff' AS TEXT)")
        archive.connection.execute("UPDATE captures SET url = cast(x'ff' AS TEXT) WHERE id = 1")
    merged(tmp_path / "new", sources, other)
    assert len(read(tmp_path / "new", TOLD)) == 4


def test_a_document_that_has_no_address_is_told_and_the_rest_comes(sources, portals, tmp_path):
    other = visited(tmp_path / "other", sources, visits_to(portals[0], sources.sources[0]))
    with Archive.open(other, write=True) as archive:
        for number, url in ((1, "nowhere"), (2, f"{portals[0].base}uploads/ke-hoach.pdf")):
            archive.connection.execute(
                "INSERT INTO attachments (url, title, capture, text) VALUES (?, 'Kế hoạch', ?, 'Số 45')", [url, number]
            )
    result = merged(tmp_path / "new", sources, other)
    assert (result.attachments, result.unread) == (1, 1)
    assert "a document of" in result.skipped[0]


def test_an_archive_is_not_merged_into_itself(apart, sources, tmp_path):
    shutil.copytree(apart[0], tmp_path / "one")
    with pytest.raises(ArchiveError, match="is the archive that it would be merged into"):
        merged(tmp_path / "one", sources, tmp_path / "one")


def test_the_command_says_what_came(worker, apart, sources, tmp_path):
    (tmp_path / "sources.yaml").write_text(sources.model_dump_json(exclude_defaults=True), "utf-8")
    command = ["merge", *apart[:2], "--sources", tmp_path / "sources.yaml", "--archive", tmp_path / "new"]
    done = worker(*command)
    assert done.returncode == 0, done.stderr
    assert "20 captures were looked at." in done.stdout
    assert '"known": 20' in worker(*command, "--json").stdout
    (tmp_path / "empty").mkdir()
    refused = worker("merge", tmp_path / "empty", "--archive", tmp_path / "typo")
    assert "there is no archive" in refused.stderr and not (tmp_path / "typo").exists()
    refused = worker("merge", tmp_path / "nowhere", "--archive", tmp_path / "new")
    assert refused.returncode == 2 and "nowhere" in refused.stderr


def test_captures_in_other_files_are_told_by_their_number_and_how_they_are_read(sources, portals, tmp_path, worker):
    other = visited(tmp_path / "other", sources, visits_to(portals[0], sources.sources[0])[:3])
    (other / "warc" / "news-000001.warc.gz").rename(tmp_path / "news.warc.gz")
    with sqlite3.connect(other / "news.db") as connection:
        (captures,) = connection.execute("SELECT count(*) FROM captures").fetchone()
        connection.execute("UPDATE captures SET warc_file = ?", [str(tmp_path / "news.warc.gz")])
    (tmp_path / "sources.yaml").write_text(sources.model_dump_json(exclude_defaults=True), "utf-8")
    command = ["merge", other, "--archive", tmp_path / "new", "--sources", tmp_path / "sources.yaml"]
    done = worker(*command)
    assert done.returncode == 1
    assert f"{captures} captures lie in files outside of the archives; --linked reads these" in done.stderr
    assert "news.warc.gz" not in done.stdout
    assert worker(*command, "--linked").returncode == 0


@pytest.mark.parametrize("place", ["../../secret.warc.gz", "{root}/secret.warc.gz", "file://{root}/secret.warc.gz"])
def test_files_that_lie_outside_of_an_archive_are_read_only_where_it_is_trusted(sources, portals, tmp_path, place):
    other = visited(tmp_path / "other", sources, visits_to(portals[0], sources.sources[0])[:1])
    (other / "warc" / "news-000001.warc.gz").rename(tmp_path / "secret.warc.gz")
    with sqlite3.connect(other / "news.db") as connection:
        connection.execute("UPDATE captures SET warc_file = ?", [place.format(root=tmp_path)])
    with Archive.open(tmp_path / "new", write=True) as archive:
        archive.sync_sources(sources)
        assert Import(archive=archive, sources=sources).run([str(other)]).filed == {}
        merged = Merge(archive=archive, sources=sources).run([other])
        assert not merged.filed and not merged.skipped and merged.outside == 1
        assert Merge(archive=archive, sources=sources, linked=True).run([other]).filed == {"new": 1}
