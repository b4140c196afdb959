"""One of anything is told in the singular, whichever command tells it."""

import re

import pytest

_SEVERAL = re.compile(r"\b1 (?:new )?\w+s (?!is\b|was\b)|\b1 \w+ (?:were|are|have|lie)\b")


@pytest.fixture(scope="module")
def single(worker, tmp_path_factory):
    """An archive of one article."""
    directory = tmp_path_factory.mktemp("single")
    done = worker("crawl", "--offline", "hoilhpn-trung-uong", "--limit", "1", "--archive", directory / "archive")
    assert done.returncode == 0, done.stderr
    return directory


@pytest.mark.parametrize(
    ("command", "to", "told"),
    [
        (["verify"], None, "is sound: 1 article, every"),
        (["rebuild", "--dry-run"], None, "1 article was read again, 0 would change."),
        (["rebuild"], None, "1 article was read again, 0 changed."),
        (["backup"], "copy", "1 article is copied to"),
        (["export", "wacz"], "all.wacz", "all.wacz: 1 capture, "),
        (["export", "data"], "data", "articles.csv: 1 row\n"),
        (["status"], None, "1 from 1 source, "),
    ],
)
def test_one_is_told_in_the_singular(worker, single, command, to, told):
    said = worker(*command, *([single / to] if to else []), "--archive", single / "archive").stdout
    assert told in said
    assert not _SEVERAL.search(said)


def test_a_merge_of_one_capture_too(worker, single):
    said = worker("merge", single / "archive", "--archive", single / "merged").stdout
    assert "1 capture was looked at.\n" in said
    assert "0 links, 2 runs and 0 documents" in said or "0 links, 1 run and 0 documents" in said
