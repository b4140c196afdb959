"""A portal of web parts on SharePoint, as districts and communes have them: ids with a generated prefix.

A campaign banner with its own date stands above the article, and date and views share a line. The author signs inside
the body, on the right.
"""
# ruff: noqa: E501 - markup stands in lines as long as the system's own

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import ClassVar

from tests.web.portal import WEEKDAYS, Hit, Portal, slug_of
from tests.web.story import Figure, Heading, Paragraph, Part, Story

PART = "ctl00_ctl37_g_5d2c81f4_9a07_4b6e_8c13_e0f7a2b94d56"


class SharePoint(Portal):
    """`banner` is the campaign of the day, `sides` the boxes below and beside the article."""

    family: ClassVar[str] = "sharepoint"
    feed_path: ClassVar[str] = "/_layouts/feed.aspx"
    banner = "10/10/2026 NGÀY CHUYỂN ĐỔI SỐ QUỐC GIA: CHUNG TAY XÂY DỰNG XÃ HỘI SỐ AN TOÀN"

    def told(self, story: Story) -> Story:
        return replace(story, day_only=True)

    def path_of(self, story: Story) -> str:
        return f"/Pages/newsdetail.aspx?CatId=95&NewsId={story.id}"

    def page_path(self, page: int) -> str:
        return "/Pages/news.aspx?CatId=95" + (f"&Page={page}" if page > 1 else "")

    def article_html(self, story: Story, hit: Hit) -> str:
        line = [f"{story.published:%d/%m/%Y}"] if story.published else []
        line.append(f"Lượt xem {story.views}")
        sapo = (
            f'<div id="divArticleDescription1"><p><b>{escape(story.lead, quote=False)}</b></p></div>'
            if story.lead
            else ""
        )
        origin = (
            f'<div id="{PART}_pnNguontin" style="text-align:right"><i>Nguồn: {escape(story.origin)}</i></div>'
            if story.origin
            else ""
        )
        main = (
            f'<div id="{PART}_pnHide" class="ngaydang"><span>&nbsp;&nbsp;{"&nbsp;&nbsp; &nbsp;&nbsp;|&nbsp;&nbsp;".join(line)} &nbsp;&nbsp;</span></div>'
            f'<div id="divArticleDescription3"><h1>{escape(story.title, quote=False)}</h1></div>{sapo}'
            f'<div id="divArticleDescription2" class="ms-rtestate-field">{self.body_html(story)}{self.signed(story)}</div>{origin}'
            f'<div id="{PART}_pnTienich"><a href="javascript:window.print()">In trang</a> <a href="#">Gửi email</a> <a href="#">Cỡ chữ A+</a> <a href="#">A-</a></div>'
            f'<div id="{PART}_pnTinlienquan"><h3>Tin liên quan</h3><ul>{hit.links(6, self._related)}</ul></div>'
        )
        return self._page(f"{escape(story.title)}", main, hit)

    _related = '<li><a href="{url}">{title}</a> <span class="ngay">({day})</span></li>'

    def signed(self, story: Story) -> str:
        """Who wrote it, as the last line of the body."""
        return (
            f'<p style="text-align:right"><b>{"&nbsp;" * 20}{escape(story.byline)}</b></p><p>&nbsp;</p>'
            if story.byline
            else ""
        )

    def part_html(self, part: Part) -> str:
        match part:
            case Paragraph(text):
                return f'<p class="MsoNormal" style="text-align:justify;text-indent:28.35pt"><span lang="VI" style="font-size:14pt;font-family:&quot;Times New Roman&quot;,serif">{escape(text, quote=False)}<o:p></o:p></span></p>\n'
            case Heading(text):
                return f'<p class="MsoNormal" style="text-align:justify"><b><span style="font-size:14pt">{escape(text, quote=False)}</span></b></p>\n'
            case Figure(caption, alt):
                return (
                    f'<p class="MsoNormal" style="text-align:center">{self.image(alt)}</p>\n'
                    f'<p class="MsoNormal" style="text-align:center"><i><span style="font-size:12pt">{escape(caption, quote=False)}</span></i></p>\n'
                )
        return super().part_html(part)

    def image(self, alt: str) -> str:
        return f'<img src="/PublishingImages/{slug_of(alt)}.jpg" alt="" style="width:600px"/>'

    def listing_html(self, stories: Sequence[Story], page: int, hit: Hit) -> str:
        rows = "".join(
            f'<tr><td class="anh"><img src="/PublishingImages/{story.id}.jpg" width="120"/></td><td><a class="tieude" href="{escape(self.path_of(story))}">{escape(story.title)}</a>'
            f'<span class="ngay">({story.published:%d/%m/%Y})</span><p>{escape(story.lead)}</p></td></tr>'
            for story in stories
        )
        pages = " ".join(
            f"<span>{number}</span>" if number == page else f'<a href="{escape(self.page_path(number))}">{number}</a>'
            for number in range(max(1, page - 4), min(self.pages, page + 4) + 1)
        )
        return self._page(
            "Tin tức - Sự kiện",
            f'<table class="danhsach">{rows}</table><div class="phantrang">Trang: {pages}</div>',
            hit,
        )

    def sides(self, hit: Hit) -> str:
        seen = hit.links(7, '<li><a href="{url}">{title}</a></li>')
        degrees = hit.dice.randrange(14, 38)
        boxes = {
            "Tin, bài đọc nhiều": f"<ul>{seen}</ul>",
            "Video Clip": f'<a href="/Pages/video.aspx?v={hit.dice.randrange(40)}">Phóng sự xây dựng nông thôn mới</a>',
            "Thời tiết": f'<div class="tt"><span>HƯNG ĐÔNG WEATHER</span><span>{degrees}°C</span><span>Độ ẩm {hit.dice.randrange(40, 99)}%</span></div>',
            "Văn bản mới ban hành": "".join(
                f'<p><a href="/vb/{n}">{hit.dice.randrange(10, 999)}/QĐ-UBND</a> Quyết định về công tác cán bộ nữ</p>'
                for n in range(4)
            ),
            "Lượt Truy Cập": f"<span>Số lượt truy cập : {hit.count(4_000_000, 5_000_000).replace(',', '')}</span>",
        }
        return "".join(
            f'<div class="ms-webpart-chrome" id="MSOZoneCell_WebPart{n}"><div class="ms-webpart-chrome-title"><h2 class="ms-webpart-titleText"><span>{title}</span></h2></div><div class="ms-WPBody">{content}</div></div>'
            for n, (title, content) in enumerate(boxes.items(), 2)
        )

    def shell(self, title: str, main: str, hit: Hit) -> str:
        return self._page(title, main, hit)

    def _page(self, title: str, main: str, hit: Hit) -> str:
        return f"""<!DOCTYPE html>
<html dir="ltr" lang="vi-VN"><head><meta http-equiv="X-UA-Compatible" content="IE=10" /><meta http-equiv="Content-type" content="text/html; charset={self.charset}" /><title>
\t{title}
</title><link rel="stylesheet" type="text/css" href="/_layouts/15/1066/styles/corev15.css"/><script type="text/javascript" src="/_layouts/15/init.js"></script>
<script type="text/javascript">//<![CDATA[
var _spPageContextInfo={{webServerRelativeUrl:"\\u002f",webLanguage:1066,currentLanguage:1066,siteClientTag:"{hit.number}$$15.0.4420.1017"}};
//]]></script></head>
<body onhashchange="if (typeof(_spBodyOnHashChange) != 'undefined') _spBodyOnHashChange();">
<form method="post" action="./newsdetail.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{hit.dice.randbytes(300).hex()}" />
<div id="s4-workspace"><div id="s4-bodyContainer"><div class="banner"><a href="/"><img src="/PublishingImages/banner.jpg" alt="{self.name}"/></a></div>
<div class="ngaygio"><span id="lblDate">{WEEKDAYS[hit.clock.weekday()]}, ngày {hit.clock:%d/%m/%Y %H:%M}</span> <a href="/_layouts/15/Authenticate.aspx">Đăng nhập</a></div>
<div id="DeltaTopNavigation" class="ms-core-navigation"><ul class="root static">{self.menu_html('<li class="static">', '<ul class="dynamic">')}</ul></div>
<div class="chaychu"><marquee><span>{self.banner}</span></marquee></div>
<div id="contentBox"><div id="DeltaPlaceHolderMain"><div class="cot-giua" id="MSOZoneCell_WebPart1"><div class="ms-WPBody" id="{PART}">{main}</div></div>
<div class="cot-phai">{self.sides(hit)}{self.partners_html()}</div></div></div>
<div class="chantrang"><p><b>{self.name.upper()}</b></p><p>Chịu trách nhiệm: Trưởng ban biên tập</p><p>Địa chỉ: đường Nguyễn Trãi, thị xã Hưng Đông. Bản quyền © {hit.clock.year}</p></div></div></div></form>
</body></html>"""
