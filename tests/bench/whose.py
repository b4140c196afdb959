"""Whose the counted facts are (`org` of money, quantities and shares), against truth annotated by hand.

python -m tests.bench.whose [--wrong]

tests/bench/gold/whose.csv has a row for every counted fact of the five seeds and of twenty own articles: `whose` is the
organisation that it belongs to in full. How rows are read and scored says `tests.bench.counted`.
"""

import sys
from collections.abc import Iterator

from tests.bench import counted
from tests.bench.counted import COUNTED, verdict

__all__ = ["COUNTED", "main", "table", "told", "verdict"]

TRUTH = counted.GOLD / "whose.csv"
SETS = ("the five seeds", "own articles")


def told() -> Iterator[tuple[str, str, frozenset[str], str | None]]:
    """Article, words, owners in the truth, and who is told: "" for nobody, None where the fact was not found."""
    for row, fact in counted.told(TRUTH):
        says = str(fact.value.get("org", "")) if fact else None
        yield row["article"], row["words"], counted.answers(row["whose"]), says


def table() -> str:
    """Both sets beside each other."""
    rows = ((SETS[not key.startswith("0")], owners, says) for key, _, owners, says in told())
    return counted.table("whose (org)", rows, SETS)


def main() -> int:
    """Print the table; with --wrong, what is not right first."""
    if "--wrong" in sys.argv:
        for key, words, owners, says in told():
            if (kind := verdict(owners, says)) not in ("right", "silent"):
                print(f"{key} {kind:9} {words} | {says} | {' / '.join(sorted(owners)) or '-'}")
    print(table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
