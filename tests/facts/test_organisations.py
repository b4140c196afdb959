from __future__ import annotations

from dataclasses import replace

import pytest

from tests.facts.reading import facts_of, names
from worker.config import Source
from worker.facts import extract
from worker.models import Article


@pytest.mark.parametrize(
    "written",
    ["Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ tỉnh", "Hội Liên hiệp phụ nữ (LHPN) tỉnh", "Hội Phụ nữ tỉnh", "Tỉnh Hội"],
)
def test_a_shortened_name_is_the_union_of_the_sources_province(written: str) -> None:
    assert names("organisation", facts_of(f"{written} phát động thi đua.", province="60")) == [
        "Hội LHPN tỉnh Bình Thuận"
    ]


def test_without_a_source_it_is_that_of_the_province_named_last() -> None:
    text = "Tại tỉnh Gia Lai, đoàn nghe báo cáo. Sau đó, Hội LHPN tỉnh và Tỉnh ủy tặng quà."

    assert names("organisation", facts_of(text)) == ["Hội LHPN tỉnh Gia Lai", "Tỉnh ủy Gia Lai"]


def test_of_no_known_source_it_is_that_of_the_province_that_the_host_names_if_the_text_names_none() -> None:
    article = Article(url="https://baokontum.vn/1.html", title="", body="Hội LHPN tỉnh và Tỉnh ủy tặng quà.")

    assert names("organisation", extract(article, None)) == ["Hội LHPN tỉnh Kon Tum", "Tỉnh ủy Kon Tum"]
    elsewhere = replace(article, body="Tại tỉnh Gia Lai, Hội LHPN tỉnh trao 5 suất quà.")
    assert names("organisation", extract(elsewhere, None)) == ["Hội LHPN tỉnh Gia Lai"]


def test_a_paper_that_tells_of_a_neighbour_means_the_neighbours_unless_it_names_its_own() -> None:
    told = "Tại tỉnh Quảng Bình, Hội LHPN tỉnh trao 5 suất quà."
    paper = Source(id="a", name="A", home="https://a.example/", kind="press", province="40")
    union = paper.model_copy(update={"kind": "union"})

    def union_in(body: str, source: Source | None, url: str = "https://a.example/1") -> list[str]:
        return names("organisation", extract(Article(url=url, title="", body=body), source))

    assert union_in(told, paper) == ["Hội LHPN tỉnh Quảng Bình"]
    assert union_in(told, union) == ["Hội LHPN tỉnh Nghệ An"]
    assert union_in(f"{told} Đoàn đã rời Nghệ An từ sáng sớm.", paper) == ["Hội LHPN tỉnh Nghệ An"]
    assert union_in(f"{told} Đoàn của huyện Nam Đàn cùng dự.", paper) == ["Hội LHPN tỉnh Nghệ An"]
    assert union_in(told, None, "https://baonghean.vn/1") == ["Hội LHPN tỉnh Quảng Bình"]
    assert union_in(f"{told} Đoàn đã rời Nghệ An.", None, "https://baonghean.vn/1") == ["Hội LHPN tỉnh Nghệ An"]


def test_it_is_that_of_the_province_in_which_nearly_all_places_of_the_article_lie_and_not_of_who_gave() -> None:
    places = "huyện Mường Nhé, huyện Tuần Giáo, huyện Mường Chà, huyện Mường Ảng, huyện Tủa Chùa và thị xã Mường Lay"
    text = f"Hội LHPN tỉnh họp mặt.\nHội LHPN tỉnh Hưng Yên tặng 9 nhà ở {places}.\nUBND tỉnh cảm ơn."

    found = names("organisation", facts_of(text))

    assert found == ["Hội LHPN tỉnh Điện Biên", "Hội LHPN tỉnh Hưng Yên", "UBND tỉnh Điện Biên"]


def test_since_the_merger_it_is_that_of_the_province_that_still_stands() -> None:
    text = "Hai xã của tỉnh Long An đã hợp nhất. Hội LHPN tỉnh chúc mừng."

    assert "Hội LHPN tỉnh Tây Ninh" in names("organisation", facts_of(text, published="2025-09-08"))
    assert "Hội LHPN tỉnh Tây Ninh" in names("organisation", facts_of(text, published="2025-09-08", province="80"))
    assert "Hội LHPN tỉnh Long An" in names("organisation", facts_of(text, published="2025-05-08", province="80"))


def test_where_somebody_goes_is_not_whose_union_is_meant() -> None:
    text = "Ở huyện Mỹ Xuyên, chị em khỏi đi Bình Dương làm mướn. Hội LHPN tỉnh chúc mừng."

    assert "Hội LHPN tỉnh Sóc Trăng" in names("organisation", facts_of(text))


def test_a_city_has_a_city_union() -> None:
    text = "Thành Hội và Hội LHPN thành phố tổ chức hội thi; Hội LHPN tỉnh bạn đến thăm."

    assert names("organisation", facts_of(text, province="48")) == ["Hội LHPN TP Đà Nẵng"]


def test_a_title_is_completed_from_the_body() -> None:
    facts = facts_of("Tại xã Hòa Phú, huyện Chư Păh, chị em vui mừng.", title="Hội LHPN xã trao nhà")

    assert names("organisation", facts, "title") == ["Hội LHPN xã Hòa Phú"]


def test_namesakes_are_told_apart_as_entities() -> None:
    facts = facts_of("Hội LHPN xã Tân Lập, huyện Mộc Châu thi đua.", province="14")

    assert [fact.name for fact in facts if fact.kind == "organisation"] == [
        "Hội LHPN xã Tân Lập, huyện Mộc Châu, tỉnh Sơn La"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Hội LHPN các huyện, thị xã, thành phố cùng tham gia.",
        "Các cấp Hội đẩy mạnh tuyên truyền đến hội viên.",
        "Hội LHPN huyện, thị xã, thành phố đăng ký thi đua.",
        "Đại biểu Hội đồng nhân dân các cấp là nữ tăng.",
        "Hội LHPN 7 tỉnh trong cụm ký giao ước.",
        "Ủy ban nhân dân, công an và các ban, ngành phối hợp.",
    ],
)
def test_what_is_nobody_in_particular_is_no_organisation(text: str) -> None:
    assert names("organisation", facts_of(text)) == []


def test_a_cluster_bears_the_fullest_of_its_names_everywhere() -> None:
    facts = facts_of(
        "Cụm thi đua Hội LHPN miền Đông Nam Bộ họp. Cụm thi đua Đông Nam Bộ có 7 đơn vị.",
        title="CỤM THI ĐUA MIỀN ĐÔNG NAM BỘ TỔNG KẾT",
    )

    assert names("organisation", facts) == ["Cụm thi đua Hội LHPN miền Đông Nam Bộ"]


def test_what_stands_in_one_list_shares_its_place() -> None:
    text = "Đại diện Tỉnh ủy, Hội đồng nhân dân, Ủy ban nhân dân, Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh dự."

    assert names("organisation", facts_of(text, province="70")) == [
        "Tỉnh ủy Bình Phước",
        "HĐND tỉnh Bình Phước",
        "UBND tỉnh Bình Phước",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bình Phước",
    ]


@pytest.mark.parametrize(
    ("province", "published", "whole"),
    [
        ("38", "2025-11-18", "Hội LHPN xã Lương Sơn, tỉnh Thanh Hóa"),
        ("17", "2025-11-18", "Hội LHPN xã Lương Sơn, tỉnh Phú Thọ"),
        ("60", "2025-11-18", "Hội LHPN xã Lương Sơn, tỉnh Lâm Đồng"),
        (None, "2025-11-18", "Hội LHPN xã Lương Sơn"),
        ("38", "2024-11-18", "Hội LHPN xã Lương Sơn, huyện Thường Xuân, tỉnh Thanh Hóa"),
    ],
)
def test_a_commune_is_told_from_its_namesakes_by_what_it_is_in_at_the_time(
    province: str | None, published: str, whole: str
) -> None:
    facts = facts_of("Hội LHPN xã Lương Sơn trao 5 suất quà.", province=province, published=published)

    assert [fact.name for fact in facts if fact.kind == "organisation"] == [whole]
