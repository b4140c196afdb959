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
        ("đỡ đầu với mức 400.000/tháng", "tháng"),
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
    ("text", "per"),
    [
        ("Mỗi em dự trại hè được tặng suất quà 250.000đ", "em"),
        ("tặng mỗi câu lạc bộ 4 triệu đồng", "câu lạc bộ"),
        ("mỗi suất học bổng 2 triệu đồng", "suất học bổng"),
        ("mỗi thành viên góp 30.000 đồng/tháng", "thành viên/tháng"),
        ("mỗi chị góp 30.000 đồng mỗi tháng", "chị/tháng"),
        ("nhận nuôi 9 em, mỗi em 4 triệu đồng/năm", "em/năm"),
        ("mỗi năm gia đình chị lãi trên 40 triệu đồng", "năm"),
        ("tặng mỗi Mẹ 1 sổ tiết kiệm 3 triệu đồng", "mẹ"),
        ("trao sổ tiết kiệm 6 triệu đồng cho mỗi cháu trong số 12 cháu", "cháu"),
        ("Có 75 suất quà được trao, gồm: 600.000 đồng tiền mặt, 5 kg gạo", "suất"),
    ],
)
def test_a_sum_says_what_it_is_per_though_other_words_stand_between(text: str, per: str) -> None:
    assert value(text)["per"] == per


def test_a_part_of_what_is_told_of_each_is_of_each_too() -> None:
    facts = sums("Mỗi căn nhà trị giá 90 triệu đồng, trong đó Hội LHPN tỉnh hỗ trợ 40 triệu đồng.")
    assert [fact.value.get("per") for fact in facts] == ["căn nhà", "căn nhà"]
    facts = sums("mỗi suất gồm 1 triệu đồng tiền mặt và quà trị giá 300.000 đồng")
    assert [fact.value.get("per") for fact in facts] == ["suất", "suất"]


@pytest.mark.parametrize(
    "text",
    [
        "Trao 60 phần quà, mỗi phần gồm 10 kg gạo, dầu ăn, tổng trị giá 30 triệu đồng.",
        "Mỗi chi hội giúp 1 hộ; Hội LHPN huyện hỗ trợ 20 triệu đồng.",
        "Mỗi chi hội giúp 1 hộ, Hội LHPN huyện hỗ trợ 20 triệu đồng.",
        "Phong trào “Mỗi chi hội một công trình” huy động 300 triệu đồng.",
        "Cơ cấu gồm 1 giải nhất 5.000.000 đồng.",
    ],
)
def test_a_sum_that_is_told_of_all_is_per_nothing(text: str) -> None:
    assert "per" not in value(text)


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        # behind the sum
        ("Tặng 50 triệu đồng cho 10 hộ nghèo xã A, sau đó", "10 hộ nghèo xã A"),
        ("Hội góp 200 triệu đồng để xây nhà. Tiếp theo", "xây nhà"),
        ("trao 40 sổ, tổng trị giá 90 triệu đồng cho hội viên, phụ nữ nghèo.", "hội viên, phụ nữ nghèo"),
        ("Quỹ chi 3 tỷ đồng để tặng gạo, con giống, áo ấm và chăn, đạt 80%", "tặng gạo, con giống, áo ấm và chăn"),
        ("Chị vay 8 triệu đồng mua 2 con dê; nay đã thoát nghèo", "mua 2 con dê"),
        ("Huyện đầu tư 1,3 tỷ đồng làm đường vào bản, dài 2 km", "làm đường vào bản"),
        ("Công ty góp 12 triệu đồng tiền vật liệu, dân bản góp công", "tiền vật liệu"),
        ("tặng CLB 10 triệu đồng kinh phí hoạt động và 200 chiếc làn", "kinh phí hoạt động"),
        ("quyên góp 643 triệu đồng, giúp 71 hội viên vay; chị em", "giúp 71 hội viên vay"),
        ("ủng hộ 9 triệu đồng cho Quỹ “Mái ấm, tình thương” của xã.", "Quỹ “Mái ấm, tình thương” của xã"),
        # before it
        ("Trao 1.993 phần quà trị giá 738 triệu đồng.", "Trao 1.993 phần quà"),
        (
            "Hội thăm hỏi, tặng quà người có công, Mẹ liệt sỹ trị giá 270 triệu đồng.",
            "thăm hỏi, tặng quà người có công, Mẹ liệt sỹ",
        ),
        (
            "Hội đã trao 96 con bò, 40 cây giống, xây 11 nhà, tổng kinh phí 2 tỷ đồng.",
            "trao 96 con bò, 40 cây giống, xây 11 nhà",
        ),
        ("Hội đã trao 96 con bò, xây 11 nhà với kinh phí 2 tỷ đồng.", "xây 11 nhà"),
        ("Hội vận động xây mới, sửa chữa 317 mái ấm trị giá 12 tỷ đồng.", "xây mới, sửa chữa 317 mái ấm"),
        ("tặng 300 túi vải, 15 thùng rác, trị giá 12 triệu đồng.", "tặng 300 túi vải, 15 thùng rác"),
        ("xây 2 nhà trị giá 90 triệu đồng, tặng 5 xe đạp tổng trị giá 9 triệu đồng", "tặng 5 xe đạp"),
        ("Các cấp Hội đã tổ chức được 437 hoạt động với tổng kinh phí 4 tỷ đồng.", "tổ chức được 437 hoạt động"),
        (
            "2.218 hộ được giúp đỡ bằng nhiều hình thức với số tiền 8 tỷ đồng.",
            "2.218 hộ được giúp đỡ bằng nhiều hình thức",
        ),
        ("Công ty Sao Xanh tặng 30 máy tính (trị giá 96 triệu đồng).", "tặng 30 máy tính"),
        ("Huyện hội đã trao 35 suất, mỗi suất trị giá 400 ngàn đồng.", "trao 35 suất"),
        ("- 25 mô hình thuộc Dự án 8, kinh phí 3 tỷ đồng.", "25 mô hình thuộc Dự án 8"),
        ("Căn nhà rộng 48 m2, lợp tôn, trị giá 62 triệu đồng.", "Căn nhà rộng 48 m2, lợp tôn"),
        ("Sau 3 tháng thi công, căn nhà 70 m2 đã xong, tổng trị giá 120 triệu đồng.", "căn nhà 70 m2"),
        (
            "Hội trao 60 phần quà; mỗi phần gồm 2 bao gạo 10 kg, dầu ăn, tổng trị giá 30 triệu đồng.",
            "trao 60 phần quà",
        ),
        ("nhận đỡ đầu 36 em, trong đó 9 em dân tộc thiểu số, tổng kinh phí 90 triệu đồng", "nhận đỡ đầu 36 em"),
        ("góp 2 tỷ đồng dành cho chương trình “Mẹ đỡ đầu”.", "chương trình “Mẹ đỡ đầu”"),
        (
            "Thực hiện đề án hỗ trợ khởi nghiệp, các cấp Hội đã tập huấn cho 90 chị với số tiền 8 tỷ đồng.",
            "tập huấn cho 90 chị",
        ),
    ],
)
def test_a_sum_says_what_it_is_for(text: str, purpose: str) -> None:
    fact = sums(text)[-1]
    assert fact.value["for"] == purpose
    assert purpose in text


def test_a_sum_in_the_name_of_a_campaign_is_none() -> None:
    facts = sums("Mô hình “Mỗi tuần góp 5.000 đồng” giúp chị: “Tôi được vay 8 triệu đồng”.")
    assert [fact.value["vnd"] for fact in facts] == [8_000_000]


def test_a_sum_is_per_the_whole_of_what_is_counted() -> None:
    facts = sums("Giúp 600 nghìn đồng/tháng/trẻ em, 3 triệu đồng/em/năm, 150.000 đồng/01 hộ gia đình.")
    assert [fact.value["per"] for fact in facts] == ["tháng/trẻ em", "em/năm", "hộ gia đình"]


def test_a_purpose_ends_before_the_next_sum() -> None:
    fact = sums("Góp gần 410 triệu đồng xây 9 nhà và hơn 75 triệu đồng sửa 4 bếp.")[0]
    assert fact.value["for"] == "xây 9 nhà"


@pytest.mark.parametrize(
    "text",
    [
        "Tấm thổ cẩm bán được 3 triệu đồng cho khách.",
        "hỗ trợ 500.000 đồng/tháng cho tới khi các em tròn 18 tuổi",
        "Cầu đã xong với 2 tỷ đồng vào quý III/2020.",
        "vận động được 74 triệu đồng, giúp 312 ngày công tu sửa nghĩa trang",
        "xử phạt 12 tổ chức, cá nhân với số tiền 90 triệu đồng",
        "Vốn chỉ có 5 triệu đồng vay từ tổ tiết kiệm",
        "mỗi người được tặng 1 suất quà trị giá 500 nghìn đồng",
        "Doanh thu đạt 3 tỷ đồng, trao 5 suất quà.",
        "Bằng nguồn kinh phí 36 triệu đồng, xã mua 3 con dê.",
        "từ đầu nhiệm kỳ các tổ đã tiết kiệm được tổng số tiền 612 triệu đồng",
    ],
)
def test_what_says_no_purpose_tells_none(text: str) -> None:
    assert "for" not in sums(text)[-1].value


def test_no_purpose_is_longer_than_a_reader_takes_in() -> None:
    endless = sums("Hội tặng 5 triệu đồng cho " + "phụ nữ nghèo và trẻ em " * 5000)[0]
    assert len(endless.value["for"]) <= 160
    assert endless.value["for"].split()[-1] in ("phụ", "nữ", "nghèo", "và", "trẻ", "em")


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


def test_dollars_may_be_told_short() -> None:
    assert value("Dự án 3,4 triệu đô Úc") == {"amount": 3_400_000, "currency": "AUD"}
    assert value("Quỹ góp 2 triệu đô.") == {"amount": 2_000_000, "currency": "USD"}
    assert sums("Tỉnh có 15 đô thị và 3 đô vật.") == []


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500,000 đồng", {"vnd": 500_000}),
        ("12,500đ/kg", {"vnd": 12_500, "per": "kg"}),
        ("từ 200,000 đến 500,000 đồng", {"vnd": 200_000, "vnd_max": 500_000}),
        ("25,000 USD", {"amount": 25_000, "currency": "USD"}),
        ("4,850 tỷ đồng", {"vnd": 4_850_000_000}),
        ("7.000 Euro", {"amount": 7000, "currency": "EUR"}),
        ("5 triệu Won", {"amount": 5_000_000, "currency": "KRW"}),
    ],
)
def test_no_sum_has_thousandths_and_currencies_may_bear_a_capital(text: str, expected: dict[str, Any]) -> None:
    found = value(f"Tổng {text}.")
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("text", "vnd"),
    [
        ("Kinh phí cấp xã hơn 17, 4 tỷ đồng.", [17_400_000_000]),
        ("Tổng số vốn được giao là: 23, 618 tỷ đồng.", [23_618_000_000]),
        ("Hội trao cho chi hội 2, 5 triệu đồng.", [5_000_000]),
        ("Hai căn nhà trị giá 60, 80 triệu đồng.", [80_000_000]),
    ],
)
def test_a_blank_behind_the_comma_parts_a_sum_only_where_a_sum_is_spoken_of(text: str, vnd: list[int]) -> None:
    assert [fact.value["vnd"] for fact in sums(text)] == vnd


def test_a_sum_that_is_spelled_out_in_brackets_counts_once() -> None:
    assert [fact.text for fact in sums("Trao 5.500.000 đ (bằng chữ: năm triệu năm trăm nghìn đồng).")] == [
        "5.500.000 đ"
    ]
    assert len(sums("Trao 5 triệu đồng (hơn 5 triệu đồng là của xã).")) == 2


@pytest.mark.parametrize(
    ("text", "vnd"),
    [
        ("Trao 10 suất, mỗi suất 500.000 và 10kg gạo.", [500_000]),
        ("Mỗi em được 500 ngàn.", [500_000]),
        ("Chị được tặng 300 nghìn.", [300_000]),
        ("Hội phát 500.000 khẩu trang, tặng 200 nghìn cây.", []),
        ("Bài đạt 200.000 lượt, mỗi ngày 100.000.", []),
    ],
)
def test_a_sum_without_its_currency_is_told_by_what_was_done_with_it(text: str, vnd: list[int]) -> None:
    assert [fact.value["vnd"] for fact in sums(text)] == vnd
