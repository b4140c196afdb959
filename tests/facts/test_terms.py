"""Which numbers were gathered over several years."""

from __future__ import annotations

import pytest

from worker.facts import extract
from worker.models import Article


def since(text: str, title: str = "", published: str = "2021-11-20") -> dict[str, int]:
    article = Article(url="https://a.example/1", title=title, body=text, published=published)
    return {fact.text: fact.value["since"] for fact in extract(article, None) if fact.value.get("since")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Trong 5 năm qua, Hội giúp 120 hộ thoát nghèo.", {"120 hộ thoát nghèo": 2016}),
        ("Hội giúp 120 hộ thoát nghèo trong 3 năm qua.", {"120 hộ thoát nghèo": 2018}),
        ("Nhiệm kỳ 2016 - 2021, Hội xây 9 mái ấm; tặng 7 suất quà.", {"9 mái ấm": 2016, "7 suất quà": 2016}),
        ("Từ năm 2018 đến nay, Hội xây 9 mái ấm.", {"9 mái ấm": 2018}),
        ("Giai đoạn 2017-2020 có nhiều đổi mới. Hội xây 9 mái ấm.", {"9 mái ấm": 2017}),
        ("Nhiệm kỳ qua, Hội xây 9 mái ấm. Dịp này, Hội trao 20 suất quà.", {"9 mái ấm": 2016}),
        ("Trong 5 năm qua, riêng năm 2021 Hội xây 2 mái ấm.", {}),
        ("Trong 5 năm qua, mỗi năm Hội xây 2 mái ấm.", {}),
        ("Qua 5 năm, Hội hiện có 2.900 hội viên, dư nợ 60 tỷ đồng.", {}),
        ("Nhiệm kỳ 2021 - 2026, Hội xây 9 mái ấm.", {}),
        ("Kỷ niệm 20 năm thành lập, Hội xây 9 mái ấm.", {}),
        ("Năm 2021, Hội xây 9 mái ấm.", {}),
    ],
)  # fmt: skip
def test_what_was_gathered_over_years_says_from_which_on(text: str, told: dict[str, int]) -> None:
    assert since(text) == told


def test_the_report_of_a_congress_sums_up_a_term() -> None:
    text = "Nhiệm kỳ qua, phong trào có nhiều đổi mới:\n- Xây 9 mái ấm.\n- Giúp 120 hộ thoát nghèo."

    assert since(text, title="Đại hội đại biểu phụ nữ huyện") == {"9 mái ấm": 2016, "120 hộ thoát nghèo": 2016}
    assert since(f"Ngày 18/11, huyện họp Đại hội phụ nữ.\n{text}") == {"9 mái ấm": 2016, "120 hộ thoát nghèo": 2016}
    assert since(text, title="Phụ nữ huyện thi đua") == {}
