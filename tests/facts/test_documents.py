from __future__ import annotations

import pytest

from worker.facts import extract
from worker.models import Article, Fact


def documents(text: str) -> list[Fact]:
    facts = extract(Article(url="https://a.example/1", title="", body=text, published="2023-11-22"), None)
    return [fact for fact in facts if fact.kind == "document"]


def test_a_document_has_its_number_day_issuer_and_subject() -> None:
    text = "Thực hiện Chỉ thị số 21-CT/TW ngày 20/01/2018 của Ban Bí thư về tiếp tục đổi mới công tác phụ nữ."
    (fact,) = documents(text)

    assert fact.value == {
        "number": "21-CT/TW",
        "type": "chỉ thị",
        "name": "tiếp tục đổi mới công tác phụ nữ",
        "date": "2018-01-20",
        "issuer": "Ban Bí thư",
    }
    assert fact.text == "Chỉ thị số 21-CT/TW ngày 20/01/2018 của Ban Bí thư"
    assert fact.date_start == "2018-01-20"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Đề án 939", "939"),
        ("Đề án số 01/ĐA-BTV", "01/ĐA-BTV"),
        ("Dự án 8", "8"),
        ("Nghị quyết số 12 - NQ/TW", "12-NQ/TW"),
        ("Nghị định 56/2012/NĐ-CP", "56/2012/NĐ-CP"),
        ("Luật số 10/2022/QH15", "10/2022/QH15"),
        ("Công văn số 678/ĐCT-CSLP", "678/ĐCT-CSLP"),
        ("Quyết định số 1719", "1719"),
        ("Quyết định số 2415 ngày 31/10/2022", "2415"),
        ("Chương trình 30a", "30a"),
        ("công văn số 12/HPN-VP", "12/HPN-VP"),
    ],
)
def test_numbers_are_kept_as_written(text: str, number: str) -> None:
    (fact,) = documents(f"Thực hiện {text} trong tỉnh.")
    assert fact.value["number"] == number


def test_the_name_may_stand_before_or_after_the_number() -> None:
    (after,) = documents("Triển khai Đề án 939 “Hỗ trợ phụ nữ khởi nghiệp”.")
    (before,) = documents("Triển khai Đề án “Hỗ trợ phụ nữ khởi nghiệp” (Đề án 939).")
    assert after.value["name"] == before.value["name"] == "Hỗ trợ phụ nữ khởi nghiệp"


def test_numbers_in_a_row_are_documents_each() -> None:
    found = documents("Thực hiện Đề án 938, 939 và 404, có 15 hội viên.")
    assert [(fact.value["number"], fact.text) for fact in found] == [
        ("938", "Đề án 938"),
        ("939", "939"),
        ("404", "404"),
    ]


@pytest.mark.parametrize(
    "text",
    ["3 dự án", "quyết định 5 nội dung", "dự án 3 tỷ đồng", "Kế hoạch 5 năm", "(chương trình 2)", "Đề án 5 tỷ",
     "Nghị quyết đại hội phụ nữ các cấp", "luật đất đai", "số 12", "Chương trình 12"],
)  # fmt: skip
def test_what_only_looks_like_a_document_is_none(text: str) -> None:
    assert documents(f"Hội có {text} ở đây.") == []


def test_statutes_say_of_which_congress_they_are() -> None:
    (found,) = documents("Chị em học Điều lệ Hội LHPN Việt Nam khoá XII (sửa đổi).")
    assert found.value["name"] == "Điều lệ Hội LHPN Việt Nam khoá XII"


def test_a_later_short_mention_is_the_document_named_above() -> None:
    found = documents(
        "Tuyên truyền Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XI (nhiệm kỳ 2020 - 2025).\n"
        "Chỉ tiêu Nghị quyết Đại hội Đảng bộ tỉnh và phong trào."
    )
    assert [fact.text for fact in found] == [
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XI (nhiệm kỳ 2020 - 2025)",
        "Nghị quyết Đại hội Đảng bộ tỉnh",
    ]
    assert found[0].name == found[1].name


def test_laws_are_known_by_name_whatever_their_spelling() -> None:
    found = documents("Luật Hoà giải ở cơ sở, Luật Phòng chống ma tuý năm 2021")
    assert [fact.text for fact in found] == ["Luật Hoà giải ở cơ sở", "Luật Phòng chống ma tuý năm 2021"]


@pytest.mark.parametrize(
    "name",
    [
        "Nghị quyết Hội nghị lần thứ bảy Ban Chấp hành",
        "Nghị quyết Hội nghị lần thứ 4 BCH Hội LHPN huyện",
        "Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII",
    ],
)
def test_a_resolution_is_of_the_committee_whose_meeting_it_names(name: str) -> None:
    (fact,) = documents(f"Thực hiện {name}, các cấp Hội đã kết nạp 300 hội viên.")
    assert fact.name == name


def test_a_blank_may_stand_before_the_letters_of_a_number() -> None:
    (fact,) = documents("Thực hiện Kế hoạch số 15 /KH-ĐCT, Hội họp.")
    assert fact.value["number"] == "15/KH-ĐCT"
