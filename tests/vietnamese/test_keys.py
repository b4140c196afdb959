"""Matching keys of Vietnamese text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.vietnamese import abbreviations, expand, fold, nfc, tone_key


@pytest.mark.parametrize(
    ("written", "key"),
    [("Đồng Nai", "dong nai"), ("MẸ ĐỠ ĐẦU", "me do dau"), ("Chư Păh", "chu pah"), ("K’Mi", "k’mi"), ("ß İ", "ß i")],
)
def test_folding_strips_marks_and_case_and_turns_d_with_stroke_into_d(written, key):
    assert fold(written) == key


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_keys_keep_the_length_of_nfc_text_so_that_offsets_hold(text):
    text = nfc(text)
    assert len(fold(text)) == len(text)
    assert len(tone_key(text)) == len(text)


@pytest.mark.parametrize(("old", "new"), [("Khánh Hòa", "Khánh Hoà"), ("Ủy ban", "Uỷ ban"), ("HÓA", "HOÁ")])
def test_both_tone_placements_have_one_key(old, new):
    assert tone_key(old) == tone_key(new) == new


@pytest.mark.parametrize("same", ["quý", "hoàn", "toán", "thuỷ", "của", "hoa"])
def test_syllables_with_one_spelling_keep_it(same):
    assert tone_key(same) == same


def test_decomposed_input_is_composed():
    assert nfc(unicodedata.normalize("NFD", "Hội phụ nữ")) == "Hội phụ nữ"


def test_abbreviations_are_spelled_out_as_whole_words_only():
    assert (
        expand("Hội LHPN, BCH TW; LHPNX, T.Ư Hội")
        == "Hội Liên hiệp Phụ nữ, Ban Chấp hành Trung ương; LHPNX, Trung ương Hội"
    )
    assert expand("TP. Huế và TP Huế") == "thành phố Huế và thành phố Huế"
    assert all(long for long in abbreviations().values())


@pytest.mark.parametrize("marks", ["\u0302\u0323", "\u0302\U0001d165", "\U0001d165\U0001d16d"])
def test_a_letter_keeps_thirty_marks_at_most_so_that_composing_them_stays_linear(marks):
    composed = nfc("o" + marks * 500_000 + "!😀😀")  # sorted whole, these marks would take an hour
    assert composed.endswith("!😀😀")
    assert len(unicodedata.normalize("NFD", composed)) == len("o!😀😀") + 30
