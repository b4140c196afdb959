"""The phrases of the genre, from lexicon.yaml: why a short line is chrome, and lists of words for other rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from worker.own_data import read_yaml
from worker.vietnamese import tone_key


@dataclass(frozen=True, slots=True)
class Phrase:
    """A group of chrome phrases: why its lines are chrome, and whether the article is over where one stands."""

    reason: str
    ends: bool
    at_most: int


@lru_cache(maxsize=8_192)  # a site's chrome is the same short lines on page after page
def find(text: str) -> Phrase | None:
    """The group of chrome phrases that a line (NFC, white space collapsed) belongs to.

    >>> find("• Tổng lượt truy cập1,257,142").reason
    'visitor counter'
    """
    if len(text) > _LONGEST:
        return None
    line = text.casefold()
    tables = _tables()
    if phrase := tables.whole.get(line.strip(_ENDS)):
        return phrase
    words = line.count(" ") + 1
    lead = line.lstrip(_BULLETS)
    for begins, phrase in tables.begins.get(lead[:_HEAD], ()):
        if words <= phrase.at_most and lead.startswith(begins):
            return phrase
    for held, phrase in tables.holds:
        if held in line and words <= phrase.at_most:
            return phrase
    return _row(line, tables) if len(line) <= _ROW else None


TOOLS = frozenset(("share bar", "reading tool", "view count"))
"""Chrome that stands between an article's title, its date and its text."""


def is_tool(text: str) -> bool:
    """Whether a line is what stands beside an article to share it, to hear it, or to say how often it was read."""
    phrase = find(text)
    return phrase is not None and phrase.reason in TOOLS


def names_section(text: str) -> bool:
    """Whether a heading names nothing but sections of a site: "Tin tức - Sự kiện"."""
    parts = _PARTS.split(key(text[:_ROW]))
    return all(part.strip(_ENDS) in words("sections") for part in parts)


_PARTS = re.compile(r"\s[-–|»/]\s|[,;|»]")


def leads_on(text: str) -> bool:
    """Whether a line leads from a teaser to its article: "Xem tiếp…"."""
    return len(text) <= _LONGEST_ONWARD and key(text).strip(_ENDS) in words("onward")


_LONGEST_ONWARD = 30  # characters


def is_name_of_site(text: str) -> bool:
    """Whether a line in capitals names a site, as banners and footers do: "CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN …"."""
    return text.isupper() and key(text).startswith(tuple(words("contacts")))


def _row(line: str, tables: _Tables) -> Phrase | None:
    """The group of the first of several phrases that a line is made of: "Gửi bài In bài", "Thích (6) Trả lời".

    In cells that bars part one may be another, where two are tools: "Mục được xem nhiều | Gửi trang này | In". The head
    of a table ("Họ và tên | Đơn vị | Email") is none.
    """
    cells = [tables.whole.get(cell.strip(_ENDS)) for cell in line.split(" | ")] if " | " in line else []
    tools = [cell for cell in cells if cell and cell.reason in TOOLS]
    if len(tools) > 1 and cells.count(None) <= 1:
        return tools[0]
    words = [word for word in _BETWEEN.split(line) if word]
    at, first = 0, None
    while at < len(words):
        if words[at] not in tables.opens:
            return None
        sizes = range(min(_PHRASE, len(words) - at), 0, -1)
        size = next((size for size in sizes if " ".join(words[at : at + size]) in tables.rows), 0)
        if not size:
            return None
        first, at = first or tables.rows[" ".join(words[at : at + size])], at + size
    return first


def key(text: str) -> str:
    """What lines and phrases are compared by: any case, either placement of tones."""
    return _key_of_line(text) if len(text) <= _LONGEST else tone_key(text.casefold())


@lru_cache(maxsize=1024)  # a line is asked about again and again: is it a date, a byline, a source, a caption
def _key_of_line(text: str) -> str:
    text = text.casefold()
    return text if text.isascii() else tone_key(text)


@cache
def words(*path: str) -> frozenset[str]:
    """A list of lexicon.yaml by its path of keys, such as words("caption", "verbs"), as comparison keys."""
    return frozenset(key(entry) for entry in entries(*path))


@cache
def entries(*path: str) -> tuple[str, ...]:
    """A list of lexicon.yaml as written, by its path of keys."""
    node: Any = _data()
    for name in path:
        node = node[name]
    return tuple(map(str, node))


def _keys(entry: object) -> set[str]:
    """Both spellings of a phrase (hòa, as the file writes it, and hoà), so that a line needs no key but its case."""
    folded = str(entry).casefold()
    return {folded, tone_key(folded)}


def any_of(phrases: Iterable[str]) -> str:
    """A regular expression's alternatives for comparison keys, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(set(phrases), key=len, reverse=True))


_LONGEST = 300  # characters; a longer line is a paragraph
_ROW = 100  # characters of a row of phrases
_PHRASE = 6  # words of the longest phrase in a row
_BETWEEN = re.compile(r"[\s\d|•·.,:;/()\[\]*+-]+")
_HEAD = 2  # characters by which `begins` phrases are looked up; no phrase is shorter
_BULLETS = " ([•·-–—*+»›▪►▶■□●○\u00a0|>"
_ENDS = _BULLETS + "0123456789.,:;!?…()[]{}<>«‹\"'“”’/\\#&=_%"


@dataclass(frozen=True, slots=True)
class _Tables:
    whole: dict[str, Phrase]
    rows: dict[str, Phrase]  # the same, without marks and digits
    opens: frozenset[str]  # first words of these
    begins: dict[str, list[tuple[str, Phrase]]]
    holds: list[tuple[str, Phrase]]


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml("worker.clean", "lexicon.yaml")
    return loaded


@cache
def _tables() -> _Tables:
    whole: dict[str, Phrase] = {}
    begins: dict[str, list[tuple[str, Phrase]]] = {}
    holds: list[tuple[str, Phrase]] = []
    for group in _data()["chrome"]:
        phrase = Phrase(group["reason"], bool(group.get("ends")), int(group.get("at_most", 20)))
        for spelling in _spellings(group, "whole"):
            whole.setdefault(spelling.strip(_ENDS), phrase)
        for spelling in _spellings(group, "begins"):
            start = spelling.lstrip(_BULLETS)
            begins.setdefault(start[:_HEAD], []).append((start, phrase))
        holds.extend((spelling, phrase) for spelling in _spellings(group, "holds"))
    whole.pop("", None)
    rows = {" ".join(filter(None, _BETWEEN.split(entry))): phrase for entry, phrase in whole.items()}
    rows.pop("", None)
    return _Tables(whole, rows, frozenset(row.split(" ")[0] for row in rows), begins, holds)


def _spellings(group: dict[str, Any], how: str) -> Iterator[str]:
    for entry in group.get(how, ()):
        yield from sorted(_keys(entry))
