"""Addresses as discovery sees them."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.discover.addresses import absolute, is_file, site, take_apart

BASE = "https://phunu.example.vn/vi/news/"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("a-1.html", "https://phunu.example.vn/vi/news/a-1.html"),
        ("/a-1.html#binh-luan", "https://phunu.example.vn/a-1.html"),
        ("//cdn.example.vn/a", "https://cdn.example.vn/a"),
        (" \n/tin\n/a.html ", "https://phunu.example.vn/tin/a.html"),
        ("?page=2", "https://phunu.example.vn/vi/news/?page=2"),
        ("/a\x1b[2J\x9b-\u202e1.html", "https://phunu.example.vn/a%1B[2J%C2%9B-%E2%80%AE1.html"),
        ("#top", None),
        ("", None),
        ("javascript:void(0)", None),
        ("mailto:hoi@example.vn", None),
        ("tel:0982095095", None),
        ("http://[", None),
        ("/" + "a" * 3000, None),
    ],
)
def test_a_link_is_made_absolute_or_is_none(href: str, url: str | None):
    assert absolute(href, BASE) == url


def test_twins_of_a_host_are_one_site():
    assert {site(f"https://{twin}example.vn/") for twin in ("", "www.", "m.", "mobile.")} == {"example.vn"}


def test_a_host_in_vietnamese_letters_is_one_site_with_its_ascii_name():
    assert (
        site("https://www.báophụnữ.vn/tin") == site("https://xn--bophn-xqa5094clca.vn./") == "xn--bophn-xqa5094clca.vn"
    )


@pytest.mark.parametrize(
    ("article", "section"),
    [
        ("https://a.vn/hội-lhpn-tỉnh-trao-quà-tết", "https://a.vn/hoạt-động"),
        ("https://a.vn/hội-lhpn-xã-ra-quân-đầu-xuân", "https://a.vn/gương-điển-hình"),
    ],
)
def test_percent_encoding_and_marks_that_stand_apart_change_no_shape(article: str, section: str):
    for spelled in (quote, lambda url, **_: unicodedata.normalize("NFD", url)):
        assert take_apart(spelled(article, safe=":/")).shape == take_apart(article).shape
        assert take_apart(spelled(article, safe=":/")).could_be_article
        assert not take_apart(spelled(section, safe=":/")).could_be_article


@pytest.mark.parametrize("url", ["https://a.vn/van-ban.pdf", "https://a.vn/anh.JPG?x=1", "https://a.vn/rss.xml"])
def test_files_are_no_pages(url: str):
    assert is_file(url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.vn/tong-ket-nam-2024-post12345.html", "https://a.vn/ra-quan-trong-cay-post99999.html"),
        ("https://a.vn/vi/news/tin/hoi-nghi-lan-3-1200.html", "https://a.vn/vi/news/hoi/dai-hoi-phu-nu-1300.html"),
        (
            "https://a.vn/Pages/newsdetail.aspx?CatId=95&NewsId=2214",
            "https://a.vn/Pages/newsdetail.aspx?newsid=7&catid=1",
        ),
        ("https://a.vn/x/-/view-article/1/170/4432", "https://a.vn/y/-/view-article/1/95/1021"),
    ],
)
def test_articles_of_a_site_have_one_shape(one: str, other: str):
    assert take_apart(one).shape == take_apart(other).shape


@pytest.mark.parametrize(
    ("article", "section"),
    [
        ("https://a.vn/tong-ket-nam-2024-post12345.html", "https://a.vn/tin-tuc.html"),
        ("https://a.vn/vi/news/tin/hoi-nghi-1200.html", "https://a.vn/vi/news/tin/"),
        ("https://a.vn/Pages/newsdetail.aspx?CatId=95&NewsId=2214", "https://a.vn/Pages/news.aspx?CatId=95"),
        ("https://a.vn/ra-quan-trong-cay-xanh", "https://a.vn/lien-he"),
    ],
)
def test_articles_and_sections_differ_in_shape(article: str, section: str):
    assert take_apart(article).shape != take_apart(section).shape
    assert take_apart(article).could_be_article
    assert not take_apart(section).could_be_article


@given(st.text(max_size=200), st.sampled_from([BASE, "https://a.vn"]))
@settings(deadline=None, max_examples=200)
def test_no_link_breaks_it(href: str, base: str):
    url = absolute(href, base)
    if url is not None:
        assert url.startswith(("http://", "https://"))
        assert "#" not in url
        take_apart(url)
        is_file(url)
