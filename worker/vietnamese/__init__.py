"""Keys of Vietnamese text, for matching only: what is stored stays as written.

`nfc` first; then `tone_key` (hoà = hòa), `fold` (đ → d, no marks, lower case) and `expand` (LHPN → Liên hiệp Phụ nữ).
`tone_key` and `fold` keep the length of NFC text, so offsets found in a key hold in the text.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files


def nfc(text: str) -> str:
    """The text in NFC, in which ộ is one code point however it was typed.

    Of marks on one letter only the first 30 are kept (Unicode's stream-safe limit, UAX #15): sorting a run of marks
    takes time quadratic in its length, and 80,000 of them a minute.
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _mark_runs().sub(_shortened, text))


@cache
def _mark_runs() -> re.Pattern[str]:
    """More than 30 characters in a row that may be combining marks: those of the basic plane, and all beyond it.

    Only marks are cut from them. (With the marks beyond the basic plane listed, Python's matching is 30 times as slow.)
    """
    marks = "".join(filter(unicodedata.combining, map(chr, range(0x10000))))
    return re.compile(f"[{marks}\U00010000-\U0010ffff][{marks}\U00010000-\U0010ffff]{{30,}}")


def _shortened(match: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in match[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= 30:
            kept.append(char)
    return "".join(kept)


class _FoldTable(dict[int, int]):
    """Code point -> its base letter in lower case; filled on demand, so any script folds."""

    def __missing__(self, code: int) -> int:
        char = "d" if chr(code) in "đĐðÐ" else chr(code)
        base = unicodedata.normalize("NFD", char)
        if len(base) > 1 and all(unicodedata.combining(mark) for mark in base[1:]):
            char = base[0]
        lower = char.lower()
        self[code] = ord(lower) if len(lower) == 1 else ord(char)
        return self[code]


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """The text without marks and in lower case, đ and the eth that is typed for it as d. Keeps the length of NFC text.

    >>> fold("Đắk Lắk, Mẹ đỡ đầu")
    'dak lak, me do dau'
    """
    return text.translate(_FOLD)


_ETH = str.maketrans("ðÐ", "đĐ")
_TONES = "\u0300\u0301\u0309\u0303\u0323"
# It begins with one class of letters, which the matcher looks for ten times as fast as for two alternatives.
_OPEN_SYLLABLE = re.compile(r"[òóỏõọÒÓỎÕỌùúủũụÙÚỦŨỤ](?<![qQ][ùúủũụÙÚỦŨỤ])[aeyAEY](?!\w)")
_OPEN = frozenset(("oa", "oe", "uy"))


@cache
def _moved(pair: str) -> str:
    """Two vowels with the tone on the first as two with it on the second, if they are oa, oe or uy."""
    base, *marks = list(unicodedata.normalize("NFD", pair[0]))
    if (base + pair[1]).lower() not in _OPEN:
        return pair
    return base + unicodedata.normalize("NFC", pair[1] + "".join(mark for mark in marks if mark in _TONES))


def _move_tone(match: re.Match[str]) -> str:
    return _moved(match[0])


def tone_key(text: str) -> str:
    """The text with the tone of open oa, oe, uy on the last vowel (hòa → hoà, Ủy → Uỷ). Keeps the length of NFC text.

    The Icelandic eth, which some keyboards type and nobody sees, is the đ that it stands for.

    >>> tone_key("Khánh Hòa, Ủy ban, quý") == tone_key("Khánh Hoà, Uỷ ban, quý")
    True
    """
    if "ð" in text or "Ð" in text:
        text = text.translate(_ETH)
    return _OPEN_SYLLABLE.sub(_move_tone, text)


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviation -> what it stands for, of abbreviations.csv."""
    lines = files("worker.vietnamese").joinpath("abbreviations.csv").read_text("utf-8").splitlines()
    return {row["short"]: row["long"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}


@cache
def _short_forms() -> re.Pattern[str]:
    longest_first = sorted(abbreviations(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def expand(text: str) -> str:
    """The text with its abbreviations spelled out. Changes lengths: for keys and shingles only.

    >>> expand("BCH TW Hội LHPN")
    'Ban Chấp hành Trung ương Hội Liên hiệp Phụ nữ'
    """
    return _short_forms().sub(lambda match: abbreviations()[match[0]], text)
