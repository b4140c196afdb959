"""What one short line is by its form: dateline, byline, stated source, views."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.clean import lines


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("22/11/2023", "2023-11-22"),
        ("Thứ tư - 20/03/2024 11:23", "2024-03-20T11:23+07:00"),
        ("Thứ Tư, ngày 20 tháng 3 năm 2024 | 16h05", "2024-03-20T16:05+07:00"),
        ("Ngày đăng: 01-02-2024", "2024-02-01"),
        ("Cập nhật lúc 08:30, Thứ Sáu, 22/11/2024 (GMT+7)", "2024-11-22T08:30+07:00"),
        ("20 Tháng Ba, 2024", "2024-03-20"),
        ("2:05 CH, 20/03/2024", "2024-03-20T14:05+07:00"),
        ("12:30 SA 20.3.2024", "2024-03-20T00:30+07:00"),
        ("Đăng lúc: 09:15 - 20/03/2024 - Cập nhật: 10:00 - 21/03/2024", "2024-03-20T09:15+07:00"),
        ("Cập nhật: 21/03/2024 - Đăng: 20/03/2024", "2024-03-20"),
        ("07-03-2026 - 00:01 AM | Thị trường", "2026-03-07T00:01+07:00"),
        ("Posted on 06/05/2018 by phunuphuhiep", "2018-05-06"),
        ("Đăng lúc: Chủ nhật - 06/03/2016 15:02 - Người đăng bài viết: admin", "2016-03-06T15:02+07:00"),
        ("Thời gian đăng: 26/09/2021 07:30:00 | Lượt xem: 88", "2021-09-26T07:30+07:00"),
        ("(Ngày phát sóng: 2/2/2022)", "2022-02-02"),
        ("Được đăng bởi bientap2 vào Thứ Hai, 25/03/2019 - 07:55", "2019-03-25T07:55+07:00"),
        ("Ngày gửi tin: 3/04/2012", "2012-04-03"),
        ("05/11/2025 19:22:10 [Cỡ chữ: A+ A-]", "2025-11-05T19:22+07:00"),
        ("Đã Xuất bản: 21/03/2023", "2023-03-21"),
        ("28.03.2019 | 209 người xem", "2019-03-28"),
        ("(BM online) - 14/05/2019", "2019-05-14"),
        ("12 Th10, 2024", "2024-10-12"),
        ("12 thg 10, 2024", "2024-10-12"),
        ("Tháng Mười 12, 2024", "2024-10-12"),
        ("Sat, 12/10/2024 - 08:30", "2024-10-12T08:30+07:00"),
        ("Thu, 10/10/2024 - 08:30", "2024-10-10T08:30+07:00"),
        ("Th 7, 12/10/2024 08:30", "2024-10-12T08:30+07:00"),
        ("08:30 - Thứ bảy, ngày 12 tháng 10 năm 2024", "2024-10-12T08:30+07:00"),
        ("Tạo lúc 08:30 12/10/2024; cập nhật 15/10/2024", "2024-10-12T08:30+07:00"),
    ],
)
def test_a_dateline_states_the_day_or_the_minute_of_vietnam(text, iso):
    found = lines.dateline(text)
    assert found is not None
    assert found.when.iso == iso
    assert found.consistent


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 09/10/2024, tại tỉnh Cà Mau, Cụm thi đua tổ chức hội nghị",
        "10/10/2024 NGÀY CHUYỂN ĐỔI SỐ QUỐC GIA",
        "Chào mừng kỷ niệm 20/10/2024",
        "Nghị quyết số 12/2024/NQ-HĐND",
        "31/02/2024",
        "(Ảnh chụp chiều qua ở xã) 20/03/2024",
        "8/8 chỉ tiêu",
        "Thu, 08 Mar 2012 03:12:00 GMT",
        "20/03",
        "",
    ],
)
def test_events_banners_and_numbers_are_no_datelines(text):
    assert lines.dateline(text) is None


def test_a_weekday_that_is_not_that_of_the_date_shows():
    assert lines.dateline("Thứ hai - 20/03/2024").consistent is False
    assert lines.dateline("Chủ nhật, 24/03/2024").consistent is True


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Thứ tư - 20/03/2024 11:23 71 0", 71),
        ("21/11/2022 | Lượt xem 2", 2),
        ("20/03/2024 - Đã xem: 1.204", 1204),
        ("Ngày đăng: 12/10/2024 08:30 Lượt xem: 123", 123),
        ("22/11/2023", None),
        ("20/03/2024 11:23", None),
    ],
)
def test_views_beside_a_date(text, count):
    assert lines.dateline(text).views == count


@pytest.mark.parametrize(
    ("text", "count"), [("Lượt xem: 1.204", 1204), ("71 lượt xem", 71), ("Xem thêm 3 tin", None), ("71", None)]
)
def test_views_on_a_line_of_their_own(text, count):
    assert lines.views(text) == count


def test_an_author_may_stand_beside_the_date():
    assert lines.dateline("Thu Hà - 22/11/2023 08:30").byline.authors == ("Thu Hà",)
    assert lines.dateline("Đăng vào 07/01/2019 05/02/2019 Tác giả Thu Hà").byline.authors == ("Thu Hà",)
    assert lines.dateline("THU HÀ | 22/11/2023, 08:30").byline.authors == ("Thu Hà",)
    assert lines.dateline("22/11/2023 bởi Thu Hà").byline.authors == ("Thu Hà",)
    assert lines.dateline("Đăng lúc: Thứ tư - 22/11/2023 08:30 - Người đăng bài viết: Thu Hà").byline.authors == (
        "Thu Hà",
    )
    assert lines.dateline("Tác giả: Thu Hà | Ngày đăng: 22/11/2023").byline.authors == ("Thu Hà",)


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Thu Hà", ("Thu Hà",)),
        ("KHÁNH LIÊN", ("Khánh Liên",)),
        ("Bài, ảnh: Thu Hà", ("Thu Hà",)),
        ("Tác giả: Nguyễn Thị Minh Khai", ("Nguyễn Thị Minh Khai",)),
        ("Lê Hồng – Xuân Mai (Trung tâm Văn hóa thành phố)", ("Lê Hồng", "Xuân Mai")),
        ("Thu Hà, Minh Anh và Siu H’Bia", ("Thu Hà", "Minh Anh", "Siu H’Bia")),
        ("Hà Giang - Lan Phương", ("Hà Giang", "Lan Phương")),
        ("Thái Dương – Phòng VH-XH xã", ("Thái Dương",)),
        ("Thiên Hà - Ảnh: Minh An", ("Thiên Hà", "Minh An")),
        ("MINH AN-THU HẰNG", ("Minh An", "Thu Hằng")),
        ("Tin: Thu Hà; ảnh: Minh An", ("Thu Hà", "Minh An")),
        ("Thượng úy Lê Lan (Phòng PV05)", ("Lê Lan",)),
        ("M.Hoa - Th.Lan", ("M.Hoa", "Th.Lan")),
        ("Nông Thu Hoài, Văn phòng Hội LHPN tỉnh", ("Nông Thu Hoài",)),
        ("PV", ()),
        ("Tác giả: Ban biên tập", ()),
    ],
)
def test_a_byline_names_its_authors_in_the_case_of_names(text, authors):
    assert lines.byline(text).authors == authors


@pytest.mark.parametrize(
    "text",
    [
        "Tin tức",
        "Tin Tức",
        "Hà Nội",
        "Hội Phụ Nữ",
        "Bình Phước",
        "Tổng kết công tác",
        "Thu",
        "Hoạt Động Hội",
        "Hà Giang - Tuyên Quang",
        "TP.Vinh",
        "- Bà Lê Thị Na",
        "- Lê Thị Na;",
    ],
)
def test_sections_places_and_offices_are_no_bylines(text):
    assert lines.byline(text) is None


@pytest.mark.parametrize(
    ("text", "name", "authors"),
    [
        ("Nguồn tin: KHÁNH LIÊN -BDVTU", "BDVTU", ("Khánh Liên",)),
        ("Nguồn: Thu Hà (Báo Phụ nữ)", "Báo Phụ nữ", ("Thu Hà",)),
        ("Nguồn: hoilhpn.example.vn", "hoilhpn.example.vn", ()),
        ("(Nguồn: Hội LHPN tỉnh)", "Hội LHPN tỉnh", ()),
        ("Theo Báo Phụ nữ Việt Nam", "Báo Phụ nữ Việt Nam", ()),
        ("https://bao.example.vn/", "https://bao.example.vn/", ()),
        ("(Theo bao.example.vn)", "bao.example.vn", ()),
        ("Theo: bao.example.vn", "bao.example.vn", ()),
        ("Theo Thu Hà - Báo Phụ nữ", "Báo Phụ nữ", ("Thu Hà",)),
    ],
)
def test_a_stated_source_is_told_from_its_author(text, name, authors):
    found = lines.origin(text)
    assert found.name == name
    assert (found.byline.authors if found.byline else ()) == authors


@pytest.mark.parametrize(
    "text", ["Theo bà Lê Kim Anh, chủ đề năm nay rất thiết thực", "Theo kế hoạch", "Nguồn:", "Nguồn vốn vay ưu đãi"]
)
def test_sentences_and_empty_labels_state_no_source(text):
    assert lines.origin(text) is None


def test_the_mark_of_an_agency_opens_a_text():
    assert lines.agency("(PNTĐ) - Sáng 8/8, Hội LHPN") == ("PNTĐ", "Sáng 8/8, Hội LHPN")
    assert lines.agency("(Chinhphu.vn) – Chiều nay") == ("Chinhphu.vn", "Chiều nay")
    assert lines.agency("(Hội LHPN Sông Lam) - Sáng 8/8") == ("Hội LHPN Sông Lam", "Sáng 8/8")
    assert lines.agency("(PNSL) Hội LHPN tỉnh") == ("PNSL", "Hội LHPN tỉnh")
    assert lines.agency("(HTX) là mô hình") is None
    assert lines.agency("(ngày 8/8) - Hội LHPN") is None
    assert lines.agency("Hội LHPN (PNTĐ) - Sáng") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("PNVN - Sáng 8/8", ("PNVN", "Sáng 8/8")),
        ("(TTXVN) Sáng 8/8", ("TTXVN", "Sáng 8/8")),
        ("Hà Nội (TTXVN) – Sáng 8/8", ("TTXVN", "Sáng 8/8")),
        ("VOV.VN - Sáng 8/8", ("VOV.VN", "Sáng 8/8")),
        ("(bao.example.vn) - Sáng 8/8", ("bao.example.vn", "Sáng 8/8")),
        ("GD&TĐ - Sáng 8/8", ("GD&TĐ", "Sáng 8/8")),
        ("HĐND - UBND xã phối hợp", None),
        ("UNESCO - Tổ chức Giáo dục", None),
        ("Hà Nội - Sáng 8/8", None),
    ],
)
def test_known_papers_need_no_brackets_and_no_dash(text, told):
    assert lines.agency(text) == told


@pytest.mark.parametrize(
    ("text", "authors", "views"),
    [
        ("Thứ sáu, 15/3/2024 | 08:30 GMT+7Tác giả: Ngọc Ánh", ("Ngọc Ánh",), None),
        ("15/03/2024Đã xem: 214", (), 214),
        ("Hoạt động Hội15/03/2024 08:30Kim Oanh", ("Kim Oanh",), None),
        ("Hoạt động Hội 15/03/2024 08:30 Kim Oanh", ("Kim Oanh",), None),
        ("Sông Lam, ngày 15 tháng 3 năm 2024", (), None),
        ("15/03/2024 - Đã xem 1.234 lần", (), 1234),
    ],
)
def test_what_a_style_sheet_parts_is_read_apart_and_places_wrote_nothing(text, authors, views):
    found = lines.dateline(text)
    assert found is not None
    assert found.when.day.isoformat() == "2024-03-15"
    assert (found.byline.authors if found.byline else (), found.views) == (authors, views)


def test_ages_date_the_headlines_of_other_articles():
    assert lines.is_ago("17 giờ trước")
    assert lines.is_ago("3 ngày trước | Hoạt động Hội")
    assert not lines.is_ago("Trước 17 giờ hằng ngày")


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ThứtưNgày Nguồn:/-.,0123456789()|LêHà và–\u0307İ"), max_size=120))
def test_any_line_is_read_without_error(text):
    for read in (lines.dateline, lines.byline, lines.origin, lines.views, lines.agency, lines.number_in):
        read(text)
