"""What a reader reaches on a telephone, by keyboard and on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.archive.conftest import get

pytestmark = pytest.mark.browser


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 700}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_filters_are_a_step_away_on_a_telephone_and_read_after_what_was_found(site: str, telephone: Page):
    telephone.goto(f"{site}/search?q=hoi")
    order = "all => all.map(one => one.getBoundingClientRect().top)"
    tops = telephone.locator("ol.results li, .facet").evaluate_all(order)
    assert tops == sorted(tops), "what stands above is read and reached by keyboard before what stands below"
    filters = telephone.get_by_role("complementary", name="Lọc kết quả")
    expect(filters).not_to_be_in_viewport()
    telephone.get_by_role("link", name="Lọc kết quả").click()
    expect(filters).to_be_in_viewport()


def test_filters_stand_beside_what_was_found_on_a_wide_screen(site: str, page: Page):
    page.goto(f"{site}/search?q=hoi")
    filters, found = (page.locator(one).bounding_box() for one in (".filters-aside", "ol.results"))
    assert filters is not None
    assert found is not None
    assert filters["x"] + filters["width"] < found["x"]
    assert abs(filters["y"] - found["y"]) < 100
    link = page.get_by_role("link", name="Lọc kết quả")
    expect(link).not_to_be_in_viewport()
    link.focus()
    expect(link).to_be_in_viewport()


def test_a_mark_is_not_hidden_by_its_own_value_on_a_telephone(site: str, telephone: Page):
    telephone.goto(f"{site}/news/article/2")
    last = telephone.locator(".body mark.fact").last
    last.scroll_into_view_if_needed()
    telephone.get_by_role("link", name="Đọc bản gốc").focus()
    for _ in range(60):
        telephone.keyboard.press("Tab")
        bottom, shown = telephone.evaluate(
            "[document.activeElement.getBoundingClientRect().bottom,"
            " parseFloat(getComputedStyle(document.activeElement, '::after').height) || 0]"
        )
        assert bottom <= 700 - shown, telephone.evaluate("document.activeElement.textContent")


@pytest.mark.parametrize("path", ["/", "/news/article/2", "/search?q=hoi", "/sources", "/news/article/2/revision/1"])
def test_paper_is_white_and_nothing_on_it_is_cut_off(altered: str, page: Page, path: str):
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4
    page.goto(altered + path)
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')").strip() == "#211d1b"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.get_by_role("button")).to_have_count(0)
    cut = "all => all.filter(one => getComputedStyle(one).overflowX !== 'visible').length"
    assert page.locator(".scroll").evaluate_all(cut) == 0


def test_paper_has_the_address_of_the_page_and_the_charts(altered: str, page: Page):
    page.emulate_media(media="print")
    page.goto(f"{altered}/news/article/2")
    link = page.locator("a.original")
    after = link.evaluate("one => getComputedStyle(one, '::after').content")
    assert str(link.get_attribute("href")) in after
    page.goto(f"{altered}/")
    expect(page.get_by_role("heading", name="Bài theo tháng đăng")).to_be_visible()


def test_what_was_added_is_told_without_colours(altered: str, page: Page):
    page.emulate_media(forced_colors="active")
    page.goto(f"{altered}/news/article/2/revision/1")
    line = "one => getComputedStyle(one).textDecorationLine"
    assert page.locator("p.changed ins").evaluate(line) == "underline"
    assert page.locator("p.changed del").evaluate(line) == "line-through"


def test_a_link_to_an_article_without_a_date_has_words(site: str, page: Page):
    page.goto(f"{site}/offices")
    undated = page.locator("table.named td a", has_text="–").first
    expect(undated).to_have_accessible_name("Trang không ghi ngày đăng")


def test_a_row_that_nothing_leads_to_says_nothing_of_rows_that_do(site: str):
    heading = "Các hàng dẫn đến hàng này"
    assert heading not in get(f"{site}/news/sources/phunuvietnam")
    assert heading in get(f"{site}/news/sources/baophunuthudo")
