"""Where sentences begin and end."""

import itertools

import pytest

from worker.vietnamese.sentences import around, sentence_starts


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Một. Hai! Ba? Bốn…", ["Một.", " Hai!", " Ba?", " Bốn…"]),
        ("Tại TP. Huế, Ths. Lan nói. Hết.", ["Tại TP. Huế, Ths. Lan nói.", " Hết."]),
        ("Chị nói: “Cảm ơn Hội.” Rồi về.", ["Chị nói: “Cảm ơn Hội.”", " Rồi về."]),
        ("Thu 7.644 đồng tại 8.3", ["Thu 7.644 đồng tại 8.3"]),
        ("Dòng một\nDòng hai", ["Dòng một\n", "Dòng hai"]),
        ("", [""]),
    ],
)
def test_sentences(text, sentences):
    starts = [*sentence_starts(text), len(text)]
    assert [text[one:other] for one, other in itertools.pairwise(starts)] == sentences


def test_the_sentence_around_a_span_stays_within_its_line():
    text = "Tiêu đề\nCâu một có 5 chị. Câu hai có 7 chị. Câu ba.\nDòng khác"
    start = text.index("7 chị")
    assert around(text, start, start + 5) == "Câu hai có 7 chị."
    assert around(text, text.index("5 chị"), start) == "Câu một có 5 chị. Câu hai có 7 chị."
    assert around(text, 0, 4) == "Tiêu đề"
