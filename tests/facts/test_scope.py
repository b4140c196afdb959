"""Where and when a number holds, and where that was read."""

from __future__ import annotations

from worker.config import Source
from worker.facts import extract
from worker.models import Article, Fact

HUNG_YEN = Source(id="hungyen", name="Hội LHPN tỉnh Hưng Yên", home="https://a.example/", kind="union", province="33")
PRESS = Source(id="bao", name="Báo", home="https://b.example/", kind="press", province="01")


def numbers(
    body: str, title: str = "", source: Source | None = None, published: str | None = "2023-01-15"
) -> list[Fact]:
    article = Article(url="https://a.example/1", title=title, body=body, published=published)
    return [
        fact for fact in extract(article, source) if fact.part == "body" and fact.kind in ("quantity", "money", "ratio")
    ]


def one(body: str, title: str = "", source: Source | None = None, published: str | None = "2023-01-15") -> Fact:
    (fact,) = numbers(body, title, source, published)
    return fact


def test_the_sentence_says_it_first() -> None:
    fact = one(
        "Năm 2022, Hội LHPN tỉnh Gia Lai nhận đỡ đầu 120 trẻ mồ côi.", title="Hội LHPN tỉnh Đắk Lắk", source=HUNG_YEN
    )
    assert (fact.province, fact.year, fact.scope) == ("64", 2022, "sentence")


def test_then_the_paragraph() -> None:
    fact = one("Năm 2022, tỉnh Gia Lai gặp khó. Các cấp Hội đỡ đầu 120 trẻ mồ côi.\nTỉnh Đắk Lắk cũng vậy.")
    assert (fact.province, fact.year, fact.scope) == ("64", 2022, "paragraph")


def test_where_several_provinces_are_meant_the_owner_s_counts() -> None:
    body = "Cụm thi đua các tỉnh Tây Nguyên hỗ trợ 50 triệu đồng, Hội LHPN tỉnh Gia Lai hỗ trợ 20 triệu đồng."
    cluster, union = numbers(body)
    assert (union.value["org"], union.province) == ("Hội LHPN tỉnh Gia Lai", "64")
    assert cluster.province is None


def test_then_the_title_or_the_only_province_of_the_article() -> None:
    fact = one("Các cấp Hội đỡ đầu 120 trẻ mồ côi.", title="Hội LHPN tỉnh Gia Lai tổng kết năm 2022")
    assert (fact.province, fact.year, fact.scope) == ("64", 2022, "article")


def test_then_the_source_unless_it_writes_of_everywhere() -> None:
    assert one("Các cấp Hội đỡ đầu 120 trẻ mồ côi.", source=HUNG_YEN).province == "33"
    assert one("Các cấp Hội đỡ đầu 120 trẻ mồ côi.", source=HUNG_YEN).scope == "source"
    assert one("Các cấp Hội đỡ đầu 120 trẻ mồ côi.", source=PRESS).province is None


def test_our_province_is_the_sources() -> None:
    fact = one("Tại tỉnh ta, các cấp Hội đỡ đầu 486 trẻ mồ côi.", source=HUNG_YEN)
    assert (fact.province, fact.scope) == ("33", "article")  # the year is the article's


def test_what_several_provinces_did_together_belongs_to_none() -> None:
    assert one("Các tỉnh trong cụm đỡ đầu 3.037 cháu.", source=HUNG_YEN).province is None
    listed = "Ba tỉnh: Hưng Yên, Thái Bình, Hà Nam đã đỡ đầu 3.037 cháu."
    assert [fact.province for fact in numbers(listed, source=HUNG_YEN) if fact.number == 3037] == [None]


def test_three_provinces_that_stand_together_are_a_list_and_two_are_none() -> None:
    three = "Hưng Yên, Thái Bình, Hà Nam cùng tham gia.\nCó 12 hộ."
    assert one(three.replace("\n", " ")).province is None
    two = "Hưng Yên, Thái Bình cùng tham gia. Có 12 hộ."
    assert one(two).province == "34"


def test_the_year_of_an_article_is_the_one_named_most() -> None:
    body = "Năm 2021 họp. Năm 2021 bàn. Năm 2022 nghỉ.\nCó 12 hộ."
    assert (one(body).year, one(body).scope) == (2021, "article")


def test_a_year_of_comparison_or_of_a_document_is_not_the_year() -> None:
    fact = one("Năm 2022, dư nợ đạt 242 tỷ đồng so với cùng kỳ năm 2021 theo Quyết định số 5/QĐ-UBND ngày 1/2/2020.")
    assert fact.year == 2022


def test_the_year_in_which_somebody_was_born_or_something_founded_is_not_the_year() -> None:
    text = (
        "Ngày 17/10/2018, Hội trao nhà 69 triệu đồng cho chị Lê Thị Hoa, sinh năm 1979.\n"
        "Chị Mai (sinh năm 1981) nhận 5 suất quà; câu lạc bộ ra đời từ năm 2011 có 30 thành viên."
    )

    assert {fact.year for fact in numbers(text, published="2018-10-18")} == {2018}


def test_without_any_date_the_year_is_that_of_publication() -> None:
    assert one("Có 12 hộ.", published="2023-01-15").year == 2023
    assert one("Có 12 hộ.", published=None).year is None


def test_of_several_years_in_a_sentence_the_nearest_counts() -> None:
    assert one("Có 12 hộ vay từ năm 2021, năm 2022.").year == 2021
    assert one("Năm 2021, rồi năm 2022, có 12 hộ vay.").year == 2022


def test_a_number_is_that_of_the_organisation_that_its_sentence_names_first() -> None:
    text = (
        "Hội LHPN xã Hòa Phú, huyện Chư Păh, tỉnh Gia Lai vay 300 triệu đồng qua Ngân hàng Chính sách xã hội huyện.\n"
        "Hội LHPN tỉnh Gia Lai họp. Các cấp Hội đỡ đầu 120 trẻ mồ côi.\n"
        "Cả nước có 500 mô hình."
    )
    whose = {fact.text: fact.value.get("org") for fact in numbers(text)}

    assert whose == {
        "300 triệu đồng": "Hội LHPN xã Hòa Phú, huyện Chư Păh, tỉnh Gia Lai",
        "120 trẻ mồ côi": "Hội LHPN tỉnh Gia Lai",
        "500 mô hình": None,
    }


def test_a_year_from_which_on_something_is_counted_is_not_the_numbers() -> None:
    since = "Từ năm 2019 đến nay, Hội LHPN tỉnh Gia Lai đỡ đầu 120 trẻ mồ côi."
    assert (one(since).year, one(since).scope) == (2023, "article")
    assert one("Từ khi phát động (tháng 10/2021) đến nay, tỉnh đỡ đầu 120 trẻ mồ côi.").year == 2023
    this_year = one("Từ đầu năm 2023 đến nay, các cấp Hội đỡ đầu 120 trẻ mồ côi.")
    assert (this_year.year, this_year.scope) == (2023, "sentence")


def test_neither_is_the_year_in_which_something_began_or_was_otherwise() -> None:
    began = one("Mô hình được triển khai từ năm 2015. Các chị xây 3 mái ấm.", published="2021-05-01")
    assert began.year == 2021
    texts = (
        "Tỷ lệ giảm từ năm 2015 xuống còn mức thấp, có 204 hộ thoát nghèo.",
        "So với cuối năm 2015, có 204 hộ vay.",
    )
    assert [one(text, published="2021-05-01").year for text in texts] == [2021, 2021]


def test_the_year_in_the_name_of_a_programme_is_not_the_numbers() -> None:
    body = "Thực hiện Đề án “Hỗ trợ phụ nữ khởi nghiệp đến năm 2030”, các cấp Hội củng cố 5 hợp tác xã."
    assert one(body).year == 2023
    said = "Chị Hoa nói: “Năm 2021, các cấp Hội cho vay 12 triệu đồng”."
    assert one(said).year == 2021


def test_a_year_to_come_is_that_of_plans() -> None:
    body = "Các cấp Hội tặng 90 suất quà.\nPhương hướng năm 2024: củng cố tổ chức. Năm 2024 là năm bản lề."
    assert one(body, published="2023-12-30").year == 2023
    plan = "Các cấp Hội tặng 90 suất quà.\nNăm 2024, phấn đấu xây 12 căn nhà."
    assert [fact.year for fact in numbers(plan, published="2023-12-30")] == [2023, 2024]


def test_who_ordered_or_began_it_is_not_who_did_it() -> None:
    ordered = "Theo Kế hoạch số 402/KH-UBND của UBND tỉnh Gia Lai, các cấp Hội xây 45 căn nhà."
    assert "org" not in one(ordered).value
    begun = "Hưởng ứng chương trình do Hội LHPN tỉnh Gia Lai phát động, Hội LHPN huyện Mang Yang tặng 45 suất quà."
    assert one(begun).value["org"] == "Hội LHPN huyện Mang Yang, tỉnh Gia Lai"
    assert "org" not in one("Thực hiện Chỉ thị của Bộ Chính trị, các cấp Hội tặng 45 suất quà.").value
