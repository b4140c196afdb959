"""Whole sentences of the genre: every place, person, organisation, campaign, event and award of each, and no others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from worker.config import Source
from worker.facts import extract
from worker.models import Article, Fact

SENTENCES = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text("utf-8"))
KINDS = ("place", "person", "organisation", "programme", "theme", "event", "award", "election", "cluster")


def source(province: str | None) -> Source:
    return Source(id="a", name="A", home="https://a.example/", kind="union", province=province)


def place(value: dict[str, Any]) -> str:
    since = f" → {value['code_2025']}" if value["code_2025"] else ""
    return value["name"] + (f" ({value['code']})" if value["code"] else since)


def person(value: dict[str, Any]) -> str:
    role = f": {value['role']}" if value["role"] else ""
    org = f" @ {value['org']}" if value["org"] else ""
    return value["name"] + ("*" if value["private"] else "") + role + org


SAY = {
    "place": place,
    "person": person,
    "theme": "{year} {name}".format_map,
    "event": "{name} [{when}]".format_map,
    "award": "{name} → {winner}".format_map,
    "election": "{role} {year}: {holder}".format_map,
    "cluster": lambda value: f"{value['name']}: {', '.join(value['members'])}",
}


def said(fact: Fact) -> str:
    """The fact in the words of names.yaml."""
    return SAY.get(fact.kind, "{name}".format_map)(dict(fact.value))


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["text"][:50] for sentence in SENTENCES])
def test_a_sentence_yields_its_names_and_no_others(sentence: dict[str, Any]) -> None:
    article = Article(
        url="https://a.example/1", title="", body=sentence["text"], published=sentence.get("published", "2024-05-20")
    )
    facts = extract(article, source(sentence.get("province")))

    for kind in KINDS:
        found = {said(fact) for fact in facts if fact.kind == kind}
        assert found == set(sentence.get(kind, [])), kind
