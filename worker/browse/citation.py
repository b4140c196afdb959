"""How to cite an article: a sentence, and BibTeX. Both name the capture, since the page itself may change or go."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass

from worker.browse.language import Language
from worker.browse.marks import plain

_SPECIAL = re.compile(r"[\\{}$&#^_~%]")
_ESCAPED = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}


@dataclass(frozen=True, slots=True)
class Citation:
    """An article's citation."""

    sentence: str
    bibtex: str


def cite(article: sqlite3.Row, language: Language) -> Citation:
    """The citation of a row of the article page (article, source and capture in one)."""
    names = _names(article)
    published = language.published(article["published"], weekday=False) if article["published"] else ""
    captured = language("cite.captured", when=language.moment(article["fetched_at"]), digest=article["digest"])
    parts = [", ".join(names), f"“{article['title']}”", article["source_name"], published, article["url"], captured]
    return Citation(plain(". ".join(part for part in parts if part) + "."), plain(_bibtex(article, names)))


def _names(article: sqlite3.Row) -> list[str]:
    try:
        names = json.loads(article["authors"])
    except ValueError:
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _bibtex(article: sqlite3.Row, names: list[str]) -> str:
    fields = {
        "title": f"{{{_tex(article['title'])}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in names),
        "organization": _tex(article["source_name"]),
        "date": (article["published"] or "")[:10],
        "url": re.sub(r"[{}\\\s]", "", article["url"]),
        "urldate": article["fetched_at"][:10],
        "note": _tex(f"Captured {article['fetched_at']}, {article['digest']}"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{article{article['id']},", *lines, "}"])


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match[0], "\\" + match[0]), " ".join(text.split()))
