from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.facts import extract
from worker.models import Article, Fact


def sums(text: str) -> list[Fact]:
    facts = extract(Article(url="https://a.example/1", title="", body=text, published="2023-11-22"), None)
    return [fact for fact in facts if fact.kind == "money"]


def value(text: str) -> dict[str, Any]:
    (fact,) = sums(text)
    return dict(fact.value)


def test_a_sum_is_whole_dong_with_its_qualifier_and_its_words() -> None:
    (fact,) = sums("Phụ nữ vay vốn số tiền hơn 4,850 tỷ đồng.")

    assert fact.value["vnd"] == fact.number == 4_850_000_000
    assert isinstance(fact.value["vnd"], int)
    assert fact.qualifier == "hơn"
    assert fact.text == "hơn 4,850 tỷ đồng"


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("hỗ trợ 100 triệu đồng/căn", "căn"),
        ("hỗ trợ 6 triệu đồng/em/năm", "em/năm"),
        ("cho thu nhập 5 triệu đồng/người/tháng.", "người/tháng"),
        ("tặng 500.000đ/suất quà", "suất quà"),
        ("góp 20.000 đồng mỗi tháng", "tháng"),
        ("mỗi suất trị giá 1 triệu đồng", "suất"),
        ("mỗi phần quà trị giá 300.000 đồng", "phần quà"),
        ("15 suất, mỗi suất 500 nghìn đồng", "suất"),
        ("mỗi suất gồm chăn ấm và 500 nghìn đồng tiền mặt", "suất"),
        ("mỗi em được nhận sổ tiết kiệm 10 triệu đồng", "em"),
        ("vay bình quân 30 triệu đồng một hộ", "hộ"),
    ],
)
def test_a_sum_says_what_it_is_per(text: str, per: str) -> None:
    assert value(text)["per"] == per


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("Tặng 50 triệu đồng cho 10 hộ nghèo xã A, sau đó", "10 hộ nghèo xã A"),
        ("Trao 1.993 phần quà trị giá 738 triệu đồng.", "Trao 1.993 phần quà"),
        ("Hội góp 200 triệu đồng để xây nhà. Tiếp theo", "xây nhà"),
    ],
)
def test_a_sum_says_what_it_is_for(text: str, purpose: str) -> None:
    assert value(text)["for"] == purpose


def test_a_range_has_both_ends() -> None:
    assert value("thưởng từ 1000 đến 2000 đồng") | {"for": None} == {"vnd": 1000, "vnd_max": 2000, "for": None}
    assert value("lãi 10-15 triệu đồng")["vnd"] == 10_000_000
    assert value("lãi 10-15 triệu đồng")["vnd_max"] == 15_000_000
    assert sums("bán từ 500 nghìn đến 1 triệu đồng")[0].text == "từ 500 nghìn đến 1 triệu đồng"


def test_another_currency_is_kept_as_such() -> None:
    (fact,) = sums("Tổ chức tài trợ gần 1,5 triệu USD cho dự án.")
    assert fact.value["amount"] == 1_500_000
    assert fact.value["currency"] == "USD"
    assert "vnd" not in fact.value
    assert fact.number is None


@pytest.mark.parametrize(
    "text",
    ["15 đồng chí", "3 đồng bào", "trồng 5 triệu cây xanh", "2 triệu phụ nữ", "4 đồng hành", "20 Đồng Nai",
     "hàng tỷ đồng", "600 nghìn lượt", "tỷ lệ 5", "thông điệp 5K"],
)  # fmt: skip
def test_what_counts_something_else_is_no_money(text: str) -> None:
    assert sums(f"Có {text} đó.") == []


def test_a_bare_sum_counts_with_less_confidence() -> None:
    (fact,) = sums("Cụm hỗ trợ 50 triệu, huyện góp công.")
    assert fact.value["vnd"] == 50_000_000
    assert fact.confidence < 1


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 10**14))
def test_a_sum_in_full_reads_back_as_itself(vnd: int) -> None:
    grouped = f"{vnd:,}".replace(",", ".")
    assert value(f"Tổng {grouped} đồng đã chi.")["vnd"] == vnd


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 999), st.integers(0, 99), st.sampled_from([("triệu", 10**6), ("tỷ", 10**9), ("tỉ", 10**9)]))
def test_a_sum_in_millions_reads_back_as_itself(whole: int, cents: int, scale: tuple[str, int]) -> None:
    word, times = scale
    assert value(f"Tổng {whole},{cents:02} {word} đồng đã chi.")["vnd"] == (whole * 100 + cents) * times // 100


@pytest.mark.parametrize("text", ["Phiên chợ 0 đồng đón 200 chị.", "Hội mở gian hàng 0đ và chuyến xe 0 đồng về quê."])
def test_what_costs_nothing_is_no_sum(text: str) -> None:
    assert sums(text) == []
    kinds = {fact.kind for fact in extract(Article(url="https://a.example/1", title="", body=text), None)}
    assert "ratio" not in kinds


def test_what_a_sum_has_grown_by_says_so() -> None:
    text = "Dư nợ đạt 1.293 tỷ đồng, tăng hơn 242 tỷ đồng so với cùng kỳ; hỗ trợ 5 tỷ đồng."
    assert [fact.value.get("change") for fact in sums(text)] == [None, True, None]
