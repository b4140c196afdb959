import pytest

from worker.vietnamese.syllables import is_syllable


@pytest.mark.parametrize("word", ["nghiêng", "Đắk", "hội", "quý", "giữ", "khuyến", "thuỷ", "thủy", "ƯU", "gì", "oan"])
def test_syllables_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["été", "straße", "niño", "höp", "Liªn", "cắtt", "cờt", "hoạ̀", "", "x" * 50])
def test_what_spelling_does_not_allow_is_no_syllable(word):
    assert not is_syllable(word)
