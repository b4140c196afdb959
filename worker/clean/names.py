"""What an element's name says of it: class, id and role as groups of words, one bit a group."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from worker.clean.blocks import Box

_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_LONGEST_NAME = 300
_ATTRIBUTES = ("class", "id", "role", "data-testid", "data-component", "data-type", "data-block-name")


class Groups(NamedTuple):
    """The groups of names.yaml: their names in the order of their bits, the bits of a word, the weight of a bit."""

    names: tuple[str, ...]
    bits: dict[str, int]
    weights: tuple[float, ...]


OF_MARKUP = ("hidden-attribute", "aria-hidden", "article-body", "item")
"""What attributes say beside words: not shown; not read aloud; itemprop=articleBody; any other itemprop."""


@cache
def groups() -> Groups:
    """The groups, read once."""
    text = files("worker.clean").joinpath("names.yaml").read_text("utf-8")
    loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    bits: dict[str, int] = {}
    for number, group in enumerate(loaded.values()):
        for word in group["words"].split():
            bits[word] = bits.get(word, 0) | 1 << number
    weights = [float(group.get("weight", 1)) for group in loaded.values()]
    return Groups((*loaded, *OF_MARKUP), bits, (*weights, 0.3, 0.3, 2.0, 1.0))


@lru_cache(maxsize=16_384)
def of_text(name: str) -> int:
    """The groups of the words in a name, as bits.

    >>> of_text("relatedNewsBox") == bit("related") | bit("box")
    True
    """
    bits = groups().bits
    found = 0
    for word in _WORD.findall(name):
        found |= bits.get(word.lower(), 0)
    return found


def bit(group: str) -> int:
    """The bit of a group."""
    return 1 << groups().names.index(group)


def read(box: Box) -> int:
    """What the element's attributes say, as bits; also kept as `box.names`."""
    attributes = box.node.attributes
    if not attributes:
        return 0
    found = 0
    for key in _ATTRIBUTES:
        if value := attributes.get(key):
            found |= of_text(value[:_LONGEST_NAME])
    first = len(groups().weights) - len(OF_MARKUP)
    if "hidden" in attributes or ("style" in attributes and _is_hidden(attributes["style"])):
        found |= 1 << first
    if attributes.get("aria-hidden") == "true":
        found |= 1 << first + 1
    if kind := attributes.get("itemprop"):
        found |= 1 << (first + 2 if "articleBody" in kind else first + 3)
    box.names = found
    return found


def _is_hidden(style: str | None) -> bool:
    return style is not None and "display:none" in style[:200].replace(" ", "")


@cache
def weight(names: int) -> float:
    """By how much the text of an element with these names counts: the lowest of its groups; article bodies double."""
    if names & bit("article-body"):
        return 2.0
    return min((value for number, value in enumerate(groups().weights) if names >> number & 1), default=1.0)
