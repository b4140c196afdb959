"""Facts of small articles, for the tests of the modules that read names."""

from __future__ import annotations

from typing import Any

from worker.config import Source
from worker.facts import extract
from worker.models import Article, Fact


def facts_of(
    body: str, *, province: str | None = None, published: str | None = "2024-05-20", title: str = "", **parts: str
) -> tuple[Fact, ...]:
    """The facts of an article of a union's source in this province (a code of the 63)."""
    source = Source(id="a", name="A", home="https://a.example/", kind="union", province=province)
    article = Article(url="https://a.example/1", title=title, body=body, published=published, **parts)
    return extract(article, source)


def values(kind: str, facts: tuple[Fact, ...], part: str | None = None) -> list[dict[str, Any]]:
    """The values of the facts of one kind, in the order of the text; of one part, if it is named."""
    return [dict(fact.value) for fact in facts if fact.kind == kind and part in (None, fact.part)]


def names(kind: str, facts: tuple[Fact, ...], part: str | None = None) -> list[str]:
    """The names of the facts of one kind, each once, in the order of the text."""
    return list(dict.fromkeys(value["name"] for value in values(kind, facts, part)))
