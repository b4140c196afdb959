"""Datasette's own pages, as the site shows them: tables, rows, questions, their CSV, and what is asked wrongly."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.archive.conftest import get, rows
from worker.browse import site as browse_site

QUESTIONS = [
    f"/news/{name}?" + "&".join(f"{parameter}={'hoi' * (parameter == 'q')}" for parameter in query["params"])
    for name, query in yaml.safe_load((browse_site() / "metadata.yaml").read_text("utf-8"))["databases"]["news"][
        "queries"
    ].items()
    if "allow" not in query
]


def table(address: str) -> list[dict[str, str]]:
    """A CSV as a spreadsheet takes it."""
    text = httpx.get(address, timeout=60).raise_for_status().text
    assert text.startswith("\ufeff"), "without the mark, a spreadsheet takes the Vietnamese for something else"
    return list(csv.DictReader(text[1:].splitlines()))


@pytest.mark.parametrize("path", QUESTIONS)
def test_no_number_of_a_question_is_written_as_the_database_keeps_it(altered: str, path: str):
    assert not re.findall(r">\s*\d+\.0\s*<", get(altered + path))


def test_numbers_of_questions_are_written_as_the_readers_of_a_language_write_them(altered: str):
    asked = f"{altered}/news/indicators?indicator=tre_mo_coi&province=&year="
    assert ">3.037<" in get(asked)
    assert ">3,037<" in get(f"{asked}&_lang=en")
    differing = get(f"{altered}/news/conflicts?province=&year=")
    for words in ("3.000", "3.037", "15/11/2023", "16/11/2023", "Chỉ số", "Sự kiện", "Tổng số hội viên"):
        assert f">{words}<" in differing
    assert ">0,91<" in get(f"{altered}/news/copies?source=")


@pytest.mark.parametrize(
    "path", ["/news/indicators.csv?indicator=tre_mo_coi&province=&year=", "/indicators.csv?indicator=tre_mo_coi"]
)
def test_a_spreadsheet_gets_whole_numbers_without_a_point(altered: str, path: str):
    assert "3037" in {row["number"] for row in table(altered + path)}


def test_the_csv_of_a_table_has_the_numbers_and_the_fractions_that_are_kept(altered: str):
    facts = table(f"{altered}/news/facts.csv?_size=max")
    sums = {row["number"] for row in facts if row["kind"] == "money"}
    assert "16500000000" in sums
    assert not [number for number in sums if "." in number]
    assert {row["confidence"] for row in facts} > {"0.95"}


def test_a_table_says_that_its_filters_need_marks_and_where_none_are_needed(altered: str, page: Page):
    page.goto(f"{altered}/news/named?name__contains=doi+ngheo")
    expect(page.locator("main")).to_contain_text("Ở bảng này chữ phải gõ đủ dấu")
    page.locator("main").get_by_role("link", name="Tìm kiếm").click()
    expect(page.get_by_role("heading", name="Tìm kiếm")).to_be_attached()


@pytest.mark.parametrize("path", QUESTIONS)
def test_every_arrow_says_where_it_leads(altered: str, path: str):
    arrows = re.findall(r"<a [^>]*>→</a>", get(altered + path))
    names = [re.search(r'aria-label="([^"]*)"', arrow) for arrow in arrows]
    assert all(name and re.match(r"(Đọc|Xem) [^:]+: \w", name[1]) for name in names)
    assert bool(arrows) != ("/conflicts?" in path), "each question leads somewhere but that one"


def test_the_name_of_an_arrow_says_of_what(altered: str, page: Page):
    page.goto(f"{altered}/news/side_by_side?first=&second=&province=hung+yen&year=2022")
    page.get_by_role("link", name="Đọc câu này trong bài: gần 3 tỷ đồng, Hưng Yên, 2022").click()
    expect(page.locator("mark:target")).to_have_text("gần 3 tỷ đồng")


def test_an_indicator_is_chosen_by_its_name(altered: str, page: Page):
    page.goto(f"{altered}/news/indicators?indicator=&province=&year=")
    page.get_by_label("Chỉ số", exact=True).select_option("Tổng số hội viên")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator("table.rows tbody tr")).to_have_count(2)
    expect(page.locator("table.rows tbody tr").first).to_contain_text("3.000")
    expect(page.get_by_label("Chỉ số", exact=True)).to_have_value("members_total")


def test_the_table_of_facts_leads_to_each_fact_where_it_stands(altered: str, page: Page):
    page.goto(f"{altered}/news/facts?kind=money")
    page.get_by_role("link", name="gần 16,5 tỷ đồng").click()
    expect(page.locator("mark:target")).to_have_text("gần 16,5 tỷ đồng")
    expect(page.locator("mark:target")).to_be_in_viewport()
    page.go_back()
    row = page.locator("table.rows tbody tr", has_text="gần 16,5 tỷ đồng")
    row.locator(".col-article a").click()
    expect(page.locator("mark:target")).to_have_text("gần 16,5 tỷ đồng")


def test_the_page_of_a_fact_tells_its_sentence_and_leads_to_it(altered: str, page: Page):
    page.goto(f"{altered}/news/facts?kind=money")
    row = page.locator("table.rows tbody tr", has_text="gần 16,5 tỷ đồng")
    shown = {
        name: row.locator(f".col-{name}").inner_text() for name in ("kind", "text", "part", "value", "number", "year")
    }
    row.locator(".col-id a").click()
    expect(page.locator(".told")).to_contain_text("3.037 cháu với số tiền gần 16,5 tỷ đồng")
    values = page.locator("dl.record dd").all_inner_texts()
    assert not set(shown.values()) - set(values), "a row says of itself what its table says of it"
    page.get_by_role("link", name="Đọc câu này trong bài").click()
    expect(page.locator("mark:target")).to_have_text("gần 16,5 tỷ đồng")
    expect(page.locator("mark:target")).to_be_in_viewport()


@pytest.mark.parametrize("columns", ["_col=value", "_nocol=kind", "_nocol=qualifier"])
def test_the_values_of_facts_stand_as_they_are_kept_where_what_they_mean_is_left_out(altered: str, columns: str):
    assert "{&#34;vnd&#34;: 16500000000" in get(f"{altered}/news/facts?kind=money&{columns}")


def test_how_articles_of_a_group_are_alike_is_said_in_words(altered: str):
    groups = get(f"{altered}/news/groups")
    assert ">Cùng một văn bản<" in groups or ">Gần như cùng văn bản<" in groups
    assert not re.findall(r">(?:same|near|related)<", groups)


def test_what_more_is_known_of_a_name_is_said_in_words_and_its_code_stays_whole(altered: str, page: Page):
    asked = f"{altered}/news/entities?kind=place&_sort_desc=code"
    places = get(asked)
    assert ">{" not in places
    assert re.search(r">code_2025: \d+<", places)
    page.goto(asked)
    codes = page.locator("table.rows tbody td.col-code")
    heights = codes.evaluate_all(
        "all => all.map(one => { const range = document.createRange(); range.selectNodeContents(one);"
        " return range.getClientRects().length })"
    )
    assert heights
    assert set(heights) == {1}


def test_a_row_leads_to_what_it_names(altered: str, altered_archive: Path):
    capture = get(f"{altered}/news/captures/1")
    ((source, name),) = rows(
        altered_archive, "SELECT s.id, s.name FROM captures c JOIN sources s ON s.id = c.source WHERE c.id = 1"
    )
    assert re.search(rf'<a href="/news/sources/{source}"[^>]*>{name}</a>', capture)
    ((fact, entity, name),) = rows(
        altered_archive,
        "SELECT f.id, e.id, e.name FROM facts f JOIN entities e ON e.id = f.entity WHERE f.kind = 'programme' LIMIT 1",
    )
    for path in (f"/news/facts/{fact}", f"/news/facts?id={fact}"):
        assert re.search(rf'<a href="/named/{entity}"[^>]*>{name}</a>', get(altered + path))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/news/article/abc", 404),
        ("/news/nothing/1", 404),
        ("/news/articles/1", 403),
        ("/news/ARTICLES/1", 403),
        ("/news/~61rticles/1", 403),
        ("/news/facts?_sort=nothing", 400),
        ("/news/facts?_sort=id&_sort_desc=id", 400),
        ("/news/group_members/77", 400),
        ("/news/facts?_timelimit=abc", 400),
        ("/news/facts?id__in=[1", 400),
        ("/news/facts?_through=1", 400),
        ("/news/facts?_through={}", 400),
        ("/news/facts?_facet={}", 400),
        ("/news/facts?_facet=%00", 400),
        ("/news/facts?id__gt=99999999999999999999", 400),
        ("/news/search?_timelimit=abc", 400),
    ],
)
def test_what_is_asked_wrongly_is_told_so(altered: str, path: str, status: int):
    asked = httpx.get(altered + path, timeout=60)
    assert asked.status_code == status
    assert 'class="notice"' in asked.text, "a page of the site says what is wrong"
    path, _, arguments = path.partition("?")
    as_json = httpx.get(f"{altered}{path}.json?{arguments}", timeout=60)
    assert (as_json.status_code, as_json.json()["ok"], as_json.json()["status"]) == (status, False, status)


def test_a_form_that_is_sent_to_a_table_is_no_failure_of_the_site(altered: str):
    assert httpx.post(f"{altered}/news/facts", timeout=60).status_code == 400


@pytest.fixture(scope="module")
def telephone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True)
    yield context.new_page()
    context.close()


TORN = """() => [...document.querySelectorAll('main form label')].filter(label => {
    const words = label.getBoundingClientRect(), field = label.control.getBoundingClientRect()
    const above = words.bottom <= field.top + 1 && Math.abs(words.left - field.left) < 2
    const before = words.right <= field.left + 1 && words.top < field.bottom && field.top < words.bottom
    return !above && !before
}).map(label => label.textContent)"""


@pytest.mark.browser
@pytest.mark.parametrize("path", [*QUESTIONS, "/news/facts?kind=money", "/news/runs", "/news/statements"])
def test_on_a_telephone_no_cell_is_cut_off_and_a_label_stands_at_its_field(altered: str, telephone: Page, path: str):
    telephone.goto(altered + path)
    assert telephone.evaluate(
        "[...document.querySelectorAll('.scroll')].every(one => one.scrollWidth <= one.clientWidth)"
    )
    assert telephone.evaluate(TORN) == []
    first = telephone.locator("table.rows tbody tr").first.locator("td[data-label]").first
    said = first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert said == f'"{first.get_attribute("data-label")}: "'


def test_what_is_no_number_is_not_called_one(site: str):
    told = get(f"{site}/news/sources/baophunuthudo")
    assert re.search(r"Mã\s*<[^>]*>id<", told)
    assert not re.search(r"Số\s*<[^>]*>id<", told)
