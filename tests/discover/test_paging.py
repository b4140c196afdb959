"""From one page of a listing to the next."""

from __future__ import annotations

import pytest

from tests.discover.conftest import HOME, capture, source
from tests.web import FAMILIES, Portal
from tests.web.stories import stories
from worker.discover import find


def onward(html: str, here: str) -> str | None:
    found = find(capture(html, HOME + here), source()).onward
    return found[0].removeprefix(HOME) if found else None


@pytest.mark.parametrize(
    ("here", "hrefs", "following"),
    [
        ("tin-tuc", ["?page=2", "?page=3", "?page=9"], "tin-tuc?page=2"),
        ("tin-tuc?page=2", ["?page=1", "?page=3"], "tin-tuc?page=3"),
        ("tin-tuc/?p=2", ["/tin-tuc?p=1", "/tin-tuc?p=2", "/tin-tuc?p=3"], "tin-tuc?p=3"),
        ("vi/news/tin/", ["/vi/news/tin/page-2/", "/vi/news/khac/page-2/"], "vi/news/tin/page-2/"),
        ("vi/news/tin/page-9/", ["/vi/news/tin/page-8/", "/vi/news/tin/page-10/"], "vi/news/tin/page-10/"),
        ("category/tin/", ["/category/tin/page/2/"], "category/tin/page/2/"),
        ("tin-tuc.htm", ["/tin-tuc/trang-2.htm"], "tin-tuc/trang-2.htm"),
        ("tin-tuc/trang-2.htm", ["/tin-tuc.htm", "/tin-tuc/trang-3.htm"], "tin-tuc/trang-3.htm"),
        ("kinh-doanh", ["/kinh-doanh-p2", "/kinh-doanh-p3"], "kinh-doanh-p2"),
        ("Pages/news.aspx?CatId=95", ["?CatId=95&Page=2", "?CatId=7&Page=2"], "Pages/news.aspx?CatId=95&Page=2"),
        (
            "web/guest/tin",
            ["/web/guest/tin?p_p_id=101_x&_101_x_delta=10&_101_x_cur=2"],
            "web/guest/tin?p_p_id=101_x&_101_x_delta=10&_101_x_cur=2",
        ),
        ("tin-tuc", ["/tin-tuc?start=10", "/tin-tuc?start=20"], "tin-tuc?start=10"),
        ("tin-tuc?start=10", ["/tin-tuc", "/tin-tuc?start=30", "/tin-tuc?start=20"], "tin-tuc?start=20"),
        ("index.php?nv=news&op=Tin", ["?nv=news&op=Tin/page-2"], "index.php?nv=news&op=Tin/page-2"),
        ("index.php?nv=news&op=Tin/page-2", ["?nv=news&op=Tin/page-3"], "index.php?nv=news&op=Tin/page-3"),
        ("tin-tuc?page=3", ["?page=1", "?page=2"], None),
        ("tin-tuc", ["/tin-tuc/bai-viet-dau-tien-2.html", "/khac?page=2"], None),
        ("tin-tuc", [], None),
    ],
)
def test_the_next_page_is_the_following_number_of_the_same_listing(here: str, hrefs: list[str], following: str | None):
    assert onward("".join(f'<a href="{href}">{n}.</a>' for n, href in enumerate(hrefs)), here) == following


def row(*links: tuple[str, str]) -> str:
    return "".join(f'<a href="{href}">{text}</a>' for href, text in links)


@pytest.mark.parametrize(
    ("here", "links", "following"),
    [
        ("tin-tuc", [("/tin-tuc/2", "2"), ("/tin-tuc/3", "3"), ("/tin-tuc/40", "Cuối")], "tin-tuc/2"),
        ("tin-tuc", [("/tin-tuc", "1"), ("/tin-tuc/2", "2")], "tin-tuc/2"),
        ("tin-tuc/2", [("/tin-tuc/1", "1"), ("/tin-tuc/3", "3"), ("/tin-tuc/9", "9")], "tin-tuc/3"),
        ("tin-tuc/39/", [("/tin-tuc/38/", "38"), ("/tin-tuc/40/", "40")], "tin-tuc/40/"),
        ("tin-tuc/40", [("/tin-tuc/38", "38"), ("/tin-tuc/39", "39")], None),
        ("tin-tuc", [("/tin-tuc/2", "Hội nghị tổng kết"), ("/tin-tuc/3", "Ra quân")], None),
        ("tin-tuc", [("/tin-tuc/2", "2")], None),  # how many have looked at it, or said something
        ("tin-tuc", [("/tin-tuc/2023", "2023"), ("/tin-tuc/2024", "2024")], None),
        ("tin-tuc", [("/khac/2", "2"), ("/khac/3", "3")], None),
        ("tin-tuc/41234", [("/tin-tuc/41235", "Bài sau"), ("/tin-tuc/41233", "Bài trước")], None),
    ],
)
def test_a_bare_number_leads_on_where_a_row_of_numbers_shows_it(here, links, following):
    assert onward(row(*links), here) == following


def test_a_sharepoint_list_leads_on_by_its_first_row():
    at = "Lists/Tin/AllItems.aspx?Paged={}&p_ID={}&p_Created=20250101&PageFirstRow={}&View=%7bA1%7d"
    back, on = at.replace("Paged", "PagedPrev", 1).format("TRUE", 60, 1), at.format("TRUE", 30, 61)
    first = at.format("TRUE", 60, 31)
    assert onward(row((f"/{first}", "Tiếp")), "Lists/Tin/AllItems.aspx") == first
    assert onward(row((f"/{back}", ""), (f"/{on}", "")), first) == on
    assert onward(row((f"/{back}", "")), first) is None


def test_a_sharepoint_pager_that_only_a_script_follows_is_read():
    script = 'RefreshPageTo(event, "/Lists/Tin.aspx?Paged=TRUE\\u0026p_ID=60\\u0026PageFirstRow=31");return false;'
    html = f"<a href='javascript:' onclick='javascript:{script}'>31 - 60</a>"
    assert onward(html, "Lists/Tin.aspx") == "Lists/Tin.aspx?Paged=TRUE&p_ID=60&PageFirstRow=31"


def test_each_of_several_listings_of_liferay_on_a_page_leads_on():
    cur = "/web/guest/tin?p_p_id={0}&_{0}_delta=10&_{0}_cur={1}"
    pagers = [f'<a href="{cur.format(one, number)}">{number}</a>' for one in ("101_a", "101_b") for number in (2, 3)]
    first = find(capture("".join(pagers), f"{HOME}web/guest/tin"), source()).onward
    assert [url.removeprefix(HOME[:-1]) for url in first] == [cur.format("101_a", 2), cur.format("101_b", 2)]
    second = find(capture("".join(pagers), HOME[:-1] + cur.format("101_b", 2)), source()).onward
    assert second == (HOME[:-1] + cur.format("101_b", 3),)


def test_rel_next_goes_before_all():
    html = '<link rel="next" href="/tin-tuc/cu-hon"><a href="/tin-tuc?page=2">2</a>'
    assert onward(html, "tin-tuc") == "tin-tuc/cu-hon"


def test_rel_next_never_leads_back():
    assert onward('<a rel="next" href="/tin-tuc?page=2">«</a>', "tin-tuc?page=3") is None
    assert onward('<a rel="next" href="/tin-tuc?page=3">»</a>', "tin-tuc?page=3") is None


@pytest.mark.parametrize("name", ["Trang sau", " tiếp ", "»", "NEXT", "Xem thêm"])
def test_a_link_that_is_called_next_is_followed_where_numbers_leave_a_gap(name: str):
    html = f'<a href="/tin-tuc?page=40">Cuối</a><a href="/tin-tuc?page=4">{name}</a>'
    assert onward(html, "tin-tuc?page=2") == "tin-tuc?page=4"


@pytest.mark.parametrize(
    ("here", "links", "following"),
    [
        ("tin", '<a href="?page=1">2</a><a href="?page=2">3</a>', "tin?page=1"),
        ("tin", '<a href="?page=2">3</a><a rel="next" href="?page=1">sau ›</a>', "tin?page=1"),
        ("tin", '<a href="?page=2">3</a><a title="Trang sau" href="?page=1"><i></i></a>', "tin?page=1"),
        ("tin?page=1", '<a href="/tin">1</a><a href="?page=2">3</a><a href="?page=3">4</a>', "tin?page=2"),
        ("tin", '<a href="?page=1">1</a><a href="?page=2">2</a><a href="?page=3">3</a>', "tin?page=2"),
        ("tin", '<a href="?page=0">«</a><a href="?page=2">2</a>', "tin?page=2"),
    ],
)
def test_where_pages_are_counted_from_zero_the_second_is_not_left_out(here: str, links: str, following: str):
    assert onward(links, here) == following


def test_a_home_page_leads_into_its_listing_by_a_bare_number():
    html = '<a href="/vi/news/page-2/">2</a><a href="/vi/news/page-3/">3</a><a href="/khac/page-2/">Khác</a>'
    assert onward(html, "") == "vi/news/page-2/"


def test_another_site_is_never_the_next_page():
    assert onward('<link rel="next" href="https://elsewhere.example.com/?page=2">', "tin-tuc") is None


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
def test_a_portal_is_walked_to_its_last_page(family: type[Portal]):
    portal = family("portal.test", stories(45, 3), per_page=10)
    here: str | None = portal.base.rstrip("/") + portal.page_path(1)
    walked = []
    while here and len(walked) < 10:
        number = portal.page_of("/" + here.removeprefix(portal.base))
        assert number is not None
        walked.append(number)
        found = find(capture(portal.listing_page(number), here), portal.source())
        here = found.onward[0] if found.onward else None
    assert walked == [1, 2, 3, 4, 5]
