from __future__ import annotations

from pathlib import Path

import pytest

from tests.facts.reading import facts_of, values

GOLD = Path(__file__).parents[1] / "bench" / "gold"


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


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Hội tặng quà bà Lê Thị Mót, sinh năm 1962, ngụ ấp Trung; cháu A Lan (sinh năm 2012).", []),
        ("Hội tặng quà bà Lê Thị Mót (SN 1962), chị Lò Thị Na, SN: 1991.", []),
        ("Bà Phan Thị Lan, Chủ tịch Hội LHPN tỉnh Gia Lai, sinh năm 1976.", ["năm 1976"]),
        ("Bà Lê Thị Mót nhận nhà năm 2015.", ["năm 2015"]),
        ("Hội thăm bà Lê Thị Mót, con bà là anh Lê Văn Mão hy sinh năm 1968.", ["năm 1968"]),
    ],
)
def test_when_a_private_person_was_born_is_no_fact(text: str, days: list[str]) -> None:
    assert [fact.text for fact in facts_of(text) if fact.kind == "date"] == days


def test_facts_on_people_in_office_are_public() -> None:
    text = "Bà Hoàng Thị Mai, Chủ tịch Hội LHPN tỉnh Lạng Sơn, được tặng Huân chương Lao động hạng Ba."

    assert private("person", text) == private("award", text) == [False]


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        ("Hội LHPN xã Hòa Sơn ủng hộ 15 triệu đồng giúp chị Phạm Thị Hoa chữa bệnh.", "for", "giúp chị P.T.H."),
        ("Hội LHPN xã trao 20 triệu đồng cho gia đình bà Nguyễn Thị Lài làm nhà vệ sinh.", "for", "gia đình bà N.T.L."),
    ],
)
def test_a_sum_is_public_and_tells_by_initials_for_whom_it_was(text: str, key: str, told: str) -> None:
    (money,) = (fact for fact in facts_of(text) if fact.kind == "money")

    assert not money.value.get("private")
    assert money.value[key].startswith(told)


def test_no_public_fact_of_the_own_articles_holds_the_name_of_a_private_person() -> None:
    for path in sorted(GOLD.glob("*.txt")):
        facts = facts_of(path.read_text("utf-8"))
        people = [fact.value for fact in facts if fact.kind == "person"]
        in_office = {person["name"] for person in people if not person["private"]}
        names = {person["name"] for person in people} - in_office
        public = [fact for fact in facts if not fact.value.get("private") and fact.kind != "person"]
        organisations = {fact.value["name"] for fact in public if fact.kind == "organisation"}
        told = [str(each) for fact in public for each in fact.value.values() if str(each) not in organisations]
        assert not [(name, each) for name in names for each in told if name in each]


def test_who_a_contest_or_an_anniversary_is_about_is_no_private_person() -> None:
    facts = facts_of(
        "Hội LHPN tỉnh Tiền Giang tổ chức Hội thi “Tìm hiểu thân thế, sự nghiệp Mẹ Việt Nam anh hùng Lê Thị Sâm”. "
        "Xã dâng hương kỷ niệm 105 năm Ngày sinh bà Võ Thị Tần. Đoàn tìm hiểu hoàn cảnh bà Bùi Thị Mận. "
        "Tại Hội thi Tìm hiểu pháp luật, chị Cao Thị Nhị đạt giải Nhất."
    )

    private = {fact.value["name"]: fact.value["private"] for fact in facts if fact.kind == "person"}
    assert private == {"Lê Thị Sâm": False, "Võ Thị Tần": False, "Bùi Thị Mận": True, "Cao Thị Nhị": True}
    assert not any(fact.value.get("private") for fact in facts if fact.kind == "event" and "Lê Thị Sâm" in fact.text)


def test_the_youngest_and_the_oldest_of_a_congress_hold_no_office() -> None:
    text = (
        "Đại biểu trẻ nhất là chị Ksor H’Lăm (22 tuổi), đại biểu cao tuổi nhất là bà Lê Thị Lành (70 tuổi).\n"
        "- Đại biểu trẻ tuổi nhất: Đinh Thị Ngà, 22 tuổi; đại biểu cao tuổi nhất: Mẹ Nguyễn Thị Bừng, 81 tuổi."
    )
    people = values("person", facts_of(text))
    assert [(one["role"], one["private"]) for one in people] == [(None, True)] * 4


def test_a_programme_with_a_capital_to_each_word_holds_no_private_person() -> None:
    facts = facts_of("Hội triển khai chương trình “Mẹ Đỡ Đầu”, phong trào Mẹ Đỡ Đầu giúp 12 trẻ mồ côi.")
    assert [fact.text for fact in facts if fact.value.get("private")] == []
    assert [fact.value["name"] for fact in facts if fact.kind == "programme"] == ["Mẹ đỡ đầu"] * 2
