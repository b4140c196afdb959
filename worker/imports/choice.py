"""Which pages an import takes: by host, by language, by words. Asked of the address first, which costs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from worker.imports import ImportFailed, Passed
from worker.models import Article, Capture
from worker.vietnamese import expand, fold, nfc, tone_key
from worker.vietnamese.language import is_vietnamese

LANGUAGES = ("vi",)

_LOOKED_AT = 5_000_000
"""Bytes of a page: its text may stand behind pictures of hundreds of thousands of letters, as SingleFile saves them."""

_SCRIPT = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</(?:script|style)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Choice:
    """What is wanted: hosts with all their subdomains, a language, and words of which one must stand in the article.

    What is empty wants everything.
    """

    hosts: frozenset[str] = frozenset()
    language: str | None = None
    topics: tuple[str, ...] = ()

    def host(self, url: str) -> bool:
        """Whether the host of an address is wanted."""
        if not self.hosts:
            return True
        try:
            labels = (urlsplit(url).hostname or "").split(".")
        except ValueError:
            return False
        return any(".".join(labels[at:]) in self.hosts for at in range(len(labels)))

    def page(self, capture: Capture) -> Passed | None:
        """Why a page is not wanted, before it is cleaned."""
        if self.language is None or _is_vietnamese(capture):
            return None
        return Passed("another language")

    def article(self, article: Article) -> Passed | None:
        """Why an article is not wanted."""
        text = _spelled(f"{article.title}\n{article.body}")
        if not self.topics or any(words.search(key(text)) for key, words in self._words):
            return None
        return Passed("another topic")

    @cached_property
    def _words(self) -> list[tuple[Callable[[str], str], re.Pattern[str]]]:
        """What to look for in which key of a text: words that are typed without marks are found with them, too."""
        spelled = [_spelled(topic) for topic in self.topics]
        bare = [topic for topic in spelled if fold(topic) == topic]
        marked = [topic for topic in spelled if fold(topic) != topic]
        return [(key, _any_of(words)) for key, words in ((fold, bare), (str, marked)) if words]


def hosts_of(path: Path) -> frozenset[str]:
    """The hosts of a file, one a line, # for remarks. Raises ImportFailed."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()  # some editors begin a text with a mark
    except (OSError, UnicodeDecodeError) as error:
        raise ImportFailed(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    try:
        found = frozenset(_hosts(lines))
    except ValueError as error:
        raise ImportFailed(f"{path}, {error}; write one a line, such as phunu.caobang.gov.vn") from None
    if not found:
        raise ImportFailed(f"{path} names no host; write one a line, such as phunu.caobang.gov.vn")
    return found


def _hosts(lines: Iterable[str]) -> Iterable[str]:
    for number, line in enumerate(lines, 1):
        if text := line.partition("#")[0].strip().lower():
            if (host := _host(text)) is None:
                raise ValueError(f"line {number}: {text[:80]!r} is no host")
            yield host.lstrip("*.").rstrip(".").removeprefix("www.")  # *.gov.vn: a host has all below it anyway


def _host(text: str) -> str | None:
    """The host of a line, which may be a whole address; None where it can be none, as of other words."""
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or text
    except ValueError:
        return None
    return None if " " in host else host


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def _spelled(text: str) -> str:
    return " ".join(tone_key(expand(nfc(text))).casefold().split())


def _is_vietnamese(capture: Capture) -> bool:
    """Whether the letters of a page, its markup aside, are those of Vietnamese."""
    from worker.clean.encoding import decode

    return is_vietnamese(nfc(unescape(_without_markup(decode(capture.body[:_LOOKED_AT], capture.charset).text))))


def _without_markup(html: str) -> str:
    """What a page shows, about: linear in its length, whatever it leaves open."""
    first, *scripts = _SCRIPT.split(html)
    behind = (_SCRIPT_END.split(part, 1)[1:] for part in scripts)
    return _TAG.sub(" ", "".join((first, *("".join(part) for part in behind))))
