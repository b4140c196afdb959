"""What an element's name says of it: class, id and role as groups of words, one bit a group."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from worker.own_data import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from worker.clean.pieces import Box

_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_LONGEST_NAME = 300
_ATTRIBUTES = frozenset(("class", "id", "role", "data-testid", "data-component", "data-type", "data-block-name"))


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
    loaded = read_yaml("worker.clean", "names.yaml")
    bits: dict[str, int] = {}
    for number, group in enumerate(loaded.values()):
        for word in group["words"].split():
            bits[word] = bits.get(word, 0) | 1 << number
    weights = [float(group.get("weight", 1)) for group in loaded.values()]
    return Groups((*loaded, *OF_MARKUP), bits, (*weights, 0.3, 0.3, 2.0, 1.0))


_known: dict[str, int] = {}
"""The bits of the values that were met: sites use most of theirs again and again; they are split once."""

_MOST_KNOWN = 50_000


def of_text(text: str) -> int:
    """The groups of the words in one or more names, as bits.

    >>> of_text("relatedNewsBox") == bit("related") | bit("box")
    True
    """
    found = _known.get(text)
    if found is None:
        bits = groups().bits
        found = 0
        for word in _words(_BUILDERS.sub(" ", text[:_LONGEST_NAME])):
            if word in bits:
                found |= bits[word]
            elif word.endswith("box"):
                found |= bits["box"]
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        if len(text) <= _LONGEST_NAME:
            _known[text] = found
    return found


_BUILDERS = re.compile(r"(?:elementor|wp-block|wpb|vc|fusion|et_pb)[-_](?:widget|post|text|module)(?:[-_]container)?\b")
"""How page builders call each thing that an editor puts somewhere: a paragraph is an elementor-widget, too."""


def _words(text: str) -> Iterable[str]:
    """The words that one or more names are made of, in lower case."""
    if text.isascii() and text.islower():
        return text.encode("ascii").translate(_APART).decode("ascii").split()
    return map(str.lower, _WORD.findall(text))


_APART = bytes(code if chr(code).islower() else 32 for code in range(128)) + bytes(128)


_CHROME = ("comment", "related", "popular", "share", "nav", "cookie", "subscribe", "letter", "foot", "modal")


@lru_cache(maxsize=4096)
def is_chrome(names: int) -> bool:
    """Whether an element's names are some that no part of an article has. (A quoted post is called by its network.)"""
    return bool(names & sum(map(bit, _CHROME))) and not names & bit("embed")


@cache
def bit(group: str) -> int:
    """The bit of a group."""
    return 1 << groups().names.index(group)


def of_box(box: Box) -> int:
    """What the element's attributes say, as bits; read once, and kept as `box.names`."""
    if box.names < 0:
        box.names = of_element(box.node)
    return box.names


def of_element(node: LexborNode) -> int:
    """What an element's attributes say, as bits."""
    found = 0
    for key, value in node.attributes.items():
        if key in _ATTRIBUTES:
            if value:
                bits = _known.get(value)
                found |= of_text(value) if bits is None else bits
        elif key in _MARKUP:
            found |= _of_markup(key, value or "")
    return found


_MARKUP = frozenset(("hidden", "style", "aria-hidden", "itemprop"))


def _of_markup(key: str, value: str) -> int:
    """The bit of OF_MARKUP that an attribute sets, or 0."""
    if key == "hidden" or (key == "style" and hides(value[:_LONGEST_STYLE])):
        return bit("hidden-attribute")
    if key == "aria-hidden" and value == "true":
        return bit("aria-hidden")
    if key == "itemprop" and value:
        return bit("article-body" if "articleBody" in value else "item")
    return 0


_LONGEST_STYLE = 200
_HIDES = re.compile(
    r"(?<![\w-])(?:display:none|visibility:hidden|font-size:0(?:p[xt]|r?em|%)?(?![\w.])"
    r"|(?:left|right|top|text-indent|margin-left|margin-top):-\d{4,})"
)
_NO_HEIGHT = re.compile(r"(?<![\w-])(?:max-)?(?:height|width):[01](?:px)?(?![\w.%])")


@lru_cache(maxsize=4096)
def hides(style: str) -> bool:
    """Whether a style attribute keeps what it styles from readers: not shown, off the screen, or of no size.

    So stand the links that whoever breaks into a site puts into its articles.

    >>> hides("position: absolute; left: -9999px"), hides("text-align: left")
    (True, False)
    """
    style = style.lower().replace(" ", "")
    return bool(_HIDES.search(style)) or ("overflow:hidden" in style and bool(_NO_HEIGHT.search(style)))


@lru_cache(maxsize=4096)
def weight(names: int) -> float:
    """By how much the text of an element with these names counts: the lowest of its groups; article bodies double."""
    if names & bit("article-body"):
        return 2.0
    return min((value for number, value in enumerate(groups().weights) if names >> number & 1), default=1.0)
