"""Article links on listings of many shapes, without a selector."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discover.conftest import HOME, capture, links, source
from tests.web import FAMILIES, Portal
from tests.web.stories import stories
from worker.discover import find
from worker.discover.page import tree_of
from worker.models import Capture

TITLES = (
    "Hội LHPN huyện tổ chức hội nghị tổng kết năm",
    "Trao mái ấm tình thương cho hội viên nghèo",
    "Phụ nữ xã chung tay xây dựng nông thôn mới",
    "Khai giảng lớp học nghề may công nghiệp",
    "Ra mắt mô hình “5 không, 3 sạch”",
    "Cho rừng thêm xanh",
)
MENU = '<ul class="main-menu">{}</ul>'.format(
    "".join(
        f'<li><a href="/{path}">{name}</a></li>'
        for path, name in [
            ("gioi-thieu", "Giới thiệu"),
            ("tin-tuc", "Tin tức"),
            ("hoat-dong-hoi-cac-cap", "Hoạt động Hội các cấp trong tỉnh"),
            ("van-ban", "Văn bản chỉ đạo điều hành"),
            ("lien-he", "Liên hệ"),
        ]
    )
)


def page(*items: str, more: str = "") -> str:
    return f"<!doctype html><title>Tin tức</title>{MENU}<div id=list>{''.join(items)}</div>{more}<footer>©</footer>"


def urls(html: str, url: str = f"{HOME}tin-tuc/", **changes: object) -> list[str]:
    return [link.url.removeprefix(HOME) for link in links(capture(html, url), source(**changes))]


@pytest.mark.parametrize(
    "address",
    [
        "vi/news/hoat-dong/{slug}-{number}.html",  # NukeViet
        "web/guest/tin-chi-tiet/-/chi-tiet/{slug}-20{number}-1.html",  # Liferay
        "Pages/newsdetail.aspx?CatId=95&NewsId={number}",  # SharePoint
        "chi-tiet-tin/-/view-article/1/170{number}/16{number}",
        "{slug}-20241122{number}00.htm",  # VCCorp
        "xa-hoi/{slug}-post{number}.html",  # OneCMS
        "2024/11/22/{slug}/",  # WordPress
        "{slug}",
        "index.php?option=com_content&view=article&id={number}",
        "index.php?option=com_content&view=article&id={number}:{slug}&catid=8:tin",  # Joomla
        "index.php?language=vi&nv=news&op=Tin-tuc/{slug}-{number}",  # NukeViet without rewritten addresses
        "?p={number}",  # WordPress without
        "bai-viet/0f3c2a61-5b7e-4c1d-9a00-00000000{number}",
    ],
)
def test_articles_are_found_whatever_the_shape_of_their_addresses(address: str):
    from worker.vietnamese import fold

    paths = [
        address.format(slug="-".join("".join(c if c.isalnum() else " " for c in fold(title)).split()), number=4430 + n)
        for n, title in enumerate(TITLES)
    ]
    items = [f'<div><h3><a href="/{path}">{title}</a></h3></div>' for path, title in zip(paths, TITLES, strict=True)]
    assert urls(page(*items)) == paths


LAZY = {
    "noscript": '<div class="blank"></div><noscript><h3><a href="{path}">{title}</a></h3></noscript>',
    "data": '<h3><a href="javascript:void(0)" data-href="{path}">{title}</a></h3>',
    "data, no href": '<h3><a data-src="{path}">{title}</a></h3>',
    "script": """<h3><a href="#" onclick="location.href='{path}'; return false;">{title}</a></h3>""",
    "card": """<div onclick="window.location = '{path}'"><h3>{title}</h3><p>Ngày hội của chị em.</p></div>""",
    "card, data": '<div data-href="{path}"><img data-src="/a.jpg"><h3>{title}</h3></div>',
}


@pytest.mark.parametrize("item", LAZY.values(), ids=LAZY)
def test_links_that_a_script_is_to_follow_or_to_show_are_found(item: str):
    paths = [f"tin/hoat-dong-hoi-{4430 + number}.html" for number in range(len(TITLES))]
    html = page(*(item.format(path=f"/{path}", title=title) for path, title in zip(paths, TITLES, strict=True)))
    found = links(capture(html, f"{HOME}tin-tuc/"), source())
    assert {link.url.removeprefix(HOME): link.title for link in found} == dict(zip(paths, TITLES, strict=True))


def test_relative_links_belong_to_the_site_whatever_host_the_page_s_base_names():
    base = "https://phunu-moi.example.vn/"
    paths = [f"tin/hoat-dong-hoi-{4430 + number}.html" for number in range(len(TITLES))]
    items = [f'<h3><a href="{path}">{title}</a></h3>' for path, title in zip(paths, TITLES, strict=True)]
    html = page(*items).replace("<title>", f'<base href="{base}"><title>')
    assert [link.url for link in links(capture(html, f"{HOME}tin-tuc/"), source())] == [base + path for path in paths]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
@pytest.mark.parametrize("plain", [False, True], ids=["with classes", "bare"])
def test_every_article_of_a_portal_is_found_with_title_and_day(family: type[Portal], plain: bool):
    portal = family("portal.test", stories(10, 3), plain=plain)
    body = portal.listing_page(1).encode(portal.charset, "xmlcharrefreplace")
    here = portal.base.rstrip("/") + portal.page_path(1)
    now = datetime(2025, 1, 1, tzinfo=UTC)
    found = {
        link.url: link for link in links(Capture(url=here, fetched_at=now, status=200, body=body), portal.source())
    }
    assert set(found) == {portal.url_of(story) for story in portal.all_stories}
    for story in portal.all_stories:
        link = found[portal.url_of(story)]
        assert link.title == story.title
        assert link.found_on == here
        assert link.published is None or link.published[:10] == f"{story.published:%Y-%m-%d}"
    assert sum(link.published is not None for link in found.values()) == 10


def item(number: int, title: str, inside: str = "") -> str:
    return f'<div class="item"><a href="/tin/bai-viet-so-{number}.html">{title}</a>{inside}</div>'


def titled(count: int = 4) -> list[str]:
    return [item(1000 + n, title) for n, title in enumerate(TITLES[:count])]


def test_sections_tags_forms_and_files_are_left():
    rest = """
      <a href="/tag/phu-nu-khoi-nghiep-123.html">Phụ nữ khởi nghiệp sáng tạo vùng cao</a>
      <a href="/tac-gia/tran-thi-lan-12.html">Nhà báo Trần Thị Lan Anh</a>
      <a href="/dang-nhap">Đăng nhập vào trang quản trị nội bộ</a>
      <a href="/files/bao-cao-tong-ket-nam-2024.pdf">Báo cáo tổng kết công tác Hội năm 2024</a>
      <a href="javascript:void(0)">Lên đầu trang cho dễ xem hơn</a>
      <a href="https://elsewhere.example.com/tin/bai-viet-so-1.html">Trang của một cơ quan khác hẳn</a>
    """
    assert urls(page(*titled(), more=rest)) == [f"tin/bai-viet-so-{1000 + n}.html" for n in range(4)]


def test_sections_in_a_query_are_told_from_its_articles():
    op = "index.php?language=vi&nv=news&op="
    items = (f'<h3><a href="/{op}Tin-tuc/tin-{90 + n}">{title}</a></h3>' for n, title in enumerate(TITLES))
    section = f'<div class=box><a href="/{op}Hoat-dong">Hoạt động của Hội các cấp trong tỉnh</a></div>'
    pager = f'<div class=box><a href="/{op}Tin-tuc/page-3">Xem thêm các tin cũ hơn của Hội</a></div>'
    found = urls(page(*items, more=section + pager), f"{HOME}{op}Tin-tuc")
    assert found == [f"{op}Tin-tuc/tin-{90 + n}" for n in range(len(TITLES))]


def test_a_menu_that_shows_articles_does_not_hide_them():
    mega = "".join(
        f'<li><a href="/tin/bai-viet-so-{2000 + n}.html">{title} ở nơi khác</a></li>' for n, title in enumerate(TITLES)
    )
    found = urls(page(*titled(), more=f'<nav class="mega-menu"><ul>{mega}</ul></nav>'))
    assert len(found) == 4 + len(TITLES)


def test_articles_are_found_where_everything_stands_in_what_is_called_a_menu():
    assert len(urls(f'<div id="main-nav">{page(*titled())}</div>')) == 4


def test_articles_and_their_listing_may_be_one_script():
    listing = f"{HOME}index.php?option=com_content&view=category&id=7"
    address = "/index.php?option=com_content&view=article&id="
    items = [f'<h3><a href="{address}{400 + n}">{title}</a></h3>' for n, title in enumerate(TITLES)]
    assert len(urls(page(*items), listing)) == len(TITLES)


def test_an_article_with_pages_below_it_is_no_section():
    below = '<a href="/tin/bai-viet-so-1000/y-kien-ban-doc-55.html">Ý kiến bạn đọc về bài viết này</a>'
    assert "tin/bai-viet-so-1000.html" in urls(page(*titled(), more=below))


@given(st.text(max_size=300), st.binary(max_size=200))
@settings(deadline=None, max_examples=80)
def test_no_page_breaks_it(text: str, noise: bytes):
    find(capture(noise), source())
    find(
        capture(f'<base href="{text}"><a href="{text}">{text}</a>{text}<h2><a class="{text}" href="/{text}">x'),
        source(),
    )
    html = page(*titled()).encode()
    find(capture(html[: len(html) // 2] + noise + html[len(html) // 2 :]), source())


def test_topics_beside_the_articles_are_left_and_alone_they_are_taken():
    topics = [
        f'<p><a href="/chu-de/{name}-27{n}.html">{title}</a></p>'
        for n, (name, title) in enumerate(
            [("bau-cu-quoc-hoi-khoa-xvi", "Bầu cử Quốc hội khóa XVI và HĐND các cấp")] * 3
        )
    ]
    assert not any("chu-de" in url for url in urls(page(*titled(6), more="".join(topics))))
    alone = [f'<p><a href="/su-kien/{n}-bai-viet-{n}00.html">{title}</a></p>' for n, title in enumerate(TITLES, 2)]
    assert len(urls(page(*alone))) == len(TITLES)


def test_an_article_of_another_shape_in_the_same_list_is_found():
    odd = '<div class="item"><a href="/longform/nu-tuong">Nữ tướng của buôn làng</a></div>'
    assert "longform/nu-tuong" in urls(page(*titled(), odd))
    assert "longform/nu-tuong" not in urls(page(*titled(), f"<p>{odd.replace('item', 'banner')}</p>"))


def test_the_title_is_the_heading_not_the_teaser_or_the_picture():
    html = """<div><a href="/tin/bai-1001.html" title="Ảnh"><img alt="Ảnh chụp các đại biểu tham dự hội nghị"></a>
      <h3><a href="/tin/bai-1001.html">Tổng kết năm công tác Hội</a></h3>
      <p><a href="/tin/bai-1001.html">Sáng nay, tại hội trường lớn, Hội đã tổng kết năm với nhiều kết quả tốt.</a></p>
      <a href="/tin/bai-1001.html">Xem thêm</a></div>"""
    (link,) = links(capture(html), source())
    assert link.title == "Tổng kết năm công tác Hội"


def test_the_date_beside_a_link_is_its_own():
    items = [
        item(1001, TITLES[0], "<span>22/11/2023</span>"),
        item(1002, TITLES[1], '<time datetime="2023-11-21T08:00:00+07:00">hôm qua</time>'),
        item(1003, f"{TITLES[2]} (20/11/2023)"),
        item(1004, TITLES[3], "<p>Ngày 19/11/2023, tại nhà văn hóa thôn, Hội đã khai giảng lớp học nghề may.</p>"),
        item(1005, TITLES[4]),
    ]
    found = links(capture(page(*items, more="<p>Hôm nay: 01/03/2025</p>")), source())
    assert [link.published for link in found] == ["2023-11-22", "2023-11-21T08:00+07:00", "2023-11-20", None, None]
    assert found[2].title == TITLES[2]


def test_the_pattern_of_a_source_decides_alone():
    rest = '<a href="/thong-bao/12">Số 12</a>'
    assert urls(page(*titled(), more=rest), articles=r"/thong-bao/\d+$") == ["thong-bao/12"]


def test_links_are_relative_to_the_base_and_come_once():
    html = '<base href="/vi/tin/"><h2><a href="bai-viet-dau-tien-101.html#a">Bài viết đầu tiên của trang</a></h2>' * 2
    assert urls(html) == ["vi/tin/bai-viet-dau-tien-101.html"]


@pytest.mark.parametrize("html", ["", "<html></html>", "<p>không có gì</p>", page(), "\x00\xff", "<a href>" * 50])
def test_a_page_without_articles_gives_none(html: str):
    assert urls(html) == []


def test_an_article_page_does_not_link_to_itself():
    html = page(*titled(), more='<a href="/tin/bai-viet-so-1000.html">Bài viết mà người đọc đang xem</a>')
    assert "tin/bai-viet-so-1000.html" not in urls(html, f"{HOME}tin/bai-viet-so-1000.html")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5_000 + '<a href="/tin/bai-viet-so-1000.html">Bài viết ở đáy của trang</a>' * 200,
        "<div>" * 150_000 + '<a href="/tin/bai-viet-so-1000.html">Bài viết ở đáy của trang</a>',
        "".join(f'<a href="/{"1-" * 900}{n}">Bài viết số {n} của cả trang</a>' for n in range(500)),
        "".join(f"<a href='/a-{n}'>{'chữ ' * 300}" for n in range(1000)),
    ],
    ids=["deep", "deeper than any parser takes in its stride", "numbers without end", "links never closed"],
)
def test_a_hostile_page_is_read_in_bounded_time(html: str):
    start = process_time()
    urls(html)
    assert process_time() - start < 10  # seconds of CPU; far above what it takes


def test_formatting_that_nobody_closes_is_no_tree_of_gigabytes():
    opened = "".join(f"<b id=n{number}>" for number in range(2_000))
    tree = tree_of(capture(f"<body>{opened}{'<p>tin' * 2_000}"))
    assert len(tree.css("b")) < 100_000  # of two thousand in each of two thousand paragraphs
