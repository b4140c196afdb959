"""The five saved pages of seeds/ put back into the HTML of the systems that they came from.

Each seed is plain text; here its lines are told apart by hand, and a portal of its family prints them. What the seed
shows beside the article (banners, counters, other headlines) stands in the page where such a site has it.
"""
# ruff: noqa: E501 - markup stands in lines as long as the system's own

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path

from tests.web.liferay import Liferay
from tests.web.nukeviet import NukeViet
from tests.web.onecms import OneCMS
from tests.web.portal import Hit, Portal
from tests.web.sharepoint import SharePoint
from tests.web.stories import VIETNAM, stories
from tests.web.story import Figure, Heading, Paragraph, Part, Story

FOLDER = Path(__file__).parents[2] / "seeds"


@dataclass(frozen=True)
class Lines:
    """Which lines (from 1) of a seed are what. `below` are headlines and teasers of other articles, by their lines."""

    title: int
    body: tuple[int, ...]
    headings: tuple[int, ...] = ()
    captions: tuple[int | tuple[int, int], ...] = ()
    lead: int | None = None
    published: datetime | None = None
    views: int = 0
    byline: str = ""
    authors: tuple[str, ...] = ()
    origin: str = ""
    below: tuple[tuple[int, int], ...] = ()


SEEDS = {
    "000": Lines(title=18, body=(20, 24, 28, 32), captions=(22, 26, 30, 34)),
    "001": Lines(
        title=4,
        body=(6, 10, 12, 14, 18),
        captions=(8, 16, (20, 21)),
        published=datetime(2022, 11, 21, tzinfo=VIETNAM),
        views=2,
        byline="Nguyễn Hồng – Xuân Điệu (Trung tâm Văn hóa và Truyền thanh thành phố)",
        authors=("Nguyễn Hồng", "Xuân Điệu"),
    ),
    "002": Lines(
        title=1,
        lead=4,
        body=(9, 11, 14, 16, 18, 20, 23, 25, 27, 29, 32, 34),
        headings=(7, 13, 22, 31),
        captions=(6,),
        published=datetime(2024, 3, 20, 11, 23, tzinfo=VIETNAM),
        views=71,
        byline="KHÁNH LIÊN",
        authors=("Khánh Liên",),
        origin="BDVTU",
    ),
    "003": Lines(
        title=1,
        lead=4,
        body=(7, 11, 13, 17, 19, 23, 27, 31, 33, 35, 37, 39, 41),
        headings=(9, 21, 29),
        captions=(5, 15, 25),
        published=datetime(2023, 11, 22, tzinfo=VIETNAM),
        origin="https://phunuvietnam.vn/",
    ),
    "004": Lines(
        title=1,
        lead=6,
        body=(10, 12, 18, 20, 24, 30, 32, 34, 36, 38, 40),
        headings=(8, 22),
        captions=(16, 28),
        byline="Thanh Thanh",
        authors=("Thanh Thanh",),
        below=tuple((line, line + 4) for line in range(48, 108, 6)),
    ),
}


def seed_text(seed: str) -> str:
    """The saved page as it lies in seeds/."""
    return next(FOLDER.glob(f"{seed}_*.txt")).read_text("utf-8")


@cache
def seed_story(seed: str) -> Story:
    """The article of a seed, as its lines tell it: white space as saved, a caption broken in two still with its break."""
    lines, text = SEEDS[seed], ["", *seed_text(seed).split("\n")]
    numbered: dict[int, Part] = {number: Paragraph(text[number]) for number in lines.body}
    numbered |= {number: Heading(text[number]) for number in lines.headings}
    for caption in lines.captions:
        first, last = caption if isinstance(caption, tuple) else (caption, caption)
        numbered[first] = Figure("\n".join(text[first : last + 1]))
    return Story(
        id=900 + int(seed),
        title=text[lines.title],
        lead=text[lines.lead] if lines.lead else "",
        parts=tuple(part for _, part in sorted(numbered.items())),
        published=lines.published,
        views=lines.views,
        byline=lines.byline,
        authors=lines.authors,
        origin=lines.origin,
    )


def seed_portal(seed: str, *, plain: bool = False) -> Portal:
    """The portal that published a seed, with other articles around it. `plain`: see Portal."""
    text, others = ["", *seed_text(seed).split("\n")], list(stories(12, seed=int(seed)))
    if below := SEEDS[seed].below:
        others = [
            replace(other, title=text[title], lead=text[teaser])
            for other, (title, teaser) in zip(others, below, strict=False)
        ]
    return PORTALS[seed](f"seed-{seed}.test", [seed_story(seed), *others], name=NAMES[seed], plain=plain)


def seed_page(seed: str, hit: int = 1, *, plain: bool = False) -> str:
    """A seed in the HTML of its own system, at its n-th showing."""
    return seed_portal(seed, plain=plain).article_page(seed_story(seed), hit)


class BinhThuan(NukeViet):
    """Shows the article twice: a copy for small screens, which lacks the lead and the first picture, goes before it."""

    def dateline(self, story: Story, hit: Hit) -> str:
        return ""

    def article_column(self, story: Story, hit: Hit) -> str:
        small = "".join(map(self.part_html, story.parts[2:]))
        copy = (
            f'<div class="news_column panel panel-default visible-xs"><div class="panel-body"><h2 class="title">{escape(story.title, quote=False)}</h2>'
            f'<div class="bodytext">{small}</div></div></div>'
        )
        return copy + super().article_column(story, hit)


class HungYen(SharePoint):
    banner = "10/10/2024 NGÀY CHUYỂN ĐỔI SỐ QUỐC GIA-PHỔ CẬP HẠ TẦNG SỐ VÀ SÁNG TẠO ỨNG DỤNG SỐ ĐỂ PHÁT TRIỂN KINH TẾ SỐ ĐỘNG LỰC MỚI CHO TĂNG TRƯỞNG KINH TẾ SỐ VÀ NĂNG SUẤT LAO ĐỘNG"

    def part_html(self, part: Part) -> str:
        if isinstance(part, Figure) and "\n" in part.caption:
            first, second = part.caption.split("\n")
            return (
                super()
                .part_html(replace(part, caption=first))
                .replace(escape(first), f"{escape(first)}<br/>{escape(second)}")
            )
        return super().part_html(part)


class DanVan(NukeViet):
    """Views and comments stand beside the date; author and origin share the line of the origin; banners have alt texts."""

    def dateline(self, story: Story, hit: Hit) -> str:
        day = "Thứ tư - 20/03/2024 11:23"
        counts = f'<ul class="list-inline"><li><em class="fa fa-eye"></em> {story.views}</li><li><em class="fa fa-comment-o"></em> 0</li></ul>'
        return f'<div class="row"><div class="col-md-12"><span class="h5">{day}</span></div>{counts}</div>'

    def article_column(self, story: Story, hit: Hit) -> str:
        return super().article_column(replace(story, byline="", origin=f"{story.byline} -{story.origin}"), hit)

    def part_html(self, part: Part) -> str:
        if isinstance(part, Figure):
            part = replace(part, alt=part.caption)  # the seed's line 5: the alternative text repeats the caption
        return super().part_html(part)

    def sides(self, hit: Hit) -> str:
        banners = '<img alt="hcm bdv001" src="/a.jpg"/> <img alt="hcm bdv002" src="/b.jpg"/>'
        return super().sides(hit) + f'<div class="panel-body">{banners}</div>'


class CentralUnion(Liferay):
    """A repost names the home page that it came from, as a bare link."""

    def signed(self, story: Story) -> str:
        return f'<p style="text-align: right;"><a href="{story.origin}" target="_blank">{story.origin}</a></p>'


class PhuNuThuDo(OneCMS):
    """No date at all; each picture's alternative text is the title and a number, and stands in a title attribute too."""

    def article_html(self, story: Story, hit: Hit) -> str:
        pictures = 0
        parts: list[Part] = []
        for part in story.parts:
            if isinstance(part, Figure):
                pictures += 1
                part = replace(part, alt=f"{story.title} - {pictures}")  # noqa: PLW2901 - the same part, described
            parts.append(part)
        return super().article_html(replace(story, parts=tuple(parts)), hit)

    def same_section(self, hit: Hit) -> str:
        below = self.all_stories[1 : 1 + len(SEEDS["004"].below)]
        return "".join(
            self._item.format(
                url=self.path_of(other), title=escape(other.title, quote=False), teaser=escape(other.lead, quote=False)
            )
            for other in below
        )


PORTALS: dict[str, type[Portal]] = {
    "000": BinhThuan,
    "001": HungYen,
    "002": DanVan,
    "003": CentralUnion,
    "004": PhuNuThuDo,
}
NAMES = {
    "000": "Hội LHPN tỉnh Bình Thuận",
    "001": "Cổng thông tin phường Bạch Sam",
    "002": "Ban Dân vận Tỉnh ủy Bình Phước",
    "003": "Hội Liên hiệp Phụ nữ Việt Nam",
    "004": "Báo Phụ nữ Thủ đô",
}
