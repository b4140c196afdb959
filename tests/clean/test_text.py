"""Pages saved as plain text: the five seeds line by line, and what a line means by its place."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tests.web import FAMILIES, stories
from worker.clean import blocks, text
from worker.models import IN_BODY, Label

SEEDS = Path(__file__).parents[2] / "seeds"

# Line by line, as two readers of the pages see them: t title, d date, y byline, s source, b body, h heading, c caption,
# x chrome, D a duplicate, A alt text; "_" is an empty line. From the first line on.
EXPECTED = {
    "000": "D_D_D_D_D_D_D____t_b_c_b_c_b_c_b_c____x",
    "001": "xd_t_b_c_b_b_b_c_b_cc_y__xxxxxx",
    "002": "t_dbcDh_b_b_hb_b_b_b_hb_b_b_b_hb_b_s_x_xxxxxxxxxx__xx",
    "003": "t_dbc_b_h_b_b_c_b_b_h_b_c_b_h_b_b_b_b_b_b_s_x_x_x",
    "004": "t_yx_b_h_b_b_A_c_b_b_h_b_A_c_b_b_b_b_b_b_x_D_" + "x_" * 30 + "x",
}
LABELS = {
    "t": Label.TITLE, "d": Label.DATE, "y": Label.BYLINE, "s": Label.SOURCE, "h": Label.HEADING, "c": Label.CAPTION,
    "x": Label.CHROME, "D": Label.CHROME, "A": Label.CHROME,
}  # fmt: skip


def seed(name):
    return next(SEEDS.glob(f"{name}_*.txt")).read_text("utf-8")


def by_line(blocks):
    found = {}
    for block in blocks:
        first, _, last = block.path.split()[1].partition("-")
        found.update(dict.fromkeys(range(int(first), int(last or first) + 1), block))
    return found


def body(blocks):
    return "\n".join(block.text for block in blocks if block.label in IN_BODY)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_line_of_a_seed_is_what_its_readers_say(name):
    blocks, _ = text.read(seed(name))
    found = by_line(blocks)
    for number, expected in enumerate(EXPECTED[name], start=1):
        block = found.get(number)
        if expected == "_":
            assert block is None, number
        elif expected == "b":
            assert block.label in (Label.BODY, Label.LEAD), number
        else:
            assert block.label is LABELS[expected], (number, block)
            assert (block.reason or "").startswith("duplicate") == (expected == "D"), (number, block)
            assert (block.reason == "alt text") == (expected == "A"), (number, block)
    assert max(found) == len(EXPECTED[name])


@pytest.mark.parametrize(
    ("name", "title", "published", "authors", "origin", "views"),
    [
        ("000", "HỘI LHPN TỈNH BÌNH THUẬN THAM DỰ HỘI NGHỊ", None, (), "", None),
        ("001", "Cụm thi đua Hội Liên hiệp phụ nữ các tỉnh", "2022-11-21", ("Nguyễn Hồng", "Xuân Điệu"), "", 2),
        ("002", "HỘI LIÊN HIỆP PHỤ NỮ TỈNH BÌNH PHƯỚC", "2024-03-20T11:23+07:00", ("Khánh Liên",), "BDVTU", 71),
        ("003", "Cụm thi đua các tỉnh Duyên hải", "2023-11-22", (), "https://phunuvietnam.vn/", None),
        ("004", "Hội LHPN 5 Thành phố trực thuộc Trung ương", None, ("Thanh Thanh",), "", None),
    ],
)
def test_what_a_seed_says_beside_its_body(name, title, published, authors, origin, views):
    _, found = text.read(seed(name))
    assert found.title.startswith(title)
    assert (found.published, found.authors, found.origin, found.views) == (published, authors, origin, views)
    assert found.published_precision == (None if published is None else "minute" if "T" in published else "day")


def test_an_article_that_stands_twice_is_read_from_its_fuller_copy():
    blocks, _ = text.read(seed("000"))
    assert body(blocks).startswith("Ngày 09/10/2024, tại tỉnh Cà Mau")
    assert len(body(blocks).split("\n")) == 4
    assert sum(block.label is Label.CAPTION for block in blocks) == 4


def test_a_caption_broken_over_two_lines_is_one():
    blocks, _ = text.read(seed("001"))
    caption = next(block for block in blocks if block.path == "lines 20-21")
    assert caption.text.startswith(
        "Đồng chí Trần Lan Phương - Phó Chủ tịch Trung ương Hội LHPN Việt Nam chụp ảnh lưu niệm"
    )


# --- by example -------------------------------------------------------------------------------------------------------

FIRST = (
    "Sáng 8/8, Hội LHPN xã Tân Lập tổ chức hội nghị sơ kết công tác sáu tháng đầu năm với sự tham dự của 45 hội viên."
)
SECOND = (
    "Trong sáu tháng qua, các chi hội đã giúp 12 gia đình hội viên thoát nghèo và trồng thêm hai tuyến đường hoa mới."
)
THIRD = (
    "Hội nghị thống nhất tám nhiệm vụ trọng tâm, trong đó có vận động phụ nữ khởi nghiệp và giữ gìn vệ sinh môi trường."
)
TITLE = "Hội LHPN xã Tân Lập sơ kết công tác sáu tháng đầu năm"


def labels(*lines):
    blocks, _ = text.read("\n\n".join(lines))
    return [block.label for block in blocks]


def test_the_menu_above_and_the_headlines_below_are_chrome():
    blocks, found = text.read(
        "\n".join(["Trang chủ", "Giới thiệu", "Tin tức", "Thư viện ảnh", TITLE, "08/08/2024", FIRST, SECOND, THIRD])
        + "\n\nTin liên quan\nChi hội thôn Đông ra mắt mô hình mới\nPhụ nữ xã Tân Lập với chuyển đổi số"
    )
    assert body(blocks) == "\n".join([FIRST, SECOND, THIRD])
    assert (found.title, found.published) == (TITLE, "2024-08-08")


def test_a_box_of_related_headlines_does_not_end_an_article_that_goes_on():
    blocks, _ = text.read(
        "\n".join([TITLE, FIRST, "Tin liên quan", "Chi hội ra mắt mô hình", SECOND, THIRD, SECOND[:-5] + "đẹp."])
    )
    assert SECOND in body(blocks)
    assert "Chi hội ra mắt mô hình" not in body(blocks)


def test_teasers_of_other_articles_are_not_taken_for_the_article():
    teasers = [
        part for n in range(5) for part in (f"Chi hội thôn {n} ra mắt mô hình mới", f"Chi hội thôn {n}: {THIRD}")
    ]
    blocks, _ = text.read("\n".join([TITLE, FIRST, SECOND, "Tin cùng chuyên mục", *teasers]))
    assert body(blocks) == f"{FIRST}\n{SECOND}"


def test_a_page_clock_is_no_date_of_publication():
    clock = "Thứ sáu, 22/11/2024 10:30"
    _, found = text.read("\n".join([clock, "Trang chủ", "Tin tức", "Hoạt động", TITLE, FIRST, SECOND, THIRD]))
    assert found.published is None or found.published != "2024-11-22T10:30+07:00"
    _, found = text.read(
        "\n".join([clock, "Trang chủ", "Tin tức", "Hoạt động", TITLE, "08/08/2024", FIRST, SECOND, THIRD])
    )
    assert found.published == "2024-08-08"


def test_what_was_not_yet_when_the_page_was_fetched_is_no_date_of_publication():
    page = "\n".join([TITLE, "08/08/2034", FIRST, SECOND, THIRD])
    assert text.read(page, datetime(2024, 8, 9, tzinfo=UTC))[1].published is None
    assert text.read(page.replace("2034", "2024"), datetime(2024, 8, 9, tzinfo=UTC))[1].published == "2024-08-08"


def test_a_date_with_the_wrong_weekday_is_not_believed():
    assert text.read("\n".join([TITLE, "Thứ hai - 08/08/2024", FIRST, SECOND]))[1].published is None


def test_a_signature_below_the_text_is_a_byline_and_no_body():
    assert labels(TITLE, FIRST, SECOND, THIRD, "Bài, ảnh: Thu Hà")[-1] is Label.BYLINE
    assert labels(TITLE, FIRST, SECOND, THIRD, "Theo Báo Phụ nữ Việt Nam")[-1] is Label.SOURCE


def test_who_wrote_the_text_comes_before_who_took_the_pictures():
    page = [TITLE, "Thu Hà - Minh Anh| 08/08/2024 09:15", FIRST, SECOND, THIRD, "Ảnh: Lê Lan"]
    assert text.read("\n".join(page))[1].authors == ("Thu Hà", "Minh Anh")


def test_headlines_that_stand_again_below_the_article_are_not_its_headings():
    other, teaser = "Chi hội thôn Đông ra mắt mô hình mới", "Mô hình mới của thôn Đông thu hút nhiều hội viên tham gia."
    blocks_, _ = text.read("\n".join([TITLE, FIRST, SECOND, other, teaser, THIRD, "Tin liên quan", other, teaser]))
    assert body(blocks_) == "\n".join([FIRST, SECOND, THIRD])


def test_a_lead_that_is_also_a_teaser_elsewhere_stays_in_the_article():
    slider = ["Chi hội thôn Đoài trồng hoa", "Chị em thôn Đoài trồng hoa dọc con đường vào thôn.", TITLE, FIRST]
    blocks_, _ = text.read("\n".join([*slider, "Trang chủ", "Tin tức", TITLE, "08/08/2024", FIRST, SECOND, THIRD]))
    assert FIRST in body(blocks_)
    assert SECOND in body(blocks_)


def test_a_source_below_a_box_of_headlines_is_found():
    page = [TITLE, FIRST, SECOND, "Đọc thêm", "Chi hội thôn Đông ra mắt mô hình", "Theo Báo Phụ nữ Việt Nam"]
    assert text.read("\n".join(page))[1].origin == "Báo Phụ nữ Việt Nam"


def test_headings_lists_and_poems_stay_text():
    page = [
        TITLE,
        FIRST,
        "Nhiều cách làm hay",
        SECOND,
        "- Giải Nhất: chi hội thôn Đông",
        "- Giải Nhì: chi hội thôn Đoài",
        THIRD,
    ]
    assert labels(*page)[2:-1] == [Label.HEADING, Label.BODY, Label.BODY, Label.BODY]
    poem = [
        "Công cha như núi Thái Sơn",
        "Nghĩa mẹ như nước trong nguồn chảy ra",
        "Một lòng thờ mẹ kính cha",
        "Cho tròn chữ hiếu",
    ]
    assert set(labels(TITLE, FIRST, *poem, SECOND)[2:-1]) == {Label.BODY}


def test_white_space_is_collapsed_and_text_is_nfc():
    blocks, found = text.read(
        f"\u00a0\u00a0{TITLE}\n\n\u00a0 Ho\u0323\u0302i   nghi\u0323\u200b \u00a0{FIRST}\n{SECOND}"
    )
    assert found.title == TITLE
    assert blocks[1].text == f"Hội nghị {FIRST}"


PORTALS = {family.family: family for family in FAMILIES}


@pytest.mark.parametrize("family", PORTALS)
def test_the_pages_of_any_portal_saved_as_text_keep_their_article(family):
    news = tuple(stories(20, seed=FAMILIES.index(PORTALS[family])))
    portal = PORTALS[family](f"{family}.test", news)
    lines, missed, extra = 0, 0, 0
    for story in news[:6]:
        pieces = blocks.read(LexborHTMLParser(portal.article_page(story)).body).pieces
        saved, found = text.read("\n".join(piece.text for piece in pieces))
        told = portal.told(story)
        assert (found.title, found.authors, found.origin) == (told.title, told.authors, told.origin)
        assert found.published[:10] == told.date[:10]
        wanted, got = Counter(told.body.split("\n")), Counter(body(saved).split("\n"))
        lines, missed, extra = lines + wanted.total(), missed + (wanted - got).total(), extra + (got - wanted).total()
    assert missed <= 0.05 * lines
    assert extra <= 0.1 * lines  # headlines and teasers inside the text, which nothing marks once the markup is lost


@pytest.mark.parametrize(
    "page", ["", "\n\n", "a", "Chia sẻ", "22/11/2023", "Tin khác\nTin khác", "." * 1000, "\0\0", "Thu Hà"]
)
def test_a_page_without_an_article_has_no_body(page):
    blocks, found = text.read(page)
    assert body(blocks) == "" or len(page) == 1000
    assert found.published is None or page == "22/11/2023"


LINES = st.sampled_from(
    [TITLE, FIRST, SECOND, "", "Tin khác", "Chia sẻ", "22/11/2023", "Thu Hà", "Toàn cảnh", "- a", "b", "…", "\0"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES | st.text(max_size=60), max_size=40))
def test_every_line_of_any_page_comes_out_once_with_one_label(lines):
    page = "\n".join(lines)
    blocks, _ = text.read(page)
    assert " ".join(page.split()).count("Tin khác") >= sum(block.text == "Tin khác" for block in blocks)
    assert [block.path for block in blocks] == list(dict.fromkeys(block.path for block in blocks))
    for block in blocks:
        assert block.label in Label
        assert (block.reason is not None) == (block.label is Label.CHROME)


@pytest.mark.parametrize(
    "line", ["x" * 2_000_000, ".,;:!?" * 300_000, "\0" * 2_000_000, "20/03/2024 " * 100_000, "(" * 1_000_000]
)
def test_a_page_of_one_huge_line_is_read(line):
    blocks, _ = text.read(line)
    assert len(blocks) <= 1


def test_no_more_lines_are_read_than_a_page_can_have():
    blocks, _ = text.read("Thu Hà\n20/03/2024 10:11\n" * 50_000)
    assert len(blocks) <= 20_000


PARAGRAPH = (
    "Trong năm qua các cấp Hội phụ nữ của huyện đã giúp một trăm hộ thoát nghèo, xây mười mái ấm tình thương, dạy nghề"
    " cho hai lớp may, và vận động chị em tiết kiệm được hơn ba tỷ đồng."
)


def labelled(*page):
    return [(str(block.label), block.text) for block in text.read("\n".join(page))[0]]


def test_a_notice_that_is_a_list_keeps_its_title_its_opening_and_its_items():
    page = [
        "Kết quả thi nấu ăn cấp phường năm 2019",
        "12/10/2019",
        "",
        "Hội LHPN phường Hòa Minh công bố kết quả hội thi nấu ăn như sau:",
        "1. Giải Nhất: chị Lê Thị Mận",
        "2) Giải Nhì: chị Võ Thị Đào",
        "+ Giải Ba: chị Hồ Thị Cúc",
    ]
    assert labelled(*page) == [
        ("title", page[0]),
        ("date", page[1]),
        ("lead", page[3]),
        *(("body", line) for line in page[4:]),
    ]


def test_the_rows_of_a_table_are_text_and_none_of_them_is_the_title():
    page = [
        "Danh sách Ban Thường vụ Hội LHPN xã Phước Dân",
        "Đại hội phụ nữ xã ngày 12/8/2011 đã bầu Ban Thường vụ khóa mới gồm các chị:",
        "TT | Họ và tên | Chức danh",
        "1 | Bá Thị Lan | Chủ tịch",
        "2 | Đàng Thị Huệ | Phó Chủ tịch",
        "Các chị đã ra mắt và hứa hẹn trước đại hội ngay trong chiều hôm ấy.",
    ]
    told = labelled(*page)
    assert told[0] == ("title", page[0])
    assert [text for label, text in told if label in ("lead", "body", "heading")] == page[1:]


@pytest.mark.parametrize(
    "crumbs", ["Trang chủ | Tin tức | Hoạt động hội phụ nữ", "Hội LHPN tỉnh » Tin hoạt động hội phụ nữ"]
)
def test_the_way_to_a_page_is_not_its_title(crumbs):
    page = ["Phụ nữ mổ heo đất giúp trẻ em", crumbs, PARAGRAPH, PARAGRAPH.replace("hai", "bốn")]
    assert labelled(*page)[0] == ("title", page[0])


def test_a_clause_with_a_colon_heads_paragraphs_and_opens_lists():
    clause = "Các cấp Hội trong toàn tỉnh đã đạt được những kết quả sau:"
    assert ("heading", clause) in labelled("Tổng kết công tác hội", PARAGRAPH, clause, PARAGRAPH[6:])
    assert ("body", clause) in labelled("Tổng kết công tác hội", PARAGRAPH, clause, "- 12 mái ấm", "- 5 con bò")


LAST = "Các tập thể và cá nhân có tên trên nhận thưởng tại lễ sơ kết sáng 12/8 ở nhà văn hóa xã."


@pytest.mark.parametrize(
    "listed",
    [
        ["STT | Họ và tên | Hình thức", "1 | Chi hội thôn Đông | Giấy khen", "2 | Bà Bá Thị Lan | Giấy khen"],
        ["1. Chi hội thôn Đông - Giấy khen", "2. Bà Bá Thị Lan - Giấy khen"],
        ["Được khen:", "- Chi hội thôn Đông, xã Phước Dân", "- Bà Bá Thị Lan, thôn Đông, xã Phước Dân"],
    ],
)
def test_a_notice_may_open_with_its_list_right_below_what_it_belongs_to(listed):
    page = [
        "Danh sách khen thưởng phong trào thi đua năm 2022",
        "(Kèm theo Quyết định số 87/QĐ-UBND ngày 10/8/2022 của Chủ tịch UBND xã)",
        *listed,
        LAST,
    ]
    told = labelled(*page)
    assert told[0] == ("title", page[0])
    assert [text for label, text in told if label in ("lead", "body", "heading")][-len(listed[-2:]) - 1 :] == page[-3:]
    assert (("heading", page[1]) in told) or (("body", page[1]) in told)


def test_headlines_behind_dashes_below_a_title_are_no_list():
    others = [f"- Hội phụ nữ xã thứ {name} ra quân làm đường" for name in ("nhất", "hai", "ba", "tư", "năm")]
    told = labelled("Phụ nữ mổ heo đất giúp trẻ em", *others, PARAGRAPH, PARAGRAPH.replace("hai", "bốn"))
    assert {label for label, _ in told[1:6]} == {"chrome"}


def test_the_results_of_a_contest_stay_text_with_the_groups_that_head_them():
    page = [
        "KẾT QUẢ HỘI THI DÂN VŨ HUYỆN AN BIÊN NĂM 2022",
        "17/10/2022",
        "(Hội thi diễn ra ngày 15/10 tại Quảng trường huyện, 16 đội dự tranh)",
        "* Bảng A (phường, thị trấn):",
        "- Giải Nhất: thị trấn Thứ Ba",
        "- Giải Nhì: xã Đông Yên",
        "* Bảng B (xã):",
        "- Giải Nhất: xã Đông Thái, thưởng 5.000.000đ",
        "Trưởng Ban Giám khảo là bà Phan Lê Ngọc Dao, Phó Giám đốc Trung tâm Văn hóa huyện.",
    ]
    told = labelled(*page)
    assert [label for label, _ in told[:2]] == ["title", "date"]
    assert {label for label, _ in told[2:]} <= {"lead", "body", "heading"}


def test_numbered_names_below_their_decision_stay_text_with_the_place_above_them():
    page = [
        "Danh sách cán bộ Hội được tặng Kỷ niệm chương đợt II/2017",
        "(Trích Quyết định số 892/QĐ-ĐCT ngày 12/10/2017 của Đoàn Chủ tịch Trung ương Hội về việc tặng Kỷ niệm chương)",
        "TỈNH LAI CHÂU",
        "01. Bà Lò Thị Panh, nguyên Chủ tịch Hội LHPN huyện Phong Thổ",
        "02. Bà Sùng Thị Mảy, Chủ tịch Hội LHPN xã Tả Lèng",
        "Danh sách gồm có 02 người./.",
    ]
    told = labelled(*page)
    assert told[0] == ("title", page[0])
    assert {label for label, _ in told[1:]} <= {"lead", "body", "heading"}


def test_a_table_whose_cells_dashes_part_is_text():
    rows = [
        "Đơn vị - Hình thức - Cấp khen",
        "Hội LHPN xã An Bình - Cờ thi đua - Trung ương Hội",
        "Hội LHPN xã Tân Bình - Bằng khen - UBND tỉnh",
    ]
    told = labelled("Biểu tổng hợp khen thưởng phong trào phụ nữ năm 2012", *rows)
    assert [text for label, text in told if label in ("lead", "body")] == rows


@pytest.mark.parametrize(
    "above", ["Kính gửi: Các cơ quan, doanh nghiệp xa gần!", "Hội Liên hiệp Phụ nữ tỉnh Ninh Thuận"]
)
def test_neither_a_salutation_nor_a_letterhead_is_the_title(above):
    title = "Thư cảm ơn các nhà hảo tâm giúp trẻ em nghèo"
    told = labelled(title, "12/10/2019", above, PARAGRAPH, PARAGRAPH.replace("hai", "bốn"))
    assert told[0] == ("title", title)
    assert ("title", above) not in told


def test_a_player_between_the_paragraphs_takes_none_of_them_away():
    page = [
        TITLE,
        "Thứ Tư, ngày 01/06/2022 - 19:05 | 642 lượt xem",
        FIRST,
        SECOND,
        "Trình duyệt của bạn không hỗ trợ phát video.",
        *("Play", "Mute", "Current Time 0:00", "/", "Duration 2:41", "Loaded: 0%", "Stream Type LIVE", "Fullscreen"),
        THIRD,
        PARAGRAPH,
    ]
    blocks, _ = text.read("\n\n".join(page))
    assert body(blocks) == "\n".join([FIRST, SECOND, THIRD, PARAGRAPH])


@pytest.mark.parametrize(
    "tools",
    [
        ("Chia sẻ", "Đọc bài viết"),
        ("Gửi cho bạn bè | Bản để in | Ý kiến phản hồi", "Lượt xem: 63 - Gửi email - Cỡ chữ A+ A-"),
        ("Viết bởi Biên tập viên cỡ chữ giảm kích thước chữ tăng kích thước chữ", "Email", "1 2 3 4 5 (0 bình chọn)"),
    ],
)
def test_tools_between_the_date_and_the_title_keep_neither_from_the_other(tools):
    page = [
        "Tin tức",
        "Hoạt động của Công đoàn, Ban Nữ công",
        "Thứ Sáu, 26/09/2025 - 16:55",
        *tools,
        TITLE,
        FIRST,
        SECOND,
    ]
    _, found = text.read("\n\n".join(page))
    assert (found.title, found.published) == (TITLE, "2025-09-26T16:55+07:00")


def test_a_title_may_open_with_a_share():
    title = "65/65 chi hội phụ nữ xã Tân Lập hoàn thành đại hội"
    _, found = text.read(
        "\n\n".join(["Hoạt động của Công đoàn, Ban Nữ công", "26/09/2025 16:55", title, FIRST, SECOND])
    )
    assert found.title == title


def test_names_in_a_list_below_the_office_that_they_hold_are_no_bylines():
    page = [TITLE, FIRST, "Ba Phó Chủ tịch Hội LHPN xã Tân Lập được bầu gồm:", "- Bà Đỗ Thị Thu;", "- Bà Lê Thị Hà."]
    blocks, found = text.read("\n\n".join([*page, "HỒNG NHUNG"]))
    assert body(blocks) == "\n".join(page[1:])
    assert found.authors == ("Hồng Nhung",)


@pytest.mark.parametrize(
    "links",
    [
        (">> Trung đoàn trẻ phụng dưỡng bốn Mẹ Việt Nam Anh hùng",),
        ("• Những đóa hồng trên vùng đất mặn", "Những đóa hồng trên vùng đất mặn"),
    ],
)
def test_links_to_other_articles_between_paragraphs_are_chrome(links):
    blocks, _ = text.read("\n\n".join([TITLE, FIRST, *links, SECOND, THIRD]))
    assert body(blocks) == "\n".join([FIRST, SECOND, THIRD])


def test_headlines_with_their_dates_behind_them_end_the_article():
    others = ("Quân khu tặng 30 nhà tình nghĩa [22/07/2015 16:10]", "Phong trào “Vườn rau gắn kết” [21/07/2015 09:25]")
    blocks, _ = text.read(
        "\n\n".join([TITLE, FIRST, SECOND, *others, "“Các cô, các chú phải đoàn kết giúp đỡ lẫn nhau.”"])
    )
    assert body(blocks) == "\n".join([FIRST, SECOND])


def test_the_date_below_the_signature_is_the_articles_own_and_the_clock_above_is_not():
    page = [
        "Thứ bảy, 20/10/2012",
        TITLE,
        FIRST,
        SECOND,
        "Lan Hạ",
        "Thứ Sáu, 7/12/2012, 10:26 GMT+7",
        "Ý kiến bạn đọc (3)",
    ]
    _, found = text.read("\n\n".join(page))
    assert (found.published, found.authors) == ("2012-12-07T10:26+07:00", ("Lan Hạ",))


def test_the_last_paragraph_below_a_box_of_headlines_is_known_by_its_signature():
    page = [
        TITLE,
        FIRST,
        SECOND,
        "Tin nên đọc",
        "Người phụ nữ nhặt rác nuôi con",
        THIRD,
        "Thanh Nga",
        "Bình luận",
        PARAGRAPH,
    ]
    blocks, _ = text.read("\n\n".join(page))
    assert body(blocks) == "\n".join([FIRST, SECOND, THIRD])


@pytest.mark.parametrize("name", ["image001", "IMG_2034 (2)", "anh-le-trao-qua.JPG", "DSC 0012"])
def test_the_name_of_a_pictures_file_is_chrome(name):
    blocks, _ = text.read("\n\n".join([TITLE, FIRST, name, SECOND]))
    assert body(blocks) == "\n".join([FIRST, SECOND])


def test_an_article_goes_on_behind_two_boxes_of_headlines_though_headings_and_captions_part_its_paragraphs():
    page = [
        *("Mái ấm mới của chị Phạm Thị Mỹ Lý", "Thứ Năm, 21/2/2019, 08:30 (GMT+7)", FIRST, SECOND),
        *("Tin nên đọc", "Quỹ khuyến học của dòng họ ba đời thợ may", PARAGRAPH, "Thêm nghề, thêm thu nhập"),
        *("Bạn có thể quan tâm", "6 món canh giải nhiệt nấu dưới 15 phút", SECOND[:-5] + "đẹp.", THIRD, "Hải Hiền"),
        *("Ý kiến (14)", "Mới nhất", "minhquan", "Nể các chị quá, vừa lo việc nhà vừa lo việc xóm."),
    ]
    blocks, _ = text.read("\n\n".join(page))
    assert [line for line in body(blocks).split("\n") if line.endswith(".")] == [FIRST, SECOND, PARAGRAPH, *page[10:12]]


@pytest.mark.parametrize(
    "above",
    ["Tin tức › Mặt trận và các đoàn thể", "Số 12/KH-BTV: Kế hoạch tuyên truyền Đại hội Đảng", f"{TITLE} - 1",
     "Bỏ qua để tới phần chân trang", "Cơ quan của Đảng bộ tỉnh - Tiếng nói của nhân dân trong tỉnh"],
)  # fmt: skip
def test_paths_numbers_of_documents_names_of_pictures_and_mastheads_are_no_titles(above):
    assert text.read("\n\n".join([above, TITLE, above, FIRST, SECOND]))[1].title == TITLE


@pytest.mark.parametrize(
    "tool", [f"{TITLE} - 1", "1 / 4", "00:00 / 01:12", "Chạm để phóng to ảnh", f"Ảnh: {TITLE}", "Ảnh đại diện"]
)
def test_what_stands_beside_a_picture_or_a_clip_is_chrome(tool):
    for page in ([TITLE, FIRST, tool, SECOND], [TITLE, "08/08/2024", tool, FIRST, SECOND]):
        assert body(text.read("\n\n".join(page))[0]) == "\n".join([FIRST, SECOND])


def test_a_menu_in_one_line_is_no_paragraph_however_long():
    sections = ["Thời sự", "Chính trị", "Kinh tế", "Quốc phòng", "Văn hóa", "Đời sống", "Giáo dục", "Y tế", "Pháp luật"]
    for joint in (" | ", " "):
        menu = joint.join(f"{section} trong nước và thế giới" for section in sections)
        blocks, found = text.read("\n\n".join([f"Trang chủ {menu}", menu, "15:30 - 05/04/2019", TITLE, FIRST, SECOND]))
        assert (found.title, found.published) == (TITLE, "2019-04-05T15:30+07:00")
        assert body(blocks) == "\n".join([FIRST, SECOND])


def test_two_headlines_in_a_row_that_name_nothing_of_the_article_are_links_to_others():
    links = ["Gửi 1.500 phần quà đến công nhân nữ trong khu cách ly", "Nữ cảnh sát khu vực “hai vai” mùa dịch bệnh"]
    blocks, _ = text.read("\n\n".join([TITLE, FIRST, *links, SECOND]))
    assert body(blocks) == "\n".join([FIRST, SECOND])
    headings = ["Những kết quả của phong trào thi đua", "Chi hội xã Tân Lập với các mô hình giúp nhau làm kinh tế"]
    blocks, _ = text.read("\n\n".join([TITLE, FIRST, *headings, SECOND]))
    assert body(blocks) == "\n".join([FIRST, *headings, SECOND])


def test_a_title_may_end_with_a_number_behind_a_dash():
    for title in ("Phụ nữ xã Tân Lập chung tay chống dịch Covid - 19", "Phụ nữ xã Tân Lập thi đua mừng ngày 8 - 3"):
        assert text.read("\n\n".join(["Trang chủ", title, "08/08/2021", FIRST, SECOND]))[1].title == title


@pytest.mark.parametrize("heading", ["Anh 20 năm bám biển", "Trả lời:", "Tóm tắt"])
def test_a_heading_is_neither_a_pictures_name_nor_a_button(heading):
    blocks, _ = text.read("\n\n".join([TITLE, FIRST, heading, SECOND, THIRD]))
    assert heading in body(blocks).split("\n")


def test_names_with_days_of_birth_do_not_end_the_article():
    listed = ["Nguyễn Thị Hoa (12/03/1985)", "Trần Thị Mai (05/11/1990)", "Lê Thị Lan (01/01/1988)"]
    blocks, _ = text.read("\n\n".join([TITLE, FIRST, *listed, SECOND, THIRD]))
    assert body(blocks).split("\n")[-2:] == [SECOND, THIRD]


def test_the_head_of_a_table_does_not_end_the_article():
    rows = [
        "Họ và tên | Email | Đơn vị",
        "Lê Thị Lan | lan@hoi.invalid | xã Tân Lập",
        "Vũ Thị Mai | mai@hoi.invalid | xã Tân Hòa",
    ]
    blocks, _ = text.read("\n\n".join([TITLE, FIRST, *rows, SECOND, THIRD]))
    assert body(blocks) == "\n".join([FIRST, *rows, SECOND, THIRD])
