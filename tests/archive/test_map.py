"""The map of the provinces: which shapes there are, and what each shows."""

import re

import pytest

from worker.browse.map import STEPS, Told, draw
from worker.browse.values import provinces


def told(**numbers: float) -> dict[str, Told]:
    return {code.removeprefix("p"): Told(number, f"{number:g}", "/") for code, number in numbers.items()}


@pytest.mark.parametrize("scheme", ["63", "34"])
def test_every_province_has_one_shape_within_the_drawing(scheme: str):
    drawn = draw({}, scheme)
    assert len(drawn.areas) == int(scheme)
    which = 0 if scheme == "63" else 1
    assert {area.name for area in drawn.areas} == {names[which] for names in provinces().values()}
    width, height = map(float, drawn.view_box.split()[2:])
    for area in drawn.areas:
        starts = re.findall(r"M(-?[\d.]+) (-?[\d.]+)", area.path)
        assert starts
        assert all(-1 <= float(x) <= width and -3 <= float(y) <= height for x, y in starts), area.name
        assert re.fullmatch(r"(M[^Mz]+z)+", area.path), area.name


def test_both_archipelagos_are_drawn_on_both_maps():
    for scheme in ("63", "34"):
        paths = {area.name: area.path for area in draw({}, scheme).areas}
        for name in ("Đà Nẵng", "Khánh Hòa"):
            assert any(float(x) > 500 for x in re.findall(r"M([\d.]+) ", paths[name])), f"{name} on the map of {scheme}"


def test_a_map_of_the_34_shows_the_largest_figure_of_what_was_merged():
    drawn = draw(told(p60=5, p67=9, p68=7), "34")  # Bình Thuận, Đắk Nông and Lâm Đồng are Lâm Đồng since July 2025
    assert [(area.name, area.told.words) for area in drawn.rows if area.told] == [("Lâm Đồng", "9")]


def test_codes_that_changed_their_meaning_are_read_as_those_of_the_63():
    drawn = draw(told(p15=1), "34")  # 15 was Yên Bái, and is Lào Cai now, which Yên Bái belongs to
    assert [area.name for area in drawn.rows] == ["Lào Cai"]
    assert [area.name for area in draw(told(p15=1), "63").rows] == ["Yên Bái"]


def test_shades_follow_the_numbers_and_nothing_told_has_none():
    drawn = draw(told(p01=1, p04=10, p30=100, p79=1000, p92=10_000), "63")
    assert [area.shade for area in drawn.rows] == [5, 4, 3, 2, 1]
    assert sum(area.shade == 0 for area in drawn.areas) == 63 - 5
    assert [area.shade for area in draw(told(p01=3), "63").rows] == [STEPS]


def test_an_unknown_scheme_or_province_is_the_map_of_today():
    drawn = draw(told(p00=1), "<script>")
    assert drawn.scheme == "34"
    assert drawn.rows == []


def test_a_number_of_a_former_province_is_told_as_its_own():
    drawn = draw(told(p60=5, p67=9, p68=7, p70=3), "34")
    assert [(area.name, area.part) for area in drawn.rows] == [("Lâm Đồng", "Đắk Nông"), ("Đồng Nai", "Bình Phước")]
    assert [area.part for area in draw(told(p68=7, p70=3), "63").rows] == [None, None]
    assert [area.part for area in draw(told(p68=7), "34").rows] == [None]
