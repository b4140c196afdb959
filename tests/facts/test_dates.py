from __future__ import annotations

import logging
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from worker.facts import extract
from worker.models import Article, Fact

DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))


def dates_of(text: str, published: str | None = "2023-11-22", title: str = "") -> list[Fact]:
    article = Article(url="https://a.example/1", title=title, body=text, published=published)
    return [fact for fact in extract(article, None) if fact.kind == "date" and fact.part == "body"]


def isos(text: str, published: str | None = "2023-11-22", title: str = "") -> list[str | None]:
    return [fact.value["iso"] for fact in dates_of(text, published, title)]


class TestYearOfAPartialDate:
    def test_it_is_the_last_such_day_before_publication(self) -> None:
        assert isos("Ngày 18/11, Hội họp.", "2022-11-21") == ["2022-11-18"]
        assert isos("Ngày 28/12, Hội họp.", "2024-01-03") == ["2023-12-28"]

    def test_a_minute_of_publication_counts_as_its_day(self) -> None:
        assert isos("Ngày 18/11, Hội họp.", "2022-11-21T08:30+07:00") == ["2022-11-18"]

    def test_a_sentence_that_looks_ahead_may_mean_a_later_day(self) -> None:
        assert isos("Hội thi sẽ diễn ra ngày 5/3.", "2024-02-20") == ["2024-03-05"]
        assert isos("Hội thi đã diễn ra ngày 5/3.", "2024-02-20") == ["2023-03-05"]

    def test_what_is_told_as_done_some_days_ahead_was_added_to_the_page(self) -> None:
        assert isos("Ngày 24/2, giải đã bế mạc.", "2024-02-20") == ["2024-02-24"]

    def test_a_day_that_the_page_says_in_full_has_that_year(self) -> None:
        assert isos("Từ 8/3 có quy định mới, hiệu lực ngày 8/3/2024.", "2024-03-01") == ["2024-03-08", "2024-03-08"]

    def test_without_publication_the_page_says_the_year(self) -> None:
        assert isos("Ngày 9/10, cụm họp.", None, title="Tổng kết năm 2024") == ["2024-10-09"]

    def test_of_several_years_the_latest_counts_that_a_day_is_told_of(self) -> None:
        text = "Năm 1931 cụ ra đời. Năm 1931 mất mùa. Cụ mất ngày 13/11/2020. Lễ viếng từ ngày 15/11."
        assert isos(text, None)[-1] == "2020-11-15"

    def test_an_anniversary_that_is_kept_tells_the_year(self) -> None:
        kept = "Chào mừng kỷ niệm 93 năm Ngày thành lập Hội LHPN Việt Nam"
        assert isos(f"Sáng 6/10, Hội họp. {kept}, xã trao quà.", None) == ["2023-10-06"]
        assert isos(f"Sáng 6/10, Hội trao giải năm 2022. {kept}.", None, title="Giải năm 2022")[0] == "2023-10-06"
        assert isos(f"Sáng 6/10, Hội họp. {kept}. Nhà xong ngày 2/5/2024.", None)[0] == "2024-10-06"
        assert isos("Sáng 6/3, Hội kỷ niệm 1983 năm Khởi nghĩa Hai Bà Trưng.", None) == ["2023-03-06"]
        assert isos("Sáng 6/3, Hội kỷ niệm 20 năm thành lập câu lạc bộ.", None) == ["--03-06"]

    def test_a_year_is_summed_up_at_its_end_or_soon_after(self) -> None:
        text = "Ngày {}, Hội LHPN tỉnh tổng kết công tác năm 2020."
        assert isos(text.format("14-1"), None)[0] == "2021-01-14"
        assert isos(text.format("14-12"), None)[0] == "2020-12-14"
        assert isos(text.format("14-1"), "2022-01-20")[0] == "2022-01-14"

    def test_a_congress_is_held_when_its_term_begins(self) -> None:
        text = (
            "Chiều 7/10, xã họp Đại hội đại biểu phụ nữ lần thứ I, nhiệm kỳ 2025-2030. Phấn đấu đến năm 2030 hết nghèo."
        )
        assert isos(text, None)[0] == "2025-10-07"
        text = "Chiều 7/10, Hội triển khai Nghị quyết Đại hội phụ nữ tỉnh, nhiệm kỳ 2021-2026."
        assert isos(text, None)[0] == "--10-07"

    def test_the_year_of_a_goal_is_not_the_pages(self) -> None:
        assert isos("Chiều 7/10, xã họp. Mục tiêu đến năm 2030 hết hộ nghèo.", None)[0] == "--10-07"

    def test_the_year_of_a_birth_is_not_the_pages(self) -> None:
        assert isos("Chiều 7/10, xã bàn giao nhà cho chị Lựu, sinh năm 1979.", None)[0] == "--10-07"

    def test_without_any_year_the_date_stays_open(self) -> None:
        (fact,) = dates_of("Ngày 9/10, cụm họp.", None)
        assert fact.value["iso"] == "--10-09"
        assert fact.date_start is None
        assert fact.year is None
        assert fact.confidence < 0.7

    def test_what_is_still_to_be_done_lies_ahead(self) -> None:
        assert isos("Đề nghị từ nay tới 20/10 mỗi xã dựng xong ít nhất một nhà.", "2025-08-05") == ["2025-10-20"]
        assert isos("Chị giữ chức Chủ tịch kể từ 1/4.", "2011-03-09") == ["2011-04-01"]
        assert isos("Chị giữ chức Chủ tịch kể từ 1/1.", "2011-03-09") == ["2011-01-01"]

    def test_29_february_falls_in_a_leap_year(self) -> None:
        assert isos("Ngày 29/2, Hội họp.", "2023-05-01") == ["2020-02-29"]

    def test_this_year_and_last_year_are_those_of_publication(self) -> None:
        assert isos("6 tháng đầu năm nay và tháng 7 năm ngoái") == ["2023-01-01/2023-06-30", "2022-07"]


def test_half_of_a_year_is_six_months_of_it() -> None:
    assert isos("Nửa đầu năm 2022 có 5 lớp, nửa cuối năm có 2.") == ["2022-01-01/2022-06-30", "2023-07-01/2023-12-31"]
    assert isos("Trong một nửa cuối năm ngoái và nửa đầu năm nay") == ["2022-07-01/2022-12-31", "2023-01-01/2023-06-30"]
    assert isos("Chị đóng góp nửa năm lương, trao nửa đầu nhiệm kỳ 2021-2026.") == ["2021/2026"]


def test_a_period_has_its_first_and_last_day() -> None:
    (fact,) = dates_of("từ ngày 1/3 đến ngày 8/3/2021")
    assert (fact.date_start, fact.date_end) == ("2021-03-01", "2021-03-08")
    (fact,) = dates_of("quý III/2023")
    assert (fact.date_start, fact.date_end, fact.year) == ("2023-07-01", "2023-09-30", 2023)
    (fact,) = dates_of("nhiệm kỳ 2022 – 2027")
    assert (fact.value["precision"], fact.date_start, fact.date_end) == ("term", "2022-01-01", "2027-12-31")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Từ ngày 3/6 đến 12/7, 15/15 xã tổ chức xong hội thi.", ["2023-06-03/2023-07-12"]),
        ("Ngày 3/6, 24/30 chi hội họp.", ["2023-06-03"]),
        ("Ngày 3/6, 8/8 tổ phụ nữ họp.", ["2023-06-03"]),
        ("Các ngày 3/6, 5/6, 8/6 Hội họp.", ["2023-06-03", "2023-06-05", "2023-06-08"]),
    ],
)
def test_so_many_out_of_so_many_behind_a_day_are_no_further_day(text: str, days: list[str]) -> None:
    assert isos(text) == days


def test_a_period_that_has_begun_and_goes_on_is_of_the_year_of_its_first_day() -> None:
    assert isos("Chiến dịch từ ngày 16/4 đến ngày 30/6.", published="2021-04-19") == ["2021-04-16/2021-06-30"]
    assert isos("Đợt thi đua từ 25/12 đến 5/2.", published="2021-12-28") == ["2021-12-25/2022-02-05"]


def test_a_period_over_new_year_ends_in_the_later_year() -> None:
    assert isos("từ 15/12 đến 20/1/2024") == ["2023-12-15/2024-01-20"]


def test_the_words_of_a_date_are_its_evidence() -> None:
    assert [fact.text for fact in dates_of("Sáng ngày 12-7, từ 15/7 đến 20/8; thứ Hai (14/8)")] == [
        "Sáng ngày 12-7",
        "từ 15/7 đến 20/8",
        "thứ Hai (14/8)",
    ]


@pytest.mark.parametrize(
    "text", ["31/02/2024", "ngày 30/2", "99/99/9999", "ngày 32/13/2023", "29/02/2023", "sáng 31-4"]
)
def test_a_day_that_does_not_exist_is_dropped_and_is_nothing_else(text: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="worker.facts.dates"):
        facts = extract(Article(url="u", title="", body=f"Họp {text} nhé", published="2023-11-22"), None)

    assert [fact for fact in facts if fact.kind in ("date", "ratio", "quantity")] == []
    if "/02/" in text or "30/2" in text:
        assert "there is no such day" in caplog.text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tháng 13/2023", "no such month"),
        ("tháng 0/2023", "no such month"),
        ("quý 5/2023", "no such quarter"),
        ("quý VI năm 2023", "no such quarter"),
        ("giai đoạn 2025 - 2017", "ends before it begins"),
    ],
)
def test_a_time_that_cannot_be_is_dropped_with_the_reason(
    text: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="worker.facts"):
        facts = extract(Article(url="u", title="", body=f"Trong {text}, họp.", published="2023-11-22"), None)
    assert [fact for fact in facts if fact.kind in ("date", "ratio", "quantity")] == []
    assert why in caplog.text


def test_a_lunar_day_with_its_year_is_not_told_to_be_dropped(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="worker.facts"):
        assert [fact.value["precision"] for fact in dates_of("ngày 15/7 âm lịch năm Giáp Thìn")] == ["lunar"]
    assert caplog.text == ""
    assert dates_of("rằm tháng 13") == []


@pytest.mark.parametrize(
    "text",
    ["8/8 chỉ tiêu", "12/12 (đạt 100%)", "122/281 cơ sở", "5-7 hộ", "tăng 7.3%", "trực 24/7", "đường 30/4, phường 3",
     "số 12/5 đường Lê Lợi", "từ 2000 đến 2500 người", "mỗi tháng 2 buổi", "trong 6 tháng 10 hộ", "số 10/2021/NĐ-CP"],
)  # fmt: skip
def test_what_looks_like_a_date_is_none(text: str) -> None:
    assert isos(f"Có {text}.") == []


def test_a_year_may_follow_the_founding() -> None:
    assert isos("Thành lập 1991, Khoa có 64 cán bộ.") == ["1991"]
    assert isos("Các chi hội thành lập 2000 tổ phụ nữ.") == []


def test_a_day_of_a_year_of_the_lunar_calendar_is_lunar() -> None:
    text = "Cụ mất ngày 13/11/2020 (tức ngày 28 tháng 9 năm Canh Tý), thọ 91 tuổi."
    assert isos(text) == ["2020-11-13", None]
    assert dates_of(text)[1].value["lunar"] == "ngày 28 tháng 9 năm Canh Tý"


def test_lunar_days_are_marked_and_left_unresolved() -> None:
    (fact,) = dates_of("Mùng 3 Tết Giáp Thìn, đoàn đi thăm.", "2024-02-14")
    assert fact.value == {"iso": None, "lunar": "Mùng 3 Tết Giáp Thìn", "precision": "lunar"}
    assert [
        fact.text for fact in dates_of("rằm tháng Giêng; ngày 10/3 âm lịch năm Giáp Thìn; 23 tháng Chạp; 29 Tết")
    ] == [
        "rằm tháng Giêng",
        "ngày 10/3 âm lịch",
        "23 tháng Chạp",
        "29 Tết",
    ]


WHOLE = [
    "ngày {d}/{m}/{y}",
    "{d:02}/{m:02}/{y}",
    "ngày {d}-{m}-{y}",
    "ngày {d}.{m}.{y}",
    "ngày {d} tháng {m} năm {y}",
    "ngày {d} tháng {m}/{y}",
    "Ngày {d} / {m} / {y}",
]
PARTIAL = ["Ngày {d}/{m}", "sáng {d}-{m}", "ngày {d} tháng {m}", "tối {d}.{m}"]
RANGES = ["từ ngày {a} đến ngày {b}", "từ {a} - {b}", "({a}-{b})"]
YEARS = [
    "giai đoạn {a}-{b}",
    "nhiệm kỳ {a} – {b}",
    "({a} - {b})",
    "giai đoạn {a} -{b}",
    "từ năm {a} đến năm {b}",
    "giai đoạn {a} đến {b}",
]
MONTHS = ["tháng {m}/{y}", "tháng {m}-{y}", "tháng {m} năm {y}", "T{m}/{y}"]


@settings(deadline=None, max_examples=80)
@given(DAYS, st.sampled_from(WHOLE))
def test_a_whole_date_reads_back_as_itself(day: date, form: str) -> None:
    text = form.format(d=day.day, m=day.month, y=day.year)
    assert isos(f"Họp {text} tại xã.", None) == [day.isoformat()]


@settings(deadline=None, max_examples=80)
@given(
    DAYS, st.integers(0, 350), st.sampled_from(["Ngày {d}/{m}", "sáng {d}-{m}", "ngày {d} tháng {m}", "tối {d}.{m}"])
)
def test_a_day_of_the_last_year_reads_back_as_itself(published: date, ago: int, form: str) -> None:
    day = published - timedelta(days=ago)
    assume((day.month, day.day) != (2, 29) and day.year > 1950)
    text = form.format(d=day.day, m=day.month)
    assert isos(f"{text}, Hội họp.", published.isoformat()) == [day.isoformat()]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mời chị em có mặt lúc 8 giờ, ngày 30/5, tại nhà văn hóa.", "2024-05-30"),  # ten days on, in a notice
        ("Ngày 30/5, chị đã nhận quà.", "2023-05-30"),
        ("Lớp học mở vào tháng 9 này.", "2024-09"),
        ("Chị dự định tháng 9 khai trương.", "2024-09"),
        ("Lớp học mở vào tháng 9.", "2023-09"),
        ("Vừa qua (05/4), Hội họp.", "2024-04-05"),
    ],
)
def test_what_is_to_come_soon_or_was_just_now_is_of_this_year(text: str, day: str) -> None:
    assert isos(text, "2024-05-20") == [day]


@settings(deadline=None, max_examples=60)
@given(DAYS, st.integers(1, 300), st.sampled_from(RANGES))
def test_a_range_of_days_reads_back_as_itself(first: date, days: int, form: str) -> None:
    last = first + timedelta(days=days)
    text = form.format(a=f"{first.day}/{first.month}/{first.year}", b=f"{last.day}/{last.month}/{last.year}")
    assert isos(f"Mở {text} nhé", None) == [f"{first}/{last}"]


@settings(deadline=None, max_examples=60)
@given(st.integers(1990, 2040), st.integers(1, 30), st.sampled_from(YEARS))
def test_a_period_of_years_reads_back_as_itself(first: int, years: int, form: str) -> None:
    assert isos(f"Đề án {form.format(a=first, b=first + years)}.") == [f"{first}/{first + years}"]


@settings(deadline=None, max_examples=60)
@given(st.integers(2000, 2040), st.integers(1, 12), st.sampled_from(MONTHS))
def test_a_month_reads_back_as_itself(year: int, month: int, form: str) -> None:
    assert isos(f"Trong {form.format(m=month, y=year)}, Hội họp.") == [f"{year}-{month:02}"]


@pytest.mark.parametrize(
    "text",
    [
        "Lễ hội diễn ra ngày 15/7 âm lịch hằng năm.",
        "Giỗ Tổ 10/3 (âm lịch), bà con về rất đông.",
        "Tết Katê năm nay rơi vào ngày 1/7 lịch Chăm.",
    ],
)
def test_a_day_of_another_calendar_without_its_year_is_no_day(text: str) -> None:
    assert dates_of(text) == []


def test_a_day_with_a_full_stop_counts_where_a_clause_ends_with_it() -> None:
    (day,) = dates_of("Đến 30.11, các thôn đã nhận 5 đợt hàng.")

    assert day.value["iso"] == "2022-11-30"
    assert dates_of("Tỷ lệ tăng từ 12.5 lên 13.4 điểm.") == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Thời gian: 07 giờ 30, ngày 14/5/2017.", ["2017-05-14"]),
        ("Khai mạc lúc 9 giờ 15, 16/5/2017.", ["2017-05-16"]),
        ("Có mặt lúc 9 giờ 15/5/2017.", ["2017-05-15"]),
        ("Thực hiện Dự án 8, ngày 14/5/2017, Hội LHPN xã mở lớp học.", ["2017-05-14"]),
        ("Sáng thứ 7, ngày 13/5/2017, chị em đi chợ.", ["2017-05-13"]),
        ("Các ngày 5, 6 và ngày 8/5/2017.", ["2017-05-05/2017-05-06", "2017-05-08"]),
    ],
)
def test_a_number_of_something_else_before_a_day_is_none(text: str, days: list[str]) -> None:
    assert isos(text, "2017-06-01") == days


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ngày 10/12 năm ngoái", ["2022-12-10"]),
        ("ngày 5 tháng 3 năm trước", ["2022-03-05"]),
        ("sáng 20-10 năm nay", ["2023-10-20"]),
        ("tháng Ba năm 2020", ["2020-03"]),
        ("tháng mười hai năm 2021", ["2021-12"]),
        ("2023-11-07", ["2023-11-07"]),
        ("2 quý đầu năm 2022", ["2022-01-01/2022-06-30"]),
        ("ba quý đầu năm nay", ["2023-01-01/2023-09-30"]),
        ("hai quý cuối năm", ["2023-07-01/2023-12-31"]),
        ("từ quý I đến quý III/2022", ["2022-01-01/2022-09-30"]),
        ("quý I và II năm 2022", ["2022-01-01/2022-06-30"]),
        ("quý I và quý IV năm 2022", ["2022-01-01/2022-03-31", "2022-10-01/2022-12-31"]),
        ("quý I, III/2022", ["2022-01-01/2022-03-31", "2022-07-01/2022-09-30"]),
    ],
)
def test_a_time_may_be_said_in_words_or_as_computers_write_it(text: str, said: list[str]) -> None:
    facts = dates_of(f"Trong {text}, họp.", "2023-11-22")
    assert [fact.value["iso"] for fact in facts] == said
    assert facts[-1].text in text


def test_a_day_as_computers_write_it_that_does_not_exist_is_none(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="worker.facts.dates"):
        assert isos("Họp 2023-02-30, 12 chị dự.") == []
    assert "there is no such day" in caplog.text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tháng hành động năm nay: 15/10 - 15/11.", ["2023-10-15/2023-11-15"]),
        ("Hội thi diễn ra 15-20/5 tại huyện.", ["2023-05-15/2023-05-20"]),
        ("Giúp được 1/2 - 2/3 số hộ.", []),
    ],
)
def test_two_days_may_bound_some_time_without_a_word(text: str, days: list[str]) -> None:
    assert [iso for iso in isos(text) if iso and "-" in iso] == days
