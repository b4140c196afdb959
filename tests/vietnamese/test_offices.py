"""One spelling for an office, however reports write it."""

import doctest

import pytest

from worker.vietnamese import offices


@pytest.mark.parametrize(
    ("role", "spelled"),
    [
        ("Phó Chủ Tịch Thường trực", "Phó chủ tịch thường trực"),
        ("PCT TT", "Phó chủ tịch thường trực"),
        ("Trưởng Ban Văn hóa - Xã hội", "Trưởng ban văn hoá - xã hội"),
        ("Trưởng phòng Kinh tế, Hạ tầng", "Trưởng phòng kinh tế, hạ tầng"),
    ],
)
def test_an_office_is_one_in_any_spelling_and_whole(role: str, spelled: str) -> None:
    assert offices.office(role) == spelled


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(offices).failed == 0
