"""The tests' own web: it must be as lively as the real one, and the same at every run."""

from __future__ import annotations

import asyncio
import gzip
import re
from itertools import combinations, islice
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request as Ask
from urllib.request import urlopen
from xml.etree import ElementTree

import httpx
import pytest

from tests.web import FAMILIES, Answer, Liferay, NukeViet, OneCMS, Request, repost, serve, stories, story
from tests.web.country import country
from tests.web.notices import NOTICES
from tests.web.seeds import SEEDS, seed_page, seed_text
from tests.web.story import Figure, Table
from worker.clean import profile
from worker.config import Source

EVERY_FAMILY = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.family)


def get(url: str, **headers: str) -> bytes:
    with urlopen(Ask(url, headers={name.replace("_", "-"): value for name, value in headers.items()})) as response:  # noqa: S310 - loopback
        body: bytes = response.read()
        return body


# ---- stories ---------------------------------------------------------------------------------------------------------


def test_a_story_is_the_same_whenever_it_is_told():
    assert list(stories(5, seed=3)) == [story(number, seed=3) for number in range(5)]
    assert story(1, seed=3) != story(1, seed=4)


def test_stories_share_a_genre_but_are_not_copies_of_one_another():
    texts = [runs_of_five(told.body) for told in stories(60)]
    shared = [len(one & other) / min(len(one), len(other)) for one, other in combinations(texts, 2)]
    assert max(shared) < 0.4


@pytest.mark.parametrize("number", range(6))
def test_a_repost_holds_the_text_of_its_original(number):
    original = story(number)
    copy = repost(original, 500 + number)
    assert copy.id != original.id
    assert copy.title == original.title
    one, other = runs_of_five(original.body), runs_of_five(copy.body)
    assert len(one & other) / len(other) > 0.75


def test_stories_have_what_articles_of_the_genre_have():
    told = list(stories(100))
    assert any(isinstance(part, Table) for one in told for part in one.parts)
    assert all(any(isinstance(part, Figure) for part in one.parts) for one in told)
    assert sum(bool(one.origin) for one in told) in range(20, 60)
    assert sum(bool(re.search(r"\d (?:tỷ|triệu) đồng", one.body)) for one in told) > 60
    assert all(re.search(r"\d", one.body) for one in told)
    for one in told:
        lines = [*one.body.split("\n"), *one.captions.split("\n")]
        assert len(set(lines)) == len(lines)  # a repeated line would be a copy, and be removed


def runs_of_five(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def test_a_country_has_as_many_portals_articles_and_reposts_as_it_is_asked_for():
    portals = country(7, 20, reposts=0.15, size=29_000)
    assert [len(portal.all_stories) for portal in portals] == [20] * 7
    assert {type(portal) for portal in portals} == set(FAMILIES)
    titles = [one.title for portal in portals for one in portal.all_stories]
    bodies = [runs_of_five(one.body) for portal in portals for one in portal.all_stories]
    copies = sum(any(len(one & other) > 0.75 * len(other) for one in bodies[:at]) for at, other in enumerate(bodies))
    assert copies == 7 * 3
    assert len(titles) == 140
    assert len({portal.url_of(one) for portal in portals for one in portal.all_stories}) == 140


# ---- portals ---------------------------------------------------------------------------------------------------------


@EVERY_FAMILY
def test_a_page_changes_at_every_hit_and_is_the_same_for_the_same_hit(family):
    told = list(stories(12))
    one, other = family(stories=told), family(stories=told)
    assert one.article_page(told[0], hit=3) == other.article_page(told[0], hit=3)
    assert one.article_page(told[0], hit=3) != one.article_page(told[0], hit=4)
    assert one.listing_page(1, hit=1) != one.listing_page(1, hit=2)


@EVERY_FAMILY
def test_a_page_is_as_large_as_it_is_asked_to_be(family):
    assert len(family(stories=stories(9), size=29_000).article_page(story(1)).encode()) >= 29_000


@EVERY_FAMILY
def test_a_page_bears_the_marks_of_its_family_and_a_bare_one_bears_none(family):
    from selectolax.lexbor import LexborHTMLParser

    portal, bare = family(stories=stories(9)), family(stories=stories(9), plain=True)
    found = profile.detect(LexborHTMLParser(portal.article_page(story(1))))
    assert found is not None
    assert found.name == family.family
    assert profile.detect(LexborHTMLParser(bare.article_page(story(1)))) is None


@EVERY_FAMILY
def test_every_story_is_reached_through_the_pages_of_the_listing_in_its_order(family):
    portal = family("hoi.test", stories(34))
    with serve(portal) as web:
        found: list[str] = []
        for page in range(1, portal.pages + 1):
            html = get(web.url_of(portal, portal.page_path(page))).decode().replace("&amp;", "&")
            listed = [portal.path_of(one) for one in portal.newest[10 * (page - 1) : 10 * page]]
            found += [path for path in listed if path in html]
        assert len(found) == 34
        with pytest.raises(HTTPError, match="404"):
            get(web.url_of(portal, portal.page_path(portal.pages + 1)))


@EVERY_FAMILY
def test_the_feed_and_the_sitemap_lead_to_the_stories(family):
    portal = family("hoi.test", stories(7))
    with serve(portal) as web:
        feed = ElementTree.fromstring(get(web.url_of(portal, portal.feed_path)))  # noqa: S314 - our own
        sitemap = ElementTree.fromstring(get(web.url_of(portal, "/sitemap.xml")))  # noqa: S314 - our own
        links = {link.text for link in feed.iter("link")} - {portal.base}
        assert (
            links
            == {loc.text for loc in sitemap.findall(".//{*}loc")}
            == {portal.url_of(one) for one in portal.all_stories}
        )
        assert all(urlsplit(link).netloc in portal.base for link in links)
        assert portal.all_stories[3].title in get(portal.url_of(portal.all_stories[3])).decode()


def test_minutes_of_a_nukeviet_feed_are_months():
    one = story(40)
    assert one.published is not None
    dates = re.findall(r"<pubDate>(.*?)</pubDate>", NukeViet(stories=[one]).feed())
    assert dates[0].split(":")[1] == f"{one.published.month:02}"


@EVERY_FAMILY
@pytest.mark.parametrize("kind", NOTICES)
def test_a_portal_can_serve_a_notice_in_the_place_of_its_articles(family, kind):
    portal = family("hoi.test", stories(3))
    portal.notice = kind
    told = portal.all_stories[0]
    with serve(portal):
        assert told.body.split("\n")[-1] not in get(portal.url_of(told)).decode()
        portal.notice = None
        assert told.body.split("\n")[-1] in get(portal.url_of(told)).decode()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_page_of_a_seed_holds_every_word_of_its_article(seed):
    html = seed_page(seed)
    for line in seed_text(seed).split("\n"):
        if len(line) > 120 and "NGÀY CHUYỂN ĐỔI SỐ" not in line and "..." not in line[-4:]:
            assert line.strip() in html


# ---- the server ------------------------------------------------------------------------------------------------------


def test_hosts_have_addresses_of_their_own_and_requests_are_counted():
    one, other = NukeViet("mot.test", stories(3)), Liferay("hai.test", stories(3))
    with serve(one, other) as web:
        get(web.url_of(one, "/robots.txt"))
        get(web.url_of("mot.test", "/robots.txt"))
        get(web.url_of(other))
        assert urlsplit(one.base).hostname != urlsplit(other.base).hostname
        assert web.hits["mot.test", "/robots.txt"] == 2
        assert web.asked(other) == ["/"]
        assert f"Sitemap: {one.base}sitemap.xml" in get(web.url_of(one, "/robots.txt")).decode()


def test_many_hosts_can_be_served_at_once():
    portals = [OneCMS(f"bao-{number}.test", islice(stories(60), number, number + 2)) for number in range(60)]
    with serve(*portals) as web:
        assert len({portal.base for portal in portals}) == 60
        assert all(web.url_of(portal) == portal.base for portal in portals)
        assert httpx.get(web.url_of(portals[59], "/nowhere")).status_code == 404


def test_a_page_with_validators_is_sent_again_only_when_its_story_has_changed():
    portal = NukeViet("hoi.test", stories(5), validators=True)
    told = portal.all_stories[2]
    with serve(portal), httpx.Client() as client:
        first = client.get(portal.url_of(told))
        by_tag = {"If-None-Match": first.headers["etag"]}
        by_time = {"If-Modified-Since": first.headers["last-modified"]}
        assert client.get(portal.url_of(told), headers=by_tag).status_code == 304
        assert client.get(portal.url_of(told), headers=by_time).status_code == 304
        portal.publish(told)
        assert client.get(portal.url_of(told), headers=by_tag).status_code == 200
        assert client.get(portal.url_of(told), headers=by_time).status_code == 200


def test_a_feed_is_compressed_for_clients_that_accept_it():
    portal = NukeViet("hoi.test", stories(5))
    with serve(portal) as web:
        plain = get(web.url_of(portal, portal.feed_path))
        packed = get(web.url_of(portal, portal.feed_path), Accept_Encoding="gzip")
        assert gzip.decompress(packed) == plain


def test_a_script_takes_the_connection_over():
    class Liar:
        host, base = "liar.test", ""

        def answer(self, request: Request, hit: int) -> Answer:
            async def cut_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")

            return Answer(script=cut_off)

    with serve(Liar()) as web, pytest.raises(httpx.RemoteProtocolError):
        httpx.get(web.url_of("liar.test"))


def test_what_a_host_itself_does_wrong_fails_the_test_that_is_running():
    class Broken:
        host, base = "broken.test", ""

        def answer(self, request: Request, hit: int) -> Answer:
            raise ZeroDivisionError("a fault in the test's own host")

    with pytest.raises(ZeroDivisionError), serve(Broken()) as web, pytest.raises(httpx.HTTPError):
        httpx.get(web.url_of("broken.test"))


def test_a_portal_is_an_entry_of_sources_that_may_be_crawled_on_loopback():
    portal = NukeViet("Hoi.Test", stories(2))
    with serve(portal):
        source = portal.source(profile="nukeviet")
        assert isinstance(source, Source)
        assert (source.id, source.home, source.profile) == ("hoi-test", portal.base, "nukeviet")
        assert source.network.allow_private
        assert source.politeness.delay == 0
