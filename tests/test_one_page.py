"""A page that the program fails at is one page: it is told of, left alone for a while, and the others go on.

What the program does not expect of a page is made here by a trigger of the database, which refuses it.
"""

import asyncio
import sqlite3
from contextlib import contextmanager

import pytest

from tests.test_merge import visited, visits_to
from tests.test_rebuild import filed, read, rebuilt, spoilt
from tests.web.nukeviet import NukeViet
from tests.web.server import serve
from tests.web.stories import stories
from worker.config import Sources
from worker.crawl import Crawl
from worker.dedup.canonical import canonical
from worker.fetch.client import Client
from worker.imports.job import Import
from worker.merge import Merge
from worker.store import Archive, ArchiveError
from worker.store.times import now
from worker.watch.watch import judge

WHY = "this program fails at it (IntegrityError: nobody knows why)"


def refuse(connection, table, when="1"):
    """Let the archive take no row of a table (where some SQL of NEW holds)."""
    refusal = "BEGIN SELECT RAISE(ABORT, 'nobody knows why'); END"
    connection.execute(f"CREATE TRIGGER refused BEFORE INSERT ON {table} WHEN {when} {refusal}")


@contextmanager
def site(tmp_path, *, count=3, **settings):
    """A portal, its source, an archive, and what crawls the one into the other."""
    portal = NukeViet(stories=list(stories(count, seed=9)), per_page=2)
    with serve(portal) as web, Archive.open(tmp_path / "archive", write=True) as archive:
        listings = [f"{portal.base.rstrip('/')}{portal.page_path(number)}" for number in (1, 2)]
        source = portal.source("site", discover={"listings": listings})
        archive.sync_sources(Sources(sources=(source,)))

        def crawl(**more):
            async def run():
                async with Client(contact="archive@example.org") as client:
                    return dict(
                        await Crawl(source=source, archive=archive, transport=client, **settings, **more).run("manual")
                    )

            return asyncio.run(run())

        yield portal, web, archive, crawl


def elsewhere():
    """A portal that is not served."""
    portal = NukeViet("hoi.test", list(stories(3, seed=8)))
    portal.base = "https://hoi.test/"
    return portal


def one(archive, sql, *values):
    return archive.connection.execute(sql, values).fetchone()


def test_a_page_that_cannot_be_filed_is_marked_and_left_alone_and_the_others_are_filed(tmp_path):
    with site(tmp_path) as (portal, web, archive, crawl):
        poisoned = portal.url_of(portal.all_stories[1])
        refuse(archive.connection, "articles", f"NEW.url = '{canonical(poisoned)}'")
        told = []
        assert crawl(report=told.append) == {"new": 2, "failed": 1}
        assert [(page.url, page.note) for page in told if page.outcome == "failed"] == [(poisoned, WHY)]
        state = one(
            archive, "SELECT state, attempts, error, next_try > found_at FROM links WHERE address = ?", poisoned
        )
        assert state == ("failed", 1, WHY, 1)
        assert one(archive, "SELECT outcome, error FROM runs") == ("ok", f"{poisoned} could not be filed: {WHY}")
        assert crawl() == {}
        assert web.asked(portal).count(portal.path_of(portal.all_stories[1])) == 1
        assert archive.verify() == []


def test_a_listing_that_cannot_be_taken_keeps_no_other_from_being_read(tmp_path):
    with site(tmp_path) as (portal, _, archive, crawl):
        refuse(archive.connection, "links", f"NEW.found_on LIKE '%{portal.page_path(1)}'")
        first = crawl()
        assert first["failed"] == 1 and first["new"] >= 1
        outcome, error = one(archive, "SELECT outcome, error FROM runs")
        assert outcome == "ok" and error.endswith(f"could not be read: {WHY}")
        archive.connection.execute("DROP TRIGGER refused")
        crawl()
        assert one(archive, "SELECT count(*) FROM articles") == (3,)


def test_where_no_page_can_be_filed_the_alarm_says_what_was_said(tmp_path):
    with site(tmp_path) as (_, _, archive, crawl):
        refuse(archive.connection, "articles")
        assert crawl() == {"failed": 3}
        archive.connection.execute("UPDATE links SET next_try = found_at")
        crawl()
        judge(archive, "site", now())
        kind, message = one(archive, "SELECT kind, message FROM alarms")
        assert kind == "failing" and WHY in message


def test_what_is_wrong_with_the_archive_is_no_page_s_fault(tmp_path):
    with site(tmp_path) as (_, _, archive, crawl):
        archive.connection.execute("ALTER TABLE captures RENAME TO lost")
        with pytest.raises((ArchiveError, sqlite3.OperationalError), match="captures"):
            crawl()
        assert one(archive, "SELECT outcome FROM runs") == ("stopped",)
        assert one(archive, "SELECT health, failing_since FROM sources") == ("new", None)


def test_where_nobody_reads_what_is_told_the_crawl_ends_after_the_pages_in_hand_and_blames_no_site(tmp_path):
    def closed(_page):
        raise BrokenPipeError(32, "Broken pipe")

    with site(tmp_path, count=4) as (_, _, archive, crawl):
        with pytest.raises(BrokenPipeError):
            crawl(report=closed)
        assert one(archive, "SELECT count(*) FROM articles") in ((1,), (2,), (3,))  # two are fetched ahead
        assert one(archive, "SELECT outcome FROM runs") == ("stopped",)
        assert one(archive, "SELECT health, failing_since FROM sources") == ("new", None)


def test_an_import_passes_it_over_and_takes_the_rest(tmp_path):
    portal = elsewhere()
    for number, story in enumerate(portal.all_stories):
        folder = tmp_path / "saved" / "hoi.test"
        folder.mkdir(parents=True, exist_ok=True)
        page = f"<!-- saved from url=(0020){portal.url_of(story)} -->\n{portal.article_page(story)}"
        (folder / f"{number}.html").write_text(page)
    sources = Sources(sources=(portal.source("hoi"),))
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.sync_sources(sources)
        poisoned = portal.url_of(portal.all_stories[1])
        refuse(archive.connection, "articles", f"NEW.url = '{poisoned}'")
        result = Import(archive=archive, sources=sources).run([str(tmp_path / "saved")])
        assert result.filed == {"new": 2}
        assert result.passed == {("could not be filed", f"{poisoned}: {WHY}"): 1}
        assert archive.verify() == []


def test_a_merge_skips_it_says_so_and_takes_the_rest(tmp_path):
    portal = elsewhere()
    known = Sources(sources=(portal.source(),))
    other = visited(tmp_path / "other", known, visits_to(portal, known.sources[0]))
    with Archive.open(tmp_path / "here", write=True) as archive:
        archive.sync_sources(known)
        refuse(archive.connection, "articles", f"NEW.url = '{portal.url_of(portal.all_stories[1])}'")
        result = Merge(archive=archive, sources=known).run([other])
        assert result.filed.total() == len(portal.all_stories) - 1
        assert result.skipped == [f"capture 2 of {other}: {WHY}"]
        assert one(archive, "SELECT outcome, error FROM runs ORDER BY id DESC") == ("ok", result.skipped[0])


def test_a_merge_that_cannot_go_on_is_no_good_run(tmp_path):
    portal = elsewhere()
    known = Sources(sources=(portal.source(),))
    other = visited(tmp_path / "other", known, visits_to(portal, known.sources[0]))
    with Archive.open(tmp_path / "here", write=True) as archive:
        archive.sync_sources(known)
        archive.connection.execute("ALTER TABLE captures RENAME TO lost")
        with pytest.raises((ArchiveError, sqlite3.OperationalError), match="captures"):
            Merge(archive=archive, sources=known).run([other])
        outcome, error = one(archive, "SELECT outcome, error FROM runs ORDER BY id DESC")
        assert outcome == "failed" and "captures" in error


def test_a_rebuild_leaves_it_as_it_is_and_goes_on_to_the_end(tmp_path):
    directory = tmp_path / "archive"
    archive = directory, filed(directory, hosts=1, articles=10)
    spoilt(directory)
    title = "SELECT title, body, byline FROM articles WHERE id = 4"
    with sqlite3.connect(directory / "news.db") as connection:
        refuse(connection, "facts", "NEW.article = 4")
    before, facts = read(directory, title), read(directory, "SELECT * FROM facts WHERE article = 4")
    report = rebuilt(archive)
    assert len(report.skipped) == 1 and report.skipped[0].endswith(f"of article 4: {WHY}")
    assert report.articles == 9 and report.facts_added["money"] > 0
    assert read(directory, title) == before and read(directory, "SELECT * FROM facts WHERE article = 4") == facts
    assert read(directory, "SELECT outcome FROM runs ORDER BY id DESC LIMIT 1") == [("ok",)]
    with Archive.open(directory, write=False) as opened:
        assert [sentence for sentence in opened.verify() if "article 4" not in sentence] == []
