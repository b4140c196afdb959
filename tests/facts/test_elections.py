"""Whose the office or the committee is that somebody was chosen for."""

from __future__ import annotations

import pytest

from tests.facts.reading import facts_of, values


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị bầu bổ sung 03 Ủy viên Ban Chấp hành Hội LHPN tỉnh Sơn La; đồng chí Lò Thị Mín, Chủ tịch Hội LHPN "
        "huyện Mộc Châu được bầu vào Ban Thường vụ.",
        "Hội LHPN tỉnh Sơn La bầu bà Lò Thị Mín - Chủ tịch Hội LHPN huyện Mộc Châu vào Ban Thường vụ.",
    ],
)
def test_a_committee_is_not_of_the_union_that_its_new_member_comes_from(text: str) -> None:
    assert [value["org"] for value in values("election", facts_of(text))] == ["Hội LHPN tỉnh Sơn La"]


def test_the_office_that_ends_an_item_is_of_the_union_whose_list_it_is() -> None:
    text = (
        "Ban Thường vụ Hội LHPN tỉnh Sơn La được chỉ định gồm:\n"
        "1. Đ/c Lò Thị Mín - Tỉnh ủy viên, Phó Chủ tịch Ủy ban MTTQ tỉnh - Chủ tịch\n"
        "2. Đ/c Quàng Thị Hặc, Phó Trưởng Ban Tổ chức Tỉnh ủy - Ủy viên Ban Thường vụ\n"
        "3. Đ/c Cầm Thị Phương, Chủ tịch Hội LHPN phường Chiềng Lề - Ủy viên Ban Thường vụ"
    )
    told = [(value["role"], value["org"]) for value in values("election", facts_of(text))]
    union = "Hội LHPN tỉnh Sơn La"
    assert told == [("Chủ tịch", union), ("Ủy viên Ban Thường vụ", union), ("Ủy viên Ban Thường vụ", union)]
