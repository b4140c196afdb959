"""Tags nested without end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from worker.clean.nesting import MAX_DEPTH, bounded


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
