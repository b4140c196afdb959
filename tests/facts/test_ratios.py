from __future__ import annotations

import logging

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from worker.facts import extract
from worker.models import Article, Fact


def ratios(text: str) -> list[Fact]:
    facts = extract(Article(url="https://a.example/1", title="", body=text, published="2023-11-22"), None)
    return [fact for fact in facts if fact.kind == "ratio"]


def test_a_share_said_twice_is_one_fact() -> None:
    (fact,) = ratios("Duy trì 12/12 (đạt 100%) trẻ mồ côi.")
    assert fact.value == {"num": 12, "den": 12, "pct": 100}
    assert fact.text == "12/12 (đạt 100%)"


def test_two_shares_that_differ_are_two_facts() -> None:
    assert [fact.value["pct"] for fact in ratios("Có 5/10 xã, đạt 80% kế hoạch.")] == [50, 80]


def test_a_share_of_counted_people_has_both_numbers() -> None:
    (fact,) = ratios("Có 118.000 hội viên/166.000 phụ nữ tham gia.")
    assert (fact.value["num"], fact.value["den"], fact.number) == (118000, 166000, 71.1)


def test_a_percentage_says_of_what_and_how() -> None:
    (fact,) = ratios("Đạt 95,5% chỉ tiêu đề ra.")
    assert fact.value == {"num": None, "den": None, "pct": 95.5, "sense": "đạt", "of": "chỉ tiêu"}
    (fact,) = ratios("Tỷ lệ tập hợp hội viên dưới 60%…")
    assert (fact.qualifier, fact.value["pct"]) == ("dưới", 60)


def test_a_range_of_percentages_has_both_ends() -> None:
    (fact,) = ratios("Hộ nghèo giảm 1,5 - 2%.")
    assert (fact.value["pct"], fact.value["pct_max"], fact.value["sense"]) == (1.5, 2, "giảm")


@pytest.mark.parametrize(
    "text",
    ["ngày 21/11", "21/11/2022", "trực 24/7", "số 15/3 đường Lê Lợi", "hẻm 12/4", "2 buổi/3 tháng",
     "Nghị quyết 11/NQ-CP", "6 triệu đồng/5 suất", "tháng 3/2023", "3/0 xã", "trực 24/24", "mở cửa 24/24 giờ"],
)  # fmt: skip
def test_what_looks_like_a_share_is_none(text: str) -> None:
    assert ratios(f"Có {text} đó.") == []


@settings(deadline=None, max_examples=100)
@example(24, 0, "chi hội")  # and not "24/24", all day long
@given(
    st.integers(1, 5000),
    st.integers(0, 5000),
    st.sampled_from(["cơ sở Hội", "xã, phường", "chi hội", "chỉ tiêu", "hộ"]),
)
def test_a_share_of_units_reads_back_as_itself(num: int, more: int, unit: str) -> None:
    years = range(1900, 2101)
    assume(not (num + more in years and (num <= 12 or num in years)))  # a month ("3/2021 chỉ tiêu"), or two years
    (fact,) = ratios(f"Hội có {num}/{num + more} {unit} hoàn thành.")
    assert (fact.value["num"], fact.value["den"]) == (num, num + more)


def test_nothing_is_a_part_of_0(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="worker.facts"):
        facts = extract(Article(url="u", title="", body="Đạt 5/0 hộ.", published="2023-11-22"), None)
    assert not [fact for fact in facts if fact.kind == "ratio"]
    assert "nothing is a part of 0" in caplog.text


def test_a_share_in_words_is_no_count() -> None:
    text = "Một phần ba hội viên là người Dao; hai phần ba số hộ đã thoát nghèo; trao hai phần quà."
    facts = extract(Article(url="u", title="", body=text, published="2023-11-22"), None)

    assert [(fact.value["num"], fact.value["den"]) for fact in facts if fact.kind == "ratio"] == [(1, 3), (2, 3)]
    assert [fact.text for fact in facts if fact.kind == "quantity"] == ["hai phần quà"]


def test_so_many_out_of_so_many_are_a_share_and_a_rank_is_none() -> None:
    text = "Có 12 trong số 15 chi hội vững mạnh; 9 trên 10 chị tán thành. Hội xếp thứ 3/13 đơn vị, hạng 2/63 tỉnh."
    facts = extract(Article(url="u", title="", body=text, published="2023-11-22"), None)

    assert [(fact.value["num"], fact.value["den"]) for fact in facts if fact.kind == "ratio"] == [(12, 15), (9, 10)]
    assert not [fact for fact in facts if fact.kind == "quantity"]
