"""Pages that want to be slow or large give a result, with the text that is in them; tests/bench/hostile.py times it."""

from datetime import UTC, datetime

import pytest

from worker.clean import MAX_BYTES, clean
from worker.models import Capture, Memory, PageKind

SENTENCE = "Hội LHPN tỉnh trao 5 triệu đồng cho 12 hội viên nghèo. "
TEXT = f"<p>{SENTENCE * 5}</p>"


def read(body: bytes | str, mime="text/html"):
    body = body.encode() if isinstance(body, str) else body
    headers = (("content-type", mime),)
    return clean(
        Capture(
            url="https://hoi.test/tin",
            fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
            status=200,
            body=body,
            headers=headers,
        ),
        None,
        Memory(),
    )


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Tin</h1>" + "<div>" * 100_000 + TEXT,
        "<h1>Tin</h1>" + "<b><i><p>" * 100_000 + TEXT,
        f'<h1 title="{"x" * 10_000_000}">Tin</h1>{TEXT}',
        f"<h1>Tin</h1><div {' '.join(f'a{n}=1' for n in range(1_000_000))}>{TEXT}",
        "<h1>Tin</h1>" + TEXT.replace(". ", ".\0 "),
        f"<h1>Tin</h1><!-- {'- ' * 2_000_000} -->{TEXT}",
    ],
    ids=["deep", "formatting", "attribute", "attributes", "zeros", "comment"],
)
def test_the_text_of_a_page_is_found_in_whatever_lies_around_it(page):
    article = read(page).article
    assert article is not None
    assert article.body.strip() == (SENTENCE * 5).strip()


def test_of_a_text_of_fifty_megabytes_as_much_is_read_as_of_any_page():
    article = read("<h1>Tin</h1><p>" + SENTENCE * (50_000_000 // len(SENTENCE.encode()))).article
    assert article is not None
    assert MAX_BYTES - 1_000 < len(article.body.encode()) <= MAX_BYTES


@pytest.mark.parametrize("declared", ["utf-16", "windows-1258", "shift_jis", "iso-2022-jp", "no-such-charset"])
def test_a_wrong_charset_that_is_declared_costs_no_letter(declared):
    refined = read(f'<meta charset="{declared}"><h1>Tin</h1>{TEXT}', f"text/html; charset={declared}")
    assert refined.article is not None
    assert refined.article.body.strip() == (SENTENCE * 5).strip()
    assert refined.charset == "utf-8"


@pytest.mark.parametrize("body", [b"\0" * 1_000_000, b"<" * 1_000_000, b"&#" * 500_000, b"<p>. - ! " * 100_000])
def test_what_has_no_letter_is_no_article(body):
    assert read(body).kind is PageKind.EMPTY
