"""People who hold no office are named in the article, as its page names them, and gathered nowhere else."""

import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.archive.altered import ENTITY, FACT, NAME
from tests.archive.conftest import get, rows
from worker.browse import entity
from worker.browse import site as browse_site
from worker.browse.figures import COLUMNS, figures
from worker.browse.language import languages
from worker.store.masks import Masks
from worker.store.privacy import OPEN_TABLES
from worker.store.schema import open_reader

BESIDE = """FROM (SELECT id, article, kind, number, value, qualifier, 'trao' AS text, province, year, part, indicator,
    org, "end" + 6 AS start, "end" + 10 AS "end" FROM facts WHERE id = ?) AS f
  JOIN articles AS a ON a.id = f.article JOIN sources AS s ON s.id = a.source"""
"""A fact that stands behind the name."""

PAGES = [
    "/news/facts?kind=person&_size=max&article=1&confidence=1",
    "/news/facts?_facet=text&_size=max&_facet_size=max&article=1",
    "/news/facts.json?_size=max&article=1",
    "/news/facts.csv?_size=max&article=1",
    "/news/entities?_size=max&kind=person&id=900002",
    "/news/entities.json?_shape=array&_size=max",
    "/offices?q=kin",
    "/offices",
    "/news/offices?name=kin&organisation=",
    "/news/offices.json?name=&organisation=",
    "/offices.csv",
    "/news/statements.json?_size=max",
    "/news/named.json?_size=max",
    "/news/side_by_side.json?first=&second=&province=&year=",
    "/conflicts",
]


def test_the_fact_is_in_the_archive(altered_archive: Path):
    text = (
        'SELECT substr(body, start + 1, "end" - start) FROM facts f JOIN articles a ON a.id = f.article WHERE f.id = '
    )
    assert rows(altered_archive, text + str(FACT)) == [(NAME,)]


@pytest.mark.parametrize("path", ["/search?q={}", "/search.csv?q={}", "/search.atom?q={}", "/news/search?q={}"])
def test_a_passage_that_is_found_gives_her_initials(altered: str, path: str):
    text = get(altered + path.format("được trao nhà"))
    assert "N.T.K." in text
    assert "Kín" not in text


def test_who_is_signed_in_as_operator_reads_the_name(altered: str, operator: str):
    found = httpx.get(f"{altered}/search?q=được trao nhà", cookies={"ds_actor": operator}, timeout=60)
    assert NAME in unescape(found.text.replace("<mark>", "").replace("</mark>", ""))


def test_the_lists_of_the_front_page_and_of_figures_give_initials(altered_archive: Path):
    with closing(open_reader(altered_archive / "news.db")) as connection:
        connection.row_factory = sqlite3.Row
        language = languages(browse_site())["vi"]
        body = connection.execute("SELECT body FROM articles WHERE id = 1").fetchone()[0]
        masked = Masks.of(connection, [1]).masked(1, body)
        assert masked == body.replace(NAME, "N.T.K.")
        found = entity.load(connection, ENTITY, {}, language, private=True)
        assert [one.text for one in found.passages] == [NAME]
        row = connection.execute(f"SELECT {COLUMNS} {BESIDE}", [FACT]).fetchall()
        (one,) = figures(connection, row, language)
        assert one.before.endswith("N.T.K. được ")


def test_a_poor_member_of_the_seeds_is_in_her_article_and_in_no_list(site: str):
    assert "Siu Ajuih" in get(f"{site}/news/article/4")
    assert "Siu Ajuih</mark>" not in get(f"{site}/news/article/4")
    for path in ("offices?name=&organisation=", "facts?_size=max&kind=person", "entities?_size=max&kind=person"):
        text = get(f"{site}/news/{path}")
        assert "Trần Lan Phương" in text
        assert "Siu Ajuih" not in text
    everything = get(f"{site}/news/facts.csv?_size=max&article=4")
    assert "Siu Ajuih" not in everything, "nor in a fact that holds her name, such as the handing over of her house"


@pytest.mark.parametrize("path", PAGES)
def test_no_list_names_a_private_person(altered: str, path: str):
    text = get(altered + path)
    assert "Kín" not in text
    assert r"K\u00edn" not in text


@pytest.mark.parametrize(
    "path",
    [
        f"/news/facts/{FACT}",
        f"/news/facts/{FACT}.json",
        f"/news/FACTS/{FACT}.json",
        f"/news/facts/~39{str(FACT)[1:]}",
        f"/news/facts/+{FACT}",
        f"/news/facts/{FACT}e0.json",
        f"/news/~66acts/{FACT}",
        f"/~6eews/facts/{FACT}",
        f"/news/facts/{FACT}.blob?_blob_column=text",
        f"/news/entities/{ENTITY}",
        f"/news/Entities/{ENTITY}.json",
        f"/named/{ENTITY}",
    ],
)
def test_the_row_itself_is_not_found_however_it_is_spelled(altered: str, path: str):
    answer = httpx.get(altered + path, timeout=60)
    assert answer.status_code == 404
    assert "Kín" not in answer.text


def test_a_row_that_is_for_everybody_is_found(altered: str):
    assert get(f"{altered}/news/facts/1.json")


@pytest.mark.parametrize("table", ["articles", "articles_search", "articles_fts_data", "revisions", "removed", "links"])
def test_running_text_of_many_pages_is_closed_and_says_why(altered: str, operator: str, table: str):
    closed = httpx.get(f"{altered}/news/{table}", timeout=60)
    assert closed.status_code == 403
    assert "dành cho người đã đăng nhập" in closed.text
    assert httpx.get(f"{altered}/news/{table}.json", timeout=60).json()["ok"] is False
    opened = httpx.get(f"{altered}/news/{table}", cookies={"ds_actor": operator}, timeout=60)
    assert opened.status_code == 200


def test_a_table_of_a_later_version_is_closed_until_somebody_says_that_it_is_open(altered_archive: Path):
    known = rows(altered_archive, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    assert {name for (name,) in known} >= OPEN_TABLES
    texts = {"title", "body", "lead", "captions"}
    for table in OPEN_TABLES:
        columns = {name for (name,) in rows(altered_archive, f"SELECT name FROM pragma_table_info('{table}')")}
        assert not columns & texts, table


@pytest.mark.parametrize(
    "path",
    [
        "/news/facts?article=1&kind=money",
        "/news/copies.json?source=",
        "/news/every_article.json?source=&year=&after=&many=",
        "/news/article/2",
        "/search",
        "/search.csv",
        "/search.atom",
        "/",
    ],
)
def test_a_title_that_names_her_gives_initials_where_it_is_listed(altered: str, path: str):
    text = get(altered + path)
    assert "N.T.K." in text
    assert "Kín" not in text
    assert r"K\u00edn" not in text


@pytest.mark.parametrize("path", ["groups.json?_labels=on", "group_members.csv?_labels=on", "facts.csv?_labels=on"])
def test_no_label_of_another_table_is_such_a_title(altered: str, path: str):
    text = get(f"{altered}/news/{path}")
    assert "Kín" not in text
    assert r"K\u00edn" not in text


@pytest.mark.parametrize(
    "path", ["/news?sql=select+text+from+facts", "/news/facts?_where=1", "/news.json?sql=select+1"]
)
def test_free_sql_is_for_who_has_signed_in(altered: str, path: str):
    assert httpx.get(altered + path, timeout=60).status_code == 403


@pytest.mark.parametrize("path", ["/-/databases", "/-/threads"])
def test_where_the_servers_files_lie_is_for_who_has_signed_in(
    altered: str, operator: str, altered_archive: Path, path: str
):
    files = re.compile(rf"{re.escape(str(altered_archive))}|/lib/python")
    for address in (path, f"{path}.json", f"{path}.json?_shape=array"):
        assert not files.search(get(altered + address))
        assert files.search(httpx.get(altered + address, cookies={"ds_actor": operator}, timeout=60).text)
    assert '"name": "news"' in get(f"{altered}/-/databases.json")


def test_the_article_names_the_person_without_marking_it(altered: str):
    html = get(f"{altered}/news/article/1")
    assert f"{NAME} được trao nhà." in html
    assert f">{NAME}</mark>" not in html
    assert "2 dữ kiện về người không giữ chức vụ" in html


def test_the_operator_sees_every_fact_and_writes_sql(altered: str, operator: str):
    with httpx.Client(base_url=altered, cookies={"ds_actor": operator}, timeout=60) as reader:
        assert NAME in reader.get(f"/news/facts/{FACT}").text
        assert NAME in reader.get("/news", params={"sql": f"select text from facts where id = {FACT}"}).text
        assert NAME in reader.get(f"/named/{ENTITY}").text
        assert f">{NAME}</mark>" in reader.get("/news/article/1").text
    assert httpx.get(f"{altered}/news/facts/{FACT}", timeout=60).status_code == 404
    assert httpx.get(f"{altered}/named/{ENTITY}", timeout=60).status_code == 404
    assert f">{NAME}</mark>" not in get(f"{altered}/news/article/1"), "what an operator was shown is kept for nobody"
