"""The words by which a text says that somebody takes an office: data/choosing.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain, pairwise

from worker.own_data import read_yaml
from worker.vietnamese import tone_key


@cache
def phrases(name: str) -> frozenset[str]:
    """The phrases of one list, each of one word or two."""
    data = read_yaml("worker.facts", "data/choosing.yaml")
    return frozenset(map(tone_key, data[name]))


@cache
def _begin(name: str) -> frozenset[str]:
    """The words with which the phrases of one list begin."""
    return frozenset(phrase.partition(" ")[0] for phrase in phrases(name))


def says(name: str, keys: Sequence[str]) -> bool:
    """Does a phrase of this list stand among these words?"""
    if _begin(name).isdisjoint(keys):
        return False
    pairs = [f"{one} {other}" for one, other in pairwise(keys)]
    other = {index for index, pair in enumerate(pairs) if pair in phrases("no_verbs")}  # "cử nhân", "xét chọn"
    if other:
        keys = [key for index, key in enumerate(keys) if other.isdisjoint((index, index - 1))]
    return not phrases(name).isdisjoint(chain(keys, pairs))
