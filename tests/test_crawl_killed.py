"""A crawl that is killed goes on where it was: nothing is lost, doubled, damaged, or fetched again."""

from random import Random

import pytest

from tests.killed import Tried


@pytest.mark.parametrize("options", [(), ("--backfill",)], ids=["usual", "backfill"])
def test_killed_at_random_moments_nothing_is_lost_doubled_damaged_or_fetched_again(tmp_path, options):
    dice = Random(5)  # noqa: S311 - moments, not secrets
    tried = Tried(tmp_path, pages=36, dice=dice, options=options)
    tried.run(kills=5)
    assert tried.problems == []
    assert tried.kills >= 3
