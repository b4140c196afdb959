"""Who gives an award, and when: whose it is said to be, else who is said to give it; the year behind it."""

from __future__ import annotations

import pytest

from tests.facts.reading import facts_of, values


@pytest.mark.parametrize(
    ("text", "giver"),
    [
        ("LĐLĐ tỉnh Hà Giang trao Bằng khen của Tổng LĐLĐ Việt Nam cho 3 tập thể.", "Tổng LĐLĐ Việt Nam"),
        (
            "Hội LHPN tỉnh Quảng Nam trao Kỷ niệm chương “Vì sự phát triển của phụ nữ Việt Nam” "
            "của Trung ương Hội LHPN Việt Nam cho bà Trần Thị Mơ.",
            "Trung ương Hội LHPN Việt Nam",
        ),
        (
            "Chủ tịch UBND huyện Bắc Hà trao Giấy khen của Chủ tịch UBND tỉnh Lào Cai cho 4 cá nhân.",
            "Chủ tịch UBND tỉnh Lào Cai",
        ),
        ("UBND tỉnh Lào Cai tặng Bằng khen cho 4 cá nhân.", "UBND tỉnh Lào Cai"),
        ("Bà Lý Thị Mơ được Hội LHPN tỉnh Lào Cai tặng Bằng khen.", "Hội LHPN tỉnh Lào Cai"),
    ],
)
def test_an_award_is_given_by_whose_it_is_else_by_who_hands_it_over(text: str, giver: str) -> None:
    assert [value["giver"] for value in values("award", facts_of(text))] == [giver]


def test_each_of_a_series_is_of_the_year_behind_it() -> None:
    facts = facts_of(
        "Hội LHPN xã Cái Nước được tặng Huân chương Lao động hạng Ba (2005), Huân chương Lao động hạng Nhì năm 2010."
    )

    assert [value["year"] for value in values("award", facts)] == [2005, 2010]


def test_of_what_somebody_ever_won_no_year_is_told_but_one_that_is_said() -> None:
    ever = "Năm 2020, chị Lê Thị Hà nghỉ hưu.\nChị được tặng nhiều phần thưởng cao quý: Cờ thi đua; Bằng khen (2018)."
    now = "Chị Lê Thị Hà được tặng Bằng khen."

    assert [value["year"] for value in values("award", facts_of(ever))] == [None, 2018]
    assert [value["year"] for value in values("award", facts_of(now, published="2023-11-22"))] == [2023]
