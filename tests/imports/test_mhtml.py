"""MHTML files, as Chromium saves a page with its pictures in one file."""

import base64
import quopri
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_import import rows, take
from tests.web.nukeviet import NukeViet
from tests.web.stories import stories
from worker.imports import mhtml
from worker.store import Archive

HEAD = """From: <Saved by Blink>
Snapshot-Content-Location: {url}
Subject: =?utf-8?Q?H=E1=BB=99i=20ngh=E1=BB=8B?=
Date: Tue, 21 Nov 2023 14:05:06 +0700
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----MultipartBoundary--x----"

"""
PART = """------MultipartBoundary--x----
Content-Type: {mime}
Content-ID: <frame-0@mhtml.blink>
Content-Transfer-Encoding: {coding}
Content-Location: {url}

"""
END = "\n------MultipartBoundary--x------\n"
AT = datetime(2023, 11, 21, 7, 5, 6, tzinfo=UTC)


def saved(html: bytes, url: str, coding: str = "quoted-printable") -> bytes:
    """A page as Chromium saves it, with a style sheet behind it."""
    packed = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "binary": bytes}[coding](html)
    style = PART.format(mime="text/css", coding="quoted-printable", url="cid:css-1@mhtml.blink") + "p {{}}"
    page = PART.format(mime="text/html", coding=coding, url=url)
    return HEAD.format(url=url).encode() + page.encode() + packed + b"\n" + style.encode() + END.encode()


@pytest.mark.parametrize("name", ["a.mhtml", "b.MHT"])
@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "binary"])
def test_an_article_is_taken_from_its_address_at_the_time_when_it_was_saved(tmp_path, name, coding):
    portal = NukeViet(stories=list(stories(1, seed=3)))
    portal.base = "https://phunu.example.vn/"
    story = portal.newest[0]
    (tmp_path / "saved").mkdir()
    html = portal.article_page(story).encode()
    (tmp_path / "saved" / name).write_bytes(saved(html, portal.url_of(story), coding))
    with Archive.open(tmp_path / "archive", write=True) as archive:
        result = take(archive, portal, tmp_path / "saved")
        assert dict(result.filed) == {"new": 1}
        assert rows(archive, "SELECT title FROM articles") == [(story.title,)]
        assert rows(archive, "SELECT url, fetched_at FROM captures") == [(portal.url_of(story), "2023-11-21T07:05:06Z")]


def test_the_page_s_own_place_is_its_address_where_the_message_names_none():
    """As Internet Explorer saves it."""
    data = saved(b"<p>x", "https://hoi.vn/a.html").replace(b"Snapshot-Content-Location", b"X-Other")
    assert mhtml.read(data) == (b"<p>x", "text/html", "https://hoi.vn/a.html", AT)


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", HEAD.format(url="https://hoi.vn/").encode(), b"Content-Type: image/png\n\nx"],
    ids=["nothing", "no message", "no part", "a picture"],
)
def test_what_holds_no_page_is_none(data):
    assert mhtml.read(data) is None


@given(st.binary(max_size=300), st.integers(0, 900))
def test_no_bytes_break_it(noise, place):
    mhtml.read(saved(b"<p>x", "https://hoi.vn/a.html")[:place] + noise)
