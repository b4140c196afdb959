"""The names of private persons, as initials where passages of many articles are gathered.

An article is what its site has published, and keeps its words on its own page. A list, a feed, a table or the results
of a search make another thing of them: whoever is named there without an office (`private_facts`, see telling.py)
stands in their passages as the press writes it, "chị N.T.H.".
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from worker.vietnamese.initials import initials

_LONGEST = 1000
"""Code points of a name, at the most: those that begin farther before a passage do not reach into it."""


@dataclass(frozen=True, slots=True)
class Masks:
    """Where the names of private persons stand in some articles: article and part -> starts and ends, in order."""

    places: Mapping[tuple[int, str], list[tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: sqlite3.Connection, articles: Iterable[int]) -> Masks:
        """Those of these articles."""
        places: defaultdict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
        for article, part, start, end in connection.execute(_NAMES, [json.dumps(list(articles))]):
            places[article, part].append((start, end))
        return cls(places)

    def masked(self, article: int, text: str, part: str = "body", at: int = 0) -> str:
        """The text with initials for the names; `at` is where it begins in that part of the article.

        A name that the text cuts off at an end of it is masked as far as it stands there. The length changes: to be
        called before anything is counted in the text.
        """
        pieces, done = [], 0
        places = self.places.get((article, part), [])
        for index in range(bisect_left(places, (at - _LONGEST, 0)), len(places)):
            start, end = places[index]
            if start >= at + len(text):
                break
            first, last = max(start - at, done), min(end - at, len(text))
            if first < last:
                short = initials(text[first:last])
                pieces += [text[done:first], short[:-1] if text.startswith(".", last) else short]
                done = last
        return "".join([*pieces, text[done:]])


# Crossed, so that it is read article by article: the planner would begin with the facts on all people.
_NAMES = """
SELECT p.article, f.part, f.start, f."end"
FROM json_each(?) AS asked CROSS JOIN private_facts AS p ON p.article = asked.value
  CROSS JOIN facts AS f ON f.id = p.fact
WHERE f.kind = 'person'
ORDER BY p.article, f.part, f.start, f."end" DESC"""
