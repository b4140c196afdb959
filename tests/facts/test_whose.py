"""Whose a number is: the subject of its clause, or nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bench import whose as bench
from worker.facts import extract
from worker.models import Article

CASES = yaml.safe_load((Path(__file__).parent / "whose.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_a_number_is_its_clauses_subjects_or_nobodys(case: dict[str, Any]) -> None:
    article = Article(url="https://a.example/1", title=case.get("title", ""), body=case["text"], published="2024-03-15")
    counted = [fact for fact in extract(article, None) if fact.kind in bench.COUNTED and fact.part == "body"]

    assert {fact.text: fact.value.get("org") for fact in counted} == case["whose"]


def test_what_is_told_of_the_seeds_and_the_own_articles_is_right() -> None:
    verdicts = [(bench.verdict(owners, says), key, words, says) for key, words, owners, says in bench.told()]
    told = [row for row in verdicts if row[0] in ("right", "wrong")]

    wrong = [row for row in told if row[0] == "wrong"]
    assert len(wrong) <= 0.05 * len(told), wrong
    assert len(told) >= 225
