"""Shingles, and the sample that finds shared passages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dedup.stories import BODY, OTHER_BODY
from worker.dedup.shingles import BITS, NARROW, SIZE, WIDE, expected, sample, shingles, window
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
    assert sample([], 12) == set()
    assert sample([5, 3, 4], 12) == {3}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 50), max_size=90), st.integers(1, 30))
def test_a_sample_has_the_least_of_every_window(numbers, width):
    windows = [numbers[at : at + width] for at in range(max(1, len(numbers) - width + 1))]
    assert sample(numbers, width) == {min(one) for one in windows if one}


WORDS = st.lists(st.sampled_from(["ba", "bà", "bá", "bả", "bã", "ca", "cà", "cá"]), max_size=300)


@settings(max_examples=100, deadline=None)
@given(WORDS, WORDS, st.lists(st.sampled_from(["xanh", "đỏ", "tím", "vàng"]), min_size=70, max_size=90))
def test_a_passage_of_a_window_s_length_is_always_found_by_what_is_kept(before, after, passage):
    kept, sought = shingles(before + passage), shingles(passage + after)
    assert len(passage) >= SIZE + window(len(kept)) - 1
    assert sample(kept, window(len(kept))) & sample(sought, NARROW)


def test_little_is_kept_of_a_text_of_any_length():
    numbers = shingles(syllables(BODY + OTHER_BODY))
    assert len(sample(numbers, window(len(numbers)))) < 2 * expected(len(numbers)) < 100
    assert [window(count) for count in (0, 100, 480, 10_000)] == [NARROW, NARROW, 40, WIDE]
