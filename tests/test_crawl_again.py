"""Articles are looked at again: what changed becomes a revision, and nothing that stands in their place becomes one."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.web.nukeviet import NukeViet
from tests.web.server import Answer, serve
from tests.web.stories import stories
from tests.web.story import Paragraph
from worker.config import Sources
from worker.crawl import BACK_OFF, Crawl
from worker.fetch.client import Client
from worker.models import PageKind
from worker.store import Archive

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


class Site(NukeViet):
    """A portal whose articles can be taken away."""

    status: int | None = None
    instead: str | None = None  # every article shows this page
    etag: str | None = None  # every article has this one, whatever it says
    leads_to: str | None = None  # whoever asks for an article is led there; {path} is its own

    def answer(self, request, hit):
        if (self.status or self.instead) and request.path in self._by_path:
            return Answer(status=self.status or 200, body=(self.instead or "<h1>Sorry</h1>").encode())
        if self.leads_to is not None and request.path in self._by_path:
            to = self.base + self.leads_to.format(path=request.path.removeprefix("/"))
            return Answer(status=302, headers=(("Location", to),))
        if self.etag and request.path in self._by_path:
            headers = (("ETag", self.etag), ("Content-Type", "text/html; charset=utf-8"))
            if request.headers.get("if-none-match") == self.etag:
                return Answer(status=304, headers=headers)
            return replace(super().answer(replace(request, headers={}), hit), headers=headers)
        if request.path.startswith("/moved/"):
            return super().answer(replace(request, path=request.path.removeprefix("/moved")), hit)
        return super().answer(request, hit)


@pytest.fixture
def site(tmp_path):
    """A portal of three articles that has been crawled once, at START. `crawl(after)` crawls it again."""
    portal = Site(stories=list(stories(3, seed=9)))
    with serve(portal) as web, Archive.open(tmp_path, write=True) as archive:
        source = portal.source("site")
        archive.sync_sources(Sources(sources=(source,)))

        def crawl(after):
            async def run():
                async with Client(contact="archive@example.org") as client:
                    return dict(await Crawl(source=portal.settings, archive=archive, transport=client).run("manual"))

            with time_machine.travel(START + after, tick=True):
                return asyncio.run(run())

        portal.settings, portal.crawl, portal.archive, portal.web = source, crawl, archive, web
        assert crawl(timedelta(0)) == {"new": 3}
        yield portal


def text(site, number=0):
    return site.archive.text_of(site.url_of(site.all_stories[number]))


def one(site, sql):
    return site.archive.connection.execute(sql).fetchone()


def test_articles_are_fetched_again_at_their_times_and_not_between(site):
    asked = lambda: sum(path in site._by_path for path in site.web.asked(site))  # noqa: E731 - said here only
    steps = [timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7), timedelta(days=30)]
    for number, step in enumerate(steps, 2):
        site.crawl(step - timedelta(minutes=10))
        assert asked() == 3 * (number - 1)
        assert site.crawl(step + timedelta(minutes=1)) == {"unchanged": 3}
        assert asked() == 3 * number
    assert site.crawl(timedelta(days=400)) == {}


def test_a_source_may_say_when_its_articles_are_fetched_again(site):
    site.settings = site.settings.model_copy(update={"look_again": (120.0, 7200.0)})
    assert site.crawl(timedelta(hours=1, minutes=1)) == {"unchanged": 3}  # by the times of the first visit
    assert site.crawl(timedelta(hours=1, minutes=50)) == {}
    assert site.crawl(timedelta(hours=2, minutes=1)) == {"unchanged": 3}
    assert site.crawl(timedelta(days=89)) == {}


def test_a_visitor_counter_or_other_chrome_that_moves_is_no_change(site):
    site.crawl(timedelta(hours=2))
    payloads = one(site, "SELECT count(DISTINCT digest) FROM captures")
    assert payloads == (6,)  # each page had other bytes the second time
    assert one(site, "SELECT count(*) FROM revisions") == (0,)


def test_a_changed_body_becomes_a_revision_that_can_be_read_as_a_diff(site, worker, tmp_path):
    story = site.all_stories[0]
    before = text(site)
    site.publish(replace(story, parts=(*story.parts, Paragraph("Đính chính: Hội đã trao 75 suất quà tại xã."))))
    assert site.crawl(timedelta(hours=2)) == {"changed": 1, "unchanged": 2}
    assert text(site)[1].startswith(before[1]) and "75 suất quà" in text(site)[1]
    assert one(site, "SELECT title, body FROM revisions") == before
    shown = worker("diff", site.url_of(story), "--archive", tmp_path).stdout
    assert "{+Đính chính: Hội đã trao 75 suất quà tại xã.+}" in shown and "[-" not in shown
    assert f"… {len(before[1].splitlines()) + 1} unchanged" in shown
    other = worker("diff", site.url_of(site.all_stories[1]), "--archive", tmp_path)
    assert "It has not changed" in other.stdout
    unknown = worker("diff", "https://nowhere.invalid/", "--archive", tmp_path)
    assert unknown.returncode == 1 and "is not an article" in unknown.stderr
    two = site.url_of(story), site.url_of(site.all_stories[1])
    between = worker("diff", *two, "--archive", tmp_path).stdout
    assert between.startswith(f"{two[0]} → {two[1]}\n") and "75 suất quà tại xã." in between
    assert worker("diff", "--all", *two, "--archive", tmp_path).returncode == 2


def test_what_a_site_says_is_unchanged_is_read_in_full_after_a_week_and_after_a_month(site):
    site.etag = '"1"'
    assert site.crawl(timedelta(hours=2)) == {"unchanged": 3}
    sent = site.web.bodies.copy()
    story = site.all_stories[0]
    site.publish(replace(story, parts=(*story.parts, Paragraph("Đính chính: Hội đã trao 75 suất quà tại xã."))))
    for step in (timedelta(hours=7), timedelta(days=1, hours=1)):
        assert site.crawl(step) == {"unchanged": 3}
    asked = [key for key in sent if key[1] in site._by_path]
    assert all(site.web.bodies[key] == sent[key] for key in asked)
    assert site.crawl(timedelta(days=7, hours=1)) == {"unchanged": 2, "changed": 1}
    assert "75 suất quà" in text(site)[1]
    assert site.crawl(timedelta(days=31)) == {"unchanged": 3}
    assert all(site.web.bodies[key] == sent[key] + 2 for key in asked)


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_taken_away_is_marked_as_gone_and_kept(site, status):
    before = text(site)
    site.status = status
    assert site.crawl(timedelta(hours=2)) == {"gone": 3}
    assert text(site) == before
    assert one(site, "SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == (3,)
    site.status = None
    assert site.crawl(timedelta(hours=7)) == {"unchanged": 3}
    assert one(site, "SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == (0,)


@pytest.mark.parametrize("validators", [False, True])
@pytest.mark.parametrize("led_to", ["", "nowhere-12345.html"])
def test_what_leads_to_the_front_page_or_to_nothing_is_gone_and_comes_back(site, led_to, validators):
    site.validators = validators
    site.crawl(timedelta(hours=2))
    before = text(site)
    site.leads_to = led_to
    for _ in range(2):
        assert site.crawl(timedelta(hours=7)) in ({"gone": 3}, {})
        assert one(site, "SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == (3,)
    assert text(site) == before
    site.leads_to = None
    assert site.crawl(timedelta(days=2)) == {"unchanged": 3}
    assert one(site, "SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == (0,)


def test_what_was_gone_and_is_unchanged_is_back(site):
    site.validators = True
    site.crawl(timedelta(hours=2))
    site.status = 404
    assert site.crawl(timedelta(hours=7)) == {"gone": 3}
    site.status = None
    assert site.crawl(timedelta(days=2)) == {"unchanged": 3}
    assert one(site, "SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == (0,)


@pytest.mark.parametrize("back", [False, True])
def test_what_is_gone_at_its_last_look_is_looked_at_once_more(site, back):
    site.status = 404
    assert site.crawl(timedelta(days=31)) == {"gone": 3}
    assert site.crawl(timedelta(days=37)) == {}
    site.status = None if back else 404
    assert site.crawl(timedelta(days=39)) == {"unchanged" if back else "gone": 3}
    assert site.crawl(timedelta(days=400)) == {}


def test_articles_whose_addresses_lead_to_others_are_fetched_at_their_times_too(site):
    new = list(stories(2, seed=10))
    for story in new:
        site.publish(story)
    site.leads_to = "moved/{path}"
    site.crawl(timedelta(minutes=30))
    looks = [timedelta(hours=hours, minutes=31) for hours in (1, 2, 4, 6, 12, 24, 7 * 24, 8 * 24, 30 * 24, 31 * 24)]
    for after in looks:
        site.crawl(after)
    asked = Counter(site.web.asked(site))
    assert [asked["/moved" + site.path_of(story)] for story in new] == [6, 6]  # its first time, and five looks


@pytest.mark.parametrize("notice", [PageKind.SPAM, PageKind.MAINTENANCE, PageKind.LOGIN])
def test_what_stands_in_an_article_s_place_never_overwrites_it_and_is_looked_at_again_in_a_day(site, notice):
    before = [text(site, number) for number in range(3)]
    site.notice = notice
    assert site.crawl(timedelta(hours=2)) == {notice.value: 3}
    assert [text(site, number) for number in range(3)] == before
    assert one(site, "SELECT count(*) FROM revisions") == (0,)
    site.notice = None
    assert site.crawl(timedelta(hours=3) + BACK_OFF[-1]) == {"unchanged": 3}


SLOTS = "Situs slot terpercaya dengan RTP live tertinggi, daftar slot88 deposit pulsa tanpa potongan setiap hari. "


@pytest.mark.parametrize(
    ("title", "said", "kind"),
    [
        ("SLOT777 hari ini", SLOTS * 12, PageKind.SPAM),
        ("Cheap pharmacy", "Buy cheap medicines online, without prescription, at the best price. " * 15, PageKind.SPAM),
        ("Welcome to nginx!", "If you see this page, the nginx web server is working.", PageKind.EMPTY),
        ("Tên miền đã hết hạn", "Vui lòng liên hệ nhà đăng ký của mình để gia hạn.", PageKind.MAINTENANCE),
        ("Thông báo", "Trang tin đã chuyển sang https://hoi.example.vn/, kính mời truy cập.", PageKind.EMPTY),
        ("Thông báo", "Trang tin của Hội đã chuyển sang Báo Quê hương, kính mời truy cập.", PageKind.MAINTENANCE),
    ],
)
def test_what_has_nothing_of_the_article_never_overwrites_it_either(site, title, said, kind):
    before = text(site)
    site.instead = f"<title>{title}</title><h1>{title}</h1><article><p>{said}</p></article>"
    assert site.crawl(timedelta(hours=2)) == {kind.value: 3}
    assert text(site) == before
    assert one(site, "SELECT count(*) FROM revisions") == (0,)


def test_an_article_that_is_cut_down_has_changed_and_one_that_gave_way_to_a_word_of_excuse_has_not(site):
    title, before = site.all_stories[0].title, text(site)
    site.instead = f"<title>{title}</title><h1>{title}</h1><article><p>Bài này được gỡ để kiểm tra lại.</p></article>"
    assert site.crawl(timedelta(hours=2)) == {"empty": 3}
    assert text(site) == before
    site.instead = site.instead.replace("Bài này", "Bài này của bà Lò Thị Mín")
    assert site.crawl(timedelta(hours=4) + BACK_OFF[-1])["changed"] >= 1
    assert text(site) == (title, "Bài này của bà Lò Thị Mín được gỡ để kiểm tra lại.")


def test_a_site_that_answers_with_an_error_keeps_its_articles_and_is_asked_again_later(site):
    before = text(site)
    site.status = 403
    assert site.crawl(timedelta(hours=2)) == {"log-in": 3}
    assert text(site) == before
