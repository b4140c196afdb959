"""Dates beside links."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.discover import hints


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("22/11/2023", "2023-11-22"),
        ("(01/12/2011)", "2011-12-01"),
        ("Cập nhật: 5-3-2024", "2024-03-05"),
        ("05.03.2024", "2024-03-05"),
        ("15:25 - 09/11/2017", "2017-11-09T15:25+07:00"),
        ("08h05 ngày 09/11/2017", "2017-11-09T08:05+07:00"),
        ("Thứ tư - 20/03/2024 11:23", "2024-03-20T11:23+07:00"),
        ("09/11/2017 15:25:07", "2017-11-09T15:25+07:00"),
        ("20/03/2024 02:30 CH", "2024-03-20T14:30+07:00"),
        ("3/5/2026 3:34:00 PM", "2026-03-05T15:34+07:00"),  # an English clock stands beside an English date
        ("2/26/2026 12:00:00 AM", "2026-02-26T00:00+07:00"),
        ("2024-03-20", "2024-03-20"),
        ("2024-03-20T11:23:05", "2024-03-20T11:23+07:00"),
        ("2024-03-20T11:23:05Z", "2024-03-20T18:23+07:00"),
        ("2024-03-20 11:23:05.123 +0700", "2024-03-20T11:23+07:00"),
        ("Thu, 09 Nov 2017 08:11:07 GMT", "2017-11-09T15:11+07:00"),
        ("1710908580", "2024-03-20T11:23+07:00"),
        ("1710908580000", "2024-03-20T11:23+07:00"),
        ("31/02/2024", None),
        ("12/2024", None),
        ("8/8 chỉ tiêu", None),
        ("3 giờ trước", None),
        ("0982.095.095", None),
        ("01/01/1024", None),
        ("", None),
    ],
)
def test_a_date_is_read_in_any_usual_form(text: str, date: str | None):
    assert hints.iso(text) == date


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=150)
def test_no_text_breaks_it(text: str):
    date = hints.iso(text)
    assert date is None or "1990" <= date[:4] < "2100"
