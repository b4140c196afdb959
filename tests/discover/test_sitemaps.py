"""Sitemaps: large, packed, nested, and meant to harm."""

from __future__ import annotations

import gzip
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discover.conftest import HOME, capture, links, source
from worker.discover import Door, find, sitemaps

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


def urlset(*paths: str) -> str:
    return f"<urlset {NS}>" + "".join(f"<url><loc>{HOME}{path}</loc></url>" for path in paths) + "</urlset>"


def paths(body: str | bytes, **changes: object) -> list[str]:
    return [link.url.removeprefix(HOME) for link in links(capture(body), source(**changes))]


def test_articles_are_taken_and_sections_left():
    body = urlset(
        "", "tin-tuc", "tag/phu-nu-khoi-nghiep-12", "tin/hoi-nghi-tong-ket-120.html", "ra-quan-trong-cay-xanh"
    )
    assert paths(body) == ["tin/hoi-nghi-tong-ket-120.html", "ra-quan-trong-cay-xanh"]
    assert paths(body, articles="tin-tuc$") == ["tin-tuc"]


def test_dates_and_titles_come_along():
    body = f"""<?xml version="1.0"?><urlset {NS} {NEWS} {IMAGE}>
      <url><loc> {HOME}tin/a-100.html </loc><lastmod>2024-03-20T04:23:00Z</lastmod>
        <image:image><image:loc>{HOME}anh/b-200.html</image:loc></image:image></url>
      <url><loc>{HOME}tin/c-300.html</loc><lastmod>2024-05-01</lastmod><news:news>
        <news:publication_date>2024-03-21T08:00:00+07:00</news:publication_date>
        <news:title>Hội &amp; phụ nữ</news:title></news:news></url></urlset>"""
    assert [(link.url, link.published, link.title) for link in links(capture(body), source())] == [
        (f"{HOME}tin/a-100.html", "2024-03-20T11:23+07:00", None),
        (f"{HOME}tin/c-300.html", "2024-03-21T08:00+07:00", "Hội & phụ nữ"),
    ]


def test_an_index_leads_to_its_sitemaps_the_newest_first():
    body = f"""<sitemapindex {NS}><sitemap><loc>{HOME}s1.xml</loc><lastmod>2023-01-01</lastmod></sitemap>
      <sitemap><loc>{HOME}s2.xml.gz</loc><lastmod>2024-01-01</lastmod></sitemap><sitemap><loc>/s3.xml</loc></sitemap>
      <sitemap><loc>https://elsewhere.example.com/s.xml</loc></sitemap></sitemapindex>"""
    found = find(capture(body), source())
    assert found.door is Door.SITEMAP_INDEX
    assert found.links == ()
    assert found.onward == (f"{HOME}s2.xml.gz", f"{HOME}s1.xml", f"{HOME}s3.xml")


def test_a_packed_sitemap_is_unpacked():
    assert paths(gzip.compress(urlset("tin/a-100.html").encode())) == ["tin/a-100.html"]


def test_a_list_of_lines_is_a_sitemap():
    found = find(capture(f"{HOME}tin/a-100.html\r\n{HOME}tin/b-200.html\n\nkhông\n", mime="text/plain"), source())
    assert found.door is Door.SITEMAP
    assert len(found.links) == 2


def test_no_more_are_read_than_the_protocol_allows(monkeypatch: pytest.MonkeyPatch):
    assert sitemaps.MAX_ENTRIES == 50_000  # tests/discover/test_faults.py reads so many
    monkeypatch.setattr(sitemaps, "MAX_ENTRIES", 50)
    addresses = [f"tin/bai-{n}.html" for n in range(1000, 1100)]
    assert paths(urlset(*addresses)) == addresses[:50]
    assert paths("\n".join(HOME + address for address in addresses)) == addresses[:50]


def test_what_was_read_before_a_mistake_is_kept():
    body = urlset("tin/a-100.html", "tin/b-200.html").replace("</urlset>", "<url><loc>a?b=1&c=2</loc></url></urlset>")
    assert paths(body) == ["tin/a-100.html", "tin/b-200.html"]


TWO = urlset("tin/a-100.html", "tin/b-200.html")
DECLARED = '<?xml version="1.0" encoding="{}"?>'


@pytest.mark.parametrize(
    "body",
    {
        "blank lines before it": f"\n\n{DECLARED.format('utf-8')}{TWO}".encode(),
        "a warning before it": f"<br />\n<b>Warning</b>: sitemap.php<br />\n{DECLARED.format('utf-8')}{TWO}".encode(),
        "UTF-8 that says UTF-16, as .NET writes it": f"{DECLARED.format('utf-16')}{TWO}".encode(),
        "UTF-16": f"{DECLARED.format('utf-16')}{TWO}".encode("utf-16"),
        "an encoding that nobody knows": f"{DECLARED.format('x-tcvn')}{TWO}".encode(),
        "a bare & in an address": TWO.replace("<url>", "<url><loc>/?a=1&b=2</loc></url><url>", 1).encode(),
        "a bare & beside CDATA": TWO.replace(
            "<url>", "<url><loc><![CDATA[/?a=1&b=2]]></loc></url><url><loc>/?a&b</loc></url><url>", 1
        ).encode(),
        "an entity of HTML": TWO.replace("</loc>", "</loc><title>Hội&nbsp;nghị</title>", 1).encode(),
        "a control character": TWO.replace("<url>", "<url><title>\x0b</title></url><url>", 1).encode(),
        "a broken letter": TWO.encode().replace(b"<url>", b"<url><title>H\xe1\xbb</title></url><url>", 1),
        "two .gz files in one": gzip.compress(TWO[:100].encode()) + gzip.compress(TWO[100:].encode()),
        "lines behind a mark of their order": f"\ufeff{HOME}tin/a-100.html\r\n{HOME}tin/b-200.html".encode(),
    }.items(),
    ids=lambda case: case[0],
)
def test_the_usual_mistakes_of_makers_of_sitemaps_hide_no_article(body: tuple[str, bytes]):
    assert paths(body[1]) == ["tin/a-100.html", "tin/b-200.html"]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "tin/a-100.html"><!ENTITY b "&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;',
    ],
)
def test_entities_are_neither_expanded_nor_opened(declaration: str):
    assert paths(f"<!DOCTYPE urlset [{declaration}]>{urlset('tin/&a;', 'tin/b-200.html')}") == []


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(bytes(200 * 1024 * 1024)),
        gzip.compress(b"<urlset>" + b"<url>" * 1_000_000),
        b"<urlset><url><loc>" + b"a" * 14_000_000,
        b"<urlset><a b='" + b"&#" * 7_000_000,
        b"<urlset>" + b"<![CDATA[" * 1_500_000,
        gzip.compress(urlset("tin/a-100.html").encode())[:-12],
        b"\x1f\x8b broken",
    ],
    ids=["bomb", "depth", "one long address", "one long tag", "much CDATA", "cut", "broken"],
)
def test_hostile_sitemaps_are_bounded(body: bytes):
    start = process_time()
    assert paths(body) in ([], ["tin/a-100.html"])
    assert process_time() - start < 20


@given(st.binary(max_size=300), st.integers(0, 400))
@settings(deadline=None, max_examples=100)
def test_damaged_sitemaps_break_nothing(noise: bytes, place: int):
    raw = urlset("tin/a-100.html", "tin/b-200.html").encode()
    sitemaps.read(capture(raw[:place] + noise + raw[place:]))
    sitemaps.read(capture(gzip.compress(raw)[:place] + noise))
