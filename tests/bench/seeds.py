"""Facts against hand-annotated truth, as the scorer counts them: what `worker clean --jsonl` finds.

python -m tests.bench.seeds [SHARED]

Three sets: the five seeds, and of the project's own (tests/bench/gold, invented) two hundred and two articles,
and two hundred and seventy-five short items annotated for five kinds alone. The rules were tuned with all of them in
sight, so the tables say what the rules hold, not what they reach on pages that nobody has seen.
SHARED (default ../shared) holds gold/seeds.json and tools/score_facts.py, which are not part of the project.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
OWN = ROOT / "tests" / "bench" / "gold" / "articles.json"
PASSAGES = ROOT / "tests" / "bench" / "gold" / "passages.json"
_ROW = re.compile(r"^(?P<kind>\w+) +gold +(?P<gold>\d+) +P (?P<p>\S+) +R (?P<r>\S+)")


def seeds() -> list[dict[str, Any]]:
    """The five seeds, as `worker clean --jsonl` takes pages."""
    return [{"key": path.name[:3], "path": str(path)} for path in sorted((ROOT / "seeds").glob("*.txt"))]


def articles() -> list[dict[str, Any]]:
    """The project's own articles, likewise."""
    return [
        {
            "key": page["id"],
            "path": str(OWN.parent / page["file"]),
            "url": page["url"],
            "fetched_at": page["fetched_at"],
        }
        for page in json.loads(OWN.read_text("utf-8"))["seeds"]
    ]


def passages() -> list[dict[str, Any]]:
    """The project's own short items, likewise."""
    return [
        {"key": one["id"], "text": "\n".join(one["text"]), "url": one["url"], "fetched_at": one["fetched_at"]}
        for one in json.loads(PASSAGES.read_text("utf-8"))["seeds"]
    ]


def score(pages: list[dict[str, Any]], gold: Path, scorer: Path) -> str:
    """What the scorer prints of these pages; of a gold file that names its kinds, facts of these alone."""
    kinds = json.loads(gold.read_text("utf-8")).get("kinds")
    done = subprocess.run(
        [sys.executable, "-m", "worker", "clean", "--jsonl"],
        input="".join(f"{json.dumps(page)}\n" for page in pages),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        row["facts"] = [fact for fact in row["facts"] if kinds is None or fact["kind"] in kinds]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
        predictions.writelines(f"{json.dumps(row)}\n" for row in rows)
        predictions.flush()
        command = [sys.executable, scorer, gold, predictions.name]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def tables(shared: Path = SHARED) -> str:
    """The sets beside one another, kind by kind; then who holds which office, and negatives that came out as facts."""
    gold, scorer = shared / "gold" / "seeds.json", shared / "tools" / "score_facts.py"
    if not scorer.exists() or not gold.exists():
        return f"skipped: {gold} or {scorer} is not there"
    told = [score(seeds(), gold, scorer), score(articles(), OWN, scorer), score(passages(), PASSAGES, scorer)]
    kinds = [{row["kind"]: row for row in map(_ROW.match, text.splitlines()) if row} for text in told]
    heads = ("the five seeds", "own articles", "own short items")
    lines = [f"{'':14}" + "".join(f"{head:>22}" for head in heads), f"{'kind':14}" + f"{'gold':>6}{'P':>8}{'R':>8}" * 3]
    for kind in sorted({kind for rows in kinds for kind in rows}, key=lambda kind: (kind == "all", kind)):
        rows = [of.get(kind) for of in kinds]
        cells = [f"{row['gold']:>6}{row['p']:>8}{row['r']:>8}" if row else f"{'-':>6}{'':16}" for row in rows]
        lines.append(f"{kind:14}{''.join(cells)}")
    rest = [[line for line in text.splitlines() if line.startswith(("person roles", "negatives"))] for text in told]
    lines += ["  |  ".join(line) for line in zip(*rest, strict=True)]
    return "\n".join(lines)


def main() -> int:
    """Print the tables."""
    from tests.bench import indicators, whose  # they take their pages from here

    print(tables(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED))
    print(whose.table())
    print(indicators.table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
