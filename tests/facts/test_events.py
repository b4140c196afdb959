from __future__ import annotations

import pytest

from tests.facts.reading import facts_of, names, values


def test_an_event_is_told_once_by_the_mention_that_says_most() -> None:
    facts = facts_of(
        "Ngày 12/4/2024, Hội LHPN tỉnh Long An tổ chức hội nghị tổng kết phong trào thi đua năm 2023.\n"
        "Phát biểu tại hội nghị tổng kết phong trào thi đua năm 2023, đồng chí Lê Thị Hoa cảm ơn.",
        captions="Quang cảnh hội nghị tổng kết phong trào thi đua năm 2023",
    )

    (event,) = values("event", facts)
    assert (event["when"], event["host"]) == ("2024-04-12", "Hội LHPN tỉnh Long An")


def test_its_year_is_that_of_its_name_or_of_the_article() -> None:
    facts = facts_of("Hội LHPN tỉnh Long An tổ chức liên hoan “Tiếng hát biên phòng”, Lễ hội Áo dài 2023.")

    assert [(event["name"], event["when"]) for event in values("event", facts)] == [
        ("Liên hoan “Tiếng hát biên phòng”", "2024"),
        ("Lễ hội Áo dài 2023", "2023"),
    ]


def test_an_event_of_some_days_has_them_all() -> None:
    text = "Trong hai ngày 5 và 6/3/2024, Hội LHPN tỉnh Long An tổ chức Hội thảo nâng cao quyền năng kinh tế."

    assert [event["when"] for event in values("event", facts_of(text))] == ["2024-03-05/2024-03-06"]


@pytest.mark.parametrize(
    "text",
    [
        "Các cấp Hội quán triệt Nghị quyết Hội nghị Ban Chấp hành lần thứ 3.",
        "Lập thành tích chào mừng Đại hội đại biểu phụ nữ toàn quốc lần thứ XIII.",
        "Chị em tham gia các hội nghị, hội thảo, tọa đàm, nói chuyện chuyên đề.",
        "Hội nghị đã thống nhất năm nội dung trọng tâm.",
    ],
)
def test_what_is_only_alluded_to_is_no_event(text: str) -> None:
    assert values("event", facts_of(text)) == []


def test_an_honour_in_the_title_is_the_event_of_the_article() -> None:
    facts = facts_of("Chị em vui mừng.", title="HỘI LHPN TỈNH SƠN LA NHẬN BẰNG KHEN CỦA UBND TỈNH SƠN LA NĂM 2022")

    assert names("event", facts) == ["Trao Bằng khen của UBND tỉnh Sơn La cho Hội LHPN tỉnh Sơn La"]
