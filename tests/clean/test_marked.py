"""`explain --html`: the page as it stood, with what was removed marked, and nothing in it that could run or load."""

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web import NukeViet, stories
from tests.web.reading import NOW, page
from worker.clean import marked
from worker.models import Capture, Label
from worker.refine import refine

STORIES = tuple(stories(20))


def of_html(markup: str) -> Capture:
    return page("https://hoi.test/tin", markup)


def shown(capture: Capture) -> str:
    return marked.page(capture, refine(capture, None, facts=False))


def test_every_block_is_shown_with_its_label_and_what_was_removed_with_its_reason():
    capture = of_html(NukeViet("nk.test", STORIES).article_page(STORIES[3]))
    refined = refine(capture, None, facts=False)
    html = marked.page(capture, refined)
    struck = unescape(" ".join(re.findall(r'<mark class="chrome">(.*?)</mark>', html, re.DOTALL)))
    kept = unescape(" ".join(re.findall(r'<mark class="(?!chrome).*?">(.*?)</mark>', html, re.DOTALL)))
    for block in refined.blocks:
        for words in block.text.split(" · "):
            assert words.split()[0] in (struck if block.label is Label.CHROME else kept)
    assert "navigation (structure)" in html
    assert '<mark class="title">Hội thi dân vũ huyện Khoái Châu năm 2019</mark>' in html


def test_a_saved_text_is_shown_line_by_line():
    capture = Capture(
        url="",
        fetched_at=NOW,
        status=200,
        body="Hội LHPN tỉnh tặng quà <b>Tết</b>\n\nSáng 12/1, Hội LHPN tỉnh tặng 120 suất quà cho hội viên.".encode(),
        headers=(("content-type", "text/plain"),),
    )
    assert "tặng quà &lt;b&gt;Tết&lt;/b&gt;" in shown(capture)


def test_nothing_of_the_page_runs_or_loads():
    html = shown(
        of_html(
            "<title>Tin</title><body onload=alert(1)><h1 onclick=alert(2)>Tin <script>alert(3)</script>mới</h1>"
            '<p><a href="javascript:alert(4)">Liên kết</a><img src=https://spy.test/1.png onerror=alert(5)>'
            "<iframe src=//spy.test></iframe><style>@import url(//spy.test)</style><form action=//spy.test>Gửi</form>"
            "<svg><script>alert(6)</script></svg>&lt;script&gt;alert(7)&lt;/script&gt;</p>"
        )
    )
    assert "<script" not in html
    assert not re.search(r"<(?:img|iframe|a|form|svg|link|style)\b", html.split("</style>", 1)[1])
    assert not re.search(r"<\w+[^>]*\s(?:on\w+|src|href|action)=", html)
    assert "spy.test" not in html.split("<header", 1)[1]
    assert "&lt;script&gt;alert(7)&lt;/script&gt;" in html
    assert "default-src 'none'" in html


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<div>", "</div>", "<p>", "<b>", "</p>", "<td>", "<nav>", "a b", "Tin & tức", "<", "<!--"])
    )
)
def test_its_elements_are_closed_in_the_order_they_were_opened(parts):
    html = shown(of_html("".join(parts)))
    stack = []
    for close, tag in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", html.split("</header>", 1)[1]):
        if tag in ("br", "hr"):
            continue
        if close and tag in ("body", "html"):
            continue
        if close:
            assert stack.pop() == tag
        else:
            stack.append(tag)
    assert not stack


def test_the_lines_of_a_poem_that_is_one_piece_of_markup_are_marked_one_by_one():
    story = "<p>Sáng 12/5, Hội LHPN huyện Cần Giuộc tổ chức hội nghị sơ kết công tác Hội sáu tháng đầu năm 2024.</p>"
    verse = "<pre>Chị em phụ nữ quê tôi\nĐảm đang việc nước, trọn đời vì con</pre>"
    html = shown(of_html(f"<body><h1>Hội nghị sơ kết công tác</h1><div>{story}{verse}</div>"))
    assert '<mark class="body">Chị em phụ nữ quê tôi\n</mark>' in html
    assert '<mark class="body">Đảm đang việc nước, trọn đời vì con</mark>' in html
