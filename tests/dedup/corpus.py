"""A corpus of made-up Vietnamese articles, any number of them, each the same at every run; and copies of known kinds.

The syllables are put together from onsets, rimes and tones; how often each stands follows Zipf's law. A fifth of the
sentences are phrases of the trade, which every portal repeats: they are what makes finding copies hard.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

_ONSETS = ["", *"b c d đ g h k l m n p r s t v x".split(), *"ch gi kh ng nh ph qu th tr".split()]  # noqa: SIM905  # short
_RIMES = "a ai am an ang anh ao at e em en eo ê ên i ia in inh iên iêt o oa oan oi om on ong ô ôi ôn ông ơ ơi u ua uy ưu ươi ương".split()  # noqa: E501, SIM905  # short
_TONES = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"]
_VOWEL = re.compile(r"[aeiouyăâêôơư](?=[^aeiouyăâêôơư]*$)")
_ABBREVIATED = {
    "Hội LHPN": "Hội Liên hiệp Phụ nữ",
    "UBND": "Ủy ban nhân dân",
    "BCH": "Ban Chấp hành",
    "CLB": "câu lạc bộ",
}
_NUMBER = re.compile(r"\d+")

COPIES = ("whole", "re-titled", "expanded", "reordered", "half", "quarter", "foreign lead")
"""What can become of an article on its way to another site; all of these are copies."""

PHRASES = 300
"""Phrases of the trade that the whole corpus shares."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of the corpus. Pieces of one family are copies of one another; `kind` says how it was made."""

    family: int
    kind: str  # original, one of COPIES, twin, or quoting
    title: str
    body: str


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """The syllables of the corpus, and their cumulated weights."""
    plain = [onset + rime for onset in _ONSETS for rime in _RIMES]
    marked = [unicodedata.normalize("NFC", _VOWEL.sub(rf"\g<0>{tone}", one)) for one in plain for tone in _TONES]
    chance = random.Random(1)  # noqa: S311  # the same corpus at every run
    chance.shuffle(marked)
    return marked, list(accumulate(1 / (rank + 3) for rank in range(len(marked))))


def _sentence(chance: random.Random, least: int = 9, most: int = 26) -> str:
    words, weights = vocabulary()
    chosen = chance.choices(words, cum_weights=weights, k=chance.randint(least, most))
    if chance.random() < 0.35:
        at = chance.randrange(len(chosen))
        chosen[at:at] = [str(chance.randint(2, 900)), chance.choice(["hội viên", "suất quà", "triệu đồng", "mô hình"])]
    if chance.random() < 0.25:
        chosen.insert(chance.randrange(len(chosen)), chance.choice(list(_ABBREVIATED)))
    chosen[0] = chosen[0][:1].upper() + chosen[0][1:]
    return " ".join(chosen) + "."


@cache
def _phrases() -> tuple[list[str], list[float]]:
    chance = random.Random(2)  # noqa: S311  # the same corpus at every run
    return [_sentence(chance) for _ in range(PHRASES)], list(accumulate(1 / (rank + 3) for rank in range(PHRASES)))


def article(number: int, *, paragraphs: tuple[int, int] = (5, 12)) -> tuple[str, str]:
    """Title and body of the article of that number, 150 to 900 syllables."""
    chance = random.Random(number + 1000)  # noqa: S311  # the same corpus at every run
    phrases, weights = _phrases()
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(2012, 2025)
    lines = []
    for _ in range(chance.randint(*paragraphs)):
        sentences = [
            chance.choices(phrases, cum_weights=weights)[0] if chance.random() < 0.2 else _sentence(chance)
            for _ in range(chance.randint(2, 5))
        ]
        lines.append(" ".join(sentences))
    lines[0] = f"Ngày {day}/{month}, Hội LHPN tổ chức hội nghị tổng kết năm {year}. {lines[0]}"
    return _sentence(chance, 8, 16).rstrip("."), "\n".join(lines)


def copy(title: str, body: str, kind: str, number: int) -> tuple[str, str]:
    """Title and body of a copy of that kind; `number` makes what is added to it its own."""
    chance = random.Random(-number - 1)  # noqa: S311  # the same corpus at every run
    words, lines = body.split(" "), body.split("\n")
    other = _sentence(chance, 8, 16).rstrip(".")
    if kind == "expanded":
        for short, long in _ABBREVIATED.items():
            body = body.replace(short, long)
    elif kind == "reordered":
        body = "\n".join([lines[0], *chance.sample(lines[1:], len(lines) - 1)])
    elif kind in ("half", "quarter"):
        body = " ".join(words[: len(words) // (2 if kind == "half" else 4)])
    elif kind == "foreign lead":
        body = " ".join(_sentence(chance) for _ in range(3)) + "\n" + body
    elif kind == "twin":
        body = _NUMBER.sub(lambda match: str(int(match[0]) + 1), body)
        return _NUMBER.sub(lambda match: str(int(match[0]) + 1), title), body
    return (title if kind in ("whole", "expanded", "twin") else other), body


def mixed(families: int, *, seed: int = 7) -> Iterator[Piece]:
    """Originals, three in ten with one to four copies, one in ten with next year's twin, one in ten quoting another.

    What is quoted is one of twenty resolutions of about a hundred syllables.
    """
    chance = random.Random(seed)  # noqa: S311  # the same corpus at every run
    resolutions = [" ".join(_sentence(chance, 14, 26) for _ in range(5)) for _ in range(20)]
    for family in range(families):
        title, body = article(family)
        lot = chance.random()
        if lot < 0.1:
            body += "\n" + chance.choice(resolutions)
            yield Piece(family, "quoting", title, body)
            continue
        yield Piece(family, "original", title, body)
        if lot < 0.2:
            yield Piece(-family - 1, "twin", *copy(title, body, "twin", family))
        elif lot < 0.5:
            for n, kind in enumerate(chance.sample(COPIES, chance.randint(1, 4))):
                yield Piece(family, kind, *copy(title, body, kind, family * 10 + n))
