"""Awards that are told in one series: "tặng thưởng: Huân chương Độc lập hạng Ba (1995); Cờ thi đua, 3 Bằng khen"."""

from __future__ import annotations

import re

from worker.facts.awards.names import NAME
from worker.facts.span import Context
from worker.facts.words import Words, sentence_of, words_of, year_at

_ITEM = re.compile(r"[) ,;]{0,4}\n[ \t]{0,9}[-–—+*•][ \t]{0,9}")
"""What stands between two lines of a list."""


def opening(context: Context, first: int) -> int:
    """Where the sentence begins that opens a list, whose first line begins with word `first`; else this word."""
    words = words_of(context)
    between = words.text[words.ends[first - 1] : words.starts[first]] if first else ""
    led = between.startswith(":") and between.strip(" :")[:1] == "\n"  # "được tặng thưởng:\n- Huân chương …"
    return sentence_of(context, first - 1)[0] if led else first


def joined(words: Words, end: int, first: int) -> bool:
    """Does "và" or "kèm" lead to an award from one whose contest is told: "giải Ba cuộc thi … và giải Triển vọng"?"""
    if words.keys[first - 1] == "kèm" or words.keys[first - 2 : first] == ["kèm", "theo"]:
        return True  # "đoạt giải Nhất cuộc thi …, kèm giải phụ “…”"
    plain = all(words.gap(index) == " " for index in range(end - 1, first - 1))
    return 0 < first - end <= NAME and plain and words.keys[first - 1] in ("và", "cùng")


def in_series(words: Words, end: int, first: int) -> bool:
    """Does an award stand in one list with the one that ends before word `end`?"""
    end, _ = dated(words, end)
    first -= words.keys[first - 1].isdigit() and first > end  # "2 Cờ thi đua của Chính phủ, 3 Bằng khen"
    gap = words.gap(end - 1).lstrip(")”")
    listed = gap in (",", ";") or (gap == "\n" and _is_item(words, end, first))
    return (first == end and listed) or (first == end + 1 and words.keys[end] in ("và", "cùng"))


def dated(words: Words, end: int) -> tuple[int, int | None]:
    """The word behind the year that follows an award, and the year: "Huân chương … hạng Ba (năm 2005) | , …"."""
    behind = end + (words.key(end) == "năm")
    if words.gap(end - 1) not in (" ", "(") or behind >= len(words) or (year := year_at(words, behind)) is None:
        return end, None
    return behind + 1, year


def _is_item(words: Words, end: int, first: int) -> bool:
    """Does word `first` begin an item of a list, on the line behind the one that ends before word `end`?"""
    between = words.text[words.ends[end - 1] : words.starts[first]]
    return first == end and _ITEM.fullmatch(between) is not None
