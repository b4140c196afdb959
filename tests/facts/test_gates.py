"""The hard gates, whatever stands around an article: none from chrome, all where they say, none of the negatives."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from worker.facts import extract
from worker.models import Article, Capture, Fact, Refined
from worker.refine import refine

GOLD = Path(__file__).resolve().parents[1] / "bench" / "gold"
CHROME = [
    "Lượt xem: 1.204",
    "Đang truy cập: 57",
    "Tổng lượt truy cập: 8.214.337",
    "Hotline: 0912.345.678",
    "Bình luận (3)",
    "Đánh giá: 5.0/5 (2 lượt)",
    "Bản quyền thuộc về Hội LHPN tỉnh Hưng Yên",
    "Giấy phép số 12/GP-TTĐT ngày 05/4/2019",
    "Trang chủ | Giới thiệu | Liên hệ",
    "Tin liên quan",
]
NUMBERS = ("quantity", "money", "ratio", "date")


@cache
def pages() -> dict[str, dict[str, Any]]:
    """The project's own annotated articles."""
    return {page["id"]: page for page in json.loads((GOLD / "articles.json").read_text("utf-8"))["seeds"]}


def refined(page: dict[str, Any], text: str) -> Refined:
    """What the pure middle makes of a saved page."""
    capture = Capture(
        url=page["url"],
        fetched_at=datetime.fromisoformat(page["fetched_at"]),
        status=200,
        body=text.encode(),
        headers=(("Content-Type", "text/plain; charset=utf-8"),),
    )
    return refine(capture, None)


def written(page: dict[str, Any]) -> str:
    return (GOLD / page["file"]).read_text("utf-8")


def holds(article: Article | None, facts: tuple[Fact, ...]) -> bool:
    return article is not None and all(article.part(fact.part)[fact.start : fact.end] == fact.text for fact in facts)


@settings(deadline=None, max_examples=25)
@given(
    st.sampled_from(sorted(pages())),
    st.lists(st.sampled_from(CHROME), min_size=1, max_size=5, unique=True),
    st.lists(st.sampled_from(CHROME), min_size=1, max_size=5, unique=True),
)
def test_chrome_around_an_article_adds_no_fact(name: str, above: list[str], below: list[str]) -> None:
    page = pages()[name]
    text = "\n".join([*above, written(page), *below])
    result = refined(page, text)

    assert holds(result.article, result.facts)
    chrome = "\n".join([*above, *below])
    assert [fact.text for fact in result.facts if fact.text in chrome and fact.text not in written(page)] == []
    assert refined(page, text).facts == result.facts


@pytest.mark.parametrize("name", sorted(pages()))
def test_no_negative_comes_out_as_a_number_or_a_day(name: str) -> None:
    page = pages()[name]
    facts = refined(page, written(page)).facts
    right = {row["as_written"] for kind in ("quantities", "money", "ratios", "dates") for row in page.get(kind, ())
             if isinstance(row.get("as_written"), str)}  # fmt: skip
    neutral = [row["text"] for row in page["neutral"]]

    wrong = [
        (fact.text, negative["text"])
        for fact in facts
        for negative in page["negatives"]
        if fact.kind in NUMBERS and fact.text in negative["text"]
        and not any(fact.text in said for said in (*right, *neutral))
    ]  # fmt: skip

    assert wrong == []


NUMERALS = st.lists(
    st.sampled_from(
        ["9" * 19, "99.999.999.999", "10.500.000.000", "3,5", "12", "tỷ", "nghìn", "triệu", "đồng", "hội viên"]
    )
    | st.sampled_from(["-", "đến", "/", "%", "chín trăm", "mươi", "USD", "và", "trẻ mồ côi", "/em/năm"]),
    min_size=2,
    max_size=9,
)


@settings(deadline=None, max_examples=150)
@example(["10.500.000.000", "tỷ", "đồng"])  # written and said
@given(NUMERALS)
def test_whatever_number_a_text_holds_its_facts_can_be_filed(words: list[str]) -> None:
    facts = extract(Article(url="https://a.example/1", title="", body=f"Hội đã trao {' '.join(words)}."), None)

    with closing(sqlite3.connect(":memory:")) as database:
        for fact in facts:
            assert database.execute("SELECT ?", [fact.number]).fetchone() == (fact.number,)
