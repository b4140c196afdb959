"""`worker crawl --offline`, and what `status`, `sources` and `explain` then say."""

import json
import os
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
import yaml

from tests.conftest import ROOT
from tests.web.nukeviet import NukeViet
from tests.web.server import Answer, serve
from tests.web.stories import stories


def configured(tmp_path, web, *portals, **top):
    """A sources.yaml of portals that are served here; its options for the command line."""
    entries = [
        {
            "id": f"portal-{number}",
            "name": portal.name,
            "home": web.url_of(portal),
            "kind": "union",
            "network": {"allow_private": True},
            "politeness": {"delay": 0},
        }
        for number, portal in enumerate(portals, 1)
    ]
    file = tmp_path / "sources.yaml"
    file.write_text(yaml.safe_dump({**top, "sources": entries}, allow_unicode=True), "utf-8")
    return ["--sources", file, "--archive", tmp_path / "a"]


def test_every_request_names_whom_the_site_s_owner_can_ask(worker, tmp_path):
    portal = NukeViet(stories=list(stories(2)))
    with serve(portal) as web:
        told = worker("crawl", *configured(tmp_path, web, portal, contact="archive@example.org"))
        assert told.returncode == 0, told.stderr
        agents = {request.headers["user-agent"] for _, request in web.requests}
    assert len(agents) == 1
    assert "contact: archive@example.org" in agents.pop()


def test_a_contact_that_is_none_is_named_with_its_line(worker, tmp_path):
    (tmp_path / "sources.yaml").write_text("contact: me\nsources: []\n")
    done = worker("crawl", cwd=tmp_path)
    assert done.returncode == 2
    assert "line 1, field contact: 'me' is not right; write an e-mail or a web address" in done.stderr


def test_the_five_seeds_are_archived_and_a_second_crawl_changes_nothing(worker, tmp_path):
    first = worker("crawl", "--offline", "--archive", tmp_path / "a")
    assert first.returncode == 0, first.stderr
    assert [line.split()[0] for line in first.stdout.splitlines()[:5]] == ["new"] * 5
    before = dump(tmp_path / "a")
    second = worker("crawl", "--offline", "--archive", tmp_path / "a")
    assert second.returncode == 0
    assert [line.split()[0] for line in second.stdout.splitlines()[:5]] == ["unchanged"] * 5
    assert "Nothing has changed." in second.stdout
    assert dump(tmp_path / "a") == before


def dump(archive):
    """Every row of the database but the log of runs and the sources' times."""
    with sqlite3.connect(archive / "news.db") as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_fts%'")
        tables = [name for (name,) in names if name not in {"runs", "sources"}]
        return {name: sorted(rows(connection, name), key=repr) for name in tables}


def rows(connection, table):
    return connection.execute("SELECT * FROM " + table)


def test_json_tells_every_page_and_the_counts(worker, tmp_path):
    told = json.loads(worker("crawl", "--offline", "--json", "--archive", tmp_path / "a").stdout)
    assert len(told["pages"]) == 5
    assert all(page["outcome"] == "new" and page["title"] for page in told["pages"])
    assert sum(count["new"] for count in told["counts"].values()) == 5


def test_one_source_or_one_address_can_be_named_and_limited(worker, tmp_path):
    one = worker("crawl", "baophunuthudo", "--offline", "--archive", tmp_path / "a")
    assert one.stdout.startswith("new") and "hoilhpn" not in one.stdout
    address = worker("crawl", "https://hoilhpn.org.vn/seed/003", "--offline", "--archive", tmp_path / "a")
    assert address.stdout.startswith("new")
    with sqlite3.connect(tmp_path / "a" / "news.db") as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_saved_pages_of_sources_that_are_not_listed_are_told_before_anything_is_made(worker, tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    own = tmp_path / "own.yaml"
    own.write_text("sources: [{id: a, name: A, home: 'https://a.vn/', kind: union}]")
    done = worker("crawl", "--offline", "--sources", own, "--archive", tmp_path / "a")
    assert done.returncode == 2
    assert "the saved pages are of hoilhpn-binhthuan, " in done.stderr and "own.yaml does not list" in done.stderr
    assert not (tmp_path / "a").exists()


def test_a_dry_run_stores_nothing(worker, tmp_path, offline_archive):
    done = worker("crawl", "--offline", "--dry-run", "--archive", tmp_path / "a")
    assert done.stdout.count("nothing was filed") == 5
    assert not (tmp_path / "a").exists()
    again = worker("crawl", "--offline", "--dry-run", "--archive", offline_archive)
    assert [line.split()[0] for line in again.stdout.splitlines()[:5]] == ["unchanged"] * 5


def test_an_archive_that_cannot_be_written_is_said_in_one_line(worker, tmp_path):
    (tmp_path / "file").write_text("")
    done = worker("crawl", "--offline", "--archive", tmp_path / "file" / "a")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and str(tmp_path / "file") in done.stderr


def test_an_archive_of_a_newer_program_is_left_alone(worker, tmp_path, offline_archive):
    shutil.copytree(offline_archive, tmp_path / "a")
    with sqlite3.connect(tmp_path / "a" / "news.db") as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('archive', '9999_from_the_future', '2099-01-01')"
        )
    done = worker("crawl", "--offline", "--archive", tmp_path / "a")
    assert done.returncode == 1
    assert "newer" in done.stderr and done.stderr.count("\n") == 1


def test_missing_seeds_are_said_in_one_line(worker, tmp_path):
    shutil.copy(ROOT / "sources.yaml", tmp_path)
    done = worker("crawl", "--offline", cwd=tmp_path)
    assert done.returncode == 1
    assert "index.yaml is missing" in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "archive").exists()


def test_status_and_sources_say_what_is_there(worker, offline_archive):
    status = worker("status", "--archive", offline_archive)
    assert status.returncode == 0
    assert "5 from 5 sources" in status.stdout
    told = json.loads(worker("status", "--json", "--archive", offline_archive).stdout)
    assert told["articles"] == 5 and told["facts"] > 100 and told["writer"] is None
    listed = json.loads(worker("sources", "--json", "--archive", offline_archive).stdout)
    assert {row["id"]: row["articles"] for row in listed}["hoilhpn-trung-uong"] == 1
    assert "hoilhpn-trung-uong" in worker("sources", "--archive", offline_archive).stdout


def test_explain_shows_every_block_of_a_file_or_of_an_archived_page(worker, offline_archive):
    by_file = worker("explain", "seeds/001_de7d124722d61cee.txt").stdout
    assert "chrome   Số lượt truy cập : 4238431  ← " in by_file
    assert "title    Cụm thi đua Hội Liên hiệp phụ nữ" in by_file
    told = json.loads(
        worker("explain", "--json", "https://hoilhpn.org.vn/seed/003", "--archive", offline_archive).stdout
    )
    assert {block["label"] for block in told["blocks"]} >= {"title", "date", "body", "caption", "chrome"}
    unknown = worker("explain", "https://hoilhpn.org.vn/seed/999", "--archive", offline_archive)
    assert unknown.returncode == 1
    assert "is not in the archive" in unknown.stderr


def test_a_backfill_walks_back_to_the_end_and_says_how_far_it_is(worker, tmp_path):
    portal = NukeViet(stories=list(stories(64, seed=4)))
    with serve(portal) as web:
        options = configured(tmp_path, web, portal)
        usual = worker("crawl", *options, "--limit", "1")
        assert usual.returncode == 0, usual.stderr
        done = worker("crawl", "portal-1", "--backfill", *options)
        assert done.returncode == 0, done.stderr
        again = worker("crawl", "portal-1", "--backfill", *options)
    with sqlite3.connect(tmp_path / "a" / "news.db") as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (64,)
        assert connection.execute("SELECT count(*) FROM captures").fetchone() == (64,)
    lines = done.stdout.splitlines()
    assert any(line.startswith("plan") and "63 pages to visit" in line for line in lines)
    assert any(line.startswith("so far    50 of 63 pages") and "s left" in line for line in lines)
    assert again.returncode == 0 and "new" not in {line.split()[0] for line in again.stdout.splitlines() if line}


def test_a_backfill_ends_at_its_date(worker, tmp_path):
    portal = NukeViet(stories=list(stories(60, seed=4)))
    day = sorted(story.published.date() for story in portal.all_stories)[-25]
    with serve(portal) as web:
        options = configured(tmp_path, web, portal)
        done = worker("crawl", "portal-1", "--backfill", "--since", day.isoformat(), *options)
        assert done.returncode == 0, done.stderr
    wanted = {story.title for story in portal.all_stories if story.published.date() >= day}
    with sqlite3.connect(tmp_path / "a" / "news.db") as connection:
        titles = {title for (title,) in connection.execute("SELECT title FROM articles")}
    assert wanted <= titles
    assert len(titles) < 50


@pytest.mark.skipif(shutil.which("script") is None, reason="script(1) makes the terminal")
def test_on_a_terminal_a_backfill_shows_a_bar_with_rate_and_time_left(tmp_path):
    portal = NukeViet(stories=list(stories(12, seed=4)))
    with serve(portal) as web:
        options = configured(tmp_path, web, portal)
        command = shlex.join([sys.executable, "-m", "worker", "crawl", "--backfill", *map(str, options)])
        done = subprocess.run(
            ["script", "-qec", command, "/dev/null"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
        )  # fmt: skip
    assert "12/12" in done.stdout and "a second" in done.stdout and "0:00:00" in done.stdout


def test_what_ends_the_crawl_of_one_source_is_told_and_the_others_are_crawled(worker, tmp_path):
    first, second = NukeViet(stories=list(stories(2))), NukeViet(stories=list(stories(2, seed=3)), host="second.test")
    with serve(first, second) as web:
        options = configured(tmp_path, web, first, second)
        assert worker("crawl", "portal-1", "--limit", 1, *options).returncode == 0
        with sqlite3.connect(tmp_path / "a" / "news.db") as connection:
            connection.execute(
                "CREATE TRIGGER refused BEFORE INSERT ON runs WHEN NEW.source = 'portal-1'"
                " BEGIN SELECT RAISE(ABORT, 'nobody knows why'); END"
            )
        done = worker("crawl", *options)
    assert done.returncode == 1 and "worker: the crawl of portal-1 failed: nobody knows why" in done.stderr
    assert "portal-2" in done.stdout
    with sqlite3.connect(tmp_path / "a" / "news.db") as connection:
        assert connection.execute("SELECT count(*) FROM articles WHERE source = 'portal-2'").fetchone() == (2,)


def test_all_that_ended_crawls_is_told_a_line_each_with_whose_crawls_they_were(worker, tmp_path):
    portals = [NukeViet(stories=list(stories(1, seed=n)), host=f"{n}.test") for n in range(1, 5)]
    with serve(*portals) as web:
        options = configured(tmp_path, web, *portals)
        assert worker("crawl", "portal-4", *options).returncode == 0
        with sqlite3.connect(tmp_path / "a" / "news.db") as connection:
            for number, said in enumerate(("nobody knows why", "for another reason", "nobody knows why"), 1):
                connection.execute(
                    f"CREATE TRIGGER refused_{number} BEFORE INSERT ON runs WHEN NEW.source = 'portal-{number}'"
                    f" BEGIN SELECT RAISE(ABORT, '{said}'); END"
                )
        done = worker("crawl", *options)
        debugged = worker("--debug", "crawl", *options)
    unexpected = "(this was not expected; `worker --debug …` shows where it arose)"
    assert done.stderr.splitlines() == [
        f"worker: the crawls of portal-1, portal-3 failed: nobody knows why {unexpected}",
        f"worker: the crawl of portal-2 failed: for another reason {unexpected}",
    ]
    assert done.returncode == 1
    assert debugged.returncode == 1
    assert debugged.stderr.count("IntegrityError") == 2  # with the places where they arose


@contextmanager
def crawling(options):
    """`worker crawl` as a process that a terminal would send signals to."""
    command = [sys.executable, "-m", "worker", "crawl", *map(str, options)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, **pipes)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_told_to_stop_it_says_so_finishes_the_page_in_hand_and_exits_with_130(tmp_path):
    portal = NukeViet(stories=list(stories(30)))
    with serve(portal) as web:
        options = configured(tmp_path, web, portal)
        with crawling(options) as process:
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told == "worker: stopping after the page in hand; once more ends at once\nworker: interrupted\n"
    with sqlite3.connect(tmp_path / "a" / "news.db") as connection:
        assert connection.execute("SELECT outcome FROM runs").fetchall() == [("stopped",)]
        assert connection.execute("SELECT health FROM sources").fetchall() == [("new",)]


def test_told_twice_it_does_not_wait_for_a_site_that_hangs(tmp_path):
    class Hanging(NukeViet):
        def answer(self, request, hit):
            return Answer(delay=600) if request.path.endswith(".html") else super().answer(request, hit)

    portal = Hanging(stories=list(stories(2)))
    with serve(portal) as web, crawling(configured(tmp_path, web, portal)) as process:
        while not any(path.endswith(".html") for path in web.asked(portal)):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert "stopping after the page in hand" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
    with sqlite3.connect(tmp_path / "a" / "news.db") as connection:
        assert connection.execute("SELECT outcome FROM runs").fetchall() == [("stopped",)]
