"""Which numbers are not done yet, and which are parts of others."""

from __future__ import annotations

import pytest

from worker.facts import extract
from worker.models import Article


def flagged(text: str, flag: str, published: str | None = "2023-11-22") -> list[str]:
    article = Article(url="https://a.example/1", title="", body=text, published=published)
    counted = [fact for fact in extract(article, None) if fact.kind in ("money", "quantity", "ratio")]
    return [fact.text for fact in counted if fact.value.get(flag)]


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("Hội dự kiến trao 80 suất quà trị giá 40 triệu đồng.", ["80 suất quà", "40 triệu đồng"]),
        ("Năm tới Hội sẽ mở thêm 4 lớp.", ["4 lớp"]),
        ("Hội phấn đấu giúp 12 hộ thoát nghèo; kết nạp 50 hội viên.", ["12 hộ thoát nghèo", "50 hội viên"]),
        ("Đại hội đề ra 9 chỉ tiêu, trong đó: mỗi năm giúp 30 hộ thoát nghèo.", ["30 hộ thoát nghèo"]),
        ("Công ty cam kết đỡ đầu 20 cháu.", ["20 cháu"]),
        ("Chủ tịch đề nghị các chi hội duy trì 3 mô hình.", ["3 mô hình"]),
        ("Đến năm 2030, đào tạo nghề cho 600 phụ nữ; xây 9 mái ấm.", ["600 phụ nữ", "9 mái ấm"]),
        (
            "Phương hướng, nhiệm vụ thời gian tới:\n- Giúp 12 hộ thoát nghèo.\n- Xây 2 mái ấm.",
            ["12 hộ thoát nghèo", "2 mái ấm"],
        ),
        (
            "Đại hội đã thông qua 9 chỉ tiêu và 3 khâu đột phá:\n- Giúp 12 hộ thoát nghèo.\n- Xây 2 mái ấm.",
            ["12 hộ thoát nghèo", "2 mái ấm"],
        ),
        ("Một số chỉ tiêu đến năm 2028: giúp 70 hộ thoát nghèo; xây 9 mái ấm.", ["70 hộ thoát nghèo", "9 mái ấm"]),
        ("Mỗi năm xây dựng ít nhất 3 căn nhà, đỡ đầu thêm 5 cháu.", ["ít nhất 3 căn nhà", "5 cháu"]),
        ("Hội sẽ tổ chức hội thi, đến nay đã có 30 đội đăng ký.", []),
        ("Theo đề nghị của Hội, huyện tặng 20 suất quà.", []),
        ("Hội xây 3 mái ấm, đạt 150% chỉ tiêu đề ra.", []),
        ("Tỷ lệ nữ vượt yêu cầu 35%.", []),
        ("Phong trào “Phấn đấu vì ngày mai” tặng 20 suất quà.", []),
        ("Kết quả thực hiện nhiệm vụ năm 2023:\n- Giúp 12 hộ thoát nghèo.", []),
        ("Toàn tỉnh có 90% cơ sở Hội đăng ký thực hiện phong trào; xây 9 mái ấm.", []),
        ("Bà đề nghị Hội LHPN 5 thành phố thi đua.", []),
    ],
)
def test_what_is_not_done_yet_is_planned(text: str, planned: list[str]) -> None:
    assert flagged(text, "planned") == planned


def test_a_page_without_a_date_looks_ahead_of_the_days_that_it_names() -> None:
    text = "Đại hội họp ngày 16/11/2021, giúp 40 hộ thoát nghèo.\n- Đến năm 2026, giúp 90 phụ nữ khởi nghiệp."
    assert flagged(text, "planned", published=None) == ["90 phụ nữ khởi nghiệp"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nhận đỡ đầu 120 em, trong đó có 36 em dân tộc thiểu số.", ["36 em"]),
        ("Dư nợ đạt 60 tỷ đồng, trong đó dư nợ hộ nghèo 20 tỷ đồng, dư nợ hộ cận nghèo 9 tỷ đồng.",
         ["20 tỷ đồng", "9 tỷ đồng"]),
        ("Nhận đỡ đầu 120 em, trong đó xã A 36 em; nhận đỡ đầu thêm 8 em mồ côi.", ["36 em"]),
        ("Nhận đỡ đầu 12 em, trong đó cụm nhận đỡ đầu 90 em.", []),
        ("Giới thiệu 96 hội viên ưu tú cho Đảng, đã kết nạp 58 chị.", ["58 chị"]),
        ("Tham gia hòa giải 64 vụ việc, hòa giải thành 51 vụ.", ["51 vụ"]),
        ("Kết nạp 64 hội viên mới, kết nạp 51 hội viên là nữ công nhân.", []),
        ("Tặng 30 suất quà, trong đó có mái ấm cho 2 hộ.", []),
        ("Trao mái ấm trị giá 80 triệu đồng: Hội hỗ trợ xây nhà 30 triệu đồng, gia đình góp 50 triệu đồng.",
         ["30 triệu đồng"]),
        ("Trao 124 suất quà (60 suất quà cho người cao tuổi, 64 suất quà cho trẻ em).", ["60 suất quà", "64 suất quà"]),
        ("Kết nạp 500 hội viên mới: xã A 200 hội viên mới, xã B 280 hội viên mới.", []),
        ("Tặng 30 suất quà ở xã A; tặng 10 suất quà ở xã B; tặng 20 suất quà ở xã C.", []),
    ],
)  # fmt: skip
def test_a_part_beside_its_whole_is_marked(text: str, parts: list[str]) -> None:
    assert flagged(text, "part") == parts
