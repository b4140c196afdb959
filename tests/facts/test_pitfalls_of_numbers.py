"""The traps of Vietnamese text that numbers and dates fall into, one test a trap; its number is the list's.

Those of letters, names and places are in ../test_pitfalls.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from worker.facts import extract
from worker.models import Article


def found(text: str, *kinds: str, published: str = "2023-11-22") -> list[tuple[str, dict[str, Any]]]:
    facts = extract(Article(url="https://a.example/1", title="", body=text, published=published), None)
    return [(fact.text, dict(fact.value)) for fact in facts if fact.kind in kinds]


def test_2_a_square_metre_stays_as_written() -> None:
    assert found("Hiến 3.450 m² đất và ½ sào.", "quantity") == [("3.450 m² đất", {"value": 3450, "unit": "m² đất"})]


def test_8_every_marked_letter_is_a_capital_or_is_none() -> None:
    people = found("Bà Ẩn Thị Ánh và ông Ấu Văn Ổn gặp bà ẩn danh ở ấp Ỷ La.", "person")
    assert [text for text, _ in people] == ["Ẩn Thị Ánh", "Ấu Văn Ổn"]


@pytest.mark.parametrize("spelling", ["hòa giải", "hoà giải"])
def test_3_tone_marks_stand_on_either_vowel(spelling: str) -> None:
    assert (
        len(
            found(
                f"Có 12 vụ {spelling}; 5 cuộc {spelling}; Luật {spelling.capitalize()} ở cơ sở.", "quantity", "document"
            )
        )
        == 3
    )


def test_12_the_dot_groups_and_the_comma_divides() -> None:
    text = "Có 7.644 cán bộ, dư nợ 1.293 tỷ đồng, sinh kế 4,850 tỷ đồng."
    assert [value.get("vnd", value.get("value")) for _, value in found(text, "quantity", "money")] == [
        7644,
        1_293_000_000_000,
        4_850_000_000,
    ]


def test_13_a_space_is_missing() -> None:
    assert [text for text, _ in found("năm 2023có hộ nghèo,19 hộ thoát nghèo và 5hộ mới", "quantity", "date")] == [
        "năm 2023",
        "19 hộ thoát nghèo",
        "5hộ",
    ]


def test_14_numbers_are_said_in_many_ways() -> None:
    text = (
        "32 ngàn lượt; 600 nghìn cây; 16,5 tỷ đồng; 50 triệu, 100 triệu đồng/căn; 6 triệu đồng/em/năm; hàng nghìn người"
    )
    values = [value.get("vnd", value.get("value")) for _, value in found(text, "quantity", "money")]
    assert values == [32000, 600000, 16_500_000_000, 50_000_000, 100_000_000, 6_000_000, None]
    assert found(text, "quantity")[-1][1]["least"] == 1000


@pytest.mark.parametrize(
    "text",
    ["5 không, 3 sạch", "Covid-19", "lần thứ XIII", "quận 7", "thứ 7 từ bên trái", "70 năm", "18 tuổi trở lên",
     "90 ngày, đêm", "0982.095.095"],
)  # fmt: skip
def test_15_these_are_no_quantities(text: str) -> None:
    assert found(f"Chị em nói về {text}.", "quantity", "ratio", "money", "date") == []


def test_15_a_numbered_project_is_a_document() -> None:
    assert [value["number"] for _, value in found("Thực hiện Dự án 8.", "document", "quantity")] == ["8"]


def test_16_a_share_is_no_date_and_a_date_is_no_share() -> None:
    text = "Ngày 21/11 đạt 8/8 chỉ tiêu; 122/281 cơ sở; 12/12 (đạt 100%); 118.000 hội viên/166.000 phụ nữ."
    assert [value["iso"] for _, value in found(text, "date")] == ["2023-11-21"]
    assert [(value["num"], value["den"]) for _, value in found(text, "ratio")] == [
        (8, 8),
        (122, 281),
        (12, 12),
        (118000, 166000),
    ]


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("Ngày 18/11", ["2023-11-18"]),
        ("Sáng 12-7", ["2023-07-12"]),
        ("9-10/5/2025", ["2025-05-09/2025-05-10"]),
        ("ngày 7 và 8-10", ["2023-10-07/2023-10-08"]),
        ("trong các ngày (4,5,6-10)", ["2023-10-04/2023-10-06"]),
        ("Sáng 7.3", ["2023-03-07"]),
        ("tháng 10-2021", ["2021-10"]),
        ("Họp 14/08", ["2023-08-14"]),
        ("6 tháng đầu năm 2024", ["2024-01-01/2024-06-30"]),
        ("3 tháng đầu năm nay", ["2023-01-01/2023-03-31"]),
        ("giai đoạn 2017 -2025", ["2017/2025"]),
        ("nhiệm kỳ 2022 – 2027", ["2022/2027"]),
        ("Sáng 8/8/, Hội", ["2023-08-08"]),
    ],
)
def test_17_dates_are_written_in_many_ways(text: str, isos: list[str]) -> None:
    assert [value["iso"] for _, value in found(f"{text}, các cấp Hội họp.", "date")] == isos


def test_18_an_event_is_not_later_than_its_report() -> None:
    assert found("Ngày 10/12, Hội họp.", "date", published="2023-11-22")[0][1]["iso"] == "2022-12-10"


def test_21_no_break_spaces_and_unlike_quotes_hide_nothing() -> None:
    text = 'Trao\u00a012\u00a0suất\u00a0quà;\u00a0mô hình "Gia đình 5 có, 3 sạch” lan rộng.'
    assert found(text, "quantity") == [("12\u00a0suất\u00a0quà", {"value": 12, "unit": "suất quà"})]


def test_22_a_title_in_capitals_is_read_alike() -> None:
    assert [text for text, _ in found("TRAO 50 SUẤT QUÀ TRỊ GIÁ 3 TỶ ĐỒNG NGÀY 8/3", "quantity", "money", "date")] == [
        "50 SUẤT QUÀ",
        "3 TỶ ĐỒNG",
        "NGÀY 8/3",
    ]
