"""`worker search` on the five seeds."""

import json
import unicodedata

import pytest

from tests.commands.terminal import on_a_terminal
from tests.store.pages import opened, page


def found(worker, archive, *args):
    done = worker("search", "--json", "--archive", archive, *args)
    assert done.returncode == 0, done.stderr
    return [hit["url"].rpartition("/")[2] for hit in json.loads(done.stdout)]


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("dong nai", {"tong-ket-cum-thi-dua-mien-dong-nam-bo-2024.html"}),
        ("me do dau", {"001", "002", "003", "004", "tong-ket-cum-thi-dua-mien-dong-nam-bo-2024.html"}),
        ("khánh hòa", {"003"}),
        ("Khánh Hoà", {"003"}),
        (unicodedata.normalize("NFD", "Khánh Hòa"), {"003"}),
    ],
)
def test_words_are_found_with_or_without_marks_in_either_tone_placement_and_normal_form(
    worker, offline_archive, query, pages
):
    assert pages <= set(found(worker, offline_archive, query))


def test_filters_narrow_and_hostile_queries_give_an_answer(worker, offline_archive):
    assert found(worker, offline_archive, "mẹ đỡ đầu", "--year", 2023) == ["003"]
    assert found(worker, offline_archive, "mẹ đỡ đầu", "--source", "baophunuthudo") == ["004"]
    for query in ("NEAR(", "a AND OR NOT", "x" * 10_000):
        assert found(worker, offline_archive, query) is not None
    wrong = worker("search", "x", "--province", "Atlantis", "--archive", offline_archive)
    assert wrong.returncode == 2 and "63 provinces" in wrong.stderr


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("--source", "baophunuthud"), "baophunuthud is not a source of the archive; did you mean baophunuthudo?"),
        (("--source", "nosuch"), "there are bachsam-hungyen, baogialai, "),
        (("--kind", "moneys"), "'moneys' is not one of 'money', "),
    ],
)
def test_a_filter_that_names_nothing_is_told(worker, offline_archive, wrong, says):
    done = worker("search", "x", *wrong, "--archive", offline_archive)
    assert done.returncode == 2
    assert says in done.stderr


def test_a_word_behind_two_dashes_is_no_option(worker, offline_archive):
    assert found(worker, offline_archive, "--", "-nghị") == found(worker, offline_archive, "nghị")


@pytest.mark.parametrize("query", ["", '"', "***", "…"])
def test_a_query_without_a_word_is_told(worker, offline_archive, query):
    done = worker("search", query, "--archive", offline_archive)
    assert done.returncode == 2
    assert "there is no word to look for in" in done.stderr


def test_a_title_stays_bold_behind_a_word_that_was_sought(worker, tmp_path):
    with opened(tmp_path) as archive:
        archive.file(*page("Tổng kết phong trào", "Hội họp."))
    shown = on_a_terminal("search", "tong ket", "--archive", tmp_path)
    assert "kết\x1b[0m\x1b[1m phong trào\x1b[0m" in shown
    plain = worker("search", "tong ket", "--archive", tmp_path).stdout
    assert plain.startswith("Tổng kết phong trào\n") and "\x1b" not in plain
