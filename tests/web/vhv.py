"""VHV.Group's CMS: numbered blocks, microdata on the body alone, NukeViet's words under the rating."""
# ruff: noqa: E501 - markup stands in lines as long as the system's own

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import ClassVar

from tests.web.portal import WEEKDAYS, Hit, Portal
from tests.web.story import Figure, Heading, Part, Story, slug


class VHV(Portal):
    family: ClassVar[str] = "vhv"
    feed_path: ClassVar[str] = "/rss/tin-tuc.rss"

    def path_of(self, story: Story) -> str:
        return f"/tin-tuc/{slug(story.section)}/{story.slug}-{story.id}.html"

    def page_path(self, page: int) -> str:
        return "/tin-tuc" + (f"?page={page}" if page > 1 else "")

    def article_html(self, story: Story, hit: Hit) -> str:
        votes = hit.dice.randrange(0, 30)
        day = f'<span class="post-date">{story.published:%d/%m/%Y %H:%M}</span>' if story.published else ""
        share = '<div class="block_share right"><a class="facebook-icon" title="Chia sẻ bài viết lên facebook">Chia sẻ</a><a class="print" rel="nofollow">In trang</a><a class="email">Gửi email</a></div>'
        author = (
            f'<p class="author" style="text-align: right;"><strong>{escape(story.byline)}</strong></p>'
            if story.byline
            else ""
        )
        origin = (
            f'<p class="source" style="text-align: right;"><em>Nguồn: {escape(story.origin)}</em></p>'
            if story.origin
            else ""
        )
        main = (
            f'<article class="news-detail-layout-type-2"><header><div class="time">{day}<span class="post-views"><i class="fa fa-eye"></i> {story.views}</span></div>{share}</header>'
            f'<div class="article-content"><div class="block-core-a3"><h1 class="title-detail">{escape(story.title, quote=False)}</h1><div class="social-connect"><a>Facebook</a><a>Zalo</a></div>'
            f'<div class="brief">{escape(story.lead, quote=False)}</div></div>'
            f'<div class="block-core-a5"><div class="content-detail" itemprop="articleBody">{self.body_html(story)}</div>{author}{origin}</div>'
            f'<div class="tags"><span>Từ khóa:</span> <a href="/tag/phu-nu">phụ nữ</a> <a href="/tag/hoi">{escape(story.section)}</a></div>'
            f'<div class="rating"><div id="stringrating{story.id}">Tổng số điểm của bài viết là: {votes * 4} trong {votes} đánh giá</div><div class="stars"><span>Click để đánh giá bài viết</span></div></div>'
            '<div class="comment-box"><h4>Bình luận</h4><p>Hãy là người đầu tiên bình luận về bài viết này</p></div></div></article>'
            f'<div class="frame-involve"><div class="panel-title"><span>Tin liên quan</span></div><ul>{hit.links(6, self._related)}</ul></div>'
        )
        return self._page(f"{escape(story.title)} | {self.name}", self._meta(story), main, hit)

    _related = '<li class="news-item"><a class="title" href="{url}">{title}</a><span class="date">{day}</span><div class="brief">{teaser}</div></li>'

    def _meta(self, story: Story) -> str:
        return (
            f'<meta property="og:title" content="{escape(story.title)}"/><meta property="og:url" content="{self.url_of(story)}"/><meta property="og:type" content="website"/>'
            f'<meta name="description" content="{escape(story.lead)}"/><link rel="canonical" href="{self.url_of(story)}"/>'
        )

    def part_html(self, part: Part) -> str:
        match part:
            case Heading(text):
                return f'<h3 style="text-align: justify;"><span>{escape(text, quote=False)}</span></h3>\n'
            case Figure(caption, alt):
                return (
                    f'<div class="image-box" style="text-align: center;">{self.image(alt)}</div>\n'
                    f'<p class="image-caption" style="text-align: center;"><em>{escape(caption, quote=False)}</em></p>\n'
                )
        return super().part_html(part)

    def listing_html(self, stories: Sequence[Story], page: int, hit: Hit) -> str:
        items = "".join(
            f'<div class="item"><div class="image"><a href="{self.path_of(story)}"><img src="/upload/{story.id}.jpg" alt="{escape(story.title)}"/></a></div>'
            f'<h3 class="title"><a href="{self.path_of(story)}">{escape(story.title)}</a></h3><div class="post-date">{story.published:%d/%m/%Y %H:%M}</div><div class="brief">{escape(story.lead)}</div></div>'
            for story in stories
        )
        pages = "".join(
            f'<a class="{"selected" if number == page else ""}" href="{self.page_path(number)}">{number}</a>'
            for number in range(max(1, page - 3), min(self.pages, page + 3) + 1)
        )
        return self._page(
            f"Tin tức | {self.name}", "", f'<div class="news-list">{items}</div><div class="paging">{pages}</div>', hit
        )

    def _sides(self, hit: Hit) -> str:
        seen = hit.links(8, '<li><a href="{url}">{title}</a><span>{views} lượt xem</span></li>')
        notices = hit.links(3, '<li><a href="{url}">Thông báo: {title}</a></li>')
        events = "".join(f"<li><b>{n}/{hit.clock.month}</b> Họp giao ban cụm số {n}</li>" for n in range(1, 5))
        frame = (
            '<div class="frame"><div class="panel-title"><span>{}</span></div><div class="panel-body">{}</div></div>'
        )
        return (
            frame.format("Xem nhiều nhất", f"<ul>{seen}</ul>")
            + frame.format("Thông báo", f"<ul>{notices}</ul>")
            + frame.format("Lịch công tác", f"<ul>{events}</ul>")
            + frame.format(
                "Thống kê truy cập",
                f"<p>Đang online: {hit.count(2, 80)}</p><p>Hôm nay: {hit.count(100, 900)}</p><p>Tổng truy cập: {hit.count(80_000, 900_000)}</p>",
            )
            + frame.format("Liên kết", self.partners_html())
        )

    def shell(self, title: str, main: str, hit: Hit) -> str:
        return self._page(title, "", main, hit)

    def _page(self, title: str, meta: str, main: str, hit: Hit) -> str:
        return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="{self.charset}"/><title>{title}</title>{meta}<meta name="viewport" content="width=device-width, initial-scale=1"/>
<link rel="stylesheet" href="/3rdparty/bootstrap/css/bootstrap.min.css"/><script>var VHV={{App:{{id:"{hit.number}"}}}};</script></head>
<body class="site-{hit.number % 3}"><div class="page-wrapper"><header class="header"><div class="top-bar"><span class="clock">{WEEKDAYS[hit.clock.weekday()]}, {hit.clock:%d/%m/%Y %H:%M}</span><a href="/login">Đăng nhập</a> <a href="/en">English</a></div>
<div class="banner"><a href="/"><img src="/upload/banner.png" alt="{self.name}"/></a></div><nav class="main-menu"><ul>{self.menu_html("<li>", "<ul>")}</ul></nav>
<form class="search"><input placeholder="Nhập từ khóa tìm kiếm"/><button>Tìm kiếm</button></form></header>
<div class="breadcrumb"><a href="/">Trang chủ</a> &raquo; <a href="/tin-tuc">Tin tức</a></div>
<main class="row"><section class="col-md-8">{main}</section><aside class="col-md-4">{self._sides(hit)}</aside></main>
<footer><div class="info"><p>Cơ quan chủ quản: {self.name}</p><p>Địa chỉ: Số 5 đường Trần Phú</p><p>Ghi rõ nguồn "{self.name}" khi sử dụng thông tin từ website này.</p></div><a class="back-top" href="#">Về đầu trang</a></footer></div>
</body></html>"""
