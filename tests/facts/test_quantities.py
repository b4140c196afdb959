from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.facts import extract
from worker.models import Article, Fact


def quantities(text: str) -> list[Fact]:
    facts = extract(Article(url="https://a.example/1", title="", body=text, published="2023-11-22"), None)
    return [fact for fact in facts if fact.kind == "quantity"]


def test_a_quantity_says_what_is_counted_and_how_exactly() -> None:
    (fact,) = quantities("Thu hút hơn 32.000 cán bộ, hội viên, phụ nữ tham gia.")
    assert fact.value == {"value": 32000, "unit": "cán bộ, hội viên, phụ nữ"}
    assert (fact.qualifier, fact.number, fact.text) == ("hơn", 32000, "hơn 32.000 cán bộ, hội viên, phụ nữ")


@pytest.mark.parametrize(
    "text",
    [
        "Chị đơn thân, nuôi 3 con ăn học.",
        "Bà có 5 người con.",
        "Mẹ của 2 con nhỏ.",
        "Dịch Covid - 19 diễn biến phức tạp.",
    ],
)
def test_a_familys_children_and_the_name_of_a_disease_are_no_statistics(text: str) -> None:
    assert quantities(text) == []


def test_animals_and_the_children_of_many_are_counted() -> None:
    found = quantities("Đàn bò của chị có 7 con. Hội đỡ đầu 12 con cán bộ, tặng 3 con dê.")
    assert [(fact.value["value"], fact.value["unit"]) for fact in found] == [
        (7, "con"),
        (12, "con"),
        (3, "con dê"),
    ]


@pytest.mark.parametrize("text", ["Thứ tư, 12/10/2016 | 15:8 GMT+7", "Bệnh viện Quân y 121 khám bệnh cho bà con."])
def test_a_clock_and_the_number_of_a_name_count_nothing(text: str) -> None:
    assert quantities(text) == []


def test_a_quoted_name_is_counted_too() -> None:
    (fact,) = quantities('Làm 2 "Mái ấm tình thương" cho hội viên.')
    assert fact.value == {"value": 2, "unit": "Mái ấm tình thương"}


def test_a_label_in_brackets_shares_the_unit_before_it() -> None:
    found = quantities("Có 1.129 hộ phụ nữ thoát nghèo (trong đó: DTTS: 579, phụ nữ làm chủ hộ: 498 hộ).")
    assert [(fact.value["value"], fact.value["unit"]) for fact in found] == [
        (1129, "hộ phụ nữ"),
        (579, "hộ DTTS"),
        (498, "hộ"),
    ]


def test_the_unit_may_go_before_the_number() -> None:
    (fact,) = quantities("Nâng tổng số hội viên toàn tỉnh lên 215.430, vượt kế hoạch.")
    assert fact.value == {"value": 215430, "unit": "hội viên"}


def test_a_noun_that_no_list_knows_counts_with_less_confidence() -> None:
    (fact,) = quantities("Chị trồng 45 luống thanh long.")
    assert fact.value["value"] == 45
    assert fact.confidence < 0.8


def test_a_range_has_both_ends() -> None:
    (fact,) = quantities("Mỗi tổ có từ 20 đến 30 hội viên.")
    assert fact.value == {"value": 20, "unit": "hội viên", "value_max": 30}


def test_peoples_reports_and_cups_are_counted() -> None:
    found = quantities("Huyện có 17 dân tộc cùng sinh sống; chị em báo 57 nguồn tin và được tặng 1.200 ly sữa.")
    assert [fact.value["unit"] for fact in found] == ["dân tộc", "nguồn tin", "ly sữa"]


@pytest.mark.parametrize(
    "text",
    [
        "giải 3 thuộc về đội bạn",
        "lần thứ 3", "quận 7", "Dự án 8", "thứ 7 từ bên trái", "70 năm chiến thắng", "18 tuổi trở lên", "90 ngày, đêm",
        "0982.095.095", "Covid-19", "3 nhiệm vụ trọng tâm", "5 không, 3 sạch", "36 tháng tuổi", "quý khách", "lớp 5",
        "thôn 3", "chương trình 2", "mùa 3", "5 lần", "đứng thứ 2", "2,5 lần", "tầng 4", "điểm 9", "khóa 12", "tổ 5",
        "hội thi có 3 phần thi", "phong trào phụ nữ 2 giỏi", "Lữ đoàn 75 tổ chức họp mặt",
        "Hội LHPN Q.8 tổ chức hội diễn", "Hội LHPN P.2 tổ chức về nguồn", "phường 4 tổ chức hội thao", "KP.3 hội viên",
        '"Phụ nữ 4 nhất"', "“5 có, 3 sạch”", "60 giây", "gấp 3", "OCOP 4 sao", "phiên bản 2.0", "5G", "12A", "trang 15",
    ],
)  # fmt: skip
def test_names_ranks_times_and_the_parts_of_a_plan_are_no_quantities(text: str) -> None:
    assert quantities(f"Hội viên nhắc tới {text}.") == []


def test_a_label_before_a_known_unit_is_a_verb_or_an_adjective() -> None:
    (fact,) = quantities("Bệnh viện cấp 200 suất quà.")
    assert fact.value == {"value": 200, "unit": "suất quà"}


@settings(deadline=None, max_examples=100)
@given(
    st.integers(1, 9_999_999), st.sampled_from(["hội viên", "hộ nghèo", "suất quà", "trẻ mồ côi", "câu lạc bộ", "buổi"])
)
def test_a_count_reads_back_as_itself(number: int, unit: str) -> None:
    grouped = f"{number:,}".replace(",", ".")
    (fact,) = quantities(f"Các cấp Hội có {grouped} {unit}.")
    assert fact.value == {"value": number, "unit": unit}


def test_thousands_that_nobody_counted_have_no_number_but_the_least_that_there_may_be() -> None:
    facts = quantities("Hàng nghìn lượt hội viên và hàng trăm hộ nghèo được giúp; quyên góp hàng triệu đồng.")

    assert [(fact.text, fact.value["least"], fact.number, fact.indicator) for fact in facts] == [
        ("Hàng nghìn lượt hội viên", 1000, None, None),
        ("hàng trăm hộ nghèo", 100, None, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Hội thi mùa sau sẽ mở vào quý IV, cơ cấu giải gồm 01 giải A, 02 giải B.",
        "Ban tổ chức dự kiến trao 3 giải nhất và 5 giải nhì cho các đội.",
        "Hai giải phụ còn lại không trao.",
    ],
)
def test_prizes_to_come_or_that_nobody_got_are_not_counted(text: str) -> None:
    assert quantities(text) == []


def test_prizes_that_were_given_are_counted() -> None:
    assert [fact.number for fact in quantities("Ban tổ chức đã trao 2 giải nhất và 5 giải nhì cho các đội.")] == [2, 5]


@pytest.mark.parametrize(
    "text",
    [
        "Tặng trường tivi 43 inch.", "Thăm chi hội 1, 2 thôn Hồng Hà.", "Chi hội TDP 9 phường Ba Xuyên dự.",
        "Hội viên ở thôn 3 xã Nà Ư dự.", "Đội 1 thôn 5 xã Nà Ư họp.", "Bệnh viện 108 khám bệnh.",
        "Phong trào 3 đảm đang.",
        "Chuyển vào số TK 123456789 ngân hàng.", "Con của quân nhân Lữ đoàn 172 mắc bệnh nặng.",
        "Em học lớp 4 Trường Tiểu học Nà Ư.", "Chị Hoa ở xã Bàu Hàm 2 đoạt cúp.", "Chị ở thôn Đông 3 nuôi ong.",
    ],
)  # fmt: skip
def test_a_number_that_names_or_measures_one_thing_counts_none(text: str) -> None:
    assert quantities(text) == []


def test_a_place_behind_a_list_of_amounts_is_counted() -> None:
    assert [fact.value["value"] for fact in quantities("Mô hình có ở 3 ấp, 2 xã Tân Lập và Tân Hòa.")] == [3, 2]


def test_communes_are_counted_behind_a_verb_and_members_of_cooperatives_are_no_communes() -> None:
    assert [fact.value["unit"] for fact in quantities("Hội cấp 3 xã Nà Ư, Pa Ham và Hừa Ngài 20 con bò.")] == [
        "xã",
        "con bò",
    ]
    assert [fact.value["unit"] for fact in quantities("Hợp tác xã hiện có 38 xã viên.")] == ["xã viên"]


def test_targets_that_were_passed_are_counted() -> None:
    found = quantities("Hội đạt 12/12 chỉ tiêu, trong đó có 05 chỉ tiêu vượt.")
    assert [(fact.value["value"], fact.value["unit"]) for fact in found] == [(5, "chỉ tiêu")]


def test_a_minority_is_counted_and_no_number_of_something() -> None:
    found = quantities("Đại biểu người dân tộc thiểu số: 46 đồng chí; ủy viên là dân tộc đa số 12 đồng chí.")
    assert [fact.value["value"] for fact in found] == [46, 12]


def test_the_number_of_a_line_below_counts_nothing() -> None:
    assert quantities("Danh sách một số hội viên:\n1. Bà Na") == []
    assert quantities("Số hội viên:\n1. Bà Na") == []
