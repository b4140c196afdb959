"""Whose an office is, where no list of organisations can have the name: firms from abroad, houses of prayer."""

from __future__ import annotations

import re

from worker.facts.words import Words

PERSON = 3  # words of a person's name behind that of a firm
_FOREIGN = re.compile(r"[fjwz]|[bdklrsv]$|[aeiouy]+[^aeiouy\W]+[aeiouy]")
"""What no Vietnamese syllable has: certain letters, certain endings, two vowels with a consonant between."""
_LONG = 6  # letters of a word that is surely none of the hills
_HOUSES = frozenset(
    (
        ("tịnh", "xá"),
        ("thiền", "viện"),
        ("tu", "viện"),
        ("giáo", "xứ"),
        ("giáo", "họ"),
        ("giáo", "hạt"),
        ("nhà", "thờ"),
        ("thánh", "thất"),
        ("thánh", "đường"),
        ("họ", "đạo"),
        ("tổ", "đình"),
    )
)


def unlisted(words: Words, index: int) -> int | None:
    """The end of such a name at this word: "Saigon Innovation Hub", "Tịnh xá Ngọc Đức", "giáo xứ Kim Long"."""
    if words.gap(index - 1) != " ":
        return None
    if tuple(words.keys[index : index + 2]) in _HOUSES:
        end = words.run(index + 2)
        return end if end > index + 2 else None
    return _foreign(words, index)


def _foreign(words: Words, index: int) -> int | None:
    """The end of a name that no Vietnamese bears, up to a person's behind it: "nhà sáng lập Vexere Đào Việt Thắng"."""
    end = words.run(index)
    if index in words.hits:
        return None
    end = next((here for here in range(index + 1, end) if words.at(here, "surnames") and end - here >= PERSON), end)
    told = any(
        _FOREIGN.search(words.keys[here])
        for here in range(index, end)
        if not words.upper(here) and words.keys[here].isascii()
    )
    return end if told else None


def is_foreign(name: str) -> bool:
    """Does nobody in Vietnam bear this name of a person: "Khamla Vongsa", but not "Ksor Nham", "H’Bia Niê"?"""
    keys = name.lower().split()
    long = any(len(key) >= _LONG for key in keys)
    return long and len(keys) > 1 and all(key.isascii() and key.isalpha() and _FOREIGN.search(key) for key in keys)
