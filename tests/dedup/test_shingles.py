"""Shingles, and the sample that finds shared passages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dedup.stories import BODY, OTHER_BODY
from worker.dedup.shingles import BITS, SIZE, WINDOW, sample, shingles
from worker.dedup.syllables import fingerprint, syllables


def test_the_same_passage_gives_the_same_shingles_wherever_it_stands():
    passage = syllables(BODY)[20:40]
    assert set(shingles(passage)) <= set(shingles(syllables(OTHER_BODY) + passage + syllables(BODY)))


def test_other_words_and_another_order_give_other_shingles():
    words = ["một", "hai", "ba", "bốn", "năm"]
    assert shingles(words) != shingles(words[::-1])
    assert len({shingles([*words[:n], "x", *words[n + 1 :]])[0] for n in range(5)}) == 5


def test_shingles_are_the_same_on_every_machine_and_fit_their_bits():
    assert shingles(["hội", "liên", "hiệp", "phụ", "nữ", "việt"]) == [
        34888289733041,
        103135088152886,
    ]
    assert all(0 <= number < 1 << BITS for number in shingles(syllables(BODY)))
    assert fingerprint(["hội", "phụ", "nữ"]) == 5220819444573965547


def test_short_and_empty_texts():
    assert len(shingles(["một", "hai"])) == 1
    assert shingles([]) == []
    assert sample([]) == set()
    assert sample([5, 3, 4]) == {3}


SYLLABLES = st.lists(st.sampled_from(["ba", "bà", "bá", "bả", "bã", "ca", "cà", "cá"]), max_size=60)


@settings(max_examples=100, deadline=None)
@given(SYLLABLES, SYLLABLES, st.lists(st.sampled_from(["xanh", "đỏ", "tím", "vàng"]), min_size=28, max_size=40))
def test_a_passage_of_window_length_is_always_found_by_its_sample(before, after, passage):
    assert len(passage) >= SIZE + WINDOW - 1
    one, other = shingles(before + passage), shingles(passage + after)
    assert sample(one) & sample(other)


def test_the_sample_is_small():
    numbers = shingles(syllables(BODY + OTHER_BODY))
    assert len(sample(numbers)) < len(numbers) / 8
