from __future__ import annotations

import re
from importlib.resources import files

import pytest

from worker.facts import gazetteer
from worker.facts.gazetteer import communes, communes_2025, districts, hosts, phrases, province_of, provinces, unit_key
from worker.values import provinces as provinces_of_the_settings


def test_it_holds_both_schemes_whole() -> None:
    current = [unit for unit in communes().all() if unit.listed == "2025-01"]

    assert len(provinces()) == 63
    assert len({province.code_2025 for province in provinces().values()}) == 34
    assert len({unit.code for unit in districts().all() if unit.listed == "2025-01"}) == 696
    assert len(current) == 10_051
    assert len(list(communes_2025().all())) == 3_321


def test_the_settings_name_the_same_provinces() -> None:
    assert {code: province.name for code, province in provinces().items()} == provinces_of_the_settings()


def test_every_unit_lies_in_one_that_exists() -> None:
    assert {unit.parent for unit in districts().all()} <= provinces().keys()
    assert {unit.parent for unit in communes().all()} <= province_of().keys()
    assert {unit.parent for unit in communes_2025().all()} <= {p.code_2025 for p in provinces().values()}


def test_nine_communes_of_ten_say_what_they_became_and_all_became_something() -> None:
    old = list(communes().all())
    became = [unit.code_2025 for unit in old if unit.code_2025]

    assert len(became) > 0.9 * len(old)
    assert set(became) <= {unit.code for unit in communes_2025().all()}


def test_a_commune_became_one_of_the_province_that_its_own_province_is_part_of() -> None:
    new = {unit.code: unit.parent for unit in communes_2025().all()}

    strays = [
        unit
        for unit in communes().all()
        if unit.code_2025 and provinces()[province_of()[unit.parent]].code_2025 != new[unit.code_2025]
    ]

    assert strays == []


def test_units_that_were_merged_before_are_known_too() -> None:
    assert [unit.parent for unit in districts().get("huyentralinh")] == ["04"]
    assert districts().get("huyentralinh")[0].listed == "2020-02"


@pytest.mark.parametrize(
    "spelled",
    ["Huyện M'Đrắk", "huyện M’Đrắk", "HUYỆN M’ĐRẮK", "huyen mdrak"],
)
def test_a_name_is_found_however_it_is_spelled(spelled: str) -> None:
    assert [unit.code for unit in districts().get(unit_key(spelled))] == ["652"]


def test_every_file_says_where_it_is_from_and_when() -> None:
    folder = gazetteer.files("worker.facts.gazetteer")
    for file in folder.iterdir():
        if file.name.endswith(".csv"):
            comment = "".join(line for line in file.read_text("utf-8").splitlines() if line.startswith("#"))
            assert re.search(r"[Ss]ource:", comment), file.name
            assert re.search(r"20\d\d", comment), file.name


def test_phrases_are_found_by_their_first_word_and_then_word_by_word() -> None:
    node = phrases()["bà"].then["rịa"][" "]

    for gap in (" ", "-"):
        assert [entry.name for entry in node.then["vũng"][gap].then["tàu"][" "].entries] == ["77"]


@pytest.mark.parametrize("name", ["districts.csv", "communes.csv", "communes_2025.csv"])
def test_a_list_of_units_says_what_differs_in_the_second_source(name: str) -> None:
    text = files("worker.facts.gazetteer").joinpath(name).read_text("utf-8")
    assert re.search(r"^# .*: (\d+) here, (\d+) in the second source, (\d+) codes in both$", text, re.MULTILINE)
    assert re.search(r"^#   of these \d+ differ in spelling alone and \d+ in name$", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://hoilhpn.phuyen.gov.vn/tin/1.html", "Phú Yên"),
        ("http://baothanhhoa.vn/x", "Thanh Hóa"),
        ("https://kontumtv.vn/tin-tuc", "Kon Tum"),
        ("https://baoapbac.vn/xa-hoi/1", "Tiền Giang"),
        ("https://phugiao.binhduong.gov.vn/x", "Bình Dương"),
        ("https://baobariavungtau.com.vn", "Bà Rịa - Vũng Tàu"),
        ("https://daklak.gov.vn:8443/x", "Đắk Lắk"),
    ],
)
def test_a_host_names_its_province(url: str, name: str) -> None:
    assert provinces()[hosts.province_of(url) or ""].name == name


@pytest.mark.parametrize(
    "url",
    ["https://phunuvietnam.vn/gia-lai", "https://thanhsonland.vn/", "https://user@baogialai.vn/", "", "http://[::1",
     "https://baogialai.baokontum.vn/x"],
)  # fmt: skip
def test_a_host_that_names_none_or_several_has_no_province(url: str) -> None:
    assert hosts.province_of(url) is None
