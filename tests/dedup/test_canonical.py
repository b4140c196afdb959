"""Canonical addresses: the twins of a page have one key, different pages keep theirs."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.dedup.canonical import canonical, declared

PAGE = "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html"


@pytest.mark.parametrize(
    "twin",
    [
        "http://hoiphunu.example.vn/hoat-dong/trao-von-12.html",
        "https://www.hoiphunu.example.vn/hoat-dong/trao-von-12.html",
        "http://m.hoiphunu.example.vn/hoat-dong/trao-von-12.html",
        "https://mobile.hoiphunu.example.vn/hoat-dong/trao-von-12.html",
        "HTTPS://HoiPhuNu.Example.VN./hoat-dong/trao-von-12.html",
        "https://hoiphunu.example.vn:443/hoat-dong/trao-von-12.html",
        "http://hoiphunu.example.vn:80/hoat-dong/trao-von-12.html",
        "https://ai:mat-khau@hoiphunu.example.vn/hoat-dong/trao-von-12.html",
        "  https://hoiphunu.example.vn/hoat-dong/trao-von-12.html\n",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html#binh-luan",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html?",
        "https://hoiphunu.example.vn//hoat-dong/./x/../trao-von-12.html",
        "https://hoiphunu.example.vn\\hoat-dong\\trao-von-12.html",
        "https://hoiphunu.example.vn/hoat%2Ddong/trao%2dvon-12.html",
        "https://hoiphunu.example.vn/print/hoat-dong/trao-von-12.html",
        "https://hoiphunu.example.vn/hoat-dong/print/trao-von-12.html",
        "https://hoiphunu.example.vn/savefile/hoat-dong/trao-von-12.html",
        "https://hoiphunu.example.vn/amp/hoat-dong/trao-von-12.html",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html/amp",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.amp.html",
        "https://hoiphunu.example.vn/m/hoat-dong/trao-von-12.html",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html?print=1",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html?tmpl=component&print=1",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html?isPrint=true",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html?mode=print",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html;jsessionid=0A1B2C3D4E5F",
        "https://hoiphunu.example.vn/(S(k2q0wz45))/hoat-dong/trao-von-12.html",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html?PHPSESSID=9f8e7d",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html?sid=0123456789abcdef0123",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html?utm_source=zalo&utm_medium=oa&fbclid=Iw",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html?gidzl=x&zarsrc=30",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html?ref=trang-chu",
        "https://hoiphunu.example.vn/hoat-dong/trao-von-12.html?p_p_state=pop_up&p_auth=Xy1",
    ],
)
def test_twins_of_a_page_have_one_address(twin):
    assert canonical(twin) == PAGE


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (  # a SharePoint article is named by its parameters, in any order
            "http://hpn.example.vn/Pages/newsdetail.aspx?NewsId=2214&CatId=95",
            "https://hpn.example.vn/Pages/newsdetail.aspx?CatId=95&NewsId=2214",
        ),
        ("https://example.vn/Pages/List.aspx?Page=2", "https://example.vn/Pages/List.aspx?Page=2"),
        ("https://example.vn/tin?sid=77", "https://example.vn/tin?sid=77"),  # too short for a session
        ("https://example.vn/tin?ref=77", "https://example.vn/tin?ref=77"),
        ("https://example.vn/tin/?a=&b", "https://example.vn/tin/?a=&b"),
        ("https://example.vn/tin?q=a+b", "https://example.vn/tin?q=a%20b"),
        ("https://example.vn:8443/a", "https://example.vn:8443/a"),
        ("https://example.vn", "https://example.vn/"),
        ("https://example.vn/index.php", "https://example.vn/"),
        ("https://example.vn/index.php?nv=news&op=a-1", "https://example.vn/index.php?nv=news&op=a-1"),
        ("https://example.vn/A/a", "https://example.vn/A/a"),  # the case of a path may matter
        ("https://example.vn/print/", "https://example.vn/print/"),  # a page of that name, not a print of another
        ("https://example.vn/%e1%bb%99", "https://example.vn/%E1%BB%99"),
        ("https://example.vn/ộ", "https://example.vn/%E1%BB%99"),
        ("https://example.vn/o%CC%A3%CC%82", "https://example.vn/%E1%BB%99"),  # NFD, half encoded
        ("https://example.vn/a%2Fb%3Fc", "https://example.vn/a%2Fb%3Fc"),  # encoded delimiters are no delimiters
        ("https://example.vn/a b|c", "https://example.vn/a%20b%7Cc"),
        ("https://example.vn/100%", "https://example.vn/100%25"),
        ("https://example.vn/H%e9i", "https://example.vn/H%E9i"),  # a legacy charset stays as it is
        ("https://phụnữ.vn/a", "https://xn--phn-hmz7976b.vn/a"),
        ("https://m.vn/a", "https://m.vn/a"),  # a domain, not a mobile twin
        ("http://127.0.0.1:8080/a", "https://127.0.0.1:8080/a"),
        ("http://[::1]:8080/a", "https://[::1]:8080/a"),
    ],
)
def test_what_names_a_page_is_kept(url, key):
    if "phụnữ" in url:
        key = "https://" + "phụnữ".encode("idna").decode() + ".vn/a"
    assert canonical(url) == key


@pytest.mark.parametrize(
    "text",
    [
        "", "tin-tuc", "/tin/a.html", "mailto:hoi@example.vn", "javascript:void(0)", "ftp://example.vn/a", "http://",
        "https:///a", "http://[::1/a", "https://example.vn:99999/", "https://example.vn:0/", "https://a..vn/",
        "https://ví dụ.vn/", "https://exa<mple.vn/", "https://" + "a" * 300 + ".vn/",
        "https://example.vn/" + "a" * 5000, "https://-/", "data:text/html,x", "\u202ehttps://example.vn",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+") as refusal:
        canonical(text)
    assert len(str(refusal.value)) < 300


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=30))
def test_a_canonical_address_is_its_own(path, query):
    key = canonical(f"https://example.vn/{path}?{query}")
    assert canonical(key) == key
    assert key.isascii()
    assert unicodedata.is_normalized("NFC", key)


SEGMENTS = [
    "print",
    "amp",
    "m",
    "savefile",
    "..",
    ".",
    "",
    "tin-1.amp.html",
    "a.amp.amp",
    ";sid=1",
    "(S(x))",
    "%2e",
    "%",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(SEGMENTS), max_size=6))
def test_a_twin_of_a_twin_has_the_same_address(segments):
    key = canonical("https://m.example.vn/" + "/".join(segments))
    assert canonical(key) == key


@pytest.mark.parametrize(
    ("page", "stated", "taken"),
    [
        ("https://a.vn/print.aspx?id=7", "https://a.vn/tin/bai-7.html", "https://a.vn/tin/bai-7.html"),
        ("https://a.vn/tin-7.html", "http://www.a.vn/tin-7.html?utm_source=x", "https://a.vn/tin-7.html"),
        ("https://a.vn/tin-7.html", None, "https://a.vn/tin-7.html"),
        ("https://a.vn/tin-7.html", "https://khac.vn/tin-7.html", "https://a.vn/tin-7.html"),
        ("https://a.vn/tin-7.html", "https://a.vn/", "https://a.vn/tin-7.html"),
        ("https://a.vn/tin-7.html", "/tin-8.html", "https://a.vn/tin-7.html"),
        ("https://a.vn/tin-7.html", "javascript:;", "https://a.vn/tin-7.html"),
    ],
)
def test_a_declared_address_counts_only_on_its_own_site_and_never_as_the_home_page(page, stated, taken):
    assert declared(page, stated) == taken
