"""Cookies that a first answer sets by script."""

from __future__ import annotations

import pytest

from worker.fetch.challenge import cookie

SET = (
    b'<script>document.cookie="D1N=1a2b;expires=Fri, 31-Dec-2099 23:59:59 GMT;path=/";'
    b"window.location.reload(true);</script>"
)


def test_a_cookie_in_plain_text_before_a_reload_is_read():
    assert cookie(200, SET) == ("D1N", "1a2b")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<p>document.cookie</p>",
        SET.replace(b"window.location.reload(true);", b""),  # a page that sets a cookie and stays
        b'<script>document.cookie="D1N="+toHex(slowAES.decrypt(c,2,a,b));location.reload()</script>',
        SET + b"<p>" + "Hội nghị tổng kết công tác Hội.".encode() * 200,
    ],
)
def test_pages_with_something_to_read_and_computed_cookies_are_left_alone(body: bytes):
    assert cookie(200, body) is None


def test_errors_set_nothing():
    assert cookie(403, SET) is None
