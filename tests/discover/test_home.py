"""A first look at a site."""

from __future__ import annotations

import pytest

from tests.discover.conftest import HOME, capture, source
from tests.web import FAMILIES, Portal
from tests.web.stories import stories
from worker.discover.home import look

PAGE = """<head>
  <link rel="alternate" type="application/rss+xml" title="Tin" href="/vi/news/rss/">
  <link rel="alternate" type="application/rss+xml" title="Phản hồi" href="/comments/feed/">
  <link rel="alternate" hreflang="en" href="/en/"><link rel="stylesheet" type="text/css" href="/a.css">
</head><nav><a href="/">Trang chủ</a><a href="/tin-tuc/">Tin tức</a><a href="/tin-tuc/hoat-dong/">Hoạt động</a>
  <a href="/dang-nhap">Đăng nhập</a><a href="/lien-he.html">Liên hệ</a><a href="https://elsewhere.example.com/tin/">Khác</a>
  <a href="/kinh-te.rss">RSS</a><a href="/sitemap_index.xml">Sơ đồ</a></nav>
  <h3><a href="/tin-tuc/hoi-nghi-tong-ket-nam-120.html">Hội nghị tổng kết công tác năm 2024</a></h3>"""


def test_feeds_sitemaps_and_sections_are_seen():
    doors = look(capture(PAGE), source())
    assert doors.feeds == (f"{HOME}vi/news/rss/", f"{HOME}kinh-te.rss")
    assert doors.sitemaps == (f"{HOME}sitemap_index.xml",)
    assert doors.listings == (f"{HOME}tin-tuc/", f"{HOME}tin-tuc/hoat-dong/")


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)
def test_no_article_of_a_portal_is_taken_for_a_section(family: type[Portal]):
    portal = family("portal.test", stories(10, 3))
    doors = look(capture(portal.listing_page(1), portal.base), portal.source())
    assert doors.listings
    assert not {portal.url_of(story) for story in portal.all_stories}.intersection(doors.listings)


def test_an_empty_page_shows_nothing():
    doors = look(capture(""), source())
    assert (doors.feeds, doors.sitemaps, doors.listings) == ((), (), ())
