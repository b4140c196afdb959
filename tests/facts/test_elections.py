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
