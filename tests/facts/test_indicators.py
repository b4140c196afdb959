"""Which of the unions' own indicators a number is."""

from __future__ import annotations

import pytest

from worker.facts import extract
from worker.facts.scope.indicators import indicators
from worker.models import Article


def measured(text: str) -> list[tuple[str, str | None]]:
    facts = extract(Article(url="https://a.example/1", title="", body=text, published="2023-11-22"), None)
    return [(fact.text, fact.indicator) for fact in facts if fact.kind in ("quantity", "money")]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Các cấp Hội nhận đỡ đầu 486 trẻ mồ côi.", "orphans_sponsored"),
        ("Nhận đỡ đầu các cháu với tổng số tiền gần 3 tỷ đồng.", "sponsorship_money"),
        ("Toàn tỉnh kết nạp mới 3.512 hội viên.", "members_new"),
        ("Phát triển 55.949 hội viên mới.", "members_new"),
        ("Nâng tổng số hội viên lên 215.430 người.", "members_total"),
        ("Giúp 6.704 hộ hội viên thoát nghèo.", "households_out_of_poverty"),
        ("Có 488 hộ phụ nữ thoát cận nghèo.", "households_near_poverty_left"),
        ("Xây mới 12 mái ấm tình thương.", "houses_built"),
        ("Sửa chữa 03 căn nhà cho hội viên.", "houses_built"),
        ("Tổng dư nợ do Hội quản lý đạt 1.293 tỷ đồng.", "loans_outstanding"),
        ("Có 34.874 hộ đang vay vốn.", "borrowers"),
        ("Mở lớp tập huấn cho 7.644 cán bộ Hội.", "people_trained"),
        ("Tổ chức 1.633 đợt tuyên truyền.", "communication_sessions"),
        ("Tuyên truyền cho 116.572 hội viên, phụ nữ.", "people_reached"),
        ("Tặng 1.993 phần quà cho tân binh.", "gifts"),
        ("Trao 350 suất học bổng.", "scholarships"),
        ("Tặng 190 thẻ bảo hiểm y tế.", "insurance_cards"),
        ("Hỗ trợ 221 phụ nữ khởi nghiệp.", "startups"),
        ("Thành lập mới 44 hợp tác xã.", "cooperatives"),
        ("Hòa giải thành 129 vụ.", "cases_mediated"),
        ("Giới thiệu 120 hội viên ưu tú cho Đảng xem xét kết nạp.", "party_candidates"),
        ("Trong năm, 47 chị được kết nạp Đảng.", "party_candidates"),
        ("Giới thiệu quần chúng ưu tú cho Đảng, 31 người được kết nạp.", "party_candidates"),
        ("Giới thiệu hội viên ưu tú cho Đảng xem xét; có 31 chị được kết nạp.", "party_candidates"),
        ("Bồi dưỡng, giới thiệu 26 phụ nữ dân tộc thiểu số ưu tú.", "party_candidates"),
        ("Các chi hội thực hiện 205 phần việc như tặng quà hội viên.", "works"),
        ("Hội LHPN xã hiện có hơn 3.600 hội viên.", "members_total"),
        ("Giải ngân cho 1.340 gia đình hội viên vay vốn.", "borrowers"),
        ("Giới thiệu việc làm cho 1.250 lao động nữ.", "jobs"),
        ("Hỗ trợ 100 triệu đồng làm Mái ấm tình thương.", "house_money"),
        ("Làm mái ấm tình thương trị giá 50 triệu đồng.", "house_money"),
        ("Trồng cây gây quỹ; góp 2 tỷ đồng dành cho chương trình “Mẹ đỡ đầu”.", "sponsorship_money"),
        ("Các cấp Hội đang quản lý 90,5 tỷ đồng vốn ủy thác.", "loans_outstanding"),
        ("Nguồn vốn ủy thác với Ngân hàng CSXH đạt 640 tỷ đồng.", "loans_outstanding"),
        ("Vận động 8,2 tỷ đồng cho công tác xã hội.", "gift_money"),
        ("Đoàn trao quà cho bà con vùng lũ. Tổng giá trị là 45 triệu đồng.", "gift_money"),
        ("Sinh hoạt tại các chi hội với 1.204 hội viên.", "members_total"),
        ("Hội LHPN tỉnh quản lý hơn 300.000 hội viên.", "members_total"),
        ("Các chị mở xưởng, tạo việc làm cho 30 lao động nữ sau học nghề.", "jobs"),
    ],
)
def test_the_words_around_a_number_say_which_indicator_it_is(text: str, indicator: str) -> None:
    assert [found for _, found in measured(text)] == [indicator]


@pytest.mark.parametrize(
    "text",
    ["Cụm gồm 10 tỉnh.", "Trồng 600 nghìn cây xanh.", "Dư nợ tăng 242 tỷ đồng so với năm trước.", "Xây 3 nhà vệ sinh.",
     "Phát triển 1.042 hội viên danh dự.", "Trao giải thưởng Cuộc thi phụ nữ khởi nghiệp cho 15 dự án.",
     "Vận động các dự án tham gia dự thi, tuyên truyền với hơn 200 người dự.",
     "Giúp 13.577 hộ gia đình đạt tiêu chí gia đình văn hóa.", "Mỗi suất quà 300.000 đồng/suất.",
     "Chi hội hiện có 12 hội viên có hoàn cảnh neo đơn.",
     "Một số chị khởi nghiệp nuôi ong, đã trao tổ ong cho 5 hộ.",
     "Cuộc thi khởi nghiệp trao phần thưởng 20 triệu đồng.", "Hội góp 15 triệu đồng làm nhà vệ sinh.",
     "Chị vào tổ tiết kiệm, vay Ngân hàng CSXH 20 triệu đồng.", "Chị mới cất được căn nhà trị giá 80 triệu đồng.",
     "Mỗi cơ sở Hội nhận đỡ đầu ít nhất 2 trẻ.", "Đội được tặng giải phong trào trị giá 300.000 đồng.",
     "Về dư nợ của các tổ, nợ quá hạn 35 triệu đồng.", "Về nhận đỡ đầu trẻ, toàn tỉnh có 904 trẻ mồ côi.",
     "Các cấp Hội xây mái ấm tình thương, tăng 31 căn so với cùng kỳ.", "Chị có 18 công trình khoa học."],
)  # fmt: skip
def test_a_number_that_is_no_indicator_has_none(text: str) -> None:
    assert [found for _, found in measured(text)] == [None]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("Nâng cao năng lực cho 376 chị, hỗ trợ 221 phụ nữ khởi nghiệp.", [None, "startups"]),
        ("Nâng tổng số hội viên lên 180.833 người, trong đó, hội viên theo địa bàn dân cư là 111.062 người.",
         ["members_total", None]),
        ("Tham gia hòa giải 176 vụ việc, trong đó, hòa giải thành 129 vụ, chuyển cơ quan chức năng 47 vụ.",
         ["cases_mediated", "cases_mediated", None]),
        ("Duy trì dư nợ 51 tỷ đồng, xây 6 mái ấm với số tiền 420 triệu đồng.",
         ["loans_outstanding", "houses_built", "house_money"]),
        ("Hội xây tặng 5 mái ấm tình thương, tổng trị giá 300 triệu đồng.", ["houses_built", "house_money"]),
        ("Dư nợ vốn 98 tỷ đồng, dư tiết kiệm đạt 40 tỷ đồng.", ["loans_outstanding", "savings"]),
        ("Phát triển mới 612 hội viên, nâng tổng số lên 9.480 hội viên.", ["members_new", "members_total"]),
    ],
)  # fmt: skip
def test_what_is_said_of_one_number_is_not_said_of_the_next(text: str, indicators: list[str | None]) -> None:
    assert [found for _, found in measured(text)] == indicators


def test_the_words_that_say_what_is_measured_stand_near() -> None:
    far = "Công tác hòa giải tại cơ sở được các cấp, các ngành quan tâm " + "và tổ chức thường xuyên " * 6
    assert measured(far + "đã có 12 vụ.") == [("12 vụ", None)]


def test_every_indicator_has_an_id_of_its_own_and_two_names() -> None:
    found = indicators()
    assert len({indicator.id for indicator in found}) == len(found) >= 25
    assert all(indicator.vi and indicator.en and indicator.units for indicator in found)
