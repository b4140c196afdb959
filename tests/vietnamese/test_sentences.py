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
        ("Sáng 27/03/2021. tại xã. Rồi về.", ["Sáng 27/03/2021. tại xã.", " Rồi về."]),
        ("Họp ngày 27/03/2021. Rồi về.", ["Họp ngày 27/03/2021.", " Rồi về."]),
        ("Thu 7.644 đồng tại 8.3", ["Thu 7.644 đồng tại 8.3"]),
        ("Dòng một\nDòng hai", ["Dòng một\n", "Dòng hai"]),
        ("", [""]),
    ],
)
def test_sentences(text, sentences):
    starts = [*sentence_starts(text), len(text)]
    assert [text[one:other] for one, other in itertools.pairwise(starts)] == sentences


def passage(text, words):
    start = text.index(words)
    said = around(text, start, start + len(words))
    return f"{'' if said.opens else '… '}{text[said.start : said.end]}{'' if said.closes else ' …'}"


def test_the_sentence_around_a_span_stays_within_its_line():
    text = "Tiêu đề\nCâu một có 5 chị. Câu hai có 7 chị. Câu ba.\nDòng khác"
    assert passage(text, "7 chị") == "Câu hai có 7 chị."
    assert passage(text, "5 chị. Câu hai") == "Câu một có 5 chị. Câu hai có 7 chị."
    assert passage(text, "Tiêu") == "Tiêu đề"
    assert passage(text, "Dòng khác") == "Dòng khác"


@pytest.mark.parametrize(
    "sentence",
    [
        "Hội tặng 5 nhà; sửa 3 cầu; trao 9 suất quà trị giá 2 triệu đồng; thăm 4 Mẹ.",
        "Hội thăm đồn biên phòng,… tặng quà, gạo, v.v. và trao 9 suất quà cho bà con.",
        "Tại TP. Huế, Ths. Lê Thị Lan trao 9 suất quà.",
        "Chị nói: “Tôi nhận 9 suất quà. Cảm ơn Hội.”",
    ],
)
def test_a_sentence_is_what_a_reader_takes_for_one(sentence):
    text = f"Trước đó họp.  {sentence} \t 7 chị dự. Hết."
    assert passage(text, "9 suất") == sentence.partition(" Cảm ơn")[0]


def test_a_sentence_that_does_not_end_is_cut_at_a_clause_else_at_a_blank():
    listed = "xây 5 nhà ở xã Một; sửa 3 cầu ở xã Hai; " * 50
    said = passage(f"Hội đã {listed}trao 9 suất quà; {listed}hết.", "9 suất")
    assert said.startswith(("… xây 5 nhà", "… sửa 3 cầu")) and said.endswith("xã Hai; …")
    assert 400 < len(said) < 700
    said = passage("gạo và muối " * 500 + "9 suất" + " muối và gạo" * 500, "9 suất")
    assert said.startswith(("… gạo", "… và", "… muối")) and said.endswith(("gạo …", "và …", "muối …"))
    assert len(passage("x" * 5000 + "9 suất" + "y" * 5000, "9 suất")) < 700
