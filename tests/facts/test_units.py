"""The data files of the number modules: what a person edits there is checked here."""

from __future__ import annotations

import csv
import doctest
import unicodedata
from importlib.resources import files

import yaml

from worker.facts import numbers, units

KINDS = {"person", "household", "group", "place", "thing", "work", "measure", "none"}
DATA = files("worker.facts").joinpath("data")


def test_a_unit_is_listed_once_in_lower_case_with_a_known_kind() -> None:
    lines = DATA.joinpath("units.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    names = [row["unit"] for row in rows]

    assert len(names) == len(set(names)) > 1000
    assert {row["kind"] for row in rows} == KINDS
    assert all(name == unicodedata.normalize("NFC", name).lower().strip() for name in names)


def test_the_longest_unit_wins() -> None:
    assert units.match("12 ngày công", 2) == units.Unit(3, 12, "thing")
    assert units.match("12 ngày", 2) == units.Unit(3, 7, "none")
    assert units.match("12 hộ nghèo", 2) == units.Unit(3, 11, "household")
    assert units.match("12 hộc", 2) is None


def test_units_of_one_kind_are_counted_together() -> None:
    key = "200 cán bộ, hội viên và phụ nữ, 5 hộ"
    unit = units.match_list(key, 3)
    assert unit is not None
    assert key[unit.start : unit.end] == "cán bộ, hội viên và phụ nữ"
    assert units.match_list("15 uỷ viên, bà lê thị hoa", 2) == units.match("15 uỷ viên", 2)
    assert units.match_list("15 ông, bà", 2) == units.Unit(3, 10, "person")


def test_the_cue_lists_are_words_in_lower_case() -> None:
    for words in yaml.safe_load(DATA.joinpath("cues.yaml").read_text("utf-8")).values():
        assert words
        assert all(isinstance(word, str) and word == word.lower() for word in words)


def test_the_examples_in_the_docstrings_hold() -> None:
    for module in (numbers, units):
        result = doctest.testmod(module)
        assert result.attempted
        assert not result.failed
