"""Cells of a CSV file that a spreadsheet would run."""

import pytest

from worker.spreadsheet import inert


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_opens_like_a_formula(opening):
    """The openings that spreadsheets run, or skip before one that they run. Source: OWASP, "CSV Injection"."""
    assert inert(f"{opening}1+1") == f"'{opening}1+1"


def test_numbers_and_other_texts_stay_as_they_are():
    assert [inert(cell) for cell in (-1, None, "20 triệu đồng", "a=b")] == [-1, None, "20 triệu đồng", "a=b"]
