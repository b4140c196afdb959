"""A rebuild reads the stored bytes again: the result depends on them and on today's rules, and on nothing else."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import ROOT
from tests.web.country import country
from worker.config import Clean, Sources
from worker.executors import Inline, Local
from worker.models import Capture
from worker.rebuild import Rebuild
from worker.rebuild_reading import Unread, read_again
from worker.refine import refine
from worker.store import Archive

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
DERIVED = (
    *("articles", "facts", "removed", "groups", "group_members", "shingles", "entities"),
    *("chrome", "chrome_recent", "chrome_uncounted", "summaries", "statements", "named", "tallies", "private_facts"),
)
KEPT = "SELECT id, url, source, first_seen, last_changed, gone_at FROM articles"
DEADLY = "CHẾT NGƯỜI"
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def filed(directory, *, hosts=2, articles=14):
    """An archive as crawls make it, and its sources: every article of a few portals, page by page."""
    portals = country(hosts, articles, seed=5)
    for portal in portals:
        portal.base = f"https://{portal.host}/"
    sources = Sources(sources=tuple(portal.source() for portal in portals))
    with Archive.open(directory, write=True) as archive:
        archive.sync_sources(sources)
        for portal, source in zip(portals, sources.sources, strict=True):
            for number, story in enumerate(portal.all_stories):
                file(archive, source, portal.url_of(story), portal.article_page(story), number)
    return sources


def file(archive, source, url, html, number):
    capture = Capture(
        url=url,
        fetched_at=START + timedelta(minutes=number),
        status=200,
        body=html.encode(),
        headers=HTML,
    )
    return archive.file(capture, refine(capture, source, archive.memory(source.id)), source)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """An archive and its sources. For reading: tests that write copy it."""
    directory = tmp_path_factory.mktemp("crawled") / "archive"
    return directory, filed(directory)


@pytest.fixture
def archive(crawled, tmp_path):
    shutil.copytree(crawled[0], tmp_path / "archive")
    return tmp_path / "archive", crawled[1]


def rebuilt(archive, **options):
    directory, sources = archive
    with Archive.open(directory, write=not options.get("dry_run")) as opened:
        return Rebuild(archive=opened, sources=sources, **{"executor": "local:1", **options}).run()


def spoilt(directory):
    """The archive as older, worse rules might have left it."""
    with sqlite3.connect(directory / "news.db") as connection:
        connection.create_function("fold", 1, str)
        connection.create_function("tone_key", 1, str)
        connection.execute("DELETE FROM facts WHERE kind = 'money' OR id % 3 = 0")
        connection.execute("UPDATE facts SET start = 0, \"end\" = 1, text = 'x' WHERE id % 5 = 0")
        connection.execute("UPDATE articles SET byline = 'không rõ', published = NULL WHERE id % 2 = 0")
        connection.execute("DELETE FROM removed WHERE article % 4 = 1")
        connection.execute("UPDATE chrome SET pages = 1, reason = 'quên'")
        connection.execute("DELETE FROM shingles")


def content(directory, tables=DERIVED):
    with sqlite3.connect(directory / "news.db") as connection:
        return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}


def read(directory, sql):
    with sqlite3.connect(directory / "news.db") as connection:
        return connection.execute(sql).fetchall()


def test_with_the_same_rules_texts_and_facts_stay(archive):
    report = rebuilt(archive)
    assert report.articles == 28
    # Memory runs a little behind what it was in the crawl: which signal took a block out may differ, the text does not.
    assert set(report.fields) <= {"removed blocks"}
    assert report.facts_added == report.facts_dropped == {}
    assert report.regrouped is not None
    with Archive.open(archive[0], write=False) as opened:
        assert opened.verify() == []


def test_a_second_rebuild_changes_nothing_at_all(archive):
    rebuilt(archive)
    before = content(archive[0])
    report = rebuilt(archive)
    assert (report.changed, report.regrouped) == (0, 0)
    assert content(archive[0]) == before


def test_what_worse_rules_left_is_put_right_and_told(archive):
    wanted = rebuilt(archive) and content(archive[0], ("removed", "chrome", "chrome_recent", "shingles"))
    texts = read(archive[0], "SELECT article, kind, text, start, value FROM facts ORDER BY 1, 4, 2, 3, 5")
    articles = read(archive[0], "SELECT * FROM articles")
    spoilt(archive[0])
    report = rebuilt(archive)
    assert content(archive[0], tuple(wanted)) == wanted
    assert read(archive[0], "SELECT article, kind, text, start, value FROM facts ORDER BY 1, 4, 2, 3, 5") == texts
    group = [row[0] for row in read(archive[0], "SELECT name FROM pragma_table_info('articles')")].index("group_id")
    without = [row[:group] + row[group + 1 :] for row in articles]
    assert [row[:group] + row[group + 1 :] for row in read(archive[0], "SELECT * FROM articles")] == without
    assert report.fields["byline"] == 14 and report.facts_added["money"] > 0
    assert report.examples
    with Archive.open(archive[0], write=True) as opened:
        assert opened.verify() == []


def test_identity_stays(archive):
    with Archive.open(archive[0], write=True) as opened:
        source = archive[1].sources[0]
        url, title = opened.connection.execute(
            "SELECT url, title FROM articles WHERE source = ?", [source.id]
        ).fetchone()
        page = opened.latest_capture(url)
        changed = page.body.decode().replace(title, f"{title} (cập nhật)")
        assert file(opened, source, page.url, changed, 900).outcome == "changed"
    before = read(archive[0], KEPT), read(archive[0], "SELECT * FROM revisions")
    assert len(before[1]) == 1
    spoilt(archive[0])
    rebuilt(archive)
    assert (read(archive[0], KEPT), read(archive[0], "SELECT * FROM revisions")) == before
    assert read(archive[0], "SELECT count(*) FROM articles WHERE title LIKE '%(cập nhật)'") == [(1,)]


def looks(first):
    """A page that is known, and two later looks at it that show the title and the text alone."""
    article = refine(first, None).article
    body = "".join(f"<p>{line}</p>" for line in article.body.splitlines())
    html = f"<title>{article.title}</title><h1>{article.title}</h1>{body}"
    for hours, more in ((5, ""), (9, "<p>Thêm một câu.</p>")):
        look = replace(first, body=f"{html}{more}".encode(), headers=HTML)
        bare = refine(look, None).article
        assert bare is not None and (bare.published, bare.byline, bare.authors, bare.origin) == (None, "", (), "")
        yield replace(look, fetched_at=first.fetched_at + timedelta(hours=hours))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_a_page_once_stated_is_kept_whatever_the_order_of_its_captures(archive, tmp_path, order):
    directory, sources = archive
    url = read(directory, "SELECT url FROM articles WHERE published IS NOT NULL ORDER BY byline DESC, id LIMIT 1")[0][0]
    stated = f"SELECT title, published, byline, authors, origin FROM articles WHERE url = '{url}'"
    facts = "SELECT kind, text, part, start, value, date_start FROM facts ORDER BY 1, 2, 3, 4"
    wanted = read(directory, stated)
    with Archive.open(directory, write=False) as opened:
        first = opened.latest_capture(url)
    source = sources.of_url(url)
    with Archive.open(tmp_path / "other", write=True) as opened:
        opened.sync_sources(sources)
        captures = [first, *looks(first)]
        for number in order:
            look = captures[number]
            opened.file(look, refine(look, source, opened.memory(source.id)), source, elder=True)
    assert read(tmp_path / "other", stated) == wanted
    before = read(tmp_path / "other", facts)
    spoilt(tmp_path / "other")
    rebuilt((tmp_path / "other", sources))
    assert read(tmp_path / "other", stated) == wanted
    assert read(tmp_path / "other", facts) == before


def test_the_number_of_processes_changes_no_byte(archive, tmp_path):
    directory, sources = archive
    spoilt(directory)
    results = []
    for processes in (1, 2, 3):
        copy = tmp_path / f"with-{processes}"
        shutil.copytree(directory, copy)
        report = rebuilt((copy, sources), executor=f"local:{processes}")
        results.append((report, content(copy)))
    assert results[0] == results[1] == results[2]


def in_company(jobs, files, source, memory):
    """Reads pages as the program does, when somebody else is at a page of another source."""
    answers = read_again(jobs, files, source, memory)
    here = Path(files).parent / "at"
    (here / source.id).touch()
    end = time.monotonic() + 20
    while len(list(here.iterdir())) < 2 and time.monotonic() < end:
        time.sleep(0.005)
    return answers if len(list(here.iterdir())) >= 2 else [Unread("nobody came")] * len(jobs)


def test_of_small_sources_several_are_read_at_once(tmp_path):
    sources = filed(tmp_path / "archive", hosts=2, articles=1)
    (tmp_path / "archive" / "at").mkdir()
    report = rebuilt((tmp_path / "archive", sources), executor="local:2", work=in_company)
    assert (report.articles, report.skipped) == (2, [])


@dataclass
class Counting(Local):
    """Processes that note how many pages each task has, and do the work here."""

    sizes: list[int] = field(default_factory=list)

    def executor(self):
        def submit(work, items, *common):
            if work is read_again:
                self.sizes.append(len(items))
            return Inline().submit(work, items, *common)

        return SimpleNamespace(submit=submit)


@pytest.mark.parametrize(("processes", "sizes"), [(1, [1, 1, 2, 4, 8]), (2, [1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 2])])
def test_all_that_are_at_work_have_some_of_a_generation(tmp_path, monkeypatch, processes, sizes):
    counting = Counting(processes)
    sources = filed(tmp_path / "archive", hosts=1, articles=16)
    monkeypatch.setattr("worker.rebuild.hands", lambda _: counting)
    assert rebuilt((tmp_path / "archive", sources)).articles == 16
    assert counting.sizes == sizes


def test_small_sources_and_copies_come_out_the_same_whoever_reads_them(tmp_path):
    sources = filed(tmp_path / "archive", hosts=4, articles=7)
    spoilt(tmp_path / "archive")
    shutil.copytree(tmp_path / "archive", tmp_path / "stopped")
    shutil.copytree(tmp_path / "archive", tmp_path / "alone")
    rebuilt((tmp_path / "alone", sources))
    assert len(content(tmp_path / "alone")["group_members"]) > 4
    rebuilt((tmp_path / "archive", sources), executor="local:3")
    assert content(tmp_path / "archive") == content(tmp_path / "alone")
    for tasks in (7, 19):  # while the pages of two sources are under way, and near the end
        left = iter(range(tasks))
        rebuilt(
            (tmp_path / "stopped", sources), executor="local:2", stopping=lambda left=left: next(left, None) is None
        )
    rebuilt((tmp_path / "stopped", sources), executor="local:2")
    assert content(tmp_path / "stopped") == content(tmp_path / "alone")


def test_a_dry_run_says_the_same_and_touches_nothing(archive):
    spoilt(archive[0])
    before = (archive[0] / "news.db").read_bytes()
    told = rebuilt(archive, dry_run=True)
    assert (archive[0] / "news.db").read_bytes() == before
    done = rebuilt(archive)
    assert told.changed == done.changed > 0
    assert (told.fields, told.facts_added, told.examples) == (done.fields, done.facts_added, done.examples)


def test_one_source_and_some_days_only(archive):
    spoilt(archive[0])
    source = archive[1].sources[1].id
    report = rebuilt(archive, source=source)
    assert report.articles == 14
    wrong = read(archive[0], "SELECT DISTINCT source FROM articles WHERE byline = 'không rõ'")
    assert wrong == [(archive[1].sources[0].id,)]
    assert rebuilt(archive, since=date(2026, 11, 21)).articles == 0
    assert rebuilt(archive, since=date(2026, 11, 20)).articles == 28


@pytest.mark.parametrize("together", [1, 5])
def test_how_many_pages_travel_together_changes_no_byte(archive, tmp_path, together, monkeypatch):
    directory, sources = archive
    spoilt(directory)
    shutil.copytree(directory, tmp_path / "whole")
    rebuilt((tmp_path / "whole", sources))
    monkeypatch.setattr("worker.rebuild.TASK", together)
    rebuilt(archive)
    assert content(directory) == content(tmp_path / "whole")


@pytest.mark.parametrize("tasks", [1, 4, 8])
def test_stopped_it_goes_on_where_it_was(archive, tmp_path, tasks):
    directory, sources = archive
    spoilt(directory)
    shutil.copytree(directory, tmp_path / "whole")
    whole = rebuilt((tmp_path / "whole", sources))
    left = iter(range(tasks))
    with Archive.open(directory, write=True) as opened:
        first = Rebuild(archive=opened, sources=sources, executor="local:1", stopping=lambda: next(left, None) is None)
        first.run()
    assert first.stopped
    assert first.report.articles < 28 or first.report.regrouped is None
    second = rebuilt(archive)
    assert content(directory) == content(tmp_path / "whole")
    assert (second.articles, second.changed, second.fields) == (whole.articles, whole.changed, whole.fields)
    assert read(directory, "SELECT outcome FROM runs WHERE \"trigger\" = 'rebuild'") == [("ok",)]


def test_killed_it_goes_on_where_it_was(archive, tmp_path):
    directory, sources = archive
    spoilt(directory)
    shutil.copytree(directory, tmp_path / "whole")
    rebuilt((tmp_path / "whole", sources))
    (tmp_path / "sources.yaml").write_text(sources.model_dump_json(exclude_defaults=True), "utf-8")
    command = [sys.executable, "-m", "worker", "rebuild", "--sources", tmp_path / "sources.yaml"]
    command += ["--archive", directory, "--executor", "local:2"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    noted = "SELECT count(*) FROM runs WHERE \"trigger\" = 'rebuild' AND counts LIKE '%\"article\": %'"
    noted += " AND counts NOT LIKE '%\"articles\": 0,%'"
    end = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < end and read(directory, noted) == [(0,)]:
        time.sleep(0.002)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert running.returncode == -signal.SIGKILL
    rebuilt(archive)
    assert content(directory) == content(tmp_path / "whole")


def deadly(jobs, files, source, memory):
    """Reads pages as the program does, in a process that one of them ends."""
    answers = read_again(jobs, files, source, memory)
    if any(one.reading and DEADLY in str(one.reading.columns["title"]) for one in answers):
        os.kill(os.getpid(), signal.SIGKILL)
    return answers


@pytest.mark.parametrize("executor", ["local:1", "local:2"])
def test_a_page_that_kills_workers_is_found_told_and_skipped(archive, executor):
    with Archive.open(archive[0], write=True) as opened:
        source = archive[1].sources[0]
        url, title = opened.connection.execute("SELECT url, title FROM articles WHERE id = 11").fetchone()
        page = opened.latest_capture(url)
        file(opened, source, page.url, page.body.decode().replace(title, f"{title} {DEADLY}"), 900)
    spoilt(archive[0])
    before = read(archive[0], "SELECT * FROM facts WHERE article = 11")
    report = rebuilt(archive, executor=executor, work=deadly)
    assert report.articles == 27
    assert len(report.skipped) == 1 and "of article 11: it ended the process" in report.skipped[0]
    assert read(archive[0], "SELECT * FROM facts WHERE article = 11") == before
    assert read(archive[0], "SELECT count(*) FROM articles WHERE byline = 'không rõ'") == [(0,)]


def test_a_capture_that_cannot_be_read_is_told_and_the_rest_goes_on(archive):
    (offset,) = read(archive[0], "SELECT warc_offset FROM captures WHERE id = 7")[0]
    with (archive[0] / "warc" / "news-000001.warc.gz").open("r+b") as file:
        file.seek(offset)
        file.write(b"\0" * 40)
    report = rebuilt(archive)
    assert report.articles == 27
    assert len(report.skipped) == 1 and "holds no whole record" in report.skipped[0]


def test_an_article_whose_bytes_are_torn_stays_as_it_was(archive):
    number, place = read(archive[0], "SELECT id, warc_file, warc_offset + warc_length FROM captures ORDER BY 3 DESC")[
        0
    ][:2]
    told = (
        "SELECT body, last_changed, (SELECT count(*) FROM facts WHERE article = articles.id) FROM articles ORDER BY id"
    )
    before = read(archive[0], told)
    with (archive[0] / "warc" / place).open("r+b") as file:
        file.truncate(file.seek(0, 2) - 900)
    report = rebuilt(archive)
    assert len(report.skipped) == 1 and f"capture {number} of article" in report.skipped[0]
    assert read(archive[0], told) == before


def test_when_all_pages_are_lost_the_first_are_told_and_all_are_counted(archive, monkeypatch):
    monkeypatch.setattr("worker.rebuild_report.TOLD", 3)
    (archive[0] / "warc" / "news-000001.warc.gz").unlink()
    report = rebuilt(archive)
    assert (report.articles, report.unread, len(report.skipped)) == (0, 28, 3)
    (counts,) = read(archive[0], "SELECT counts FROM runs WHERE outcome = 'failed'")[0]
    assert '"failed": 28' in counts


def test_another_rebuild_takes_the_place_of_one_that_was_cut_off(archive):
    with Archive.open(archive[0], write=True) as opened:
        Rebuild(archive=opened, sources=archive[1], executor="local:1", stopping=lambda: True).run()
    assert rebuilt(archive, source=archive[1].sources[0].id).articles == 14
    outcomes = read(archive[0], "SELECT outcome FROM runs WHERE \"trigger\" = 'rebuild' ORDER BY id")
    assert outcomes == [("stopped",), ("ok",)]


def test_one_that_was_cut_off_begins_anew_where_pages_are_to_be_read_otherwise_by_now(archive, tmp_path):
    directory, (first, *others) = archive[0], archive[1].sources
    hourly = first.model_copy(update={"schedule": "every 1h"})  # says nothing of pages: it goes on
    dropping = Sources(sources=(hourly.model_copy(update={"clean": Clean(drop_lines=("phụ nữ",))}), *others))
    shutil.copytree(directory, tmp_path / "whole")
    assert rebuilt((tmp_path / "whole", dropping)).fields["body"]
    for tasks, sources in ((3, archive[1]), (1, Sources(sources=(hourly, *others)))):
        left = iter(range(tasks))
        rebuilt((directory, sources), stopping=lambda left=left: next(left, None) is None)
    rebuilt((directory, dropping))
    assert content(directory) == content(tmp_path / "whole")
    outcomes = read(directory, "SELECT outcome FROM runs WHERE \"trigger\" = 'rebuild' ORDER BY id")
    assert outcomes == [("stopped",), ("ok",)]
