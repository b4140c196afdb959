"""Who gives an award: whose it is said to be, else who is said to give it."""

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
