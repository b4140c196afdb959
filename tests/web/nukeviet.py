"""NukeViet 4.5 with its default theme, traps and all.

What the markup says in the wrong place: schema.org's datePublished is the time of the last edit, the meta tag
article:published_time holds the zone in the hour, the feed's minutes are months; the bar on top shows today.
"""
# ruff: noqa: E501 - markup stands in lines as long as the system's own

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import ClassVar

from tests.web.portal import PARTNERS, WEEKDAYS, Hit, Portal, slug_of
from tests.web.story import Figure, Heading, Paragraph, Part, Story, slug


class NukeViet(Portal):
    """`dateline` and `sides` may be changed by a portal with a theme of its own."""

    family: ClassVar[str] = "nukeviet"
    feed_path: ClassVar[str] = "/vi/news/rss/"

    def path_of(self, story: Story) -> str:
        return f"/vi/news/{slug(story.section)}/{story.slug}-{story.id}.html"

    def page_path(self, page: int) -> str:
        return "/vi/news/" if page == 1 else f"/vi/news/page-{page}/"

    def pub_date(self, story: Story) -> str:
        utc = story.published.astimezone(UTC) if story.published else datetime.now(UTC)
        return utc.strftime("%a, %d %b %Y %H:%m:%S GMT")  # %m is the month: the system's own slip

    def article_html(self, story: Story, hit: Hit) -> str:
        return self._page(
            f"{escape(story.title)} - {self.name}",
            self._meta(story),
            self.article_column(story, hit) + self._below(hit),
            hit,
        )

    def listing_html(self, stories: Sequence[Story], page: int, hit: Hit) -> str:
        items = "".join(
            f'<div class="news_column panel panel-default"><div class="panel-body{" featured" if number == 0 else ""}">'
            f'<a href="{self.path_of(story)}" title="{escape(story.title)}"><img class="img-thumbnail imghome" alt="" src="/uploads/{story.id}.jpg" width="183"/></a>'
            f'<h{2 if number == 0 else 3}><a href="{self.path_of(story)}">{escape(story.title)}</a></h{2 if number == 0 else 3}>'
            f'<div class="text-muted"><ul class="list-unstyled list-inline"><li><em class="fa fa-clock-o">&nbsp;</em> {story.published:%d/%m/%Y %H:%M:%S}</li>'
            f'<li><em class="fa fa-eye">&nbsp;</em> Đã xem: {hit.count(1, 900)}</li><li><em class="fa fa-comment-o">&nbsp;</em> Phản hồi: 0</li></ul></div>'
            f"{escape(story.lead)}</div></div>"
            for number, story in enumerate(stories)
        )
        pages = "".join(
            f'<li{" class=active" if number == page else ""}><a href="{self.page_path(number)}">{number}</a></li>'
            for number in range(max(1, page - 3), min(self.pages, page + 3) + 1)
        )
        older = hit.links(5, '<li class="icon_list"><a href="{url}">{title}<em>({day})</em></a></li>')
        main = (
            f'<div class="alert alert-info clearfix"><h1>Tin tức</h1><p>Tin của {self.name}</p></div>{items}'
            f'<hr/><h4>Các tin khác</h4><ul class="related">{older}</ul>'
            f'<div class="text-center"><ul class="pagination">{pages}</ul></div>'
        )
        return self._page(f"Tin tức - {self.name}", "", main, hit)

    # ---- the parts of a page -------------------------------------------------------------------------------------

    def _meta(self, story: Story) -> str:
        published, edited = story.published, story.edited or story.published
        times = ""
        if published and edited:
            times = (
                f'<meta property="article:published_time" content="{published:%Y-%m-%d}+07{published:%H:%M:%S}" />'
                f'<meta property="article:modified_time" content="{edited:%Y-%m-%d}+07{edited:%H:%M:%S}" />'
            )
        return (
            f'<meta name="description" content="{escape(story.lead or story.title)}"/><link rel="canonical" href="{self.url_of(story)}"/>'
            f'<meta property="og:title" content="{escape(story.title)}" /><meta property="og:type" content="article" />'
            f'<meta property="og:url" content="{self.url_of(story)}" /><meta property="og:site_name" content="{self.name}" />{times}'
        )

    def _schema(self, story: Story) -> str:
        """What schema.org wants to know, as hidden text. Bare of its classes it would be shown, as nobody does."""
        if self.plain:
            return ""
        edited = story.edited or story.published
        dates = (
            f'<span class="hidden hide d-none" itemprop="datePublished">{edited.isoformat()}</span>' if edited else ""
        )
        return (
            f'<span class="hidden hide d-none" itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">{self.name}</span></span>'
            f"{dates}{dates.replace('datePublished', 'dateModified')}"
            f'<span class="hidden hide d-none" itemprop="mainEntityOfPage">{self.url_of(story)}</span>'
            f'<span class="hidden hide d-none" itemprop="image">{self.base}uploads/news/{story.id}.jpg</span>'
            f'<div class="hidden hide d-none" itemprop="publisher" itemscope itemtype="http://schema.org/Organization"><span itemprop="name">{self.name}</span>'
            f'<span itemprop="logo" itemscope itemtype="http://schema.org/ImageObject"><span itemprop="url">{self.base}uploads/logo.png</span></span></div>'
        )

    def dateline(self, story: Story, hit: Hit) -> str:
        day = story.published
        shown = f"{WEEKDAYS[day.weekday()]} - {day:%d/%m/%Y %H:%M}" if day else ""
        return (
            f'<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">{shown}</span></div>'
            '<div class="col-md-12"><ul class="list-inline text-right">'
            '<li><a class="dimgray" title="Giới thiệu bài viết cho bạn bè" href="javascript:void(0);"><em class="fa fa-envelope fa-lg">&nbsp;</em></a></li>'
            '<li><a class="dimgray" rel="nofollow" title="In ra" href="javascript:void(0)"><em class="fa fa-print fa-lg">&nbsp;</em></a></li>'
            '<li><a class="dimgray" rel="nofollow" title="Lưu bài viết này" href="/vi/news/savefile/"><em class="fa fa-save fa-lg">&nbsp;</em></a></li></ul></div></div>'
        )

    def article_column(self, story: Story, hit: Hit) -> str:
        home_picture = f'<figure class="article left noncaption pointer"><div style="width:183px;"><img alt="{escape(story.title)}" src="/assets/news/{story.id}.jpg" class="img-thumbnail"/></div></figure>'
        lead = f'<div class="clearfix">{home_picture}<div class="hometext m-bottom" itemprop="description">{escape(story.lead, quote=False)}</div></div>'
        signed = "".join(
            f'<p class="h5 text-right"><strong>{label}: </strong>{escape(text)}</p>'
            for label, text in (("Tác giả", story.byline), ("Nguồn tin", story.origin))
            if text
        )
        return (
            '<div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope><div class="panel-body">'
            f'<h1 class="title margin-bottom-lg" itemprop="headline">{escape(story.title, quote=False)}</h1>{self._schema(story)}{self.dateline(story, hit)}'
            '<div id="newsSendMailModal" class="modal fade" tabindex="-1"><div class="modal-dialog"><h4>Giới thiệu bài viết cho bạn bè</h4></div></div>'
            f'{lead if story.lead else ""}<div id="news-bodyhtml" class="bodytext margin-bottom-lg">{self.body_html(story)}</div>'
            f'<div class="margin-bottom-lg">{signed}</div></div></div>'
        )

    def _below(self, hit: Hit) -> str:
        votes = hit.dice.randrange(0, 9)
        stars = "".join(
            f'<input class="hover-star required" type="radio" value="{n}" title="{n}"/>' for n in range(1, 6)
        )
        related = '<li><em class="fa fa-angle-right">&nbsp;</em><h4><a href="{url}" data-content="{teaser}" data-rel="tooltip">{title}</a></h4><em>({day})</em></li>'
        return (
            '<div class="news_column panel panel-default"><div class="panel-body"><div class="h5"><em class="fa fa-tags">&nbsp;</em><strong>Tags: </strong>'
            '<a title="phụ nữ" href="/vi/news/tag/phu-nu/"><em>phụ nữ</em></a>, <a href="/vi/news/tag/hoi-vien/"><em>hội viên</em></a></div></div></div>'
            f'<div class="news_column panel panel-default"><div class="panel-body"><form id="form3B" action=""><div class="h5 clearfix"><p id="stringrating">Tổng số điểm của bài viết là: {votes * 5} trong {votes} đánh giá</p>'
            f'<div>{f"<p>Xếp hạng: 5 - {votes} phiếu bầu</p>" if votes else ""}{stars}</div><span id="hover-test">Click để đánh giá bài viết</span></div></form></div></div>'
            '<div class="news_column panel panel-default"><div class="panel-body"><div class="socialicon clearfix margin-bottom-lg"><div class="fb-like"></div><a class="twitter-share-button" href="#">Tweet</a><div class="zalo-share-button"></div></div></div></div>'
            '<div class="news_column panel panel-default"><div class="panel-body"><div id="idcomment"><h3>Ý kiến bạn đọc</h3><a href="#">Sắp xếp theo bình luận mới</a><p>Bạn cần trở thành thành viên của nhóm để có thể bình luận bài viết này. Nhấn vào đây để đăng ký làm thành viên nhóm!</p></div></div></div>'
            '<div class="news_column panel panel-default"><div class="panel-body other-news">'
            f'<p class="h3">Những tin mới hơn</p><div class="clearfix"><ul class="detail-related related list-none list-items">{hit.links(4, related)}</ul></div>'
            f'<p class="h3">Những tin cũ hơn</p><div class="clearfix"><ul class="detail-related related list-none list-items">{hit.links(5, related)}</ul></div></div></div>'
        )

    def counters(self, hit: Hit) -> str:
        rows = {
            "Đang truy cập": hit.count(3, 90),
            "Máy chủ tìm kiếm": hit.count(1, 9),
            "Khách viếng thăm": hit.count(3, 80),
            "Hôm nay": hit.count(300, 4000),
            "Tháng hiện tại": hit.count(9000, 90_000),
            "Tổng lượt truy cập": hit.count(900_000, 3_000_000),
        }
        items = "".join(
            f'<li><span><em class="fa fa-bolt fa-lg fa-horizon"></em>{label}</span><span>{number}</span></li>'
            for label, number in rows.items()
        )
        return f'<ul class="counter list-none display-table">{items}</ul>'

    def sides(self, hit: Hit) -> str:
        block = (
            '<div class="panel panel-primary"><div class="panel-heading">{}</div><div class="panel-body">{}</div></div>'
        )
        seen = hit.links(
            6, '<li class="clearfix"><a class="show" href="{url}" data-content="{teaser}">{title}</a></li>'
        )
        partners = "".join(
            f'<p><a href="https://{slug_of(name)}.invalid/"><img alt="{name}" src="/uploads/b.jpg"/></a></p>'
            for name in PARTNERS
        )
        documents = "".join(
            f'<li><a href="/vi/laws/{n}/">{hit.dice.randrange(10, 900)}/KH-BTV</a><p>Kế hoạch kiểm tra công tác Hội quý {n}</p></li>'
            for n in range(1, 5)
        )
        return (
            block.format("Tin xem nhiều", f'<ul class="block_tophits list-none">{seen}</ul>')
            + block.format("Văn bản mới", f"<ul>{documents}</ul>")
            + block.format(
                "Thăm dò ý kiến",
                '<form><p>Theo bạn, nội dung nào cần được Hội quan tâm nhất?</p><label><input type="radio"/>Vay vốn</label> <label><input type="radio"/>Học nghề</label><input type="button" value="Bình chọn"/></form>',
            )
            + block.format("Thống kê", self.counters(hit))
            + block.format("Liên kết", self.partners_html() + partners)
        )

    def shell(self, title: str, main: str, hit: Hit) -> str:
        return self._page(title, "", main, hit)

    def _page(self, title: str, meta: str, main: str, hit: Hit) -> str:
        crumbs = '<ul class="temp-breadcrumbs hidden" itemscope itemtype="https://schema.org/BreadcrumbList"><li itemprop="itemListElement"><a href="/" itemprop="item"><span itemprop="name">Trang chủ</span></a></li><li><a href="/vi/news/"><span itemprop="name">Tin tức</span></a></li></ul>'
        clock = f'<span class="current-time">{WEEKDAYS[hit.clock.weekday()]}, {hit.clock:%d/%m/%Y, %H:%M}</span>'
        return f"""<!DOCTYPE html>
<html lang="vi" xmlns="http://www.w3.org/1999/xhtml" prefix="og: http://ogp.me/ns#">
<head><title>{title}</title>{meta}
<meta name="author" content="{self.name}"><meta name="generator" content="NukeViet v4.5"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Type" content="text/html; charset={self.charset}">
<link rel="alternate" href="{self.base}vi/news/rss/" title="{self.name} - Tin tức" type="application/rss+xml">
<link rel="stylesheet" href="/themes/default/css/style.css"><script>var nv_base_siteurl="/",nv_lang_data="vi",nv_my_dst=false;</script>
</head>
<body>
<noscript><div class="alert alert-danger">Trình duyệt của bạn đã tắt chức năng hỗ trợ JavaScript.<br />Website chỉ làm việc khi bạn bật nó trở lại.</div></noscript>
<header><div class="site-banner"></div><nav class="header-nav"><div class="contactDefault"><em class="fa fa-phone">&nbsp;</em> 0206 385 0000 <em class="fa fa-envelope">&nbsp;</em> hoilhpn@dongmo.invalid</div><div class="personalArea"><a href="#" title="Đăng nhập">Đăng nhập</a></div></nav>
<div id="header"><div class="logo"><a title="{self.name}" href="/"><img src="/uploads/logo.png" alt="{self.name}"></a><span class="site_name">{self.name}</span><span class="site_description">Cổng thông tin điện tử</span></div></div></header>
<div class="section-nav"><nav id="menusite"><ul class="nav navbar-nav"><li><a class="home" title="Trang nhất" href="/">Trang nhất</a></li>{self.menu_html()}</ul></nav></div>
<section class="section-body"><div class="container" id="body"><nav class="third-nav">{crumbs}{clock}<div class="headerSearch"><input type="text" placeholder="Tìm kiếm..."/></div></nav>
<div class="row"><div class="col-sm-16 col-md-18">{main}</div><div class="col-sm-8 col-md-6">{self.sides(hit)}</div></div></div></section>
<footer id="footer"><div class="wraper"><ul class="menu"><li><a href="/vi/about/">Giới thiệu</a></li><li><a href="/vi/contact/">Liên hệ</a></li></ul><ul class="company_info"><li>{self.name}</li><li>Địa chỉ: Số 12 đường Hai Bà Trưng, thành phố Đồng Mơ</li><li>Điện thoại: 0206 385 0000</li></ul>
<div class="copyright"><span>Bản quyền thuộc về {self.name}.&nbsp; </span><span>Mã nguồn <a href="https://nukeviet.vn/">NukeViet CMS</a>.&nbsp; </span><span>Thiết kế bởi <a href="#">Nhóm Đồng Mơ</a></span></div></div></footer>
<div id="sitemodal" class="modal fade"><div class="modal-dialog"><em class="fa fa-spinner fa-spin">&nbsp;</em></div></div>
<div id="timeoutsess" class="chromeframe">Bạn đã không sử dụng Site, <a href="#">Bấm vào đây để duy trì trạng thái đăng nhập</a>. Thời gian chờ: <span id="secField"> 60 </span> giây</div>
<div id="openidResult" class="nv-alert" style="display:none"></div>
</body></html>"""

    def part_html(self, part: Part) -> str:
        match part:
            case Paragraph(text):
                return f'<p style="text-align: justify;">{escape(text, quote=False)}</p>\n\n'
            case Heading(text):
                return f'<div style="text-align: justify;"><strong>{escape(text, quote=False)}</strong></div>\n\n'
            case Figure(caption, alt):
                return f'<div style="text-align:center"><figure class="image" style="display:inline-block">{self.image(alt)}<figcaption>{escape(caption, quote=False)}</figcaption></figure></div>\n\n'
        return super().part_html(part)
