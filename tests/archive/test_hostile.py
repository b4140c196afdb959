"""An archive in which every text came from an attacker: the pages stay pages."""

import csv
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import httpx
import pytest
from playwright.sync_api import Page

from tests.archive.conftest import for_operator, serving, sign_in
from worker.store import summaries
from worker.store.schema import open_writer

HOSTILE = (
    "\"'><script>window.taken=1</script><svg onload=window.taken=1><img src=x onerror=window.taken=1>"
    "<a href=javascript:window.taken=1>x</a><style>*{color:red}</style><mark>m</mark>{{7*191}}{% raw %}${7*191}"
    "</title></textarea>\u202egnp.exe\u2066\x1b[31m\ufffe\uffff ]]> <!--"
)

# What rows are found and joined by, and what has only the values that the program itself gives it.
KEPT = {"id", "source", "kind", "health", "state", "province", "part", "signal", "warc_file", "folded", "key", "digest"}
KEPT |= {"counts", "evidence", "data", "scope", "trigger", "outcome", "mime", "charset"}
MOMENTS = {
    "published",
    "first_seen",
    "last_changed",
    "fetched_at",
    "started",
    "finished",
    "seen_at",
    "last_run",
    "next_run",
}
KEPT_TABLES = {"_sqlite_migrations", "chrome_recent", "chrome_uncounted", "shingles"}


def poison(connection: sqlite3.Connection) -> None:
    """Put HOSTILE into every text of every row; in the JSON of facts, into every string."""
    connection.create_function("poisoned", 2, lambda text, row: f"{text or ''}{HOSTILE}{row}")
    tables = connection.execute(
        "SELECT name, sql LIKE '%WITHOUT ROWID%' FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%fts5%'"
    ).fetchall()
    for table, without_rowid in tables:
        if table in KEPT_TABLES or table.startswith(("articles_fts", "attachments_fts", "sqlite_")):
            continue
        for _, column, kind, *_ in connection.execute(f"PRAGMA table_info([{table}])").fetchall():
            if kind == "TEXT" and column not in KEPT | MOMENTS | {"value", "authors"}:
                key = "rowid" if not without_rowid else "digest" if table == "chrome" else "1"
                connection.execute(f"UPDATE [{table}] SET [{column}] = poisoned([{column}], {key})")
    connection.create_function("javascript", 1, lambda row: f"javascript:window.taken=1//{row}")
    connection.execute("UPDATE articles SET url = javascript(id)")
    connection.execute("UPDATE sources SET home = javascript(1)")
    connection.create_function("strings", 1, _strings)
    connection.execute("UPDATE facts SET value = strings(value)")
    connection.execute(
        "INSERT INTO revisions (article, seen_at, title, body, digest, capture)"
        " SELECT id, first_seen, title, lead || body, 'd', capture FROM articles"
    )
    connection.execute("UPDATE facts SET indicator = 'members_total', number = 1 WHERE kind = 'quantity'")
    connection.execute(
        "INSERT INTO alarms (source, kind, message, began) SELECT id, 'moved', name, '2026' FROM sources"
    )
    connection.execute("INSERT INTO groups (id, kind, canonical) VALUES (777, 'near', 1)")
    connection.execute("INSERT INTO group_members SELECT 777, id, 0.9, '{}' FROM articles")
    connection.execute("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")


def _strings(value: str) -> str:

    def turn(part: object) -> object:
        if isinstance(part, dict):
            return {key: turn(item) for key, item in part.items()}
        return part + HOSTILE if isinstance(part, str) else part

    return json.dumps(turn(json.loads(value)), ensure_ascii=False)


@pytest.fixture(scope="module")
def hostile(offline_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    archive = tmp_path_factory.mktemp("hostile") / "archive"
    shutil.copytree(offline_archive, archive)
    with closing(open_writer(archive / "news.db")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        poison(connection)
        summaries.rebuild(connection)
    with serving(archive, *for_operator(archive), log=archive / "log") as address:
        yield address


@pytest.fixture(scope="module")
def signed_in(hostile: str, log: Path) -> str:
    """The operator's cookie."""
    return sign_in(hostile, log)


@pytest.fixture(scope="module")
def log(hostile: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What that server prints."""
    return next(tmp_path_factory.getbasetemp().glob("hostile*/archive/log"))


ACTING = (
    "img, iframe, object, embed, base, meta[http-equiv]",
    "script:not([src]), style, [style], [onload], [onerror], [onclick]",
    '[href^="javascript" i], [action^="javascript" i], [src^="javascript" i]',
)

PAGES = [
    "/",
    "/search?q=hoi",
    "/search",
    "/indicators",
    "/offices",
    "/programmes",
    "/documents",
    "/named/1",
    "/schema",
    "/conflicts",
    "/sources",
    "/news",
    "/news/search?q=hoi&province=&source=&year=&kind=",
    *(f"/news/article/{number}" for number in range(1, 6)),
    "/news/article/3/revision/3",
    *map(
        "/news/{}".format,
        [
            "facts", "facts/1", "sources", "entities", "captures", "captures/1", "groups", "group_members", "runs",
            "money?province=&year=", "offices?name=&organisation=", "copies?source=", "documents?name=",
            "every_article?source=&year=&after=&many=", "indicators?indicator=&province=&year=",
            "conflicts?province=&year=", "side_by_side?first=&second=&province=&year=",
        ],
    ),
]  # fmt: skip

CLOSED = [
    f"/news/{name}"
    for name in (
        *("articles", "articles/1", "revisions", "revisions/1", "removed", "chrome", "links"),
        "removed_from_pages?reason=&source=",
    )
]
"""What the operator alone may open."""


@pytest.mark.browser
def test_no_text_acts(hostile: str, signed_in: str, page: Page):
    for path in [*PAGES, *CLOSED]:
        if path == CLOSED[0]:
            page.context.add_cookies([{"name": "ds_actor", "value": signed_in, "url": hostile}])
        response = page.goto(hostile + path)
        assert response is not None
        assert response.status == 200, path
        assert page.evaluate("window.taken") is None, path
        text = page.evaluate("document.body.innerText")
        assert "1337" not in text, f"template syntax in a text was carried out on {path}"
        assert not any(mark in text for mark in "\u202e\u2066\x1b"), f"what reorders or hides text stands on {path}"
        for acting in ACTING:
            assert page.locator(acting).count() == 0, f"{acting} on {path}"


@pytest.mark.browser
def test_no_query_acts_or_fails(hostile: str, page: Page):
    for words in ('"', "a* OR NEAR(", "<script>window.taken=1</script>", "x" * 5000, "\u202e", "'; drop"):
        query = urlencode({"q": words, "kind": words[:99], "source": words[:99]})
        response = page.goto(f"{hostile}/search?{query}&year=20x4&page=-3")
        assert response is not None
        assert response.status == 200, words
        assert page.evaluate("window.taken") is None, words


def test_every_answer_carries_the_policy(hostile: str):
    for path in [*PAGES, "/news/capture/1", "/static/site.css", "/nowhere", "/news.json"]:
        headers = httpx.get(hostile + path, timeout=60).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"], path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path


@pytest.mark.parametrize("path", ["/nowhere", "//nowhere", "/news//facts", "/news/facts/999999999", "/news/links"])
def test_a_page_that_is_not_there_is_no_news_for_the_log(hostile: str, log: Path, path: str):
    assert httpx.get(hostile + path, timeout=60).status_code in (403, 404)
    assert "Traceback" not in log.read_text()
    assert "locals" not in log.read_text()


def test_who_lies_about_the_host_is_answered_alone(hostile: str):
    asked = f"{hostile}/news/facts?kind=money&_size=3"
    assert "evil.example" in httpx.get(asked, headers={"host": "evil.example"}, timeout=60).text
    assert "evil.example" not in httpx.get(asked, timeout=60).text


def test_no_search_engine_is_let_in(hostile: str):
    assert httpx.get(f"{hostile}/robots.txt", timeout=60).text == "User-agent: *\nDisallow: /\n"
    for path in ("/news/article/1", "/news/capture/1", "/news/facts.json"):
        assert "noindex" in httpx.get(hostile + path, timeout=60).headers["x-robots-tag"]


@pytest.mark.parametrize(
    "path",
    [
        *("search.csv?q=hoi", "offices.csv", "programmes.csv", "documents.csv", "indicators.csv"),
        *("news/facts.csv?_size=max", "news/indicators.csv?indicator=&province=&year="),
    ],
)
def test_a_spreadsheet_takes_no_text_for_a_formula(hostile: str, path: str):
    rows = list(csv.reader(httpx.get(f"{hostile}/{path}", timeout=60).text.splitlines()))
    assert len(rows) > 1
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_a_feed_of_hostile_articles_is_wellformed(hostile: str):

    feed = ET.fromstring(httpx.get(f"{hostile}/search.atom?q=hoi", timeout=60).content)  # noqa: S314 - our own feed, to be judged
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 5


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", "/a\r\nb: c"]
)
def test_the_language_switch_leads_nowhere_else(hostile: str, back: str):

    answer = httpx.get(f"{hostile}/-/language/en", params={"next": back}, timeout=60)
    assert answer.status_code == 302
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("file", ["../news.db", "/etc/passwd", "a/../../news.db", "..", "", "nothing"])
def test_no_file_but_the_archives_own_is_read(changed, tmp_path: Path, file: str):
    from worker.browse.capture import load
    from worker.store import ArchiveDamaged

    archive = changed(f"UPDATE captures SET warc_file = '{file}', warc_length = 100000, revisit_of = NULL")
    (archive / "nothing").write_bytes(b"secret")
    with closing(sqlite3.connect(archive / "news.db")) as connection:
        connection.row_factory = sqlite3.Row
        with suppress(ArchiveDamaged):
            assert load(connection, 1) is None


def test_a_title_without_end_leaves_room_for_the_other_articles(changed, page: Page, tmp_path: Path):
    archive = changed(
        "UPDATE articles SET title = replace(hex(zeroblob(3000)), '0', 'dài') WHERE id = 5",
        "INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')",
    )
    with serving(archive, log=tmp_path / "log") as address:
        for path in ("/", "/search"):
            page.goto(address + path)
            title = page.locator("ol.results a", has_text="dàidài").bounding_box()
            assert title is not None
            assert 40 < title["height"] < 400
