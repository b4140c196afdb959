"""Whole sentences of the genre: every date, sum, share, quantity and document of each is found, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from worker.facts import extract
from worker.models import Article, Fact
from worker.vietnamese import fold

SENTENCES = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"))
KINDS = ("date", "money", "ratio", "quantity", "document")


def facts_of(text: str, published: str | None = "2023-11-22") -> tuple[Fact, ...]:
    return extract(Article(url="https://a.example/1", title="", body=text, published=published), None)


def said(fact: Fact) -> Any:  # noqa: PLR0911 - one way to say it for each kind
    """The fact in the words of sentences.yaml."""
    value = fact.value
    match fact.kind:
        case "date":
            return "lunar" if value.get("lunar") else value["iso"]
        case "money" if "currency" in value:
            return f"{value['amount']} {value['currency']}"
        case "money":
            return f"{value['vnd']}..{value['vnd_max']}" if "vnd_max" in value else value["vnd"]
        case "ratio" if value["num"] is not None:
            return f"{value['num']}/{value['den']}"
        case "ratio":
            return f"{value['pct']}..{value['pct_max']}%" if "pct_max" in value else f"{value['pct']}%"
        case "quantity":
            most = f"..{value['value_max']}" if "value_max" in value else ""
            return f"{value['value']}{most} {value['unit']}"
        case _:
            return value["number"] or value["name"]


def agrees(kind: str, expected: Any, found: Any) -> bool:
    if kind != "quantity":
        return bool(expected == found)
    (number, unit), (has, of) = expected.split(" ", 1), found.split(" ", 1)
    return number == has and fold(of).startswith(fold(unit))


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["text"][:50] for sentence in SENTENCES])
def test_a_sentence_yields_its_facts_and_no_others(sentence: dict[str, Any]) -> None:
    facts = facts_of(sentence["text"], sentence.get("published", "2023-11-22"))

    for kind in KINDS:
        found = [said(fact) for fact in facts if fact.kind == kind]
        expected = sentence.get(kind, [])
        assert len(found) == len(expected), f"{kind}: {found}, not {expected}"
        assert all(agrees(kind, *pair) for pair in zip(expected, found, strict=True)), f"{kind}: {found}"
