"""Other wordings of what names.yaml holds: organisations of all sorts, offices, events, awards, elections, clusters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.facts.reading import facts_of
from tests.facts.test_names import KINDS, said

SENTENCES = [
    sentence
    for name in (
        "wordings.yaml",
        "offices.yaml",
        "organisations.yaml",
        "people.yaml",
        "deeds.yaml",
        "awards.yaml",
        "awarding.yaml",
        "appointments.yaml",
        "choosing.yaml",
        "members.yaml",
        "contests.yaml",
        "winners.yaml",
        "happenings.yaml",
        "holding.yaml",
        "occasions.yaml",
        "owning.yaml",
        "venues.yaml",
        "campaigns.yaml",
    )
    for sentence in yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))
]


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["text"][:50] for sentence in SENTENCES])
def test_a_wording_is_understood(sentence: dict[str, Any]) -> None:
    told = {name: sentence[name] for name in ("province", "title", "published") if name in sentence}
    facts = facts_of(sentence["text"], **told)

    for kind in KINDS:
        if kind in sentence:
            assert {said(fact) for fact in facts if fact.kind == kind} == set(sentence[kind]), kind
