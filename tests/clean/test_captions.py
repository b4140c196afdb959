"""Captions told from headings and sentences, by their words."""

import pytest

from worker.clean.captions import is_caption


@pytest.mark.parametrize(
    "text",
    [
        "Toàn cảnh hội nghị",
        "Quang cảnh buổi lễ ra mắt mô hình",
        "Đồng chí Lê Thị Hà – Chủ tịch Hội LHPN tỉnh phát biểu tại Hội nghị",
        "Đồng chí Lê Thị Hà, Chủ tịch Hội LHPN tỉnh phát biểu tại buổi lễ.",
        "Bà Hà Thị Mai (thứ 2 từ trái sang) chứng kiến lễ nhận cờ của Chủ tịch Hội (giữa)",
        "Các đại biểu chụp ảnh lưu niệm",
        "Hội LHPN các tỉnh trong cụm ký kết giao ước thi đua năm 2025",
        "Đại biểu xã Hòa Bình chia sẻ những cách làm hay",
        "Hội nghị tổng kết Cụm thi đua các tỉnh phía Bắc năm 2023",
        "Lãnh đạo Hội trao quà cho hội viên nghèo. Ảnh: Thu Hà",
        "Ảnh minh hoạ",
        "Cán bộ, hội viên phụ nữ Thủ đô đồng diễn dân vũ",
    ],
)
def test_a_caption_shows_who_does_what(text):
    assert is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kết quả thực hiện nhiệm vụ thường xuyên",
        "Nhiều hoạt động sự kiện, nổi bật, quy mô lớn",
        "Hỗ trợ phụ nữ phát triển kinh tế và khởi nghiệp sáng tạo",
        "Cần lựa chọn, tổ chức các hoạt động phù hợp, vừa sức",
        "8/8 chỉ tiêu theo Nghị quyết đều đạt và vượt",
        "Phát biểu tại hội nghị, đồng chí Lê Thị Hà ghi nhận kết quả của các đơn vị trong cụm.",
        "Đồng chí Lê Thị Hà phát biểu tại hội nghị, nhấn mạnh vai trò của phụ nữ",
        "Hội LHPN thành phố tổ chức Lễ hội Áo dài 2024 với chủ đề “Hành trình di sản” mùa 3.",
        "Chủ tịch Hội đã trao quà cho các hộ nghèo. Sau đó, đoàn thăm mô hình trồng rau sạch của chi hội.",
        "Trao",
        "",
    ],
)
def test_headings_and_sentences_of_the_body_are_no_captions(text):
    assert not is_caption(text)


def test_a_paragraph_is_no_caption_for_a_word_in_it():
    assert not is_caption("Đồng chí Lê Thị Hà trao quà cho các gia đình hội viên có hoàn cảnh khó khăn " * 5)
