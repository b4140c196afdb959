"""The workshop: pages refined beside the crawl, and filed together."""

import asyncio
import os
import time
from dataclasses import replace

import pytest

from tests.store.pages import SONGLAM, content, opened, page
from tests.web.nukeviet import NukeViet
from tests.web.server import serve
from tests.web.stories import stories
from worker import workshop as workshops
from worker.config import Clean, Sources
from worker.crawl import Crawl
from worker.fetch.client import Client
from worker.store import Archive, Outcome
from worker.store.filing import Incoming
from worker.workshop import Killed, Workshop


def crawled(directory, **settings):
    """What an archive holds of a portal that was crawled with such a workshop; the counts of the crawl first."""
    portal = NukeViet(stories=list(stories(9, seed=4)))
    with serve(portal), Archive.open(directory, write=True) as archive:
        source = portal.source("site")
        archive.sync_sources(Sources(sources=(source,)))
        workshop = Workshop(archive, **settings)

        async def run():
            async with Client(contact="archive@example.org") as client:
                crawl = Crawl(source=source, archive=archive, transport=client, workshop=workshop)
                return dict(await crawl.run("manual"))

        try:
            counts = asyncio.run(run())
        finally:
            workshop.close()
        assert archive.verify() == []
        texts = archive.connection.execute("SELECT title, body, published, byline FROM articles ORDER BY title")
        facts = archive.connection.execute(
            "SELECT kind, text, part, start FROM facts ORDER BY article, part, start, kind"
        )
        return counts, texts.fetchall(), facts.fetchall()


def test_pages_that_other_processes_refine_give_the_same_archive(tmp_path):
    here, one, two = (crawled(tmp_path / str(readers), readers=readers) for readers in range(3))
    assert here[0] == {"new": 9}
    assert here == one == two


def _deadly(capture, source, memory):
    """Refining, of which some pages end the process that does it."""
    if b"deadly" in capture.body:
        os._exit(1)
    return _refine(capture, source, memory)


_refine = workshops.refine


def _made(capture, source, told):
    workshops.refine = _deadly
    return _made_before(capture, source, told)


_made_before = workshops._made


def test_a_page_that_ends_its_process_is_told_of_alone_and_the_others_are_refined(monkeypatch):
    monkeypatch.setattr(workshops, "_made", _made)
    captures = [page(f"Tin {number}", f"Bài số {number}, dài hơn một dòng.")[0] for number in range(6)]
    captures[2] = replace(captures[2], body=b"deadly")

    async def refine_all():
        workshop = Workshop(None, readers=2)
        try:
            return await asyncio.gather(
                *(workshop.refine(capture, SONGLAM) for capture in captures), return_exceptions=True
            )
        finally:
            workshop.close()

    made = asyncio.run(refine_all())
    assert [number for number, one in enumerate(made) if isinstance(one, Killed)] == [2]
    assert all(one.refined.charset == "utf-8" for number, one in enumerate(made) if number != 2)


def filed(archive, *pages):
    """What becomes of pages that are ready at the same moment, or the error of each."""
    workshop = Workshop(archive)

    async def file_all():
        return await asyncio.gather(*(workshop.file(Incoming(*one)) for one in pages), return_exceptions=True)

    return asyncio.run(file_all())


def test_pages_that_are_ready_together_are_filed_in_one_transaction_and_synced_once(tmp_path, monkeypatch):
    synced = []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(file) or sync(file))
    with opened(tmp_path) as archive:
        archive.file(*page("Trước đó", "Một bài đã có trong kho."))
        synced.clear()
        commits = []
        archive.connection.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
        done = filed(archive, *(page(f"Tin {number}", f"Bài số {number}.") for number in range(5)))
        archive.connection.set_trace_callback(None)
        assert [one.outcome for one in done] == [Outcome.NEW] * 5
        assert (len(commits), len(synced)) == (1, 1)
        assert archive.verify() == []


def test_a_page_waits_for_those_that_are_being_read_meanwhile_and_no_longer(tmp_path, monkeypatch):
    monkeypatch.setattr(workshops, "GATHER", 3600)
    synced = []
    sync = os.fsync
    with opened(tmp_path) as archive:
        workshop = Workshop(archive, readers=1)

        async def visit(number):
            capture = page(f"Tin {number}", f"Bài số {number}, dài hơn một dòng.")[0]
            refined, records = await workshop.refine(capture, SONGLAM)
            return await workshop.file(Incoming(capture, refined, SONGLAM, records=records))

        async def visit_all(*numbers):
            try:
                return await asyncio.gather(*map(visit, numbers))
            finally:
                workshop.close()

        asyncio.run(visit_all(9))  # the file begins
        monkeypatch.setattr(os, "fsync", lambda file: synced.append(file) or sync(file))
        assert len(asyncio.run(visit_all(*range(5)))) == 5
        assert len(synced) == 1
        assert archive.verify() == []


def test_of_many_pages_that_are_ready_the_first_are_filed_before_all_are_read(tmp_path):
    with opened(tmp_path) as archive:
        workshop = Workshop(archive)
        told = []

        async def visit(number):
            capture = page(f"Tin {number}", f"Bài số {number}, dài hơn một dòng.")[0]
            refined, records = await workshop.refine(capture, SONGLAM)
            told.append("read")
            await workshop.file(Incoming(capture, refined, SONGLAM, records=records))

        async def visit_all():
            await asyncio.gather(*map(visit, range(40)))

        archive.connection.set_trace_callback(lambda sql: told.append(sql) if sql == "COMMIT" else None)
        asyncio.run(visit_all())
        archive.connection.set_trace_callback(None)
        waiting = workshops.MOST * ["read"]
        assert told == [*waiting, "COMMIT", *waiting, "COMMIT", *(40 - 2 * workshops.MOST) * ["read"], "COMMIT"]
        assert archive.verify() == []


def test_a_page_twice_among_those_that_are_ready_is_filed_once(tmp_path):
    with opened(tmp_path) as archive:
        first, later = page("Tin", "Một bài."), page("Tin", "Một bài.", hours=1)
        done = filed(archive, first, later)
        assert [one.outcome for one in done] == [Outcome.NEW, Outcome.UNCHANGED]
        assert archive.verify() == []


def test_a_page_that_cannot_be_filed_hinders_no_other_and_leaves_nothing(tmp_path):
    with opened(tmp_path) as archive:
        broken = page("Hỏng", "Bút danh này SQLite không nhận.", url=f"{SONGLAM.home}hong.html", byline="\ud800")
        done = filed(archive, page("Một", "Bài một."), broken, page("Hai", "Bài hai."))
        assert [one.outcome for one in done[::2]] == [Outcome.NEW] * 2
        assert isinstance(done[1], UnicodeEncodeError)
        assert "hong.html" not in content(archive)
        assert archive.verify() == []


def test_without_an_archive_nothing_can_be_filed():
    with pytest.raises(Exception, match="there is no archive"):
        raise filed(None, page("Tin", "Bài."))[0]


def _endless(capture, source, told):
    """Refining that never comes to its end."""
    time.sleep(3600)


def test_a_page_that_is_read_without_end_is_given_up_and_the_next_one_is_read(monkeypatch):
    async def refine(workshop):
        try:
            return await workshop.refine(page("Tin", "Một bài dài hơn một dòng.")[0], SONGLAM)
        except Killed as error:
            return error

    async def refine_both():
        workshop = Workshop(None, readers=2)
        try:
            with monkeypatch.context() as patch:
                patch.setattr(workshops, "STUCK", 0.3)
                patch.setattr(workshops, "_made", _endless)
                stuck = await refine(workshop)
            return stuck, await refine(workshop)
        finally:
            workshop.close()

    stuck, made = asyncio.run(refine_both())
    assert isinstance(stuck, Killed)
    assert made.refined.charset == "utf-8"


def test_without_other_processes_a_page_is_not_read_without_end_either(monkeypatch):
    html = f"<h1>Tin</h1><article><p>{'a' * 60}</p><p>Một bài dài hơn một dòng.</p></article>"
    capture = replace(page("Tin", "Bài.")[0], body=html.encode())
    source = SONGLAM.model_copy(update={"clean": Clean(drop_lines=("^(?:a+)+b",))})

    async def refine_both():
        workshop = Workshop(None)
        await workshop.refine(capture, SONGLAM)  # the first page of a process loads the rules, which takes longer
        monkeypatch.setattr(workshops, "STUCK", 0.3)
        with pytest.raises(Killed, match=r"it takes more than 0\.3 s to read"):
            await workshop.refine(capture, source)
        return await workshop.refine(capture, SONGLAM)

    assert asyncio.run(refine_both()).refined.charset == "utf-8"
