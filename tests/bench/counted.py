"""What is told of counted facts (money, quantities, shares), one by one, against tables of truth annotated by hand.

A table has a row for each fact: `article` (a seed, one of the project's own articles or of its short items), `part`,
the `words` that end in the number (the first place where they stand), and a column for each question. A cell holds the
answer; nothing where the text says none; several with "|" where careful readers may differ (then nothing is often one
of them). Right and wrong are what is told; left open is what has an answer in the truth and was told none. Precision
is over what is told, recall over what must be told (it has an answer on any reading). The seeds are read with their
source, as an archive reads them.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import yaml

from tests.bench import seeds
from worker import config
from worker.commands.clean import capture_of_row
from worker.models import Fact
from worker.refine import refine

GOLD = Path(__file__).parent / "gold"
COUNTED = ("money", "quantity", "ratio")
KINDS = ("right", "wrong", "left open", "silent", "lost")
Row = dict[str, str]


def told(table: Path) -> Iterator[tuple[Row, Fact | None]]:
    """The rows of a table, each with the fact in which its words end; None where it was not found."""
    wanted = _truth(table)
    read_with = _sources()
    for page in [*seeds.seeds(), *seeds.articles(), *seeds.passages()]:
        key = page["key"]
        if key not in wanted:
            continue
        refined = refine(capture_of_row(page | {"url": ""}), read_with.get(key), facts=True)
        if refined.article is None:
            continue
        for row in wanted[key]:
            at = refined.article.part(row["part"]).find(row["words"])
            yield row, _ending(refined.facts, row["part"], at + len(row["words"])) if at >= 0 else None


def _truth(table: Path) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["article"], []).append(row)
    return found


def _sources() -> dict[str, config.Source | None]:
    """Article -> the source that it is read with: the seeds', and nobody's for what is the project's own."""
    known = config.load(seeds.ROOT / "sources.yaml")
    rows = yaml.safe_load((seeds.ROOT / "seeds" / "index.yaml").read_text("utf-8"))
    return {row["file"][:3]: known.get(row["source"]) for row in rows}


def _ending(facts: tuple[Fact, ...], part: str, at: int) -> Fact | None:
    """The counted fact in which some words end."""
    here = (fact for fact in facts if fact.part == part and fact.kind in COUNTED and fact.start < at <= fact.end)
    return next(here, None)


def answers(cell: str) -> frozenset[str]:
    """What a cell allows; "" is none."""
    return frozenset(cell.split("|"))


def verdict(allowed: frozenset[str], says: str | None) -> str:
    """right, wrong, left open, silent (rightly), or lost: there is no such fact (None)."""
    if says is None:
        return "lost"
    if says:
        return "right" if says in allowed else "wrong"
    return "silent" if "" in allowed else "left open"


def table(head: str, told: Iterable[tuple[str, frozenset[str], str | None]], sets: Sequence[str]) -> str:
    """Sets beside one another, of what is allowed and told in each."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in sets}
    for name, allowed, says in told:
        count, kind = counts[name], verdict(allowed, says)
        count[kind] += 1
        if "" not in allowed:  # it must be told: what recall is counted over
            count["must"] += 1
            count["must, right"] += kind == "right"
    lines = [f"{head:20}" + "".join(f"{kind:>11}" for kind in (*KINDS, "P", "R"))]
    for name, count in counts.items():
        precision = count["right"] / max(1, count["right"] + count["wrong"])
        recall = count["must, right"] / max(1, count["must"])
        figures = "".join(f"{count[kind]:>11}" for kind in KINDS)
        lines.append(f"{name:20}{figures}{precision:>11.3f}{recall:>11.3f}")
    return "\n".join(lines)
