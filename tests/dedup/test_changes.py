"""What was changed between two texts."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dedup.stories import BODY, OTHER_BODY
from worker.dedup.changes import changes


def fates(before, after):
    return [change.fate for change in changes(before, after)]


def side(found, other):
    """One of the two texts again, from its changes; white space evened out."""
    paragraphs = []
    for change in found:
        words = [run.text for run in change.runs if run.fate != other]
        if change.fate != other:
            paragraphs.append(" ".join(" ".join(words).split()))
    return paragraphs


def test_equal_texts_have_no_changes():
    assert set(fates(BODY, BODY)) == {"same"}


def test_a_corrected_number_is_shown_in_its_paragraph():
    found = [change for change in changes(BODY, BODY.replace("45 hội viên", "46 hội viên")) if change.fate != "same"]
    (changed,) = found
    assert changed.fate == "changed"
    assert [(run.fate, run.text) for run in changed.runs if run.fate != "same"] == [("removed", "45"), ("added", "46")]


def test_paragraphs_come_and_go():
    lines = BODY.split("\n")
    assert fates(BODY, "\n".join(lines[:2] + lines[3:])) == ["same", "same", "removed", "same", "same", "same"]
    assert fates("\n".join(lines[:2]), "\n".join([*lines[:2], OTHER_BODY.split("\n")[0]])) == ["same", "same", "added"]


def test_another_text_is_not_a_changed_one():
    assert set(fates(BODY, OTHER_BODY)) == {"removed", "added"}


def test_what_was_put_in_or_taken_out_before_a_changed_paragraph_hides_no_word_of_it():
    one, two = "Năm nay có 5 em mồ côi được đỡ đầu.", "Hội xã trao vốn cho 20 hộ nghèo."
    new_one, new_two = one.replace("5", "6"), two.replace("20", "21")
    put_in, more = "Chen vào, hoàn toàn khác hẳn.", "Lại thêm dòng nữa."
    assert fates(f"{one}\n{two}", f"{put_in}\n{more}\n{new_one}\n{new_two}") == ["added", "added", "changed", "changed"]
    assert fates(f"{put_in}\n{one}\n{two}", f"{new_one}\n{new_two}") == ["removed", "changed", "changed"]
    nearly = "Năm nay có mưa to, 5 em được nghỉ."
    assert fates(one, f"{nearly}\n{new_one}") == ["added", "changed"]  # the most alike, not the first


def test_a_long_text_and_a_long_paragraph_are_compared_too():
    long = "\n".join(f"Dòng {n}" for n in range(5_000))
    assert fates(long, long + "\nThêm").count("same") == 5_000
    words = " ".join(f"từ{n}" for n in range(2_000))
    assert [run.fate for run in changes(words, words + " thêm")[0].runs] == ["same", "added"]


def test_long_texts_of_few_words_are_shown_whole():
    """To compare them would take minutes: the steps grow with the cube of their length."""
    before, after = (Random(seed).choices("ab", k=1_000) for seed in (1, 2))  # noqa: S311 - a fixed text, no secret
    for between in (" ", "\n"):
        assert set(fates(between.join(before), between.join(after))) == {"removed", "added"}
        assert set(fates(between.join(before), between.join(before))) == {"same"}


TEXTS = st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "\n"]), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_their_changes(before, after):
    found = changes(before, after)
    assert side(found, "added") == [" ".join(line.split()) for line in before.split("\n")]
    assert side(found, "removed") == [" ".join(line.split()) for line in after.split("\n")]
