"""What was changed between two texts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dedup.stories import BODY, OTHER_BODY
from worker.dedup import changes as changing
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


def test_very_long_texts_are_shown_whole():
    long = "\n".join(f"Dòng {n}" for n in range(changing.MOST_PARAGRAPHS + 1))
    assert set(fates(long, long + "\nThêm")) == {"removed", "added"}
    assert set(fates(long, long)) == {"same"}
    words = "từ " * (changing.MOST_WORDS + 1)
    assert fates(words, words + "thêm") == ["removed", "added"]


TEXTS = st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "\n"]), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_their_changes(before, after):
    found = changes(before, after)
    assert side(found, "added") == [" ".join(line.split()) for line in before.split("\n")]
    assert side(found, "removed") == [" ".join(line.split()) for line in after.split("\n")]
