"""A page's DOM as pieces: what becomes a line of its own, what is left out, and what each piece stood in."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from worker.clean import blocks
from worker.clean.pieces import plain


def page(markup, **options):
    return blocks.read(LexborHTMLParser(markup).body, **options)


def lines(markup, **options):
    return [(piece.kind, piece.text) for piece in page(markup, **options).pieces]


def test_paragraphs_headings_and_items_are_pieces_with_their_kind():
    assert lines(
        "<h2>Kết quả</h2><p>Năm 2024 có <b>486</b> cháu.</p><ul><li>Một<li>Hai</ul><blockquote>Lời</blockquote>"
    ) == [
        ("h2", "Kết quả"),
        ("p", "Năm 2024 có 486 cháu."),
        ("li", "Một"),
        ("li", "Hai"),
        ("quote", "Lời"),
    ]


def test_text_beside_paragraphs_and_lines_of_a_poem_are_pieces_of_their_own():
    assert lines("<div>Mở đầu<p>Giữa</p>cuối cùng<br>dòng sau</div>") == [
        ("line", "Mở đầu"),
        ("p", "Giữa"),
        ("line", "cuối cùng"),
        ("line", "dòng sau"),
    ]


def test_a_heading_or_a_cell_is_one_line_however_it_was_set():
    assert lines("<h1>Hội nghị<br>tổng kết</h1>") == [("h1", "Hội nghị tổng kết")]


def test_a_row_of_short_cells_is_one_line_and_a_table_for_layout_is_not():
    assert lines("<table><tr><th>Huyện<th>Số cháu<tr><td>Cần Giuộc<td>120</table>") == [
        ("tr", "Huyện | Số cháu"),
        ("tr", "Cần Giuộc | 120"),
    ]
    long = "Hội Liên hiệp Phụ nữ tỉnh tổ chức hội nghị sơ kết công tác Hội sáu tháng đầu năm. " * 3
    assert len(lines(f"<table><tr><td>Trang chủ<td><p>{long}</p></table>")) == 2


def test_what_no_reader_sees_is_left_out():
    assert lines(
        "<p>Thấy<script>var a</script><style>p{}</style><!-- ghi chú --><noscript>bật</noscript>"
        "<template>mẫu</template>"
        '<span class="sr-only">cho máy</span><select><option>Chọn</select></p>'
    ) == [("p", "Thấy")]
    assert lines('<p><span class="hidden md:inline">Thấy ở màn hình rộng</span></p>') == [("p", "Thấy ở màn hình rộng")]


def test_text_is_composed_and_without_marks_of_no_width():
    assert lines("<p>Hoà\u00ad  bi\u0300nh\u200b&nbsp;\n 2024</p>") == [("p", "Hoà bình 2024")]
    assert lines("<p>\u2067Hoà\u2069 \u202ebình\u202c 2024</p>") == [("p", "Hoà bình 2024")]


def test_controls_are_what_windows_meant_by_them_or_nothing():
    assert lines("<p>\x93Ngày vàng\x94 \x96 vì con\x85</p>") == [("p", "“Ngày vàng” – vì con…")]
    assert lines("<p>Cảm ơn\x85 các chị\x7f trong\x81 Hội\x1a</p>") == [("p", "Cảm ơn… các chị trong Hội")]
    assert lines("<p>\uf0b7 Hội viên\ufff9</p>") == [("p", "Hội viên")]


def test_a_time_does_not_grow_together_with_the_words_beside_it():
    assert lines("<p>Đăng<time>12/5/2024</time>bởi</p>") == [("p", "Đăng 12/5/2024 bởi")]


def test_links_and_bold_type_are_counted_in_characters():
    piece = page('<p>Xem <a href="/a">tin khác</a> và <b>đậm</b></p>').pieces[0]
    assert (piece.linked, piece.links, piece.bold) == (len("tin khác"), 1, len("đậm"))


def test_prose_is_long_or_ends_like_a_sentence_and_stands_outside_links():
    sentence = "Hội đã trao quà cho hội viên nghèo trong huyện."
    assert page(f"<p>{sentence}</p>").pieces[0].prose == len(sentence)
    assert page(f"<p>{sentence[:-1]}</p>").pieces[0].prose == 0
    assert page(f'<p><a href="/">{sentence}</a></p>').pieces[0].prose == 0


def test_an_image_is_noted_at_the_piece_after_it():
    pieces = page('<div><img src="a.jpg"><p>Chú thích</p><p>Đoạn sau</p></div>').pieces
    assert [piece.image for piece in pieces] == [True, False]


def test_a_box_knows_its_pieces_and_what_stands_in_it_at_all_depths():
    read = page('<div id="a"><p>Một đoạn</p><div><p>Hai đoạn</p></div></div><p>Ngoài</p>')
    outer = next(box for box in read.boxes if box.node.id == "a")
    assert [piece.text for piece in read.pieces[outer.start : outer.end]] == ["Một đoạn", "Hai đoạn"]
    assert outer.size == len("Một đoạnHai đoạn")
    assert read.boxes[0].size == sum(piece.size for piece in read.pieces)


def test_what_a_profile_marks_is_a_box_and_so_are_the_boxes_in_it():
    tree = LexborHTMLParser("<div><span class=day>12/5/2024</span> Tin</div>")
    read = blocks.read(tree.body, {tree.css_first(".day").mem_id: "date"})
    assert [(piece.text, piece.box.mark) for piece in read.pieces] == [("12/5/2024", "date"), ("Tin", None)]


MENU = "<nav><ul><li><a>Giới thiệu</a><li><a>Tin tức</a></ul></nav>"


def test_chrome_by_its_name_is_one_piece_where_that_is_asked_for():
    assert lines(MENU, holders=set()) == [("line", "Giới thiệu · Tin tức")]
    assert lines(MENU) == [("li", "Giới thiệu"), ("li", "Tin tức")]


def test_what_holds_the_headline_or_prose_is_walked_through_whatever_it_is_called():
    tree = LexborHTMLParser(f"<div class=menu><h1>Hội nghị</h1>{MENU}</div>")
    holders = {tree.css_first("div").mem_id}
    assert blocks.read(tree.body, holders=holders).pieces[0].text == "Hội nghị"
    prose = "Sáng 12/5, Hội Liên hiệp Phụ nữ tỉnh tổ chức hội nghị tổng kết công tác năm 2024. " * 5
    assert ("p", prose.strip()) in lines(f"<div class=comment><p>{prose}</p></div>", holders=set())


def test_a_quoted_post_is_no_share_bar():
    post = '<div class="twitter-tweet embed"><p>' + "Một lời nói hay về bình đẳng giới. " * 4 + "</p></div>"
    assert lines(post, holders=set())[0][0] == "p"


def test_chrome_is_looked_at_as_a_whole_only_so_far_for_it_may_lie_in_chrome(monkeypatch):
    monkeypatch.setattr(blocks, "_MOST_TRIED", 10)
    assert lines(MENU * 2, holders=set()) == [("line", "Giới thiệu · Tin tức"), ("li", "Giới thiệu"), ("li", "Tin tức")]


def test_the_walk_ends_on_pages_that_do_not(monkeypatch):
    monkeypatch.setattr(blocks, "MAX_NODES", 100)
    assert len(page("<p>a" * 1_000).pieces) < 100


TAGS = (
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<td>",
    "<tr>",
    "<table>",
    "<li>",
    "<b>",
    "</b>",
    "<a href=x>",
    "<br>",
    "<h2>",
    "</a>",
)


def letters(text):
    """Its characters one by one, wherever they stand: white space and the marks between cells come and go."""
    return sorted(re.sub(r"[\s|]", "", unicodedata.normalize("NFD", plain(text))))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(TAGS), st.text("aăđ ộ\u0301.", min_size=1, max_size=12))))
def test_no_visible_character_is_lost_or_doubled(parts):
    tree = LexborHTMLParser("<body>" + "".join(parts))
    told = tree.body.text(separator=" ")
    found = " ".join(piece.text for piece in blocks.read(tree.body).pieces)
    assert letters(found) == letters(told)


def test_the_cells_of_a_row_may_hold_the_paragraphs_that_word_processors_set():
    assert lines("<table><tr><td><p>Tân Lập</p><td><p><span>5.000.000</span></p><p>đồng</p></table>") == [
        ("tr", "Tân Lập | 5.000.000 đồng")
    ]
    assert len(lines("<table><tr><td><p>Một</p><p>Hai</p><p>Ba</p><p>Bốn</p><td><p>Năm</p></table>")) == 5
    assert len(lines('<table><tr><td><p><a href="/1">Tin một</a></p><td><p>Tin hai</p></table>')) == 2


def test_a_poem_set_by_its_line_breaks_is_parted_there_and_wrapped_text_is_not():
    assert lines("<pre>Chị em phụ nữ quê tôi\nĐảm đang việc nước, trọn đời vì con</pre>") == [
        ("pre", "Chị em phụ nữ quê tôi"),
        ("pre", "Đảm đang việc nước, trọn đời vì con"),
    ]
    assert len(lines("<pre>Hội LHPN xã tổ chức\nhội nghị sơ kết công tác\nsáu tháng đầu năm</pre>")) == 1


@pytest.mark.parametrize(
    "style",
    [
        "display: none",
        "position:absolute; left:-9999px",
        "text-indent:-9999em",
        "font-size:0",
        "visibility: hidden",
        "height:1px; overflow:hidden",
    ],
)
def test_words_within_a_line_that_a_style_keeps_from_readers_are_left_out(style):
    for tag in ("span", "a"):
        assert lines(f'<p>Hội LHPN xã <{tag} style="{style}">KUBET</{tag}> tặng quà.</p>') == [
            ("p", "Hội LHPN xã tặng quà.")
        ]


@pytest.mark.parametrize("style", ["text-align:left", "font-size:0.9em", "margin-top:-20px", "height:100px"])
def test_a_style_of_looks_hides_nothing(style):
    assert lines(f'<p>Hội <span style="{style}">LHPN</span> xã</p>') == [("p", "Hội LHPN xã")]
