"""The words of words.yaml, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from worker.own_data import read_yaml


@dataclass(frozen=True, slots=True)
class Words:
    """What words.yaml holds; see there."""

    gathering: frozenset[str]
    never: frozenset[str]
    article_keys: frozenset[str]
    page_keys: frozenset[str]
    not_titles: frozenset[str]
    next_page: frozenset[str]
    no_listings: frozenset[str]
    files: frozenset[str]


@cache
def words() -> Words:
    """All word lists."""
    lists = read_yaml("worker.discover", "words.yaml")
    return Words(**{name: frozenset(entries) for name, entries in lists.items()})
