"""Ordinals: which congress, quarter, month or ward it is. Twins of a template often differ in nothing else."""

from __future__ import annotations

import re

BEFORE = frozenset(
    ["thứ", "khoá", "quý", "tháng", "kỳ", "đợt", "đoạn", "vòng", "tuần", "phường", "quận", "phố", "tổ", "thôn", "ấp"]
)
"""Words before a number that say that it counts nothing: lần thứ 14, khóa 14, quý 2, giai đoạn 2, phường 5."""

_SPELLED = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_WORDS = re.compile(rf"(?<=\blần thứ )({'|'.join(_SPELLED)})\b(?! (?:{'|'.join(_SPELLED)}|một)\b)", re.IGNORECASE)
_ROMAN = re.compile(r"(?<!\w)((?i:thứ|khoá|quý|kỳ|đợt|đoạn|vòng)\s+)([IVX]+)(?!\w)")
_VALUES = {"I": 1, "V": 5, "X": 10}


def in_figures(text: str) -> str:
    """The text with its ordinals in figures: lần thứ XIV and lần thứ 14, quý II and quý 2 are the same.

    >>> in_figures("Đại hội lần thứ XIV, quý II, Hội nghị lần thứ ba")
    'Đại hội lần thứ 14, quý 2, Hội nghị lần thứ 3'
    """
    text = _ROMAN.sub(lambda match: f"{match[1]}{_roman(match[2])}", text)
    return _WORDS.sub(lambda match: str(_SPELLED[match[1].lower()]), text)


def _roman(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
