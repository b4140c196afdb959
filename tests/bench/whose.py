"""Whose the counted facts are (`org` of money, quantities and shares), against truth annotated by hand.

python -m tests.bench.whose [--wrong]

tests/bench/gold/whose.csv has a row for every counted fact of the five seeds and of twenty own articles: `words` end in
the number (the first place where they stand), `whose` is the organisation that it belongs to in full; none where the
text says none; several with "|" where careful readers may differ (then "none" is often one of them, and right as well).
Right and wrong are what is told; left open is what has an owner in the truth and was told none. Precision is over what
is told, recall over what must be told (it has an owner on any reading). The seeds are read with
their source, as an archive reads them.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.bench import seeds
from worker import config
from worker.commands.clean import capture_of_file
from worker.models import Fact
from worker.refine import refine

TRUTH = Path(__file__).parent / "gold" / "whose.csv"
COUNTED = ("money", "quantity", "ratio")


def truth() -> dict[str, list[tuple[str, str, frozenset[str]]]]:
    """Article -> its part, words and owners, row by row; "" is nobody."""
    found: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
    with TRUTH.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            owners = frozenset(row["whose"].split("|"))
            found.setdefault(row["article"], []).append((row["part"], row["words"], owners))
    return found


def sources() -> dict[str, config.Source | None]:
    """Article -> the source that it is read with: the seeds', and nobody's for the project's own articles."""
    known = config.load(seeds.ROOT / "sources.yaml")
    rows = yaml.safe_load((seeds.ROOT / "seeds" / "index.yaml").read_text("utf-8"))
    return {row["file"][:3]: known.get(row["source"]) for row in rows}


def told() -> Iterator[tuple[str, str, frozenset[str], str | None]]:
    """Article, words, owners in the truth, and who is told: "" for nobody, None where the fact was not found."""
    read_with, wanted = sources(), truth()
    for page in [*seeds.seeds(), *seeds.articles()]:
        if page["key"] not in wanted:
            continue
        refined = refine(capture_of_file(Path(page["path"])), read_with.get(page["key"]), facts=True)
        article = refined.article
        if article is None:
            continue
        for part, words, owners in wanted[page["key"]]:
            at = article.part(part).find(words)
            yield page["key"], words, owners, _told(refined.facts, part, at + len(words)) if at >= 0 else None


def _told(facts: tuple[Fact, ...], part: str, at: int) -> str | None:
    """Whose the number is in which some words end."""
    here = (fact for fact in facts if fact.part == part and fact.kind in COUNTED and fact.start < at <= fact.end)
    fact = next(here, None)
    return str(fact.value.get("org", "")) if fact else None


def verdict(owners: frozenset[str], says: str | None) -> str:
    """right, wrong, left open, silent (rightly), or lost: there is no such fact."""
    if says is None:
        return "lost"
    if says:
        return "right" if says in owners else "wrong"
    return "silent" if "" in owners else "left open"


def table() -> str:
    """Both sets beside each other."""
    sets: dict[str, Counter[str]] = {"the five seeds": Counter(), "own articles": Counter()}
    for key, _, owners, says in told():
        count, kind = sets["the five seeds" if key.startswith("0") else "own articles"], verdict(owners, says)
        count[kind] += 1
        if "" not in owners:  # it must be told: what recall is counted over
            count["owned"] += 1
            count["owned, right"] += kind == "right"
    kinds = ("right", "wrong", "left open", "silent", "lost")
    lines = [f"{'whose (org)':16}" + "".join(f"{kind:>11}" for kind in (*kinds, "P", "R"))]
    for name, count in sets.items():
        precision = count["right"] / max(1, count["right"] + count["wrong"])
        recall = count["owned, right"] / max(1, count["owned"])
        figures = "".join(f"{count[kind]:>11}" for kind in kinds)
        lines.append(f"{name:16}{figures}{precision:>11.3f}{recall:>11.3f}")
    return "\n".join(lines)


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
