"""Figures in their sentences (worker/browse/figures.py): what is read of the articles that they stand in."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from worker.browse import indicators
from worker.browse import site as browse_site
from worker.browse.figures import COLUMNS, Figure, figures
from worker.browse.language import languages
from worker.store.schema import open_reader

VIETNAMESE = languages(browse_site())["vi"]
QUANTITIES = f"""SELECT {COLUMNS} FROM facts AS f JOIN articles AS a ON a.id = f.article
  JOIN sources AS s ON s.id = a.source WHERE f.kind = 'quantity' ORDER BY f.number, f.id"""


@contextmanager
def reading(archive: Path) -> Iterator[sqlite3.Connection]:
    """The database as the site reads it."""
    with closing(open_reader(archive / "news.db")) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def in_sentences(connection: sqlite3.Connection) -> tuple[Figure, ...]:
    return figures(connection, connection.execute(QUANTITIES).fetchall(), VIETNAMESE)


def test_every_figure_stands_in_its_sentence_whatever_the_order_of_the_articles(offline_archive: Path):
    with reading(offline_archive) as connection:
        bodies = dict(connection.execute("SELECT id, body FROM articles").fetchall())
        found = in_sentences(connection)
    assert len({one.row["article"] for one in found}) == 5
    for one in found:
        if one.row["part"] == "body":
            assert one.text == one.row["text"]
            assert (
                f"{one.before}{one.text}{one.after}".removeprefix("… ").removesuffix(" …") in bodies[one.row["article"]]
            )
        else:
            assert one.text == ""


def test_a_table_of_figures_has_no_text_searched_from_its_beginning_for_each(offline_archive: Path):
    # SQLite counts characters from the beginning of a text: of an article with thousands of figures nobody could wait
    # for their table.
    def refused(*_: object) -> str:
        raise AssertionError("a piece of a text was asked for")

    with reading(offline_archive) as connection:
        connection.create_function("substr", -1, refused)
        rows = indicators.table(connection, {"indicator": "orphans_sponsored"}, VIETNAMESE, 100, "")
    assert len(rows) == 4


def test_words_that_are_no_longer_where_they_were_are_not_shown_as_another_sentence(changed):
    archive = changed("UPDATE articles SET body = 'Bài đã sửa. ' || body WHERE id = 2")
    with reading(archive) as connection:
        moved = [one for one in in_sentences(connection) if one.row["article"] == 2 and one.row["part"] == "body"]
    assert moved
    assert {(one.before, one.text, one.after) for one in moved} == {("", "", "")}


@pytest.mark.browser
def test_the_largest_figures_of_the_years_stand_on_the_front_page(site: str, page: Page):
    page.goto(f"{site}/?indicator=orphans_sponsored")
    chart = page.locator("#map ul.bars li")
    expect(chart).to_contain_text(["Bình Phước, 2023", "Hưng Yên, 2022"])
    expect(chart).to_contain_text(["501 trẻ mồ côi", "486"])
    chart.get_by_role("link", name="Hưng Yên, 2022").click()
    expect(page.locator("mark:target")).to_contain_text("486")
    page.goto(f"{site}/?indicator=members_total")
    expect(page.locator("#map ul.bars")).to_have_count(0)
