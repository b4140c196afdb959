"""What a page is, when it is no article."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.clean import kinds
from worker.models import Capture, PageKind

STORY = "Sáng 8/8, Hội LHPN xã tổ chức hội nghị sơ kết công tác và phong trào phụ nữ sáu tháng đầu năm. " * 12


def capture(body=b"<html>", mime="text/html", status=200):
    return Capture(
        url="https://a.example.vn/tin-1.html",
        fetched_at=datetime(2024, 11, 22, tzinfo=UTC),
        status=status,
        body=body,
        headers=(("Content-Type", mime),),
    )


def kind(title="", text="", body="", **known):
    raw = known.pop("raw", b"<html>")
    status = known.pop("status", 200)
    return kinds.of_page(capture(raw, status=status), title=title, text=text or body, body=body, **known)


@pytest.mark.parametrize(
    ("body", "mime"),
    [
        (b"%PDF-1.7 \xe2\xe3", "application/pdf"),
        (b"%PDF-1.7 \xe2\xe3", "text/html"),
        (b"PK\x03\x04\x14\x00", "application/octet-stream"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"plain words", "application/zip"),
        (bytes(range(1, 32)) * 40, "text/html"),
    ],
)
def test_files_are_attachments_whatever_the_server_calls_them(body, mime):
    assert kinds.of_bytes(capture(body, mime)) is PageKind.ATTACHMENT


@pytest.mark.parametrize(
    ("body", "mime"),
    [
        (b"<!doctype html><p>Tin", "text/html"),
        (b"<!doctype html><p>Tin", "application/octet-stream"),
        ("Tin tức".encode("utf-16"), "text/plain"),
        (b"words", ""),
    ],
)
def test_pages_are_read_further(body, mime):
    assert kinds.of_bytes(capture(body, mime)) is None


@pytest.mark.parametrize("body", [b"", b" \n\t ", b" " * 10_000])
def test_nothing_is_nothing(body):
    assert kinds.of_bytes(capture(body)) is PageKind.EMPTY


def test_an_article_is_an_article():
    assert kind("Hội LHPN xã sơ kết công tác", STORY, STORY, links=80, stated=True) is PageKind.ARTICLE
    assert kind("Hội LHPN xã sơ kết công tác", STORY, STORY, links=80, linked=0.05) is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, PageKind.NOT_FOUND), (410, PageKind.NOT_FOUND), (503, PageKind.MAINTENANCE), (403, PageKind.LOGIN)],
)
def test_the_status_is_believed(status, expected):
    assert kind("Tin", STORY, STORY, status=status) is expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Lỗi 404", "Trang bạn yêu cầu không tồn tại.", PageKind.NOT_FOUND),
        ("Cổng thông tin", "Rất tiếc, bài viết này đã bị xoá hoặc không tồn tại. Về trang chủ", PageKind.NOT_FOUND),
        ("Page not found", "Oops", PageKind.NOT_FOUND),
        ("Thông báo", "Hệ thống đang bảo trì, xin quý khách quay lại sau.", PageKind.MAINTENANCE),
        ("Website đang nâng cấp", "Hẹn gặp lại", PageKind.MAINTENANCE),
        ("Vui lòng đăng nhập", "Tên đăng nhập Mật khẩu", PageKind.LOGIN),
    ],
)
def test_a_short_page_with_status_200_says_itself_that_it_is_no_article(title, text, expected):
    assert kind(title, text, text, links=5) is expected


def test_a_story_about_such_words_is_a_story():
    told = STORY + "Nhiều bài viết không tồn tại; trang web đang bảo trì; bạn cần đăng nhập."
    assert kind("Hội LHPN ra mắt trang tin", told, told, stated=True) is PageKind.ARTICLE


def test_a_form_that_asks_for_a_password_is_a_log_in():
    form = b'<form><input name=u><input type="password" name=p></form>'
    assert kind("Đăng nhập", "Tên đăng nhập Ghi nhớ", "", raw=form) is PageKind.LOGIN
    assert kind("Hội LHPN xã sơ kết", STORY, STORY, raw=form, stated=True) is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b'<script>document.cookie="D1N=1a2b"+"; path=/";window.location.reload(true);</script>', ""),
        (b"<title>Just a moment...</title>", "Just a moment... Checking your browser before accessing the site."),
        (b"<script>x()</script>", "Vui lòng bật JavaScript để tiếp tục"),
    ],
)
def test_a_first_answer_that_only_runs_a_script_is_a_challenge(raw, text):
    assert kind("", text, text, raw=raw) is PageKind.CHALLENGE


@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_gate_that_wants_a_browser_is_a_challenge_whatever_its_status(status):
    assert kind("Just a moment...", "", "", status=status) is PageKind.CHALLENGE
    assert kind("Just a moment...", STORY, STORY, status=status) is not PageKind.CHALLENGE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Nhà cái uy tín hàng đầu - link vào KUBET", "Đăng ký nhận khuyến mãi."),
        ("Hội Phụ nữ xã", "Casino online, nổ hũ, tài xỉu, bắn cá, game bài đổi thưởng, nạp rút nhanh. " * 20),
        ("Slot gacor hari ini", "Situs judi slot online, togel, maxwin. " * 20),
    ],
)
def test_a_page_taken_over_by_gambling_is_spam(title, text):
    assert kind(title, text, text, stated=True) is PageKind.SPAM


def test_a_report_on_gambling_is_no_spam():
    told = (
        "Công an huyện triệt phá đường dây cá cược qua mạng, khởi tố 5 đối tượng lập nhà cái và casino trái phép. " * 8
    )
    assert kind("Triệt phá đường dây cá cược bóng đá", told, told, stated=True) is PageKind.ARTICLE


def test_headlines_with_their_links_are_a_listing():
    teasers = "Chi hội ra mắt mô hình mới. Hội nghị tổng kết năm. " * 12
    assert kind("Tin tức", teasers, teasers, links=40, linked=0.4) is PageKind.LISTING
    assert kind("Tin tức", teasers, "", links=40, linked=0.1) is PageKind.LISTING
    assert kind("Tin tức", teasers, teasers, links=60, linked=0.12, stated=True) is PageKind.LISTING
    assert kind("Tin tức", teasers, teasers, links=60, linked=0.6, declared=True) is PageKind.LISTING


def test_a_page_of_links_without_any_text_is_a_listing_whatever_it_calls_itself():
    assert kind("Tin tức", "Tin mới " * 40, "", links=40, declared=True, stated=True) is PageKind.LISTING


def test_an_article_with_some_links_in_its_text_is_no_listing():
    assert kind("Hội LHPN xã sơ kết", STORY, STORY, links=60, linked=0.15, declared=True) is PageKind.ARTICLE
    assert kind("Hội LHPN xã sơ kết", STORY, STORY, links=60, linked=0.05, stated=True) is PageKind.ARTICLE


def test_a_short_notice_with_a_date_is_an_article():
    told = "Hội LHPN xã mời hội viên dự hội nghị vào 8 giờ sáng thứ Hai."
    assert kind("Giấy mời", told, told, links=60, linked=0.0, stated=True) is PageKind.ARTICLE


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=80),
    st.text(max_size=80),
    st.text(max_size=80),
    st.integers(0, 99),
    st.floats(0, 1),
    st.booleans(),
)
def test_any_page_is_of_some_kind(raw, title, text, links, linked, stated):
    assert kinds.of_bytes(capture(raw)) in (None, PageKind.EMPTY, PageKind.ATTACHMENT)
    assert kind(title, text, text, raw=raw, links=links, linked=linked, stated=stated) in PageKind


def test_huge_pages_are_judged_in_bounded_time():
    assert kind("Hội", "casino " * 700_000, "casino " * 700_000) is PageKind.ARTICLE
    assert kind("Hội", "x" * 5_000_000, "x" * 5_000_000, raw=b"document.cookie" * 300_000) is PageKind.ARTICLE


@pytest.mark.parametrize(
    "notice",
    [
        "Trang bạn đang truy cập không tồn tại hoặc đã bị xóa.",
        "Xin lỗi, bài viết bạn yêu cầu không tìm thấy.",
        "Tin bài này không tồn tại hoặc đã bị xoá!",
        "Thông tin bạn tìm hiện không còn trên hệ thống.",
        "Không tồn tại bài viết này",
        "Bài viết đã bị gỡ bỏ hoặc chưa được xuất bản.",
        "Đường dẫn bạn truy cập không hợp lệ",
        "Rất tiếc, nội dung này hiện không khả dụng",
        "Oops! That page can\u2019t be found.",
        "The page you are looking for could not be found.",
        "The resource you are looking for has been removed, had its name changed, or is temporarily unavailable.",
        "The selected web content no longer exists.",
        "Page introuvable",
        "Página no encontrada",
        "Страница не найдена",
        "您访问的页面不存在",
        "お探しのページが見つかりません",
    ],
)
def test_a_page_that_is_gone_may_say_so_in_many_words_and_tongues(notice):
    assert kind("Hội LHPN tỉnh", notice, notice) is PageKind.NOT_FOUND
    menu = "Giới thiệu\nTin tức - Sự kiện\nVăn bản chỉ đạo\n" * 30
    assert kind("Hội LHPN tỉnh", menu + notice, "", beside=notice, links=90) is PageKind.NOT_FOUND


@pytest.mark.parametrize(
    "notice",
    [
        "Trang này đã được chuyển đi hoặc bạn đã gõ nhầm.",
        "Chuyên mục này hiện chưa có gì để đọc.",
        "Hệ thống tạm thời không thể phục vụ. Vui lòng thử lại sau ít phút.",
        "We're sorry, this could not be located.",
    ],
)
def test_a_few_words_without_a_date_a_name_or_a_number_are_a_notice_whatever_they_say(notice):
    assert kind("Hội LHPN tỉnh", notice, notice) is PageKind.EMPTY
    assert kind("Hội LHPN tỉnh", notice, notice, stated=True) is PageKind.ARTICLE
    report = f"{notice} Chị Lò Thị Mín nói vậy."
    assert kind("Hội LHPN tỉnh", report, report) is PageKind.ARTICLE
    verse = "Chiều về trên bến sông quê\nMẹ ngồi vá áo\nTrăng lên đầu núi trăng tròn\nGió đưa câu hát đò xa"
    assert kind("Bến quê", verse, verse) is PageKind.ARTICLE


@pytest.mark.parametrize("title", ["Không tìm thấy trang - Hội LHPN tỉnh", "Hội LHPN tỉnh | 404: Page not found"])
def test_a_title_that_says_only_that_there_is_no_page_is_believed_whatever_else_is_shown(title):
    assert kind(title, STORY, STORY, links=40) is PageKind.NOT_FOUND
    assert kind("Page not found: how sites lose their past", STORY, STORY, stated=True) is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Tin vắn", "Đến nay địa chỉ gia đình cháu bé không tìm thấy, Hội LHPN xã đang chăm sóc cháu."),
        ("Cảnh báo lừa đảo", "Trang web giả mạo Hội LHPN tỉnh đã bị xóa, đề nghị hội viên cảnh giác."),
        ("Nghị quyết mới", "Nội dung Nghị quyết về hỗ trợ phụ nữ không có thay đổi so với năm trước."),
        ("Ngân hàng xin lỗi", "Do lỗi hệ thống, hàng trăm người không rút được tiền tại các cây ATM."),
    ],
)
def test_a_report_of_a_sentence_that_has_such_words_is_a_report(title, told):
    assert kind(title, told, told) is PageKind.ARTICLE


def test_a_short_dated_report_on_what_is_closed_is_a_report():
    told = "Tuyến đường vào trung tâm dạy nghề phụ nữ đang được nâng cấp, học viên đi lối khác. " * 3
    assert kind("Nâng cấp đường", told, told, stated=True) is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Nội dung chỉ dành cho thành viên.", PageKind.LOGIN),
        ("Bạn không đủ quyền truy cập vào khu vực này", PageKind.LOGIN),
        ("Nội dung đang được cập nhật", PageKind.EMPTY),
        ("Tên miền đã hết hạn", PageKind.MAINTENANCE),
        ("We\u2019ll be back soon!", PageKind.MAINTENANCE),
        ("Đang xác minh trình duyệt của bạn", PageKind.CHALLENGE),
        ("Please complete the security check to access", PageKind.CHALLENGE),
    ],
)
def test_what_keeps_readers_from_a_page_is_no_article(told, expected):
    assert kind("Hội LHPN tỉnh", told, told) is expected


def test_links_to_gambling_that_were_put_beside_an_article_make_it_no_spam():
    injected = "nhà cái uy tín\nkubet\ntài xỉu online\ncasino\nnổ hũ đổi thưởng\n" * 3
    assert kind("Hội LHPN xã sơ kết công tác", STORY[:400] + injected, STORY[:400], stated=True) is PageKind.ARTICLE


def test_a_union_that_warns_of_gambling_is_no_spam():
    told = (
        "Hội LHPN xã tuyên truyền phòng chống tệ nạn cờ bạc, lô đề, cá độ bóng đá cho hội viên. "
        "Chị em nghe tác hại của tài xỉu, nổ hũ, xóc đĩa và game bài đổi thưởng qua các nhà cái."
    )
    assert kind("Tuyên truyền phòng chống cá độ, cờ bạc", told, told, stated=True) is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Dự đoán XSMB hôm nay", "Soi cầu XSMB, bạch thủ lô, song thủ đề, dàn đề 36 số, lô xiên, chốt số hôm nay."),
        ("澳门赌场网上博彩", "欢迎来到澳门赌场官方网站,提供百家乐、老虎机、体育博彩、真人荷官。"),
        ("สล็อตเว็บตรง บาคาร่า คาสิโน", "สล็อตเว็บตรง แตกง่าย ฝากถอนไม่มีขั้นต่ำ"),
    ],
)
def test_gambling_is_known_in_its_other_games_and_scripts(title, told):
    assert kind(title, told, told) is PageKind.SPAM


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Index of /tin-tuc", "Index of /tin-tuc\nName | Last modified | Size\nbai1.html | 2019-03-02 10:11 | 4.2K"),
        ("Index of /files/", "Index of /files/\n../ vanban/ 12-Mar-2020 03:11 - baocao.pdf 12-Mar-2020 03:12 812345"),
        ("hoi.example - /tin/", "hoi.example - /tin/\n[To Parent Directory]\n3/12/2020 9:12 AM 48120 bai1.htm"),
        (
            "Directory Listing For /docs/",
            "Filename | Size | Last Modified\na.html | 3.2 kb | Thu, 02 Jan 2020 10:10:10 GMT",
        ),
        ("", "Directory listing for /\na.html\nanh/"),
    ],
    ids=["Apache", "nginx", "IIS", "Tomcat", "Python"],
)
def test_a_server_s_list_of_a_folder_is_a_listing(title, text):
    assert kind(title, text, text) is PageKind.LISTING


def test_a_story_of_an_index_is_a_story():
    told = "The Index of /women/ firms was published by the union of the province on Tuesday, 12 March 2024. " * 3
    assert kind("Index of women's firms", told, told, stated=True) is PageKind.ARTICLE
