"""VCCorp's newsroom system: data-role says what is what; widgets stand as objects inside the body."""
# ruff: noqa: E501 - markup stands in lines as long as the system's own

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import ClassVar

from tests.web.portal import WEEKDAYS, Hit, Portal
from tests.web.story import Figure, Heading, Paragraph, Part, Story, slug


class VCCorp(Portal):
    family: ClassVar[str] = "vccorp"
    feed_path: ClassVar[str] = "/rss/hoat-dong-hoi.rss"

    def path_of(self, story: Story) -> str:
        stamp = f"{story.published:%Y%m%d%H%M}" if story.published else "202001010000"
        return f"/{story.slug}-{stamp}{story.id:05}.htm"

    def page_path(self, page: int) -> str:
        return "/hoat-dong-hoi.htm" if page == 1 else f"/hoat-dong-hoi/trang-{page}.htm"

    def article_html(self, story: Story, hit: Hit) -> str:
        day = (
            f'<span class="" data-role="publishdate">{story.published:%d/%m/%Y %H:%M}</span>' if story.published else ""
        )
        origin = f'<p class="detail-source" data-role="source">Theo {escape(story.origin)}</p>' if story.origin else ""
        item = '<div class="box-category-item"><a class="box-category-link-with-avatar" href="{url}" title="{title}"><img src="/zoom/250.jpg" alt="{title}"/></a><h3><a class="box-category-link-title" href="{url}">{title}</a></h3><p class="box-category-sapo">{teaser}</p></div>'
        main = (
            f'<div class="detail__main"><div class="detail-top"><div class="detail-cate"><a href="/{slug(story.section)}.htm" data-role="cate-name">{escape(story.section)}</a></div></div>'
            f'<h1 class="detail-title" data-role="title">{escape(story.title, quote=False)}</h1>'
            f'<div class="detail-info"><div class="detail-author" data-role="author">{escape(story.byline)}</div><div class="detail-time"><div>{day}</div></div></div>'
            '<div class="detail-like"><div class="fb-like"></div><a class="sendsocial" rel="facebook">Chia sẻ</a><a class="detail-cmt">0</a></div>'
            f'<h2 class="detail-sapo" data-role="sapo">{escape(story.lead, quote=False)}</h2>'
            f'<div class="detail-cmain"><div class="detail-content afcbc-body" data-role="content" itemprop="articleBody">{self._body(story, hit)}</div>{origin}</div>'
            f'<div class="detail__related"><p class="title">Tin liên quan</p>{hit.links(3, item)}</div>'
            f'<div class="detail-tab"><p>Chủ đề:</p><a href="/chu-de/1.htm">Phụ nữ khởi nghiệp</a></div>'
            '<div id="detail_comment"><h4>Bình luận</h4><textarea placeholder="Nhập bình luận của bạn"></textarea><p>Hiện chưa có bình luận nào, hãy trở thành người đầu tiên bình luận cho bài viết này!</p></div>'
            '<div class="detail__newslette"><p>Đăng ký nhận bản tin hằng ngày</p><input placeholder="Email của bạn"/><button>Đăng ký</button></div></div>'
            f'<div class="detail__same-category"><h2>Tin cùng chuyên mục</h2>{hit.links(8, item)}</div>'
        )
        return self._page(f"{escape(story.title)}", self._meta(story), main, hit)

    def _body(self, story: Story, hit: Hit) -> str:
        """The parts, with the objects that the desk and the advertising put between them."""
        parts = [self.part_html(part) for part in story.parts]
        box = '<li class="VCObjectBoxRelatedNewsItemSizeM"><a href="{url}" class="VCObjectBoxRelatedNewsItemThumb" title="{title}"></a><div class="VCObjectBoxRelatedNewsItemContent"><a href="{url}" class="VCObjectBoxRelatedNewsItemTitle">{title}</a><p class="VCObjectBoxRelatedNewsItemSapo">{teaser}</p></div></li>'
        parts.insert(
            min(2, len(parts)),
            f'<div class="VCSortableInPreviewMode link-content-footer IMSCurrentEditorEditObject" type="RelatedOneNews"><div class="VCObjectBoxRelatedNewsContentWrapper"><ul>{hit.links(1, box)}</ul></div></div>\n'
            '<div class="rennab" id="zone-l2rxk"><p>QUẢNG CÁO</p></div>\n',
        )
        parts.append(
            f'<div class="VCSortableInPreviewMode" type="RelatedNewsBox"><p class="title">Đọc thêm</p><ul>{hit.links(3, box)}</ul></div><div id="InreadPc"><zone>Quảng cáo {hit.number}</zone></div>\n'
        )
        return "".join(parts)

    def _meta(self, story: Story) -> str:
        times = {}
        if story.published:
            changed = story.edited or story.published
            times = {"datePublished": story.published.isoformat(), "dateModified": changed.isoformat()}
        data = {
            "@context": "http://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": {"@type": "WebPage", "@id": self.url_of(story)},
            "headline": story.title,
            "description": story.lead,
            "image": {"@type": "ImageObject", "url": f"{self.base}{story.id}.jpg", "width": 700, "height": 438},
            **times,
            "author": {"@type": "Person", "name": story.byline},
            "publisher": {"@type": "Organization", "name": self.name},
        }
        times_html = "".join(
            f'<meta property="article:{name}_time" content="{time}" />'
            for name, time in (("published", times.get("datePublished")), ("modified", times.get("dateModified")))
            if time
        )
        return (
            f'<meta name="description" content="{escape(story.lead)}" /><meta property="og:title" content="{escape(story.title)}" /><meta property="og:type" content="article" />'
            f'<meta property="og:url" content="{self.url_of(story)}" /><link rel="canonical" href="{self.url_of(story)}" />{times_html}'
            f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
        )

    def part_html(self, part: Part) -> str:
        match part:
            case Paragraph(text):
                return f'<p class="">{escape(text, quote=False)}</p>\n'
            case Heading(text):
                return f"<p><b>{escape(text, quote=False)}</b></p>\n"
            case Figure(caption, alt):
                return f'<div class="VCSortableInPreviewMode" type="Photo"><div>{self.image(alt)}</div><div class="PhotoCMS_Caption"><p data-placeholder="Nhập chú thích ảnh">{escape(caption, quote=False)}</p></div></div>\n'
        return super().part_html(part)

    def listing_html(self, stories: Sequence[Story], page: int, hit: Hit) -> str:
        items = "".join(
            f'<div class="box-category-item" data-id="{story.id}"><a class="box-category-link-with-avatar" href="{self.path_of(story)}" title="{escape(story.title)}"><img src="/zoom/{story.id}.jpg"/></a>'
            f'<div class="box-category-content"><h3><a class="box-category-link-title" href="{self.path_of(story)}">{escape(story.title)}</a></h3><span class="time-ago">{story.published:%d/%m/%Y %H:%M}</span><p class="box-category-sapo">{escape(story.lead)}</p></div></div>'
            for story in stories
        )
        more = f'<a class="btn-viewmore" href="{self.page_path(page + 1)}">Xem thêm</a>' if page < self.pages else ""
        return self._page(
            "Hoạt động Hội", "", f'<div class="list__listing"><div class="box-category">{items}</div>{more}</div>', hit
        )

    def shell(self, title: str, main: str, hit: Hit) -> str:
        return self._page(title, "", main, hit)

    def _page(self, title: str, meta: str, main: str, hit: Hit) -> str:
        item = '<div class="box-category-item"><a class="box-category-link-title" href="{url}">{title}</a></div>'
        return f"""<!DOCTYPE html>
<html lang="vi"><head><meta http-equiv="Content-Type" content="text/html; charset={self.charset}"/><title>{title}</title>{meta}
<style>.detail-content p{{margin-bottom:15px}}.box-category-item{{display:flex}}</style><script>var _ADM_Channel='%2fhoat-dong-hoi%2fdetail%2f';var admicroAD={{cmd:[]}};</script></head>
<body><div class="main"><div class="header"><div class="header__top"><div class="container"><a class="header__logo" href="/" title="{self.name}">{self.name}</a><div class="header__date">{WEEKDAYS[hit.clock.weekday()]}, {hit.clock:%d/%m/%Y %H:%M}</div><div class="header__search"><input placeholder="Nhập nội dung cần tìm"/></div></div></div>
<div class="header__nav"><ul>{self.menu_html('<li class="nav-item">', '<ul class="submenu">')}</ul></div></div>
<div class="detail__page"><div class="container"><div class="layout"><div class="layout-main">{main}</div><div class="layout-sub"><div class="box-sub"><div class="title">Đọc nhiều</div>{hit.links(6, item)}</div><div class="box-sub"><div class="title">Tin mới</div>{hit.links(6, item)}</div><div id="admzone{hit.number}"></div></div></div></div></div>
<div class="footer"><p>Báo điện tử của {self.name}</p><p>Giấy phép số 456/GP-BTTTT. Tổng Biên tập: Bà Đặng Thu Hạnh</p><p>Tòa soạn: 47 Hàng Chuối. Đường dây nóng: 0913 000 000</p><p>® Cấm sao chép dưới mọi hình thức nếu không có sự chấp thuận bằng văn bản.</p></div></div>
</body></html>"""
