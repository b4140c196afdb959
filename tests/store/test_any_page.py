"""Whatever a page says can be filed, and what is filed is whole."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.store.pages import SONGLAM, START, opened
from worker.models import Capture
from worker.refine import refine
from worker.store import Archive

HOURS = count()
NUMBERS = st.one_of(st.integers(0, 10**25), st.floats(0, 1e25), st.sampled_from(["10.500.000.000", "9,22", "0", "1/0"]))
UNITS = st.sampled_from(["tỷ đồng", "triệu đồng", "USD", "suất quà", "%", "trẻ mồ côi", "nghìn tỷ", "/2025", "-NQ/TW"])
SAID = st.one_of(
    st.builds("Hội trao {} {} cho phụ nữ tỉnh Cao Bằng.".format, NUMBERS, UNITS),
    st.text(max_size=60),
    st.sampled_from(
        ["Ngày 31/02/0000", "Bà Lê Thị Hoa, Chủ tịch Hội LHPN xã", "=1+1", "\x00", "\N{RIGHT-TO-LEFT OVERRIDE}"]
    ),
)
# As JSON escapes them, also halves of characters: the page is ASCII, what it says is not.
STATED = st.text(st.characters(), max_size=20).map(json.dumps) | st.sampled_from(
    [r'"\ud800"', r'"T\udfff"', "[]", "1e999"]
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    directory: Path = tmp_path_factory.mktemp("any")
    with opened(directory) as archive:
        yield archive
        assert archive.verify() == []


@settings(max_examples=60, deadline=None)
@example(["Hội trao 10.500.000.000 tỷ đồng cho phụ nữ tỉnh Cao Bằng."], '"Trao vốn"', '"Thu Hà"')
@given(st.lists(SAID, min_size=1, max_size=5), STATED, STATED)
def test_any_page_is_filed_and_the_archive_stays_whole(archive: Archive, said: list[str], headline: str, author: str):
    data = f'{{"@type": "NewsArticle", "headline": {headline}, "author": {{"name": {author}}}}}'
    paragraphs = "".join(f"<p>{line}</p>" for line in [*said, "Chị em dự hội nghị đã nghe báo cáo của Hội. " * 5])
    page = f'<script type="application/ld+json">{data}</script><article><h1>Trao quà</h1>{paragraphs}</article>'
    hours = next(HOURS)
    capture = Capture(
        url=f"{SONGLAM.home}tin/{hours}.html",
        fetched_at=START + timedelta(hours=hours),
        status=200,
        body=page.encode("utf-8", "surrogatepass"),
        headers=(("Content-Type", "text/html; charset=utf-8"),),
    )
    refined = refine(capture, SONGLAM)
    archive.file(capture, refined, SONGLAM)
    text = archive.text_of(capture.url)
    assert text == ((refined.article.title, refined.article.body) if refined.article else None)
