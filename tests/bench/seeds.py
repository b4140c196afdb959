"""The five seeds against their hand-annotated truth: what `worker clean --jsonl` finds, as the scorer counts it.

python -m tests.bench.seeds [SHARED]

SHARED (default ../shared) holds gold/seeds.json and tools/score_facts.py, which are not part of the project.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Print the scorer's table; the exit status is the scorer's."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    gold, scorer = shared / "gold" / "seeds.json", shared / "tools" / "score_facts.py"
    if not (gold.exists() and scorer.exists()):
        print(f"skipped: {gold} or {scorer} is not there")
        return 0
    pages = [{"key": path.name[:3], "path": str(path)} for path in sorted((ROOT / "seeds").glob("*.txt"))]
    done = subprocess.run(
        [sys.executable, "-m", "worker", "clean", "--jsonl"],
        input="".join(f"{json.dumps(page)}\n" for page in pages),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
        predictions.write(done.stdout)
        predictions.flush()
        return subprocess.run([sys.executable, scorer, gold, predictions.name], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
