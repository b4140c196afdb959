"""`make bench`: every benchmark in turn, each in a process of its own so that none warms up another.

python -m tests.bench            all
python -m tests.bench pages      one
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NOT_BENCHMARKS = {"__init__", "__main__", "counted"}


def main() -> int:
    """Run them; the exit status is 1 when one failed."""
    found = sorted(
        path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHMARKS and "fit_" not in path.stem
    )
    wanted = sys.argv[1:] or found
    if unknown := [name for name in wanted if name not in found]:
        print(f"there is no benchmark {unknown[0]}; there are {', '.join(found)}", file=sys.stderr)
        return 2
    failed = []
    for name in wanted:
        print(f"\n== {name} ==", flush=True)
        if subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
