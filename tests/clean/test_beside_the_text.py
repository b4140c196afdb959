"""What a site sets above, between and below an article's paragraphs, on pages whose markup does not name it."""

import json

import pytest

from tests.web.reading import NOW, page
from worker.models import PageKind
from worker.refine import refine

TITLE = "Hội LHPN xã Hương Sơn bàn giao mái ấm tình thương"
TEXT = (
    "Sáng 14/3/2024, Hội LHPN xã Hương Sơn bàn giao mái ấm tình thương cho gia đình chị Vi Thị Hoan, bản Noọng.",
    "Chị Hoan là hội viên có hoàn cảnh đặc biệt khó khăn, một mình nuôi hai con nhỏ, ngôi nhà cũ đã xuống cấp.",
    "Ngôi nhà mới rộng 48 m2, trị giá 86 triệu đồng, trong đó Hội LHPN huyện hỗ trợ 40 triệu đồng để xây dựng.",
    "Dịp này, Hội LHPN xã cũng trao tặng gia đình một số vật dụng thiết yếu trị giá 3 triệu đồng cho ngôi nhà.",
)
MENU = "".join(f"<li><a href=/{at}>{name}</a></li>" for at, name in enumerate(("Trang chủ", "Giới thiệu", "Tin tức")))
FOOTER = (
    "<div class=bottom><p>CỔNG THÔNG TIN ĐIỆN TỬ HỘI LIÊN HIỆP PHỤ NỮ TỈNH SÔNG LAM</p>"
    "<p>Chịu trách nhiệm chính: Bà Nguyễn Thị Thu - Chủ tịch Hội</p>"
    "<p>Địa chỉ: 12 Trần Phú, thành phố Sông Lam - Điện thoại: 0238.3123.456</p>"
    "<p>Ghi rõ nguồn khi phát hành lại thông tin từ website này.</p></div>"
)


def read(inner, head=TITLE, url="https://hoi.test/tin/bai-812.html"):
    markup = f"<html lang=vi><title>{head}</title><body><ul>{MENU}</ul>{inner}{FOOTER}"
    return refine(page(url, markup), None, facts=False)


def article(inner, head=TITLE):
    refined = read(inner, head)
    assert refined.kind is PageKind.ARTICLE
    return refined.article


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def story(inner):
    return f"<div><h1>{TITLE}</h1><div>15/03/2024 08:30</div><div>{inner}</div></div>"


def test_the_footer_of_a_short_item_is_no_part_of_it():
    assert article(story(paragraphs(TEXT[0]))).body == TEXT[0]


def test_a_page_whose_text_stands_in_a_frame_holds_nothing_though_it_has_a_footer():
    refined = read(f"<h1>{TITLE}</h1><iframe src=/noi-dung/812.htm></iframe>")
    assert (refined.kind, refined.article) == (PageKind.EMPTY, None)


def test_how_to_reach_a_union_is_text_where_a_notice_says_so():
    told = ("Hội LHPN huyện thông báo nhận hồ sơ như sau:", "Địa chỉ: 12 Trần Phú.", "Điện thoại: 0238.3123.456.")
    assert article(story(paragraphs(TEXT[0], *told))).body.split("\n") == [TEXT[0], *told]


def test_what_readers_say_below_is_theirs_and_who_says_it_wrote_nothing():
    said = "Việc làm rất ý nghĩa, mong các cấp Hội tiếp tục quan tâm giúp đỡ nhiều gia đình khó khăn hơn nữa."
    comment = f"<div><b>Lan Anh</b> <span>16/03/2024 10:11</span><p>{said}</p><a>Trả lời</a></div>"
    found = article(story(paragraphs(*TEXT)) + f"<div class=yk><h3>Ý kiến bạn đọc (2)</h3>{comment}</div>")
    assert (found.body.split("\n"), found.authors) == (list(TEXT), ())


@pytest.mark.parametrize(
    "links",
    [
        "<p><b>Tin liên quan:</b></p><p><a href=/1>Trao sinh kế cho phụ nữ</a></p><p><a href=/2>Tập huấn số</a></p>",
        "<p>&gt;&gt;&gt; <a href=/1>Trao sinh kế cho phụ nữ nghèo xã Hương Sơn</a></p>",
        "<p>» <a href=/1>Trao sinh kế cho phụ nữ nghèo xã Hương Sơn</a></p>",
    ],
)
def test_links_to_other_articles_between_the_paragraphs_are_no_part_of_the_text(links):
    found = article(story(paragraphs(*TEXT[:2]) + links + paragraphs(*TEXT[2:])))
    assert found.body.split("\n") == list(TEXT)


def test_a_heading_below_which_nothing_stands_is_of_the_site():
    verse = (
        *("Tháng ba về gọi nắng lên", "Hoa ban trắng nở hai bên con đường", "Chị tôi gùi nắng về nương"),
        *("Gùi cả thương nhớ quê hương vào lòng", "Mẹ ngồi bậu cửa ngóng trông", "Tay đan áo ấm cho lòng cháu con"),
    )
    notices = "<div><h3>Thông báo</h3><ul><li><a href=/1>Thông báo lịch tiếp công dân tháng 11</a></li></ul></div>"
    signed = "<p style='text-align:right'><b>T.H</b></p>"
    found = article(story(paragraphs(*verse) + signed) + notices)
    assert (found.body.split("\n"), found.authors) == (list(verse), ("T.H",))


def test_what_runs_over_the_page_is_no_part_of_a_short_item():
    motto = "Nhiệt liệt chào mừng Đại hội đại biểu Phụ nữ các cấp, tiến tới Đại hội đại biểu Phụ nữ toàn quốc."
    assert article(f"<marquee>{motto}</marquee>" + story(paragraphs(TEXT[0]))).body == TEXT[0]


def test_teasers_each_with_a_link_to_read_on_are_a_listing():
    item = "<div><div>Tin của Hội</div><span>14/03/2024</span><p>{}</p><a href=/{}>Xem tiếp...</a></div>"
    items = "".join(item.format(text, at) for at, text in enumerate(TEXT * 4))
    assert read(f"<div><h1>Tin hoạt động</h1>{items}</div>", "Tin hoạt động").kind is PageKind.LISTING


def test_a_list_of_documents_is_a_listing_though_a_box_has_a_heading():
    row = "<tr><td><a href=/vb/{0}>{0}/KH-BTV</a><td>1{0}/03/2024<td><a href=/vb/{0}>Kế hoạch kỷ niệm lần thứ {0}</a>"
    rows = "".join(row.format(at) for at in range(9))
    notices = "<div><h3>Thông báo</h3><ul><li><a href=/1>Thông báo lịch tiếp công dân tháng 11</a></li></ul></div>"
    inner = f"<div><h1>Văn bản chỉ đạo điều hành</h1><table>{rows}</table></div>{notices}"
    assert read(inner, "Văn bản").kind is PageKind.LISTING


def test_an_h1_that_names_only_whose_site_it_is_is_no_headline():
    site = "Hội LHPN tỉnh Sông Lam"
    inner = f"<h1>{site}</h1><div><h3>{TITLE}</h3><p><i>15/03/2024</i></p>{paragraphs(*TEXT)}</div>"
    found = article(inner, site)
    assert (found.title, found.published, found.body.split("\n")) == (TITLE, "2024-03-15", list(TEXT))


def test_the_way_back_and_a_section_of_the_portal_are_no_headlines_though_its_family_sets_them_so():
    inner = (
        '<div class="portlet-boundary"><header class="portlet-topper">'
        '<h1 class="portlet-title">Tin hoạt động</h1></header>'
        '<div class="asset-full-content"><h3 class="asset-title"><a href=/tin>« Quay lại</a></h3>'
        f'<div class="journal-content-article"><div class="title-detail">{TITLE}</div>'
        f'<div class="date-detail">15/03/2024 | 08:30</div>{paragraphs(*TEXT)}</div></div></div>'
    )
    found = article(inner, "Tin hoạt động")
    assert (found.title, found.body.split("\n")) == (TITLE, list(TEXT))
    assert found.published == "2024-03-15T08:30+07:00"


def test_the_banner_of_a_print_view_is_no_headline_though_the_date_stands_below_it():
    banner = "<center><b>CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN</b><br>Cập nhật: 15/03/2024 09:14</center><hr>"
    inner = f"{banner}<p><b><font size=4>{TITLE}</font></b></p>{paragraphs(*TEXT)}"
    found = article(inner, "Bản in")
    assert (found.title, found.body.split("\n")) == (TITLE, list(TEXT))


def test_the_clock_of_a_page_without_a_headline_dates_nothing():
    clock = f"<div>Ngày {NOW.day} tháng {NOW.month} năm {NOW.year}</div>"
    assert article(clock + paragraphs(*TEXT), "Tin tức").published is None


def test_who_wrote_stands_below_the_headline_also_where_an_icon_stands_before_it():
    head = f"<tr><td>{TITLE}</td><td><img src=in.png></td></tr><tr><td>Người viết: Trần Mỹ</td></tr>"
    found = article(f"<table>{head}<tr><td>15/03/2024 09:05</td></tr><tr><td>{paragraphs(*TEXT)}</td></tr></table>")
    assert (found.authors, found.captions) == (("Trần Mỹ",), "")


def test_who_took_the_pictures_signs_below_them():
    shown = ("Cắt băng khánh thành nhà mới", "Trao chìa khóa", "Dọn dẹp nhà cửa", "Niềm vui của hai con nhỏ")
    picture = '<div class="img"><img src="a.jpg"><p style="text-align:center"><em>{}</em></p></div>'
    pictures = "".join(map(picture.format, shown))
    signed = '<p style="text-align:right"><b>Hà Thu (thực hiện)</b></p>'
    inner = f"<p class=sapo>{TEXT[0]}</p>{pictures}{signed}"
    found = article(f"<div><h1>{TITLE}</h1><div>15/03/2024 08:30</div>{inner}</div>")
    assert (found.body, found.captions.split("\n"), found.authors) == (TEXT[0], list(shown), ("Hà Thu",))


def test_how_often_an_article_was_read_may_stand_on_a_line_of_its_own():
    bar = "<ul><li>Ngày đăng: 15/03/2024</li><li>Lượt xem: 1.054</li></ul>"
    others = "<ul><li><a href=/1>Tin khác của Hội</a></li><li>Lượt xem: 77</li></ul>"
    found = article(f"<div><h2>{TITLE}</h2>{bar}{paragraphs(*TEXT)}</div>{others}")
    assert found.views == 1054


def test_the_paragraphs_of_preformatted_text_are_parted_by_empty_lines():
    wrapped = "\n\n".join(f"   {text[:60]}\n{text[60:]}" for text in TEXT)
    found = article(f"<div><h1>{TITLE}</h1><pre>{wrapped}\n\n          Hồng Vân</pre></div>")
    assert (found.authors, [" ".join(line.split()) for line in found.body.split("\n")]) == (
        ("Hồng Vân",), [" ".join(f"{text[:60]} {text[60:]}".split()) for text in TEXT],
    )  # fmt: skip


@pytest.mark.parametrize("markup", ["<p><b>{}</b></p>", "<h3>{}</h3>"])
def test_a_heading_within_the_text_may_have_the_words_of_chrome(markup):
    headings = ("Kết quả nổi bật", "Thảo luận", "Hỏi đáp", "Liên hệ")
    told = "".join(f"{markup.format(heading)}<p>{text}</p>" for heading, text in zip(headings, TEXT, strict=True))
    assert article(story(told)).body.split("\n") == [line for pair in zip(headings, TEXT, strict=True) for line in pair]


def test_the_points_of_an_agenda_are_text_whatever_they_are_called():
    agenda = ("Chương trình hội nghị gồm:", "- Khai mạc", "- Báo cáo tổng kết", "- Thảo luận", "- Đánh giá", "- Bế mạc")
    assert article(story(paragraphs(*TEXT, *agenda))).body.split("\n") == [*TEXT, *agenda]


def test_when_a_meeting_takes_place_is_text_and_dates_no_article():
    told = ("Thời gian: 7 giờ 30 phút, ngày 20/3/2024 (thứ Tư)", "Địa điểm: Hội trường tầng 3, số 12 Trần Phú")
    found = article(story(paragraphs(TEXT[0], *told)))
    assert (found.body.split("\n"), found.published) == ([TEXT[0], *told], "2024-03-15T08:30+07:00")


@pytest.mark.parametrize("section", ["Tin tức - Sự kiện", "Tin hoạt động"])
def test_an_h1_that_names_only_a_section_is_no_headline(section):
    inner = f"<h1>{section}</h1><div><h2>{TITLE}</h2><div>15/03/2024</div>{paragraphs(*TEXT)}</div>"
    found = article(inner, section)
    assert (found.title, found.body.split("\n")) == (TITLE, list(TEXT))


def test_what_a_site_says_of_itself_above_the_headline_is_no_part_of_a_short_item():
    motto = "Hội là tổ chức chính trị - xã hội, đại diện, chăm lo, bảo vệ quyền và lợi ích hợp pháp của phụ nữ. " * 3
    inner = f"<h1>{TITLE}</h1><div>15/03/2024</div>{paragraphs(*TEXT[:2])}"
    beside = f"<table><tr><td><b>Giới thiệu</b><p>{motto}</p></td><td>{inner}</td></tr></table>"
    for markup in (f"<div><p>{motto}</p></div><div>{inner}</div>", beside):
        assert article(markup).body.split("\n") == list(TEXT[:2])


def test_a_headline_whose_letters_stand_apart_in_the_markup_is_read_together():
    headline = "".join(f"<span>{letter}</span>" for letter in TITLE)
    assert article(f"<div><h1>{headline}</h1><div>15/03/2024</div>{paragraphs(*TEXT)}</div>").title == TITLE


def test_marks_that_readers_search_by_are_no_text():
    tags = "<p><a href=/k1>#maiam</a> <a href=/k2>#hoivien</a></p>"
    assert article(story(paragraphs(*TEXT) + tags)).body.split("\n") == list(TEXT)


def test_a_picture_s_number_and_what_it_shows_is_its_caption():
    shown = "Ảnh 1: Hội viên dọn dẹp nhà cửa giúp gia đình chị Hoan"
    found = article(story(f"{paragraphs(TEXT[0])}<p><img src=1.jpg></p><p>{shown}</p>{paragraphs(*TEXT[1:])}"))
    assert (found.body.split("\n"), found.captions) == (list(TEXT), shown)


def test_when_an_entry_of_a_blog_was_posted_is_no_part_of_who_posted_it():
    found = article(story(paragraphs(*TEXT)) + "<div>Người đăng: Mai Lan vào lúc 08:30</div>")
    assert (found.authors, found.byline) == (("Mai Lan",), "Mai Lan")


STATED = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2024-03-15",
    "articleBody": "\n".join(TEXT),
}


@pytest.mark.parametrize(
    "text",
    [
        f"<noscript><h1>{TITLE}</h1><p>15/03/2024</p>{paragraphs(*TEXT)}</noscript>",
        f'<script type="application/ld+json">{json.dumps(STATED)}</script>',
    ],
    ids=["noscript", "JSON-LD"],
)
def test_a_page_that_a_script_fills_is_read_where_it_holds_its_text_otherwise(text):
    markup = f"<html lang=vi><title>{TITLE}</title><body><div id=app></div>{text}"
    found = refine(page("https://hoi.test/tin/812", markup), None, facts=False).article
    assert found is not None
    assert (found.title, found.published, found.body.split("\n")) == (TITLE, "2024-03-15", list(TEXT))


def test_what_is_said_to_those_who_run_no_script_is_no_article():
    said = "<noscript>Vui lòng bật JavaScript trong trình duyệt của bạn để xem nội dung của trang này.</noscript>"
    markup = f"<html lang=vi><title>{TITLE}</title><body><div id=app></div>{said}"
    assert refine(page("https://hoi.test/tin/812", markup), None, facts=False).article is None
