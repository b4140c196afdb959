"""Feeds of all kinds, and of one kind that has its minutes wrong."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discover.conftest import HOME, capture, links, source
from tests.web.nukeviet import NukeViet
from tests.web.stories import stories
from worker.discover import Door, door_of, find

RSS = f"""<?xml version="1.0" encoding="utf-8"?><!-- made by hand --><rss version="2.0"><channel><title>Tin</title>
  <link>{HOME}</link>
  <item><title>Hội nghị &amp; tổng kết <![CDATA[<b>năm</b>]]></title><link>{HOME}tin/a-1.html</link>
    <pubDate>Wed, 20 Mar 2024 04:23:00 GMT</pubDate></item>
  <item><title>Không có ngày</title><link>/tin/b-2.html</link></item>
  <item><title>Lặp lại</title><link>{HOME}tin/a-1.html#x</link></item>
  <item><title>Trang khác</title><link>https://elsewhere.example.com/c-3.html</link></item>
  <item><title>Tệp</title><link>{HOME}files/bao-cao.pdf</link></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Tin</title><entry>
  <title type="html">Ra quân &lt;i&gt;trồng cây&lt;/i&gt;</title><id>urn:1</id>
  <link rel="alternate" href="{HOME}tin/a-1.html"/>
  <published>2024-03-20T11:23:00+07:00</published><updated>2024-05-01T00:00:00Z</updated></entry></feed>"""

JSON = f"""{{"version": "https://jsonfeed.org/version/1.1", "title": "Tin", "items": [
  {{"id": "1", "url": "{HOME}tin/a-1.html", "title": "Hội nghị", "date_published": "2024-03-20T11:23:00+07:00"}},
  {{"id": 2, "title": "không có địa chỉ"}}, "lạc", null ]}}"""


@pytest.mark.parametrize("body", [RSS, ATOM, JSON], ids=["RSS", "Atom", "JSON Feed"])
@pytest.mark.parametrize("mime", ["application/xml", "application/octet-stream", "application/gzip"])
def test_a_packed_feed_is_read_as_the_feed_in_it(body: str, mime: str):
    packed = capture(gzip.compress(body.encode()), f"{HOME}rss.xml.gz", mime)
    assert door_of(packed) is Door.FEED
    unpacked = links(capture(body, f"{HOME}rss.xml.gz"), source())
    assert links(packed, source()) == unpacked != []


def test_a_packed_feed_that_is_torn_or_a_bomb_is_read_as_far_as_it_goes():
    whole = RSS + " " * 5_000_000
    assert len(links(capture(gzip.compress(whole.encode())), source())) == 2
    assert len(links(capture(gzip.compress(RSS.encode())[:-12]), source())) == 2


def test_rss_gives_titles_dates_and_each_article_of_the_site_once():
    found = links(capture(RSS, f"{HOME}rss/"), source())
    assert [(link.url, link.title, link.published) for link in found] == [
        (f"{HOME}tin/a-1.html", "Hội nghị & tổng kết năm", "2024-03-20T11:23+07:00"),
        (f"{HOME}tin/b-2.html", "Không có ngày", None),
    ]
    assert found[0].found_on == f"{HOME}rss/"


@pytest.mark.parametrize("body", [ATOM, JSON], ids=["Atom", "JSON Feed"])
def test_atom_and_json_feed_are_read_alike(body: str):
    (link,) = links(capture(body), source())
    assert link.url == f"{HOME}tin/a-1.html"
    assert link.published == "2024-03-20T11:23+07:00"
    assert "<" not in (link.title or "")


@pytest.mark.parametrize("change", [("/", r"\/"), ('"title"', f'"description": "{"x" * 5000}", "title"')])
def test_a_json_feed_is_known_by_its_version_wherever_and_however_it_is_written(change: tuple[str, str]):
    before = links(capture(JSON), source())
    body = json.dumps(json.loads(JSON), sort_keys=True).replace(*change)
    assert links(capture(body), source()) == before


@pytest.mark.parametrize(
    ("item", "path"),
    [
        ("<link/><guid>{home}tin/a-1.html</guid>", "tin/a-1.html"),
        ("<link>javascript:void(0)</link><guid isPermaLink='false'>/tin/a-1.html</guid>", "tin/a-1.html"),
        ("<guid isPermaLink='false'>4432</guid>", None),
        ("<guid isPermaLink='false'>bai-4432@phunu</guid>", None),
    ],
)
def test_an_item_s_id_is_its_address_only_where_it_is_one(item: str, path: str | None):
    item = f"<item><title>Hội nghị tổng kết năm</title>{item.format(home=HOME)}</item>"
    found = links(capture(f"<rss version='2.0'><channel>{item}</channel></rss>"), source())
    assert [link.url for link in found] == ([HOME + path] if path else [])
    told = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "4432", "title": "Hội nghị"}]}'
    assert links(capture(told), source()) == []


def test_a_pattern_narrows_a_feed():
    assert [link.url for link in links(capture(RSS), source(articles=r"/b-\d+\.html$"))] == [f"{HOME}tin/b-2.html"]


def test_what_a_page_is_is_told_by_its_content_not_by_its_type():
    for body, door in [(RSS, Door.FEED), (ATOM, Door.FEED), (JSON, Door.FEED), ("<html><p>rss</p>", Door.LISTING)]:
        assert door_of(capture(body, mime="text/html")) is door
        assert find(capture(body, mime="application/octet-stream"), source()).door is door


def test_minutes_of_nukeviet_that_are_months_are_left_out():
    portal = NukeViet("portal.test", stories(12, 5))
    found = {link.url: link.published for link in links(capture(portal.feed(), portal.base), portal.source())}
    assert found == {portal.url_of(story): f"{story.published:%Y-%m-%dT%H}+07:00" for story in portal.all_stories}


def rss_of(dates: list[str], generator: str = "") -> str:
    items = "".join(f"<item><link>{HOME}a-{n}</link><pubDate>{date}</pubDate></item>" for n, date in enumerate(dates))
    return f"<rss version='2.0'><channel><generator>{generator}</generator>{items}</channel></rss>"


def test_minutes_that_happen_to_be_months_are_kept_where_nothing_else_speaks_against_them():
    (link,) = links(capture(rss_of(["Wed, 20 Mar 2024 04:03:00 GMT"])), source())
    assert link.published == "2024-03-20T11:03+07:00"
    (link,) = links(capture(rss_of(["Wed, 20 Mar 2024 04:03:00 GMT"], "NukeViet v4.5")), source())
    assert link.published == "2024-03-20T11+07:00"
    right = links(capture(rss_of(["Wed, 20 Mar 2024 04:03:00 GMT"] * 5 + ["Wed, 20 Mar 2024 04:04:00 GMT"])), source())
    assert {link.published for link in right} == {"2024-03-20T11:03+07:00", "2024-03-20T11:04+07:00"}


def test_a_feed_that_is_cut_off_gives_what_it_has():
    assert len(links(capture(RSS[: RSS.index("Không có ngày") + 80]), source())) >= 1


def test_a_feed_whose_body_is_the_name_of_a_file_opens_no_file(tmp_path: Path):
    (tmp_path / "feed.xml").write_text(RSS, "utf-8")
    from worker.discover.feeds import feed_links

    assert feed_links(capture(str(tmp_path / "feed.xml"))) == []


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    assert links(capture(f"{bomb}]>{RSS.partition('?>')[2].replace('Không', '&j;')}"), source()) == []


@given(st.binary(max_size=300), st.integers(0, len(RSS)))
@settings(deadline=None, max_examples=60)
def test_damaged_feeds_break_nothing(noise: bytes, place: int):
    raw = RSS.encode()
    find(capture(raw[:place] + noise + raw[place:]), source())
    find(capture(JSON.encode()[: place % len(JSON)] + noise), source())


def test_half_a_character_in_a_title_is_told_as_missing():
    (link,) = links(capture(JSON.replace("Hội nghị", "Hội nghị \\ud83d")), source())

    assert link.title == "Hội nghị \N{REPLACEMENT CHARACTER}"
