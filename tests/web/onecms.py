"""OneCMS, the system of provincial newspapers: pairs of classes, a byline above and below, advertising in the body."""
# ruff: noqa: E501 - markup stands in lines as long as the system's own

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import ClassVar

from tests.web.portal import WEEKDAYS, Hit, Portal
from tests.web.story import Figure, Heading, Paragraph, Part, Story, slug


class OneCMS(Portal):
    family: ClassVar[str] = "onecms"
    feed_path: ClassVar[str] = "/rss/home.rss"

    def path_of(self, story: Story) -> str:
        return f"/{slug(story.section)}/{story.slug}-post{story.id}.html"

    def page_path(self, page: int) -> str:
        return "/hoat-dong-hoi/" + (f"page-{page}.html" if page > 1 else "")

    def article_html(self, story: Story, hit: Hit) -> str:
        author = f'<span class="article__author cms-author">{escape(story.byline)}</span>' if story.byline else ""
        time = (
            f'<time class="time" datetime="{story.published:%Y-%m-%dT%H:%M:%S}+0700" data-published-date="{story.published:%Y/%m/%dT%H:%M:%S}+0700">{story.published:%d/%m/%Y %H:%M}</time>'
            if story.published
            else ""
        )
        share = '<div class="article__share"><a class="social-btn" data-rel="facebook">Chia sẻ</a><a class="social-btn" data-rel="zalo">Zalo</a><a class="print-btn">In bài viết</a></div>'
        origin = (
            f'<div class="article__source"><span class="label">Nguồn:</span> <span class="cms-source">{escape(story.origin)}</span></div>'
            if story.origin
            else ""
        )
        main = (
            f'<div class="article"><h1 class="article__title cms-title">{escape(story.title, quote=False)}</h1><div class="article__meta">{author}{time}{share}</div>'
            f'<div class="article__sapo cms-desc">{escape(story.lead, quote=False)}</div>'
            f'<div class="article__body zce-content-body cms-body" itemprop="articleBody">{self._body(story, hit)}</div>{share}'
            f'<div class="article__author-bottom">{author}</div>{origin}'
            f'<div class="article__tags"><h3 class="box-heading">Từ khóa:</h3><ul><li><a href="/tag/1">phụ nữ</a></li><li><a href="/tag/2">{escape(story.section)}</a></li></ul></div>'
            '<div class="wrap-comment"><h3>Bình luận (0)</h3><input placeholder="Ý kiến của bạn"/><p>Vui lòng nhập tiếng Việt có dấu</p></div></div>'
            f'<section class="suggest"><h3 class="box-heading">Có thể bạn quan tâm</h3>{hit.links(4, self._item)}</section>'
            f'<section class="related-category"><h3 class="box-heading">Tin cùng chuyên mục</h3>{self.same_section(hit)}</section>'
        )
        return self._page(f"{escape(story.title)}", self._meta(story), main, hit)

    def _body(self, story: Story, hit: Hit) -> str:
        parts = [self.part_html(part) for part in story.parts]
        relate = f'<div class="article-relate"><p class="title">Tin liên quan</p>{hit.links(2, self._related)}</div>\n'
        advert = '<div class="rennab banner-pc" id="sdaWeb_SdaArticleInside"><span>Quảng cáo</span></div>\n'
        parts.insert(min(3, len(parts)), relate + advert)
        return "".join(parts)

    _item = '<article class="story"><figure class="story__thumb"><a class="cms-link" href="{url}" title="{title}"><img src="/t.jpg" alt="{title}"></a></figure><h2 class="story__heading"><a class="cms-link" href="{url}">{title}</a></h2><div class="story__summary">{teaser}</div></article>'
    _related = '<article class="story"><a class="cms-link" href="{url}">{title}</a></article>'

    def same_section(self, hit: Hit) -> str:
        """The newest headlines of the section, each with its teaser."""
        return hit.links(8, self._item)

    def _meta(self, story: Story) -> str:
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "description": story.lead,
            "author": {"@type": "Person", "name": story.byline},
            "publisher": {"@type": "Organization", "name": self.name},
        }
        if story.published:
            data["datePublished"] = f"{story.published:%Y-%m-%dT%H:%M:%S}+0700"
        return (
            f'<meta name="description" content="{escape(story.lead)}"/><link rel="canonical" href="{self.url_of(story)}"/><meta property="og:title" content="{escape(story.title)}"/>'
            f'<meta property="og:type" content="article"/><meta property="og:url" content="{self.url_of(story)}"/><meta name="generator" content="OneCMS"/>'
            f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
        )

    def part_html(self, part: Part) -> str:
        match part:
            case Paragraph(text):
                return f"<p>{escape(text, quote=False)}</p>\n"
            case Heading(text):
                return f"<h2>{escape(text, quote=False)}</h2>\n"
            case Figure(caption, alt):
                return f'<table class="picture" align="center"><tbody><tr><td class="pic">{self.image(alt)}</td></tr><tr><td class="caption">{escape(caption, quote=False)}</td></tr></tbody></table>\n'
        return super().part_html(part)

    def image(self, alt: str) -> str:
        return f'<img class="lazyload cms-photo" src="/images/1.jpg" data-photo-original-src="" alt="{escape(alt)}" title="{escape(alt)}" width="600"/>'

    def listing_html(self, stories: Sequence[Story], page: int, hit: Hit) -> str:
        items = "".join(
            f'<article class="story" data-id="{story.id}"><figure class="story__thumb"><a class="cms-link" href="{self.path_of(story)}" title="{escape(story.title)}"><img src="/images/{story.id}.jpg"/></a></figure>'
            f'<h2 class="story__heading"><a class="cms-link" href="{self.path_of(story)}">{escape(story.title)}</a></h2><time datetime="{story.published:%Y-%m-%dT%H:%M:%S}+0700">{story.published:%d/%m/%Y %H:%M}</time><div class="story__summary">{escape(story.lead)}</div></article>'
            for story in stories
        )
        more = f'<a class="view-more" href="{self.page_path(page + 1)}">Xem thêm</a>' if page < self.pages else ""
        return self._page(
            "Hoạt động Hội",
            "",
            f'<h2 class="cate-heading">Hoạt động Hội</h2><div class="timeline content-list">{items}</div><div class="box-navigate">{more}</div>',
            hit,
        )

    def shell(self, title: str, main: str, hit: Hit) -> str:
        return self._page(title, "", main, hit)

    def _page(self, title: str, meta: str, main: str, hit: Hit) -> str:
        story = '<article class="story"><h2 class="story__heading"><a class="cms-link" href="{url}">{title}</a></h2></article>'
        return f"""<!DOCTYPE html>
<html lang="vi" class="{"mobile" if hit.number % 2 else "pc"}"><head><meta charset="{self.charset}"/><title>{title}</title>{meta}<meta name="viewport" content="width=device-width"/>
<script>var cmsConfig={{domainDesktop:"{self.base}",siteId:{hit.number % 9}}};</script></head>
<body class="detail-page"><header class="site-header"><div class="container"><a class="logo" href="/" title="{self.name}">{self.name}</a><span class="site-time">{WEEKDAYS[hit.clock.weekday()]}, {hit.clock:%d/%m/%Y}</span><div class="search"><input placeholder="Tìm kiếm"/></div></div>
<nav class="site-nav"><ul class="menu">{self.menu_html('<li class="main">', '<ul class="child">')}</ul></nav></header>
<div class="site-body"><div class="container"><div class="breadcrumb"><h2 class="main"><a href="/hoat-dong-hoi/">Hoạt động Hội</a></h2></div><div class="row"><div class="main-col">{main}</div>
<div class="sidebar-right"><div class="box"><h3 class="box-heading">Đọc nhiều</h3>{hit.links(6, story)}</div><div class="box"><h3 class="box-heading">Mới nhất</h3>{hit.links(6, story)}</div><div class="rennab" id="sdaWeb_SdaRight{hit.number}"></div></div></div></div></div>
<footer class="site-footer"><div class="container"><p>Cơ quan ngôn luận của {self.name}</p><p>Tổng Biên tập: Lê Quỳnh Trang</p><p>Tòa soạn: 7 Tôn Thất Thuyết, Hà Nội. Điện thoại: (024) 3942 0000</p><p>© Bản quyền thuộc về {self.name}. Mọi hành động sử dụng nội dung phải được sự đồng ý bằng văn bản.</p></div></footer>
</body></html>"""
