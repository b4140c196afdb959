"""What the words of a short piece speak of (signals.yaml), as bits; it is evidence, and decides nothing."""

from __future__ import annotations

from functools import cache
from itertools import filterfalse
from typing import NamedTuple

from worker.own_data import read_yaml


class Signals(NamedTuple):
    """The groups of signals.yaml: names in the order of their bits, bits by word, beginnings by their first letters."""

    names: tuple[str, ...]
    words: dict[str, int]
    known: frozenset[str]  # the words
    begins: dict[str, tuple[tuple[str, int], ...]]


_HEAD = 2
_ENDS = ".,:;!?…()[]\"'“”„«»‘’–—-|*#"


@cache
def groups() -> Signals:
    """The groups, read once. A group's bit says that the piece has a word of it, the next one that it begins so."""
    loaded = read_yaml("worker.clean", "signals.yaml")
    names: list[str] = []
    words: dict[str, int] = {}
    begins: dict[str, list[tuple[str, int]]] = {}
    for group, data in loaded.items():
        for word in data.get("words", "").split():
            words[word] = words.get(word, 0) | 1 << len(names)
        names.append(group)
        for phrase in data.get("begins", ()):
            begins.setdefault(phrase[:_HEAD], []).append((phrase, 1 << len(names)))
        names.append(f"begins-{group}")
    return Signals(tuple(names), words, frozenset(words), {head: tuple(phrases) for head, phrases in begins.items()})


def of(text: str) -> int:
    """The groups that a piece's words belong to, as bits."""
    _, words, known, begins = groups()
    folded = text.casefold()
    found = 0
    said = folded.split()
    for word in known.intersection(said):
        found |= words[word]
    for word in filterfalse(str.isalnum, said):  # stripping each would cost twice as much
        found |= words.get(word.strip(_ENDS), 0)
    for phrase, bit in begins.get(folded[:_HEAD], ()):
        if folded.startswith(phrase):
            found |= bit
    return found
