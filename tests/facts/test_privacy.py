from __future__ import annotations

import pytest

from tests.facts.reading import facts_of


def private(kind: str, text: str) -> list[bool]:
    return [bool(fact.value.get("private")) for fact in facts_of(text) if fact.kind == kind]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("event", "Hội LHPN phường Tân An đã tổ chức bàn giao nhà “Mái ấm tình thương” cho chị Lê Thị Út."),
        ("award", "Giải nhì được trao cho chị Nguyễn Thị Hoài Vy, phường Điện Nam Đông."),
        ("award", "Chị Lê Thị Hoa vinh dự nhận Kỷ niệm chương “Vì sự phát triển của phụ nữ Việt Nam”."),
    ],
)  # fmt: skip
def test_what_names_a_private_person_is_private_too(kind: str, text: str) -> None:
    assert private(kind, text) == [True]


def test_what_stands_beside_a_private_person_is_not() -> None:
    text = "Ngày 20/11/2022, Hội LHPN xã Hòa Sơn tặng chị Lê Thị Út 5 triệu đồng và 10 kg gạo."

    assert private("person", text) == [True]
    assert private("money", text) == private("quantity", text) == private("organisation", text) == [False]


def test_facts_on_people_in_office_are_public() -> None:
    text = "Bà Hoàng Thị Mai, Chủ tịch Hội LHPN tỉnh Lạng Sơn, được tặng Huân chương Lao động hạng Ba."

    assert private("person", text) == private("award", text) == [False]
