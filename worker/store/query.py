"""What a person types into the search box, as terms, and the terms as expressions of FTS5."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from worker.vietnamese import fold, nfc, tone_key

Spelling = Callable[[str], str]
"""How a word of a query is spelled as a term of the search index."""

MOST_TERMS = 32
"""Terms of a query that count; more would not make it clearer."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
"""Telephones type them, and so does whoever copies a name out of an article."""

_TERM = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_BEFORE_WORD = re.compile(r"(?<![^\W_])(?=[^\W_])")  # a place and not a word: nothing has to be put together again

_MOST_KEPT = 1 << 15
_LONGEST_KEPT = 40


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words that must stand side by side; with `prefix`, the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False


def terms(query: str) -> tuple[Term, ...]:
    """The terms of a query: words, "quoted phrases", and beginnings with a * at the end. Nothing else has a meaning.

    >>> terms('"mẹ đỡ đầu" trẻ*')
    (Term(words=('mẹ', 'đỡ', 'đầu'), prefix=False), Term(words=('trẻ',), prefix=True))
    """
    found = []
    for match in _TERM.finditer(nfc(query).translate(_QUOTES)):
        quoted, star, bare = match.groups()
        text = bare if quoted is None else quoted
        if words := tuple(_WORD.findall(text)):
            found.append(Term(words, prefix=bool(star) or (quoted is None and text.endswith("*"))))
        if len(found) == MOST_TERMS:
            break
    return tuple(found)


def exact(word: str) -> str:
    """The word as the columns with marks hold it."""
    return tone_key(word)


class _Bare(dict[str, str]):
    """What stands between two spaces -> the same without marks, each word after a w; filled on demand.

    Articles share nearly all of their words; what a hostile page adds is thrown away again.
    """

    def __missing__(self, between: str) -> str:
        spelled = _BEFORE_WORD.sub("w", fold(between))
        if len(between) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[between] = spelled
        return spelled


_BARE = _Bare()


def bare(text: str) -> str:
    """The words of a text as the columns without marks hold them: after a w, with which no Vietnamese word begins.

    The letters of "hội" are thus another term than the word "hoi": who looks for one does not read through the other.
    White space comes out as one space.

    >>> bare("Mẹ đỡ đầu")
    'wme wdo wdau'
    """
    return " ".join(map(_BARE.__getitem__, text.split()))


def in_title(word: str) -> str:
    """A word of a title, with its marks, as the column of tags holds it."""
    return f"titled{exact(word)}"


def in_bare_title(word: str) -> str:
    """A word of a title, without its marks, as the column of tags holds it."""
    return f"titling{fold(word)}"


def title_tags(title: str) -> str:
    """The words of a title as tags, in their order, once with marks and once without.

    Titles are searched first, and what two common words have in common is soon read where only titles have them.
    """
    words = _WORD.findall(nfc(title))
    return " ".join([*map(in_title, words), *map(in_bare_title, words)])


def all_of(found: Sequence[Term], spelled: Spelling, columns: str) -> str:
    """The FTS5 expression for all terms, anywhere in the columns."""
    return f"{{{columns}}} : ({' AND '.join(_quoted(term, spelled) for term in found)})"


def side_by_side(found: Sequence[Term], spelled: Spelling, columns: str) -> str | None:
    """The FTS5 expression for the terms as one phrase; None where that says no more than `all_of`, or may be wrong."""
    if len(found) < 2 or any(term.prefix or len(term.words) > 1 for term in found):
        return None
    phrase = Term(tuple(term.words[0] for term in found))
    return f"{{{columns}}} : ({_quoted(phrase, spelled)})"


def _quoted(term: Term, spelled: Spelling) -> str:
    """Inside quotes nothing is syntax, and a word holds no quote."""
    text = " ".join(spelled(word) for word in term.words)
    return f'"{text}"' + ("*" if term.prefix else "")
