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


@pytest.mark.parametrize(
    ("head", "orgs"),
    [
        ("Chủ tịch Hội", ["Hội LHPN xã Mường Bú", "Hội LHPN xã Ít Ong"]),
        ("Chủ tịch UBND", ["UBND xã Mường Bú", "UBND xã Ít Ong"]),
    ],
)
def test_an_office_of_a_list_is_held_in_the_unit_of_each_line(head: str, orgs: list[str]) -> None:
    text = f"Kết quả bầu {head} các xã:\n- Xã Mường Bú: bà Cà Thị Mai Liên.\n- Xã Ít Ong: bà Thào Thị Sua."
    assert [value["org"] for value in values("election", facts_of(text))] == orgs


@pytest.mark.parametrize("verb", [": chị Đỗ Thị Mận được bầu", " bầu chị Đỗ Thị Mận"])
def test_an_office_is_not_of_the_union_with_which_the_next_clause_begins(verb: str) -> None:
    other = verb.replace("Đỗ Thị Mận", "Trần Thị Lựu")
    text = f"Hội LHPN phường An Cựu{verb} giữ chức Chủ tịch, Hội LHPN xã Phú Hồ{other} giữ chức Chủ tịch."
    orgs = [value["org"] for value in values("election", facts_of(text))]
    assert orgs == ["Hội LHPN phường An Cựu", "Hội LHPN xã Phú Hồ"]


def test_an_office_is_of_the_union_that_the_line_above_the_heading_of_its_list_names() -> None:
    text = (
        "Đại hội công bố Quyết định của Ban Thường vụ Hội LHPN tỉnh Sơn La về việc chỉ định các chức danh của "
        "Hội LHPN xã Nà Bó khóa I. Theo đó:\nBan Chấp hành gồm 21 đồng chí; Ban Thường vụ gồm 2 đồng chí:\n"
        "1. Đồng chí Hà Thị Xuyến – Chủ tịch;\n2. Đồng chí Vì Thị Sao – Phó Chủ tịch."
    )
    assert [value["org"] for value in values("election", facts_of(text))] == ["Hội LHPN xã Nà Bó"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Sáng 5/6, Hội LHPN tỉnh Sơn La dự Đại hội đại biểu Phụ nữ huyện Mộc Châu; bà Lò Thị Mín được bầu giữ chức "
        "Chủ tịch.",
        "Hội LHPN tỉnh Sơn La chỉ đạo điểm. Tại Đại hội Phụ nữ huyện Mộc Châu, bà Lò Thị Mín tái đắc cử Chủ tịch.",
        "Đại hội phụ nữ huyện Mộc Châu bầu bà Lò Thị Mín giữ chức Chủ tịch.",
    ],
)
def test_a_congress_elects_the_officers_of_the_union_that_holds_it(text: str) -> None:
    orgs = [value["org"] for value in values("election", facts_of(text, province="14"))]
    assert orgs == ["Hội LHPN huyện Mộc Châu"]
