"""Those whose life a contest or an anniversary is about: people of history, and no private persons.

"Cuộc thi “Tìm hiểu thân thế, sự nghiệp Mẹ Việt Nam anh hùng X”", "kỷ niệm 100 năm Ngày sinh bà X".
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from worker.facts.people.person import Person
from worker.facts.words import Words

REMEMBERED = "remembered"
"""The rule of such a mention."""
REACH = 16  # words back to what is told of them
LIFETIME = 70  # years
LONG = 4  # digits of what is a year, and no number of years
_LIFE = frozenset((("cuộc", "đời"), ("thân", "thế")))
_WORKS = frozenset((("sự", "nghiệp"),))
_CONTESTS = frozenset((("cuộc", "thi"), ("hội", "thi")))
_DAYS = frozenset((("ngày", "sinh"), ("ngày", "mất")))


def remembered(words: Words, person: Person) -> Person:
    """The person as one of history, where the words before the name say so; else as they are."""
    if not person.private:
        return person
    first = person.first
    while first > max(0, person.first - REACH) and words.gap(first - 1)[-1:] not in ".;\n!?":
        first -= 1
    keys = words.keys[first : person.first]
    pairs = set(pairwise(keys))
    told = bool(pairs & _WORKS and pairs & _LIFE) or bool(pairs & _DAYS and _generations(keys))
    contest = ("tìm", "hiểu") in pairs and pairs & _CONTESTS  # but "Đoàn tìm hiểu hoàn cảnh bà X"
    told = told or bool(contest and (pairs & _LIFE or keys[-2:] == ["anh", "hùng"]))
    return replace(person, private=False, rule=REMEMBERED) if told else person


def _generations(keys: list[str]) -> bool:
    """Do words count the years since a day long ago: "105 năm Ngày sinh"?"""
    told = (int(key) for key, after in pairwise(keys) if after == "năm" and key.isdigit() and len(key) < LONG)
    return any(years >= LIFETIME for years in told)
