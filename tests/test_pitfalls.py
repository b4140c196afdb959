"""The traps of Vietnamese text that letters, names and places fall into, one test a trap; its number is the list's.

Those of numbers and dates are in facts/test_pitfalls_of_numbers.py.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.facts.reading import facts_of, names, values
from tests.store.pages import opened, page
from worker.clean.encoding import decode
from worker.models import Capture, Refined
from worker.refine import refine
from worker.store import Archive
from worker.vietnamese import expand, fold

BODY = "Hội LHPN tỉnh Đắk Lắk đỡ đầu 12 trẻ mồ côi trong chương trình “Mẹ đỡ đầu”, chị em mừng lắm.\n" * 2


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("pitfalls")) as archive:
        archive.file(*page("Mẹ đỡ đầu ở Đắk Lắk", "Chị em ĐẮK LẮK, Đồng Nai giúp nhau từ 20-10."))
        yield archive


def refined(text: str, fetched: str = "2024-06-01T08:00:00+07:00") -> Refined:
    capture = Capture(
        url="https://hoi.example.vn/tin/1.txt",
        fetched_at=datetime.fromisoformat(fetched),
        status=200,
        body=text.encode(),
        headers=(("Content-Type", "text/plain; charset=utf-8"),),
    )
    return refine(capture, None)


def test_1_letters_and_marks_are_composed_before_they_are_kept() -> None:
    text = f"Hội giúp trẻ mồ côi\n05/3/2024\n{BODY}"
    composed, decomposed = refined(text), refined(unicodedata.normalize("NFD", text))

    assert decomposed.article == composed.article
    assert decomposed.facts == composed.facts
    assert "12 trẻ mồ côi" in [fact.text for fact in decomposed.facts]
    assert unicodedata.normalize("NFC", "o\u0302\u0323") == unicodedata.normalize("NFC", "o\u0323\u0302")


@pytest.mark.parametrize("query", ["dak lak", "ĐẮK LẮK", "đắk lắk", "dong nai", "me do dau", "đỡ"])
def test_4_5_6_7_a_word_is_found_without_its_marks_in_any_case_and_however_short(archive: Archive, query: str) -> None:
    assert [hit.title.text for hit in archive.search(query).hits] == ["Mẹ đỡ đầu ở Đắk Lắk"]
    assert fold("Đắk Nông đo đậu") == "dak nong do dau"


@pytest.mark.parametrize(
    ("spelled", "code"),
    [("Đắc Nông", "67"), ("Đắk Nông", "67"), ("Đắc Lắc", "66"), ("Daklak", "66"), ("Kontum", "62"), ("Kon Tum", "62"),
     ("Bà Rịa - Vũng Tàu", "77"), ("Bà Rịa – Vũng Tàu", "77"), ("Bà Rịa Vũng Tàu", "77")],
)  # fmt: skip
def test_9_a_province_is_spelled_in_several_ways(spelled: str, code: str) -> None:
    assert [value["code"] for value in values("place", facts_of(f"Đoàn của {spelled} đến dự."))] == [code]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ở thôn Thái Bình, chị em thi đua.", ["thôn Thái Bình"]),
        ("Đoàn đến TP.Hội An hôm qua.", ["thành phố Hội An"]),
        ("Cán bộ học tập phong cách Hồ Chí Minh.", []),
        ("Chị em dọn phố đi bộ Trần Nhân Tông.", ["phố đi bộ Trần Nhân Tông"]),
        ("Cựu chiến binh kể về chiến thắng Điện Biên Phủ.", []),
        ("Chị nhận Giải thưởng Nguyễn Thị Định.", []),
        ("Chị em xã Bảo Lâm 3 ra quân.", ["xã Bảo Lâm 3"]),
        ("Chị em ở quận 7 ra quân.", ["quận 7"]),
    ],
)
def test_10_a_name_stands_within_another_name(text: str, places: list[str]) -> None:
    facts = facts_of(text)

    assert names("place", facts) == places
    assert [fact for fact in facts if fact.kind in ("person", "organisation", "quantity")] == []


@pytest.mark.parametrize("name", ["Siu Ajuih", "Rah Lan Chung", "Rơ Chăm H’Hồng", "Ka Phụng", "K’Mi", "Thạch Thị Dung"])
def test_11_names_of_minorities_are_names(name: str) -> None:
    facts = facts_of(f"Đồng chí {name}, Phó Chủ tịch Hội LHPN xã Ia Mơ Nông đến dự.")
    assert [(value["name"], value["role"]) for value in values("person", facts)] == [(name, "Phó Chủ tịch")]


def test_18_a_clock_of_the_page_is_not_its_date() -> None:
    text = f"Thứ hai, 10/06/2024 08:15\nHội giúp trẻ mồ côi\n05/3/2024 07:30\n{BODY}"
    article = refined(text, fetched="2024-06-10T08:15:00+07:00").article
    assert article is not None
    assert (article.published or "")[:10] == "2024-03-05"


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("BTV T.Ư Hội", "Ban Thường vụ Trung ương Hội LHPN Việt Nam"),
        ("BCH TW Hội LHPN Việt Nam", "Ban Chấp hành Trung ương Hội LHPN Việt Nam"),
        ("UBND TP. Hà Giang", "UBND thành phố Hà Giang"),
        ("UB MTTQ tỉnh", "Ủy ban MTTQ Việt Nam tỉnh Hà Giang"),
        ("BDVTU", "Ban Dân vận Tỉnh ủy Hà Giang"),
    ],
)
def test_19_what_is_shortened_is_known(short: str, name: str) -> None:
    assert names("organisation", facts_of(f"Hôm qua, {short} họp.", province="02"))[0] == name
    assert expand("LHPN, DTTS") == "Liên hiệp Phụ nữ, dân tộc thiểu số"


def test_20_letters_of_before_unicode_are_read() -> None:
    decoded = decode("Héi Liªn hiÖp Phô n÷ tØnh §¾k L¾k".encode("latin-1"), "iso-8859-1")
    assert (decoded.text, decoded.charset) == ("Hội Liên hiệp Phụ nữ tỉnh Đắk Lắk", "tcvn3")


def test_23_a_province_is_one_of_the_63_and_belongs_to_one_of_the_34() -> None:
    told = [(value["code"], value["name"], value["code_2025"]) for value in values("place", facts_of(
        "Phụ nữ tỉnh Yên Bái, tỉnh Bắc Giang, tỉnh Gia Lai và Đồng Nai thi đua.", published="2023-08-08"
    ))]  # fmt: skip
    assert told == [
        ("15", "tỉnh Yên Bái", "15"),  # since then the code of Lào Cai
        ("24", "tỉnh Bắc Giang", "24"),  # … of Bắc Ninh
        ("64", "tỉnh Gia Lai", "52"),  # which was Bình Định's
        ("75", "tỉnh Đồng Nai", "75"),
    ]
    assert names("place", facts_of("Đồng Nai thi đua.", published="2026-06-08")) == ["TP Đồng Nai"]
