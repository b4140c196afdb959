"""What every portal of the tests' web has, whatever system it runs on: addresses, listings, feeds, and lively chrome.

A family (nukeviet.py, liferay.py, …) adds its markup. All of it was written for these tests after descriptions of the
systems; the chrome that changes on a real portal changes here too, at every hit, and is the same for the same hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from html import escape
from random import Random
from typing import ClassVar

from tests.web.notices import NOTICES
from tests.web.server import Answer, Request
from tests.web.stories import VIETNAM
from tests.web.story import Bullets, Figure, Heading, Paragraph, Part, Quote, Story, Table
from worker.config import Source
from worker.models import PageKind

TODAY = datetime(2026, 11, 20, 8, 0, tzinfo=VIETNAM)
"""The clock of every portal at hit 0: later than any story, so a date that was read off a clock is a wrong date."""

WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")

MENU = {
    "Giới thiệu": ("Chức năng, nhiệm vụ", "Cơ cấu tổ chức", "Ban Thường vụ", "Lịch sử phong trào", "Thông tin liên hệ"),
    "Tin tức": ("Hoạt động Hội", "Tin cơ sở", "Gương điển hình", "Phụ nữ và cuộc sống", "Tin trong nước"),
    "Văn bản": ("Văn bản Trung ương", "Văn bản của Hội", "Công văn", "Kế hoạch", "Biểu mẫu", "Góp ý dự thảo"),
    "Đề án": ("Đề án 939", "Đề án 938", "Dự án 8", "Mẹ đỡ đầu"),
    "Thư viện": ("Hình ảnh", "Video", "Tài liệu sinh hoạt", "Bài hát về Hội"),
    "Hỏi đáp": ("Gửi câu hỏi", "Chính sách", "Hôn nhân và gia đình"),
}
PARTNERS = ("Trung ương Hội", "Báo Phụ nữ", "Cổng thông tin tỉnh", "Học viện Phụ nữ", "Ngân hàng Chính sách xã hội")


@dataclass(frozen=True)
class Hit:
    """One showing of one page: what is new in the chrome this time."""

    portal: Portal
    number: int
    key: str
    story: Story | None = None

    @cached_property
    def dice(self) -> Random:
        return Random(f"{self.portal.host}{self.key}{self.number}")  # noqa: S311 - chrome, not secrets

    @cached_property
    def clock(self) -> datetime:
        """Now, as the page shows it."""
        return TODAY + timedelta(minutes=17 * self.number + self.dice.randrange(17))

    def count(self, low: int, high: int) -> str:
        """A counter that grows with the hits, with commas, as the systems write them."""
        return f"{self.dice.randrange(low, high) + 13 * self.number:,}"

    def others(self, count: int) -> list[Story]:
        """Other stories of the portal, as lists of related, newer or most read ones show them."""
        known = self.portal.all_stories
        picked = self.dice.sample(known, min(count + 1, len(known)))
        return [story for story in picked if story is not self.story][:count]

    def links(self, count: int, pattern: str) -> str:
        """So many other stories in a pattern of {url}, {title}, {day}, {teaser} and {views}."""
        return "".join(
            pattern.format(
                url=escape(self.portal.path_of(story)),
                title=escape(story.title),
                day=story.published.strftime("%d/%m/%Y") if story.published else "",
                teaser=escape(teaser(story)),
                views=self.dice.randrange(5, 5000),
            )
            for story in self.others(count)
        )


def teaser(story: Story) -> str:
    """What a list shows of a story: the beginning of its lead or of its text, cut off."""
    text = story.lead or story.body.partition("\n")[0]
    return text if len(text) < 160 else text[:160].rpartition(" ")[0] + "..."


class Portal:
    """A portal that stands on its own: `article_page(story)` needs no server. Families say how it is built.

    Args:
        host: its name in the tests' web.
        stories: what it has published; `publish` adds or changes one later.
        name: what it calls itself.
        size: an article page has at least so many bytes (filled up with chrome and scripts).
        validators: answer pages, feeds and sitemaps with ETag and Last-Modified, and 304 while their stories are as
            they were.
        plain: bare of every class, id and schema, so that no profile fits and the page has to be understood.
    """

    family: ClassVar[str]
    charset: ClassVar[str] = "utf-8"

    def __init__(
        self,
        host: str = "",
        stories: Iterable[Story] = (),
        *,
        name: str = "Hội LHPN tỉnh Đồng Mơ",
        per_page: int = 10,
        size: int = 0,
        validators: bool = False,
        plain: bool = False,
    ) -> None:
        self.host = host or f"{self.family}.test"
        self.base = f"https://{self.host}.invalid/"
        self.name = name
        self.per_page = per_page
        self.size = size
        self.validators = validators
        self.plain = plain
        self.notice: PageKind | None = None  # set: every article's address answers so, with status 200
        self.all_stories: list[Story] = []
        self._by_path: dict[str, int] = {}
        self._newest: list[Story] | None = None
        for story in stories:
            self.publish(story)

    def publish(self, story: Story) -> None:
        """Publish a story, or put a new version in the place of the one with its id and title."""
        path = self.path_of(story)
        self._newest = None
        if (index := self._by_path.get(path)) is None:
            self._by_path[path] = len(self.all_stories)
            self.all_stories.append(story)
        else:
            self.all_stories[index] = replace(story, revision=self.all_stories[index].revision + 1)

    # ---- what a family builds ------------------------------------------------------------------------------------

    feed_path: ClassVar[str] = "/rss"

    def told(self, story: Story) -> Story:
        """The story as this portal tells it: without what its pages do not show."""
        return story

    def path_of(self, story: Story) -> str:
        """The address of a story, without the host."""
        raise NotImplementedError

    def page_path(self, page: int) -> str:
        """The address of a page of the listing."""
        raise NotImplementedError

    def page_of(self, path: str) -> int | None:
        """The page of the listing that an address names; None: it is not the listing's."""
        numbers = [int(number) for number in re.findall(r"\d+", path)]
        pages = (number for number in (1, *numbers) if 1 <= number <= self.pages)
        return next((page for page in pages if self.page_path(page) == path), None)

    def article_html(self, story: Story, hit: Hit) -> str:
        """The page of a story, as the system writes it."""
        raise NotImplementedError

    def listing_html(self, stories: Sequence[Story], page: int, hit: Hit) -> str:
        """A page of the listing."""
        raise NotImplementedError

    def shell(self, title: str, main: str, hit: Hit) -> str:
        """Any other page in the portal's chrome."""
        raise NotImplementedError

    def pub_date(self, story: Story) -> str:
        """The date of a feed's item."""
        return story.published.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT") if story.published else ""

    # ---- pages -----------------------------------------------------------------------------------------------------

    def article_page(self, story: Story, hit: int = 1) -> str:
        """The page of a story at its n-th showing."""
        page = self.article_html(story, Hit(self, hit, str(story.id), story))
        page = bare(page) if self.plain else page
        missing = self.size - len(page.encode())
        return page.replace("</body>", filling(missing) + "</body>") if missing > 0 else page

    def notice_page(self, kind: PageKind, hit: int = 1) -> str:
        """What the portal serves in the place of an article, see notices.py."""
        return NOTICES[kind](self, Hit(self, hit, kind))

    def listing_page(self, page: int = 1, hit: int = 1) -> str:
        """A page of the listing, the newest stories first."""
        return self.listing_html(self._shown(page), page, Hit(self, hit, f"listing {page}"))

    def feed(self) -> str:
        """RSS 2.0 with the newest thirty: title, link, date and teaser, no body."""
        items = "".join(
            f"<item><title>{escape(story.title)}</title><link>{escape(self.url_of(story))}</link>"
            f'<guid isPermaLink="false">news_{story.id}</guid><pubDate>{self.pub_date(story)}</pubDate>'
            f'<description><![CDATA[<img src="{self.base}uploads/{story.id}.jpg" width="100"/>{teaser(story)}]]>'
            "</description></item>"
            for story in self.newest[:30]
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
            f"<title>{escape(self.name)}</title><link>{self.base}</link>{items}</channel></rss>"
        )

    def sitemap(self) -> str:
        """All stories, with the day of their last change."""
        urls = "".join(
            f"<url><loc>{escape(self.url_of(story))}</loc>"
            + (f"<lastmod>{story.published.isoformat()}</lastmod>" if story.published else "")
            + "</url>"
            for story in self.newest
        )
        return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'

    def robots(self) -> str:
        """robots.txt."""
        return f"User-agent: *\nDisallow: /admin/\nSitemap: {self.base}sitemap.xml\n"

    # ---- serving ---------------------------------------------------------------------------------------------------

    @property
    def newest(self) -> list[Story]:
        """The stories, the latest first."""
        if self._newest is None:
            key = lambda story: (story.published or TODAY, story.id)  # noqa: E731 - read once, here
            self._newest = sorted(self.all_stories, key=key, reverse=True)
        return self._newest

    @property
    def pages(self) -> int:
        """How many pages the listing has."""
        return max(1, -(-len(self.all_stories) // self.per_page))

    def url_of(self, story: Story) -> str:
        """The whole address of a story."""
        return self.base.rstrip("/") + self.path_of(story)

    def source(self, source_id: str = "", **settings: object) -> Source:
        """This portal as an entry of sources.yaml that may be crawled on loopback, without a pause."""
        return Source.model_validate(
            {
                "id": source_id or re.sub(r"[^a-z0-9]+", "-", self.host.lower()),
                "name": self.name,
                "home": self.base,
                "kind": "union",
                "politeness": {"delay": 0},
                "network": {"allow_private": True},
            }
            | settings
        )

    def answer(self, request: Request, hit: int) -> Answer:
        """The response of the portal's server."""
        path = request.path
        if (index := self._by_path.get(path)) is not None:
            if self.notice is not None:
                return Answer(body=self.notice_page(self.notice, hit).encode())
            return self._article(self.all_stories[index], request, hit)
        if path == "/robots.txt":
            plain = (("Content-Type", "text/plain; charset=utf-8"),)
            return Answer(body=self.robots().encode(), headers=plain, compress=True)
        texts = {
            "/sitemap.xml": ("application/xml", self.sitemap, self.newest),
            self.feed_path: ("application/rss+xml", self.feed, self.newest[:30]),
        }
        if path in texts:
            mime, make, shown = texts[path]
            answer = Answer(body=make().encode(), headers=(("Content-Type", f"{mime}; charset=utf-8"),), compress=True)
            return self._validated(answer, shown, request)
        page = 1 if path == "/" else self.page_of(path)
        if page is not None:
            answer = Answer(body=self.listing_page(page, hit).encode(self.charset, "xmlcharrefreplace"))
            return self._validated(answer, self._shown(page), request)
        return Answer(status=404, body=self.notice_page(PageKind.NOT_FOUND, hit).encode())

    def _shown(self, page: int) -> list[Story]:
        """The stories of a page of the listing."""
        return self.newest[(page - 1) * self.per_page : page * self.per_page]

    def _article(self, story: Story, request: Request, hit: int) -> Answer:
        body = self.article_page(story, hit).encode(self.charset, "xmlcharrefreplace")
        answer = Answer(body=body, headers=(("Content-Type", f"text/html; charset={self.charset}"),))
        return self._validated(answer, [story], request)

    def _validated(self, answer: Answer, shown: Sequence[Story], request: Request) -> Answer:
        """An answer that shows these stories, with validators; 304 where the one who asks has seen them as they are."""
        if not self.validators:
            return answer
        changes = [
            (story.edited or story.published or TODAY).astimezone(UTC) + timedelta(hours=story.revision)
            for story in shown
        ]
        changed = max(changes, default=TODAY.astimezone(UTC)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        versions = ",".join(f"{story.id}-{story.revision}" for story in shown)
        etag = f'W/"{sha256(versions.encode()).hexdigest()[:16]}"'
        headers = (*answer.headers, ("ETag", etag), ("Last-Modified", changed))
        asked = request.headers
        same = asked["if-none-match"] == etag if "if-none-match" in asked else asked.get("if-modified-since") == changed
        return replace(answer, status=304, body=b"", headers=headers) if same else replace(answer, headers=headers)

    # ---- pieces that families share --------------------------------------------------------------------------------

    def part_html(self, part: Part) -> str:
        """A part of the article's body, as a plain editor writes it; families have their own habits."""
        match part:
            case Paragraph(text):
                return f'<p style="text-align: justify;">{escape(text, quote=False)}</p>\n'
            case Heading(text):
                return f"<h2>{escape(text, quote=False)}</h2>\n"
            case Quote(lines):
                return (
                    "<blockquote>"
                    + "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
                    + "</blockquote>\n"
                )
            case Bullets(items):
                return "<ul>\n" + "".join(f"<li>{escape(item, quote=False)}</li>\n" for item in items) + "</ul>\n"
            case Table(rows):
                return f'<table border="1"><tbody>{"".join(map(_row, rows))}</tbody></table>\n'
            case Figure(caption, alt):
                return f"<figure>{self.image(alt)}<figcaption>{escape(caption, quote=False)}</figcaption></figure>\n"

    def image(self, alt: str) -> str:
        """A picture."""
        return f'<img src="/uploads/news/{slug_of(alt)}.jpg" width="600" height="400" alt="{escape(alt)}">'

    def body_html(self, story: Story) -> str:
        """All parts of the body, one after the other."""
        return "".join(map(self.part_html, story.parts))

    def menu_html(self, open_item: str = '<li class="dropdown">', list_tag: str = '<ul class="dropdown-menu">') -> str:
        """The site's menu, two levels of it."""
        return _menu(open_item, list_tag)

    def partners_html(self) -> str:
        """Links to other sites, in a select, as most portals have them."""
        options = "".join(f'<option value="https://{slug_of(name)}.invalid/">{name}</option>' for name in PARTNERS)
        return f'<select onchange="window.open(this.value)"><option>--- Liên kết website ---</option>{options}</select>'


@cache
def _menu(open_item: str, list_tag: str) -> str:
    return "".join(
        f'{open_item}<a href="/{slug_of(top)}">{top}</a>{list_tag}'
        + "".join(f'<li><a href="/{slug_of(top)}/{slug_of(item)}">{item}</a></li>' for item in items)
        + "</ul></li>\n"
        for top, items in MENU.items()
    )


def _row(cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell, quote=False)}</td>" for cell in cells) + "</tr>\n"


@lru_cache(maxsize=1024)
def slug_of(text: str) -> str:
    """Letters and digits of a text, for the addresses of chrome."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().encode("ascii", "ignore").decode()) or "x"


_ATTRIBUTES = re.compile(r'\s(?:class|id|itemprop|itemtype|itemscope|data-role|role|rel|name)="[^"]*"')
_HEAD = re.compile(
    r"<meta [^>]*(?:og:|article:|generator|date)[^>]*>|<script type=\"application/ld\+json\">.*?</script>", re.S
)


def bare(page: str) -> str:
    """The page without the names by which a program could know what an element is for, and without its metadata."""
    return _ATTRIBUTES.sub("", _HEAD.sub("", page))


def filling(count: int) -> str:
    """So many bytes of what pages are full of: scripts and styles, half and half with hidden templates."""
    line = (
        "<script>window.dataLayer=window.dataLayer||[];dataLayer.push({'event':'widget.ready','slot':%d});</script>\n"
    )
    lines = [line % number for number in range(count // len(line) + 1)]
    return "".join(lines)
