"""What a number is counted under, and per what (`indicator`, `per`, `planned`), against truth annotated by hand.

python -m tests.bench.indicators [--wrong]

tests/bench/gold/indicators.csv has a row for every sum, quantity and share of the five seeds, of thirty-four own
articles and of twenty-six short items. `indicator` is what stands among results: nothing for what is told per head or
not done yet. How rows are read and scored says `tests.bench.counted`. Every second article was kept aside while the
rules were mended.
"""

import sys
from collections.abc import Iterator
from typing import NamedTuple

from tests.bench import counted
from worker.models import Fact

TRUTH = counted.GOLD / "indicators.csv"
QUESTIONS = ("indicator", "per", "planned")
SETS = ("the five seeds", "own, mended by", "own, kept aside")


class Answer(NamedTuple):
    """What is told of a fact to one question; None where the fact was not found."""

    article: str
    words: str
    question: str
    allowed: frozenset[str]
    says: str | None


def told() -> Iterator[Answer]:
    """Every row's answers."""
    for row, fact in counted.told(TRUTH):
        for question in QUESTIONS:
            says = _says(fact, question) if fact else None
            yield Answer(row["article"], row["words"], question, counted.answers(row[question]), says)


def _says(fact: Fact, question: str) -> str:
    if question == "indicator":
        return "" if fact.value.get("planned") else fact.indicator or ""
    return str(fact.value.get("per", "")) if question == "per" else "planned" * bool(fact.value.get("planned"))


def sets_of(articles: list[str]) -> dict[str, str]:
    """Article -> the set it is in."""
    own = sorted({key for key in articles if not key.startswith("0")})
    return {key: SETS[1 + own.index(key) % 2] if key in own else SETS[0] for key in articles}


def table() -> str:
    """The sets beside one another, a table for each question."""
    rows = list(told())
    sets = sets_of([row.article for row in rows])
    return "\n".join(
        counted.table(
            question, ((sets[row.article], row.allowed, row.says) for row in rows if row.question == question), SETS
        )
        for question in QUESTIONS
    )


def main() -> int:
    """Print the tables; with --wrong, what is not right of the articles that are not kept aside first."""
    if "--wrong" in sys.argv:
        rows = list(told())
        sets = sets_of([row.article for row in rows])
        shown = SETS if "--all" in sys.argv else SETS[:2]
        for row in rows:
            kind = counted.verdict(row.allowed, row.says)
            if kind not in ("right", "silent") and sets[row.article] in shown:
                allowed = " / ".join(sorted(row.allowed)) or "-"
                print(f"{row.article} {row.question} {kind:9} {row.words} | {row.says} | {allowed}")
    print(table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
