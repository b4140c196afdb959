"""WordPress with a classic theme, an SEO plug-in's @graph, and Jetpack's share bar and related posts in the content."""
# ruff: noqa: E501 - markup stands in lines as long as the system's own

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import ClassVar

from tests.web.portal import Hit, Portal
from tests.web.story import Figure, Heading, Paragraph, Part, Story, slug


class WordPress(Portal):
    family: ClassVar[str] = "wordpress"
    feed_path: ClassVar[str] = "/feed/"

    def told(self, story: Story) -> Story:
        """No field for the origin; the lead is the first paragraph."""
        return replace(story, origin="", lead="", parts=self._all(story))

    @staticmethod
    def _all(story: Story) -> tuple[Part, ...]:
        return (Paragraph(story.lead), *story.parts) if story.lead else story.parts

    def path_of(self, story: Story) -> str:
        return (
            f"/{story.published:%Y/%m/%d}/{story.slug}-{story.id}/" if story.published else f"/{story.slug}-{story.id}/"
        )

    def page_path(self, page: int) -> str:
        return "/category/hoat-dong-hoi/" + (f"page/{page}/" if page > 1 else "")

    def article_html(self, story: Story, hit: Hit) -> str:
        main = (
            f'<article id="post-{story.id}" class="post-{story.id} post type-post status-publish format-standard hentry category-{slug(story.section)}">'
            f'<header class="entry-header"><h1 class="entry-title">{escape(story.title, quote=False)}</h1><div class="entry-meta">{self._posted(story)}</div></header>'
            f'<div class="entry-content">{"".join(map(self.part_html, self._all(story)))}'
            '<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social"><h3 class="sd-title">Chia sẻ:</h3><ul><li><a class="share-twitter" href="#"><span>Twitter</span></a></li><li><a class="share-facebook" href="#"><span>Facebook</span></a></li></ul></div></div>'
            f'<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Có liên quan</em></h3>{hit.links(3, self._related)}</div></div>'
            f'<footer class="entry-footer"><span class="cat-links">Đăng trong <a href="/category/{slug(story.section)}/" rel="category tag">{escape(story.section)}</a></span><span class="tags-links">Thẻ <a href="/tag/phu-nu/" rel="tag">phụ nữ</a></span></footer></article>'
            f'<nav class="navigation post-navigation"><h2 class="screen-reader-text">Điều hướng bài viết</h2><div class="nav-links">{hit.links(1, self._turn.format("previous", "Bài trước"))}{hit.links(1, self._turn.format("next", "Bài sau"))}</div></nav>'
            '<div id="comments" class="comments-area"><div id="respond" class="comment-respond"><h3 id="reply-title" class="comment-reply-title">Trả lời</h3><p class="comment-notes">Email của bạn sẽ không được hiển thị công khai. Các trường bắt buộc được đánh dấu *</p><label>Bình luận *</label><textarea></textarea><p>Lưu tên của tôi, email, và trang web trong trình duyệt này cho lần bình luận kế tiếp của tôi.</p></div></div>'
        )
        return self._page(
            f"{escape(story.title)} - {self.name}",
            "post-template-default single single-post single-format-standard",
            self._meta(story),
            main,
            hit,
        )

    _related = '<div class="jp-relatedposts-post"><h4 class="jp-relatedposts-post-title"><a href="{url}">{title}</a></h4><p class="jp-relatedposts-post-excerpt">{teaser}</p><p class="jp-relatedposts-post-date">{day}</p></div>'
    _turn = '<div class="nav-{}"><a href="{{url}}"><span class="meta-nav">{}</span> <span class="post-title">{{title}}</span></a></div>'

    def _posted(self, story: Story) -> str:
        if story.published is None:
            return ""
        times = f'<time class="entry-date published{"" if story.edited else " updated"}" datetime="{story.published.isoformat()}">{story.published:%d/%m/%Y}</time>'
        if story.edited:
            times += f'<time class="updated" datetime="{story.edited.isoformat()}">{story.edited:%d/%m/%Y}</time>'
        return (
            f'<span class="posted-on"><span class="screen-reader-text">Đăng vào</span> <a href="{self.path_of(story)}" rel="bookmark">{times}</a></span>'
            f'<span class="byline"><span class="author vcard"><span class="screen-reader-text">Tác giả</span> <a class="url fn n" href="/author/bt/">{escape(story.byline)}</a></span></span>'
        )

    def _meta(self, story: Story) -> str:
        url = self.url_of(story)
        page: dict[str, object] = {"@type": "WebPage", "@id": url, "url": url, "name": f"{story.title} - {self.name}"}
        post: dict[str, object] = {
            "@type": "Article",
            "@id": f"{url}#article",
            "headline": story.title,
            "author": {"@id": "#/person/1"},
        }
        if story.published:
            times = {
                "datePublished": story.published.isoformat(),
                "dateModified": (story.edited or story.published).isoformat(),
            }
            page |= times
            post |= times
        graph = {
            "@context": "https://schema.org",
            "@graph": [post, page, {"@type": "Person", "@id": "#/person/1", "name": story.byline}],
        }
        return (
            f'<link rel="canonical" href="{url}" /><meta property="og:type" content="article" /><meta property="og:title" content="{escape(story.title)} - {self.name}" /><meta property="og:url" content="{url}" />'
            f'<script type="application/ld+json" class="yoast-schema-graph">{json.dumps(graph, ensure_ascii=False)}</script>'
        )

    def part_html(self, part: Part) -> str:
        match part:
            case Paragraph(text):
                return f'<p style="text-align: justify;">{escape(text, quote=False)}</p>\n'
            case Heading(text):
                return f"<h3><strong>{escape(text, quote=False)}</strong></h3>\n"
            case Figure(caption, alt):
                return f'<figure id="attachment_1" aria-describedby="caption-attachment-1" style="width: 600px" class="wp-caption aligncenter">{self.image(alt)}<figcaption class="wp-caption-text">{escape(caption, quote=False)}</figcaption></figure>\n'
        return super().part_html(part)

    def listing_html(self, stories: Sequence[Story], page: int, hit: Hit) -> str:
        items = "".join(
            f'<article id="post-{story.id}" class="post type-post hentry"><header class="entry-header"><h2 class="entry-title"><a href="{self.path_of(story)}" rel="bookmark">{escape(story.title)}</a></h2><div class="entry-meta">{self._posted(story)}</div></header>'
            f'<div class="entry-content"><p>{escape(story.lead)} <a class="more-link" href="{self.path_of(story)}">Đọc tiếp<span class="screen-reader-text"> "{escape(story.title)}"</span></a></p></div></article>'
            for story in stories
        )
        pages = "".join(
            f'<span aria-current="page" class="page-numbers current">{number}</span>'
            if number == page
            else f'<a class="page-numbers" href="{self.page_path(number)}">{number}</a>'
            for number in range(max(1, page - 2), min(self.pages, page + 2) + 1)
        )
        head = '<header class="page-header"><h1 class="page-title">Chuyên mục: Hoạt động Hội</h1></header>'
        return self._page(
            f"Hoạt động Hội - {self.name}",
            "archive category",
            "",
            f'{head}{items}<nav class="navigation pagination"><div class="nav-links">{pages}</div></nav>',
            hit,
        )

    def shell(self, title: str, main: str, hit: Hit) -> str:
        return self._page(title, "page-template-default page", "", main, hit)

    def _page(self, title: str, body_class: str, meta: str, main: str, hit: Hit) -> str:
        recent = hit.links(5, '<li><a href="{url}">{title}</a></li>')
        months = "".join(
            f'<li><a href="/2024/{n:02}/">Tháng {n} 2024</a> ({hit.dice.randrange(2, 50)})</li>' for n in range(1, 10)
        )
        return f"""<!DOCTYPE html>
<html lang="vi" prefix="og: https://ogp.me/ns#"><head><meta charset="{self.charset.upper()}"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>{meta}
<link rel="alternate" type="application/rss+xml" title="{self.name} &raquo; Dòng thông tin" href="{self.base}feed/" /><link rel="stylesheet" id="theme-style-css" href="/wp-content/themes/classic/style.css?ver=6.5" media="all" />
<script src="/wp-includes/js/jquery/jquery.min.js?ver=3.7.1" id="jquery-core-js"></script><meta name="generator" content="WordPress 6.5" /></head>
<body class="{body_class} wp-custom-logo"><div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">Chuyển đến nội dung</a>
<header id="masthead" class="site-header"><div class="site-branding"><p class="site-title"><a href="/" rel="home">{self.name}</a></p><p class="site-description">Đoàn kết - Sáng tạo - Bình đẳng - Phát triển</p></div><nav class="main-navigation"><ul id="primary-menu" class="menu">{self.menu_html('<li class="menu-item menu-item-has-children">', '<ul class="sub-menu">')}</ul></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">{main}</main></div>
<aside id="secondary" class="widget-area"><section class="widget widget_search"><form role="search"><label><span class="screen-reader-text">Tìm kiếm cho:</span><input type="search"/></label><input type="submit" value="Tìm kiếm"/></form></section>
<section class="widget widget_recent_entries"><h2 class="widget-title">Bài viết mới</h2><ul>{recent}</ul></section><section class="widget widget_archive"><h2 class="widget-title">Lưu trữ</h2><ul>{months}</ul></section>
<section class="widget widget_text"><h2 class="widget-title">Lượt truy cập</h2><div class="textwidget"><p>Hôm nay: {hit.count(20, 400)} Tổng cộng: {hit.count(30_000, 90_000)}</p></div></section></aside></div>
<footer id="colophon" class="site-footer"><div class="site-info">© {hit.clock.year} {self.name}. Được hỗ trợ bởi WordPress</div></footer></div>
</body></html>"""
