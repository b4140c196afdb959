"""What a page once stated beside its text stays, whatever later looks at it show, and in whatever order they come."""

from itertools import permutations

import pytest

from tests.dedup.stories import BODY, TITLE
from tests.store.pages import fact, opened, page
from worker.store import Outcome

URL = "https://songlam.example.vn/tin/1.html"
STATED = "SELECT published, published_precision, byline, authors, origin FROM articles"
FIRST = {"published": "2023-09-14", "published_precision": "day", "byline": "Thu Hà", "authors": ("Thu Hà",)}
SECOND = {"published": "2023-09-15T07:30+07:00", "published_precision": "minute", "origin": "Báo Sông Lam"}


@pytest.fixture
def archive(tmp_path):
    with opened(tmp_path) as archive:
        yield archive


def rows(archive, sql):
    return archive.connection.execute(sql).fetchall()


def looked(hours, **stated):
    return page(TITLE, BODY, url=URL, hours=hours, payload=f"look {hours}", **stated)


def test_a_look_that_shows_no_date_takes_none_back(archive):
    archive.file(*looked(0, **FIRST, origin="Báo Sông Lam"))
    before = rows(archive, STATED)
    again = archive.file(*looked(5))
    assert again.outcome is Outcome.UNCHANGED
    assert rows(archive, STATED) == before
    assert rows(archive, "SELECT states FROM captures") == [("byline origin published",), ("",)]


def test_a_changed_text_keeps_its_date_and_the_facts_that_follow_from_it(archive):
    archive.file(*looked(0, **FIRST))
    text = f"{BODY}\nNgày 18/8, Hội LHPN tỉnh trao 20 suất quà."
    again = page(TITLE, text, url=URL, hours=5, facts=[fact(text, "18/8", "date", value={"iso": "--08-18"})])
    assert archive.file(*again).outcome is Outcome.CHANGED
    assert rows(archive, "SELECT published, byline FROM articles") == [("2023-09-14", "Thu Hà")]
    assert rows(archive, "SELECT date_start FROM facts WHERE text LIKE '%18/8'") == [("2023-08-18",)]


def test_a_new_statement_takes_the_place_of_an_older_one(archive):
    archive.file(*looked(0, **FIRST))
    archive.file(*looked(5, **SECOND))
    archive.file(*looked(9))
    assert rows(archive, STATED) == [("2023-09-15T07:30+07:00", "minute", "Thu Hà", '["Thu Hà"]', "Báo Sông Lam")]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_in_which_captures_come_changes_nothing(archive, order):
    looks = [looked(0, **FIRST), looked(5, **SECOND), looked(9, byline="Minh Anh"), looked(12)]
    for number in order:
        archive.file(*looks[number], elder=True)
    assert rows(archive, STATED) == [("2023-09-15T07:30+07:00", "minute", "Minh Anh", "[]", "Báo Sông Lam")]
    assert rows(archive, "SELECT published FROM articles_fts, articles WHERE articles_fts MATCH 'Lương'")
    assert archive.verify() == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_an_address_that_the_article_never_had_counts_as_well(archive, order):
    twin, refined, of = page(TITLE, BODY, url=f"{URL}?fbclid=1".replace("https", "http"), hours=3, **SECOND)
    looks = [looked(0, **FIRST), (twin, refined, of), looked(12)]
    for number in order:
        archive.file(*looks[number], elder=True)
    assert rows(archive, STATED) == [("2023-09-15T07:30+07:00", "minute", "Thu Hà", '["Thu Hà"]', "Báo Sông Lam")]


def test_between_two_looks_an_imported_page_is_no_news(archive):
    archive.file(*looked(0))
    archive.file(*looked(12, **SECOND))
    between = page(TITLE, f"{BODY}\nThêm một dòng.", url=URL, hours=6, **FIRST)
    archive.file(*between, elder=True)
    assert rows(archive, "SELECT body, published FROM articles") == [(BODY, SECOND["published"])]
