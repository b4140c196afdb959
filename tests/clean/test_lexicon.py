"""Chrome by its words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.clean import lexicon
from worker.own_data import read_yaml

REASONS = {None, *(group["reason"] for group in read_yaml("worker.clean", "lexicon.yaml")["chrome"])}


def reason(line):
    phrase = lexicon.find(line)
    return phrase.reason if phrase else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("• Hôm nay4,912", "visitor counter"),
        ("Tổng lượt truy cập1,257,142", "visitor counter"),
        ("Số lượt truy cập : 4238431", "visitor counter"),
        ("12 lượt xem", "view count"),
        ("Tổng số điểm của bài viết là: 0 trong 0 đánh giá", "rating widget"),
        ("Chia sẻ", "share bar"),
        ("CÁC TIN KHÁC", "related news"),
        ("Tin cùng chuyên mục:", "related news"),
        ("Từ khoá: phụ nữ, khởi nghiệp", "tags"),
        ("Từ khóa: phụ nữ, khởi nghiệp", "tags"),
        ("Trang chủ > Tin tức > Hoạt động Hội", "navigation"),
        ("HƯNG YÊN WEATHER", "side box"),
        ("Gửi cho bạn bè | Bản để in | Ý kiến phản hồi", "share bar"),
        ("Bản để in   Gửi e-mail   Ý kiến   A A A", "share bar"),
        ("Thích (6) Trả lời", "share bar"),
        ("Mục tuyên truyền được xem nhiều | Gửi trang này | Phản hồi | In", "share bar"),
        ("Hãy xem thêm: Phiếu báo giờ dạy thay", "related news"),
        ("Lượt xem: 63 - Gửi email - Cỡ chữ A+ A-", "view count"),
        ("Giọng nam   Giọng nữ   Tốc độ 1.0x", "reading tool"),
        ("(Nhấn vào ảnh để xem cỡ lớn)", "reading tool"),
        ("Các tin, bài đã đưa", "related news"),
        ("© 2024 Hội LHPN tỉnh. Ghi rõ nguồn khi phát hành lại thông tin từ trang này", "footer"),
        (
            "Bạn đã không sử dụng Site, Bấm vào đây để duy trì trạng thái đăng nhập. Thời gian chờ: 60 giây",
            "log-in",
        ),
    ],
)
def test_a_line_of_chrome_says_why_it_is_so(line, expected):
    assert reason(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Chia sẻ tại hội nghị, các đại biểu nêu nhiều cách làm hay",
        "Hôm nay, Hội LHPN tỉnh tổ chức hội nghị tổng kết năm 2024",
        "Đánh giá cao kết quả của các cấp Hội, đồng chí Chủ tịch đề nghị các đơn vị tiếp tục phát huy",
        "Liên kết sản xuất, tiêu thụ nông sản cho hội viên",
        "Chia sẻ lưu giữ sau Tết",
        "Bảng A 12",
        "Video ca nhạc do hội viên tự biên tự diễn",
        "2024",
        "",
    ],
)
def test_sentences_with_the_same_words_are_none(line):
    assert reason(line) is None


def test_a_paragraph_is_never_chrome_for_its_words():
    assert reason("Bản quyền thuộc về Hội LHPN tỉnh và các chi hội cơ sở đã đóng góp cho hội thi này. " * 4) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_line_is_looked_up_without_error(line):
    assert reason(line) in REASONS
