from __future__ import annotations

import logging
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.facts.numbers import LONGEST, of_words, parse, scan

ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def values(text: str) -> list[object]:
    return [numeral.value for numeral in scan(text, text.lower()) if numeral.form != "code"]


@pytest.mark.parametrize(
    "text", ["3 triệu 5 suất quà", "3 triệu 5, 6 lần", "150 triệu 5.", "3 triệu 5.000 đồng"], ids=lambda text: text
)
def test_a_number_behind_a_sum_is_another_if_it_counts_or_goes_on(text: str) -> None:
    assert values(text)[0] in (3_000_000, 150_000_000)


def grouped(number: int) -> str:
    """1234567 as 1.234.567"""
    return f"{number:,}".replace(",", ".")


def below_thousand(number: int, *, full: bool) -> list[str]:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [ONES[hundreds], "trăm"] if hundreds or full else []
    if tens == 0 and ones:
        return [*words, *(["linh"] if words else []), ONES[ones]]
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [ONES[tens], "mươi"]
    if ones == 5 and tens:
        return [*words, "lăm"]
    if ones == 1 and tens > 1:
        return [*words, "mốt"]
    return [*words, ONES[ones]] if ones else words


def in_words(number: int) -> str:
    """A number as a Vietnamese speaker says it."""
    words: list[str] = []
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (1000, "nghìn"), (1, "")):
        section = number // scale % 1000
        if section:
            words += [*below_thousand(section, full=bool(words)), *([name] if name else [])]
    return " ".join(words)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7.644", 7644),
        ("16,5", Decimal("16.5")),
        ("03", 3),
        ("0,65", Decimal("0.65")),
        ("1.234.567.890", 1234567890),
        ("1.234,5", Decimal("1234.5")),
        ("1,257,142", 1257142),
        ("32 ngàn", 32000),
        ("600 nghìn", 600000),
        ("16,5 tỷ", 16_500_000_000),
        ("4,850 tỷ", 4_850_000_000),
        ("1.293 tỷ", 1_293_000_000_000),
        ("4.5 tỷ", 4_500_000_000),
        ("5 nghìn tỷ", 5_000_000_000_000),
        ("2 tỷ 300 triệu", 2_300_000_000),
        ("1 tỷ 250 triệu 500 nghìn", 1_250_500_000),
        ("1 triệu rưỡi", 1_500_000),
        ("1 tỷ 2 trăm triệu đồng", 1_200_000_000),
        ("1 tỷ 2.", 1_200_000_000),
        ("2 triệu 5 cho mỗi em", 2_500_000),
        ("3 vạn", 30_000),
        ("5 trăm", 500),
        ("ba mươi ba", 33),
        ("hai mươi mốt", 21),
        ("hai mươi tư", 24),
        ("năm mươi lăm", 55),
        ("một trăm linh hai", 102),
        ("hai nghìn không trăm hai mươi bốn", 2024),
        ("năm trăm triệu", 500_000_000),
        ("hai triệu rưỡi", 2_500_000),
        ("nửa tỷ", 500_000_000),
        ("mười nghìn tỷ", 10_000_000_000_000),
    ],
)
def test_numerals_are_read_the_vietnamese_way(text: str, value: object) -> None:
    assert values(f"có {text} đồng") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Covid-19",
        "COVID19",
        "0982.095.095",
        "0912345678",
        "K22",
        "bdv001",
        "a@b.vn/12",
        "1" * 400,
        "12.5.2023",
        "1,2,3",
    ],
)
def test_names_phones_and_absurd_lengths_are_no_numbers(text: str) -> None:
    assert values(f"xem {text} nhé") == []


def test_a_number_of_400_digits_is_dropped_and_says_why(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="worker.facts.numbers"):
        assert values(f"có {'7' * 400} hội viên") == []
    assert "400 digits" in caplog.text


def test_a_missing_space_does_not_hide_a_number() -> None:
    assert values("năm2023có 5hộ,19 chị được50 triệu") == [2023, 5, 19, 50_000_000]


@pytest.mark.parametrize("text", ["Ba Vì", "Hai Bà Trưng", "chị Bảy", "tỷ lệ", "Triệu Thị Lan", "năm học", "một số"])
def test_number_words_inside_names_and_other_words_are_no_numbers(text: str) -> None:
    assert values(f"tại {text} đó") == []


def test_years_after_a_number_in_words_are_left_to_themselves() -> None:
    assert values("hai năm, mười năm, hai trăm năm") == [2, 10, 200]


@pytest.mark.parametrize("words", ["ba bốn", "một trăm hai", "mươi", "linh năm", "hai mươi mươi"])
def test_what_says_no_number_is_none(words: str) -> None:
    assert of_words(words.split()) is None


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**LONGEST - 1))
def test_a_grouped_number_reads_back_as_itself(number: int) -> None:
    assert parse(grouped(number))[0] == number


@settings(deadline=None, max_examples=150)
@given(st.decimals(Decimal("0.1"), Decimal("999999.99"), places=2))
def test_a_decimal_with_a_comma_reads_back_as_itself(number: Decimal) -> None:
    assert parse(str(number).replace(".", ","))[0] == number


@settings(deadline=None, max_examples=200)
@given(st.integers(1, 10**12 - 1))
def test_a_number_in_words_reads_back_as_itself(number: int) -> None:
    assert of_words(in_words(number).split()) == number


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 999), st.integers(1, 999))
def test_billions_and_millions_add_up(billions: int, millions: int) -> None:
    assert values(f"{billions} tỷ {millions} triệu đồng") == [billions * 10**9 + millions * 10**6]


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="0123456789., -–/tỷriệunăm\n", max_size=200))
def test_any_text_is_read_without_overlaps_and_in_order(text: str) -> None:
    numerals = scan(text, text.lower())

    assert all(0 <= numeral.start < numeral.end <= len(text) for numeral in numerals)
    assert all(one.start < two.start for one, two in pairwise(numerals))
