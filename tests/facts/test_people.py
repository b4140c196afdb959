from __future__ import annotations

import pytest

from tests.facts.reading import facts_of, names, values


def test_what_one_part_says_of_a_person_holds_in_the_others() -> None:
    facts = facts_of(
        "Đồng chí Lê Thị Hương đề nghị các cấp Hội cố gắng.",
        captions="Đồng chí Lê Thị Hương – Phó Chủ tịch Hội LHPN tỉnh Hà Tĩnh phát biểu",
    )

    said = [(value["role"], value["org"]) for value in values("person", facts)]
    assert said == [("Phó Chủ tịch", "Hội LHPN tỉnh Hà Tĩnh")] * 2


def test_of_several_offices_the_last_is_told_with_its_organisation_and_the_others_beside_it() -> None:
    (value,) = values(
        "person",
        facts_of(
            "Dự có bà Lò Thị Mận, Ủy viên Trung ương Đảng, Bí thư Đảng đoàn, Chủ tịch Hội LHPN tỉnh Sơn La.",
        ),
    )
    (army,) = values("person", facts_of("Thượng tá Lê Văn An, Tỉnh ủy viên, Chính ủy Bộ CHQS tỉnh Sơn La dự."))
    (both,) = values("person", facts_of("Ông Lê Văn An, Phó Chủ tịch UBND xã Mường Bú kiêm Trưởng thôn phát biểu."))

    assert (value["role"], value["org"]) == ("Chủ tịch", "Hội LHPN tỉnh Sơn La")
    assert value["also"] == [{"role": "Ủy viên", "org": "Trung ương Đảng"}, {"role": "Bí thư Đảng đoàn", "org": None}]
    assert (army["role"], army["org"]) == ("Chính ủy", "Bộ CHQS tỉnh Sơn La")
    assert [one["role"] for one in army["also"]] == ["Tỉnh ủy viên"]
    assert (both["role"], both["org"]) == ("Phó Chủ tịch", "UBND xã Mường Bú")
    assert [one["role"] for one in both["also"]] == ["Trưởng thôn"]


@pytest.mark.parametrize(
    ("short", "full"),
    [("TUV", "Tỉnh ủy viên"), ("UVTV Tỉnh ủy", "Ủy viên Thường vụ"), ("UV BTV Tỉnh ủy", "Ủy viên Ban Thường vụ")],
)
def test_short_words_of_offices_are_written_out(short: str, full: str) -> None:
    (value,) = values("person", facts_of(f"Bà Lê Thị Na, {short}, Chủ tịch Hội LHPN tỉnh dự.", province="64"))

    assert [one["role"] for one in value["also"]] == [full]


@pytest.mark.parametrize("seat", ["UVBTV", "Đảng ủy viên", "Phó Bí thư"])
def test_an_office_may_follow_a_seat_in_a_committee_without_a_mark(seat: str) -> None:
    (value,) = values("person", facts_of(f"Tới dự có đồng chí Lò Văn Hặc, {seat} Chủ tịch Hội Nông dân xã Nà Bó."))

    assert (value["role"], value["org"]) == ("Chủ tịch", "Hội Nông dân xã Nà Bó")


def test_the_union_whose_foundation_is_remembered_is_nobodys() -> None:
    text = "Hội LHPN xã Nà Bó họp mặt nhân 93 năm ngày thành lập Hội LHPN Việt Nam. Dự có bà Lò Thị Hặc, Ủy viên BTV."
    assert [value["org"] for value in values("person", facts_of(text))] == ["Hội LHPN xã Nà Bó"]


def test_a_given_name_alone_is_the_person_who_bears_it() -> None:
    facts = facts_of("Chị Siu H’Nhung là hội viên nghèo. Nhà của chị H’Nhung đã dột nát.")

    assert names("person", facts) == ["Siu H’Nhung"]
    assert [fact.text for fact in facts if fact.kind == "person"] == ["Siu H’Nhung", "H’Nhung"]


def test_a_given_name_that_two_people_bear_is_nobodys() -> None:
    facts = facts_of("Chị Lê Thị Hoa và chị Đỗ Thị Hoa nhận quà. Chị Hoa rất vui.")

    assert [fact.text for fact in facts if fact.kind == "person"] == ["Lê Thị Hoa", "Đỗ Thị Hoa"]


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("Trao nhà cho chị Lê Thị Hoa, hội viên nghèo.", True),
        ("Trao quà cho các em Lê Minh An, Vũ Hà My.", True),
        ("Bà Lê Thị Hoa, 72 tuổi, sống đơn thân.", True),
        ("Chị Lê Thị Hoa, Chủ tịch Hội LHPN xã Hòa Phú dự.", False),
        ("Đồng chí Lê Thị Hoa chủ trì.", False),
        ("Đại tướng Võ Nguyên Giáp được tưởng nhớ.", False),
    ],
)
def test_whom_the_unions_help_is_a_private_person(text: str, private: bool) -> None:
    assert {value["private"] for value in values("person", facts_of(text))} == {private}


def test_a_byline_names_authors_and_their_organisation() -> None:
    facts = facts_of("Chị em thi đua.", byline="Hoàng Yến – Thu Trang (Trung tâm Văn hóa và Truyền thanh thành phố)")

    assert [(value["name"], value["role"]) for value in values("person", facts)] == [
        ("Hoàng Yến", "tác giả"),
        ("Thu Trang", "tác giả"),
    ]
    assert values("person", facts)[0]["org"].startswith("Trung tâm Văn hóa và Truyền thanh")


def test_where_a_letter_is_filed_is_no_author() -> None:
    assert names("person", facts_of("Chị em thi đua.", byline="- Lưu VP.")) == []
    assert names("person", facts_of("Chị em thi đua.", byline="Lưu Hương")) == ["Lưu Hương"]


@pytest.mark.parametrize(("byline", "author"), [("TÂM AN", "Tâm An"), ("M.Hoa", "M.Hoa"), ("Trung Hiếu", "Trung Hiếu")])
def test_an_author_whom_the_page_tells_is_one_whatever_the_name(byline: str, author: str) -> None:
    facts = facts_of("Chị em thi đua.", byline=byline, authors=(author,))

    assert [(value["name"], value["role"]) for value in values("person", facts)] == [(author, "tác giả")]


def test_an_author_in_capitals_gets_the_letters_of_a_name() -> None:
    facts = facts_of("Chị em thi đua.", province="70", origin="THẢO VY -BDVTU")

    (author,) = values("person", facts)
    assert (author["name"], author["org"]) == ("Thảo Vy", "Ban Dân vận Tỉnh ủy Bình Phước")


@pytest.mark.parametrize("byline", ["Tin, ảnh: PV", "QĐ Online", "Theo TTXVN", "BBT", "Hội LHPN tỉnh Gia Lai"])
def test_a_byline_without_a_person_names_none(byline: str) -> None:
    assert values("person", facts_of("Chị em thi đua.", byline=byline)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Trường THCS Lê Quý Đôn nằm trên đường Nguyễn Trãi.",
        "Giải thưởng Nguyễn Thị Định và Quỹ học bổng Vừ A Dính được trao.",
        "Khởi nghĩa Hai Bà Trưng là niềm tự hào.",
        "Trẻ em Việt Nam, chị em Tây Nguyên, anh em Khmer vui Tết.",
        "Phong trào “Phụ nữ Việt Nam tự tin, tự trọng”.",
    ],
)
def test_names_of_streets_schools_and_prizes_are_nobodys(text: str) -> None:
    assert values("person", facts_of(text)) == []


def test_an_office_before_the_name_follows_the_organisation_of_its_sentence() -> None:
    text = "Đoàn của Hội LHPN tỉnh Lai Châu do Chủ tịch Khoàng Thị Thanh Nga dẫn đầu đã đến thăm."

    assert [(value["name"], value["org"]) for value in values("person", facts_of(text))] == [
        ("Khoàng Thị Thanh Nga", "Hội LHPN tỉnh Lai Châu")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Cử tri Hán Văn Thuyết đề nghị sớm đền bù.",
        "Nông dân Lê Văn Tám bán 2 tấn lúa.",
        "Già A Brôl Thuk chở con dâu Y Xuyên tới.",
        "Công nhân may Đỗ Thị Thìn được thưởng.",
        "Nghệ nhân Đàng Thị Phan dạy nghề.",
    ],
)
def test_who_is_named_by_their_work_or_kin_is_a_private_person(text: str) -> None:
    assert {value["private"] for value in values("person", facts_of(text))} == {True}


@pytest.mark.parametrize(
    "text", ["Con gái Việt Nam tự tin.", "Công nhân Trường Mầm non Hoa Sen dự.", "Nhân viên Đội Vận động"]
)
def test_kin_and_work_alone_name_nobody(text: str) -> None:
    assert values("person", facts_of(text)) == []


def test_a_credit_in_brackets_needs_no_colon() -> None:
    facts = facts_of("Chị em tại lễ ký (Ảnh Minh Toản)\nQuang cảnh (ảnh tư liệu).")

    assert [value["name"] for value in values("person", facts)] == ["Minh Toản"]


def test_a_credit_may_name_two() -> None:
    facts = facts_of("Chị em thi đua.\nTin, ảnh: Quang Hòa, Thủy Tiên")
    assert names("person", facts) == ["Quang Hòa", "Thủy Tiên"]


def test_a_nuns_name_goes_on_in_small_letters() -> None:
    assert names("person", facts_of("Ni sư Thích nữ Diệu An trao quà.")) == ["Thích nữ Diệu An"]


def test_a_heading_in_capitals_is_no_author() -> None:
    facts = facts_of("Nội dung.", byline="KẾT QUẢ ĐẠI HỘI")

    assert values("person", facts) == []
    assert names("person", facts_of("Nội dung.", byline="NGUYỄN THỊ LAN")) == ["Nguyễn Thị Lan"]
