"""Facts marked in a text: every span is seen, in whatever way spans overlap, and no text becomes markup."""

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from worker.browse.marks import DEEPEST, Span, marked, plain


def span(start: int, end: int, kind: str = "money", row: int = 1, value: str = "v") -> Span:
    return Span(start, end, kind, row, value, anchor=f"f{start}-{end}")


class Reader(HTMLParser):
    """Reads marked text back: the text, and for each character the values of the marks around it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.over: list[tuple[str, ...]] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self._open: list[str] = []
        self.feed(str(html))
        self.close()
        assert not self._open, "a mark is left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        assert tag == "mark" or (tag == "span" and attributes.keys() == {"id"}), f"the text made a <{tag}>"
        self.tags.append(tag)
        if tag == "span":
            self.ids.append(attributes["id"] or "")
            return
        self._open.append(attributes["data-value"] or "")
        if "id" in attributes:
            self.ids.append(attributes["id"] or "")

    def handle_endtag(self, tag: str) -> None:
        if self.tags.pop() == "mark":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        self.over += [tuple(self._open)] * len(data)


def test_a_span_becomes_a_mark_with_its_value_and_a_way_in_by_keyboard():
    html = marked("gần 3 tỷ đồng.", [span(0, 13, value="Số tiền: gần 3 tỷ đồng")])
    assert html == (
        '<mark class="fact fact-money" data-value="Số tiền: gần 3 tỷ đồng" id="f0-13" tabindex="0"'
        ' aria-describedby="value-1">gần 3 tỷ đồng</mark>.'
    )


def test_a_span_inside_another_is_nested_in_it():
    html = marked("Hội LHPN tỉnh Hưng Yên", [span(0, 22, "organisation", value="o"), span(14, 22, "place", value="p")])
    assert re.sub(r' (class|id|tabindex|aria-describedby)="[^"]*"', "", html) == (
        '<mark data-value="o">Hội LHPN tỉnh <mark data-value="p">Hưng Yên</mark></mark>'
    )


def test_spans_that_cross_are_split_where_the_first_ends():
    read = Reader(marked("abcdef", [span(0, 4, value="x"), span(2, 6, value="y")]))
    assert read.over == [("x",), ("x",), ("x", "y"), ("x", "y"), ("y",), ("y",)]


def test_spans_of_one_place_are_one_mark_with_all_values():
    html = marked("năm 2024", [span(0, 8, "date", 1, "d"), span(0, 8, "theme", 2, "t")])
    assert html.count("<mark") == 1
    assert 'data-value="d · t"' in html
    assert 'aria-describedby="value-1 value-2"' in html


def test_each_of_them_can_be_linked_to():
    text = [Span(0, 8, "date", 1, "d", "f1"), Span(0, 8, "theme", 2, "t", "f2")]
    assert Reader(marked("năm 2024", text)).ids == ["f1", "f2"]


def test_offsets_count_from_where_the_text_begins():
    assert Reader(marked("tỷ đồng", [span(103, 107)], offset=100)).over == [(), (), (), *[("v",)] * 4]


def test_of_a_span_that_began_a_line_before_the_rest_is_marked():
    read = Reader(marked("0123", [span(8, 12)], offset=10))
    assert read.over == [("v",), ("v",), (), ()]
    assert read.ids == [], "the beginning of this span is in the line before: a link goes there"
    beside = Reader(marked("0123", [span(8, 12), span(10, 12)], offset=10))
    assert beside.ids == ["f10-12"]


def test_text_and_values_are_escaped():
    html = marked('<script>"&', [span(0, 8, value='"><img src=x onerror=alert(1)>')])
    assert "<script" not in html
    assert "<img" not in html
    assert Reader(html).over[0] == ('"><img src=x onerror=alert(1)>',)


def test_characters_that_reorder_or_hide_text_are_shown_as_such():
    assert plain("a\u202eb\u2066c\x00d\x1be\u200ff\uffff") == "a�b�c�d�e�f�"
    assert plain("Hội\tLHPN\nViệt Nam\u200b") == "Hội\tLHPN\nViệt Nam\u200b"


spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 9)).map(
        lambda t: span(t[0], t[1], row=t[2], value=f"v{t[2]}")
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=35), spans)
def test_whatever_overlaps_the_text_stays_and_every_span_is_around_its_characters(text: str, spans: list[Span]):
    read = Reader(marked(text, spans))
    assert read.text == plain(text)
    assert len(read.ids) == len(set(read.ids))
    for at, values in enumerate(read.over):
        around = {one.value for one in spans if one.start <= at < one.end}
        assert {value for joined in values for value in joined.split(" · ")} <= around
        if len({(one.start, one.end) for one in spans if one.start <= at < one.end}) < DEEPEST:
            assert {value for joined in values for value in joined.split(" · ")} == around
