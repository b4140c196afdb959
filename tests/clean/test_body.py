"""Which lines of a page are its article: on pages of no known family, seen for the first time."""

import pytest

from tests.web.reading import page
from worker.models import Label, PageKind
from worker.refine import refine

PROSE = (
    "Sáng 12/5, Hội Liên hiệp Phụ nữ huyện Cần Giuộc tổ chức hội nghị sơ kết công tác Hội sáu tháng đầu năm 2024.",
    "Trong sáu tháng qua, các cấp Hội đã vận động hơn 1,2 tỷ đồng chăm lo cho hội viên, phụ nữ có hoàn cảnh khó khăn.",
    "Chương trình “Mẹ đỡ đầu” tiếp tục được duy trì, với 486 trẻ mồ côi được nhận đỡ đầu trên địa bàn toàn huyện.",
    "Phát biểu tại hội nghị, Chủ tịch Hội đề nghị các cơ sở tập trung nâng cao chất lượng sinh hoạt chi hội phụ nữ.",
)
TITLE = "Hội LHPN huyện Cần Giuộc sơ kết sáu tháng đầu năm"


def site(inner, head=""):
    """A page of a portal with its usual chrome around what is given."""
    menu = "".join(f"<li><a href=/{at}>{name}</a></li>" for at, name in enumerate(("Trang chủ", "Tin tức", "Văn bản")))
    others = "".join(
        f'<li><a href="/tin-{at}">Hội LHPN xã {at} tặng quà cho hội viên nghèo</a></li>' for at in range(8)
    )
    return (
        f"<html><head><title>{TITLE} - Hội LHPN tỉnh</title>{head}</head><body><header><ul>{menu}</ul></header>"
        f"<main><h1>{TITLE}</h1>{inner}</main><div class=lienquan><h3>Tin liên quan</h3><ul>{others}</ul></div>"
        "<footer><p>Bản quyền thuộc Hội LHPN tỉnh. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</p></footer>"
    )


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def read(inner, head=""):
    refined = refine(page("https://hoi.test/tin/1", site(inner, head)), None, facts=False)
    assert refined.kind is PageKind.ARTICLE
    return refined


def body(inner, head=""):
    article = read(inner, head).article
    assert article is not None
    return article.body.split("\n")


def test_the_paragraphs_are_the_article_and_the_chrome_around_is_not():
    assert body(f"<div>{paragraphs(*PROSE)}</div>") == list(PROSE)


@pytest.mark.parametrize("name", ["share-wrap", "hidden-xs box", "list-group sidebar-layout", "modal-body"])
def test_a_wrapper_of_the_whole_article_may_be_called_what_it_likes(name):
    assert body(f'<div class="{name}"><div class="{name}">{paragraphs(*PROSE)}</div></div>') == list(PROSE)


def test_a_heading_between_paragraphs_is_kept_and_a_linked_one_with_its_teaser_is_not():
    inner = (
        f"<div>{paragraphs(*PROSE[:2])}<h3>Lan tỏa yêu thương</h3>{paragraphs(PROSE[2])}"
        '<div><h3><a href="/khac">Hội LHPN xã Long An trao mái ấm tình thương</a></h3>'
        "<p>Ngôi nhà trị giá 80 triệu đồng vừa được trao cho hội viên nghèo của xã.</p></div>"
        f"{paragraphs(PROSE[3])}</div>"
    )
    assert body(inner) == [*PROSE[:2], "Lan tỏa yêu thương", *PROSE[2:]]


def test_a_bold_line_between_paragraphs_is_a_heading_of_the_text():
    inner = f"<div>{paragraphs(*PROSE[:2])}<p><b>Những kết quả nổi bật</b></p>{paragraphs(*PROSE[2:])}</div>"
    assert body(inner)[2] == "Những kết quả nổi bật"


def test_a_table_of_figures_is_kept_row_by_row():
    table = "<table><tr><td>Xã<td>Số cháu<tr><td>Long Hậu<td>42<tr><td>Tân Kim<td>35<tr><td>Mỹ Lộc<td>28</table>"
    assert "Long Hậu | 42" in body(f"<div>{paragraphs(*PROSE[:3])}{table}{paragraphs(PROSE[3])}</div>")


def test_the_caption_of_a_picture_stands_apart():
    figure = "<figure><img src=a.jpg><figcaption>Quang cảnh hội nghị</figcaption></figure>"
    refined = read(f"<div>{paragraphs(*PROSE[:2])}{figure}{paragraphs(*PROSE[2:])}</div>")
    assert refined.article is not None
    assert refined.article.captions == "Quang cảnh hội nghị"
    assert refined.article.body.split("\n") == list(PROSE)


def test_an_article_that_stands_twice_is_kept_once():
    inner = f"<div class=mobile>{paragraphs(*PROSE[:3])}</div><div class=desktop>{paragraphs(*PROSE)}</div>"
    assert body(inner) == list(PROSE)


def test_one_block_that_holds_the_whole_article_again_is_not_kept():
    more = [f"{text} Đợt {number}." for number in range(6) for text in PROSE]
    assert body(f"<div>{paragraphs(*more)}<div>{' '.join(more)}</div></div>") == more


def test_what_is_not_shown_is_not_kept_unless_it_is_the_article_itself():
    hidden = (
        "<div style='display: none'><p>Nội dung này chỉ dành cho máy tìm kiếm và không ai đọc được nó cả.</p></div>"
    )
    assert body(f"<div>{paragraphs(*PROSE)}{hidden}</div>") == list(PROSE)
    assert body(f"<div style='display:none'>{paragraphs(*PROSE)}</div>") == list(PROSE)


def test_the_lead_above_the_text_is_part_of_it():
    lead = "Sáu tháng đầu năm, các cấp Hội trong huyện có nhiều việc làm thiết thực vì hội viên, phụ nữ nghèo."
    refined = read(f"<p class=sapo>{lead}</p><div class=content>{paragraphs(*PROSE)}</div>")
    assert refined.article is not None
    assert (refined.article.lead, refined.article.body.split("\n")[0]) == (lead, lead)


@pytest.mark.parametrize("first", ["<p>{}</p>", '<p class="sapo">{}</p>', "<p><b>{}</b></p>"])
def test_the_mark_of_an_agency_that_opens_the_text_is_its_source_and_no_part_of_it(first):
    opening = first.format(f"(PNTĐ) - {PROSE[0]}")
    article = read(f"<div>{opening}{paragraphs(*PROSE[1:])}</div>").article
    assert article is not None
    assert (article.origin, article.body.split("\n")) == ("PNTĐ", list(PROSE))
    assert "PNTĐ" not in article.lead


def test_every_removed_block_says_why():
    for block in read(f"<div>{paragraphs(*PROSE)}</div>").blocks:
        assert (block.label is Label.CHROME) == bool(block.reason) == bool(block.signal)


@pytest.mark.parametrize(
    ("attributes", "headline", "published"),
    [
        ('lang="vi"', "Tin", "2024-08-19T07:05+07:00"),
        ("", "Hội Phụ nữ xã Tân Lập trao quà", "2024-08-19T07:05+07:00"),
        ('lang="en"', "Women of Tan Lap", "2024-08-19"),
    ],
)
def test_the_hour_of_a_dateline_is_told_where_the_clock_is_that_of_vietnam(attributes, headline, published):
    html = (
        f"<html {attributes}><body><h1>{headline}</h1><ul><li>Tin</li></ul><p>19.08.2024 07:05</p>{paragraphs(*PROSE)}"
    )
    article = refine(page("https://hoi.test/tin/1", html), None, facts=False).article
    assert article is not None
    assert article.published == published


LIST = ("Hỗ trợ vốn vay cho 12 hội viên;", "Dạy nghề may công nghiệp;", "Tặng 20 suất học bổng.")


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ("<ul><li>" + "<li>".join(LIST) + "</ul>", LIST),
        (
            "<dl><dt>Thời gian<dd>Từ 12/10 đến 20/10/2024<dt>Địa điểm<dd>Nhà văn hóa xã</dl>",
            ("Thời gian", "Từ 12/10 đến 20/10/2024", "Địa điểm", "Nhà văn hóa xã"),
        ),
        (
            "<ul><li>Xã Tân Lập<ul><li>Tổ một: 12 người<li>Tổ hai: 10 người</ul><li>Xã Bình An</ul>",
            ("Xã Tân Lập", "Tổ một: 12 người", "Tổ hai: 10 người", "Xã Bình An"),
        ),
        (
            "<table><tr><td>Xã<td>Số tiền<tr><td>Tân Lập<td>5.000.000<tr><td>Tổng cộng<td>5.000.000</table>",
            ("Xã | Số tiền", "Tân Lập | 5.000.000", "Tổng cộng | 5.000.000"),
        ),
        (
            "<pre>Chị em phụ nữ quê tôi\nĐảm đang việc nước, trọn đời vì con</pre>",
            ("Chị em phụ nữ quê tôi", "Đảm đang việc nước, trọn đời vì con"),
        ),
        (
            "<blockquote><p>Tôi rất vui khi được giúp đỡ chị em.</p><footer>— Chị Lê Thị Mai</footer></blockquote>",
            ("Tôi rất vui khi được giúp đỡ chị em.", "— Chị Lê Thị Mai"),
        ),
    ],
)
def test_a_list_a_table_a_poem_or_a_quote_is_kept_whole_among_the_paragraphs_and_below_them(inner, told):
    assert body(f"<div>{paragraphs(*PROSE)}{inner}</div>") == [*PROSE, *told]
    among = f"<div>{paragraphs(*PROSE[:2])}{inner}{paragraphs(*PROSE[2:])}</div>"
    assert body(among) == [*PROSE[:2], *told, *PROSE[2:]]


def test_a_table_may_have_wrappers_of_its_own():
    rows = "<tr><td><p>Xã</p><td><p>Số tiền</p><tr><td><p>Tân Lập</p><td><p>5.000</p><tr><td>Tổng cộng<td>5.000"
    told = ["Xã | Số tiền", "Tân Lập | 5.000", "Tổng cộng | 5.000"]
    for wrapped in (f"<div><div><table>{rows}</table></div></div>", f"<figure><table>{rows}</table></figure>"):
        assert body(f"<div>{paragraphs(*PROSE)}{wrapped}</div>") == [*PROSE, *told]


def test_a_name_below_a_quote_is_not_who_wrote_the_article():
    quote = "<blockquote><p>Tôi rất vui khi được giúp đỡ chị em.</p><p>Lê Thị Mai</p></blockquote>"
    assert read(f"<div>{paragraphs(*PROSE)}{quote}</div>").article.byline == ""


def test_lists_of_other_articles_and_of_visitors_are_not_kept():
    counters = "<ul><li>Đang truy cập: 12<li>Hôm nay: 1.204<li>Tổng lượt truy cập: 1.257.142</ul>"
    others = '<ul><li><a href="/1">Hội LHPN xã tặng quà</a><li><a href="/2">Hội nghị tổng kết năm</a></ul>'
    for inner in (counters, others, f"<p><b>Tin liên quan</b></p><ul><li>{'<li>'.join(LIST)}</ul>"):
        assert body(f"<div>{paragraphs(*PROSE)}{inner}</div>") == list(PROSE)


def test_a_poem_alone_is_an_article_however_its_lines_are_set():
    verse = (
        "Chị em phụ nữ quê tôi", "Đảm đang việc nước, trọn đời vì con", "Dẫu cho nước chảy đá mòn",
        "Tấm lòng son sắt vẫn còn thủy chung", "Nuôi con khôn lớn nên người", "Giữ cho tổ ấm tiếng cười ngân nga",
    )  # fmt: skip
    for inner in (paragraphs(*verse), f"<p>{'<br>'.join(verse)}</p>", f"<pre>{chr(10).join(verse)}</pre>"):
        article = read(f"<div>{inner}</div>").article
        assert article.body.split("\n") == list(verse)
    signed = read(f'<div>{paragraphs(*verse)}<p style="text-align:right">Nguyễn Thị Lan</p></div>').article
    assert (signed.body.split("\n"), signed.authors) == (list(verse), ("Nguyễn Thị Lan",))


def test_what_a_break_in_hid_in_the_text_is_not_the_article():
    spam = "Nhà cái KUBET casino là nơi chơi tài xỉu, nổ hũ, bắn cá hấp dẫn nhất hiện nay cho người mới."
    for style in ("position:absolute;left:-9999px", "text-indent:-9999px", "font-size:0px", "height:0;overflow:hidden"):
        assert body(f'<div>{paragraphs(*PROSE)}<div style="{style}"><p>{spam}</p></div></div>') == list(PROSE)
