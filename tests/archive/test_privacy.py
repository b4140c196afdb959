"""People who hold no office are named in the article, as its page names them, and gathered nowhere else."""

from pathlib import Path

import httpx
import pytest

from tests.archive.altered import ENTITY, FACT, NAME
from tests.archive.conftest import get, rows

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
    "/conflicts",
]


def test_the_fact_is_in_the_archive(altered_archive: Path):
    text = (
        'SELECT substr(body, start + 1, "end" - start) FROM facts f JOIN articles a ON a.id = f.article WHERE f.id = '
    )
    assert rows(altered_archive, text + str(FACT)) == [(NAME,)]


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
    "path", [f"/news/facts/{FACT}", f"/news/facts/{FACT}.json", f"/news/entities/{ENTITY}", f"/named/{ENTITY}"]
)
def test_the_row_itself_is_not_found(altered: str, path: str):
    assert httpx.get(altered + path, timeout=60).status_code == 404


@pytest.mark.parametrize(
    "path", ["/news?sql=select+text+from+facts", "/news/facts?_where=1", "/news.json?sql=select+1"]
)
def test_free_sql_is_for_who_has_signed_in(altered: str, path: str):
    assert httpx.get(altered + path, timeout=60).status_code == 403


def test_the_article_names_the_person_without_marking_it(altered: str):
    html = get(f"{altered}/news/article/1")
    assert f"{NAME} được trao nhà." in html
    assert f">{NAME}</mark>" not in html
    assert "1 dữ kiện về người không giữ chức vụ" in html


def test_the_operator_sees_every_fact_and_writes_sql(altered: str, operator: str):
    with httpx.Client(base_url=altered, cookies={"ds_actor": operator}, timeout=60) as reader:
        assert NAME in reader.get(f"/news/facts/{FACT}").text
        assert NAME in reader.get("/news", params={"sql": f"select text from facts where id = {FACT}"}).text
        assert NAME in reader.get(f"/named/{ENTITY}").text
        assert f">{NAME}</mark>" in reader.get("/news/article/1").text
    assert httpx.get(f"{altered}/news/facts/{FACT}", timeout=60).status_code == 404
    assert httpx.get(f"{altered}/named/{ENTITY}", timeout=60).status_code == 404
    assert f">{NAME}</mark>" not in get(f"{altered}/news/article/1"), "what an operator was shown is kept for nobody"
