"""Liferay 6.2: one web-content article shown by an Asset Publisher.

The columns beside it hold web content of the same class (journal-content-article); the article's author signs inside
the body, on the right, and the origin stands below the author.
"""
# ruff: noqa: E501 - markup stands in lines as long as the system's own

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import ClassVar

from tests.web.portal import PARTNERS, WEEKDAYS, Hit, Portal, slug_of
from tests.web.story import Figure, Heading, Paragraph, Part, Story

PUBLISHER = "_101_INSTANCE_Kx7QmZt2LbVe_"


class Liferay(Portal):
    family: ClassVar[str] = "liferay"
    feed_path: ClassVar[str] = "/web/guest/tin-tuc/-/asset_publisher/Kx7QmZt2LbVe/rss"

    def told(self, story: Story) -> Story:
        return replace(story, day_only=True)

    def path_of(self, story: Story) -> str:
        return f"/web/guest/tin-chi-tiet/-/chi-tiet/{story.slug}-{story.id}-1.html"

    def page_path(self, page: int) -> str:
        if page == 1:
            return "/web/guest/tin-tuc"
        return f"/web/guest/tin-tuc?p_p_id=101_INSTANCE_Kx7QmZt2LbVe&p_p_lifecycle=0&{PUBLISHER}delta=10&{PUBLISHER}cur={page}"

    def article_html(self, story: Story, hit: Hit) -> str:
        day = f'<span class="date">{story.published:%d/%m/%Y}</span>' if story.published else ""
        sapo = f'<div class="sapo"><strong>{escape(story.lead, quote=False)}</strong></div>' if story.lead else ""
        main = (
            '<div class="asset-full-content show-asset-title"><div class="asset-actions lfr-meta-actions"><a class="taglib-icon" href="javascript:;">In trang này</a></div>'
            f'<h4 class="component-title"><span class="asset-title">{escape(story.title, quote=False)}</span></h4>'
            f'<div class="asset-content" id="{PUBLISHER}{story.id}"><div class="journal-content-article">{day}{sapo}\n{self.body_html(story)}{self.signed(story)}</div>'
            f'<div class="taglib-social-bookmarks"><ul><li><a href="#">Facebook</a></li><li><a href="#">Twitter</a></li></ul></div>'
            f'<div class="asset-links"><h2 class="asset-links-title">Tin liên quan</h2><ul class="asset-links-list">{hit.links(5, self._related)}</ul></div>'
            f'<div class="taglib-ratings stars"><div class="liferay-rating-score"><div class="rating-label">Bình quân ({hit.dice.randrange(0, 40)} Phiếu)</div></div></div></div></div>'
        )
        return self._page(f"{escape(story.title)} - {self.name}", self._portlet("", main), hit)

    _related = '<li class="asset-links-list-item"><a href="{url}" title="{title}">{title}</a> <span>({day})</span></li>'

    def signed(self, story: Story) -> str:
        """Who wrote it and where it was first, as the last lines of the content."""
        lines = [f"<strong>{escape(story.byline)}</strong>"] if story.byline else []
        lines += [f"<em>Nguồn: {escape(story.origin)}</em>"] if story.origin else []
        return "".join(f'<p style="text-align: right;">{line}</p>\n' for line in lines)

    def part_html(self, part: Part) -> str:
        match part:
            case Paragraph(text):
                return f'<p style="text-align: justify;"><span style="font-size:16px;"><span style="font-family:times new roman,times,serif;">{escape(text, quote=False)}</span></span></p>\n'
            case Heading(text):
                return f'<p style="text-align: justify;"><span style="font-size:16px;"><strong>{escape(text, quote=False)}</strong></span></p>\n'
            case Figure(caption, alt):
                return (
                    f'<table align="center" border="0" class="image" style="width:500px;"><tbody><tr><td>{self.image(alt)}</td></tr>'
                    f'<tr><td class="caption" style="text-align: center;"><em>{escape(caption, quote=False)}</em></td></tr></tbody></table>\n'
                )
        return super().part_html(part)

    def image(self, alt: str) -> str:
        return f'<img alt="{escape(alt)}" src="/documents/20182/{slug_of(alt)}?t=1700000000000" style="width: 500px; height: 333px;" />'

    def listing_html(self, stories: Sequence[Story], page: int, hit: Hit) -> str:
        rows = "".join(
            f'<div class="asset-abstract"><h3 class="asset-title"><a href="{self.path_of(story)}"><img alt="" class="asset-small-image" src="/documents/20182/{story.id}"/> {escape(story.title)}</a></h3>'
            f'<span class="metadata-publish-date">{story.published:%d/%m/%Y}</span><div class="asset-content"><div class="asset-summary">{escape(story.lead)}</div>'
            f'<div class="asset-more"><a href="{self.path_of(story)}">Đọc thêm <span class="hide-accessible">Về {escape(story.title)}</span> »</a></div></div></div>'
            for story in stories
        )
        turns = {
            "Trang đầu": 1,
            "Trang trước": max(1, page - 1),
            "Tiếp theo": min(self.pages, page + 1),
            "Trang cuối": self.pages,
        }
        buttons = "".join(
            f'<li><a href="{escape(self.page_path(number))}">{label}</a></li>' for label, number in turns.items()
        )
        pager = f'<div class="lfr-pagination"><small class="search-results">Hiển thị {len(stories)} kết quả.</small><ul class="pager lfr-pagination-buttons">{buttons}</ul></div>'
        return self._page(f"Tin tức - {self.name}", self._portlet("Tin tức", rows + pager), hit)

    def _portlet(self, title: str, content: str, number: int = 1) -> str:
        head = (
            f'<header class="portlet-topper"><h1 class="portlet-title"><span class="portlet-title-text">{title}</span></h1></header>'
            if title
            else ""
        )
        return (
            f'<div class="portlet-boundary portlet-boundary_101_ portlet-static portlet-borderless portlet-asset-publisher" id="p_p_id_{number}_">'
            f'<span id="p_{number}"></span><section class="portlet" id="portlet_{number}">{head}<div class="portlet-content"><div class="portlet-body">{content}</div></div></section></div>\n'
        )

    def _web_content(self, title: str, content: str, number: int) -> str:
        return self._portlet(title, f'<div class="journal-content-article">{content}</div>', number)

    def _columns(self, hit: Hit) -> str:
        focus = hit.links(
            6, '<li><a href="{url}"><img alt="" src="/documents/20182/t"/></a><a href="{url}">{title}</a></li>'
        )
        projects = "".join(
            f'<li><a href="/web/guest/{slug_of(name)}">{name}</a></li>'
            for name in ("Đề án 938", "Đề án 939", "Dự án 8", "Đề án 1893")
        )
        partners = "".join(
            f'<a href="https://{slug_of(name)}.invalid/"><img alt="{name}" src="/documents/20182/b"/></a>'
            for name in PARTNERS
        )
        visits = f"<p>Đang truy cập: <strong>{hit.count(4, 60)}</strong></p><p>Hôm nay: {hit.count(100, 900)}</p><p>Lượt truy cập: {hit.count(1_000_000, 9_000_000)}</p>"
        return (
            self._web_content("TÂM ĐIỂM", f"<ul>{focus}</ul>", 2)
            + self._web_content(
                "Đường dây nóng",
                "<p>Tổng đài hỗ trợ phụ nữ, trẻ em: <strong>111</strong></p><p>Văn phòng: 024 3971 0000</p>",
                3,
            )
            + self._web_content("CÁC ĐỀ ÁN", f"<ul>{projects}</ul>", 4)
            + self._web_content(
                "Video",
                f'<div class="video"><a href="/web/guest/video">Phóng sự: Phụ nữ vùng cao số {hit.dice.randrange(9)}</a></div>',
                5,
            )
            + self._web_content("Thống kê truy cập", visits, 6)
            + self._web_content("Liên kết website", partners + self.partners_html(), 7)
        )

    def shell(self, title: str, main: str, hit: Hit) -> str:
        return self._page(title, self._portlet("", main), hit)

    def _page(self, title: str, main: str, hit: Hit) -> str:
        menu = self.menu_html('<li class="lfr-nav-item" role="presentation">', '<ul class="child-menu" role="menu">')
        clock = f'<div class="journal-content-article"><div id="today">{WEEKDAYS[hit.clock.weekday()]}, {hit.clock:%d/%m/%Y %H:%M}</div></div>'
        return f"""<!DOCTYPE html>
<html class="ltr" dir="ltr" lang="vi-VN">
<head><title>{title}</title><meta content="initial-scale=1.0, width=device-width" name="viewport" /><meta content="text/html; charset={self.charset}" http-equiv="content-type" />
<link href="/html/themes/classic/images/favicon.ico" rel="Shortcut Icon" /><link class="lfr-css-file" href="/theme/css/main.css" rel="stylesheet" type="text/css" />
<link href="{self.feed_path}" rel="alternate" title="RSS" type="application/rss+xml" />
<script type="text/javascript">var Liferay={{ThemeDisplay:{{getLayoutId:function(){{return "12"}},getLanguageId:function(){{return "vi_VN"}}}}}};</script>
<style type="text/css">.portlet-borderless{{margin:0}} #portlet_2 .portlet-topper{{background:#c2185b}}</style></head>
<body class="yui3-skin-sam controls-visible guest-site signed-out public-page site">
<a href="#main-content" id="skip-to-content">Bỏ qua tới nội dung</a>
<div class="container-fluid" id="wrapper"><header id="banner" role="banner"><div id="heading"><h1 class="site-title"><a class="logo custom-logo" href="/web/guest" title="Đi tới {self.name}"><img alt="{self.name}" src="/image/layout_set_logo" /></a></h1></div>{clock}
<a href="/c/portal/login" id="sign-in" rel="nofollow">Đăng nhập</a></header>
<nav class="sort-pages modify-pages navbar site-navigation" id="navigation" role="navigation"><ul role="menubar">{menu}</ul></nav>
<section id="content"><nav id="breadcrumbs"><ul class="breadcrumb breadcrumb-horizontal"><li><a href="/web/guest">Trang chủ</a><span class="divider">/</span></li><li class="active"><a href="/web/guest/tin-tuc">Tin tức</a></li></ul></nav>
<div class="columns-2" id="main-content" role="main"><div class="portlet-layout row-fluid"><div class="portlet-column portlet-column-first span8" id="column-1"><div class="portlet-dropzone">{main}</div></div>
<div class="portlet-column portlet-column-last span4" id="column-2"><div class="portlet-dropzone">{self._columns(hit)}</div></div></div></div></section>
<footer id="footer" role="contentinfo"><div class="journal-content-article"><p><strong>{self.name.upper()}</strong></p><p>Địa chỉ: 39 phố Hàng Lụa. Điện thoại: 024 3971 0000</p><p>Giấy phép số 123/GP-BC. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</p></div></footer></div>
</body></html>"""
