"""Whatever a page holds, the readers of names return, and every offset holds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from worker.facts import extract
from worker.models import Article

PIECES = (
    "Hội LHPN tỉnh",
    "Gia Lai",
    "Bà Rịa - Vũng Tàu",
    "đồng chí",
    "Phó Chủ tịch",
    "Nguyễn Thị Hoa",
    "K’Mi",
    "xã",
    "Hòa Phú",
    "huyện",
    "Chư Păh",
    "các",
    "và",
    "gồm 7 tỉnh:",
    "Cụm thi đua",
    "Cụm trưởng",
    "năm 2024",
    "chủ đề",
    "“Mẹ đỡ đầu”",
    '"',
    "”",
    "đạt giải Nhất",
    "Bằng khen của",
    "được",
    "tổ chức hội nghị",
    "tại",
    ",",
    ".",
    ";",
    ":",
    "(",
    ")",
    "-",
    "–",
    "\n",
    "TP.",
    "Quận 7",
    "Công ty Cổ phần",
    "Ban Thường vụ",
    "Tỉnh ủy",
    "Trung ương Hội",
    "phố đi bộ",
    "ẢNH: THU HÀ",
    "Ảnh:",
    "99/99/9999",
)
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(max_size=200),
)


@settings(deadline=None, max_examples=150)
@given(title=texts, body=texts, byline=texts)
def test_any_text_yields_facts_whose_words_stand_where_they_say(title: str, body: str, byline: str) -> None:
    article = Article(url="https://a.example/1", title=title, body=body, byline=byline, captions=title)

    facts = extract(article, None)

    assert all(article.part(fact.part)[fact.start : fact.end] == fact.text for fact in facts)
    assert facts == extract(article, None)
