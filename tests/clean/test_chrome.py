"""What the memory of a source says of a page's blocks."""

import pytest

from worker.clean.chrome import COMMON, KNOWN, NEW, TEASED, standings
from worker.models import Memory, Sighting, text_digest


def standing(pages, sighting, text="Lượt truy cập: 1.204"):
    seen = {text_digest(text): Sighting(*sighting)} if sighting else {}
    return standings(Memory(pages=pages, seen=seen), [text])


def test_without_memory_nothing_is_said():
    assert standings(Memory(), ["Trang chủ"]) == []


@pytest.mark.parametrize(
    ("pages", "sighting", "expected"),
    [
        (1, None, KNOWN),  # too few pages for "new" to mean anything
        (3, None, NEW),
        (5, (2, 0), TEASED),
        (5, (2, 1), KNOWN),
        (5, (5, 5), COMMON),
        (20, (12, 9), COMMON),
        (20, (11, 9), KNOWN),
    ],
)
def test_a_block_stands_by_how_many_pages_had_it_and_where(pages, sighting, expected):
    assert standing(pages, sighting) == [expected]


def test_a_counter_that_changes_at_every_hit_is_the_same_block():
    memory = Memory(pages=4, seen={text_digest("Lượt truy cập: 1.204"): Sighting(4, 0)})
    assert standings(memory, ["LƯỢT TRUY CẬP: 98.765"]) == [COMMON]
