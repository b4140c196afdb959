"""What holds for the facts of any article, however it is written."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.facts import LONGEST, MODULES, NESTS, extract
from worker.facts.span import READ
from worker.models import PARTS, Article, Fact

REPORT = (
    "Ngày 18/11, Hội LHPN tỉnh Hưng Yên tổng kết năm 2022 theo Chỉ thị số 23-CT/TW ngày 25/5/2021 của Ban Bí thư. "
    "Các cấp Hội đỡ đầu 1.245 trẻ mồ côi với hơn 6,8 tỷ đồng; 15/17 xã đạt 88,2%; phong trào “5 không, 3 sạch”.\n"
)
SENTENCES = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"))
ODD = [
    "\n",
    "“",
    "”",
    '"',
    "/",
    "-",
    "(",
    ")",
    "%",
    "00",
    "1/0",
    "0 tỷ",
    "1,",
    ".5",
    "tháng 13",
    "31/02/2024",
    "½",
    "12:30",
]
PIECES = sorted({word for row in SENTENCES for word in row["text"].split()} | set(ODD))


def article(body: str, **parts: Any) -> Article:
    return Article(**{"url": "https://a.example/1", "title": "", "published": "2022-11-21", **parts, "body": body})


def test_every_part_of_the_article_is_read() -> None:
    facts = extract(
        article(
            "Có 12 hộ.",
            title="Trao 15 suất quà",
            captions="Tặng 3 xe đạp",
            byline="Bài: 2 tác giả",
            origin="Ngày 5/4/2022",
        ),
        None,
    )
    assert [(fact.part, fact.text) for fact in facts if fact.kind in ("quantity", "date")] == [
        ("title", "15 suất quà"),
        ("body", "12 hộ"),
        ("captions", "3 xe đạp"),
        ("byline", "2 tác giả"),
        ("origin", "Ngày 5/4/2022"),
    ]


def test_facts_come_in_the_order_of_the_text() -> None:
    facts = extract(article(REPORT * 3), None)
    places = [(PARTS.index(fact.part), fact.start) for fact in facts]
    assert places == sorted(places)
    assert len(facts) > 20


def test_a_date_is_no_share_and_a_quoted_campaign_counts_nothing() -> None:
    facts = extract(article(REPORT), None)
    assert [fact.text for fact in facts if fact.kind == "ratio"] == ["15/17 xã đạt 88,2%"]
    assert [fact.text for fact in facts if fact.kind == "quantity"] == ["1.245 trẻ mồ côi"]


def assert_sound(text: Article, facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        assert text.part(fact.part)[fact.start : fact.end] == fact.text
        assert 0 < len(fact.text) <= LONGEST
        assert 0 < fact.confidence <= 1
    for part in PARTS:
        for kind in {fact.kind for fact in facts}:
            spans = sorted((fact.start, fact.end) for fact in facts if fact.part == part and fact.kind == kind)
            nests = kind in NESTS  # "Ban Thường vụ Tỉnh ủy" holds the Tỉnh ủy
            assert all(one[1] <= two[0] or (nests and two[1] <= one[1]) for one, two in pairwise(spans)), kind


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["2022-11-21", None, "not a date", "2022-13-45"])
)
def test_any_words_yield_sound_facts_and_the_same_ones_again(pieces: list[str], published: str | None) -> None:
    text = article(" ".join(pieces), published=published)
    facts = extract(text, None)

    assert_sound(text, facts)
    assert extract(text, None) == facts


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=120))
def test_any_characters_at_all_yield_sound_facts(body: str) -> None:
    text = article(body, title=body)
    assert_sound(text, extract(text, None))


HOSTILE = [
    "1" * 400,
    "9" * 400 + " tỷ đồng",
    ".,;:!?()“”\"'-–/%",
    "99/99/9999 12/13/14/15",
    "tỷ tỷ tỷ triệu đồng",
    "0 hội viên/0 phụ nữ, 0/0 xã, 0 trên tổng số 0 hộ, 0%",
    "“" * 300,
    '"' * 301,
    "\x00\ufeff\u200b12 hộ",
    "Ｎăm ２０２３ có １２ hộ",
    "năm ٢٠٢٣",
    "İstanbul 12 hộ",
    "ho\u0302\u0323i 12 ho\u0302\u0323",
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_raises_nothing(body: str) -> None:
    text = article(body)
    assert_sound(text, extract(text, None))


def work(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many lines of Python the number modules run for a text: a measure that no other process disturbs."""
    import sys

    lines = 0

    def trace(frame: Any, event: str, arg: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    sys.settrace(trace)
    try:
        extract(article(text), None)
    finally:
        sys.settrace(None)
    return lines


@pytest.mark.parametrize(
    "piece",
    ["có 12 hộ và 5 tỷ đồng ", "12/7, ", "1-2-3 - ", "năm 2021, 2022, ", '"a “b 12 hộ ', "((12 hộ ", "ngày 1, 2, 3, ",
     "Nghị quyết Đại hội Đảng bộ tỉnh ", "từ 1 đến 2 ", "mỗi suất 5 triệu "],
)  # fmt: skip
def test_work_grows_with_the_length_of_the_text_and_no_faster(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [module for module in MODULES if module.__name__.rpartition(".")[2] in NUMBERS]  # type: ignore[attr-defined]
    monkeypatch.setattr("worker.facts.MODULES", tuple(numbers))
    extract(article(piece * 10), None)  # what is read from files is read now

    once, four_times = work(piece * 100, monkeypatch), work(piece * 400, monkeypatch)

    assert four_times < 5 * once


NUMBERS = ("dates", "documents", "money", "ratios", "quantities")


def test_a_long_text_without_a_full_stop_is_read_to_its_end() -> None:
    words = "các cấp Hội đã tặng 12 suất quà và 5 triệu đồng cho hội viên "
    pieces = [words if n % 7 else "ngày 8/3/2022 " for n in range(2000)]
    facts = extract(article("".join(pieces)), None)
    assert sum(fact.kind == "quantity" for fact in facts) == sum(piece is words for piece in pieces)


def test_of_a_text_of_many_megabytes_the_beginning_is_read() -> None:
    text = article("." * (READ - 60) + " Hội tặng 12 suất quà. Hội tặng 15 suất quà; Hội còn tặng 99 suất quà.")

    assert [fact.text for fact in extract(text, None) if fact.kind == "quantity"] == ["12 suất quà", "15 suất quà"]


def test_an_endless_row_of_numbers_counts_nothing_and_hides_nothing_else() -> None:
    facts = extract(article("1-2-3 - " * 100 + "\nHội tặng 12 suất quà.\n" + "5 6 7 8 " * 100), None)

    assert [fact.text for fact in facts if fact.kind == "quantity"] == ["12 suất quà"]
