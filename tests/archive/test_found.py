"""How many articles a search found, where more hold the words than are counted beside the filters."""

import sqlite3
from collections import OrderedDict
from contextlib import closing
from json import loads
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.archive.conftest import get
from worker.browse import kept as keeping
from worker.browse import search, site
from worker.browse.language import languages
from worker.browse.search import Question, SearchPage
from worker.store.schema import open_reader


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "_answers", OrderedDict())


def found(archive: Path, counted: int, monkeypatch: pytest.MonkeyPatch, **asked: str) -> SearchPage:
    monkeypatch.setattr(search, "COUNTED", counted)
    with closing(open_reader(archive / "news.db")) as connection:
        connection.row_factory = sqlite3.Row
        return search.load(connection, Question.of(asked), languages(site())["vi"])


@pytest.mark.parametrize(
    ("filters", "number"),
    [({"year": "2022"}, 1), ({"source": "baophunuthudo"}, 1), ({"year": "1999"}, 0), ({"province": "nowhere"}, 0)],
)
def test_what_passes_the_filters_is_counted_where_more_hold_the_words(
    offline_archive: Path, monkeypatch: pytest.MonkeyPatch, filters: dict[str, str], number: int
):
    page = found(offline_archive, 3, monkeypatch, q="hoi", **filters)
    assert (page.total, page.sampled, len(page.found)) == (number, True, number)


@pytest.mark.parametrize("filters", [{}, {"kind": "place"}])
def test_more_than_are_counted_are_said_to_be_more(
    offline_archive: Path, monkeypatch: pytest.MonkeyPatch, filters: dict[str, str]
):
    assert found(offline_archive, 4, monkeypatch, q="hoi", **filters).total is None


def test_as_many_as_are_counted_are_not_more(offline_archive: Path, monkeypatch: pytest.MonkeyPatch):
    page = found(offline_archive, 5, monkeypatch, q="hoi")
    assert (page.total, page.sampled) == (5, False)


@pytest.mark.parametrize("signs", ["-", '"', "*", "+ –"])
@pytest.mark.parametrize("counted", [3, 500])
def test_signs_alone_find_nothing_and_say_so(
    offline_archive: Path, monkeypatch: pytest.MonkeyPatch, signs: str, counted: int
):
    page = found(offline_archive, counted, monkeypatch, q=signs)
    assert (page.total, page.found) == (0, ())
    assert found(offline_archive, counted, monkeypatch, q=signs, year="2022").total == 1


@pytest.mark.parametrize("province", ["33", "Hưng Yên", "hung yen", "Tỉnh Hưng Yên", "HUNGYEN"])
def test_a_province_is_known_by_any_usual_spelling(site: str, province: str):
    page = get(f"{site}/search?province={quote(province)}")
    assert "<strong>1 bài</strong>" in page
    assert 'name="province" value="33"' in page
    assert len(get(f"{site}/search.csv?province={quote(province)}").splitlines()) == 2, "its header and the article"
    assert len(loads(get(f"{site}/news/search.json?province={quote(province)}&_shape=array"))) == 1
    assert "<small>Hưng Yên</small>" in get(f"{site}/indicators?province={quote(province)}")


def test_a_province_that_is_none_is_told(site: str):
    assert "Không có tỉnh nào tên “xứ &lt;b&gt;”" in get(f"{site}/search?q=hoi&province=x%E1%BB%A9+%3Cb%3E")
    assert "There is no “nowhere” among the 63" in get(f"{site}/search?province=nowhere&_lang=en")
    assert "Không có bài nào khớp" in get(f"{site}/search?province=64&year=1999")


def test_one_article_is_no_articles(site: str):
    assert "<strong>1 article</strong>" in get(f"{site}/search?q=vua+suc&_lang=en")
