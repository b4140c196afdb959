"""People who hold no office are named in the article, as its page names them, and gathered nowhere else."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.archive.conftest import get, rows, serving

NAME = "Nguyễn Thị Kín"
FACT, ENTITY = 900_001, 900_002
VALUE = json.dumps({"name": NAME, "role": "hội viên", "org": "Chi hội 1", "private": True})

STATEMENTS = (
    "UPDATE articles SET body = body || char(10) || :name || ' được trao nhà.' WHERE id = 1",
    "INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')",
    "INSERT INTO entities (id, kind, name, key, folded) VALUES (:entity, 'person', :name, 'k', 'k')",
    'INSERT INTO facts (id, article, kind, text, part, start, "end", value, entity, rule, confidence)'
    " SELECT :fact, 1, 'person', :name, 'body', instr(body, :name) - 1,"
    " instr(body, :name) - 1 + length(:name), :value, :entity, 'test', 1 FROM articles WHERE id = 1",
)

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
]


@pytest.fixture(scope="module")
def archive(offline_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    import shutil

    from worker.store.schema import open_writer

    copy = tmp_path_factory.mktemp("private") / "archive"
    shutil.copytree(offline_archive, copy)
    connection = open_writer(copy / "news.db")
    for statement in STATEMENTS:
        connection.execute(statement, {"name": NAME, "fact": FACT, "entity": ENTITY, "value": VALUE})
    connection.close()
    return copy


@pytest.fixture(scope="module")
def public(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(archive, log=tmp_path_factory.mktemp("log") / "log") as address:
        yield address


def test_the_fact_is_in_the_archive(archive: Path):
    text = (
        'SELECT substr(body, start + 1, "end" - start) FROM facts f JOIN articles a ON a.id = f.article WHERE f.id = '
    )
    assert rows(archive, text + str(FACT)) == [(NAME,)]


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
def test_no_list_names_a_private_person(public: str, path: str):
    text = get(public + path)
    assert "Kín" not in text
    assert r"K\u00edn" not in text


@pytest.mark.parametrize("path", [f"/news/facts/{FACT}", f"/news/facts/{FACT}.json", f"/news/entities/{ENTITY}"])
def test_the_row_itself_is_not_found(public: str, path: str):
    assert httpx.get(public + path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/news?sql=select+text+from+facts", "/news/facts?_where=1", "/news.json?sql=select+1"]
)
def test_free_sql_is_for_who_has_signed_in(public: str, path: str):
    assert httpx.get(public + path).status_code == 403


def test_the_article_names_the_person_without_marking_it(public: str):
    html = get(f"{public}/news/article/1")
    assert f"{NAME} được trao nhà." in html
    assert f">{NAME}</mark>" not in html
    assert "1 dữ kiện về người không giữ chức vụ" in html


def test_the_operator_sees_every_fact_and_writes_sql(archive: Path, tmp_path: Path):
    script = tmp_path / "serve.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfrom worker.browse import serve\n"
        "serve(Path(sys.argv[1]), port=int(sys.argv[3]), operator=True)\n"
    )
    log = tmp_path / "log"
    with serving(archive, sys.executable, "-u", str(script), str(archive), log=log) as address:
        token = re.search(r"/-/auth-token\?token=\w+", log.read_text())
        assert token
        with httpx.Client(base_url=address, follow_redirects=True) as reader:
            reader.get(token[0])
            assert NAME in reader.get(f"/news/facts/{FACT}").text
            assert NAME in reader.get("/news", params={"sql": f"select text from facts where id = {FACT}"}).text
        assert httpx.get(f"{address}/news/facts/{FACT}").status_code == 404
