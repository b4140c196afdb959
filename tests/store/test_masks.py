"""Names of private persons become initials in the passages of their articles."""

from __future__ import annotations

from worker.store.masks import Masks

TEXT = "Chị Lê Thị Hoa và chị Lê Thị Mận được tặng quà. Chị Lê Thị Na cảm ơn."


def masks() -> Masks:
    names = ("Lê Thị Hoa", "Lê Thị Mận", "Lê Thị Na")
    return Masks({(1, "body"): [(TEXT.index(name), TEXT.index(name) + len(name)) for name in names]})


def test_the_names_of_a_whole_part_are_masked() -> None:
    assert masks().masked(1, TEXT) == "Chị L.T.H. và chị L.T.M. được tặng quà. Chị L.T.N. cảm ơn."


def test_of_a_passage_those_that_stand_in_it_and_what_it_cuts_off() -> None:
    at = TEXT.index("Thị Mận")
    assert masks().masked(1, TEXT[at : TEXT.index(" Na")], at=at) == "T.M. được tặng quà. Chị L.T."


def test_another_part_and_another_article_keep_their_words() -> None:
    assert masks().masked(1, TEXT, "title") == TEXT
    assert masks().masked(2, TEXT) == TEXT
