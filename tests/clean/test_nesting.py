"""Tags nested without end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from worker.clean import nesting
from worker.clean.nesting import MAX_DEPTH


def bounded(markup):
    return nesting.bounded(markup.encode()).decode()


def deepest(markup):
    tree = LexborHTMLParser(markup)
    depth = 0
    node = tree.body
    while node is not None:
        depth, node = depth + 1, node.child
    return depth


@pytest.mark.parametrize("tag", ["div", "b class=x", "span", "ul><li", "blockquote><p", "table><tr><td"])
@pytest.mark.parametrize("closed", [False, True])
def test_a_hundred_thousand_levels_become_a_few_hundred_and_the_text_stays(tag, closed):
    name = tag.partition(">")[0].partition(" ")[0]
    markup = "<body>" + f"<{tag}>" * 100_000 + "Hội phụ nữ" + f"</{name}>" * 100_000 * closed
    flat = bounded(markup)
    assert deepest(flat) <= 4 * MAX_DEPTH
    assert "Hội phụ nữ" in LexborHTMLParser(flat).body.text()


@pytest.mark.parametrize(
    "markup",
    [
        "<p>một<p>hai" * 20_000,
        "<ul>" + "<li>một" * 30_000,
        "<table>" + "<tr><td>1<td>2" * 20_000,
        "<img src=a>" * 50_000,
        "<div><b>x</b></div>" * 50_000,
        "a<br>b" * 50_000,
    ],
)
def test_many_siblings_are_no_depth(markup):
    assert bounded(markup) == markup


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["<div>", "</div>", "<b>", "</b>", "<p>", "chữ ", "<", "</", "<!--", "-->"]), max_size=60)
)
def test_what_is_not_deep_stays_as_it_is(pieces):
    markup = "".join(pieces)
    assert bounded(markup) == markup


def test_a_tag_of_endless_attributes_keeps_its_name_and_what_follows_it():
    endless = "<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">Còn lại</p><p>Sau</p>"
    assert bounded("<h1>Tin</h1>" + endless) == "<h1>Tin</h1><p>Còn lại</p><p>Sau</p>"
    assert bounded("<h1>Tin</h1><p " + "a " * 100_000) == "<h1>Tin</h1><p"


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_tag_of_endless_values_that_hold_ends_of_tags_keeps_its_name_and_what_follows_it(quote):
    endless = "<p " + " ".join(f"a{number}={quote}>{quote}" for number in range(60_000)) + ">Còn lại</p><p>Sau</p>"
    assert bounded("<h1>Tin</h1>" + endless) == "<h1>Tin</h1><p>Còn lại</p><p>Sau</p>"


def test_a_long_script_with_a_quote_left_open_does_not_swallow_what_follows_it():
    page = "<script>if(i<n && c == '\"') {" + "a = '\"'; " * 60_000 + "}</script><p>Hội phụ nữ</p>"
    assert "Hội phụ nữ" in LexborHTMLParser(bounded(page)).body.css_first("p").text()


def test_a_picture_as_data_and_a_long_script_do_not_swallow_what_follows_them():
    picture = f'<p>Trước</p><img alt="x" src="data:image/png;base64,{"QUJD" * 40_000}"><p>Sau</p>'
    assert bounded(picture) == "<p>Trước</p><img><p>Sau</p>"
    script = f"<script>if(i<n){{{'a=1;' * 40_000}}}</script><p>Sau</p>"
    assert bounded(script).endswith("</script><p>Sau</p>")


def test_a_long_paragraph_is_no_long_tag():
    text = "<p>" + "Hội LHPN tỉnh trao quà. " * 10_000 + "</p>"
    assert bounded(text) == text


def elements(markup):
    return len(LexborHTMLParser(bounded(markup)).css("*"))


@pytest.mark.parametrize("names", ["b", "i", "a", "font", "b i u code"])
def test_formatting_that_nobody_closes_is_not_opened_again_in_every_paragraph(names):
    formats = "".join(f"<{name} n={number}>" for number in range(200) for name in names.split())
    page = f"<p>{formats}" + "<p>Hội phụ nữ" * 10_000
    assert elements(page) < 1_100_000
    assert bounded(page).count("Hội phụ nữ") == 10_000


def test_an_honest_page_with_some_formatting_left_open_is_as_it_was():
    page = "<p><b>Đậm <i>nghiêng<p>Sau</p>" * 20
    assert bounded(page) == page


def test_what_follows_half_a_million_tags_is_left(monkeypatch):
    monkeypatch.setattr(nesting, "MAX_TAGS", 1_000)
    assert 900 < bounded("<p>x" * 100_000).count("<p>") < 10_000
